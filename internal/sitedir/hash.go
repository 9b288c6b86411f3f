package sitedir

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// InputHash is a digest of all that a file, or a chunk of one, is made of, beside
// what all files are made of alike; the zero one stands for what cannot be told.
type InputHash [16]byte

// Key names a chunk that is made of that; empty: nothing does.
func (b InputHash) Key() string {
	if b == (InputHash{}) {
		return ""
	}
	return fmt.Sprintf("%x", b[:])
}

// Hasher gathers what a file is made of.
type Hasher struct {
	all     []byte
	unknown bool
}

// NewHasher begins with some texts.
func NewHasher(texts ...string) *Hasher {
	r := &Hasher{all: make([]byte, 0, 256)}
	r.Texts(texts...)
	return r
}

// Texts adds texts.
func (r *Hasher) Texts(texts ...string) {
	for _, s := range texts {
		r.Number(len(s))
		r.all = append(r.all, s...)
	}
}

// Number adds a number.
func (r *Hasher) Number(n int) { r.all = binary.BigEndian.AppendUint64(r.all, uint64(n)) }

// Add adds another hash; what is made of the unknown is unknown.
func (r *Hasher) Add(b InputHash) {
	r.unknown = r.unknown || b == InputHash{}
	r.all = append(r.all, b[:]...)
}

// Sum is the hash of what was added.
func (r *Hasher) Sum() (b InputHash) {
	if sum := sha256.Sum256(r.all); !r.unknown {
		copy(b[:], sum[:])
	}
	return b
}
