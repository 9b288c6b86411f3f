// Package store keeps values in a file, each under a key of all that it follows
// from. They only save work: a file that is missing, damaged or of another label
// is as good as none, and one that cannot be written is not written.
//
// The records come first, each with a sum of its own, then their index, then the
// length of the index.
package store

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
)

// Key stands for all that a value follows from; the zero one for none, under
// which nothing is kept.
type Key [20]byte

const (
	indexMagic  = "suqiu-L\x03"
	recordMagic = "suqiu-l\x01"
)

// span is where a record lies.
type span struct{ at, size int }

// Store is an opened file; without one it is empty. It may be read from any
// goroutine.
type Store struct {
	file  *os.File
	index map[Key]span
	rooms sync.Pool // of *room
}

// room is what it takes to read a record.
type room struct {
	window []byte // of the file: records that are asked for lie near each other
	from   int    // where it begins
	record []byte // in the window
	flat   flatReader
}

// windowSize is how much is read at a time, at least.
const windowSize = 64 << 10

// Open opens a file of values. The label is what the values are of and all that
// they follow from beside their keys.
func Open(name, label string) *Store {
	f, err := os.Open(name)
	if err != nil {
		return &Store{}
	}
	s := &Store{file: f}
	if s.index = readIndex(f, label); s.index == nil {
		s.Close()
		return &Store{}
	}
	return s
}

func readIndex(f *os.File, label string) map[Key]span {
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
	var r flatReader
	r.open(data, indexMagic, label, false)
	n := r.count(20 + 2)
	index := make(map[Key]span, n)
	for range n {
		key := r.key()
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

// Close ends the reading.
func (s *Store) Close() {
	if s.file != nil {
		s.file.Close()
	}
}

// Has reports whether there is a value under a key. It may turn out to be
// damaged.
func (s *Store) Has(key Key) bool {
	_, ok := s.index[key]
	return ok
}

// Get reads a value into the one that v points to; false if there is none that
// is whole, and then v may hold anything.
func (s *Store) Get(key Key, v any) bool { return s.get(key, v, false) }

// GetWhole does so with a value that is kept whole: its texts share one piece of
// memory.
func (s *Store) GetWhole(key Key, v any) bool { return s.get(key, v, true) }

func (s *Store) get(key Key, v any, whole bool) bool {
	return s.with(key, func(r *room) bool { return r.flat.decode(r.record, v, whole) })
}

// with calls do with a record, which it must not keep.
func (s *Store) with(key Key, do func(*room) bool) bool {
	at, ok := s.index[key]
	if !ok {
		return false
	}
	r, ok := s.rooms.Get().(*room)
	if !ok {
		r = new(room)
	}
	defer s.rooms.Put(r)
	if at.at < r.from || at.at+at.size > r.from+len(r.window) {
		size := max(at.size, windowSize)
		r.window = slices.Grow(r.window[:0], size)[:size]
		n, _ := s.file.ReadAt(r.window, int64(at.at)) // at its end, less
		if r.from, r.window = at.at, r.window[:n]; n < at.size {
			return false
		}
	}
	r.record = r.window[at.at-r.from:][:at.size]
	return do(r)
}

// encode is the record of what v points to; nil if it cannot be kept.
func encode(v any) []byte {
	w := newFlatWriter()
	w.value(reflect.ValueOf(v).Elem(), map[pointer]int{})
	if w.unfit {
		return nil
	}
	return w.file(recordMagic, "")
}

func (r *flatReader) decode(record []byte, v any, whole bool) bool {
	r.open(record, recordMagic, "", whole)
	to := reflect.ValueOf(v)
	if !r.bad {
		r.value(to.UnsafePointer(), layoutOf(to.Type().Elem()))
	}
	return !r.bad && len(r.rest) == 0
}

// Writer writes a new file, from several goroutines.
type Writer struct {
	name, label string // that it is to have
	old         *Store

	mu    sync.Mutex
	file  *os.File // nil after the first failure
	at    int
	order []Key
	index map[Key]span
}

// Create begins a file that is to take the place of old, which stays open to
// Carry values over and is closed at the end.
func Create(name, label string, old *Store) *Writer {
	w := &Writer{name: name, label: label, old: old, index: map[Key]span{}}
	dir := filepath.Dir(name)
	if err := os.Mkdir(dir, 0o777); err != nil && !os.IsExist(err) {
		return w
	}
	if f, err := os.CreateTemp(dir, filepath.Base(name)+"-*.tmp"); err == nil {
		w.file = f
	}
	return w
}

// Add keeps what v points to.
func (w *Writer) Add(key Key, v any) { w.add(key, encode(v)) }

// Carry keeps what the old store has under a key; nothing if it has nothing.
func (w *Writer) Carry(key Key) {
	w.old.with(key, func(r *room) bool {
		w.add(key, r.record)
		return true
	})
}

func (w *Writer) add(key Key, record []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.index[key]; known || w.file == nil || key == (Key{}) || record == nil {
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

// Close puts the file into its place if all went well; else nothing is left
// behind.
func (w *Writer) Close(err error) {
	w.old.Close() // some systems replace no open file
	if err != nil {
		w.drop()
		return
	}
	w.finish()
}

func (w *Writer) drop() {
	if w.file != nil {
		w.file.Close()
		os.Remove(w.file.Name())
		w.file = nil
	}
}

// finish writes the index.
func (w *Writer) finish() {
	if w.file == nil {
		return
	}
	f := newFlatWriter()
	f.number(len(w.order))
	for _, key := range w.order {
		f.key(key)
		f.number(w.index[key].at)
		f.number(w.index[key].size)
	}
	data := f.file(indexMagic, w.label)
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
