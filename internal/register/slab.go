package register

import (
	"reflect"
	"slices"
)

// slab holds many small values of one type in few pieces of memory. What a
// register keeps of its cases is made among ten times as much that it does not
// keep; left where it was made, it would hold all of that memory, full of holes.
type slab[T any] struct{ room []T }

// slabBytes is the size of a piece.
const slabBytes = 64 << 10

// keep copies values into the slab.
func (s *slab[T]) keep(list []T) []T {
	n := len(list)
	if n > len(s.room) {
		whole := slabBytes / int(reflect.TypeFor[T]().Size())
		if n > whole/4 {
			return slices.Clone(list)
		}
		s.room = make([]T, whole)
	}
	kept := s.room[:n:n]
	s.room = s.room[n:]
	copy(kept, list)
	return kept
}

// one copies a value into the slab.
func (s *slab[T]) one(v *T) *T { return &s.keep([]T{*v})[0] }
