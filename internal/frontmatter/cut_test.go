package frontmatter_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/frontmatter"
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

// The canonical form is cut at once, everything else line by line; both give the
// same parts.
func TestCutCanonical(t *testing.T) {
	quick, careful, ok := frontmatter.CutTwice(record.Schema(), fixture(t, "tolerated/canonical"))
	if !ok {
		t.Fatal("the canonical form is not cut at once")
	}
	if diff := cmp.Diff(careful, quick, cmp.AllowUnexported(frontmatter.Parts{})); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{
		"yaml-syntax/rule-in-block-value", "yaml-syntax/rule-between-groups", "front-matter-unclosed/before-heading",
		"tolerated/crlf", "tolerated/bom",
	} {
		if _, _, ok := frontmatter.CutTwice(record.Schema(), fixture(t, name)); ok {
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
		quick, careful, ok := frontmatter.CutTwice(record.Schema(), src)
		if ok && !cmp.Equal(quick, careful, cmp.AllowUnexported(frontmatter.Parts{})) {
			t.Fatalf("%q: cut at once and line by line differ", src)
		}
	})
}

func BenchmarkCutCanonical(b *testing.B) {
	src := fixture(b, "tolerated/canonical")
	b.ReportAllocs()
	for b.Loop() {
		if !frontmatter.CutQuick(record.Schema(), src) {
			b.Fatal("not canonical")
		}
	}
}
