package history

import (
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// The cache of lives is a second file beside that of the walk: of every case
// what Each told of it, under a key of all that this follows from. A case on
// which nothing landed since is not parsed again. Each record has a sum of its
// own; one that is damaged is as good as none.
//
// The records come first, then their index, then the index's length.

const (
	livesFile  = "lives"
	livesMagic = "suqiu-L\x01"
	lifeMagic  = "suqiu-l\x01"
)

// Keep lets Each keep what it tells, if the walk had a Build, for the next Each
// whose canon has the same names: a fingerprint of what it resolves.
func (h *History) Keep(names string) { h.names, h.keep = names, h.build != "" }

// span is where a record lies.
type span struct{ at, size int }

// records are an opened cache; without a file it is empty.
type records struct {
	file  *os.File
	index map[plumbing.Hash]span
	read  sync.Pool // of *[]byte, to read a record into
}

// label is what a cache of lives must be of, beside the format.
func (h *History) label(names string) string {
	if h.suspicious != nil {
		return h.build + "\n!" + names
	}
	return h.build + "\n" + names
}

// otherLives is the file of the lives that Again tells, of names that are not
// those of Each: beside the file of Each, so that neither replaces the other.
func otherLives(names string) string {
	sum := sha1.Sum([]byte(names))
	return livesFile + "-" + hex.EncodeToString(sum[:8])
}

// Forget removes what Again kept under other names than these.
func (h *History) Forget(but []string) {
	if !h.keep {
		return
	}
	wanted := map[string]bool{}
	for _, names := range but {
		wanted[otherLives(names)] = true
	}
	dir := filepath.Join(h.common, cacheDir)
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, livesFile+"-") && !strings.HasSuffix(name, ".tmp") && !wanted[name] {
			os.Remove(filepath.Join(dir, name))
		}
	}
}

func openLives(name, label string) *records {
	f, err := os.Open(name)
	if err != nil {
		return &records{}
	}
	l := &records{file: f}
	if l.index = readLivesIndex(f, label); l.index == nil {
		l.close()
		return &records{}
	}
	return l
}

func readLivesIndex(f *os.File, label string) map[plumbing.Hash]span {
	info, err := f.Stat()
	if err != nil || info.Size() < 8 {
		return nil
	}
	var tail [8]byte
	if _, err := f.ReadAt(tail[:], info.Size()-8); err != nil {
		return nil
	}
	size := binary.BigEndian.Uint64(tail[:])
	if size > uint64(info.Size()-8) {
		return nil
	}
	data := make([]byte, size)
	end := info.Size() - 8 - int64(size)
	if _, err := f.ReadAt(data, end); err != nil {
		return nil
	}
	r := newFlatReader(data, livesMagic, label)
	n := r.count(20 + 2)
	index := make(map[plumbing.Hash]span, n)
	for range n {
		key := r.hash()
		s := span{r.below(int(end) + 1), r.number()}
		if s.size > int(end)-s.at {
			r.bad = true
		}
		index[key] = s
	}
	if r.bad || len(r.rest) > 0 {
		return nil
	}
	return index
}

func (l *records) close() {
	if l.file != nil {
		l.file.Close()
	}
}

// life reads a record; nil if there is none that is whole. keep, which may be
// nil, gets the record to copy.
func (l *records) life(key plumbing.Hash, keep func(record []byte)) *CaseHistory {
	s, ok := l.index[key]
	if !ok {
		return nil
	}
	buf, ok := l.read.Get().(*[]byte)
	if !ok {
		buf = new([]byte)
	}
	defer l.read.Put(buf)
	*buf = slices.Grow((*buf)[:0], s.size)[:s.size]
	if _, err := l.file.ReadAt(*buf, int64(s.at)); err != nil {
		return nil
	}
	life := decodeLife(*buf)
	if life != nil && keep != nil {
		keep(*buf)
	}
	return life
}

// encodeLife is the record of a life; nil if it cannot be kept.
func encodeLife(life *CaseHistory) []byte {
	w := newFlatWriter()
	w.value(reflect.ValueOf(life).Elem(), map[pointer]int{})
	if w.unfit {
		return nil
	}
	return w.file(lifeMagic, "")
}

func decodeLife(record []byte) *CaseHistory {
	r := newFlatReader(record, lifeMagic, "")
	var life CaseHistory
	var seen []reflect.Value
	r.value(reflect.ValueOf(&life).Elem(), &seen)
	if r.bad || len(r.rest) > 0 {
		return nil
	}
	return &life
}

// key is a hash of all that the life of a case follows from, beside the label
// of the cache; zero if it is not to be kept, because the branch under Base has
// a part in it. A landing stands for all that is reachable from it.
func (h *History) key(t *track) (key plumbing.Hash) {
	if t.found != nil || t.stale || !t.key.IsZero() {
		return t.key
	}
	sum := sha1.New()
	text := func(s string) {
		writeLength(sum, len(s))
		io.WriteString(sum, s)
	}
	text(t.id)
	text(t.path)
	writeLength(sum, len(t.paths))
	for _, p := range t.paths {
		text(p)
	}
	for i := range t.versions {
		v := &t.versions[i]
		if h.Landings[v.landing].Pending {
			return key
		}
		landed := h.main.hash(v.landing)
		sum.Write(landed[:])
		sum.Write(v.blob[:])
		text(v.path)
	}
	sum.Sum(t.key[:0])
	return t.key
}

func writeLength(sum hash.Hash, n int) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	sum.Write(b[:])
}

// archive is the cache of lives as one Each uses it: what there was, and, if too
// much of it is out of date, what there is to be.
type archive struct {
	old *records
	new *livesWriter // nil: the old one will do
}

// openArchive looks up which lives are known under some names. It returns the
// tracks of the others, which have to be told anew.
func (h *History) openArchive(file, names string, tracks []*track) (a *archive, rest []*track) {
	if !h.keep {
		return &archive{old: &records{}}, tracks
	}
	dir := filepath.Join(h.common, cacheDir)
	a = &archive{old: openLives(filepath.Join(dir, file), h.label(names))}
	missing := 0
	for _, t := range tracks {
		key := h.key(t)
		if _, known := a.old.index[key]; known {
			continue
		}
		rest = append(rest, t)
		if !key.IsZero() {
			missing++
		}
	}
	if missing >= h.worthwhile {
		a.new = newLivesWriter(dir, file, h.label(names))
	}
	return a, rest
}

// life is a known one; nil if it has to be told anew.
func (a *archive) life(t *track) *CaseHistory {
	if a.new == nil {
		return a.old.life(t.key, nil)
	}
	return a.old.life(t.key, func(record []byte) { a.new.add(t.key, record) })
}

// note keeps a life that was told anew.
func (a *archive) note(t *track, life *CaseHistory) {
	if a.new != nil {
		a.new.add(t.key, encodeLife(life))
	}
}

// close writes the new cache if all went well.
func (a *archive) close(err error) {
	if a.new != nil && err == nil {
		a.old.close() // some systems replace no open file
		a.new.finish()
	} else if a.new != nil {
		a.new.drop()
	}
	a.old.close()
}

// livesWriter writes a new cache, record by record, from several goroutines.
type livesWriter struct {
	name  string // that it is to have
	label string

	mu    sync.Mutex
	file  *os.File // nil after the first failure
	at    int
	order []plumbing.Hash
	index map[plumbing.Hash]span
}

func newLivesWriter(dir, file, label string) *livesWriter {
	w := &livesWriter{name: filepath.Join(dir, file), label: label, index: map[plumbing.Hash]span{}}
	if err := os.Mkdir(dir, 0o777); err != nil && !os.IsExist(err) {
		return w
	}
	if f, err := os.CreateTemp(dir, file+"-*.tmp"); err == nil {
		w.file = f
	}
	return w
}

func (w *livesWriter) add(key plumbing.Hash, record []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.file == nil || key.IsZero() || record == nil {
		return
	}
	if _, err := w.file.Write(record); err != nil {
		w.drop()
		return
	}
	w.order = append(w.order, key)
	w.index[key] = span{w.at, len(record)}
	w.at += len(record)
}

// drop gives up: nothing is left behind.
func (w *livesWriter) drop() {
	if w.file != nil {
		w.file.Close()
		os.Remove(w.file.Name())
		w.file = nil
	}
}

// finish writes the index and puts the cache into its place.
func (w *livesWriter) finish() {
	if w.file == nil {
		return
	}
	f := newFlatWriter()
	f.number(len(w.order))
	for _, key := range w.order {
		f.hash(key)
		f.number(w.index[key].at)
		f.number(w.index[key].size)
	}
	data := f.file(livesMagic, w.label)
	data = binary.BigEndian.AppendUint64(data, uint64(len(data)))
	_, err := w.file.Write(data)
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(w.file.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(w.file.Name(), w.name)
	}
	if err != nil {
		os.Remove(w.file.Name())
	}
}
