// Package store keeps between runs what would take long to make again: it is the
// one place that knows how such a file looks, how it is written and when it counts.
//
// A file is a list of values of one type, encoded by encoding/gob: it leaves out
// what is zero, keeps fields by name, and comes with Go. Of the libraries that
// were measured it reads a case fastest that do without unsafe.
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
	"encoding/gob"
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

// magic begins a file; its last byte is the format.
const magic = "suqiu-K\x01"

// A file is the magic and then frames: eight bytes with the size and the sum of
// what follows. The first frame has the number of the others and the label; each
// of those is a gob of so many values, to be read by a goroutine of its own.
const (
	frameHead = 8
	together  = 512
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
	errDamaged = errors.New("damaged")
)

// frame is where the content of a frame lies.
type frame struct {
	at  int64
	sum uint32
	len int64
}

// Read is all that was written of these values under a name and a label, in no
// order; nil if there is no such file that counts.
func Read[T any](d Dir, name, label string) []T {
	if d.Path == "" {
		return nil
	}
	f, err := os.Open(filepath.Join(d.Path, name))
	if err != nil {
		return nil
	}
	defer f.Close()
	frames, err := d.frames(f, label)
	if err != nil {
		return nil
	}
	lists := make([][]T, len(frames))
	err = parallel.Run(context.Background(), runtime.GOMAXPROCS(0), len(frames), 1, func(items iter.Seq[int]) error {
		for i := range items {
			data, err := frames[i].read(f)
			if err != nil {
				return err
			}
			if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&lists[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return slices.Concat(lists...)
}

// frames are those of the values, if the file is of that label and has them all.
func (d Dir) frames(f *os.File, label string) ([]frame, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || string(head) != magic {
		return nil, errDamaged
	}
	var all []frame
	for at := int64(len(magic)); at < info.Size(); {
		var b [frameHead]byte
		if _, err := f.ReadAt(b[:], at); err != nil {
			return nil, errDamaged
		}
		next := frame{at + frameHead, binary.BigEndian.Uint32(b[4:]), int64(binary.BigEndian.Uint32(b[:]))}
		if at = next.at + next.len; at > info.Size() {
			return nil, errDamaged
		}
		all = append(all, next)
	}
	if len(all) == 0 {
		return nil, errDamaged
	}
	first, err := all[0].read(f)
	if err != nil || !bytes.Equal(first, d.first(len(all)-1, label)) {
		return nil, errDamaged
	}
	return all[1:], nil
}

// first is the content of the first frame.
func (d Dir) first(frames int, label string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(frames)), d.Build+"\n"+label...)
}

func (r frame) read(f *os.File) ([]byte, error) {
	data := make([]byte, r.len)
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
	_ = scratch.File(filepath.Join(d.Path, name), 0o644, func(w io.Writer) error {
		if _, err := io.WriteString(w, magic); err != nil {
			return err
		}
		if err := writeFrame(w, d.first(len(lists), label)); err != nil {
			return err
		}
		var mu sync.Mutex // of w
		return parallel.Run(context.Background(), runtime.GOMAXPROCS(0), len(lists), 1, func(items iter.Seq[int]) error {
			for i := range items {
				var data bytes.Buffer
				if err := gob.NewEncoder(&data).Encode(lists[i]); err != nil {
					return err
				}
				mu.Lock()
				err := writeFrame(w, data.Bytes())
				mu.Unlock()
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}
