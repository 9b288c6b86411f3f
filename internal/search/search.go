// Package search writes an index with which a page finds every occurrence of
// any piece of text in many documents, exactly and without a server.
//
// A browser that opens a page from a folder can read other files only as
// scripts. So the index is a set of scripts, each a call with strings, which
// the page loads when it needs them. None is larger than MaxFile.
//
// Documents lie in segments (by quarter, say). The folded texts of a segment
// follow each other; for each pair of neighbouring UTF-16 units the index lists
// where it stands. A word of n units is covered by n/2 pairs, rounded up, at
// fixed distances, so a few lists answer for any word exactly; of a long word
// the page asks for the telling pairs first, and looks the few places that are
// left up in the texts. A list lies in the bucket of its first unit: the lists of
// one character are together, so a word of one character takes one bucket too.
//
// A document that comes or changes rewrites the files of its own segment, and
// of the texts only the chunk that it stands in, or the next ones too if that was
// full. The same documents give the same bytes. Memory holds one segment at a
// time, at about 10 bytes a character.
package search

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// MaxFile is an upper bound of the size of a file of the index, in bytes.
const MaxFile = 200 << 10

// Manifest is the name of the file that lists the segments.
const Manifest = "manifest.js"

// Doc is one document.
type Doc struct {
	ID    string
	Title string
	Text  string // its parts, one a line; a word is found within one line
	Page  bool   // cases/ID.html exists
	State string
	// Category is empty if there is none yet.
	Category string
	Light    string   // how its limit stands on the day of the site; empty if none runs
	Units    []string // the one in charge first
}

// Segment is a number of documents whose files no other document touches.
type Segment struct {
	Key string // part of the file names
	Len int
	Doc func(i int) Doc // called once for each, in order
	// Made is what Write told of the segment when it made it of the same documents
	// and Terms; its files are not made again. nil: they are made.
	Made *Made
}

// Terms are all the values that documents have, in the order in which the page
// offers them.
type Terms struct{ States, Categories, Lights, Units []string }

// Made is what the manifest says of a segment.
type Made struct {
	Key     string `json:"key"`
	Docs    int    `json:"docs"`
	Buckets int    `json:"buckets"`
	Texts   string `json:"texts"` // digest of what the buckets index
	List    string `json:"list"`  // digest of the list of documents
}

// Write makes the index of some segments, the latest last, and hands each file
// to emit, the manifest last. The data is valid until emit returns. A document
// with a value that is not among the terms is an error.
func Write(segments []Segment, terms Terms, emit func(name string, data []byte) error) ([]Made, error) {
	w := &writer{emit: emit, states: numbersOf(terms.States), categories: numbersOf(terms.Categories),
		lights: numbersOf(terms.Lights), units: numbersOf(terms.Units)}
	m := manifest{Version: 1, States: list(terms.States), Categories: list(terms.Categories),
		Lights: list(terms.Lights), Units: list(terms.Units), Segments: []Made{}}
	for _, s := range segments {
		made := s.Made
		if made == nil {
			entry, err := w.segment(s)
			if err != nil {
				return nil, err
			}
			made = &entry
		}
		m.Docs += s.Len
		m.Segments = append(m.Segments, *made)
	}
	data, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return m.Segments, emit(Manifest, fmt.Appendf(nil, "suqiuSearch.manifest(%s);\n", data))
}

type manifest struct {
	Version    int      `json:"version"`
	Docs       int      `json:"docs"`
	States     []string `json:"states"`
	Categories []string `json:"categories"`
	Lights     []string `json:"lights"`
	Units      []string `json:"units"`
	Segments   []Made   `json:"segments"`
}

// list is a list that is one in JSON even if it is empty.
func list(terms []string) []string { return append([]string{}, terms...) }

// numbers are those of the values of a column, from 1; the empty value is 0.
type numbers map[string]uint32

func numbersOf(terms []string) numbers {
	n := numbers{"": 0}
	for i, s := range terms {
		n[s] = uint32(i + 1)
	}
	return n
}

type writer struct {
	emit                              func(name string, data []byte) error
	states, categories, lights, units numbers
	strange                           string // a value that is not among the terms
	index                             index
	list, ids, chunk, text            payload
	buf                               []byte
}

// number is that of a value.
func (w *writer) number(of numbers, value string) uint32 {
	n, ok := of[value]
	if !ok {
		w.strange = value
	}
	return n
}

// chunkDocs is how many documents a chunk of texts has on average, chunkUnits
// how many units at most, unless one document alone has more.
const (
	chunkDocs  = 32
	chunkUnits = 24 << 10
)

func (w *writer) segment(s Segment) (Made, error) {
	// A segment uses the room of the one before.
	x, list, ids, chunk, text := &w.index, w.list[:0], w.ids[:0], w.chunk[:0], w.text[:0]
	defer func() { w.list, w.ids, w.chunk, w.text = list, ids, chunk, text }()
	x.text = x.text[:0]
	list.varint(uint32(s.Len))
	var starts []int
	var digests []string
	flush := func() error {
		if len(chunk) == 0 {
			return nil
		}
		digests = append(digests, digest(chunk))
		err := w.write("t", s.Key, len(digests)-1, digests[len(digests)-1], chunk)
		chunk = chunk[:0]
		return err
	}
	for i := range s.Len {
		d := s.Doc(i)
		text = text[:0]
		text.clean(d.ID)
		if i > 0 {
			ids = append(ids, '\n')
		}
		ids = append(ids, text...)
		text = append(text, '\n')
		text.clean(strings.ReplaceAll(d.Title, "\n", " "))
		head := len(text)
		text = append(text, '\n')
		text.clean(d.Text)
		if h := sha256.Sum256([]byte(d.ID)); h[0]%chunkDocs == 0 || len(chunk)+len(text) > chunkUnits {
			if err := flush(); err != nil {
				return Made{}, err
			}
		}
		if len(chunk) == 0 {
			starts = append(starts, i)
		} else {
			chunk = append(chunk, '\f')
		}
		chunk = append(chunk, text...)
		x.add(text)
		page := uint32(0)
		if d.Page {
			page = 1
		}
		for _, n := range [...]uint32{uint32(len(text) + 1), uint32(head), page, w.number(w.states, d.State),
			w.number(w.categories, d.Category), w.number(w.lights, d.Light), uint32(len(d.Units))} {
			list.varint(n)
		}
		for _, u := range d.Units {
			list.varint(w.number(w.units, u))
		}
		if w.strange != "" {
			return Made{}, fmt.Errorf("search: %s has the value %q, which is no term", d.ID, w.strange)
		}
	}
	if err := flush(); err != nil {
		return Made{}, err
	}
	list.varint(uint32(len(starts)))
	for i, at := range starts {
		list.varint(uint32(at))
		list.ascii(digests[i])
	}
	list = append(list, ids...)
	entry := Made{Key: s.Key, Docs: s.Len, Buckets: x.buckets(), Texts: digest(x.text), List: digest(list)}
	if err := w.write("l", s.Key, 0, entry.List, list); err != nil {
		return entry, err
	}
	return entry, x.write(func(bucket int, p payload) error { return w.write("i", s.Key, bucket, entry.Texts, p) })
}

// digest tells two payloads apart.
func digest(p []uint16) string {
	h := sha256.New()
	var buf [4 << 10]byte
	for len(p) > 0 {
		n := min(len(p), len(buf)/2)
		for i, u := range p[:n] {
			binary.LittleEndian.PutUint16(buf[2*i:], u)
		}
		h.Write(buf[:2*n])
		p = p[n:]
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

// write emits a payload as one file or, if it is too large, as several, whose
// names end in .1, .2 and so on.
func (w *writer) write(kind, key string, n int, digest string, p payload) error {
	cuts := p.cut(MaxFile - 200) // what stands around a payload is shorter
	for i, part := range cuts {
		name := key + "-" + kind + strconv.Itoa(n)
		if i > 0 {
			name += "." + strconv.Itoa(i)
		}
		b := fmt.Appendf(w.buf[:0], "suqiuSearch.add(%q,%q,%d,%d,%d,%q,\"", kind, key, n, i, len(cuts), digest)
		b = part.quote(b)
		b = append(b, "\");\n"...)
		w.buf = b
		if err := w.emit(name+".js", b); err != nil {
			return err
		}
	}
	return nil
}
