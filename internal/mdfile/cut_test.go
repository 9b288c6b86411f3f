package mdfile_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/record"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	src, err := os.ReadFile("../record/testdata/" + name + ".md")
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// caseKeys are those of a case file.
func caseKeys() mdfile.Keys {
	return mdfile.Keys{
		Top: func(name string) bool { return frontmatter.Find(record.Schema().Keys, name) != nil },
		Known: func(name string) bool {
			return slices.ContainsFunc(record.Schema().Keys, func(k record.Key) bool {
				return k.Name == name || frontmatter.Find(k.Fields, name) != nil
			})
		},
		Example: func() string { return "" },
	}
}

// The canonical form is cut at once, everything else line by line; both give the
// same parts.
func TestCutCanonical(t *testing.T) {
	quick, careful, ok := mdfile.CutTwice(fixture(t, "tolerated/canonical"), caseKeys())
	if !ok {
		t.Fatal("the canonical form is not cut at once")
	}
	if diff := cmp.Diff(careful, quick); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{
		"yaml-syntax/rule-in-block-value", "yaml-syntax/rule-between-groups", "front-matter-unclosed/before-heading",
		"tolerated/crlf", "tolerated/bom",
	} {
		if _, _, ok := mdfile.CutTwice(fixture(t, name), caseKeys()); ok {
			t.Errorf("%s is cut at once", name)
		}
	}
}

// FuzzCut holds that both ways to cut a file give the same parts wherever the
// quick one takes it.
func FuzzCut(f *testing.F) {
	files, err := filepath.Glob("../record/testdata/*/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		quick, careful, ok := mdfile.CutTwice(src, caseKeys())
		if ok && !cmp.Equal(quick, careful) {
			t.Fatalf("%q: cut at once and line by line differ", src)
		}
	})
}
