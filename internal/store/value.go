package store

import (
	"encoding/binary"
	"reflect"
	"time"

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

// value reads into v what the writer's value wrote.
func (r *flatReader) value(v reflect.Value, seen *[]reflect.Value) {
	if r.bad {
		return
	}
	if v.Type() == timeType {
		v.Set(reflect.ValueOf(time.Unix(r.signed(), 0).In(workday.Shanghai)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.str())
	case reflect.Bool:
		v.SetBool(r.below(2) == 1)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(r.signed())
	case reflect.Uint8:
		v.SetUint(uint64(r.below(256)))
	case reflect.Slice:
		n := r.number() - 1
		if n < 0 {
			return
		}
		if n > len(r.rest) { // nothing takes less than a byte
			r.bad = true
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			r.value(v.Index(i), seen)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			r.value(v.Field(i), seen)
		}
	case reflect.Pointer:
		n := r.number() - 1
		switch {
		case n < 0:
		case n < len(*seen) && (*seen)[n].Type() == v.Type():
			v.Set((*seen)[n])
		case n == len(*seen):
			p := reflect.New(v.Type().Elem())
			*seen = append(*seen, p)
			v.Set(p)
			r.value(p.Elem(), seen)
		default:
			r.bad = true
		}
	}
}

func (r *flatReader) signed() int64 {
	n, size := binary.Varint(r.rest)
	if r.bad || size <= 0 {
		r.bad = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}
