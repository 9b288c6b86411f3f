package record

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// Matter is a file of another kind than a case, read by a schema of its own
// with the leniency and the findings of a case file.
type Matter struct {
	Fields       Fields
	Body         string    // LF line ends, without blank lines around it
	BodyLine     int       // on which Body begins
	Sections     []Section // of Body, in file order
	Suppressions []Suppression
	// Unreadable is set when the front matter as a whole cannot be read, or has
	// no key of the schema: the file states nothing.
	Unreadable bool
	Problems   []problem.Problem // in file order

	read *decoder
}

// Fields are the values of a front matter or of one record in it, by key. What
// is absent or invalid is not there.
type Fields map[string]Field

// Field is one value: which part of it is filled follows from the key.
type Field struct {
	Text    string // One; dates, months and numbers in their one form
	Names   []string
	Records []Fields // Records; of a Record, one
	Counts  []Named  // in file order
}

// Named is one entry of a map from names to numbers.
type Named struct {
	Name  string
	N     int
	Given bool // false: the number was left open
}

// ReadMatter reads a file by the keys of a schema. canon maps a unit's alias to
// its name (nil: names stay as typed). Like Parse it never fails, and what it
// returns holds no part of src but what Tell and Line need.
func ReadMatter(keys []Key, src []byte, canon func(string) string) *Matter {
	return readMatter(keys, source{src, read(keys, src)}, canon)
}

func readMatter(keys []Key, p source, canon func(string) string) *Matter {
	d := &decoder{keys: keys, src: p.text, canon: canon, fields: Fields{}, root: p.root}
	d.problems = slices.Clone(p.problems)
	d.size()
	m := &Matter{Fields: d.fields, read: d}
	if p.root == nil || len(p.root.Fields) == 0 {
		m.Unreadable = true
		if len(d.problems) == 0 {
			line := max(p.line, 1)
			d.report("front-matter-missing", "", line, 1, line, "首部是空的", "请在两行 --- 之间逐行填写"+firstKeys(keys)+"等各项")
		}
		m.settle()
		return m
	}
	d.matter(p.root)
	body := readBody(p.body, p.bodyLine)
	m.Body, m.Sections = trimBlankLines(p.body), body.sections
	m.BodyLine = p.bodyLine + blankLines(p.body)
	m.Suppressions = append(d.suppressions, body.suppressions...)
	d.problems = append(d.problems, body.problems...)
	m.Unreadable = !slices.ContainsFunc(p.root.Fields, func(f yamltext.Field) bool { return field(keys, f.Key) != nil })
	if !m.Unreadable {
		d.required(p.parts)
	}
	m.settle()
	return m
}

// blankLines is how many lines say nothing before the first that says
// something.
func blankLines(text string) int {
	return strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \t\n"))], "\n")
}

// settle puts the problems in their final form.
func (m *Matter) settle() {
	if m.read.root != nil {
		name(m.read.root, m.read.problems)
	}
	m.Problems = finish(dropQuoting(slices.Clone(m.read.problems)))
}

// Tell adds a problem that the keys alone do not show, at a key path (or the
// nearest part of it that is there; else at the top).
//
// Of what is still to be filled in nothing else is told.
func (m *Matter) Tell(rule, key, message, fix string) {
	if left(m.read.problems, key) {
		return
	}
	if rule == "id-mismatch" { // its line to paste mends how it was typed as well
		m.read.problems = slices.DeleteFunc(m.read.problems, func(p problem.Problem) bool { return p.Rule == "date-invalid" && p.Key == key })
	}
	line, column, end := locate(m.read.root, key)
	if i := slices.IndexFunc(m.Sections, func(s Section) bool { return "## "+s.Heading == key }); i >= 0 {
		line, column, end = m.Sections[i].Line, 1, m.Sections[i].Line
	}
	if line == 0 {
		line, column, end = 1, 1, 1
	}
	m.read.report(rule, key, line, column, end, message, fix)
	m.settle()
}

// Told reports whether something is told of a key path already, be it that
// another key probably stands for it: what then is missing is not missing.
func (m *Matter) Told(key string) bool {
	return slices.Contains(m.read.meant, key) || slices.ContainsFunc(m.read.problems, func(p problem.Problem) bool { return p.Key == key })
}

// Suggest says what a top key must be whose value is missing or cannot be read.
func (m *Matter) Suggest(key, value string) {
	for i := range m.read.problems {
		if p := &m.read.problems[i]; p.Key == key && (p.Rule == "key-missing" || p.Rule == "date-invalid") {
			p.Fix = m.Paste(key, value)
		}
	}
	m.settle()
}

// TellLine adds a problem of a line.
func (m *Matter) TellLine(rule string, line int, message, fix string) {
	m.read.report(rule, "", line, 1, line, message, fix)
	m.settle()
}

// Paste is the line of a top key with another value.
func (m *Matter) Paste(key, value string) string {
	if f := m.read.root.Get(key); f != nil {
		return m.read.paste(f, value)
	}
	return key + ": " + value
}

// Place finds a key path in the file; 0, 0 if not even its top is there.
func (m *Matter) Place(key string) (line, column int) {
	line, column, _ = locate(m.read.root, key)
	return line, column
}

// keep stores a known field.
func (d *decoder) keep(to Fields, p place) {
	var v Field
	switch p.key.Shape {
	case One:
		v.Text = d.typed(p)
		if v.Text == "" {
			return
		}
	case Many:
		v.Names = d.names(p)
	case Record:
		if !d.isRecord(p) {
			return
		}
		v.Records = []Fields{d.below(p.key.Fields, p.field.Value, p.path)}
	case Records:
		d.setRecords(p, func(item *yamltext.Node, prefix func() string) {
			v.Records = append(v.Records, d.below(p.key.Fields, item, prefix))
		})
	case Counts:
		v.Counts = d.counts(p)
	}
	to[p.key.Name] = v
}

// below reads one record.
func (d *decoder) below(keys []Key, n *yamltext.Node, prefix func() string) Fields {
	record := Fields{}
	d.each(keys, n, prefix, func(p place) { d.keep(record, p) })
	return record
}

// typed is the valid text of a scalar in its one form.
func (d *decoder) typed(p place) string {
	switch p.key.Type {
	case Day:
		return d.day(p).String()
	case Count:
		return number(d.count(p))
	case Month:
		return d.period(p, mendMonth, "月份", "2026-07")
	case Quarter:
		return d.period(p, mendQuarter, "季度", "2026Q3")
	case Points:
		return d.points(p)
	}
	return d.scalar(p)
}

// period reads a month or a quarter.
func (d *decoder) period(p place, mend func(string) string, what, example string) string {
	text := d.scalar(p)
	if text == "" {
		return ""
	}
	fixed := mend(text)
	switch {
	case fixed == text:
	case fixed == "":
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+clip(text)+"”不是"+what, d.paste(p.field, p.key.Placeholder()))
	case fixed == halfWidth(text):
		d.at("fullwidth-punctuation", p, "“"+p.key.Name+"”用了全角数字或符号", d.paste(p.field, fixed))
	default:
		d.at("date-invalid", p, "“"+p.key.Name+"”的“"+clip(text)+"”不是 "+example+" 这样的格式", d.paste(p.field, fixed))
	}
	return fixed
}

// points reads a number of points.
func (d *decoder) points(p place) string {
	text := d.scalar(p)
	if text == "" {
		return ""
	}
	fixed, ok := mendPoints(text)
	if !ok {
		d.at("value-type", p, "“"+p.key.Name+"”应当是不小于 0 的数，至多两位小数", d.paste(p.field, p.key.Placeholder()))
		return ""
	}
	if fixed != text {
		d.at("value-type", p, "“"+p.key.Name+"”只写数字，不写单位", d.paste(p.field, fixed))
	}
	return fixed
}

// Text is the text of a One key, "" if it is absent.
func (f Fields) Text(key string) string { return f[key].Text }

// Day is the date of a Day key.
func (f Fields) Day(key string) workday.Date {
	d, _ := workday.Parse(f[key].Text)
	return d
}

// Names is the list of a Many key.
func (f Fields) Names(key string) []string { return f[key].Names }

// Records are the entries of a Records key.
func (f Fields) Records(key string) []Fields { return f[key].Records }

// PrintMatter writes the canonical form of a file with these keys, as Print
// does for a case. What ReadMatter reads from it is what was given.
func PrintMatter(keys []Key, fields Fields, body string) []byte {
	var w writer
	w.document(arrange(keys, matterEntries(keys, fields), nil))
	w.matterBody(body)
	return []byte(w.String())
}

func (w *writer) matterBody(body string) {
	if body = trimBlankLines(body); body != "" {
		w.WriteString("\n" + body + "\n")
	}
}

func matterEntries(keys []Key, fields Fields) []*entry {
	var list fieldList
	for i := range keys {
		k := &keys[i]
		v, ok := fields[k.Name]
		if !ok {
			continue
		}
		switch k.Shape {
		case One:
			list.text(k.Name, v.Text)
		case Many:
			list.names(k.Name, v.Names)
		case Record, Records:
			records := &value{kind: yamltext.List}
			for _, record := range v.Records {
				records.parts = append(records.parts, &entry{value: &value{kind: yamltext.Map, parts: matterEntries(k.Fields, record)}})
			}
			switch {
			case len(v.Records) == 0:
			case k.Shape == Record:
				list.add(k.Name, records.parts[0].value)
			default:
				list.add(k.Name, records)
			}
		case Counts:
			counts := &value{kind: yamltext.Map}
			for _, c := range v.Counts {
				e := &entry{key: c.Name}
				if c.Given {
					e.value = scalar(strconv.Itoa(c.N))
				}
				counts.parts = append(counts.parts, e)
			}
			if len(counts.parts) > 0 {
				list.add(k.Name, counts)
			}
		}
	}
	return list
}
