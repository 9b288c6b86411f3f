package publish

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestFile: a file is replaced whole, one that must be new never replaces another,
// and nothing is left in the scratch folder, not even by one killed long ago.
func TestFile(t *testing.T) {
	top := t.TempDir()
	for name, scratch := range map[string]Scratch{"beside": "", "scratch": Scratch(filepath.Join(top, "scratch"))} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(top, name+"-files")
			write(t, dir, map[string]string{"a": "old"})
			if scratch != "" {
				left := filepath.Join(string(scratch), "file-1.tmp")
				write(t, string(scratch), map[string]string{"file-1.tmp": "half", "history": "kept"})
				long := time.Now().Add(-2 * time.Hour)
				if err := os.Chtimes(left, long, long); err != nil {
					t.Fatal(err)
				}
			}
			text := func(text string) func(io.Writer) error {
				return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
			}
			a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
			if err := scratch.File(a, 0o600, text("new")); err != nil {
				t.Fatal(err)
			}
			if info, err := os.Stat(a); err != nil || info.Mode().Perm() != 0o600 {
				t.Error(info.Mode(), err)
			}
			broken := errors.New("broken")
			if err := scratch.File(a, 0o644,
				func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return broken }); !errors.Is(err, broken) {
				t.Error(err)
			}
			if err := scratch.NewFile(a, 0o644, text("other")); !errors.Is(err, fs.ErrExist) {
				t.Error(err)
			}
			if err := scratch.NewFile(b, 0o644, text("first")); err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(map[string]string{"a": "new", "b": "first"}, read(t, dir)); diff != "" {
				t.Error(diff)
			}
			if scratch != "" {
				if got := names(t, string(scratch)); !slices.Equal(got, []string{"history"}) {
					t.Errorf("left: %v", got)
				}
			}
		})
	}
}

// TestAdd: all files come or none, whatever folders there are.
func TestAdd(t *testing.T) {
	is := map[string]string{"cases/2026/07/a.md": "a", "cases/2026/06/z.md": "z", "cases/2026/07/sub/b.md": "b",
		"other": "o"}
	for name, more := range map[string]map[string]string{
		"one":                    {"cases/2026/07/n1.md": "1"},
		"one folder":             {"cases/2026/07/n1.md": "1", "cases/2026/07/n2.md": "2"},
		"two folders":            {"cases/2026/07/n1.md": "1", "cases/2026/06/n2.md": "2"},
		"a new folder":           {"cases/2026/08/n1.md": "1", "cases/2026/08/n2.md": "2"},
		"new folders":            {"cases/2027/01/n1.md": "1", "cases/2027/02/n2.md": "2"},
		"an old and a new one":   {"cases/2026/07/n1.md": "1", "cases/2027/01/n2.md": "2"},
		"names that begin alike": {"cases/2026/07/n1.md": "1", "cases/2026/077/n2.md": "2"},
		"at the top":             {"n1.md": "1", "cases/2026/07/n2.md": "2"},
	} {
		for scratchName, scratch := range map[string]string{"beside": "", "scratch": "git/suqiu"} {
			t.Run(name+", "+scratchName, func(t *testing.T) {
				base := t.TempDir()
				top := filepath.Join(base, "top")
				write(t, top, is)
				s := Scratch("")
				if scratch != "" {
					s = Scratch(filepath.Join(base, "scratch"))
				}
				files, want := map[string][]byte{}, maps.Clone(is)
				for name, text := range more {
					files[name], want[name] = []byte(text), text
				}
				told := 0
				if err := s.Add(t.Context(), top, files, func(done, total int) {
					if told++; done != told || total != len(files) {
						t.Errorf("after %d of %d files: %d of %d", told, len(files), done, total)
					}
				}); err != nil {
					t.Fatal(err)
				}
				if told != len(files) {
					t.Errorf("told of %d files, not %d", told, len(files))
				}
				if diff := cmp.Diff(want, read(t, top)); diff != "" {
					t.Error(diff)
				}
				if err := s.Add(t.Context(), top, files, func(int, int) {}); !errors.Is(err, fs.ErrExist) {
					t.Errorf("a second time: %v", err)
				}
				if diff := cmp.Diff(want, read(t, top)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// TestAddStepwise: where names cannot be exchanged, what was written is taken back.
func TestAddStepwise(t *testing.T) {
	top := t.TempDir()
	write(t, top, map[string]string{"cases/07/a.md": "a", "blocked": "a file, not a folder"})
	files := map[string][]byte{"blocked/n2.md": nil, "cases/07/n1.md": nil, "a.md": nil}
	var s Scratch
	if err := s.Add(t.Context(), top, files, func(int, int) {}); err == nil {
		t.Error("written into a file")
	}
	if diff := cmp.Diff(map[string]string{"cases/07/a.md": "a", "blocked": "a file, not a folder"},
		read(t, top)); diff != "" {
		t.Error(diff)
	}
}

// TestSavedMeanwhile: what an editor saves while a tree is exchanged is not lost,
// be it in place or by renaming.
func TestSavedMeanwhile(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	write(t, target, map[string]string{"in-place": "1", "renamed": "1"})
	s := begin(t, target)
	if err := s.linkAll(); err != nil {
		t.Fatal(err)
	}
	write(t, target, map[string]string{"in-place": "2", "new": "2"})
	if err := errors.Join(os.Rename(filepath.Join(target, "new"), filepath.Join(target, "renamed")),
		s.Publish(nil)); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if diff := cmp.Diff(map[string]string{"in-place": "2", "renamed": "2"}, read(t, target)); diff != "" {
		t.Error(diff)
	}
}
