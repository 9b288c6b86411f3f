package sitedir

import (
	"path/filepath"
	"testing"

	"suqiu/internal/store"
)

// TestResume: a file that was made of the same is used again, one that was made
// of something else, or that somebody has touched, is not, nor is any under
// another key or build.
func TestResume(t *testing.T) {
	out := filepath.Join(t.TempDir(), "site")
	keep := store.Dir{Path: filepath.Join(t.TempDir(), "keep"), Build: "one"}
	build := func(keep store.Dir, key string, page, other InputHash) (reused int) {
		t.Helper()
		d, err := Open(t.Context(), out, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		d.Resume(keep, "site", key)
		for name, of := range map[string]InputHash{"a/page.html": page, "other.html": other} {
			if !d.Reuse(name, of) {
				if err := d.Write(name, of, []byte(name)); err != nil {
					t.Fatal(err)
				}
			}
		}
		result, err := d.Commit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return result.Reused
	}
	a, b := InputHash{1}, InputHash{2}
	for _, step := range []struct {
		what   string
		keep   store.Dir
		key    string
		a, b   InputHash
		reused int
	}{
		{"first", keep, "k", a, b, 0},
		{"the same", keep, "k", a, b, 2},
		{"one of something else", keep, "k", a, InputHash{3}, 1},
		{"it has stayed so", keep, "k", a, InputHash{3}, 2},
		{"one of which nothing is known", keep, "k", a, InputHash{}, 1},
		{"another key", keep, "l", a, b, 0},
		{"the same again", keep, "l", a, b, 2},
		{"another build", store.Dir{Path: keep.Path, Build: "two"}, "l", a, b, 0},
		{"no key", keep, "", a, b, 0},
		{"nowhere to keep", store.Dir{}, "l", a, b, 0},
	} {
		if got := build(step.keep, step.key, step.a, step.b); got != step.reused {
			t.Errorf("%s: %d files used again, want %d", step.what, got, step.reused)
		}
	}
}
