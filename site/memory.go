package site

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/search"
)

// made is a file as an earlier build left it.
type made struct {
	basis basis
	size  int64
	time  int64 // of the last change, in Unix nanoseconds
}

// madeSegment is a segment of the search index as an earlier build left it.
type madeSegment struct {
	basis basis // of all its files
	files int   // how many
	search.Made
}

// memory is what builds remember of a folder.
type memory struct {
	ground   string // what all files are made of alike, and the folder
	files    map[string]made
	pieces   map[string]map[string]piece // by file and key
	segments map[string]madeSegment
}

func newMemory(ground string) memory {
	return memory{ground, map[string]made{}, map[string]map[string]piece{}, map[string]madeSegment{}}
}

const memoryHead = "suqiu-made 2 "

// parseMemory reads a memory; an empty one, without ground, if it is none.
func parseMemory(data []byte) memory {
	head, rest, _ := strings.Cut(string(data), "\n")
	ground, ok := strings.CutPrefix(head, memoryHead)
	m := newMemory(ground)
	if !ok {
		return newMemory("")
	}
	for line := range strings.Lines(rest) {
		if fields := strings.Fields(line); len(fields) > 0 && strings.HasSuffix(line, "\n") { // else it was cut off
			m.parseLine(fields)
		}
	}
	return m
}

// parseLine reads what text writes; what it cannot read, nobody remembers.
func (m *memory) parseLine(fields []string) {
	kind, fields := fields[0], fields[1:]
	number := func(i int) (n int64) {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			kind = ""
		}
		return n
	}
	digest := func(i int) (b basis) {
		sum, err := hex.DecodeString(fields[i])
		if err != nil || len(sum) != len(b) {
			kind = ""
		}
		copy(b[:], sum)
		return b
	}
	switch {
	case kind == "file" && len(fields) == 4:
		if f := (made{digest(0), number(1), number(2)}); kind != "" {
			m.files[fields[3]] = f
		}
	case kind == "piece" && len(fields) == 5:
		p := piece{at: number(1), size: number(2)}
		key, err := url.QueryUnescape(fields[3])
		note, err1 := url.QueryUnescape(strings.TrimPrefix(fields[4], "="))
		if kind == "" || cmp.Or(err, err1) != nil || p.at < 0 || p.size < 0 || p.size > maxPiece {
			return
		}
		p.note = note
		if m.pieces[fields[0]] == nil {
			m.pieces[fields[0]] = map[string]piece{}
		}
		m.pieces[fields[0]][key] = p
	case kind == "segment" && len(fields) == 7:
		s := madeSegment{digest(1), int(number(2)), search.Made{Key: fields[0], Docs: int(number(3)), Buckets: int(number(4)), Texts: fields[5], List: fields[6]}}
		if kind != "" {
			m.segments[s.Key] = s
		}
	}
}

// maxPiece is more than any piece has, in bytes.
const maxPiece = 1 << 30

// text is what parseMemory reads; names are the files of the site.
func (m *memory) text(names []string) []byte {
	b := []byte(memoryHead + m.ground + "\n")
	for _, name := range names {
		f, ok := m.files[name]
		if !ok {
			continue
		}
		b = append(b, "file "...)
		b = hex.AppendEncode(b, f.basis[:])
		b = strconv.AppendInt(append(b, ' '), f.size, 10)
		b = strconv.AppendInt(append(b, ' '), f.time, 10)
		b = append(append(append(b, ' '), name...), '\n')
		for _, key := range slices.Sorted(maps.Keys(m.pieces[name])) {
			p := m.pieces[name][key]
			b = fmt.Appendf(b, "piece %s %d %d %s =%s\n", name, p.at, p.size, url.QueryEscape(key), url.QueryEscape(p.note))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m.segments)) {
		s := m.segments[key]
		b = fmt.Appendf(b, "segment %s %x %d %d %d %s %s\n", key, s.basis, s.files, s.Docs, s.Buckets, s.Texts, s.List)
	}
	return b
}

// on is the memory, if it is of that ground; else an empty one that is.
func (m memory) on(ground string) memory {
	if m.ground != ground {
		return newMemory(ground)
	}
	return m
}
