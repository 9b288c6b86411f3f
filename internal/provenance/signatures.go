// Package provenance is about who is behind what landed: whose right it was to land
// it, whose signature proves it, and who pushed it.
package provenance

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/replay"
	"suqiu/internal/settings"
	"suqiu/internal/signature"
	"suqiu/internal/timeline"
)

// Unproven is a commit that does not prove who made it, where 签名 is 要求.
type Unproven struct {
	Landing int
	Commit  string
	Author  string   // e-mail
	Cases   []string // 编号 of the cases it says something of, sorted
	signature.Flaw
}

// Said are the commits that say something, by landing, each with the cases
// it is about.
type Said map[int]map[string][]string

// Add notes that a commit of a landing says something of a case.
func (s Said) Add(landing int, commit, id string) {
	if s[landing] == nil {
		s[landing] = map[string][]string{}
	}
	if !slices.Contains(s[landing][commit], id) {
		s[landing][commit] = append(s[landing][commit], id)
	}
}

// In is what is judged: a history under its settings.
type In struct {
	History  *history.History
	Settings *settings.Settings
	Narrow   bool // the request under --base alone
	Push     bool // its commits are to follow the base as they are
}

// Unproven finds the commits that prove nothing: of each landing itself
// and of the steps it brings; under --base of the steps and of what touches
// guarded paths, for the commit that will land is not made yet. In a push it is
// made: those that will be landings are asked for as well.
//
// Each landing is judged by the policy, the signers and the platform's keys of
// the tree before it: what a landing brings says nothing for itself. A key must
// have been valid when the committer's clock says, but that no earlier than
// 收件宽限 before the landing and no later than it: backdating revives no key.
func (in *In) Unproven(ctx context.Context, said Said, guarded []Guarded) (list []Unproven, err error) {
	cfg, landings := in.Settings.Config, in.History.Landings
	if !cfg.Signature.Required {
		return nil, nil
	}
	type work struct {
		landing int
		policy  *signature.Policy
		cases   []string
	}
	todo := map[string]work{}
	policies := newPolicies(in)
	for i := in.Settings.Baseline() + 1; i < len(landings); i++ {
		l := &landings[i]
		policy := policies.before(i)
		if policy == nil {
			continue
		}
		if !l.Pending && !in.Narrow { // which asks of the request alone
			todo[l.Commit] = work{landing: i, policy: policy}
		}
		for commit, ids := range said[i] {
			slices.Sort(ids)
			todo[commit] = work{i, policy, ids}
		}
	}
	for _, g := range guarded {
		if _, known := todo[g.Commit]; g.Commit != "" && !known && landings[g.Landing].Pending {
			if policy := policies.before(g.Landing); policy != nil {
				todo[g.Commit] = work{landing: g.Landing, policy: policy}
			}
		}
	}
	if in.Push {
		last := len(landings) - 1
		for _, commit := range in.History.Coming {
			if policy := policies.before(last); policy != nil && todo[commit].policy == nil {
				todo[commit] = work{landing: last, policy: policy}
			}
		}
	}
	commits := make([]string, 0, len(todo))
	for commit := range todo {
		commits = append(commits, commit)
	}
	slices.SortFunc(commits, func(a, b string) int {
		return cmp.Or(cmp.Compare(todo[a].landing, todo[b].landing),
			cmp.Compare(a, b))
	})
	var mu sync.Mutex
	err = in.History.EachSigned(ctx, commits, func(s git.Signed) error {
		w := todo[s.Commit]
		flaw := w.policy.Check(signature.Commit{
			Payload: s.Payload, Signature: s.Signature, Email: s.Author.Email, Vouched: vouched(cfg, &s),
			At: replay.Believed(cfg.Calendar, in.Settings.At(w.landing).Grace, timeline.Moment(s.Committed).Time(),
				landings[w.landing].At),
		})
		if flaw == nil {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		list = append(list, Unproven{w.landing, s.Commit, s.Author.Email, w.cases, *flaw})
		return nil
	})
	slices.SortFunc(list, func(a, b Unproven) int {
		return cmp.Or(cmp.Compare(a.Landing, b.Landing), cmp.Compare(a.Commit, b.Commit))
	})
	return list, err
}

// vouched reports whether a platform that signed a commit vouches for its author.
// Through its API anybody may name any author. It is the author where the platform
// itself says that its user made the commit, as GitLab did before it signed in its
// own name, and where 人员 has an 账号 of the author: then the server's hook has
// compared who pushed it.
func vouched(cfg *config.Config, s *git.Signed) bool {
	return strings.EqualFold(s.Committer.Email, s.Author.Email) || len(cfg.Accounts(s.Author.Email)) > 0
}

// policies makes each policy once, however many landings it governs.
type policies struct {
	in    *In
	files map[string][]history.FileVersion
	made  map[[3]int]*signature.Policy // by the landings of suqiu.yaml, 签名人 and 平台签名
}

func newPolicies(in *In) *policies {
	return &policies{in, map[string][]history.FileVersion{}, map[[3]int]*signature.Policy{}}
}

// before is the policy in the tree before a landing; nil if none demands
// signatures there.
func (p *policies) before(landing int) *signature.Policy {
	cfg, brought := p.in.Settings.Before(landing)
	if cfg == nil || !cfg.Signature.Required {
		return nil
	}
	policy := cfg.Signature
	signers, signersAt := p.file(policy.Signers, landing)
	platform, platformAt := []byte(policy.PlatformKey), -1
	if !signature.IsKey(policy.PlatformKey) {
		platform, platformAt = p.file(policy.PlatformKey, landing)
	}
	key := [3]int{brought, signersAt, platformAt}
	if made := p.made[key]; made != nil {
		return made
	}
	// What cannot be read lets nobody in, and is told of as a file.
	keys, err := signature.ParseKeys(platform)
	if err != nil {
		keys = nil
	}
	made := signature.NewPolicy(signature.ParseSigners(signers), keys)
	p.made[key] = made
	return made
}

// file is what a path held before a landing, and which landing brought that;
// -1: it was not there.
func (p *policies) file(name string, landing int) ([]byte, int) {
	if name == "" {
		return nil, -1
	}
	name = path.Clean(name)
	list, known := p.files[name]
	if !known {
		list = p.in.History.Versions(name)
		p.files[name] = list
	}
	i, _ := slices.BinarySearchFunc(list, landing,
		func(v history.FileVersion, l int) int { return cmp.Compare(v.Landing, l) })
	if i == 0 || list[i-1].Data == nil {
		return nil, -1
	}
	return list[i-1].Data, list[i-1].Landing
}
