package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/register"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
)

func TestRebuildTouchesOnlyWhatChanged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	in := input(view.Public)
	result := build(t, in, out)
	if result.Written != result.Files {
		t.Errorf("first build: %+v", result)
	}
	result = build(t, in, out)
	if result.Written != 0 || result.Removed != 0 {
		t.Errorf("same input: %+v", result)
	}
	in.Register.Cases = slices.DeleteFunc(in.Register.Cases,
		func(c *register.Case) bool { return c.ID == "202609-NSFWK-003" })
	result = build(t, in, out)
	if result.Removed != 1 || result.Written == 0 || result.Written == result.Files {
		t.Errorf("one case less: %+v", result)
	}
	files := tree(t, out)
	if _, ok := files["cases/202609-NSFWK-003.html"]; ok {
		t.Error("the page of the removed case is still there")
	}
	if beside := below(t, filepath.Dir(out)); !slices.Equal(beside, []string{"public"}) {
		t.Errorf("beside the site: %v", beside)
	}
}

// below are the names in a folder.
func below(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestForeignFilesAreRefused: a folder that is replaced as a whole holds nothing
// that would go with it, whether suqiu has built there before or not.
func TestForeignFilesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		built bool
		make  func(out string) error
		file  string
	}{
		{"a page of somebody", false, func(out string) error {
			return os.WriteFile(filepath.Join(out, "index.html"),
				[]byte("mine"), 0o644)
		}, "index.html"},
		{"a file of another kind", false, func(out string) error {
			return os.WriteFile(filepath.Join(out, "Makefile"),
				nil, 0o644)
		}, "Makefile"},
		{"a file beside the pages", true, func(out string) error {
			return os.WriteFile(filepath.Join(out, "CNAME"),
				[]byte("x"), 0o644)
		}, "CNAME"},
		{"a file among the pages", true,
			func(out string) error { return os.WriteFile(filepath.Join(out, "cases", "x.md"), nil, 0o644) },
			"cases/x.md"},
		{"a link", true, func(out string) error { return os.Symlink("index.html", filepath.Join(out, "link")) },
			"link"},
		{"a link in the place of a page", true, func(out string) error {
			name := filepath.Join(out, "index.html")
			return errors.Join(os.Remove(name), os.Symlink(filepath.Join(out, "404.html"), name))
		}, "index.html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			if c.built {
				build(t, input(view.Public), out)
			} else if err := os.Mkdir(out, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := c.make(out); err != nil {
				t.Fatal(err)
			}
			before := tree(t, out)
			in := input(view.Public)
			in.Register.Cases[0].Title = "改过的标题"
			_, err := Build(t.Context(), in.ready(), out)
			var foreign *sitedir.ForeignFilesError
			if !errors.As(err, &foreign) || !slices.Equal(foreign.Names, []string{c.file}) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("the folder changed: %s", diff)
			}
			if names := below(t, filepath.Dir(out)); !slices.Equal(names, []string{"out"}) {
				t.Errorf("left beside it: %v", names)
			}
		})
	}
}

func TestManifestCannotReachOutside(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "keep.txt")
	os.WriteFile(outside, []byte("keep"), 0o644)
	out := filepath.Join(dir, "public")
	os.Mkdir(out, 0o755)
	os.WriteFile(filepath.Join(out, ".suqiu-site"), []byte("../keep.txt\n/etc/x\na/../../keep.txt\n"), 0o644)
	build(t, input(view.Public), out)
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}

func TestCancelledBuildLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "public")
	if _, err := Build(ctx, input(view.Public).ready(), out); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder was made")
	}
}
