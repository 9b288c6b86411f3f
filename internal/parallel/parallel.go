// Package parallel runs a loop on several goroutines, each of which keeps
// something of its own from item to item.
package parallel

import (
	"context"
	"iter"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Run calls worker on up to so many goroutines, which share the numbers from 0 to
// n-1: each takes a chunk of neighbours after the other, in order. The first error
// of a worker, or the end of the context, ends what the others are given.
func Run(ctx context.Context, workers, n, chunk int, worker func(items iter.Seq[int]) error) error {
	var next atomic.Int64
	g, working := errgroup.WithContext(ctx)
	items := func(yield func(int) bool) {
		for {
			from := int(next.Add(int64(chunk))) - chunk
			for i := from; i < min(from+chunk, n); i++ {
				if working.Err() != nil || !yield(i) {
					return
				}
			}
			if from+chunk >= n {
				return
			}
		}
	}
	for range max(1, min(workers, (n+chunk-1)/chunk)) {
		g.Go(func() error { return worker(items) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
