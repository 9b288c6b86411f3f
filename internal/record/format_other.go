package record

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// FormatMatter is Format for a file of another kind than a case: as PrintMatter
// writes it, with the body as it stands but for its line ends.
func FormatMatter(keys []Key, src []byte, canon func(string) string) ([]byte, []problem.Problem) {
	f := form{
		keys:     keys,
		canon:    canon,
		problems: func(src []byte) []problem.Problem { return ReadMatter(keys, src, canon).Problems },
		body:     func(w *writer, p parts) { w.matterBody(p.body) },
		same: func(before, after source) bool {
			return sameMatter(readMatter(keys, before, canon), readMatter(keys, after, canon))
		},
	}
	return f.format(src)
}

// sameMatter reports whether two files state the same.
func sameMatter(a, b *Matter) bool {
	return a.Unreadable == b.Unreadable && a.Body == b.Body &&
		reflect.DeepEqual(stated(a.Fields), stated(b.Fields)) && reflect.DeepEqual(suppressed(a), suppressed(b))
}

// stated leaves out what states nothing.
func stated(f Fields) Fields {
	out := Fields{}
	for key, v := range f {
		if len(v.Names) == 0 {
			v.Names = nil
		}
		if len(v.Counts) == 0 {
			v.Counts = nil
		}
		var records []Fields
		for _, r := range v.Records {
			if r = stated(r); len(r) > 0 {
				records = append(records, r)
			}
		}
		v.Records = records
		if !reflect.DeepEqual(v, Field{}) {
			out[key] = v
		}
	}
	return out
}

// suppressed are the suppressions of a file, wherever they stand.
func suppressed(m *Matter) []string {
	list := map[string]bool{}
	for _, s := range m.Suppressions {
		list[strings.Join([]string{s.Rule, s.Key, s.Reason}, "\n")] = true
	}
	return slices.Sorted(maps.Keys(list))
}

// undashed is a map of numbers whose lines were typed as those of a list; nil
// if it is none, or comments stand between them.
func undashed(v *yamltext.Node) *yamltext.Node {
	fields, dashed := countFields(v)
	if v.Kind != yamltext.List || !dashed {
		return nil
	}
	for _, item := range v.Items {
		if item.Comments != nil || item.Fields[0].Value.Comments != nil {
			return nil
		}
	}
	m := *v
	m.Kind, m.Items, m.Fields = yamltext.Map, nil, fields
	return &m
}

// counts converts a map from names to numbers.
func (f *formatter) counts(e *entry, n *yamltext.Node) {
	e.value = f.record(n, nil)
	for i, part := range e.value.parts {
		number := n.Fields[i].Value
		if number.Kind != yamltext.Scalar || number.Text == "" {
			continue
		}
		if fixed, ok := mendNumber(number.Text); ok {
			part.value = scalar(fixed)
		}
	}
	f.settle(e, n, "", false)
}
