// Package cleaning holds a history that was cleaned of personal data against the
// old one, of which somebody kept a copy: commit by commit nothing may differ but
// the files that 历史更替 names as taken out (移除).
package cleaning

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/git"
)

// Account is what 历史更替 says became of an old history.
type Account struct {
	Old     string   `json:"old"` // heads of the main branch, whole
	New     string   `json:"new"`
	Removed []string `json:"removed"` // 移除: files, or folders with all below them
}

// AccountOf follows 历史更替 from the head of an old history to the head in its
// place, which may be cut short; ok is false if no entry names the old one.
func AccountOf(cfg *config.Config, old string) (a Account, ok bool) {
	a = Account{Old: old, New: old}
	for range cfg.Rewritings {
		w := cfg.RewritingOf(a.New)
		if w.New == "" {
			break
		}
		a.New, ok = w.New, true
		for _, path := range w.Removed {
			if !slices.Contains(a.Removed, path) {
				a.Removed = append(a.Removed, path)
			}
		}
	}
	return a, ok
}

// names reports whether 移除 names a path or a folder that it lies in.
func (a *Account) names(path string) bool {
	return slices.ContainsFunc(a.Removed, func(name string) bool {
		rest, ok := strings.CutPrefix(path, strings.TrimSuffix(name, "/"))
		return ok && (rest == "" || rest[0] == '/')
	})
}

// Report is what a comparison found.
type Report struct {
	Commits int `json:"commits"` // of the old history that were held against the new
	// Cleaned are the paths that 移除 names and that differ, in Git's order.
	Cleaned []Cleaned `json:"cleaned"`
	// Differences are those that nothing accounts for, later commits first: the
	// first Most of Found.
	Differences []Difference `json:"differences"`
	Found       int          `json:"found"`
}

// Most is how many differences a report tells one by one.
const Most = 20

// Cleaned is a file that was taken out.
type Cleaned struct {
	Path string `json:"path"`
	// Changed is that some commit still has the file, with other content.
	Changed bool `json:"changed"`
}

// Difference is one that 移除 does not account for.
type Difference struct {
	Old  string `json:"old"` // commits
	New  string `json:"new"`
	What string `json:"what"` // in Chinese
	Path string `json:"path,omitempty"`
}

// Compare holds the two histories against each other. The repository reads the
// objects of both.
func Compare(ctx context.Context, repo *git.Repo, a Account) (*Report, error) {
	c := comparison{Account: a, repo: repo.Reader(), pairs: map[git.Hash]git.Hash{}, paths: map[string]string{},
		cleaned: map[string]bool{}}
	defer c.repo.Close()
	if err := c.walk(ctx); err != nil {
		return nil, err
	}
	for path, changed := range c.cleaned {
		c.report.Cleaned = append(c.report.Cleaned, Cleaned{path, changed})
	}
	slices.SortFunc(c.report.Cleaned, func(x, y Cleaned) int { return cmp.Compare(x.Path, y.Path) })
	return &c.report, nil
}

type comparison struct {
	Account
	repo    *git.Reader
	pairs   map[git.Hash]git.Hash // old commits to the new one in their place
	queue   [][2]git.Hash
	paths   map[string]string
	cleaned map[string]bool // whether the file is there, changed
	report  Report
}

// walk goes from the two heads to the roots. Where both have the same commit, all
// before it is the same.
func (c *comparison) walk(ctx context.Context) error {
	c.pair(git.NewHash(c.Old), git.NewHash(c.New))
	for len(c.queue) > 0 {
		p := c.queue[0]
		c.queue = c.queue[1:]
		if err := cmp.Or(ctx.Err(), c.commits(p[0], p[1])); err != nil {
			return err
		}
	}
	return nil
}

func (c *comparison) pair(old, new git.Hash) {
	switch had, ok := c.pairs[old]; {
	case old == new:
	case !ok:
		c.pairs[old] = new
		c.queue = append(c.queue, [2]git.Hash{old, new})
	case had != new:
		c.differ(old, new, "旧历史的一个提交对着两个新提交，另一个是 "+had.String(), "")
	}
}

// commits compares two commits and pairs their parents.
func (c *comparison) commits(old, new git.Hash) error {
	c.report.Commits++
	before, err := c.read(old)
	if err != nil {
		return err
	}
	after, err := c.read(new)
	if err != nil {
		return err
	}
	if what := unlike(before.said, after.said); what != "" {
		c.differ(old, new, what, "")
	}
	if err := c.trees(old, new, before.Tree, after.Tree); err != nil {
		return err
	}
	if n, m := len(before.Parents), len(after.Parents); n != m {
		c.differ(old, new, "前面的提交少了或者多了", "")
		return nil // which belongs to which nobody can say
	}
	for i := range before.Parents {
		c.pair(before.Parents[i], after.Parents[i])
	}
	return nil
}

// trees compares what two commits hold.
func (c *comparison) trees(old, new, before, after git.Hash) error {
	changes, err := c.repo.Changes(before, after, c.paths)
	for _, ch := range changes {
		if !c.names(ch.Path) {
			c.differ(old, new, "文件不同", ch.Path)
			continue
		}
		c.cleaned[ch.Path] = c.cleaned[ch.Path] || ch.New != git.Entry{}
	}
	return err
}

func (c *comparison) differ(old, new git.Hash, what, path string) {
	if c.report.Found++; c.report.Found <= Most {
		c.report.Differences = append(c.report.Differences, Difference{old.String(), new.String(), what, path})
	}
}

// commit is a commit, and what it says beside its tree and parents. Its signature
// is left out: no cleaned commit can keep one.
type commit struct {
	*git.Commit
	said []byte
}

func (c *comparison) read(h git.Hash) (commit, error) {
	read, err := c.repo.Commit(h, git.People{})
	if err != nil {
		return commit{}, err
	}
	signed, err := c.repo.Signed(h.String())
	if err != nil {
		return commit{}, err
	}
	said := signed.Payload
	for bytes.HasPrefix(said, []byte("tree ")) || bytes.HasPrefix(said, []byte("parent ")) {
		_, said, _ = bytes.Cut(said, []byte("\n"))
	}
	return commit{read, said}, nil
}

// unlike names what two commits say differently; empty: nothing.
func unlike(old, new []byte) string {
	if bytes.Equal(old, new) {
		return ""
	}
	oldHead, oldText, _ := bytes.Cut(old, []byte("\n\n"))
	newHead, newText, _ := bytes.Cut(new, []byte("\n\n"))
	for _, line := range []struct{ header, what string }{{"author ", "作者或者作者时间不同"},
		{"committer ", "提交人或者提交时间不同"}} {
		if header(oldHead, line.header) != header(newHead, line.header) {
			return line.what
		}
	}
	if !bytes.Equal(oldText, newText) {
		return "提交说明不同"
	}
	return "提交的其他内容不同"
}

// header are the lines of a commit that begin with a name.
func header(head []byte, name string) (lines string) {
	for line := range strings.Lines(string(head)) {
		if strings.HasPrefix(line, name) {
			lines += strings.TrimSuffix(line, "\n") + "\n"
		}
	}
	return lines
}
