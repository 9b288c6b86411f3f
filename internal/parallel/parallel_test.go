package parallel

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"testing"
)

// Every number comes once, and each worker's come in order, a chunk at a time.
func TestRun(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 100} {
		var mu sync.Mutex
		var all []int
		err := Run(context.Background(), 3, n, 4, func(items iter.Seq[int]) error {
			var own []int
			for i := range items {
				own = append(own, i)
			}
			if !slices.IsSorted(own) {
				t.Errorf("a worker gets %d", own)
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, own...)
			return nil
		})
		slices.Sort(all)
		if err != nil || len(all) != n || len(slices.Compact(all)) != n {
			t.Errorf("%d items: %d, %v", n, all, err)
		}
	}
}

// The first error is told of, and the others stop; so does the end of the context.
func TestRunStops(t *testing.T) {
	failed := errors.New("failed")
	var mu sync.Mutex
	count := 0
	err := Run(context.Background(), 2, 1<<30, 4, func(items iter.Seq[int]) error {
		for i := range items {
			if i == 10 {
				return failed
			}
			mu.Lock()
			count++
			mu.Unlock()
		}
		return nil
	})
	if err != failed || count > 1<<20 {
		t.Errorf("%v after %d", err, count)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err = Run(ctx, 2, 100, 4, func(items iter.Seq[int]) error {
		for i := range items {
			t.Errorf("item %d of a context that ended", i)
		}
		return nil
	})
	if err != context.Canceled {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
