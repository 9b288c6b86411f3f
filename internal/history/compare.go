package history

import (
	"context"
	"strings"
	"sync/atomic"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/sync/errgroup"

	"suqiu/internal/casefile"
)

// compareAll compares the trees of all landings, in stretches of the mainline
// that each worker takes with a reader of its own.
func (w *walker) compareAll(ctx context.Context) error {
	const stretch = 512
	total := len(w.turns)
	var next, done atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range min(w.h.workers, total/stretch+1) {
		g.Go(func() error {
			rd := w.h.db.reader()
			defer rd.close()
			for {
				from := int(next.Add(stretch)) - stretch
				if from >= total {
					return nil
				}
				to := min(from+stretch, total)
				for i := from; i < to; i++ {
					if err := w.compareOne(rd, i); err != nil {
						return err
					}
				}
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if n := done.Add(int64(to - from)); w.o.Progress != nil {
					w.o.Progress(int(n), total)
				}
			}
		})
	}
	return g.Wait()
}

func (w *walker) compareOne(rd *reader, i int) error {
	t := &w.turns[i]
	from := t.before
	if t.pending {
		from = t.fork
	}
	var err error
	if t.changes, err = rd.compare(from, t.headTree, wanted); err != nil {
		return err
	}
	if len(t.branch) == 0 || len(t.changes) == 0 {
		return nil
	}
	return w.candidates(rd, t)
}

// candidate is one commit of a branch that may have said something about a
// case: its content differs from that of each of its parents.
type candidate struct {
	commit  *commit
	blob    plumbing.Hash
	parents []plumbing.Hash // blobs at its parents; zero: absent
}

// candidates finds for each changed case the commits of the branch that
// touched it.
func (w *walker) candidates(rd *reader, t *turn) error {
	t.touched = map[string][]candidate{}
	ids := map[string][]string{} // 编号 → its paths in this landing
	for _, ch := range t.changes {
		if id, ok := casefile.IDOf(ch.path); ok {
			ids[id] = append(ids[id], ch.path)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	trees := map[plumbing.Hash]plumbing.Hash{}
	treeOf := func(h plumbing.Hash) (plumbing.Hash, error) {
		if tree, ok := trees[h]; ok {
			return tree, nil
		}
		if i, ok := w.landed[h]; ok && int(i) < len(w.h.commits) && w.h.commits[i].hash == h {
			return w.h.commits[i].tree, nil
		}
		c, err := rd.commit(h, persons{})
		if err != nil {
			return plumbing.ZeroHash, err
		}
		trees[h] = c.tree
		return c.tree, nil
	}
	inBranch := func(path string) bool { return strings.HasPrefix(path, "cases/") }
	for _, c := range t.branch {
		trees[c.hash] = c.tree
		if len(c.parents) > 1 {
			if err := w.mergeCandidates(rd, t, c, ids, treeOf); err != nil {
				return err
			}
			continue
		}
		var parent plumbing.Hash
		if len(c.parents) == 1 {
			var err error
			if parent, err = treeOf(c.parents[0]); err != nil {
				return err
			}
		}
		changes, err := rd.compare(parent, c.tree, inBranch)
		if err != nil {
			return err
		}
		byID := map[string]candidate{} // a move is one change of one case
		var order []string
		for _, ch := range changes {
			id, ok := casefile.IDOf(ch.path)
			if !ok || ids[id] == nil {
				continue
			}
			cand, seen := byID[id]
			if !seen {
				cand = candidate{commit: c, parents: make([]plumbing.Hash, 1)}
				order = append(order, id)
			}
			if !ch.old.IsZero() {
				cand.parents[0] = ch.old
			}
			if !ch.new.IsZero() {
				cand.blob = ch.new
			}
			byID[id] = cand
		}
		for _, id := range order {
			if cand := byID[id]; cand.blob != cand.parents[0] {
				t.touched[id] = append(t.touched[id], cand)
			}
		}
	}
	return nil
}

// mergeCandidates looks at a merge within the branch: it says something only
// where its content is none of its parents'.
func (w *walker) mergeCandidates(rd *reader, t *turn, c *commit, ids map[string][]string, treeOf func(plumbing.Hash) (plumbing.Hash, error)) error {
	for id, paths := range ids {
		cand := candidate{commit: c}
		var err error
		if cand.blob, err = lookupAny(rd, c.tree, paths); err != nil {
			return err
		}
		says := true
		for _, p := range c.parents {
			tree, err := treeOf(p)
			if err != nil {
				return err
			}
			blob, err := lookupAny(rd, tree, paths)
			if err != nil {
				return err
			}
			says = says && blob != cand.blob
			cand.parents = append(cand.parents, blob)
		}
		if says {
			t.touched[id] = append(t.touched[id], cand)
		}
	}
	return nil
}

func lookupAny(rd *reader, tree plumbing.Hash, paths []string) (plumbing.Hash, error) {
	for _, p := range paths {
		if e, err := rd.lookup(tree, p); err != nil || !e.blob().IsZero() {
			return e.blob(), err
		}
	}
	return plumbing.ZeroHash, nil
}

// fileChange is one file that differs between two trees. A zero hash: absent.
type fileChange struct {
	path     string
	old, new plumbing.Hash
}

// compare lists the files that differ between two trees and are wanted.
func (r *reader) compare(old, new plumbing.Hash, wanted func(string) bool) ([]fileChange, error) {
	var list []fileChange
	c := comparer{reader: r}
	err := c.each(new, []plumbing.Hash{old}, 0, func(path []byte, n entry, o []entry) error {
		if ch := (fileChange{string(path), o[0].blob(), n.blob()}); ch.old != ch.new && wanted(ch.path) {
			list = append(list, ch)
		}
		return nil
	})
	return list, err
}
