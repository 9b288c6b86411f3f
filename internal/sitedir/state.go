package sitedir

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

// fileState is a file as an earlier build left it.
type fileState struct {
	hash InputHash
	size int64
	time int64 // of the last change, in Unix nanoseconds
}

// Segment is a segment of the search index as an earlier build left it.
type Segment struct {
	Hash  InputHash // of all its files
	Files int       // how many
	search.Made
}

// State is what builds remember of a folder.
type State struct {
	key      string // what all files are made of alike, and the folder
	files    map[string]fileState
	chunks   map[string]map[string]chunk // by file and key
	segments map[string]Segment
}

func newState(key string) State {
	return State{key, map[string]fileState{}, map[string]map[string]chunk{}, map[string]Segment{}}
}

const stateHead = "suqiu-made 2 "

// ParseState reads a memory; an empty one, without key, if it is none.
func ParseState(data []byte) State {
	head, rest, _ := strings.Cut(string(data), "\n")
	key, ok := strings.CutPrefix(head, stateHead)
	m := newState(key)
	if !ok {
		return newState("")
	}
	for line := range strings.Lines(rest) {
		if fields := strings.Fields(line); len(fields) > 0 && strings.HasSuffix(line, "\n") { // else it was cut off
			m.parseLine(fields)
		}
	}
	return m
}

// parseLine reads what text writes; what it cannot read, nobody remembers.
func (m *State) parseLine(fields []string) {
	kind, fields := fields[0], fields[1:]
	number := func(i int) (n int64) {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			kind = ""
		}
		return n
	}
	digest := func(i int) (b InputHash) {
		sum, err := hex.DecodeString(fields[i])
		if err != nil || len(sum) != len(b) {
			kind = ""
		}
		copy(b[:], sum)
		return b
	}
	switch {
	case kind == "file" && len(fields) == 4:
		if f := (fileState{digest(0), number(1), number(2)}); kind != "" {
			m.files[fields[3]] = f
		}
	case kind == "piece" && len(fields) == 5:
		p := chunk{at: number(1), size: number(2)}
		key, err := url.QueryUnescape(fields[3])
		note, err1 := url.QueryUnescape(strings.TrimPrefix(fields[4], "="))
		if kind == "" || cmp.Or(err, err1) != nil || p.at < 0 || p.size < 0 || p.size > maxChunk {
			return
		}
		p.note = note
		if m.chunks[fields[0]] == nil {
			m.chunks[fields[0]] = map[string]chunk{}
		}
		m.chunks[fields[0]][key] = p
	case kind == "segment" && len(fields) == 7:
		s := Segment{digest(1), int(number(2)), search.Made{Key: fields[0], Docs: int(number(3)), Buckets: int(number(4)), Texts: fields[5], List: fields[6]}}
		if kind != "" {
			m.segments[s.Key] = s
		}
	}
}

// maxChunk is more than any chunk has, in bytes.
const maxChunk = 1 << 30

// text is what ParseState reads; names are the files of the site.
func (m *State) text(names []string) []byte {
	b := []byte(stateHead + m.key + "\n")
	for _, name := range names {
		f, ok := m.files[name]
		if !ok {
			continue
		}
		b = append(b, "file "...)
		b = hex.AppendEncode(b, f.hash[:])
		b = strconv.AppendInt(append(b, ' '), f.size, 10)
		b = strconv.AppendInt(append(b, ' '), f.time, 10)
		b = append(append(append(b, ' '), name...), '\n')
		for _, key := range slices.Sorted(maps.Keys(m.chunks[name])) {
			p := m.chunks[name][key]
			b = fmt.Appendf(b, "piece %s %d %d %s =%s\n", name, p.at, p.size, url.QueryEscape(key), url.QueryEscape(p.note))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(m.segments)) {
		s := m.segments[key]
		b = fmt.Appendf(b, "segment %s %x %d %d %d %s %s\n", key, s.Hash, s.Files, s.Docs, s.Buckets, s.Texts, s.List)
	}
	return b
}

// on is the memory, if it is of that key; else an empty one that is.
func (m State) on(key string) State {
	if m.key != key {
		return newState(key)
	}
	return m
}
