package git

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
)

// packIndex is the index of a pack, version 2 (git help gitformat-pack), as it lies in
// its file. go-git reads it into memory, some 30 bytes an object: for a hundred
// thousand landings that is more than everything that is known about them.
type packIndex struct {
	data    []byte // the file
	objects int
}

const (
	indexMagic  = "\xfftOc\x00\x00\x00\x02"
	indexFanout = len(indexMagic)     // 256 numbers: how many names begin with at most that byte
	indexNames  = indexFanout + 4*256 // the names, sorted
	indexTail   = 2 * 20              // checksums of the pack and of all before
	indexObject = 20 + 4 + 4          // name, CRC-32, offset
	farOffset   = uint32(1) << 31     // the offset is in the table of long ones
)

func openIndex(name string) (*packIndex, error) {
	data, release, err := mapFile(name)
	if err != nil {
		return nil, err
	}
	x := &packIndex{data: data}
	if release != nil {
		runtime.AddCleanup(x, func(data []byte) { release(data) }, data)
	}
	return x, x.check()
}

var errIndex = errors.New("malformed pack index")

// check makes sure that no lookup can leave the file.
func (x *packIndex) check() error {
	switch {
	case len(x.data) < indexNames+indexTail:
		return fmt.Errorf("%w: %d bytes", errIndex, len(x.data))
	case string(x.data[:len(indexMagic)]) != indexMagic:
		return fmt.Errorf("%w: not of version 2", errIndex)
	}
	last := 0
	for i := range 256 {
		n := x.fanout(i)
		if n < last {
			return fmt.Errorf("%w: its names are not sorted", errIndex)
		}
		last = n
	}
	x.objects = last
	if size := indexNames + last*indexObject + indexTail; len(x.data) < size || (len(x.data)-size)%8 != 0 {
		return fmt.Errorf("%w: %d bytes for %d objects", errIndex, len(x.data), last)
	}
	return nil
}

func (x *packIndex) fanout(i int) int {
	return int(binary.BigEndian.Uint32(x.data[indexFanout+4*i:]))
}

// offset looks up where in the pack an object lies.
func (x *packIndex) offset(h Hash) (int64, bool) {
	defer runtime.KeepAlive(x) // or the file might be unmapped meanwhile
	i := x.search(h)
	if i >= x.fanout(int(h[0])) || !bytes.Equal(x.name(i), h[:]) {
		return 0, false
	}
	return x.place(i)
}

// search is the number of the first name that does not sort before h.
func (x *packIndex) search(h Hash) int {
	low, high := 0, x.fanout(int(h[0]))
	if h[0] > 0 {
		low = x.fanout(int(h[0]) - 1)
	}
	for low < high {
		mid := int(uint(low+high) >> 1)
		if bytes.Compare(x.name(mid), h[:]) < 0 {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// name is the n-th name, as it lies in the file.
func (x *packIndex) name(n int) []byte {
	at := indexNames + 20*n
	return x.data[at : at+20]
}

// place is the offset of the n-th object.
func (x *packIndex) place(n int) (int64, bool) {
	offsets := x.data[indexNames+24*x.objects : len(x.data)-indexTail]
	at := binary.BigEndian.Uint32(offsets[4*n:])
	if at&farOffset == 0 {
		return int64(at), true
	}
	far := offsets[4*x.objects:]
	if i := 8 * int(at&^farOffset); i+8 <= len(far) {
		return int64(binary.BigEndian.Uint64(far[i:])), true
	}
	return 0, false
}
