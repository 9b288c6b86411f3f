package register

import (
	"context"

	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
)

// Lazy is a repository of which each case is read when it is asked for, with
// what its next step is judged by. It has no papers.
type Lazy struct {
	*Register
	h *history.History
}

// Followed is a case with what its next step is judged by.
type Followed struct {
	*Case
	History *timeline.CaseHistory
}

// Open reads of a repository what every case of it is judged by.
func Open(ctx context.Context, repo *git.Repo, o Options) (*Lazy, error) {
	d, h, err := walk(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	return &Lazy{d, h}, nil
}

// Follow reads a case; nil if there is none of that 编号.
func (l *Lazy) Follow(ctx context.Context, id string) (found *Followed, err error) {
	err = l.h.CasesByID(ctx, []string{id}, l.Names.Canon, func(ch *timeline.CaseHistory) error {
		if c := evaluate(ch, l.Env()); c != nil && !c.Deleted && c.Broken == nil {
			found = &Followed{c, ch}
		}
		return nil
	})
	return found, err
}

// Free is the 编号 that follows those in use which begin so, on any branch.
func (l *Lazy) Free(prefix string) (string, error) {
	numbers, err := l.h.Numbers(prefix)
	return numbers.Next(1), err
}

// Highest are the highest numbers in use of each month and unit, as 202607-NFZX, in
// all that ever landed and on any branch.
func (l *Lazy) Highest() (map[string]int, error) { return l.h.HighestNumbers() }

// Env is what every case is judged by.
func (d *Register) Env() replay.Env {
	return replay.Env{
		Config: d.Config, Calendar: d.Config.Calendar, Landings: d.Landings, AsOf: d.AsOf, Baseline: d.Baseline(),
		ConfigAt: d.At, Actor: d.Actor,
	}
}
