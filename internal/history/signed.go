package history

import (
	"context"
	"iter"

	"suqiu/internal/git"
	"suqiu/internal/parallel"
)

// EachSigned reads commits for their signatures and calls fn with each, from
// several goroutines and in unspecified order. It reads nothing else.
func (h *History) EachSigned(ctx context.Context, commits []string, fn func(git.Signed) error) error {
	return h.read(ctx, len(commits), 64, func(rd *git.Reader, i int) error {
		s, err := rd.Signed(commits[i])
		if err != nil {
			return err
		}
		return fn(s)
	})
}

// read calls do for the numbers up to n on several goroutines, a chunk of
// neighbours at a time, each with a reader of its own.
func (h *History) read(ctx context.Context, n, chunk int, do func(rd *git.Reader, i int) error) error {
	return parallel.Run(ctx, h.workers, n, chunk, func(items iter.Seq[int]) error {
		rd := h.repo.Reader()
		defer rd.Close()
		for i := range items {
			if err := do(rd, i); err != nil {
				return err
			}
		}
		return nil
	})
}
