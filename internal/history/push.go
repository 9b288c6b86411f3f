package history

import (
	"context"
	"errors"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/record"
)

// Pushed is what a push brings: commits of one repository that another, the
// server's, does not have yet. It is for one goroutine.
type Pushed struct {
	from    *git.Reader
	server  *git.Reader
	refs    *git.Repo // the server's
	Commits []Landing // that are new to the server
	new     map[git.Hash]bool
}

// Proposed takes the commits of a merge request for what was pushed: a clone does
// not tell which of them the server had before.
func Proposed(repo *git.Repo, commits []Landing) *Pushed {
	p := newPushed(repo, repo)
	p.Commits = commits
	for _, c := range commits {
		p.new[git.NewHash(c.Commit)] = true
	}
	return p
}

func newPushed(from, server *git.Repo) *Pushed {
	return &Pushed{from: from.Reader(), server: server.Reader(), refs: server, new: map[git.Hash]bool{}}
}

// Close ends the reading.
func (p *Pushed) Close() {
	p.from.Close()
	p.server.Close()
}

// ReadPush lists the commits that tips bring to the server's repository, which is
// the one that they come from without what waits in quarantine.
func ReadPush(ctx context.Context, from, server *git.Repo, tips []string) (*Pushed, error) {
	p := newPushed(from, server)
	var list []git.Hash
	for _, tip := range tips {
		list = append(list, git.NewHash(tip))
	}
	found, err := p.from.Unknown(ctx, list, p.server.Has, git.People{})
	if err != nil {
		return nil, err
	}
	for _, c := range slices.Backward(found) {
		p.new[c.Hash] = true
		l := newLanding(c)
		l.Commit = c.Hash.String()
		p.Commits = append(p.Commits, l)
	}
	return p, nil
}

// maxKnown is how many of the server's commits are looked at for the steps of
// one: the newest. A branch that is merged or made again is younger.
const maxKnown = 20000

// Known reports whether the server has had all that a commit says, under the
// same author, in other commits: then it is one of them made again by a squash, a
// rebase or a cherry-pick. What a case says is compared by its steps, another
// file as a whole.
func (p *Pushed) Known(ctx context.Context, commit string) (bool, error) {
	c, err := p.from.Commit(git.NewHash(commit), git.People{})
	if err != nil {
		return false, err
	}
	said, err := newClaims(p.from, c)
	if err != nil || len(said.open) == 0 {
		return err == nil, err
	}
	tips, err := p.refs.Tips()
	if err != nil {
		return false, err
	}
	err = p.server.NewestFirst(ctx, tips, maxKnown, func(at *git.Commit) (bool, error) {
		if p.new[at.Hash] || !strings.EqualFold(at.Author.Email, c.Author.Email) {
			return false, nil
		}
		err := said.hear(p.server, at)
		return len(said.open) == 0, err
	})
	return len(said.open) == 0, err
}

// claims are what one commit says, as far as it was not heard elsewhere.
type claims struct {
	open map[string]*claim // by path
}

// claim is what a commit says about one file.
type claim struct {
	blob git.Hash               // zero: deleted
	left map[record.Change]bool // of a case: what it states; nil: a file that is compared as a whole
}

// newClaims is what a commit says that none of its parents says.
func newClaims(rd *git.Reader, c *git.Commit) (*claims, error) {
	paths, err := ownPaths(rd, c)
	if err != nil {
		return nil, err
	}
	s := &claims{map[string]*claim{}}
	for _, path := range paths {
		now, err := entryAt(rd, c.Tree, path)
		if err != nil {
			return nil, err
		}
		st := &claim{blob: now}
		if isCase(path) {
			changes, err := statedBy(rd, c, path)
			if err != nil {
				return nil, err
			}
			st.left = map[record.Change]bool{}
			for _, ch := range changes {
				st.left[ch] = true
			}
			if len(st.left) == 0 {
				continue // layout alone
			}
		}
		s.open[path] = st
	}
	return s, nil
}

// hear strikes out what another commit says as well.
func (s *claims) hear(rd *git.Reader, c *git.Commit) error {
	for path, st := range s.open {
		blob, err := entryAt(rd, c.Tree, path)
		if err != nil {
			return err
		}
		says, err := touchesPath(rd, c, path, blob)
		switch {
		case err != nil:
			return err
		case !says:
			continue
		case st.left == nil:
			if blob == st.blob {
				delete(s.open, path)
			}
			continue
		}
		changes, err := statedBy(rd, c, path)
		if err != nil {
			return err
		}
		for _, ch := range changes {
			delete(st.left, ch)
		}
		if len(st.left) == 0 {
			delete(s.open, path)
		}
	}
	return nil
}

func isCase(path string) bool {
	return strings.HasPrefix(path, "cases/") && strings.HasSuffix(path, ".md")
}

// ownPaths lists the paths that a commit has otherwise than each of its parents.
func ownPaths(rd *git.Reader, c *git.Commit) ([]string, error) {
	count := map[string]int{}
	parents := c.Parents
	if len(parents) == 0 {
		parents = []git.Hash{git.ZeroHash}
	}
	for _, h := range parents {
		tree, err := rd.TreeOf(h)
		if err != nil {
			return nil, err
		}
		changes, err := rd.Changes(tree, c.Tree, map[string]string{})
		if err != nil {
			return nil, err
		}
		for _, ch := range changes {
			count[ch.Path]++
		}
	}
	var paths []string
	for path, n := range count {
		if n == len(parents) {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths, nil
}

// touchesPath reports whether a commit has a path otherwise than each of its parents.
func touchesPath(rd *git.Reader, c *git.Commit, path string, now git.Hash) (bool, error) {
	for _, h := range c.Parents {
		tree, err := rd.TreeOf(h)
		if err != nil {
			return false, err
		}
		if was, err := entryAt(rd, tree, path); err != nil || was == now {
			return false, err
		}
	}
	return len(c.Parents) > 0 || now != git.ZeroHash, nil
}

// statedBy is what a commit says about a case that its first parent does not say,
// without what was said before: two commits that state the same are equal.
func statedBy(rd *git.Reader, c *git.Commit, path string) ([]record.Change, error) {
	tree := git.ZeroHash
	if len(c.Parents) > 0 {
		var err error
		if tree, err = rd.TreeOf(c.Parents[0]); err != nil {
			return nil, err
		}
	}
	var version [2]*record.Case
	for i, t := range []git.Hash{tree, c.Tree} {
		if t == git.ZeroHash {
			continue
		}
		data, err := rd.File(t, path)
		if errors.Is(err, git.ErrNoFile) {
			continue
		}
		if err != nil {
			return nil, err
		}
		version[i] = record.Parse(path, data, func(name string) string { return name })
	}
	changes := record.Diff(version[0], version[1])
	for i := range changes {
		changes[i].Old = ""
	}
	return changes, nil
}

// entryAt is what a tree has under a path; zero if there is nothing.
func entryAt(rd *git.Reader, tree git.Hash, path string) (git.Hash, error) {
	e, err := rd.Lookup(tree, path)
	return e.Hash, err
}
