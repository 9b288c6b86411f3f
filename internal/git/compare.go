package git

import (
	"bytes"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// Change is one path at which two trees differ.
type Change struct {
	Path     string
	Old, New Entry
}

// Changes lists the paths that differ between two trees, in Git's order. Equal
// paths share the strings in paths.
func (r *Reader) Changes(old, new Hash, paths map[string]string) ([]Change, error) {
	return r.ChangesBelow("", old, new, paths)
}

// ChangesBelow is Changes for the trees of a folder, "" or with a slash at its end.
func (r *Reader) ChangesBelow(folder string, old, new Hash, paths map[string]string) ([]Change, error) {
	var list []Change
	err := r.Compare(folder, new, []Hash{old}, func(path []byte, to Entry, from []Entry) error {
		p, ok := paths[string(path)]
		if !ok {
			p = string(path)
			paths[p] = p
		}
		list = append(list, Change{p, from[0], to})
		return nil
	})
	return list, err
}

// List calls visit for every entry below a tree that is not a folder.
func (r *Reader) List(tree Hash, prefix string, visit func(path string, e Entry) error) error {
	return r.Compare(prefix, tree, []Hash{ZeroHash}, func(path []byte, e Entry, _ []Entry) error {
		return visit(string(path), e)
	})
}

// Compare calls visit for every path at which the tree new differs from each of the
// trees old. The trees are those of a folder, "" or with a slash at its end. What
// visit gets is reused after it returns.
func (r *Reader) Compare(folder string, new Hash, old []Hash,
	visit func(path []byte, new Entry, old []Entry) error) error {
	w := treeWalk{
		Reader: r, path: []byte(folder),
		silent: func(trees int, alike func(a, b int) bool) bool {
			for i := 1; i < trees; i++ {
				if alike(0, i) {
					return true
				}
			}
			return false
		},
		visit: func(path []byte, at []Entry) error { return visit(path, at[0], at[1:]) },
	}
	return w.walk(append([]Hash{new}, old...), 0)
}

// Unclean visits the paths below a folder at which a merge did not simply take what
// one parent changed and the other left alone. The trees of the folder are those of
// the merge, of its parents, and of the merge bases of each two parents, which bases
// gives as indexes into trees.
func (r *Reader) Unclean(folder string, trees []Hash, parents int, bases map[[2]int][]int,
	visit func(path []byte)) error {
	w := treeWalk{
		Reader: r, path: []byte(folder),
		silent: func(_ int, alike func(a, b int) bool) bool { return cleanMerge(parents, bases, alike) },
		visit:  func(path []byte, _ []Entry) error { visit(path); return nil },
	}
	return w.walk(trees, 0)
}

// cleanMerge reports whether, wherever a merge differs from a parent, it has what
// another parent changed and the first had left alone.
func cleanMerge(parents int, bases map[[2]int][]int, alike func(a, b int) bool) bool {
	for p := 1; p <= parents; p++ {
		if alike(0, p) {
			continue
		}
		brought := false
		for q := 1; q <= parents && !brought; q++ {
			brought = q != p && alike(0, q) &&
				slices.ContainsFunc(bases[[2]int{min(p, q) - 1, max(p, q) - 1}],
					func(b int) bool { return alike(b, p) })
		}
		if !brought {
			return false
		}
	}
	return true
}

// treeWalk walks trees side by side and visits the paths at which they differ, except
// those that are silent. If the trees of a folder are silent, all below it is. The
// reader's cache keeps what is read, so comparing commit after commit reads each tree
// once.
type treeWalk struct {
	*Reader
	path   []byte // of the folder at hand, with a slash behind it
	silent func(trees int, alike func(a, b int) bool) bool
	visit  func(path []byte, at []Entry) error
}

// maxDepth is far below what a stack can bear and far above what people make.
const maxDepth = 256

func (w *treeWalk) walk(trees []Hash, depth int) error {
	if w.silent(len(trees), func(a, b int) bool { return trees[a] == trees[b] }) {
		return nil
	}
	if depth > maxDepth {
		return w.db.explain("目录对象 "+trees[0].String()+" ", errTree)
	}
	cursors, err := w.open(trees)
	if err != nil {
		return err
	}
	at := make([]Entry, len(cursors))
	restAlike := func(a, b int) bool { return bytes.Equal(cursors[a].rest, cursors[b].rest) }
	entryAlike := func(a, b int) bool { return at[a] == at[b] }
	for differed := true; ; {
		if differed { // the rest may be alike again
			if w.silent(len(trees), restAlike) {
				return nil
			}
			if err := skipCommon(cursors); err != nil {
				return w.damaged(trees)
			}
		}
		name, folder, err := takeNext(cursors, at)
		switch {
		case err != nil:
			return w.damaged(trees)
		case name == nil:
			return nil
		}
		differed = slices.ContainsFunc(at[1:], func(e Entry) bool { return e != at[0] })
		if w.silent(len(trees), entryAlike) {
			continue
		}
		length := len(w.path)
		w.path = append(w.path, name...)
		if folder {
			below := make([]Hash, len(at))
			for i, e := range at {
				below[i] = e.Hash
			}
			w.path = append(w.path, '/')
			err = w.walk(below, depth+1)
		} else {
			err = w.visit(w.path, at)
		}
		w.path = w.path[:length]
		if err != nil {
			return err
		}
	}
}

// open puts cursors at the beginning of trees; a zero hash is an empty one.
func (w *treeWalk) open(trees []Hash) ([]cursor, error) {
	cursors := make([]cursor, len(trees))
	for i, h := range trees {
		if !h.IsZero() {
			raw, err := w.want(plumbing.TreeObject, h)
			if err != nil {
				return nil, err
			}
			cursors[i].rest = raw
		}
	}
	return cursors, nil
}

// damaged is the error for the first tree that does not decode.
func (w *treeWalk) damaged(trees []Hash) error {
	for _, h := range trees {
		if err := w.EachEntry(h, func([]byte, Entry) error { return nil }); err != nil {
			return err
		}
	}
	return w.db.explain("目录对象 "+trees[0].String()+" ", errTree)
}

// takeNext takes the entries of the name that comes next and tells whether it is a
// folder's. A tree without the name has an absent entry. After the last one there is
// no name.
func takeNext(cursors []cursor, at []Entry) (name []byte, folder bool, err error) {
	var first *cursor
	for i := range cursors {
		if c := &cursors[i]; c.size > 0 && (first == nil || order(c, first) < 0) {
			first = c
		}
	}
	if first == nil {
		return nil, false, nil
	}
	key := *first
	for i := range cursors {
		c := &cursors[i]
		if c.size == 0 || order(c, &key) != 0 {
			at[i] = Entry{}
			continue
		}
		at[i] = c.Entry
		if err := c.next(); err != nil {
			return nil, false, err
		}
	}
	return key.name, key.Mode == ModeTree, nil
}

// skipCommon moves all cursors past the entries with which all trees begin. Most of
// two trees that follow each other is skipped here, without being decoded.
func skipCommon(cursors []cursor) error {
	first := &cursors[0]
	at := 0
skip:
	for {
		rest := first.rest[at:]
		end := bytes.IndexByte(rest, 0) + 21
		if end < 21 || end > len(rest) {
			break
		}
		for i := range cursors[1:] {
			other := cursors[i+1].rest[at:]
			if len(other) < end || !bytes.Equal(other[:end], rest[:end]) {
				break skip
			}
		}
		at += end
	}
	for i := range cursors {
		cursors[i].rest = cursors[i].rest[at:]
		if err := cursors[i].peek(); err != nil {
			return err
		}
	}
	return nil
}

// order compares entries as Git sorts them: the name of a folder has a slash
// behind it, so a file and a folder of one name are two entries.
func order(a, b *cursor) int {
	n := min(len(a.name), len(b.name))
	if c := bytes.Compare(a.name[:n], b.name[:n]); c != 0 {
		return c
	}
	return int(byteAt(a, n)) - int(byteAt(b, n))
}

// byteAt is the n-th byte of a name as Git sorts it; 0 at its end.
func byteAt(c *cursor, n int) byte {
	switch {
	case len(c.name) > n:
		return c.name[n]
	case c.Mode == ModeTree:
		return '/'
	}
	return 0
}
