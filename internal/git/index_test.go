package git

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestStageOfOddIndexes: an index without a checksum (index.skipHash), a split and a
// sparse one are read as Git reads them: the commit to come has the tree that git
// write-tree makes.
func TestStageOfOddIndexes(t *testing.T) {
	var files strings.Builder
	for i := range 150 {
		fmt.Fprintf(&files, "text cases/2026/%02d/a%03d.md x\n", i%12+1, i)
	}
	const changes = "rm cases/2026/01/a000.md\ntext cases/2026/02/a001.md 改\ntext cases/2026/02/b.md 新\n" +
		"text a.txt 新\ngit add -A"
	for name, how := range map[string]func(r *gittest.Repository){
		"split": func(r *gittest.Repository) {
			r.Git("config", "splitIndex.maxPercentChange", "100")
			r.Git("update-index", "--split-index")
			r.Run(changes)
			if left, _ := filepath.Glob(filepath.Join(r.Dir, ".git", "sharedindex.*")); len(left) == 0 {
				t.Error("the index is not split")
			}
		},
		"split of version 4": func(r *gittest.Repository) {
			r.Git("config", "splitIndex.maxPercentChange", "100")
			r.Git("update-index", "--index-version", "4", "--split-index")
			r.Run(changes)
		},
		"sparse": func(r *gittest.Repository) {
			r.Git("sparse-checkout", "init", "--cone", "--sparse-index")
			r.Git("sparse-checkout", "set", "cases/2026/02")
			r.Run("text cases/2026/02/a001.md 改\ntext cases/2026/02/b.md 新\ngit add cases/2026/02")
			if list := r.Git("ls-files", "--sparse"); !strings.Contains(list, "cases/2026/01/\n") {
				t.Errorf("the index is not sparse:\n%s", list)
			}
		},
		"without a checksum": func(r *gittest.Repository) {
			r.Run(changes)
			index := filepath.Join(r.Dir, ".git", "index")
			data, err := os.ReadFile(index)
			if err != nil {
				t.Fatal(err)
			}
			clear(data[len(data)-20:])
			if err := os.WriteFile(index, data, 0o644); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := gittest.Repo(t, files.String()+"text a.txt x\ncommit 一")
			how(r)
			repo, err := Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			s, err := repo.Stage("", "a <a@x> 1 +0000")
			if err != nil {
				t.Fatal(err)
			}
			c, err := repo.Reader().Commit(NewHash(s.Commit), People{})
			if err != nil {
				t.Fatal(err)
			}
			if name == "without a checksum" {
				r.Git("reset", "-q") // this Git may not know of it
				r.Git("add", "-A")
			}
			if tree := r.Git("write-tree"); c.Tree.String() != tree {
				t.Errorf("tree %s, git writes %s; paths %q", c.Tree, tree, s.Paths)
			}
		})
	}
}
