package docket

import (
	"slices"
	"unsafe"

	"suqiu/internal/casefile"
	"suqiu/internal/workflow"
)

// keeper moves what is large and lasts of a case into slabs.
type keeper struct {
	contents slab[casefile.Case]
	events   slab[workflow.Event]
	clocks   slab[workflow.Clock]
}

func (k *keeper) keep(c *Case) {
	if c.Case != c.Broken { // whose content is that of the head
		c.Case = k.contents.one(c.Case)
	}
	c.Life.Events, c.Life.Clocks = k.events.keep(c.Life.Events), k.clocks.keep(c.Life.Clocks)
}

// slab holds many small values of one type in few pieces of memory. What a
// docket keeps of its cases is made among ten times as much that it does not
// keep; left where it was made, it would hold all of that memory, full of holes.
type slab[T any] struct{ room []T }

// slabBytes is the size of a piece.
const slabBytes = 64 << 10

// keep copies values into the slab.
func (s *slab[T]) keep(list []T) []T {
	n := len(list)
	if n > len(s.room) {
		whole := slabBytes / int(unsafe.Sizeof(*new(T)))
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
func (s *slab[T]) one(v *T) *T { return &s.keep(unsafe.Slice(v, 1))[0] }
