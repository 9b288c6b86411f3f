package office

import (
	"archive/zip"
	"bufio"
	"fmt"
	"hash/crc32"
	"io"
)

// Pieces keeps pieces of a file that is written again and again, of which most
// stays the same. The empty key names none.
type Pieces interface {
	// Earlier is the piece of a key as it was when the file was last written, and
	// what was noted of it; nil if there was none. It is valid until the next call.
	Earlier(key string) (data []byte, note string)
	// Next says that the bytes written next are the piece of a key.
	Next(key string, size int, note string)
}

// Piece writes the piece of a key: the earlier one, or what made gives. Nothing
// that was written to w may wait in a buffer of which p does not know.
func Piece(w io.Writer, p Pieces, key string, made func() ([]byte, error)) error {
	data, _ := p.Earlier(key)
	if data == nil {
		var err error
		if data, err = made(); err != nil {
			return err
		}
	}
	p.Next(key, len(data), "")
	_, err := w.Write(data)
	return err
}

// none keeps no piece.
type none struct{}

func (none) Earlier(string) ([]byte, string) { return nil, "" }
func (none) Next(string, int, string)        {}

// piecedPart is a part of a package that is deflated in pieces, each by itself,
// so that one can stand in the next file as it is.
type piecedPart struct {
	zip    *zip.Writer
	header *zip.FileHeader
	out    io.Writer
	room   *bufio.Writer
}

const (
	zipVersion    = 20     // that knows Deflate
	zipSizeBehind = 1 << 3 // sizes and sum follow the data
)

func newPiecedPart(z *zip.Writer, name string) (*piecedPart, error) {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, CreatorVersion: zipVersion, ReaderVersion: zipVersion,
		Flags: zipSizeBehind}
	out, err := z.CreateRaw(h)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return &piecedPart{z, h, out, bufio.NewWriterSize(nil, 64<<10)}, nil
}

// extent is what a package says of data: its size, the size as deflated, its sum.
type extent struct {
	size, packed int64
	sum          uint32
}

// deflate writes to w, deflated, what write writes. The last piece ends the part.
func (p *piecedPart) deflate(w io.Writer, last bool, write func(*bufio.Writer) error) (e extent, err error) {
	packed := counter{w: w}
	d := deflater(&packed)
	defer deflaters.Put(d)
	plain := summer{counter: counter{w: d}}
	p.room.Reset(&plain)
	if err = write(p.room); err == nil {
		err = p.room.Flush()
	}
	switch {
	case err != nil:
	case last:
		err = d.Close()
	default:
		err = d.Flush()
	}
	return extent{plain.n, packed.n, plain.sum}, err
}

// plain writes a piece that is not kept.
func (p *piecedPart) plain(last bool, write func(*bufio.Writer) error) error {
	e, err := p.deflate(p.out, last, write)
	p.add(e)
	return err
}

// text writes a text that is not kept.
func (p *piecedPart) text(last bool, text string) error {
	return p.plain(last, func(w *bufio.Writer) error { _, err := w.WriteString(text); return err })
}

// add adds up what the header says.
func (p *piecedPart) add(e extent) {
	h := p.header
	h.CRC32 = joinSums(h.CRC32, e.sum, e.size)
	h.UncompressedSize64 += uint64(e.size)
	h.CompressedSize64 += uint64(e.packed)
	const most = 1<<32 - 1 // then the larger fields count
	//lint:ignore SA1019 zip.Writer writes what the old fields say
	h.UncompressedSize, h.CompressedSize = uint32(min(h.UncompressedSize64, most)),
		uint32(min(h.CompressedSize64, most))
}

// counter counts what goes through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// summer makes the sum of it too.
type summer struct {
	counter
	sum uint32
}

func (s *summer) Write(p []byte) (int, error) {
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p)
	return s.counter.Write(p)
}

// joinSums is the CRC-32 of data that follows other data, of the sums of both and
// the size of the one that follows: as polynomials, the first is multiplied by x
// for each bit that follows.
func joinSums(first, second uint32, size int64) uint32 {
	shift := uint32(1 << 31)        // x⁰: the highest bit is the lowest power
	square := uint32(1 << (31 - 8)) // x⁸, then its squares
	for n := size; n > 0; n >>= 1 {
		if n&1 != 0 {
			shift = multiply(shift, square)
		}
		square = multiply(square, square)
	}
	return multiply(first, shift) ^ second
}

// multiply multiplies two polynomials modulo that of the CRC-32.
func multiply(a, b uint32) (product uint32) {
	for ; a != 0; a <<= 1 {
		if a&(1<<31) != 0 {
			product ^= b
		}
		low := b & 1
		b >>= 1
		if low != 0 {
			b ^= crc32.IEEE
		}
	}
	return product
}
