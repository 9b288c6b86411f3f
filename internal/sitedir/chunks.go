package sitedir

import (
	"bufio"
	"os"
	"slices"
)

// chunk is where a chunk of a file lies, and what was noted of it.
type chunk struct {
	At, Size int64
	Note     string
}

// chunks writes a file, and takes from its earlier version what did not change.
// It is its office.Pieces.
type chunks struct {
	out     *bufio.Writer
	at      int64
	earlier *os.File         // nil: there is none
	known   map[string]chunk // of the earlier version
	noted   map[string]chunk
	room    []byte
}

func (p *chunks) Write(data []byte) (int, error) {
	n, err := p.out.Write(data)
	p.at += int64(n)
	return n, err
}

// Earlier implements office.Pieces.
func (p *chunks) Earlier(key string) (data []byte, note string) {
	was, ok := p.known[key]
	if !ok || p.earlier == nil {
		return nil, ""
	}
	p.room = slices.Grow(p.room[:0], int(was.Size))[:was.Size]
	if _, err := p.earlier.ReadAt(p.room, was.At); err != nil {
		return nil, "" // it is made anew
	}
	return p.room, was.Note
}

// Next implements office.Pieces.
func (p *chunks) Next(key string, size int, note string) {
	if key != "" {
		p.noted[key] = chunk{p.at, int64(size), note}
	}
}
