package history

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

// TestStageAgreesWithGit holds the tree that Stage makes of an index to the one
// that git write-tree makes: files and folders whose names sort oddly, links,
// modules, an index of any version.
func TestStageAgreesWithGit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		fastImport(t, r.Dir, drawHistory(rt))
		r.Git("read-tree", "main")
		r.Git("update-index", "--index-version", rapid.SampledFrom([]string{"2", "3", "4"}).Draw(rt, "version"))
		repo, err := git.Open(r.Dir)
		if err != nil {
			rt.Fatal(err)
		}
		s, err := repo.Stage("", "a <a@x> 1 +0000")
		if err != nil {
			rt.Fatal(err)
		}
		c, err := repo.Reader().Commit(git.NewHash(s.Commit), git.People{})
		if err != nil {
			rt.Fatal(err)
		}
		if tree := r.Git("write-tree"); c.Tree.String() != tree || len(s.Paths) > 0 {
			rt.Errorf("tree %s, git writes %s; paths %q", c.Tree, tree, s.Paths)
		}
	})
}

// TestStage makes a commit of the index: on top of HEAD, and of what is being
// merged; what is only announced, or lies in the work tree, is not in it.
func TestStage(t *testing.T) {
	r := gittest.Repo(t, twoSteps+`
branch b
set 202607-NFZX-001 标题=二
commit 二
checkout main
text other.txt x
commit 三
merge --no-commit b
text staged.txt x
git add staged.txt
text announced.txt x
git add -N announced.txt
text staged.txt y
`)
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := repo.Stage("", "甲 <a@x> 1784000000 +0800")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(s.Paths, " "), "cases/2026/07/202607-NFZX-001.md staged.txt"; got != want || !s.Born {
		t.Errorf("paths %s, want %s", got, want)
	}
	c, err := repo.Reader().Commit(git.NewHash(s.Commit), git.People{})
	if err != nil {
		t.Fatal(err)
	}
	if tree := r.Git("write-tree"); c.Tree.String() != tree || c.Author.Email != "a@x" {
		t.Errorf("tree %s by %v, git writes %s", c.Tree, c.Author, tree)
	}
	if len(c.Parents) != 2 || c.Parents[0].String() != r.Rev("main") || c.Parents[1].String() != r.Rev("b") {
		t.Errorf("parents %v", c.Parents)
	}
}

// TestIndexWithoutPack: an index of a pack that is not there is passed over.
func TestIndexWithoutPack(t *testing.T) {
	r := gittest.Repo(t, "new 202607-NFZX-001\ncommit 一\nrepack\nnew 202607-NFZX-002\ncommit 二")
	idx, err := filepath.Glob(filepath.Join(r.Dir, ".git", "objects", "pack", "*.idx"))
	if err != nil || len(idx) != 1 {
		t.Fatal(idx, err)
	}
	data, err := os.ReadFile(idx[0])
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(filepath.Dir(idx[0]), "pack-"+strings.Repeat("0", 40)+".idx")
	if err := os.WriteFile(left, data, 0o444); err != nil {
		t.Fatal(err)
	}
	if h := walk(t, r.Dir, mainline.Options{}); len(h.Landings) != 2 {
		t.Errorf("%d landings", len(h.Landings))
	}
}
