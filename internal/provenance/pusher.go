package provenance

import (
	"context"
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/push"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Mismatch is a commit whose author is not the one who pushes it: anybody may
// write another's address into a commit.
type Mismatch struct {
	Commit   string
	Author   string   // e-mail
	Accounts []string // 账号 of the author
	Pusher   string   // user name on the forge
	// Doubt is that nobody can be sure: the author's 账号 is not known, or an
	// earlier push may have brought the commit.
	Doubt bool
}

// Mismatches finds the commits of a push whose author is another than the
// pusher. Commits that the server has had under that author in other form, before
// a squash, a rebase or a cherry-pick, are none; nor are those of machines.
func Mismatches(ctx context.Context, cfg *config.Config, pusher string, pushed *push.Push,
	on workday.Date) ([]Mismatch, error) {
	var list []Mismatch
	if pusher == "" {
		return nil, nil
	}
	for _, c := range pushed.Commits {
		actor := cfg.Actor(c.Author.Email, on)
		accounts := cfg.Accounts(c.Author.Email)
		m := Mismatch{Commit: c.Commit, Author: c.Author.Email, Accounts: accounts, Pusher: pusher,
			Doubt: len(accounts) == 0}
		switch {
		case actor.Bot, config.SameAccount(accounts, pusher):
			continue
		case m.Doubt && (len(actor.Units) == 0 || !cfg.HasAccount(pusher)):
			continue // nothing to compare
		}
		known, err := pushed.Known(ctx, c.Commit)
		if err != nil {
			return nil, err
		}
		if !known {
			list = append(list, m)
		}
	}
	return list, nil
}

// doubtEarlier marks as doubtful what may have come with an earlier push: all
// that lies behind a commit of the pusher's own. Commits are parents first.
func doubtEarlier(list []Mismatch, brought []timeline.Landing) {
	last := -1
	for i, c := range brought {
		if !slices.ContainsFunc(list, func(m Mismatch) bool { return m.Commit == c.Commit }) {
			last = i
		}
	}
	for i := range list {
		at := slices.IndexFunc(brought, func(c timeline.Landing) bool { return c.Commit == list[i].Commit })
		list[i].Doubt = list[i].Doubt || at < last
	}
}

// OfRequest are the Mismatches of the commits that a merge request brings.
func OfRequest(ctx context.Context, repo *git.Repo, cfg *config.Config, pusher string, brought []timeline.Landing,
	on workday.Date) ([]Mismatch, error) {
	if pusher == "" || len(brought) == 0 {
		return nil, nil
	}
	pushed := push.Proposed(repo, brought)
	defer pushed.Close()
	list, err := Mismatches(ctx, cfg, pusher, pushed, on)
	doubtEarlier(list, brought)
	return list, err
}
