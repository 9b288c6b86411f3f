package site

import (
	"bufio"
	"os"
	"slices"
)

// piece is where a piece of a file lies, and what was noted of it.
type piece struct {
	at, size int64
	note     string
}

// pieces writes a file, and takes from its earlier version what did not change.
// It is its office.Pieces.
type pieces struct {
	out     *bufio.Writer
	at      int64
	earlier *os.File         // nil: there is none
	known   map[string]piece // of the earlier version
	noted   map[string]piece
	room    []byte
}

func (p *pieces) Write(data []byte) (int, error) {
	n, err := p.out.Write(data)
	p.at += int64(n)
	return n, err
}

// Earlier implements office.Pieces.
func (p *pieces) Earlier(key string) (data []byte, note string) {
	was, ok := p.known[key]
	if !ok || p.earlier == nil {
		return nil, ""
	}
	p.room = slices.Grow(p.room[:0], int(was.size))[:was.size]
	if _, err := p.earlier.ReadAt(p.room, was.at); err != nil {
		return nil, "" // it is made anew
	}
	return p.room, was.note
}

// Next implements office.Pieces.
func (p *pieces) Next(key string, size int, note string) {
	if key != "" {
		p.noted[key] = piece{p.at, int64(size), note}
	}
}
