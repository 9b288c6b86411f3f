package record

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/gittest"
	"suqiu/internal/problem"
)

// DESIGN section 11, every 改法 is true: followed to the letter, its finding
// goes and no other comes. Lines are pasted; what words advise somebody has
// followed by hand in NAME.fixed, of which nothing is told any more.
func TestEveryFixIsTrue(t *testing.T) {
	pasted, followed := 0, 0
	for _, f := range fixtures {
		name := filepath.Join("testdata", filepath.FromSlash(f.name))
		src, err := os.ReadFile(name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		path := f.path
		if path == "" {
			path = "cases/2026/07/202607-NFZX-012.md"
		}
		advised := false
		before := Parse(path, src, alias).Problems
		for i, p := range before {
			text, ok := gittest.Paste(string(src), p.Line, p.EndLine, p.Fix)
			if !ok {
				advised = true
				continue
			}
			pasted++
			if more := others(before, i, Parse(path, []byte(text), alias).Problems); len(more) > 0 {
				t.Errorf("%s: after pasting on line %d\n%s\nthere is %+v", f.name, p.Line, p.Fix, more)
			}
		}
		fixed, err := os.ReadFile(name + ".fixed")
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if advised {
				t.Errorf("%s: nobody has followed %+v", f.name, before)
			}
			continue
		case err != nil:
			t.Fatal(err)
		}
		followed++
		if moved := strings.TrimPrefix(path, "cases/2026/08/"); moved != path {
			path = "cases/2026/07/" + moved
		}
		if left := Parse(path, fixed, alias).Problems; len(left) > 0 {
			t.Errorf("%s.fixed: %+v", f.name, left)
		}
	}
	if pasted < 80 || followed < 25 {
		t.Errorf("%d pasted, %d followed", pasted, followed)
	}
}

// others are the problems after a fix but for those that stood before: the one
// that was to go is one of them if it stands.
func others(before []problem.Problem, fixed int, after []problem.Problem) []problem.Problem {
	type what struct{ rule, key string }
	of := func(p problem.Problem) what {
		if p.Rule == "front-matter-unclosed" {
			return what{rule: p.Rule} // where it should end follows from what stands there
		}
		return what{p.Rule, p.Key}
	}
	stood := map[what]int{}
	for i, p := range before {
		if i != fixed {
			stood[of(p)]++
		}
	}
	var more []problem.Problem
	for _, p := range after {
		if stood[of(p)]--; stood[of(p)] < 0 {
			more = append(more, p)
		}
	}
	return more
}
