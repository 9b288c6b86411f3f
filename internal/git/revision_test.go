package git

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

// TestRevisionAgreesWithGit: a name means what it means to git rev-parse wherever
// Git does not warn that it had to choose ("a test compares with git rev-parse on
// generated names wherever Git does not warn").
func TestRevisionAgreesWithGit(t *testing.T) {
	for _, packed := range []bool{false, true} {
		t.Run(fmt.Sprintf("packed=%v", packed), func(t *testing.T) {
			t.Parallel()
			r := manyNames(t, packed)
			repo, err := Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			agreed, refused := 0, 0
			for _, name := range generatedNames(r) {
				want, warned := gitMeans(t, r, name)
				got, err := repo.ResolveRef(name, "main")
				var known *Error
				switch {
				case err != nil && !errors.As(err, &known):
					t.Errorf("%q: %v is no *Error", name, err)
				case warned && err == nil && got != want:
					t.Errorf("%q is %s, to Git, which warns, %s", name, got, want)
				case warned:
					refused++
				case got != want:
					t.Errorf("%q is %q (%v), to Git %q", name, got, err, want)
				case want != "":
					agreed++
				}
			}
			if agreed < 200 || refused < 10 {
				t.Errorf("only %d names that mean something, %d of which Git warns", agreed, refused)
			}
		})
	}
}

// manyNames is a repository with references of all kinds and ages.
func manyNames(t *testing.T, packed bool) *gittest.Repository {
	r := gittest.Repo(t, `
text a.txt 一
commit 一
mark one
tag v1
text a.txt 二
commit 二
mark two
git tag -a -m 注 v2
git tag -a -m 注 again v2
git tag -a -m 注 rel/1.0 @one
branch work
text b.txt 三
commit 三
mark three
checkout main
text a.txt 四
commit 四
merge work
mark merged
git tag blob @one:a.txt
git tag tree @one^{tree}
git update-ref refs/remotes/origin/main @one
git update-ref refs/remotes/origin/feature/x @two
git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main
git update-ref refs/heads/feature/x @three
git update-ref refs/heads/旁支 @two
git symbolic-ref refs/heads/alias refs/heads/work
git update-ref refs/merge-requests/7/head @three
git update-ref refs/heads/5336 @one
git update-ref refs/heads/heads/work @one
git update-ref refs/tags/both @one
git update-ref refs/heads/both @two
git update-ref refs/heads/late @two
git update-ref FETCH_HEAD @two
`)
	// A branch that is called as a commit begins, and as a whole id.
	r.Git("update-ref", "refs/heads/"+r.Marks["three"][:7], r.Marks["one"])
	r.Git("update-ref", "refs/heads/"+r.Marks["two"], r.Marks["one"])
	if packed {
		r.Git("pack-refs", "--all")
		r.Git("gc", "-q")
		r.Git("update-ref", "refs/heads/late", r.Marks["one"])
	}
	return r
}

// generatedNames are names that somebody may type: each reference by any end of
// its name, ids and their beginnings, all with what may stand behind them.
func generatedNames(r *gittest.Repository) []string {
	rnd := rand.New(rand.NewPCG(13, 1))
	bases := []string{"HEAD", "@", "FETCH_HEAD", "ORIG_HEAD", "main", "nowhere", "-", "a b", "../main", "heads", "refs",
		"work.lock", "main/", "/main",
		"v1-3-g" + r.Marks["two"][:9], "x-g" + r.Marks["one"][:3], "refs/heads/nowhere"}
	for _, ref := range strings.Fields(r.Git("for-each-ref", "--format=%(refname)")) {
		parts := strings.Split(ref, "/")
		for i := range parts {
			bases = append(bases, strings.Join(parts[i:], "/"))
		}
	}
	for _, object := range strings.Fields(r.Git("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")) {
		for _, n := range []int{3, 4, 7, 12, 39, 40} {
			bases = append(bases, object[:n])
		}
		bases = append(bases, strings.ToUpper(object[:10]), strings.ToUpper(object))
	}
	behind := []string{"^", "~", "^2", "~1", "~2", "^0", "~0", "^{}", "^{commit}", "~01", "^^", "~1^2", "^{tree}",
		"^{blob}", "^3", "~99", "^x", "^{", "^-", "~99999999999999999999"}
	var names []string
	for _, base := range bases {
		names = append(names, base)
		for range 3 {
			names = append(names, base+behind[rnd.IntN(len(behind))])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// gitMeans asks Git which commit a name stands for, and whether Git warns.
func gitMeans(t *testing.T, r *gittest.Repository, name string) (commit string, warned bool) {
	t.Helper()
	cmd := exec.Command("git", "-C", r.Dir, "rev-parse", "--verify", "--end-of-options", name+"^{commit}")
	cmd.Env = gittest.Environ()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if cmd.Run() != nil {
		return "", strings.Contains(errs.String(), "is ambiguous")
	}
	list := strings.Fields(out.String())
	return list[len(list)-1], strings.Contains(errs.String(), "is ambiguous")
}

// TestRevisionNames: what must not be guessed ("an annotated tag is its commit; two
// refs of one name are refused by name; a ref beats an abbreviated id; full refs and
// full ids are what they say").
func TestRevisionNames(t *testing.T) {
	r := manyNames(t, false)
	// Whoever may push tags and branches must not turn the target of a request.
	r.Git("tag", "origin/main", "main")
	r.Git("update-ref", "refs/heads/refs/remotes/origin/gone", "main")
	repo, err := Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"refs/remotes/origin/main": r.Marks["one"],
		"v2":                       r.Marks["two"],
		"again":                    r.Marks["two"], // a tag of a tag
		r.Rev("refs/tags/v2"):      r.Marks["two"], // by the tag's own id
		"5336":                     r.Marks["one"],
		r.Marks["three"][:7]:       r.Marks["one"], // the branch of that name
		r.Marks["two"]:             r.Marks["two"], // the id, whatever a branch is called
	} {
		if got, err := repo.ResolveRef(name, "main"); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", name, got, want, err)
		}
	}
	for name, wants := range map[string][]string{
		"origin/main":              {"refs/tags/origin/main、refs/remotes/origin/main", "请写全名"},
		"both":                     {"refs/tags/both、refs/heads/both"},
		"refs/remotes/origin/gone": {"找不到版本"}, // a branch of that name is no such reference
		strings.Repeat("0", 40):    {"Git 用它表示“没有”", "refs/remotes/origin/main"},
		"blob":                     {"不是提交，而是文件内容"},
		"tree":                     {"不是提交，而是目录"},
		"../../HEAD":               {"不是一个版本的写法"},
		"main@{1}":                 {"不是一个版本的写法"},
	} {
		_, err := repo.ResolveRef(name, "main")
		for _, want := range wants {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
}

// TestLeftoverReferences: a reference that a power cut left empty is passed over, as
// Git does; only who asks for it is told, with the file and the cure.
func TestLeftoverReferences(t *testing.T) {
	r := gittest.Repo(t, "text a.txt 一\ncommit 一\nmark one\ngit update-ref refs/heads/work HEAD\ngit pack-refs --all")
	refs := filepath.Join(r.Dir, ".git", "refs")
	for name, text := range map[string]string{"heads/leftover": "", "tags/v1": "\x00\x00\x00", "heads/work": "",
		"replace/" + strings.Repeat("ab", 20): ""} {
		file := filepath.Join(refs, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	repo, err := Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := repo.CheckWhole(); err != nil {
		t.Error(err)
	}
	if tip, err := repo.ResolveRef("", "main"); err != nil || tip != r.Git("rev-parse", "main") {
		t.Errorf("main is %s, %v", tip, err)
	}
	if got := repo.branches(); !slices.Equal(got, []string{"main"}) {
		t.Errorf("branches are %q", got)
	}
	for _, name := range []string{"work", "refs/tags/v1"} {
		_, err := repo.ResolveRef(name, "main")
		if err == nil || !strings.Contains(err.Error(), filepath.Base(name)) ||
			!strings.Contains(err.Error(), "请删除这个文件") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// While Git writes a reference its lock stands beside it, empty at first.
func TestLockOfAReference(t *testing.T) {
	r := gittest.Repo(t, "new 202607-NFZX-001\ncommit 一")
	for _, name := range []string{"refs/heads/另一次推送.lock", "refs/heads/a/b.lock"} {
		lock := filepath.Join(r.Dir, ".git", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(lock), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(lock, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	repo, err := Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := repo.CheckWhole(); err != nil {
		t.Error(err)
	}
	if got := repo.branches(); !slices.Equal(got, []string{"main"}) {
		t.Errorf("branches are %q", got)
	}
}
