package git

import (
	"bytes"
	"errors"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// Mode is what an entry of a tree is.
type Mode uint32

// The modes that Git writes, and zero for what is not there.
const (
	ModeAbsent  Mode = 0
	ModeTree    Mode = 0o040000
	ModeRegular Mode = 0o100644
	ModeLink    Mode = 0o120000
	ModeModule  Mode = 0o160000
)

// Regular tells whether an entry is a file with content of its own. Git writes
// 100644 and 100755, and once wrote 100664.
func (m Mode) Regular() bool { return m&0o170000 == 0o100000 }

// LeadsAway tells whether an entry stands for what lies elsewhere: a symbolic
// link or a submodule.
func (m Mode) LeadsAway() bool { return m == ModeLink || m == ModeModule }

// what is the Chinese word for an entry that is no file.
func (m Mode) what() string {
	switch m {
	case ModeLink:
		return "符号链接（只记着别处的位置）"
	case ModeModule:
		return "子模块（只记着另一个仓库的位置）"
	}
	return "目录"
}

// Entry is what a tree has under a name; zero if it has nothing.
type Entry struct {
	Mode Mode
	Hash Hash
}

// Blob is the content of a regular file, or zero for anything else.
func (e Entry) Blob() Hash {
	if e.Mode.Regular() {
		return e.Hash
	}
	return ZeroHash
}

var errTree = errors.New("malformed tree")

// cursor steps through the raw bytes of a tree. Its entry is the first of rest.
type cursor struct {
	rest []byte
	size int    // of the entry within rest; 0: at the end
	name []byte // points into the tree's bytes
	Entry
}

// peek decodes the entry at hand.
func (c *cursor) peek() error {
	if len(c.rest) == 0 {
		c.size, c.name, c.Entry = 0, nil, Entry{}
		return nil
	}
	var m Mode
	i := 0
	for ; i < len(c.rest) && c.rest[i] != ' '; i++ {
		d := c.rest[i] - '0'
		if d > 7 || i > 6 {
			return errTree
		}
		m = m<<3 | Mode(d)
	}
	end := bytes.IndexByte(c.rest, 0)
	if end <= i+1 || end+21 > len(c.rest) {
		return errTree
	}
	c.Mode, c.name, c.size = m, c.rest[i+1:end], end+21
	copy(c.Hash[:], c.rest[end+1:])
	return nil
}

// next leaves the entry at hand for the one behind it.
func (c *cursor) next() error {
	c.rest = c.rest[c.size:]
	return c.peek()
}

// EachEntry calls visit for what stands directly in a tree. The name is valid
// until visit returns. A tree of zero is the empty one.
func (r *Reader) EachEntry(tree Hash, visit func(name []byte, e Entry) error) error {
	if tree.IsZero() {
		return nil
	}
	raw, err := r.want(plumbing.TreeObject, tree)
	if err != nil {
		return err
	}
	c := cursor{rest: raw}
	for err = c.peek(); c.size > 0 && err == nil; err = c.next() {
		if err := visit(c.name, c.Entry); err != nil {
			return err
		}
	}
	if err != nil {
		return r.db.explain("目录对象 "+tree.String()+" ", err)
	}
	return nil
}

// Lookup finds one path in a tree; an entry of ModeAbsent if it is not there.
func (r *Reader) Lookup(tree Hash, path string) (Entry, error) {
	at := Entry{Mode: ModeTree, Hash: tree}
	for rest := []byte(path); len(rest) > 0; {
		if at.Mode != ModeTree {
			return Entry{}, nil
		}
		name, tail, deeper := bytes.Cut(rest, []byte{'/'})
		var found Entry
		err := r.EachEntry(at.Hash, func(n []byte, e Entry) error {
			if bytes.Equal(n, name) && (!deeper || e.Mode == ModeTree) {
				found = e
			}
			return nil
		})
		if err != nil {
			return Entry{}, err
		}
		at, rest = found, tail
	}
	return at, nil
}

// File reads one regular file below a tree; ErrNoFile if there is none.
func (r *Reader) File(tree Hash, path string) ([]byte, error) {
	e, err := r.Lookup(tree, path)
	switch {
	case err != nil:
		return nil, err
	case e.Mode == ModeAbsent:
		return nil, ErrNoFile
	case !e.Mode.Regular():
		return nil, &NotAFile{path, e.Mode.what()}
	}
	data, err := r.Blob(e.Hash)
	return slices.Clone(data), err
}
