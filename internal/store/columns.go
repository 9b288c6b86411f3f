package store

import (
	"encoding/binary"
	"reflect"
	"slices"
	"time"
)

// codec writes a list of values or reads it again, by columns: of each field the
// numbers of all values lie together, without those that are zero. Most are, and
// they take no time; the values of a field that is a list or a pointer are made in
// one piece of memory for all that have it.
type codec struct {
	reading bool
	columns []byte // written, or left to read
	numbers map[string]uint64
	texts   []string // each once; a text is told by its number here
	room    []int    // of the last lengths
	err     error
}

// encode is what decode reads.
func encode[T any](list []T) ([]byte, error) {
	c := &codec{numbers: map[string]uint64{"": 0}, texts: []string{""}}
	c.list(reflect.ValueOf(list))
	data := binary.AppendUvarint(nil, uint64(len(list)))
	data = binary.AppendUvarint(data, uint64(len(c.texts)))
	for _, text := range c.texts {
		data = binary.AppendUvarint(data, uint64(len(text)))
	}
	for _, text := range c.texts {
		data = append(data, text...)
	}
	return append(data, c.columns...), c.err
}

// decode reads what encode has written of values of this type.
func decode[T any](data []byte) ([]T, error) {
	c := &codec{reading: true, columns: data}
	list := make([]T, c.next())
	lengths, sum := make([]int, c.next()), 0
	for i := range lengths {
		lengths[i] = int(c.next())
		sum += lengths[i]
	}
	if sum > len(c.columns) {
		return nil, errDamaged
	}
	whole := string(c.columns[:sum]) // all texts are parts of it
	c.columns = c.columns[sum:]
	for _, n := range lengths {
		c.texts = append(c.texts, whole[:n])
		whole = whole[n:]
	}
	c.list(reflect.ValueOf(list))
	return list, c.err
}

// list writes or reads the elements of a slice.
func (c *codec) list(list reflect.Value) {
	if list.Len() > 0 {
		c.column(list.Type().Elem(), list.Len(), list.Index)
	}
}

// column writes or reads n values of a type, and whether they are of that type.
func (c *codec) column(t reflect.Type, n int, at func(int) reflect.Value) {
	switch {
	case t == reflect.TypeFor[time.Time](): // whose fields nobody sees
		c.strings(n, func(i int) string {
			text, err := at(i).Interface().(time.Time).MarshalBinary()
			c.fail(err)
			return string(text)
		}, func(i int, text string) { c.fail(at(i).Addr().Interface().(*time.Time).UnmarshalBinary([]byte(text))) })
	case t.Kind() == reflect.Struct:
		for f := range t.NumField() {
			field := t.Field(f)
			if c.same(field.Name+" "+field.Type.String()) && field.IsExported() {
				c.column(field.Type, n, func(i int) reflect.Value { return at(i).Field(f) })
			}
		}
	case t.Kind() == reflect.String:
		c.strings(n, func(i int) string { return at(i).String() }, func(i int, text string) { at(i).SetString(text) })
	case t.Kind() == reflect.Bool:
		c.ints(n, func(i int) uint64 { return count(at(i).Bool()) }, func(i int, _ uint64) { at(i).SetBool(true) })
	case at(0).CanInt():
		c.ints(n, func(i int) uint64 { return uint64(at(i).Int()) }, func(i int, v uint64) { at(i).SetInt(int64(v)) })
	case at(0).CanUint():
		c.ints(n, func(i int) uint64 { return at(i).Uint() }, func(i int, v uint64) { at(i).SetUint(v) })
	case t.Kind() == reflect.Array && t.Elem().Kind() == reflect.Uint8:
		c.strings(n, func(i int) string { return string(at(i).Bytes()) },
			func(i int, text string) { reflect.Copy(at(i), reflect.ValueOf([]byte(text))) })
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		c.bytes(n, at)
	case t.Kind() == reflect.Slice:
		c.slices(t, n, at)
	case t.Kind() == reflect.Pointer:
		c.pointers(t, n, at)
	case t.Kind() == reflect.Map:
		c.maps(t, n, at)
	default:
		c.fail(errKind)
	}
}

// bytes writes or reads n byte slices. They do not lie among the texts: one text
// that is held keeps all of them in memory, and the hashes of a repository are many.
func (c *codec) bytes(n int, at func(int) reflect.Value) {
	lengths, sum := c.lengths(n, func(i int) uint64 { return uint64(at(i).Len()) })
	defer c.done(lengths)
	if !c.reading {
		each(lengths, func(i, _, _ int) { c.columns = append(c.columns, at(i).Bytes()...) })
		return
	}
	if sum < 0 || sum > len(c.columns) {
		c.fail(errDamaged)
		return
	}
	all := slices.Clone(c.columns[:sum])
	c.columns = c.columns[sum:]
	each(lengths, func(i, from, to int) { at(i).SetBytes(all[from:to:to]) })
}

func (c *codec) slices(t reflect.Type, n int, at func(int) reflect.Value) {
	lengths, sum := c.lengths(n, func(i int) uint64 { return uint64(at(i).Len()) })
	all := reflect.MakeSlice(t, sum, sum)
	each(lengths, func(i, from, to int) {
		if part := all.Slice3(from, to, to); c.reading {
			at(i).Set(part)
		} else {
			reflect.Copy(part, at(i))
		}
	})
	c.done(lengths)
	c.list(all)
}

func (c *codec) pointers(t reflect.Type, n int, at func(int) reflect.Value) {
	lengths, sum := c.lengths(n, func(i int) uint64 { return count(!at(i).IsNil()) })
	all := reflect.MakeSlice(reflect.SliceOf(t.Elem()), sum, sum)
	each(lengths, func(i, from, _ int) {
		if c.reading {
			at(i).Set(all.Index(from).Addr())
		} else {
			all.Index(from).Set(at(i).Elem())
		}
	})
	c.done(lengths)
	c.list(all)
}

func (c *codec) maps(t reflect.Type, n int, at func(int) reflect.Value) {
	lengths, sum := c.lengths(n, func(i int) uint64 { return uint64(at(i).Len()) })
	keys := reflect.MakeSlice(reflect.SliceOf(t.Key()), sum, sum)
	values := reflect.MakeSlice(reflect.SliceOf(t.Elem()), sum, sum)
	if !c.reading {
		each(lengths, func(i, from, _ int) {
			for entry := at(i).MapRange(); entry.Next(); from++ {
				keys.Index(from).Set(entry.Key())
				values.Index(from).Set(entry.Value())
			}
		})
	}
	c.list(keys)
	c.list(values)
	if c.reading {
		each(lengths, func(i, from, to int) {
			at(i).Set(reflect.MakeMapWithSize(t, to-from))
			for ; from < to; from++ {
				at(i).SetMapIndex(keys.Index(from), values.Index(from))
			}
		})
	}
}

// lengths writes or reads how many elements each value has; sum is how many all have.
func (c *codec) lengths(n int, get func(i int) uint64) (list []int, sum int) {
	list = append(c.room[:0], make([]int, n)...)
	c.room = nil
	c.ints(n, func(i int) uint64 {
		list[i] = int(get(i))
		return uint64(list[i])
	}, func(i int, v uint64) { list[i] = int(v) })
	for _, length := range list {
		sum += length
	}
	return list, sum
}

// done gives back the room of lengths that are asked for no more.
func (c *codec) done(lengths []int) { c.room = lengths }

// each calls fn with where the elements of each value lie that has any.
func each(lengths []int, fn func(i, from, to int)) {
	from := 0
	for i, length := range lengths {
		if length > 0 {
			fn(i, from, from+length)
			from += length
		}
	}
}

func count(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// strings writes n texts by their numbers, or reads those that are not empty.
func (c *codec) strings(n int, get func(i int) string, set func(i int, text string)) {
	c.ints(n, func(i int) uint64 {
		text := get(i)
		number, known := c.numbers[text]
		if !known {
			number = uint64(len(c.texts))
			c.numbers[text] = number
			c.texts = append(c.texts, text)
		}
		return number
	}, func(i int, v uint64) {
		if v >= uint64(len(c.texts)) {
			c.fail(errDamaged)
			return
		}
		set(i, c.texts[v])
	})
}

// ints writes n numbers, or reads those that are not zero: each after how far it
// lies behind the one before, and a zero after the last.
func (c *codec) ints(n int, get func(i int) uint64, set func(i int, v uint64)) {
	last := -1
	if !c.reading {
		for i := range n {
			if v := get(i); v != 0 {
				c.columns = binary.AppendUvarint(binary.AppendUvarint(c.columns, uint64(i-last)), v)
				last = i
			}
		}
		c.columns = append(c.columns, 0)
		return
	}
	for gap := c.next(); gap != 0; gap = c.next() {
		if last += int(gap); last < 0 || last >= n {
			c.fail(errDamaged)
			return
		}
		set(last, c.next())
	}
}

// next reads a number; zero if there is none.
func (c *codec) next() uint64 {
	v, size := binary.Uvarint(c.columns)
	if size <= 0 {
		c.fail(errDamaged)
		return 0
	}
	c.columns = c.columns[size:]
	return v
}

// same writes a text, or reads whether it was written.
func (c *codec) same(text string) bool {
	if !c.reading {
		c.columns = append(c.columns, text...)
		return true
	}
	if len(c.columns) < len(text) || string(c.columns[:len(text)]) != text {
		c.fail(errDamaged)
		return false
	}
	c.columns = c.columns[len(text):]
	return true
}

// fail notes the first error.
func (c *codec) fail(err error) {
	if c.err == nil {
		c.err = err
	}
	if err != nil && c.reading {
		c.columns = nil
	}
}
