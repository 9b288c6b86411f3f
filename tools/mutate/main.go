// Command mutate asks whether the tests would notice a fault: it changes one
// operator, constant or statement of a package at a time and runs the tests
// that should fail. A change that no test sees is a survivor.
//
//	mutate [-seed N] [-sample N] [-only PACKAGE] [-list] [-j N]
//
// It changes nothing in the tree: `go test -overlay` lays the changed file over
// the one that is there. It exits 1 if fewer than 90 of 100 mutants of a target
// are killed, or if a survivor has no reason in survivors.txt. Mutants that do
// not compile are none; those whose tests run out of time have survived.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// required is the share of mutants that the tests of a target must kill.
const required = 0.90

func main() {
	seed := flag.Uint64("seed", 1, "which mutants of a sample are tried")
	sample := flag.Int("sample", 0, "try at most this many of each target (0: as the target says)")
	only := flag.String("only", "", "the one package to try, e.g. internal/workday")
	list := flag.Bool("list", false, "list the mutants, try none")
	jobs := flag.Int("j", runtime.NumCPU(), "how many are tried at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := run(ctx, options{seed: *seed, sample: *sample, only: *only, list: *list, jobs: *jobs})
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

type options struct {
	seed   uint64
	sample int
	only   string
	list   bool
	jobs   int
}

func run(ctx context.Context, opts options) (ok bool, err error) {
	excused, err := readReasons("tools/mutate/survivors.txt")
	if err != nil {
		return false, err
	}
	scratch, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(scratch)
	ok = true
	for _, t := range targets {
		if opts.only != "" && opts.only != t.dir {
			continue
		}
		if opts.sample > 0 {
			t.sample = opts.sample
		}
		mutants, err := t.mutants(opts.seed)
		if err != nil {
			return false, err
		}
		if opts.list {
			for _, m := range mutants {
				fmt.Println(m.key)
			}
			continue
		}
		if err := t.try(ctx, mutants, scratch, opts.jobs); err != nil {
			return false, err
		}
		ok = report(t, mutants, excused) && ok
	}
	return ok, nil
}

// mutants lists those of the target, or the sample of them that the seed draws.
func (t target) mutants(seed uint64) ([]*mutant, error) {
	files, err := filepath.Glob(filepath.Join(t.dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var all []*mutant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		found, err := mutate(file)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("nothing to change in %s", t.dir)
	}
	if t.sample == 0 || t.sample >= len(all) {
		return all, nil
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:t.sample]
	slices.SortFunc(all, func(a, b *mutant) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.start, b.start))
	})
	return all, nil
}

// try runs the target's tests on each mutant, several at once.
func (t target) try(ctx context.Context, mutants []*mutant, scratch string, jobs int) error {
	covered, err := t.coverage(ctx, scratch)
	if err != nil {
		return err
	}
	queue := make(chan *mutant)
	var workers sync.WaitGroup
	for n := range jobs {
		workers.Go(func() {
			for m := range queue {
				m.outcome = t.outcome(ctx, m, covered, filepath.Join(scratch, fmt.Sprint(n)))
				fmt.Fprintf(os.Stderr, "%-9s %s\n", m.outcome, m.key)
			}
		})
	}
	for _, m := range mutants {
		if ctx.Err() != nil {
			break
		}
		queue <- m
	}
	close(queue)
	workers.Wait()
	return ctx.Err()
}

// report prints what became of a target's mutants, survivors first with their
// reasons, and whether that is good enough.
func report(t target, mutants []*mutant, excused map[string]string) bool {
	count := map[outcome]int{}
	unexplained := 0
	for _, m := range mutants {
		count[m.outcome]++
		if m.outcome == killed || m.outcome == notViable {
			continue
		}
		reason, known := excused[m.key]
		if !known {
			unexplained++
			reason = "NO REASON GIVEN"
		}
		fmt.Printf("%-9s %s\n          %s\n", m.outcome, m.key, reason)
	}
	viable := len(mutants) - count[notViable]
	share := float64(count[killed]) / float64(max(viable, 1))
	fmt.Printf("%s: %d mutants, %d killed (%.1f %%), %d survived, %d timed out, %d not covered; %d did not compile\n",
		t.dir, viable, count[killed], 100*share, count[survived], count[timedOut], count[notCovered], count[notViable])
	return share >= required && unexplained == 0
}
