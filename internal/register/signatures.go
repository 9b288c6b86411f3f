package register

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/problem"
	"suqiu/internal/replay"
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

// signedSteps are the commits that say something, by landing, each with the cases
// it is about.
type signedSteps map[int]map[string][]string

func (s signedSteps) add(landing int, commit, id string) {
	if s[landing] == nil {
		s[landing] = map[string][]string{}
	}
	if !slices.Contains(s[landing][commit], id) {
		s[landing][commit] = append(s[landing][commit], id)
	}
}

// judgeSignatures finds the commits that prove nothing: of each landing itself
// and of the steps it brings; under --base of the steps and of what touches
// guarded paths, for the commit that will land is not made yet. In a push it is
// made: those that will be landings are asked for as well.
//
// Each landing is judged by the policy, the signers and the platform's keys of
// the tree before it: what a landing brings says nothing for itself. A key must
// have been valid when the committer's clock says, but that no earlier than
// 收件宽限 before the landing and no later than it: backdating revives no key.
func (d *Register) judgeSignatures(ctx context.Context, h *history.History, said signedSteps, push bool) error {
	if !d.Config.Signature.Required {
		return nil
	}
	type work struct {
		landing int
		policy  *signature.Policy
		cases   []string
	}
	todo := map[string]work{}
	policies := newPolicies(h, d.settings)
	for i := d.Baseline() + 1; i < len(d.Landings); i++ {
		l := &d.Landings[i]
		policy := policies.before(i)
		if policy == nil {
			continue
		}
		if !l.Pending && d.more == nil { // a narrow register asks of the request alone
			todo[l.Commit] = work{landing: i, policy: policy}
		}
		for commit, ids := range said[i] {
			slices.Sort(ids)
			todo[commit] = work{i, policy, ids}
		}
	}
	for _, g := range d.Guarded {
		if _, known := todo[g.Commit]; g.Commit != "" && !known && d.Landings[g.Landing].Pending {
			if policy := policies.before(g.Landing); policy != nil {
				todo[g.Commit] = work{landing: g.Landing, policy: policy}
			}
		}
	}
	if push {
		last := len(d.Landings) - 1
		for _, commit := range h.Coming {
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
	err := h.EachSigned(ctx, commits, func(s git.Signed) error {
		w := todo[s.Commit]
		flaw := w.policy.Check(signature.Commit{
			Payload: s.Payload, Signature: s.Signature, Email: s.Author.Email, Vouched: d.vouched(&s),
			At: replay.Believed(d.Config.Calendar, d.settingsAt(w.landing).Grace, timeline.Moment(s.Committed).Time(),
				d.Landings[w.landing].At),
		})
		if flaw == nil {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		d.Unproven = append(d.Unproven, Unproven{w.landing, s.Commit, s.Author.Email, w.cases, *flaw})
		return nil
	})
	slices.SortFunc(d.Unproven, func(a, b Unproven) int {
		return cmp.Or(cmp.Compare(a.Landing, b.Landing), cmp.Compare(a.Commit, b.Commit))
	})
	return err
}

// vouched reports whether a platform that signed a commit vouches for its author.
// Through its API anybody may name any author. It is the author where the platform
// itself says that its user made the commit, as GitLab did before it signed in its
// own name, and where 人员 has an 账号 of the author: then the server's hook has
// compared who pushed it.
func (d *Register) vouched(s *git.Signed) bool {
	return strings.EqualFold(s.Committer.Email, s.Author.Email) || len(d.Config.Accounts(s.Author.Email)) > 0
}

// Baseline is the last landing that is taken as found (基线); -1: none, or the
// commit that suqiu.yaml names did not land on the main branch.
func (d *Register) Baseline() int {
	b := d.Config.Baseline
	if b == "" {
		return -1
	}
	return slices.IndexFunc(d.Landings, func(l timeline.Landing) bool { return strings.HasPrefix(l.Commit, b) })
}

// policies makes each policy once, however many landings it governs.
type policies struct {
	h        *history.History
	versions settings
	files    map[string][]history.FileVersion
	made     map[[3]int]*signature.Policy // by the landings of suqiu.yaml, 签名人 and 平台签名
}

func newPolicies(h *history.History, versions settings) *policies {
	return &policies{h, versions, map[string][]history.FileVersion{}, map[[3]int]*signature.Policy{}}
}

// before is the policy in the tree before a landing; nil if none demands
// signatures there.
func (p *policies) before(landing int) *signature.Policy {
	i, _ := slices.BinarySearchFunc(p.versions, landing,
		func(v version, l int) int { return cmp.Compare(v.landing, l) })
	if i == 0 {
		return nil
	}
	v := p.versions[i-1]
	policy := v.config.Signature
	if !policy.Required {
		return nil
	}
	signers, signersAt := p.file(policy.Signers, landing)
	platform, platformAt := []byte(policy.PlatformKey), -1
	if !signature.IsKey(policy.PlatformKey) {
		platform, platformAt = p.file(policy.PlatformKey, landing)
	}
	key := [3]int{v.landing, signersAt, platformAt}
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
		list = p.h.Versions(name)
		p.files[name] = list
	}
	i, _ := slices.BinarySearchFunc(list, landing,
		func(v history.FileVersion, l int) int { return cmp.Compare(v.Landing, l) })
	if i == 0 || list[i-1].Data == nil {
		return nil, -1
	}
	return list[i-1].Data, list[i-1].Landing
}

// checkKeys judges the files that 签名 names as they stand at the head, those of
// a request too, though nothing is judged by them.
func (d *Register) checkKeys() {
	cfg := d.Config
	if d.Proposed != nil {
		cfg = d.Proposed
	}
	policy := cfg.Signature
	if !policy.Required {
		return
	}
	changed := map[string]bool{}
	for _, g := range d.Guarded {
		if d.Landings[g.Landing].Pending {
			changed[g.Path] = true
		}
	}
	tell := func(name, key, message, fix string, line int) {
		p := problem.Problem{Rule: "value-type", Key: key, Line: line, Column: min(line, 1), EndLine: line,
			Message: message, Fix: fix}
		d.Files = append(d.Files, File{Path: name, Problems: []problem.Problem{p}, Touched: changed[name]})
	}
	read := func(key, name string) []byte {
		name = path.Clean(name)
		data, err := d.source(name)
		if errors.Is(err, git.ErrNoFile) {
			tell(ConfigPath, key, "“"+key+"”所指的文件 "+name+" 在仓库中不存在，谁的签名都无法核对",
				"写仓库中的路径，例如 "+key+": keys/"+map[string]string{"签名人": "signers",
					"平台签名": "platform.pub"}[key], 0)
		}
		return data
	}
	if policy.Signers != "" {
		if src := read("签名人", policy.Signers); src != nil {
			name := path.Clean(policy.Signers)
			d.Files = append(d.Files, File{Path: name, Problems: signature.ParseSigners(src).Problems,
				Touched: changed[name]})
		}
	}
	switch text := policy.PlatformKey; {
	case text == "":
	case signature.IsKey(text):
		if _, err := signature.ParseKeys([]byte(text)); err != nil {
			tell(ConfigPath, "平台签名", "“平台签名”中的"+err.Error(),
				"把平台的公钥整行复制过来，例如 平台签名: ssh-ed25519 AAAA…", 0)
		}
	default:
		if src := read("平台签名", text); src != nil {
			if _, err := signature.ParseKeys(src); err != nil {
				tell(path.Clean(text), "", "平台签名文件中："+err.Error(),
					"放入平台的公钥：GitLab 的 /api/v4/web_commits/public_key 给出的内容，或一行 ssh-ed25519 AAAA…", 1)
			}
		}
	}
}
