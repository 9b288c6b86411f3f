package mainline

import (
	"context"
	"iter"

	"suqiu/internal/git"
	"suqiu/internal/parallel"
	"suqiu/internal/timeline"
)

// EachSigned reads commits for their signatures and calls fn with each, from
// several goroutines and in unspecified order. It reads nothing else.
func (m *Mainline) EachSigned(ctx context.Context, commits []string, fn func(git.Signed) error) error {
	return m.Read(ctx, len(commits), 64, func(rd *git.Reader, i int) error {
		s, err := rd.Signed(commits[i])
		if err != nil {
			return err
		}
		return fn(s)
	})
}

// read calls do for the numbers up to n on several goroutines, a chunk of
// neighbours at a time, each with a reader of its own.
func (m *Mainline) Read(ctx context.Context, n, chunk int, do func(rd *git.Reader, i int) error) error {
	return parallel.Run(ctx, m.Workers, n, chunk, func(items iter.Seq[int]) error {
		rd := m.Repo.Reader()
		defer rd.Close()
		for i := range items {
			if err := do(rd, i); err != nil {
				return err
			}
		}
		return nil
	})
}

// MergedCommits lists the commits that a landing brought, parents first, itself last:
// each with the times that it claims.
func (m *Mainline) MergedCommits(i int) []timeline.Landing {
	var list []timeline.Landing
	for _, c := range m.Brought(i) {
		list = append(list, LandingOf(&c.Commit))
	}
	return list
}
