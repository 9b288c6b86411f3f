package gitindex

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
)

// FuzzDecode holds that no bytes of an index bring the reader down. What it makes of
// real ones is held to git write-tree by a test of package git.
func FuzzDecode(f *testing.F) {
	r := gittest.Repo(f, "text a.txt 一\ntext b/c.txt 二\ncommit 一")
	index := filepath.Join(r.Dir, ".git", "index")
	whole, err := os.ReadFile(index)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	r.Git("config", "splitIndex.maxPercentChange", "100")
	r.Git("update-index", "--split-index")
	split, err := os.ReadFile(index)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(split)
	f.Add(split[:len(split)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		before := slices.Clone(data)
		decode(data, filepath.Dir(index))
		if !slices.Equal(before, data) {
			t.Error("the bytes that were given changed")
		}
	})
}

// TestRead: an index that is not there holds nothing; one cut short is refused, and so
// is a split one whose shared part is gone.
func TestRead(t *testing.T) {
	r := gittest.Repo(t, "text a.txt 一\ntext b/c.txt 二\ncommit 一")
	index := filepath.Join(r.Dir, ".git", "index")
	names := func() string {
		idx, err := Read(index)
		if err != nil {
			return err.Error()
		}
		var list []string
		for _, e := range idx.Entries {
			list = append(list, e.Name)
		}
		return strings.Join(list, " ")
	}
	if got := names(); got != "a.txt b/c.txt" {
		t.Errorf("the index holds %q", got)
	}
	r.Git("update-index", "--split-index")
	if got := names(); got != "a.txt b/c.txt" {
		t.Errorf("the split index holds %q", got)
	}
	shared, err := filepath.Glob(filepath.Join(r.Dir, ".git", "sharedindex.*"))
	if err != nil || len(shared) == 0 {
		t.Fatal("the index is not split", err)
	}
	for _, name := range shared {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Read(index); err == nil {
		t.Error("a split index without its shared part was read")
	}
	if err := os.Truncate(index, 20); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(index); err == nil {
		t.Error("an index that was cut short was read")
	}
	if err := os.Remove(index); err != nil {
		t.Fatal(err)
	}
	if got := names(); got != "" {
		t.Errorf("no index holds %q", got)
	}
}

// TestSplitRuns: bitmaps with whole words of ones, as after many files in a row were
// deleted or changed, say what git ls-files says.
func TestSplitRuns(t *testing.T) {
	var files strings.Builder
	for i := range 400 {
		fmt.Fprintf(&files, "text %03d.txt 一\n", i)
	}
	r := gittest.Repo(t, files.String()+"commit 一")
	r.Git("config", "splitIndex.maxPercentChange", "100")
	r.Git("update-index", "--split-index")
	var changes strings.Builder
	for i := range 390 {
		if i < 150 {
			fmt.Fprintf(&changes, "rm %03d.txt\n", i)
		} else {
			fmt.Fprintf(&changes, "text %03d.txt 二\n", i)
		}
	}
	r.Run(changes.String() + "git add -A")
	if shared, _ := filepath.Glob(filepath.Join(r.Dir, ".git", "sharedindex.*")); len(shared) == 0 {
		t.Fatal("the index is not split")
	}
	idx, err := Read(filepath.Join(r.Dir, ".git", "index"))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, e := range idx.Entries {
		fmt.Fprintf(&got, "%06o %s 0\t%s\n", uint32(e.Mode), e.Hash, e.Name)
	}
	if diff := cmp.Diff(strings.TrimSpace(r.Git("ls-files", "-s")), strings.TrimSpace(got.String())); diff != "" {
		t.Errorf("(-git +got):\n%s", diff)
	}
}
