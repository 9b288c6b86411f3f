package history

import (
	"bytes"
	"errors"

	"github.com/go-git/go-git/v5/plumbing"
)

// mode is what an entry of a tree is.
type mode uint32

const (
	modeAbsent  mode = 0
	modeTree    mode = 0o040000
	modeRegular mode = 0o100644
	modeLink    mode = 0o120000
	modeModule  mode = 0o160000
)

// regular tells whether an entry is a file with content of its own. Git writes
// 100644 and 100755, and once wrote 100664.
func (m mode) regular() bool { return m&0o170000 == 0o100000 }

// what says in Chinese what an entry is that is no file.
func (m mode) what() string {
	switch m {
	case modeLink:
		return "符号链接（只记着别处的位置）"
	case modeModule:
		return "子模块（只记着另一个仓库的位置）"
	}
	return "目录"
}

// leadsAway tells whether an entry stands for what lies elsewhere: a symbolic
// link or a submodule.
func (m mode) leadsAway() bool { return m == modeLink || m == modeModule }

// entry is one line of a tree; name points into the tree's bytes.
type entry struct {
	name []byte
	mode mode
	hash plumbing.Hash
}

// blob is the content of a regular file, or zero for anything else: to a case
// history a symbolic link is as good as no file.
func (e entry) blob() plumbing.Hash {
	if e.mode.regular() {
		return e.hash
	}
	return plumbing.ZeroHash
}

func (e entry) same(other entry) bool { return e.mode == other.mode && e.hash == other.hash }

var errTree = errors.New("malformed tree")

// cursor steps through the raw bytes of a tree. Its entry is the first of rest.
type cursor struct {
	rest []byte
	size int // of the entry within rest; 0: at the end
	entry
}

// peek decodes the entry at hand.
func (c *cursor) peek() error {
	if len(c.rest) == 0 {
		c.size, c.entry = 0, entry{}
		return nil
	}
	var m mode
	i := 0
	for ; i < len(c.rest) && c.rest[i] != ' '; i++ {
		d := c.rest[i] - '0'
		if d > 7 || i > 6 {
			return errTree
		}
		m = m<<3 | mode(d)
	}
	end := bytes.IndexByte(c.rest, 0)
	if end <= i+1 || end+21 > len(c.rest) {
		return errTree
	}
	c.mode, c.name, c.size = m, c.rest[i+1:end], end+21
	copy(c.hash[:], c.rest[end+1:])
	return nil
}

// next leaves the entry at hand for the one behind it.
func (c *cursor) next() error {
	c.rest = c.rest[c.size:]
	return c.peek()
}

// anyAlike tells whether one of the other cursors is like the first to the end,
// so that nothing more can differ from it.
func anyAlike(cursors []cursor) bool {
	first := &cursors[0]
	for _, c := range cursors[1:] {
		if len(c.rest) == len(first.rest) && bytes.Equal(c.rest, first.rest) {
			return true
		}
	}
	return false
}

// skipCommon moves all cursors past the entries that they begin with alike. Most
// of two trees that follow each other is skipped here, without being decoded.
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
func order(a, b entry) int {
	n := min(len(a.name), len(b.name))
	if c := bytes.Compare(a.name[:n], b.name[:n]); c != 0 {
		return c
	}
	return int(behind(a, n)) - int(behind(b, n))
}

func behind(e entry, n int) byte {
	switch {
	case len(e.name) > n:
		return e.name[n]
	case e.mode == modeTree:
		return '/'
	}
	return 0
}

// comparer walks trees side by side. Its readings are kept by the reader's
// cache, so comparing commit after commit reads each tree once.
type comparer struct {
	*reader
	path []byte // of the folder at hand, with a slash behind it
}

// maxDepth is far below what a stack can bear and far above what people make.
const maxDepth = 256

// each calls visit for every path that differs between the tree new and all of
// the trees old: a path that is in new as it is in one of old says nothing. No
// old tree at all means that everything in new differs. A zero hash is an empty
// tree. The slice that visit gets is used again after it returns.
func (c *comparer) each(new plumbing.Hash, old []plumbing.Hash, depth int, visit func(path []byte, new entry, old []entry) error) error {
	for _, h := range old {
		if h == new {
			return nil
		}
	}
	if depth > maxDepth {
		return c.db.explain("目录对象 "+new.String()+" ", errTree)
	}
	// The first cursor is the new tree's.
	hashes := append([]plumbing.Hash{new}, old...)
	cursors, err := c.open(hashes)
	if err != nil {
		return err
	}
	at := make([]entry, len(cursors))
	below := make([]plumbing.Hash, len(cursors))
	differed := true // what comes next may be alike again
	for {
		if differed {
			differed = false
			if anyAlike(cursors) {
				return nil
			}
			if err := skipCommon(cursors); err != nil {
				return c.damaged(hashes)
			}
		}
		key, ok, err := takeNext(cursors, at)
		switch {
		case err != nil:
			return c.damaged(hashes)
		case !ok:
			return nil
		}
		said := true
		for _, e := range at[1:] {
			said = said && !e.same(at[0])
			differed = differed || !e.same(at[0])
		}
		if !said {
			continue
		}
		length := len(c.path)
		c.path = append(c.path, key.name...)
		if key.mode == modeTree {
			for i, e := range at {
				below[i] = e.hash
			}
			c.path = append(c.path, '/')
			err = c.each(below[0], below[1:], depth+1, visit)
		} else {
			err = visit(c.path, at[0], at[1:])
		}
		c.path = c.path[:length]
		if err != nil {
			return err
		}
	}
}

// takeNext takes the entries of the name that comes next; what a cursor does not
// have is absent. It is false at the end of all.
func takeNext(cursors []cursor, at []entry) (key entry, ok bool, err error) {
	first := -1
	for i := range cursors {
		if cursors[i].size > 0 && (first < 0 || order(cursors[i].entry, cursors[first].entry) < 0) {
			first = i
		}
	}
	if first < 0 {
		return entry{}, false, nil
	}
	key = cursors[first].entry
	for i := range cursors {
		at[i] = entry{name: key.name}
		if cursors[i].size == 0 || i != first && order(cursors[i].entry, key) != 0 {
			continue
		}
		at[i] = cursors[i].entry
		if err := cursors[i].next(); err != nil {
			return key, false, err
		}
	}
	return key, true, nil
}

// open puts cursors at the beginning of trees; a zero hash is an empty one.
func (c *comparer) open(hashes []plumbing.Hash) ([]cursor, error) {
	cursors := make([]cursor, len(hashes))
	for i, h := range hashes {
		if !h.IsZero() {
			raw, err := c.want(plumbing.TreeObject, h)
			if err != nil {
				return nil, err
			}
			cursors[i].rest = raw
		}
	}
	return cursors, nil
}

// damaged names the first tree that does not decode.
func (c *comparer) damaged(trees []plumbing.Hash) error {
	for _, h := range trees {
		if h.IsZero() {
			continue
		}
		raw, err := c.want(plumbing.TreeObject, h)
		if err != nil {
			return err
		}
		at := cursor{rest: raw}
		for err = at.peek(); at.size > 0 && err == nil; err = at.next() {
		}
		if err != nil {
			return c.db.explain("目录对象 "+h.String()+" ", err)
		}
	}
	return c.db.explain("目录对象 "+trees[0].String()+" ", errTree)
}

// lookup finds one path in a tree; an entry of modeAbsent if it is not there.
func (r *reader) lookup(tree plumbing.Hash, path string) (entry, error) {
	at := entry{mode: modeTree, hash: tree}
	for rest := []byte(path); len(rest) > 0; {
		if at.mode != modeTree {
			return entry{}, nil
		}
		raw, err := r.want(plumbing.TreeObject, at.hash)
		if err != nil {
			return entry{}, err
		}
		name, tail, deeper := bytes.Cut(rest, []byte{'/'})
		found := entry{}
		c := cursor{rest: raw}
		for err = c.peek(); c.size > 0 && err == nil; err = c.next() {
			if bytes.Equal(c.name, name) && (!deeper || c.mode == modeTree) {
				found = c.entry
			}
		}
		if err != nil {
			return entry{}, r.db.explain("目录对象 "+at.hash.String()+" ", err)
		}
		at, rest = found, tail
	}
	return at, nil
}

// list calls visit for every entry below a tree that is not a folder.
func (r *reader) list(tree plumbing.Hash, prefix string, visit func(path string, e entry) error) error {
	c := comparer{reader: r, path: []byte(prefix)}
	return c.each(tree, []plumbing.Hash{plumbing.ZeroHash}, 0, func(path []byte, e entry, _ []entry) error {
		return visit(string(path), e)
	})
}

// FoldersWith lists the folders at the top of a revision, as ResolveRef names it,
// that have an entry of a name.
func (r *Repo) FoldersWith(rev, name string) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve(rev, "")
	if err != nil {
		return nil, err
	}
	c, err := r.reader.commit(h, persons{})
	if err != nil {
		return nil, err
	}
	top, err := r.reader.want(plumbing.TreeObject, c.tree)
	if err != nil {
		return nil, err
	}
	var folders []string
	at := cursor{rest: bytes.Clone(top)}
	for err = at.peek(); at.size > 0 && err == nil; err = at.next() {
		if at.mode != modeTree {
			continue
		}
		there, err := r.reader.lookup(at.hash, name)
		if err != nil {
			return nil, err
		}
		if there.mode.regular() {
			folders = append(folders, string(at.name))
		}
	}
	return folders, err
}
