// Package gitindex reads Git's index, the list of what the next commit will hold,
// as Git reads it: go-git's decoder knows no index without a checksum
// (index.skipHash), no sparse and no split one.
package gitindex

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// Read reads an index; one that is not there has nothing.
func Read(name string) (*index.Index, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &index.Index{}, nil // nothing was ever added
	}
	if err != nil {
		return nil, err
	}
	return decode(data, filepath.Dir(name))
}

// decode reads an index of a folder. go-git refuses the extensions that a
// reader must understand: they are given names that it may pass over, and what
// they say is done here.
func decode(data []byte, folder string) (*index.Index, error) {
	data = bytes.Clone(data)
	if err := summed(data); err != nil {
		return nil, err
	}
	idx, err := decoded(data)
	if err == nil {
		return idx, nil
	}
	hideExtension(data, "sdir")
	link := hideExtension(data, "link")
	if idx, err = decoded(data); err != nil || link == nil {
		return idx, err
	}
	return unsplit(idx, link, folder)
}

var errIndex = errors.New("malformed index")

// summed writes the checksum if Git was told not to (index.skipHash).
func summed(data []byte) error {
	n := len(data) - sha1.Size
	if n < 12 {
		return errIndex
	}
	if bytes.Equal(data[n:], make([]byte, sha1.Size)) {
		sum := sha1.Sum(data[:n])
		copy(data[n:], sum[:])
	}
	return nil
}

func decoded(data []byte) (idx *index.Index, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("malformed data: %v", p)
		}
	}()
	idx = &index.Index{}
	return idx, index.NewDecoder(bytes.NewReader(data)).Decode(idx)
}

// hideExtension renames an extension so that a reader may pass over it, and returns its
// content; nil if there is none. Extensions come last, so the last place that looks
// like one of that length is it.
func hideExtension(data []byte, name string) []byte {
	end := len(data) - sha1.Size
	for at := bytes.LastIndex(data[:end], []byte(name)); at >= 0; at = bytes.LastIndex(data[:at], []byte(name)) {
		if at+8 > end {
			continue
		}
		size := int(binary.BigEndian.Uint32(data[at+4:]))
		if at+8+size > end || !extensionsFollow(data[at+8+size:end]) {
			continue
		}
		copy(data[at:], strings.ToUpper(name[:1]))
		sum := sha1.Sum(data[:end])
		copy(data[end:], sum[:])
		return append([]byte{}, data[at+8:at+8+size]...)
	}
	return nil
}

// extensionsFollow reports whether what is left of an index are extensions.
func extensionsFollow(data []byte) bool {
	for len(data) > 0 {
		if len(data) < 8 {
			return false
		}
		size := int(binary.BigEndian.Uint32(data[4:]))
		if size > len(data)-8 {
			return false
		}
		data = data[8+size:]
	}
	return true
}

// unsplit puts a split index together from the entries of the shared one, without those
// that were deleted and with some replaced, and those that were added.
func unsplit(idx *index.Index, link []byte, folder string) (*index.Index, error) {
	if len(link) < sha1.Size {
		return nil, errIndex
	}
	id := link[:sha1.Size]
	if bytes.Equal(id, make([]byte, sha1.Size)) {
		return idx, nil
	}
	shared, err := os.ReadFile(filepath.Join(folder, "sharedindex."+hex.EncodeToString(id)))
	if err != nil {
		return nil, err
	}
	if err := summed(shared); err != nil {
		return nil, err
	}
	hideExtension(shared, "sdir")
	base, err := decoded(shared)
	if err != nil {
		return nil, err
	}
	deleted, rest, err := bitmap(link[sha1.Size:], len(base.Entries))
	if err != nil {
		return nil, err
	}
	replaced, _, err := bitmap(rest, len(base.Entries))
	if err != nil {
		return nil, err
	}
	own := idx.Entries
	for i := range base.Entries {
		if !replaced(i) {
			continue
		}
		if len(own) == 0 {
			return nil, errIndex
		}
		own[0].Name = base.Entries[i].Name
		base.Entries[i], own = own[0], own[1:]
	}
	var list []*index.Entry
	added := map[string]bool{}
	for _, e := range own {
		added[e.Name] = true
	}
	for i, e := range base.Entries {
		if !deleted(i) && !added[e.Name] {
			list = append(list, e)
		}
	}
	list = append(list, own...)
	slices.SortStableFunc(list, func(a, b *index.Entry) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return int(a.Stage) - int(b.Stage)
	})
	idx.Entries = list
	return idx, nil
}

// bitmap reads the first n bits of a compressed bitmap (EWAH), and returns what
// follows it. An empty text has no bit set.
func bitmap(data []byte, n int) (has func(i int) bool, rest []byte, err error) {
	if len(data) == 0 {
		return func(int) bool { return false }, nil, nil
	}
	if len(data) < 8 {
		return nil, nil, errIndex
	}
	count := int(binary.BigEndian.Uint32(data[4:]))
	if count > (len(data)-12)/8 {
		return nil, nil, errIndex
	}
	words := data[8 : 8+8*count]
	set := map[int]bool{}
	for at := 0; len(words) > 0; {
		head := binary.BigEndian.Uint64(words)
		words = words[8:]
		run, literal := int(head>>1&0xffffffff), int(head>>33)
		for end := min(at+64*run, n); head&1 == 1 && at < end; at++ {
			set[at] = true
		}
		if head&1 == 0 {
			at += 64 * run
		}
		for ; literal > 0; literal-- {
			if len(words) == 0 {
				return nil, nil, errIndex
			}
			for bit := range 64 {
				if binary.BigEndian.Uint64(words)>>bit&1 == 1 {
					set[at+bit] = true
				}
			}
			words, at = words[8:], at+64
		}
	}
	return func(i int) bool { return set[i] }, data[12+8*count:], nil
}
