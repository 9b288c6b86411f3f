package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/diag"
	"suqiu/internal/gate"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
)

// TestBreaks breaks the sample repository in every way that testdata/breaks
// knows and compares what check says with what a person would want to read.
// Each folder has a break (its language: see breakage), which states how many
// findings there must be, and the text in want. -update writes no want whose
// number of findings is not the one stated.
func TestBreaks(t *testing.T) {
	folders, err := filepath.Glob("testdata/breaks/*/break")
	if err != nil {
		t.Fatal(err)
	}
	if len(folders) < 60 {
		t.Fatalf("only %d ways to break the sample", len(folders))
	}
	origin := sample(t)
	clones := &clones{origin: origin, top: t.TempDir(), idle: make(chan string, len(folders))}
	before := map[string]bool{}
	for _, f := range judge(t, origin, "").findings {
		before[f.Fingerprint] = true
	}
	var ran, pasted atomic.Int32
	t.Cleanup(func() {
		if n := pasted.Load(); int(ran.Load()) == len(folders) && n < 40 {
			t.Errorf("only %d fixes were lines to paste", n)
		}
	})
	for _, file := range folders {
		folder := filepath.Dir(file)
		t.Run(filepath.Base(folder), func(t *testing.T) {
			t.Parallel()
			b := &breakage{t: t, findings: -1, by: "lianxiban@nsfwk.example", at: day.Start().Add(10 * time.Hour)}
			clones.lend(b)
			b.git(b.dir, "checkout", "-q", "-b", "change")
			b.carryOut(file)
			base := "main"
			if b.landed {
				b.git(b.dir, "checkout", "-q", "main")
				b.git(b.dir, "merge", "-q", "--ff-only", "change")
				base = ""
			}
			got := judge(t, b.dir, base)
			var news []problem.Problem
			for _, f := range got.findings {
				if !before[f.Fingerprint] {
					news = append(news, f)
				}
			}
			var text bytes.Buffer
			if err := diag.Text(&text, news, diag.TextOptions{Excerpt: got.source}); err != nil {
				t.Fatal(err)
			}
			for _, f := range news {
				// A hash depends on the whole sample, which is not what is told here.
				if f.Commit != "" {
					text = *bytes.NewBuffer(bytes.ReplaceAll(text.Bytes(), []byte(f.Commit[:10]), []byte("0000000000")))
				}
			}
			ran.Add(1)
			pasted.Add(int32(b.pasteFixes(base, got.findings, news)))
			if !b.landed {
				b.compareDoors(got.findings)
			}
			if n := diag.Count(news).Total(); n != b.findings {
				t.Fatalf("%d findings, the break states %d:\n%s", n, b.findings, &text)
			}
			want := filepath.Join(folder, "want")
			if *update {
				if err := os.WriteFile(want, text.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			golden, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(golden), text.String()); diff != "" {
				t.Errorf("check says (-want +got):\n%s", diff)
			}
		})
	}
}

// clones are work trees of one repository. Whoever breaks one gives it back, and it is
// set right for the next: that is less work than to clone again.
type clones struct {
	origin, top string
	idle        chan string
}

func (c *clones) lend(b *breakage) {
	b.t.Helper()
	select {
	case b.dir = <-c.idle:
		b.git(b.dir, "checkout", "-q", "-f", "-B", "main", "origin/main")
		b.git(b.dir, "clean", "-q", "-ffdx")
		b.git(b.dir, "branch", "-q", "-D", "change")
	default:
		var err error
		if b.dir, err = os.MkdirTemp(c.top, "work"); err != nil {
			b.t.Fatal(err)
		}
		b.git(".", "clone", "-q", c.origin, b.dir)
	}
	b.t.Cleanup(func() { c.idle <- b.dir })
}

// pasteFixes pastes each 改法 of news that is lines to paste, one at a time and into
// the commit that broke the sample: its finding goes and no other comes (DESIGN 11).
// It returns how many there were.
func (b *breakage) pasteFixes(base string, all, news []problem.Problem) (pasted int) {
	b.t.Helper()
	tip := strings.TrimSpace(b.git(b.dir, "rev-parse", "HEAD"))
	for _, f := range news {
		file := filepath.Join(b.dir, filepath.FromSlash(f.Path))
		src, err := os.ReadFile(file)
		if err != nil {
			continue // a deleted file, a folder
		}
		text, ok := gittest.Paste(string(src), f.Line, f.EndLine, f.Fix)
		if !ok {
			continue
		}
		pasted++
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			b.t.Fatal(err)
		}
		b.git(b.dir, "commit", "-qa", "--amend", "--allow-empty", "--no-edit")
		// What was there before may stand a line further down; one of its kind is gone.
		kind := func(f problem.Problem) string { return f.Path + " " + f.Rule + " " + f.Key }
		left := map[string]int{kind(f): -1}
		for _, hidden := range b.hides {
			left[f.Path+" "+hidden]++
		}
		for _, was := range all {
			left[kind(was)]++
		}
		for _, now := range judge(b.t, b.dir, base).findings {
			if left[kind(now)]--; left[kind(now)] < 0 {
				b.t.Errorf("after pasting on %s:%d, for %s\n%s\nthere is %s\n%s",
					f.Path, f.Line, f.Rule, f.Fix, kind(now), now.Message)
			}
		}
		b.git(b.dir, "reset", "-q", "--hard", tip)
	}
	return pasted
}

// judged is what check finds in a repository.
type judged struct {
	findings []problem.Problem
	source   func(string) []byte
}

func judge(t *testing.T, dir, base string) judged {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(t.Context(), repo, register.Options{Base: base, AsOf: day,
		Now: day.Start().Add(11 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return judged{rules.Run(d), d.Excerpt}
}

// compareDoors holds what both hooks say to what check --base says: "Hooks and
// --base judge alike on the same change, but for who pushes, the clock and refs"
// (DESIGN 11). What a commit would bring is judged for a request of one commit,
// and of the files that it changes.
func (b *breakage) compareDoors(found []problem.Problem) {
	b.t.Helper()
	want := blockingLines(found, nil)
	repo, err := git.Open(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	options := register.Options{Ref: "refs/heads/change", Base: "refs/heads/main", Push: true, Narrow: true, AsOf: day,
		Now: day.Start().Add(11 * time.Hour)}
	d, err := register.Load(b.t.Context(), repo, options)
	if err != nil {
		b.t.Fatal(err)
	}
	if diff := cmp.Diff(want, blockingLines(rules.Run(d), nil)); diff != "" {
		b.t.Errorf("pre-receive judges otherwise than --base (-base +hook):\n%s", diff)
	}
	if strings.TrimSpace(b.git(b.dir, "rev-list", "--count", "main..change")) != "1" {
		return
	}
	author := strings.TrimSpace(b.git(b.dir, "log", "-1", "--format=%an <%ae> %ad", "--date=raw", "change"))
	b.git(b.dir, "reset", "-q", "--soft", "main")
	if repo, err = git.Open(b.dir); err != nil {
		b.t.Fatal(err)
	}
	staged, err := repo.Stage("", author)
	if err != nil {
		b.t.Fatal(err)
	}
	if options, err = gate.StagedOptions(repo, staged); err != nil {
		b.t.Fatal(err)
	}
	options.AsOf, options.Now = day, day.Start().Add(11*time.Hour)
	if d, err = register.Load(b.t.Context(), repo, options); err != nil {
		b.t.Fatal(err)
	}
	if diff := cmp.Diff(blockingLines(found, staged.Paths), blockingLines(rules.Run(d), staged.Paths)); diff != "" {
		b.t.Errorf("pre-commit judges otherwise than --base (-base +hook):\n%s", diff)
	}
}

// blockingLines are the findings that stand in the way, a line each; of some
// files alone, if any are named.
func blockingLines(found []problem.Problem, paths []string) []string {
	lines := []string{}
	for _, f := range gate.Blocking(slices.Clone(found)) {
		if paths == nil || slices.Contains(paths, f.Path) {
			lines = append(lines, fmt.Sprintf("%s:%d %s %s %s", f.Path, f.Line, f.Rule, f.Message, f.Fix))
		}
	}
	return lines
}
