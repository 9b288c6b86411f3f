// Package store keeps between runs what would take long to make again: it is the
// one place that knows how such a file looks, how it is written and when it counts.
//
// A file is a list of values of one type, by columns (see codec): encoding/gob
// allocates each value apart, and a list of 20,000 cases that is warm then takes
// a third more time and 50 MiB more memory.
//
// A file counts if it is whole and says that the same build of the program wrote
// it of the same: its label holds all that every value follows from. What one
// value follows from beside that is told by a fingerprint within the value, which
// its reader compares. A file that does not count is as good as none, and one that
// cannot be written is not written: both cost time, and change nothing.
package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"suqiu/internal/parallel"
	"suqiu/internal/publish"
)

// Dir is the folder in which one build of the program keeps its files; the zero
// one keeps nothing. Where the build is empty, a file outlives its program.
type Dir struct{ Path, Build string }

// Worthwhile is how many values a file must lack before it is written anew: so
// many are made in less time than a large file takes.
const Worthwhile = 64

// magic begins a file; its last byte is the format.
const magic = "suqiu-K\x02"

// A file is the magic and then frames: eight bytes with the size and the sum of
// what follows. The first frame has the number of the others and the label; each
// of those is so many values, to be read by a goroutine of its own.
const (
	frameHead = 8
	together  = 1024
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errDamaged = errors.New("damaged")
	errKind    = errors.New("no kind of value that is kept")
)

// frame is where the content of a frame lies.
type frame struct {
	at  int64
	sum uint32
	len int64
}

// Read is all that was written of these values under a name and a label, in no
// order; nil if there is no such file that counts.
func Read[T any](d Dir, name, label string) []T { return Begin[T](d, name)(label) }

// Begin starts to read a file before its label is known: what it returns waits for
// the values, and gives them if they are of that label.
func Begin[T any](d Dir, name string) func(label string) []T {
	var values []T
	var first []byte
	done := make(chan struct{})
	go func() {
		defer close(done)
		values, first = read[T](d, name)
	}()
	return func(label string) []T {
		<-done
		if string(first) != d.Build+"\n"+label {
			return nil
		}
		return values
	}
}

// read reads the values of a file, and what it is of.
func read[T any](d Dir, name string) (values []T, of []byte) {
	if d.Path == "" {
		return nil, nil
	}
	f, err := os.Open(filepath.Join(d.Path, name))
	if err != nil {
		return nil, nil
	}
	defer f.Close()
	frames, of, err := framesOf(f)
	if err != nil || !bytes.HasPrefix(of, []byte(d.Build+"\n")) {
		return nil, nil
	}
	lists := make([][]T, len(frames))
	err = parallel.Run(context.Background(), runtime.GOMAXPROCS(0), len(frames), 1,
		func(items iter.Seq[int]) (err error) {
			var data []byte
			for i := range items {
				if data, err = frames[i].read(f, data); err != nil {
					return err
				}
				if lists[i], err = decode[T](data); err != nil {
					return err
				}
			}
			return nil
		})
	if err != nil {
		return nil, nil
	}
	return slices.Concat(lists...), of
}

// framesOf are the frames with values of a file, if it has them all, and what it
// is of.
func framesOf(f *os.File) (values []frame, of []byte, err error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || string(head) != magic {
		return nil, nil, errDamaged
	}
	for at := int64(len(magic)); at < info.Size(); {
		var b [frameHead]byte
		if _, err := f.ReadAt(b[:], at); err != nil {
			return nil, nil, errDamaged
		}
		next := frame{at + frameHead, binary.BigEndian.Uint32(b[4:]), int64(binary.BigEndian.Uint32(b[:]))}
		if at = next.at + next.len; at > info.Size() {
			return nil, nil, errDamaged
		}
		values = append(values, next)
	}
	if len(values) == 0 {
		return nil, nil, errDamaged
	}
	first, err := values[0].read(f, nil)
	values = values[1:]
	if err != nil || len(first) < 4 || binary.BigEndian.Uint32(first) != uint32(len(values)) {
		return nil, nil, errDamaged
	}
	return values, first[4:], nil
}

// first is the content of the first frame.
func (d Dir) first(frames int, label string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(frames)), d.Build+"\n"+label...)
}

// read reads a frame into the room of another.
func (r frame) read(f *os.File, room []byte) ([]byte, error) {
	data := slices.Grow(room[:0], int(r.len))[:r.len]
	if _, err := f.ReadAt(data, r.at); err != nil {
		return nil, err
	}
	if crc32.Checksum(data, castagnoli) != r.sum {
		return nil, errDamaged
	}
	return data, nil
}

func writeFrame(w io.Writer, data []byte) error {
	head := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	head = binary.BigEndian.AppendUint32(head, crc32.Checksum(data, castagnoli))
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(data)
	return err
}

// Write puts values in the place of what is there under a name, in one step:
// whoever reads meanwhile, and another who writes, sees one file or the other.
// What cannot be written leaves nothing behind.
func Write[T any](d Dir, name, label string, values []T) {
	if d.Path == "" {
		return
	}
	lists := slices.Collect(slices.Chunk(values, together))
	scratch := publish.Scratch(d.Path)
	err := scratch.File(filepath.Join(d.Path, name), 0o644, func(w io.Writer) error {
		if _, err := io.WriteString(w, magic); err != nil {
			return err
		}
		if err := writeFrame(w, d.first(len(lists), label)); err != nil {
			return err
		}
		var mu sync.Mutex // of w
		return parallel.Run(context.Background(), runtime.GOMAXPROCS(0), len(lists), 1,
			func(items iter.Seq[int]) error {
				for i := range items {
					data, err := encode(lists[i])
					if err != nil {
						return err
					}
					mu.Lock()
					err = writeFrame(w, data)
					mu.Unlock()
					if err != nil {
						return err
					}
				}
				return nil
			})
	})
	if err == nil {
		d.sweep()
	}
}

// sweep removes what earlier versions of the program kept in other formats.
func (d Dir) sweep() {
	entries, _ := os.ReadDir(d.Path)
	for _, e := range entries {
		name := filepath.Join(d.Path, e.Name())
		if !e.Type().IsRegular() || filepath.Ext(name) == ".tmp" {
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		head := make([]byte, len(magic))
		_, err = io.ReadFull(f, head)
		f.Close()
		if err != nil || string(head) != magic {
			_ = os.Remove(name)
		}
	}
}
