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

func compress(w io.Writer) (io.WriteCloser, error) { return returning{deflater(w)}, nil }

// deflaters deflate at the best speed: a ledger is some 50 MB of XML. They are
// used again: one holds more than most sheets have to say.
var deflaters = sync.Pool{New: func() any {
	f, _ := flate.NewWriter(nil, flate.BestSpeed) // it knows that level
	return f
}}

// deflater is one that writes to w, to be put back among the others.
func deflater(w io.Writer) *flate.Writer {
	d := deflaters.Get().(*flate.Writer)
	d.Reset(w)
	return d
}

// returning is a deflater that goes back when it is closed.
type returning struct{ *flate.Writer }

func (r returning) Close() error {
	defer deflaters.Put(r.Writer)
	return r.Writer.Close()
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
