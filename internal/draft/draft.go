// Package draft writes values into files with front matter, each into its own
// lines: comments, order and whatever else stands in the file stay as they are.
package draft

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/yamltext"
)

// Write is one value that a step writes into a file.
//
// Key is a key (状态), a key of a record (会议议定期限.日期), of a co-handler
// (协办反馈.信息中心.结果), a number of a channel (渠道收集量.12366热线), of an
// entry that is there (反馈[0].审核) or of a new one (反馈[+].结果), or a section
// ("## 办理情况"). The Writes of one new entry stand together; where one of
// its keys comes again, another entry begins.
type Write struct {
	Key, Value string
	Soft       bool // only where nothing is said yet
	More       bool // of a section: below what it says
}

// Draft is a file to write steps into.
type Draft struct {
	schema   *frontmatter.Schema
	lines    []string // without their ends
	root     *yamltext.Node
	sections []mdfile.Section
	canon    func(string) string
}

// New reads a file. ok is false if it must be mended first.
func New(schema *frontmatter.Schema, src []byte, canon func(string) string) (*Draft, bool) {
	root, sections, clean := schema.Tree(src)
	if !clean {
		return nil, false
	}
	text := strings.ReplaceAll(string(bytes.TrimPrefix(src, []byte("\xEF\xBB\xBF"))), "\r\n", "\n")
	return &Draft{schema, strings.Split(strings.TrimSuffix(text, "\n"), "\n"), root, sections, canon}, true
}

// splice puts lines in the place of those from from to to, counted from zero.
type splice struct {
	from, to int
	lines    []string
}

// With is the whole file after some writes. ok is false where a value stands
// in a form that cannot be written into.
func (d *Draft) With(writes []Write) (text string, ok bool) {
	var splices []splice
	for i := 0; i < len(writes); {
		n := 1
		if whole := d.together(writes[i].Key); whole != "" {
			for i+n < len(writes) && strings.HasPrefix(writes[i+n].Key, whole) {
				n++
			}
		}
		s, ok := d.splice(writes[i : i+n])
		if !ok {
			return "", false
		}
		splices = append(splices, s...)
		i += n
	}
	slices.SortStableFunc(splices, func(a, b splice) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	put := func(lines []string) {
		for _, l := range lines {
			b.WriteString(l)
			b.WriteByte('\n')
		}
	}
	for _, s := range splices {
		if s.from < at {
			return "", false // two writes of one line
		}
		put(d.lines[at:s.from])
		put(s.lines)
		at = s.to
	}
	put(d.lines[at:])
	return b.String(), true
}

// together is how the keys begin of what makes one block with a key: a new
// entry, or what stands below a key that says nothing yet. It is empty for a key
// by itself.
func (d *Draft) together(key string) string {
	if list, _, isNew := strings.Cut(key, "[+]."); isNew {
		return list + "[+]."
	}
	top, _, nested := strings.Cut(key, ".")
	if strings.HasSuffix(top, "]") {
		nested = false // an entry that is there
	}
	if f := d.root.Get(top); nested && (f == nil || f.Value.Kind == yamltext.Scalar && f.Value.Text == "") {
		return top + "."
	}
	return ""
}

// splice is what one write, or those of one new block, change.
func (d *Draft) splice(writes []Write) ([]splice, bool) {
	w := writes[0]
	if heading, ok := strings.CutPrefix(w.Key, "## "); ok {
		return d.section(heading, w)
	}
	top, rest, nested := strings.Cut(w.Key, ".")
	name, index, listed := strings.Cut(top, "[")
	k, f := frontmatter.Find(d.schema.Keys, name), d.root.Get(name)
	switch {
	case k == nil:
		return nil, false
	case listed && index == "+]":
		return d.entry(k, f, writes)
	case d.together(w.Key) != "":
		return d.fresh(k, f, writes)
	case f == nil:
		s := d.insertTop(k, "")
		s.lines = lines(k, w.Value)
		return []splice{s}, true
	case listed:
		return d.inEntry(k, f, strings.TrimSuffix(index, "]"), rest, w)
	case nested && k.Shape == frontmatter.ByUnit:
		unit, _, _ := strings.Cut(rest, ".")
		return d.ofUnit(k, f, unit, w)
	case nested && f.Value.Kind == yamltext.Map && f.Value.Style != yamltext.Flow:
		return d.inMap(f.Value, rest, w)
	case nested || k.Shape != frontmatter.One && k.Shape != frontmatter.Many:
		return nil, false
	case w.Soft && !frontmatter.Blank(f.Value):
		return nil, true
	}
	if k.Shape == frontmatter.Many {
		s := d.replace(f, "")
		s.lines = append(s.lines, lines(k, w.Value)[1:]...)
		return []splice{s}, true
	}
	return []splice{d.replace(f, w.Value)}, true
}

// lines are those of a key with its value, at the top.
func lines(k *frontmatter.Key, value string) []string {
	if k.Shape != frontmatter.Many || value == "" {
		return frontmatter.Lines(k.Name, value, 0)
	}
	list := []string{k.Name + ":"}
	names := []string{value}
	if !mdfile.HasPlaceholder(value) {
		names = strings.Split(value, "、")
	}
	for _, name := range names {
		list = append(list, "  - "+yamltext.InlineScalar(name))
	}
	return list
}

// fresh writes a record, or what units answer, below a key that says nothing yet.
func (d *Draft) fresh(k *frontmatter.Key, f *yamltext.Field, writes []Write) ([]splice, bool) {
	values := map[string]string{}
	var list []string
	for i, w := range writes {
		_, name, _ := strings.Cut(w.Key, ".")
		values[name] = w.Value
		if k.Shape == frontmatter.Counts {
			list = append(list, frontmatter.Lines(name, w.Value, 2)...)
		}
		if k.Shape == frontmatter.ByUnit {
			if i > 0 {
				list = append(list, "")
			}
			unit, _, _ := strings.Cut(name, ".")
			list = append(list, unitLines(k, unit, w.Value)...)
		}
	}
	switch k.Shape {
	case frontmatter.Record:
		for i := range k.Fields {
			list = append(list, frontmatter.Lines(k.Fields[i].Name, values[k.Fields[i].Name], 2)...)
		}
	case frontmatter.ByUnit, frontmatter.Counts:
	default:
		return nil, false
	}
	if f != nil {
		return []splice{insert(f.Line, list...)}, true
	}
	s := d.insertTop(k, "")
	s.lines = append(s.lines, list...)
	return []splice{s}, true
}

// unitLines are what a unit answers, with its name.
func unitLines(k *frontmatter.Key, unit, value string) []string {
	return append(frontmatter.Lines(unit, "", 2), frontmatter.Lines(k.Fields[0].Name, value, 4)...)
}

func insert(at int, lines ...string) splice { return splice{at, at, lines} }

// replace writes another value behind a key, and keeps the comment there.
func (d *Draft) replace(f *yamltext.Field, value string) splice {
	l := d.lines[f.Line-1]
	at := strings.Index(l, f.Key)
	list := frontmatter.Lines(f.Key, value, at)
	list[0] = l[:at+len(f.Key)] + strings.TrimPrefix(list[0], strings.Repeat(" ", at)+yamltext.InlineScalar(f.Key))
	if in := f.Value.Inline(); in.Text != "" {
		list[0] += "  " + in.Text
	}
	return splice{f.Line - 1, max(f.Line, f.Value.EndLine), list}
}

// insertTop writes a top key that is not there behind the one that precedes it
// in canonical order.
func (d *Draft) insertTop(k *frontmatter.Key, value string) splice {
	at := d.root.Line - 1
	for i := range d.schema.Keys {
		if d.schema.Keys[i].Name == k.Name {
			break
		}
		if f := d.root.Get(d.schema.Keys[i].Name); f != nil {
			at = max(at, f.Line, f.Value.EndLine)
		}
	}
	return insert(at, k.Name+":"+yamltext.Behind(value))
}

// entry writes a new entry of a list of records behind the last one.
func (d *Draft) entry(k *frontmatter.Key, f *yamltext.Field, writes []Write) ([]splice, bool) {
	indent := "  "
	if f != nil && f.Value.Kind == yamltext.List && len(f.Value.Items) > 0 {
		if f.Value.Style == yamltext.Flow {
			return nil, false
		}
		indent = strings.Repeat(" ", f.Value.Column-1)
	}
	var lines []string
	for at := 0; at < len(writes); {
		values := map[string]string{}
		for ; at < len(writes); at++ {
			_, name, _ := strings.Cut(writes[at].Key, "[+].")
			if _, another := values[name]; another {
				break
			}
			values[name] = writes[at].Value
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, entryLines(k, indent, values)...)
	}
	switch {
	case f == nil:
		s := d.insertTop(k, "")
		s.lines = append(s.lines, lines...)
		return []splice{s}, true
	case f.Value.Kind == yamltext.Scalar && f.Value.Text == "":
		return []splice{insert(f.Line, lines...)}, true
	case f.Value.Kind != yamltext.List:
		return nil, false
	case len(f.Value.Items) == 0: // []
		return []splice{{f.Line - 1, f.Value.EndLine, append([]string{k.Name + ":"}, lines...)}}, true
	}
	return []splice{insert(f.Value.EndLine, append([]string{""}, lines...)...)}, true
}

// entryLines are those of a new entry of a list.
func entryLines(k *frontmatter.Key, indent string, values map[string]string) []string {
	var list []string
	lead := indent + "- "
	for i := range k.Fields {
		f := &k.Fields[i]
		value, given := values[f.Name]
		if !given && f.Extra {
			continue
		}
		of := frontmatter.Lines(f.Name, value, len(indent)+2)
		if f.Shape == frontmatter.Many {
			of = lines(f, value)
			for j := range of {
				of[j] = indent + "  " + of[j]
			}
		}
		of[0] = lead + strings.TrimLeft(of[0], " ")
		list = append(list, of...)
		lead = indent + "  "
	}
	return list
}

// inEntry writes a key of the n-th entry that says something.
func (d *Draft) inEntry(k *frontmatter.Key, f *yamltext.Field, n, name string, w Write) ([]splice, bool) {
	at := 0
	for _, item := range f.Value.Items {
		if item.Kind != yamltext.Map || frontmatter.Blank(item) {
			continue
		}
		if strconv.Itoa(at) == n {
			if item.Style == yamltext.Flow || frontmatter.Find(k.Fields, name) == nil {
				return nil, false
			}
			return d.inMap(item, name, w)
		}
		at++
	}
	return nil, false
}

// inMap writes a key of a record.
func (d *Draft) inMap(m *yamltext.Node, name string, w Write) ([]splice, bool) {
	g := m.Get(name)
	switch {
	case g == nil:
		return []splice{insert(m.EndLine, frontmatter.Lines(name, w.Value, m.Column-1)...)}, true
	case w.Soft && !frontmatter.Blank(g.Value):
		return nil, true
	}
	return []splice{d.replace(g, w.Value)}, true
}

// ofUnit writes what a unit answers.
func (d *Draft) ofUnit(k *frontmatter.Key, f *yamltext.Field, unit string, w Write) ([]splice, bool) {
	v := f.Value
	if v.Style == yamltext.Flow || v.Kind == yamltext.List {
		return nil, false
	}
	for i := range v.Fields {
		g := &v.Fields[i]
		if g.Key != unit && (d.canon == nil || d.canon(g.Key) != unit) {
			continue
		}
		if g.Value.Kind == yamltext.Map && g.Value.Style != yamltext.Flow {
			return d.inMap(g.Value, k.Fields[0].Name, w)
		}
		if frontmatter.Blank(g.Value) {
			return []splice{insert(g.Line, frontmatter.Lines(k.Fields[0].Name, w.Value, g.Column+1)...)}, true
		}
		return nil, w.Soft
	}
	return []splice{insert(v.EndLine, append([]string{""}, unitLines(k, unit, w.Value)...)...)}, true
}

// section writes the text of a section that is empty, or more of one that is not.
func (d *Draft) section(heading string, w Write) ([]splice, bool) {
	for i, s := range d.sections {
		switch {
		case s.Heading != heading:
			continue
		case !mdfile.HasText(s.Text):
			return []splice{insert(s.Line, "", w.Value)}, true
		case !w.More:
			return nil, w.Soft
		}
		end := len(d.lines)
		if i+1 < len(d.sections) {
			end = d.sections[i+1].Line - 1
		}
		for strings.TrimSpace(d.lines[end-1]) == "" {
			end--
		}
		return []splice{insert(end, "", w.Value)}, true
	}
	return []splice{insert(len(d.lines), "", "## "+heading, "", w.Value)}, true
}
