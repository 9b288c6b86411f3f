package publish

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// write writes a tree of files below dir.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// read reads one.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(os.DirFS(dir), name)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func begin(t *testing.T, target string) *Stage {
	t.Helper()
	s, err := Open(t.Context(), target, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// unsupported is a system without an exchange of names.
func unsupported(string, string) error { return errors.ErrUnsupported }

// TestPublish: of the old tree and the new one, the one or the other stands.
func TestPublish(t *testing.T) {
	old := map[string]string{"a": "1", "b/c": "2", "gone/d": "3"}
	for name, swap := range map[string]func(a, b string) error{"exchange": exchange, "two renames": unsupported} {
		t.Run(name, func(t *testing.T) {
			top := t.TempDir()
			target := filepath.Join(top, "x", "out")
			first := begin(t, target)
			if first.Exists {
				t.Error("it is there already")
			}
			write(t, first.Next, old)
			if err := first.Publish(nil); err != nil {
				t.Fatal(err)
			}
			first.Close()
			if diff := cmp.Diff(old, read(t, target)); diff != "" {
				t.Fatal(diff)
			}
			before, err := os.Stat(filepath.Join(target, "b", "c"))
			if err != nil {
				t.Fatal(err)
			}

			second := begin(t, target)
			second.swap = swap
			if err := second.Link("b/c"); err != nil {
				t.Fatal(err)
			}
			write(t, second.Next, map[string]string{"a": "new"})
			// Somebody puts a file there meanwhile.
			write(t, target, map[string]string{"b/mine": "x"})
			if err := second.Publish(func(name string) bool { return old[name] != "" }); err != nil {
				t.Fatal(err)
			}
			second.Close()
			if diff := cmp.Diff(map[string]string{"a": "new", "b/c": "2", "b/mine": "x"}, read(t, target)); diff != "" {
				t.Error(diff)
			}
			if after, err := os.Stat(filepath.Join(target, "b", "c")); err != nil || !os.SameFile(before, after) {
				t.Error("a file that did not change is another file", err)
			}
			if got := names(t, filepath.Dir(target)); !slices.Equal(got, []string{"out"}) {
				t.Errorf("beside it: %v", got)
			}
		})
	}
}

// TestDropped: what is not published leaves no trace, nor do folders made for it.
func TestDropped(t *testing.T) {
	top := t.TempDir()
	s := begin(t, filepath.Join(top, "x", "y", "out"))
	write(t, s.Next, map[string]string{"a/b": "1"})
	s.Close()
	if got := names(t, top); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
}

// TestKilled: whatever one who was killed has left, the next one begins anew, and
// Git would not have seen it.
func TestKilled(t *testing.T) {
	old := map[string]string{"a": "1"}
	for name, leave := range map[string]func(t *testing.T, target, beside string) error{
		"half made": func(t *testing.T, _, beside string) error {
			write(t, beside, map[string]string{"next/a": "half", "lock": "", ".gitignore": "*\n"})
			return nil
		},
		"exchanged, the old tree not yet removed": func(t *testing.T, _, beside string) error {
			write(t, beside, map[string]string{"next/z": "0", "lock": ""})
			return nil
		},
		"between two renames": func(t *testing.T, target, beside string) error {
			write(t, beside, map[string]string{"next/a": "2", "lock": ""})
			return os.Rename(target, filepath.Join(beside, "old"))
		},
		"after two renames": func(t *testing.T, _, beside string) error {
			write(t, beside, map[string]string{"old/a": "0", "lock": ""})
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			target := filepath.Join(t.TempDir(), "out")
			write(t, target, old)
			if err := leave(t, target, filepath.Join(filepath.Dir(target), ".suqiu-out")); err != nil {
				t.Fatal(err)
			}
			s := begin(t, target)
			if got := read(t, s.beside)[".gitignore"]; got != "*\n" {
				t.Errorf(".gitignore: %q", got)
			}
			if got := names(t, s.Next); len(got) > 0 {
				t.Errorf("the successor is not empty: %v", got)
			}
			s.Close()
			if diff := cmp.Diff(old, read(t, target)); diff != "" {
				t.Error(diff)
			}
			if got := names(t, filepath.Dir(target)); !slices.Equal(got, []string{"out"}) {
				t.Errorf("left: %v", got)
			}
		})
	}
}

// TestOneAtATime lets many publish the same folder: each sees the whole work of
// the one before, and nobody's is lost.
func TestOneAtATime(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	const many = 12
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			s, err := Open(t.Context(), target, nil)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			var before []string
			if s.Exists {
				entries, _ := os.ReadDir(target)
				for _, e := range entries {
					before = append(before, e.Name())
					if err := s.Link(e.Name()); err != nil {
						t.Error(err)
					}
				}
			}
			if err := os.WriteFile(filepath.Join(s.Next, string(rune('a'+i))), nil, 0o644); err != nil {
				t.Error(err)
			}
			if err := s.Publish(func(name string) bool { return slices.Contains(before, name) }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := slices.Sorted(maps.Keys(read(t, target))); len(got) != many {
		t.Errorf("%d of %d: %v", len(got), many, got)
	}
	if got := names(t, filepath.Dir(target)); !slices.Equal(got, []string{"out"}) {
		t.Errorf("left: %v", got)
	}
}

// TestWaiting: the second one says that it waits, and stops waiting at once when
// it is told to.
func TestWaiting(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	first := begin(t, target)
	defer first.Close()
	ctx, cancel := context.WithCancel(t.Context())
	said := 0
	begun := time.Now()
	_, err := Open(ctx, target, func() { said++; cancel() })
	if !errors.Is(err, context.Canceled) || said != 1 || time.Since(begun) > 5*time.Second {
		t.Errorf("%v, said %d times, after %v", err, said, time.Since(begun))
	}
}

// TestCopies: where nothing can be linked, files are copied with their times.
func TestCopies(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	write(t, target, map[string]string{"a/b": "text"})
	at := time.Date(2026, 9, 30, 8, 0, 0, 123, time.UTC)
	if err := os.Chtimes(filepath.Join(target, "a", "b"), at, at); err != nil {
		t.Fatal(err)
	}
	s := begin(t, target)
	defer s.Close()
	s.copies.Store(true)
	if err := s.Link("a/b"); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(s.Next, "a", "b")
	info, err := os.Stat(copied)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(copied); string(text) != "text" || !info.ModTime().Equal(at) {
		t.Errorf("%q of %v", text, info.ModTime())
	}
}

// TestKeepsWhatItIs: a link to the folder stays one, and so do the folder's
// permissions.
func TestKeepsWhatItIs(t *testing.T) {
	top := t.TempDir()
	real, link := filepath.Join(top, "real"), filepath.Join(top, "link")
	if err := errors.Join(os.Mkdir(real, 0o750), os.Chmod(real, 0o750), os.Symlink(real, link)); err != nil {
		t.Fatal(err)
	}
	s := begin(t, link)
	write(t, s.Next, map[string]string{"a": "1"})
	if err := s.Publish(func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	info, err := os.Stat(real)
	if err != nil || info.Mode().Perm() != 0o750 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if to, err := os.Readlink(link); err != nil || to != real {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if got := names(t, real); !slices.Equal(got, []string{"a"}) {
		t.Errorf("there: %v", got)
	}
}

// TestRefusals: what cannot be renamed is refused with the reason, and nothing is
// changed.
func TestRefusals(t *testing.T) {
	top := t.TempDir()
	file := filepath.Join(top, "file")
	write(t, top, map[string]string{"file": "x"})
	for target, want := range map[string]string{"/": "不能改名", "/proc": "挂载点", file: "不是目录"} {
		s, err := Open(t.Context(), target, nil)
		if err == nil {
			s.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", target, err)
		}
	}
	// One that turns out only when the names are exchanged.
	target := filepath.Join(top, "out")
	write(t, target, map[string]string{"a": "1"})
	s := begin(t, target)
	s.swap = func(string, string) error { return fs.ErrPermission }
	var fixed *FixedError
	if err := s.Publish(func(string) bool { return true }); !errors.As(err, &fixed) {
		t.Errorf("%v", err)
	}
	s.Close()
	if diff := cmp.Diff(map[string]string{"a": "1"}, read(t, target)); diff != "" {
		t.Error(diff)
	}
}
