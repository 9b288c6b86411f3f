package frontmatter

import (
	"slices"
	"strings"

	"suqiu/internal/yamltext"
)

// The canonical form is written from a tree that knows comments. Print builds
// it from a Case, Format from what was typed; the writer is the same, so both
// agree on every blank line.

// value is one value of the tree. A nil value is an absent one.
type value struct {
	kind  yamltext.Kind
	text  string   // Scalar
	parts []*entry // List: items, without key; Map: fields
}

// entry is one field of a map or one item of a list, with its comments.
type entry struct {
	key   string
	value *value
	above []string // comment lines before it, each from its "#"
	eol   string   // comment at the end of its line, with the blanks before it
	below []string // comment lines after its last part, where it has parts
}

func scalar(text string) *value {
	if text == "" {
		return nil
	}
	return &value{kind: yamltext.Scalar, text: text}
}

// blank tells whether a value states nothing.
func (v *value) blank() bool {
	return v == nil || v.kind == yamltext.Scalar && v.text == "" || v.kind != yamltext.Scalar && len(v.parts) == 0
}

// document is the whole front matter in the order to write it.
type document struct {
	groups [][]*entry // separated by blank lines
	footer []string   // comments after the last key
}

// arrange puts the fields of a front matter in canonical order: known keys as
// the schema has them, all present; unknown ones at the end of the group of the
// known key that they follow.
func arrange(keys []Key, fields []*entry, footer []string) document {
	doc := document{footer: footer}
	known := map[string]*entry{}
	unknown := map[int][]*entry{} // by index of their group
	group := 0
	groupOf := map[string]int{}
	for i, key := range keys {
		if key.Break && i > 0 {
			group++
		}
		groupOf[key.Name] = group
	}
	group = 0
	for _, f := range fields {
		if g, ok := groupOf[f.key]; ok {
			known[f.key] = f
			group = g
			continue
		}
		unknown[group] = append(unknown[group], f)
	}
	for i := range keys {
		key := &keys[i]
		if i == 0 || key.Break {
			doc.groups = append(doc.groups, nil)
		}
		last := len(doc.groups) - 1
		if f := arrangeField(known[key.Name], key); f != nil {
			doc.groups[last] = append(doc.groups[last], f)
		}
	}
	for g, fields := range unknown {
		doc.groups[g] = append(doc.groups[g], fields...)
	}
	return doc
}

// arrangeField completes a field: keys of records in order and all present. It
// returns nil for a key that is neither there nor always written. A value that
// has not the shape of its key stays as it was typed.
func arrangeField(f *entry, key *Key) *entry {
	if f == nil {
		if key.Extra {
			return nil
		}
		f = &entry{key: key.Name}
	}
	switch {
	case f.value.blank() && key.Shape != Record:
		f.value = nil
	case f.value.blank():
		f.value = &value{kind: yamltext.Map, parts: arrangeFields(nil, key.Fields)}
	case key.Shape == Record && f.value.kind == yamltext.Map:
		f.value.parts = arrangeFields(f.value.parts, key.Fields)
	case key.Shape == Records && f.value.kind == yamltext.List:
		for _, item := range f.value.parts {
			if item.value != nil && item.value.kind == yamltext.Map {
				item.value.parts = arrangeFields(item.value.parts, key.Fields)
			}
		}
	case key.Shape == ByUnit && f.value.kind == yamltext.Map:
		for _, unit := range f.value.parts {
			if unit.value.blank() {
				unit.value = &value{kind: yamltext.Map}
			}
			if unit.value.kind == yamltext.Map {
				unit.value.parts = arrangeFields(unit.value.parts, key.Fields)
			}
		}
	}
	return f
}

// arrangeFields is arrangeField for the keys of one record; unknown ones go to
// its end.
func arrangeFields(fields []*entry, keys []Key) []*entry {
	ordered := make([]*entry, 0, len(keys))
	for i := range keys {
		at := slices.IndexFunc(fields, func(f *entry) bool { return f.key == keys[i].Name })
		var f *entry
		if at >= 0 {
			f = fields[at]
		}
		if f = arrangeField(f, &keys[i]); f != nil {
			ordered = append(ordered, f)
		}
	}
	for _, f := range fields {
		if Find(keys, f.key) == nil {
			ordered = append(ordered, f)
		}
	}
	return ordered
}

// writer writes YAML in block style.
type writer struct {
	strings.Builder
}

// document writes the front matter with its two lines of dashes.
func (w *writer) document(doc document) {
	w.WriteString("---\n")
	for i, group := range doc.groups {
		if i > 0 {
			w.WriteByte('\n')
		}
		for _, f := range group {
			w.field(f, 0)
		}
	}
	w.comments(doc.footer, 0)
	w.WriteString("---\n")
}

func (w *writer) indent(n int) {
	for range n {
		w.WriteByte(' ')
	}
}

func (w *writer) comments(lines []string, indent int) {
	for _, line := range lines {
		w.indent(indent)
		w.WriteString(line)
		w.WriteByte('\n')
	}
}

// field writes a key with its value, each line indented by at least indent.
func (w *writer) field(f *entry, indent int) {
	w.comments(f.above, indent)
	w.indent(indent)
	w.keyAndValue(f, indent)
}

// Lines are the lines of a key with its value, in a map that is indented by so
// many blanks.
func Lines(key, text string, indent int) []string {
	var w writer
	w.field(&entry{key: key, value: scalar(text)}, indent)
	return strings.Split(strings.TrimSuffix(w.String(), "\n"), "\n")
}

// keyAndValue writes a field whose first line is already indented.
func (w *writer) keyAndValue(f *entry, indent int) {
	w.WriteString(yamltext.InlineScalar(f.key))
	w.WriteByte(':')
	w.valueAfter(f, indent)
}

// valueAfter writes the value of a key or of a list item after its ":" or "-".
func (w *writer) valueAfter(f *entry, indent int) {
	v := f.value
	if v == nil || v.kind == yamltext.Scalar || len(v.parts) == 0 {
		w.scalarAfter(f, indent)
		w.comments(f.below, indent+2)
		return
	}
	w.WriteString(f.eol)
	w.WriteByte('\n')
	apart := spaced(v)
	for i, part := range v.parts {
		if i > 0 && apart {
			w.WriteByte('\n')
		}
		if v.kind == yamltext.Map {
			w.field(part, indent+2)
		} else {
			w.item(part, indent+2)
		}
	}
	w.comments(f.below, indent+2)
}

// scalarAfter writes a scalar, or an empty list or map, and ends its line.
func (w *writer) scalarAfter(f *entry, indent int) {
	v := f.value
	switch {
	case v == nil:
	case v.kind == yamltext.List:
		w.WriteString(" []")
	case v.kind == yamltext.Map:
		w.WriteString(" {}")
	case v.text == "":
	default:
		header, lines := yamltext.BlockLines(v.text)
		if lines == nil {
			w.WriteString(" " + yamltext.InlineScalar(v.text))
			break
		}
		w.WriteString(" " + header + f.eol + "\n")
		for _, line := range lines {
			if line != "" {
				w.indent(indent + 2)
			}
			w.WriteString(line + "\n")
		}
		return
	}
	w.WriteString(f.eol)
	w.WriteByte('\n')
}

// item writes an item of a list. The first field of a map stands on the line
// of the dash, so comments above it go above the dash.
func (w *writer) item(item *entry, indent int) {
	w.comments(item.above, indent)
	v := item.value
	isMap := v != nil && v.kind == yamltext.Map && len(v.parts) > 0
	if isMap {
		w.comments(v.parts[0].above, indent)
	}
	w.indent(indent)
	w.WriteByte('-')
	if !isMap {
		w.valueAfter(item, indent)
		return
	}
	w.WriteByte(' ')
	w.keyAndValue(v.parts[0], indent+2)
	for _, part := range v.parts[1:] {
		w.field(part, indent+2)
	}
	w.comments(item.below, indent+2)
}

// spaced tells whether blank lines go between the parts of a value: between
// records, and between the co-handlers of 协办反馈, so that Git merges what
// different units write there.
func spaced(v *value) bool {
	return slices.ContainsFunc(v.parts, func(part *entry) bool {
		return part.value != nil && part.value.kind == yamltext.Map && len(part.value.parts) > 0
	})
}
