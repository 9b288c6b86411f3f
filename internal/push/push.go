// Package push reads what a push, or a merge request, brings: its commits, and
// which of them say only what the server had from the same author before.
package push

import (
	"context"
	"errors"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
)

// Push is what a push brings: commits of one repository that another, the
// server's, does not have yet. It is for one goroutine.
type Push struct {
	from    *git.Reader
	server  *git.Reader
	refs    *git.Repo          // the server's
	Commits []timeline.Landing // that are new to the server
	new     map[git.Hash]bool
}

// Proposed takes all commits of a merge request as pushed: a clone does not tell which
// of them the server had before.
func Proposed(repo *git.Repo, commits []timeline.Landing) *Push {
	p := newPush(repo, repo)
	p.Commits = commits
	for _, c := range commits {
		p.new[git.NewHash(c.Commit)] = true
	}
	return p
}

func newPush(from, server *git.Repo) *Push {
	return &Push{from: from.Reader(), server: server.Reader(), refs: server, new: map[git.Hash]bool{}}
}

// Close ends the reading.
func (p *Push) Close() {
	p.from.Close()
	p.server.Close()
}

// Read lists the commits that tips bring to the server. In a hook, from is the
// repository with the objects in quarantine, and server is the same one without.
func Read(ctx context.Context, from, server *git.Repo, tips []string) (*Push, error) {
	p := newPush(from, server)
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
		p.Commits = append(p.Commits, mainline.LandingOf(c))
	}
	return p, nil
}

// maxKnown is how many of the server's newest commits are searched for what one commit
// says. A branch that is merged or made again is younger than that.
const maxKnown = 20000

// Known reports whether other commits of the same author, which the server had before,
// say all that a commit says. Then it is those made again by a squash, a rebase or a
// cherry-pick. Cases are compared by their steps, other files as a whole.
func (p *Push) Known(ctx context.Context, commit string) (bool, error) {
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

// claims are what one commit says and no other commit has said so far.
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
	own, err := ownFiles(rd, c)
	if err != nil {
		return nil, err
	}
	s := &claims{map[string]*claim{}}
	for path, blob := range own {
		st := &claim{blob: blob}
		if strings.HasPrefix(path, "cases/") && strings.HasSuffix(path, ".md") {
			changes, err := changesOfCase(rd, c, path)
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

// hear removes what another commit says as well.
func (s *claims) hear(rd *git.Reader, c *git.Commit) error {
	own, err := ownFiles(rd, c)
	if err != nil {
		return err
	}
	for path, blob := range own {
		st := s.open[path]
		switch {
		case st == nil:
			continue
		case st.left == nil:
			if blob == st.blob {
				delete(s.open, path)
			}
			continue
		}
		changes, err := changesOfCase(rd, c, path)
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

// ownFiles are the files in which a commit differs from each of its parents, with the
// hash that it has; zero: it deleted the file.
func ownFiles(rd *git.Reader, c *git.Commit) (map[string]git.Hash, error) {
	parents := []git.Hash{git.ZeroHash}
	for k, h := range c.Parents {
		tree, err := rd.TreeOf(h)
		if err != nil {
			return nil, err
		}
		parents = append(parents[:k], tree)
	}
	own := map[string]git.Hash{}
	return own, rd.Compare("", c.Tree, parents, func(path []byte, new git.Entry, _ []git.Entry) error {
		own[string(path)] = new.Hash
		return nil
	})
}

// changesOfCase is what a commit says about a case that its first parent does not say.
// The old values are left out, so that commits that state the same are equal.
func changesOfCase(rd *git.Reader, c *git.Commit, path string) ([]record.Change, error) {
	var trees [2]git.Hash
	trees[1] = c.Tree
	if len(c.Parents) > 0 {
		var err error
		if trees[0], err = rd.TreeOf(c.Parents[0]); err != nil {
			return nil, err
		}
	}
	var version [2]*record.Case
	for i, tree := range trees {
		data, err := rd.File(tree, path)
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
