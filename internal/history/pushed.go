package history

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/record"
)

// Pushed is what a push brings: commits of one repository that another, the
// server's, does not have yet.
type Pushed struct {
	from, server *Repo
	Commits      []Landing // that are new to the server
	new          map[plumbing.Hash]bool
}

// Proposed takes the commits of a merge request for what was pushed: a clone does
// not tell which of them the server had before. Both repositories may be clones of
// one folder, but not one Repo.
func Proposed(from, server *Repo, commits []Landing) *Pushed {
	p := &Pushed{from: from, server: server, Commits: commits, new: map[plumbing.Hash]bool{}}
	for _, c := range commits {
		p.new[plumbing.NewHash(c.Commit)] = true
	}
	return p
}

// Pushed lists the commits that tips bring to the server's repository, which is
// this one without what waits in quarantine.
func (r *Repo) Pushed(ctx context.Context, server *Repo, tips []string) (*Pushed, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	server.mu.Lock()
	defer server.mu.Unlock()
	p := &Pushed{from: r, server: server, new: map[plumbing.Hash]bool{}}
	var stack []plumbing.Hash
	for _, tip := range tips {
		stack = append(stack, plumbing.NewHash(tip))
	}
	names := persons{}
	for len(stack) > 0 {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if p.new[at] || server.has(at) {
			continue
		}
		p.new[at] = true
		c, err := r.reader.commit(at, names)
		if err != nil {
			return nil, err
		}
		l := newLanding(c)
		l.Commit = at.String()
		p.Commits = append(p.Commits, l)
		stack = append(stack, c.parents...)
	}
	return p, nil
}

// has reports whether the repository has an object, for a caller that holds the
// lock.
func (r *Repo) has(h plumbing.Hash) bool {
	_, err := r.reader.read(h)
	return err == nil
}

// maxKnown is how many of the server's commits are looked at for the steps of
// one: the newest. A branch that is merged or made again is younger.
const maxKnown = 20000

// Known reports whether the server has had all that a commit says, under the
// same author, in other commits: then it is one of them made again by a squash, a
// rebase or a cherry-pick. What a case says is compared by its steps, another
// file as a whole.
func (p *Pushed) Known(ctx context.Context, commit string) (bool, error) {
	p.from.mu.Lock()
	defer p.from.mu.Unlock()
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	rd := p.from.reader
	c, err := rd.commit(plumbing.NewHash(commit), persons{})
	if err != nil {
		return false, err
	}
	said, err := newClaims(rd, c)
	if err != nil || len(said.open) == 0 {
		return err == nil, err
	}
	queue, err := p.server.tips()
	if err != nil {
		return false, err
	}
	return p.search(ctx, c, said, queue)
}

// search goes back from the server's branches, newest commits first.
func (p *Pushed) search(ctx context.Context, c *commit, said *claims, ready newest) (bool, error) {
	rd, names := p.server.reader, persons{}
	seen := map[plumbing.Hash]bool{}
	for _, tip := range ready {
		seen[tip.hash] = true
	}
	for n := 0; len(ready) > 0 && n < maxKnown; n++ {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		at := heap.Pop(&ready).(*commit)
		if !p.new[at.hash] && strings.EqualFold(at.author.Email, c.author.Email) {
			if err := said.hear(rd, at); err != nil {
				return false, err
			}
			if len(said.open) == 0 {
				return true, nil
			}
		}
		for _, parent := range at.parents {
			if seen[parent] {
				continue
			}
			seen[parent] = true
			next, err := rd.commit(parent, names)
			if err != nil {
				return false, err
			}
			heap.Push(&ready, next)
		}
	}
	return false, nil
}

// tips are the commits that the references name, for a caller that holds the
// lock. What a platform keeps alive for itself is on some branch as well, or was.
func (r *Repo) tips() (newest, error) {
	refs, err := r.refsBelow("refs/")
	if err != nil {
		return nil, err
	}
	var list newest
	seen := map[plumbing.Hash]bool{}
	names := persons{}
	for name, ref := range refs {
		own := strings.HasPrefix(name, "refs/keep-around/") || strings.HasPrefix(name, "refs/pipelines/") ||
			strings.HasPrefix(name, "refs/environments/")
		if own || ref.target != "" || seen[ref.hash] {
			continue
		}
		seen[ref.hash] = true
		if c, err := r.reader.commit(ref.hash, names); err == nil { // else a tag of something else, or a leftover
			list = append(list, c)
		}
	}
	heap.Init(&list)
	return list, nil
}

// newest gives the latest commit first.
type newest []*commit

func (q newest) Len() int { return len(q) }
func (q newest) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].committed, q[i].committed), bytes.Compare(q[i].hash[:], q[j].hash[:])) < 0
}
func (q newest) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *newest) Push(x any)   { *q = append(*q, x.(*commit)) }
func (q *newest) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}

// claims are what one commit says, as far as it was not heard elsewhere.
type claims struct {
	open map[string]*claim // by path
}

// claim is what a commit says about one file.
type claim struct {
	blob plumbing.Hash          // zero: deleted
	left map[record.Change]bool // of a case: what it states; nil: a file that is compared as a whole
}

// newClaims is what a commit says that none of its parents says.
func newClaims(rd *reader, c *commit) (*claims, error) {
	paths, err := rd.own(c)
	if err != nil {
		return nil, err
	}
	s := &claims{map[string]*claim{}}
	for _, path := range paths {
		now, err := rd.blob(c.tree, path)
		if err != nil {
			return nil, err
		}
		st := &claim{blob: now}
		if isCase(path) {
			changes, err := rd.stated(c, path)
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
func (s *claims) hear(rd *reader, c *commit) error {
	for path, st := range s.open {
		blob, err := rd.blob(c.tree, path)
		if err != nil {
			return err
		}
		says, err := rd.touches(c, path, blob)
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
		changes, err := rd.stated(c, path)
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

// own lists the paths that a commit has otherwise than each of its parents.
func (r *reader) own(c *commit) ([]string, error) {
	count := map[string]int{}
	parents := c.parents
	if len(parents) == 0 {
		parents = []plumbing.Hash{plumbing.ZeroHash}
	}
	for _, h := range parents {
		tree, err := r.treeOf(h)
		if err != nil {
			return nil, err
		}
		changes, err := r.changes(tree, c.tree, map[string]string{})
		if err != nil {
			return nil, err
		}
		for _, ch := range changes {
			count[ch.path]++
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

// touches reports whether a commit has a path otherwise than each of its parents.
func (r *reader) touches(c *commit, path string, now plumbing.Hash) (bool, error) {
	for _, h := range c.parents {
		tree, err := r.treeOf(h)
		if err != nil {
			return false, err
		}
		if was, err := r.blob(tree, path); err != nil || was == now {
			return false, err
		}
	}
	return len(c.parents) > 0 || now != plumbing.ZeroHash, nil
}

// stated is what a commit says about a case that its first parent does not say,
// without what was said before: two commits that state the same are equal.
func (r *reader) stated(c *commit, path string) ([]record.Change, error) {
	tree := plumbing.ZeroHash
	if len(c.parents) > 0 {
		var err error
		if tree, err = r.treeOf(c.parents[0]); err != nil {
			return nil, err
		}
	}
	var version [2]*record.Case
	for i, t := range []plumbing.Hash{tree, c.tree} {
		if t == plumbing.ZeroHash {
			continue
		}
		data, err := r.file(t, path)
		if errors.Is(err, ErrNoFile) {
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

// treeOf is the tree of a commit; of none the empty one.
func (r *reader) treeOf(h plumbing.Hash) (plumbing.Hash, error) {
	if h == plumbing.ZeroHash {
		return h, nil
	}
	c, err := r.commit(h, persons{})
	if err != nil {
		return h, err
	}
	return c.tree, nil
}

// blob is what a tree has under a path; zero if there is nothing.
func (r *reader) blob(tree plumbing.Hash, path string) (plumbing.Hash, error) {
	if tree == plumbing.ZeroHash {
		return tree, nil
	}
	e, err := r.lookup(tree, path)
	return e.hash, err
}
