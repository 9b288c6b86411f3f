package mainline

import (
	"context"
	"iter"
	"slices"
	"sort"
	"sync/atomic"

	"suqiu/internal/git"
	"suqiu/internal/parallel"
	"suqiu/internal/store"
)

// walker is a walk under way.
type walker struct {
	m     *Mainline
	o     Options
	rd    *git.Reader
	names git.People
	keep  store.Dir
	past  *walkCache
	grown *walkWriter // what past became, if enough was read
}

// land lists the landings and the commits that each brought.
func (w *walker) land(ctx context.Context) error {
	ref := w.o.Ref
	if ref == "" && w.o.Base != "" {
		ref = "HEAD"
	}
	head, err := w.resolve(ref)
	if err != nil {
		return err
	}
	tip := head
	if w.o.Base != "" {
		if tip, err = w.base(ctx, head); err != nil {
			return err
		}
		w.m.Base = tip.String()
	}
	if w.m.chain, err = w.chainTo(ctx, tip); err != nil {
		return err
	}
	m := w.m
	m.Landings = m.landings(w.o.LandedAt)
	if w.o.Base == "" && w.o.AsOf != 0 {
		end := w.o.AsOf.End()
		n := sort.Search(m.Len(), func(i int) bool { return !m.Landings[i].At.Before(end) })
		m.cut(n)
		m.Landings = m.Landings[:n]
	}
	for i := range m.fresh {
		f := &m.fresh[i]
		f.Landing = m.shared + i
		m.note(f.Commit)
		if len(f.Parents) > 1 {
			members, err := w.brought(ctx, f.Parents[1:], f.Landing)
			if err != nil {
				return err
			}
			f.members = append(members, f.Commit)
		}
	}
	if n := m.Len(); n > 0 {
		m.Head, m.HeadTree, m.HeadTime = m.Landings[n-1].Commit, m.Tree(n-1), m.Landings[n-1].At
	}
	m.number()
	w.compact()
	if w.o.Base != "" {
		return w.propose(ctx, head)
	}
	return nil
}

// resolve finds the commit of a name, or without one the tip of the main branch.
func (w *walker) resolve(rev string) (git.Hash, error) {
	commit, err := w.m.Repo.ResolveRef(rev, w.o.MainBranch)
	return git.NewHash(commit), err
}

// chainTo is the first-parent chain that ends with tip.
func (w *walker) chainTo(ctx context.Context, tip git.Hash) (chain, error) {
	m := chain{past: w.past}
	for at := tip; ; {
		if i, ok := w.past.index(at); ok {
			m.shared = i + 1
			break
		}
		if len(m.fresh)%4096 == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
		c, err := read(w.rd, at, w.names)
		if err != nil {
			return m, err
		}
		m.fresh = append(m.fresh, freshLanding{Commit: c})
		if len(c.Parents) == 0 {
			break
		}
		at = c.Parents[0]
	}
	slices.Reverse(m.fresh)
	return m, nil
}

// compact gives the landings that were read the form of the cache. A commit of its
// own takes four times the memory, and the collector looks at each again and again.
func (w *walker) compact() {
	m := w.m
	if len(m.fresh) < w.o.Worthwhile {
		return
	}
	p := newWalkWriter()
	var known []git.Change
	for i := range m.Len() {
		p.addCommits(m.Brought(i))
		if i < m.shared {
			known = m.past.changes(i, known[:0])
			p.addChanges(known)
		}
	}
	if !p.incomplete {
		w.grown = p
		m.chain = chain{past: p.cache(), shared: m.Len()}
	}
}

// compare lists what each of the landings changed of which that is not known yet.
// Workers take stretches of the mainline: within one, each tree is read once.
func (w *walker) compare(ctx context.Context) ([][]git.Change, error) {
	const stretch = 256
	m := w.m
	total, known := m.Len(), m.compared()
	changes := make([][]git.Change, total-known)
	var done atomic.Int64
	done.Store(int64(known))
	err := parallel.Run(ctx, m.Workers, total-known, stretch, func(items iter.Seq[int]) (err error) {
		rd := m.Repo.Reader()
		defer rd.Close()
		paths := map[string]string{}
		for i := range items {
			if changes[i], err = rd.Changes(m.TreeBefore(known+i), m.Tree(known+i), paths); err != nil {
				return err
			}
			if n := int(done.Add(1)); w.o.Progress != nil && (n%stretch == 0 || n == total) {
				w.o.Progress(n, total)
			}
		}
		return nil
	})
	return changes, err
}

// remember keeps the mainline for the next walk, if that is worth the while, and
// returns the changes that it does not hold. What the branch under Base has not
// landed yet is no part of it.
func (w *walker) remember(fresh [][]git.Change) [][]git.Change {
	if w.grown == nil {
		return fresh
	}
	n := w.m.shared - w.m.compared()
	for _, list := range fresh[:n] {
		w.grown.addChanges(list)
	}
	if w.keep != (store.Dir{}) {
		store.Write(w.keep, walkFile, walkLabel(w.o), []*walkCache{w.m.past})
	}
	return fresh[n:]
}

// TreeBefore is the tree that a landing is compared with.
func (m *Mainline) TreeBefore(i int) git.Hash {
	switch {
	case m.Landings[i].Pending:
		return m.Fork
	case i == 0:
		return git.ZeroHash
	}
	return m.Tree(i - 1)
}
