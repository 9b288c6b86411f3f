package store

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
)

// A flat file is: eight bytes that say what it is, a CRC-32 (Castagnoli) of
// what follows, and then numbers as unsigned varints, keys as twenty bytes
// and texts as numbers of a table that stands in front.

const sumLength = 4

// Checksum is the sum that the files of the caches carry: CRC-32 (Castagnoli).
func Checksum(data []byte) uint32 {
	return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli))
}

// flatWriter writes the numbers; its texts go into the table.
type flatWriter struct {
	body  []byte
	text  []byte
	sizes []int
	known map[string]int
	unfit bool // something could not be written
}

func newFlatWriter() *flatWriter { return &flatWriter{known: map[string]int{}} }

func (w *flatWriter) number(n int) { w.body = binary.AppendUvarint(w.body, uint64(n)) }
func (w *flatWriter) key(h Key)    { w.body = append(w.body, h[:]...) }

func (w *flatWriter) str(s string) {
	n, ok := w.known[s]
	if !ok {
		n = len(w.sizes)
		w.known[s] = n
		w.sizes = append(w.sizes, len(s))
		w.text = append(w.text, s...)
	}
	w.number(n)
}

// file is the whole file, of a build of the program.
func (w *flatWriter) file(magic, build string) []byte {
	out := make([]byte, len(magic)+sumLength, len(magic)+sumLength+len(build)+len(w.text)+2*len(w.sizes)+len(w.body)+32)
	copy(out, magic)
	out = binary.AppendUvarint(out, uint64(len(build)))
	out = append(out, build...)
	out = binary.AppendUvarint(out, uint64(len(w.sizes)))
	for _, n := range w.sizes {
		out = binary.AppendUvarint(out, uint64(n))
	}
	out = append(out, w.text...)
	out = append(out, w.body...)
	binary.BigEndian.PutUint32(out[len(magic):], Checksum(out[len(magic)+sumLength:]))
	return out
}

// flatReader reads what flatWriter wrote. After the first thing that cannot be
// right it is bad, and gives zeros. It can be opened again.
type flatReader struct {
	rest  []byte
	texts []string
	seen  []shared // pointers, in order
	slabs []slab   // by the number of a layout
	whole bool     // all that is read is kept
	bad   bool
}

// open opens a file; it is bad if the file is of another kind, of another build,
// or not whole. If it is to be kept whole, its texts share one piece of memory;
// else one that is kept keeps none of the others.
func (r *flatReader) open(data []byte, magic, build string, whole bool) {
	r.rest, r.texts, r.seen, r.whole, r.bad = nil, r.texts[:0], r.seen[:0], whole, true
	if len(data) < len(magic)+sumLength || string(data[:len(magic)]) != magic {
		return
	}
	r.rest, r.bad = data[len(magic)+sumLength:], false
	if binary.BigEndian.Uint32(data[len(magic):]) != Checksum(r.rest) || string(r.bytes(r.number())) != build {
		r.bad = true
		return
	}
	n := r.count(1)
	sizes := flatReader{rest: r.rest}
	total := 0
	for range n {
		size := r.number()
		if total += size; total > len(data) {
			r.bad = true
			return
		}
	}
	all := r.bytes(total)
	if r.bad {
		return
	}
	r.texts = slices.Grow(r.texts, n)
	text := ""
	if whole {
		text = string(all)
	}
	for at := 0; len(r.texts) < n; {
		end := at + sizes.number()
		if whole {
			r.texts = append(r.texts, text[at:end])
		} else {
			r.texts = append(r.texts, string(all[at:end]))
		}
		at = end
	}
}

func (r *flatReader) number() int {
	if len(r.rest) > 0 && r.rest[0] < 0x80 && !r.bad { // as most are
		n := int(r.rest[0])
		r.rest = r.rest[1:]
		return n
	}
	n, size := binary.Uvarint(r.rest)
	if r.bad || size <= 0 || n > math.MaxInt64 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

// count is the number of things that follow, each of which takes at least so
// many bytes: a number that cannot be true asks for no memory.
func (r *flatReader) count(least int) int {
	n := r.number()
	if n > len(r.rest)/least {
		r.bad = true
		return 0
	}
	return n
}

// below is a number less than a limit.
func (r *flatReader) below(limit int) int {
	n := r.number()
	if n >= limit {
		r.bad = true
		return 0
	}
	return n
}

func (r *flatReader) bytes(n int) []byte {
	if r.bad || n < 0 || n > len(r.rest) {
		r.bad = true
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *flatReader) key() (h Key) {
	copy(h[:], r.bytes(len(h)))
	return h
}

func (r *flatReader) str() string {
	n := r.number()
	if n >= len(r.texts) {
		r.bad = true
		return ""
	}
	return r.texts[n]
}
