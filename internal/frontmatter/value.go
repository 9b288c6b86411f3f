package frontmatter

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// Named is one entry of a map from names to numbers.
type Named struct {
	Name  string
	N     int
	Given bool // false: the number was left open
}

// YesNo are the values of a key whose value is a bool.
var YesNo = []string{"是", "否"}

// TextOf is a value as it is typed, empty if it states nothing; v is what a
// key's At gives. Names come in sorted order, so that equal values have equal
// texts.
func TextOf(v any) string {
	switch v := v.(type) {
	case *string:
		return *v
	case *int:
		return number(*v)
	case *bool:
		if *v {
			return YesNo[0]
		}
		return YesNo[1]
	case *[]string:
		return strings.Join(slices.Sorted(slices.Values(*v)), "、")
	case fmt.Stringer: // dates, months, quarters
		return v.String()
	}
	return ""
}

// Text is the value of a key of owner as text, with its default.
func (k *Key) Text(owner any) string { return cmp.Or(TextOf(k.At(owner)), k.Default) }

// Same reports whether two values of a key are equal, names in any order.
func Same(a, b any) bool {
	switch a := a.(type) {
	case *string:
		return *a == *b.(*string)
	case *int:
		return *a == *b.(*int)
	case *workday.Date:
		return *a == *b.(*workday.Date)
	case *[]string:
		return SameMultiset(*a, *b.(*[]string))
	}
	return TextOf(a) == TextOf(b)
}

// number is n as typed; zero stands for "not stated".
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// fewEnough is the length up to which comparing every pair is faster than
// building a map; case files practically never have longer lists.
const fewEnough = 32

// SameMultiset tells whether both lists hold the same values equally often. It
// allocates only for long lists that are not equal as they stand.
func SameMultiset[T comparable](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	if slices.Equal(a, b) {
		return true
	}
	if len(a) > fewEnough {
		left := make(map[T]int, len(a))
		for _, v := range a {
			left[v]++
		}
		for _, v := range b {
			if left[v]--; left[v] < 0 {
				return false
			}
		}
		return true
	}
	var taken [fewEnough]bool
next:
	for _, v := range a {
		for j := range b {
			if !taken[j] && b[j] == v {
				taken[j] = true
				continue next
			}
		}
		return false
	}
	return true
}

// stated are the keys of owner that state something, as a tree to write.
func stated(keys []Key, owner any) []*entry {
	var list []*entry
	for i := range keys {
		if v := keys[i].tree(owner); v != nil {
			list = append(list, &entry{key: keys[i].Name, value: v})
		}
	}
	return list
}

// tree is the value of a key of owner as a tree to write, nil if it states
// nothing.
func (k *Key) tree(owner any) *value {
	switch k.Shape {
	case Record:
		if parts := stated(k.Fields, k.At(owner)); parts != nil {
			return &value{kind: yamltext.Map, parts: parts}
		}
		return nil
	case Records, ByUnit:
		v := &value{kind: yamltext.List}
		if k.Shape == ByUnit {
			v.kind = yamltext.Map
		}
		for i := range k.List.Len(owner) {
			record := k.List.At(owner, i)
			e := &entry{value: &value{kind: yamltext.Map, parts: stated(k.Fields, record)}}
			if k.Shape == ByUnit {
				e.key = *k.List.Unit(record)
			}
			v.parts = append(v.parts, e)
		}
		return v.orNil()
	case Many:
		v := &value{kind: yamltext.List}
		for _, name := range *k.At(owner).(*[]string) {
			v.parts = append(v.parts, &entry{value: scalar(name)})
		}
		return v.orNil()
	case Counts:
		v := &value{kind: yamltext.Map}
		for _, c := range *k.At(owner).(*[]Named) {
			e := &entry{key: c.Name}
			if c.Given {
				e.value = scalar(strconv.Itoa(c.N))
			}
			v.parts = append(v.parts, e)
		}
		return v.orNil()
	}
	return scalar(k.Text(owner))
}

// orNil is nil for a value without parts.
func (v *value) orNil() *value {
	if len(v.parts) == 0 {
		return nil
	}
	return v
}
