package frontmatter

import (
	"cmp"
	"strings"

	"suqiu/internal/slip"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// formatter turns the tree that was read into the tree to write. It mends
// values as the decoder reads them, so that both say the same, and keeps what
// the decoder does not understand as it was typed.
type formatter struct {
	decoder
}

// top converts the top keys. Keys that stand indented below an empty one by
// mistake become the top keys as which they are read.
func (f *formatter) top(root *yamltext.Node) []*entry {
	var out []*entry
	for i := range root.Fields {
		top := &root.Fields[i]
		k := Find(f.schema.Keys, top.Key)
		if k == nil || !k.hoists(top) || !f.misplaced(top) {
			out = append(out, f.field(top, k))
			continue
		}
		out = append(out, f.field(&yamltext.Field{Key: top.Key, Value: &yamltext.Node{Comments: top.Value.Comments}},
			nil))
		for j := range top.Value.Fields {
			out = append(out, f.field(&top.Value.Fields[j], Find(f.schema.Keys, top.Value.Fields[j].Key)))
		}
	}
	return out
}

// field converts a field; k is nil for an unknown key.
func (f *formatter) field(from *yamltext.Field, k *Key) *entry {
	e := f.noted(from.Value)
	e.key = from.Key
	if k == nil {
		e.value = f.untouched(from.Value)
		f.settle(e, from.Value, "", false)
		return e
	}
	switch {
	case k.Shape == One && from.Value.Kind == yamltext.Scalar:
		f.one(e, from, k)
	case k.Shape == Many && from.Value.Kind != yamltext.Map:
		f.many(e, from, k)
	case k.Shape == Record && from.Value.Kind == yamltext.Map:
		e.value = f.record(from.Value, k.Fields)
		f.settle(e, from.Value, "", false)
	case k.Shape == Records && from.Value.Kind != yamltext.Scalar:
		f.records(e, from.Value, k)
	case k.Shape == ByUnit && from.Value.Kind == yamltext.Map:
		f.units(e, from.Value, k)
	case k.Shape == Counts && from.Value.Kind == yamltext.Map:
		f.counts(e, from.Value)
	case k.Shape == Counts && undashed(from.Value) != nil:
		f.counts(e, undashed(from.Value))
	default:
		e.value = f.untouched(from.Value)
		f.settle(e, from.Value, "", false)
	}
	return e
}

// noted is an entry with the whole-line comments of a value.
func (f *formatter) noted(n *yamltext.Node) *entry {
	return &entry{above: texts(n.Head()), below: texts(n.Foot())}
}

// untouched converts a value that the schema does not know.
func (f *formatter) untouched(n *yamltext.Node) *value {
	switch n.Kind {
	case yamltext.List:
		v := &value{kind: yamltext.List}
		for _, item := range n.Items {
			e := f.noted(item)
			e.value = f.untouched(item)
			f.settle(e, item, "", false)
			v.parts = append(v.parts, e)
		}
		return v
	case yamltext.Map:
		return f.record(n, nil)
	}
	return scalar(n.Text)
}

// record converts a map whose keys are those given.
func (f *formatter) record(n *yamltext.Node, keys []Key) *value {
	v := &value{kind: yamltext.Map}
	for i := range n.Fields {
		v.parts = append(v.parts, f.field(&n.Fields[i], Find(keys, n.Fields[i].Key)))
	}
	return v
}

// one converts a scalar of a known key.
func (f *formatter) one(e *entry, from *yamltext.Field, k *Key) {
	n := from.Value
	text := f.whole(place{k, from, func() string { return k.Name }}, n)
	joined := text != n.Text // a # that was part of the text
	switch k.Type {
	case Unit:
		if text != "" && !strings.ContainsAny(text, "、，,;；") {
			text = f.unit(text)
		}
	case Day:
		if _, err := workday.Parse(text); err != nil {
			if fixed := slip.Date(text); fixed != "" {
				text = fixed
			}
		}
	case Month:
		text = cmp.Or(slip.Month(text), text)
	case Quarter:
		text = cmp.Or(slip.Quarter(text), text)
	case Points:
		if fixed, ok := slip.Points(text); ok {
			text = fixed
		}
	}
	e.value = scalar(text)
	if !joined {
		f.settle(e, n, text, k.Type != Enum && k.Type != Day && k.Type != Count)
	} else {
		f.settleFoot(e)
	}
}

// many converts a list of names, also one that was typed as `甲、乙`.
func (f *formatter) many(e *entry, from *yamltext.Field, k *Key) {
	n := from.Value
	e.value = &value{kind: yamltext.List}
	if n.Kind == yamltext.Scalar {
		text := f.whole(place{k, from, func() string { return k.Name }}, n)
		for _, name := range f.splitNames(text, k) {
			e.value.parts = append(e.value.parts, &entry{value: scalar(name)})
		}
		if text != n.Text {
			f.settleFoot(e)
			return
		}
		f.settle(e, n, "", false)
		return
	}
	for _, item := range n.Items {
		part := f.noted(item)
		names := []string{""}
		joined := false
		if item.Kind == yamltext.Scalar && item.Text != "" {
			text := f.whole(place{k, from, func() string { return k.Name }}, item)
			joined = text != item.Text
			names = f.splitNames(text, k)
		}
		if item.Kind != yamltext.Scalar {
			part.value = f.untouched(item)
		} else if len(names) > 0 {
			part.value = scalar(names[0])
		}
		if joined {
			f.settleFoot(part)
		} else {
			f.settle(part, item, "", false)
		}
		e.value.parts = append(e.value.parts, part)
		for _, name := range names[min(1, len(names)):] {
			e.value.parts = append(e.value.parts, &entry{value: scalar(name)})
		}
	}
	f.settle(e, n, "", false)
}

// splitNames cuts names apart as the decoder does.
func (f *formatter) splitNames(text string, k *Key) []string {
	if k.Type == Unit {
		text = strings.NewReplacer("，", "、", ",", "、", ";", "、", "；", "、").Replace(text)
	}
	var out []string
	for name := range strings.SplitSeq(text, "、") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if k.Type == Unit {
			name = f.unit(name)
		}
		out = append(out, name)
	}
	return out
}

// records converts a list of records; a single record whose dash was forgotten
// becomes the one item of the list.
func (f *formatter) records(e *entry, n *yamltext.Node, k *Key) {
	e.value = &value{kind: yamltext.List}
	if n.Kind == yamltext.Map {
		if len(n.Fields) > 0 {
			e.value.parts = []*entry{{value: f.record(n, k.Fields)}}
		}
		f.settle(e, n, "", false)
		return
	}
	for _, item := range n.Items {
		part := f.noted(item)
		if item.Kind == yamltext.Map {
			part.value = f.record(item, k.Fields)
		} else {
			part.value = f.untouched(item)
		}
		f.settle(part, item, "", false)
		e.value.parts = append(e.value.parts, part)
	}
	f.settle(e, n, "", false)
}

// units converts 协办反馈. What stands right behind a unit is its 结果.
func (f *formatter) units(e *entry, n *yamltext.Node, k *Key) {
	e.value = &value{kind: yamltext.Map}
	for i := range n.Fields {
		from := &n.Fields[i]
		unit := f.noted(from.Value)
		unit.key = f.unit(from.Key)
		switch {
		case from.Value.Kind == yamltext.Map:
			unit.value = f.record(from.Value, k.Fields)
		case from.Value.Kind == yamltext.Scalar && from.Value.Text != "":
			unit.value = &value{kind: yamltext.Map,
				parts: []*entry{{key: k.Fields[0].Name, value: scalar(from.Value.Text)}}}
		default:
			unit.value = f.untouched(from.Value)
		}
		f.settle(unit, from.Value, "", false)
		e.value.parts = append(e.value.parts, unit)
	}
	f.settle(e, n, "", false)
}

// settle puts the comment behind a value where it will be read as one again.
// joins says that the decoder may take a comment for a part of text that a #
// cut off; such a comment goes above its key.
func (f *formatter) settle(e *entry, n *yamltext.Node, text string, joins bool) {
	defer f.settleFoot(e)
	in := n.Inline()
	if in.Text == "" {
		return
	}
	remark := in.Text == "#" || strings.HasPrefix(in.Text, "# ") || strings.HasPrefix(in.Text, "#\t")
	isItem := e.key == "" && e.value != nil && e.value.kind == yamltext.Map && len(e.value.parts) > 0
	if joins && !remark || isItem {
		e.above = append(e.above, in.Text)
		return
	}
	gap := f.gap(in)
	if joins && text != "" {
		gap = max(gap, 2)
	}
	e.eol = strings.Repeat(" ", gap) + in.Text
}

// settleFoot moves comments from below a text of several lines, where they
// would be read as its last lines, to above its key.
func (f *formatter) settleFoot(e *entry) {
	if len(e.below) == 0 || e.value == nil || e.value.kind != yamltext.Scalar {
		return
	}
	if _, lines := yamltext.BlockLines(e.value.text); lines != nil {
		e.above = append(e.above, e.below...)
		e.below = nil
	}
}

// gap is the number of blanks that a person left before a comment, two if that
// cannot be told.
func (f *formatter) gap(c yamltext.Comment) int {
	before, _, ok := strings.Cut(f.line(c.Line), c.Text)
	if !ok || c.Column != len([]rune(before))+1 {
		return 2
	}
	return max(1, len(before)-len(strings.TrimRight(before, " ")))
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
		if fixed, ok := slip.Number(number.Text); ok {
			part.value = scalar(fixed)
		}
	}
	f.settle(e, n, "", false)
}
