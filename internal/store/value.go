package store

import (
	"encoding/binary"
	"reflect"
	"sync"
	"time"
	"unsafe"

	"suqiu/internal/workday"
)

// A value of any type that is made of numbers, texts, times, lists and pointers
// is written field by field, so that a field added to a case is kept as well.
// What two pointers share is written once, and shared again when it is read. A
// value of another type makes the writer unfit.

var timeType = reflect.TypeFor[time.Time]()

type pointer struct {
	typ reflect.Type
	at  uintptr
}

// value writes v; seen are the pointers written before, in order.
func (w *flatWriter) value(v reflect.Value, seen map[pointer]int) {
	if v.Type() == timeType {
		w.body = binary.AppendVarint(w.body, v.Interface().(time.Time).Unix())
		return
	}
	switch v.Kind() {
	case reflect.String:
		w.str(v.String())
	case reflect.Bool:
		n := 0
		if v.Bool() {
			n = 1
		}
		w.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.body = binary.AppendVarint(w.body, v.Int())
	case reflect.Uint8:
		w.number(int(v.Uint()))
	case reflect.Slice:
		if v.IsNil() {
			w.number(0)
			return
		}
		w.number(v.Len() + 1)
		for i := range v.Len() {
			w.value(v.Index(i), seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			w.value(v.Field(i), seen)
		}
	case reflect.Pointer:
		if v.IsNil() {
			w.number(0)
			return
		}
		p := pointer{v.Type(), v.Pointer()}
		n, known := seen[p]
		if !known {
			n = len(seen)
			seen[p] = n
		}
		w.number(n + 1)
		if !known {
			w.value(v.Elem(), seen)
		}
	default:
		w.unfit = true
	}
}

// layout is how a type lies in memory. Going through a type by reflection for
// each of some ten thousand values would take most of the time of reading them.
type layout struct {
	number int // among all
	typ    reflect.Type
	many   reflect.Type // the type of a list of them
	kind   reflect.Kind
	fields []field // of a struct
	elem   *layout // of a list or pointer
}

type field struct {
	offset uintptr
	*layout
}

var layouts = struct {
	sync.Mutex
	known map[reflect.Type]*layout
}{known: map[reflect.Type]*layout{}}

// layoutOf is that of a type.
func layoutOf(t reflect.Type) *layout {
	layouts.Lock()
	defer layouts.Unlock()
	return lay(t)
}

func lay(t reflect.Type) *layout {
	if l := layouts.known[t]; l != nil {
		return l
	}
	l := &layout{number: len(layouts.known), typ: t, many: reflect.SliceOf(t), kind: t.Kind()}
	layouts.known[t] = l // before its parts: a type may hold pointers to itself
	switch {
	case t == timeType:
	case l.kind == reflect.Struct:
		for i := range t.NumField() {
			l.fields = append(l.fields, field{t.Field(i).Offset, lay(t.Field(i).Type)})
		}
	case l.kind == reflect.Slice, l.kind == reflect.Pointer:
		l.elem = lay(t.Elem())
	}
	return l
}

// shared is what a pointer leads to that was read before.
type shared struct {
	of *layout
	at unsafe.Pointer
}

// value reads into p, where a value of that layout lies, what the writer's value
// wrote.
func (r *flatReader) value(p unsafe.Pointer, l *layout) {
	switch l.kind {
	case reflect.String:
		*(*string)(p) = r.str()
	case reflect.Bool:
		*(*bool)(p) = r.below(2) == 1
	case reflect.Int:
		*(*int)(p) = int(r.signed())
	case reflect.Int8:
		*(*int8)(p) = int8(r.signed())
	case reflect.Int16:
		*(*int16)(p) = int16(r.signed())
	case reflect.Int32:
		*(*int32)(p) = int32(r.signed())
	case reflect.Int64:
		*(*int64)(p) = r.signed()
	case reflect.Uint8:
		*(*uint8)(p) = uint8(r.below(256))
	case reflect.Struct:
		if l.typ == timeType {
			*(*time.Time)(p) = time.Unix(r.signed(), 0).In(workday.Shanghai)
			return
		}
		for i := range l.fields {
			if f := &l.fields[i]; !r.bad {
				r.value(unsafe.Add(p, f.offset), f.layout)
			}
		}
	case reflect.Slice:
		r.list(p, l)
	case reflect.Pointer:
		r.pointer(p, l)
	}
}

func (r *flatReader) list(p unsafe.Pointer, l *layout) {
	n := r.number() - 1
	if n < 0 {
		return
	}
	if n > len(r.rest) { // nothing takes less than a byte
		r.bad = true
		return
	}
	at := r.make(l.elem, n)
	*(*list)(p) = list{at, n, n}
	for i := range n {
		if !r.bad {
			r.value(unsafe.Add(at, uintptr(i)*l.elem.typ.Size()), l.elem)
		}
	}
}

// list is how a list lies in memory.
type list struct {
	at       unsafe.Pointer
	len, cap int
}

// slab is memory for many values of one type.
type slab struct {
	at   unsafe.Pointer
	left int
}

// slabBytes is the size of a slab.
const slabBytes = 32 << 10

// make makes room for n values. Those of what is kept whole lie in slabs: among
// others that are kept as long, they need no piece of memory each.
func (r *flatReader) make(l *layout, n int) unsafe.Pointer {
	size := int(l.typ.Size())
	if !r.whole || n*size > slabBytes/4 || n*size == 0 {
		return reflect.MakeSlice(l.many, n, n).UnsafePointer()
	}
	if l.number >= len(r.slabs) {
		r.slabs = append(r.slabs, make([]slab, l.number+1-len(r.slabs))...)
	}
	s := &r.slabs[l.number]
	if s.left < n {
		s.left = slabBytes / size
		s.at = reflect.MakeSlice(l.many, s.left, s.left).UnsafePointer()
	}
	at := s.at
	if s.left -= n; s.left > 0 {
		s.at = unsafe.Add(s.at, n*size)
	}
	return at
}

func (r *flatReader) pointer(p unsafe.Pointer, l *layout) {
	n := r.number() - 1
	switch {
	case n < 0:
	case n < len(r.seen) && r.seen[n].of == l.elem:
		*(*unsafe.Pointer)(p) = r.seen[n].at
	case n == len(r.seen):
		made := r.make(l.elem, 1)
		r.seen = append(r.seen, shared{l.elem, made})
		*(*unsafe.Pointer)(p) = made
		r.value(made, l.elem)
	default:
		r.bad = true
	}
}

func (r *flatReader) signed() int64 {
	if len(r.rest) > 0 && r.rest[0] < 0x80 && !r.bad { // as most are
		n := int64(r.rest[0])
		r.rest = r.rest[1:]
		return n>>1 ^ -(n & 1)
	}
	n, size := binary.Varint(r.rest)
	if r.bad || size <= 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}
