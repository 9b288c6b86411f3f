// Command mutate asks whether the tests would notice a fault: it changes one
// operator, constant or statement of a package at a time and runs the tests
// that should fail. A change that no test sees is a survivor.
//
//	mutate [-seed N] [-sample N] [-only PACKAGE] [-match TEXT] [-list] [-j N]
//
// It changes nothing in the tree: `go test -c -overlay` lays changed files over
// those that are there. They hold all mutants of a package at once, each behind
// a switch (switches.txt), so that tests are compiled once and run often. It
// exits 1 if fewer than 90 of 100 mutants of a target are killed, or if a
// survivor has no reason in survivors.txt. Mutants whose tests run out of time,
// or that no test reaches, have survived.
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

	"golang.org/x/tools/go/packages"
)

// required is the share of mutants that the tests of a target must kill.
const required = 0.90

func main() {
	seed := flag.Uint64("seed", 1, "which mutants of a sample are tried")
	sample := flag.Int("sample", 0, "try at most this many of each target (0: as the target says)")
	only := flag.String("only", "", "the one package to try, e.g. internal/workday")
	match := flag.String("match", "", "try only those whose name has this in it, e.g. a function")
	list := flag.Bool("list", false, "list the mutants, try none")
	jobs := flag.Int("j", runtime.NumCPU(), "how many are tried at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ok, err := run(ctx, options{seed: *seed, sample: *sample, only: *only, match: *match, list: *list, jobs: *jobs})
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
	match  string
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
		mutants, files, pkg, err := t.mutants()
		if err != nil {
			return false, err
		}
		mutants = slices.DeleteFunc(mutants, func(m *mutant) bool { return !strings.Contains(m.key, opts.match) })
		mutants = t.draw(mutants, opts.seed)
		if opts.list {
			for _, m := range mutants {
				fmt.Println(m.key)
			}
			continue
		}
		suites, err := t.build(ctx, files, pkg, scratch)
		if err != nil {
			return false, err
		}
		if err := try(ctx, mutants, suites, opts.jobs); err != nil {
			return false, err
		}
		ok = report(t, mutants, excused) && ok
	}
	return ok, nil
}

// mutants lists those of the target, with the files that hold them and the
// package's name.
func (t target) mutants() (all []*mutant, files map[string][]byte, pkg string, err error) {
	found, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedFiles |
		packages.NeedCompiledGoFiles | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo |
		packages.NeedImports}, "./"+t.dir)
	if err != nil {
		return nil, nil, "", err
	}
	if len(found) != 1 || len(found[0].Errors) > 0 {
		return nil, nil, "", fmt.Errorf("%s: %v", t.dir, found[0].Errors)
	}
	files = map[string][]byte{}
	for _, syntax := range found[0].Syntax {
		file := filepath.Join(t.dir, filepath.Base(found[0].Fset.Position(syntax.Pos()).Filename))
		mutants, source, err := mutate(found[0].Fset, found[0].TypesInfo, syntax, file, len(all)+1)
		if err != nil {
			return nil, nil, "", err
		}
		all, files[file] = append(all, mutants...), source
	}
	return all, files, found[0].Name, nil
}

// draw is the sample of the mutants that the seed draws.
func (t target) draw(all []*mutant, seed uint64) []*mutant {
	if t.sample == 0 || t.sample >= len(all) {
		return all
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:t.sample]
	slices.SortFunc(all, func(a, b *mutant) int { return cmp.Compare(a.id, b.id) })
	return all
}

// try tries each mutant, several at once.
func try(ctx context.Context, mutants []*mutant, suites []suite, jobs int) error {
	queue := make(chan *mutant)
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			for m := range queue {
				m.try(ctx, suites)
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
		if m.outcome == killed {
			continue
		}
		reason, known := excused[m.key]
		if !known {
			unexplained++
			reason = "NO REASON GIVEN"
		}
		fmt.Printf("%-9s %s\n          %s\n", m.outcome, m.key, reason)
	}
	share := float64(count[killed]) / float64(max(len(mutants), 1))
	fmt.Printf("%s: %d mutants, %d killed (%.1f %%), %d survived, %d timed out, %d not covered\n", t.dir,
		len(mutants), count[killed], 100*share, count[survived], count[timedOut], count[notCovered])
	return share >= required && unexplained == 0
}
