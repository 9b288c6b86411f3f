package git

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/objfile"

	"suqiu/internal/gitpack"
)

// database knows where the objects of a repository lie. All readers share it; the
// indexes that it holds do not change once they are loaded.
type database struct {
	dirs    []string // the folder objects/, then its alternates
	partial bool     // a promisor remote is configured

	made map[Hash]object // what Stage made: it is in no folder

	mu    sync.Mutex
	packs []*pack // replaced as a whole when the folders are looked at again
}

// pack is one pack file with its index.
type pack struct {
	path string // of the .pack
	idx  *packIndex
}

// loadPacks reads the indexes of all packs, keeping those known already. It
// tells whether there are new ones.
func (db *database) loadPacks() (bool, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	known := map[string]*pack{}
	for _, p := range db.packs {
		known[p.path] = p
	}
	var packs []*pack
	fresh := false
	for _, dir := range db.dirs {
		names, err := filepath.Glob(filepath.Join(escapeGlob(dir), "pack", "pack-*.idx"))
		if err != nil {
			return false, err
		}
		for _, name := range names {
			path := strings.TrimSuffix(name, ".idx") + ".pack"
			p := known[path]
			if p == nil {
				if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
					continue // what an interrupted repack left behind; Git passes over it too
				}
				idx, err := openIndex(name)
				if err != nil {
					return false, db.explain("包索引 "+filepath.Base(name)+" ", err)
				}
				p, fresh = &pack{path, idx}, true
			}
			packs = append(packs, p)
		}
	}
	db.packs = packs
	return fresh, nil
}

// escapeGlob makes a folder's name mean itself in a glob pattern.
func escapeGlob(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// recovered turns the panic of a decoder that was given damaged data into an error.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("malformed data: %v", p)
	}
}

// Reader reads objects. Each goroutine has its own. What it returns is shared with
// its cache and must not be changed.
type Reader struct {
	db     *database
	packs  []*pack
	last   *pack // where the last object was found
	open   map[*pack]*gitpack.File
	cache  objectCache
	deltas []byte // of the chain at hand
	looked bool   // the folders were looked at again for an object that is missing

	KeepMessage func([]byte) bool // which messages of commits to keep; nil: none. It must not keep its argument
}

func (db *database) reader() *Reader {
	db.mu.Lock()
	defer db.mu.Unlock()
	return &Reader{db: db, packs: db.packs, open: map[*pack]*gitpack.File{}, cache: objectCache{most: cacheBytes}}
}

// Close closes the files and forgets what was read.
func (r *Reader) Close() {
	r.CloseFiles()
	r.cache = objectCache{most: r.cache.most}
}

// CloseFiles closes the files, which the next read opens again.
func (r *Reader) CloseFiles() {
	for _, o := range r.open {
		o.Close()
	}
	r.open = map[*pack]*gitpack.File{}
}

// Has reports whether the repository has an object.
func (r *Reader) Has(h Hash) bool {
	_, err := r.read(h)
	return err == nil
}

// object is an object's type and content.
type object struct {
	typ  plumbing.ObjectType
	data []byte
}

// read finds an object wherever it lies: packed, loose or in an alternate.
func (r *Reader) read(h Hash) (o object, err error) {
	defer recovered(&err)
	if o, ok := r.db.made[h]; ok {
		return o, nil
	}
	for {
		if p, at, ok := r.find(h); ok {
			o, err := r.at(p, at)
			if r.looked || !errors.Is(err, fs.ErrNotExist) {
				return o, err
			}
			// The pack is gone: its objects are in another one, as below.
		}
		for _, dir := range r.db.dirs {
			o, err := loose(dir, h)
			if !os.IsNotExist(err) {
				return o, err
			}
		}
		// A `git gc` meanwhile may have moved it into a new pack.
		if r.looked {
			return object{}, errMissing
		}
		r.looked = true
		if _, err := r.db.loadPacks(); err != nil {
			return object{}, err
		}
		r.db.mu.Lock()
		r.packs, r.last = r.db.packs, nil
		r.db.mu.Unlock()
	}
}

// find looks for the pack that has an object, first where the last one was.
func (r *Reader) find(h Hash) (*pack, int64, bool) {
	if r.last != nil {
		if at, ok := r.last.idx.offset(h); ok {
			return r.last, at, true
		}
	}
	for _, p := range r.packs {
		if at, ok := p.idx.offset(h); ok {
			r.last = p
			return p, at, true
		}
	}
	return nil, 0, false
}

// want reads an object of a certain type; its errors name the object.
func (r *Reader) want(t plumbing.ObjectType, h Hash) ([]byte, error) {
	o, err := r.read(h)
	if err == nil && o.typ != t {
		err = fmt.Errorf("it is a %s", o.typ)
	}
	if err != nil {
		return nil, r.db.explain(kindName[t]+" "+h.String()+" ", err)
	}
	return o.data, nil
}

// Blob reads the content of a file, which must not be changed.
func (r *Reader) Blob(h Hash) ([]byte, error) { return r.want(plumbing.BlobObject, h) }

var kindName = map[plumbing.ObjectType]string{
	plumbing.CommitObject: "提交", plumbing.TreeObject: "目录对象",
	plumbing.BlobObject: "文件内容对象", plumbing.TagObject: "标签对象",
}

// loose reads an object that has a file of its own.
func loose(dir string, h Hash) (object, error) {
	name := h.String()
	f, err := os.Open(filepath.Join(dir, name[:2], name[2:]))
	if err != nil {
		return object{}, err
	}
	defer f.Close()
	z, err := objfile.NewReader(f)
	if err != nil {
		return object{}, err
	}
	defer z.Close()
	t, size, err := z.Header()
	if err != nil {
		return object{}, err
	}
	var buf bytes.Buffer
	buf.Grow(int(min(max(size, 0), maxGrow)) + bytes.MinRead)
	if n, err := io.Copy(&buf, io.LimitReader(z, size+1)); err != nil {
		return object{}, err
	} else if n != size {
		return object{}, fmt.Errorf("%d bytes instead of %d", n, size)
	}
	return object{t, buf.Bytes()}, nil
}

// maxGrow bounds the memory that is taken for the size in a header, which may be
// damaged, before the content is read.
const maxGrow = 1 << 20

// maxChain bounds a chain of deltas: Git itself makes none beyond 4095.
const maxChain = 1 << 14

// at reads the object at an offset of a pack, through its chain of deltas.
func (r *Reader) at(p *pack, offset int64) (object, error) {
	var chain []delta
	var base object
	r.deltas = r.deltas[:0]
	for {
		if o, ok := r.cache.get(place{p, offset}); ok {
			base = o
			break
		}
		if len(chain) > maxChain {
			return object{}, fmt.Errorf("%s: endless chain of deltas at %d", filepath.Base(p.path), offset)
		}
		h, data, err := r.entry(p, offset)
		if err != nil {
			return object{}, fmt.Errorf("%s, offset %d: %w", filepath.Base(p.path), offset, err)
		}
		if !h.Kind.Delta() {
			base = object{plumbing.ObjectType(h.Kind), data}
			if h.Kind != gitpack.Commit { // those are read once
				r.cache.put(place{p, offset}, base)
			}
			break
		}
		chain = append(chain, delta{offset, data})
		if h.Kind == gitpack.OffsetDelta {
			offset = h.Base
			continue
		}
		at, ok := p.idx.offset(h.Object)
		if !ok {
			return object{}, fmt.Errorf("%s, offset %d: %w: delta base %s", filepath.Base(p.path), offset, errMissing,
				Hash(h.Object))
		}
		offset = at
	}
	for i := len(chain) - 1; i >= 0; i-- {
		data, err := gitpack.Patch(base.data, chain[i].data)
		if err != nil {
			return object{}, fmt.Errorf("%s, offset %d: %w", filepath.Base(p.path), chain[i].offset, err)
		}
		base.data = data
		r.cache.put(place{p, chain[i].offset}, base)
	}
	return base, nil
}

type delta struct {
	offset int64
	data   []byte
}

// entry inflates one entry of a pack, be it an object or a delta.
func (r *Reader) entry(p *pack, offset int64) (gitpack.Header, []byte, error) {
	f := r.open[p]
	if f == nil {
		var err error
		if f, err = gitpack.Open(p.path); err != nil {
			return gitpack.Header{}, nil, err
		}
		r.open[p] = f
	}
	return f.Entry(offset, r.room)
}

// room is memory for an entry. That of deltas, which nobody sees once they are
// applied, is used for the next chain again.
func (r *Reader) room(kind gitpack.Kind, size int) []byte {
	if !kind.Delta() {
		return make([]byte, 0, size)
	}
	from := len(r.deltas)
	r.deltas = slices.Grow(r.deltas, size)[:from+size]
	return r.deltas[from : from : from+size]
}
