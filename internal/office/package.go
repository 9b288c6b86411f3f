package office

import (
	"archive/zip"
	"compress/flate"
	"fmt"
	"io"
	"sync"
)

// newPackage begins a file of parts.
func newPackage(w io.Writer) *zip.Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, compress)
	return z
}

// compress deflates at the best speed: a ledger is some 50 MB of XML.
func compress(w io.Writer) (io.WriteCloser, error) { return newDeflater(w), nil }

// deflaters are used again: one holds more than most sheets have to say.
var deflaters = sync.Pool{New: func() any {
	f, _ := flate.NewWriter(nil, flate.BestSpeed) // it knows that level
	return &deflater{f}
}}

// deflater goes back to the others when it is closed.
type deflater struct{ *flate.Writer }

func newDeflater(w io.Writer) *deflater {
	d := deflaters.Get().(*deflater)
	d.Reset(w)
	return d
}

func (d *deflater) Close() error {
	err := d.Writer.Close()
	deflaters.Put(d)
	return err
}

// part is one file of an OOXML package.
type part struct {
	name string
	data string
}

// addParts adds files to a package in the order given, without times.
func addParts(z *zip.Writer, parts []part) error {
	piece := make([]byte, pieceSize)
	for _, p := range parts {
		if err := addPart(z, p.name, func(w io.Writer) error { return writePieces(w, p.data, piece) }); err != nil {
			return err
		}
	}
	return nil
}

func addPart(z *zip.Writer, name string, write func(io.Writer) error) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		err = write(f)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

const pieceSize = 4 << 10

// writePieces writes a text by way of piece: for a writer without WriteString, as
// those of package zip are, io.WriteString makes a copy of the whole.
func writePieces(w io.Writer, text string, piece []byte) error {
	for len(text) > 0 {
		n := copy(piece, text)
		if _, err := w.Write(piece[:n]); err != nil {
			return err
		}
		text = text[n:]
	}
	return nil
}
