package history

import (
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"pgregory.net/rapid"

	"suqiu/internal/gittest"
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
		repo, err := Open(r.Dir)
		if err != nil {
			rt.Fatal(err)
		}
		s, err := repo.Stage("", "a <a@x> 1 +0000")
		if err != nil {
			rt.Fatal(err)
		}
		c, err := repo.db.reader().commit(plumbing.NewHash(s.Commit), persons{})
		if err != nil {
			rt.Fatal(err)
		}
		if tree := r.Git("write-tree"); c.tree.String() != tree || len(s.Paths) > 0 {
			rt.Errorf("tree %s, git writes %s; paths %q", c.tree, tree, s.Paths)
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
	repo, err := Open(r.Dir)
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
	c, err := repo.db.reader().commit(plumbing.NewHash(s.Commit), persons{})
	if err != nil {
		t.Fatal(err)
	}
	if tree := r.Git("write-tree"); c.tree.String() != tree || c.author.Email != "a@x" {
		t.Errorf("tree %s by %v, git writes %s", c.tree, c.author, tree)
	}
	if len(c.parents) != 2 || c.parents[0].String() != r.Rev("main") || c.parents[1].String() != r.Rev("b") {
		t.Errorf("parents %v", c.parents)
	}
}
