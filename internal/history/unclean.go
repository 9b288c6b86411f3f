package history

import (
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// uncleanWalk walks the trees of a merge, of its parents and of their merge bases
// side by side and finds the paths at which the merge is not plainly what one
// parent made of a base that the other left alone. Whole folders are passed over
// where that holds of their trees.
type uncleanWalk struct {
	comparer
	parents int
	bases   map[[2]int][]int // for each two parents: the bases, as indexes into the trees
	visit   func(path []byte)
}

// unclean visits those paths below a folder whose trees are given: the merge's,
// the parents', and then those of the bases of each two parents.
func (m *merge) unclean(folder string, trees []plumbing.Hash, bases map[[2]int][]int, visit func(path []byte)) error {
	w := uncleanWalk{comparer: comparer{reader: m.rd, path: []byte(folder)}, parents: len(m.commit.parents), bases: bases, visit: visit}
	return w.walk(trees, 0)
}

// clean reports whether what the merge has otherwise than a parent is what
// another parent made of something that the first had left alone. The entries
// are those of the trees, in their order.
func (w *uncleanWalk) clean(alike func(a, b int) bool) bool {
	for p := 1; p <= w.parents; p++ {
		if alike(0, p) {
			continue
		}
		brought := false
		for q := 1; q <= w.parents && !brought; q++ {
			brought = q != p && alike(0, q) &&
				slices.ContainsFunc(w.bases[[2]int{min(p, q) - 1, max(p, q) - 1}], func(b int) bool { return alike(b, p) })
		}
		if !brought {
			return false
		}
	}
	return true
}

func (w *uncleanWalk) walk(trees []plumbing.Hash, depth int) error {
	if w.clean(func(a, b int) bool { return trees[a] == trees[b] }) {
		return nil
	}
	if depth > maxDepth {
		return w.db.explain("目录对象 "+trees[0].String()+" ", errTree)
	}
	cursors, err := w.open(trees)
	if err != nil {
		return err
	}
	at := make([]entry, len(cursors))
	below := make([]plumbing.Hash, len(cursors))
	differed := true
	for {
		if differed {
			differed = false
			if err := skipCommon(cursors); err != nil {
				return w.damaged(trees)
			}
		}
		key, ok, err := takeNext(cursors, at)
		switch {
		case err != nil:
			return w.damaged(trees)
		case !ok:
			return nil
		}
		differed = slices.ContainsFunc(at[1:], func(e entry) bool { return !e.same(at[0]) })
		if !differed || w.clean(func(a, b int) bool { return at[a].same(at[b]) }) {
			continue
		}
		length := len(w.path)
		w.path = append(w.path, key.name...)
		if key.mode == modeTree {
			for i, e := range at {
				below[i] = e.hash
			}
			w.path = append(w.path, '/')
			err = w.walk(below, depth+1)
		} else {
			w.visit(w.path)
		}
		w.path = w.path[:length]
		if err != nil {
			return err
		}
	}
}
