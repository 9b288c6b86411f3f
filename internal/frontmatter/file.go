package frontmatter

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/bounds"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/yamltext"
)

// File is one file as it was read. It holds no part of the source but what
// Tell and Paste need.
type File struct {
	Body         string           // LF line ends, without blank lines around it
	BodyLine     int              // on which Body begins
	Sections     []mdfile.Section // of Body, in file order
	Suppressions []mdfile.Suppression
	// Unreadable is set when the front matter as a whole cannot be read, or has
	// no key of the schema: the file states nothing.
	Unreadable bool

	read  *decoder
	parts mdfile.Parts
}

// Read reads a file into a record by the keys of a schema. canon maps a unit's
// alias to its name (nil: names stay as typed). It never fails: faults are the
// Problems of the File. Plain slips are told of and read as they were meant.
func Read(s *Schema, src []byte, canon func(string) string, into any) *File {
	return readInto(s, source{src, mdfile.Cut(src, s.cutKeys())}, canon, into)
}

func readInto(s *Schema, p source, canon func(string) string, into any) *File {
	d := &decoder{schema: s, src: p.text, canon: canon, root: p.Root, problems: slices.Clone(p.Problems)}
	f := &File{read: d, parts: p.Parts}
	d.size()
	if p.Root == nil || len(p.Root.Fields) == 0 {
		f.Unreadable = true
		if line := max(p.Line, 1); len(d.problems) == 0 {
			d.report("front-matter-missing", "", line, 1, line, "首部是空的", "请在两行 --- 之间逐行填写"+
				s.firstKeys()+"等各项")
		}
		return f
	}
	for i := range p.Root.Fields {
		d.top(into, &p.Root.Fields[i])
	}
	body := mdfile.ReadBody(p.Body, p.BodyLine)
	f.Body, f.Sections = mdfile.TrimBlankLines(p.Body), body.Sections
	f.BodyLine = p.BodyLine + blankLines(p.Body)
	f.Suppressions = append(d.suppressions, body.Suppressions...)
	d.problems = append(d.problems, body.Problems...)
	f.Unreadable = d.unreadable || !d.recognised(into)
	if !f.Unreadable {
		d.required(p.Line, into)
		d.sections(p.Parts, f.Sections)
	}
	name(p.Root, d.problems)
	return f
}

// recognised reports whether the front matter says anything that a record of
// this kind says.
func (d *decoder) recognised(into any) bool {
	if d.schema.Recognised != nil {
		return d.schema.Recognised(into)
	}
	return slices.ContainsFunc(d.root.Fields, func(f yamltext.Field) bool { return Find(d.schema.Keys, f.Key) != nil })
}

// size tells of a file that is no summary any more.
func (d *decoder) size() {
	if n := len(d.src); n > bounds.MaxFile {
		d.report("size-limit", "", 1, 1, 1,
			"文件有 "+strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64)+" MB，超过 1 MB，服务器不接收",
			"请只留摘要：原文、长表、附件另行保管，正文写明存放的地方")
	}
}

// required tells of keys that must be filled whatever the state. Those that a
// state requires are the workflow's.
func (d *decoder) required(firstLine int, owner any) {
	for i := range d.schema.Keys {
		k := &d.schema.Keys[i]
		if !k.Required {
			continue
		}
		f := d.root.Get(k.Name)
		switch {
		case f == nil && (d.hoisted(k.Name) || slices.Contains(d.meant, k.Name)):
			continue // told of as what it is
		case f != nil && (f.Value.Kind != yamltext.Scalar || f.Value.Text != "" || f.Value.Inline().Text != "" &&
			k.Text(owner) != ""):
			continue // there
		}
		line, column, message := firstLine, 1, "缺少“"+k.Name+"”"
		if f != nil {
			line, column, message = f.Line, f.Column, "“"+k.Name+"”没有填写"
		}
		d.report("key-missing", k.Name, line, column, line, message, k.Name+": "+k.Placeholder())
	}
}

// hoisted reports whether a top key was found indented below another key.
func (d *decoder) hoisted(name string) bool {
	return slices.ContainsFunc(d.root.Fields, func(f yamltext.Field) bool {
		k := Find(d.schema.Keys, f.Key)
		return k != nil && (k.Shape == One || k.Shape == Many || k.Shape == Records) && f.Value.Get(name) != nil
	})
}

// sections checks that the sections of the schema are there once, and that no
// record was pasted among them.
func (d *decoder) sections(p mdfile.Parts, list []mdfile.Section) {
	for i := range d.schema.Sections {
		k := &d.schema.Sections[i]
		n := 0
		for _, s := range list {
			if s.Heading != k.heading() {
				continue
			}
			if n++; n == 2 {
				d.report("key-duplicate", k.Name, s.Line, 1, s.Line, "标题“"+s.Heading+"”重复",
					"请合并成一节，只保留一个标题")
			}
		}
		if last := lastLine(&p); n == 0 {
			d.report("section-missing", k.Name, last, 1, last, "正文缺少“"+k.heading()+"”一节", k.Name)
		}
	}
	if len(d.schema.Sections) > 0 {
		d.strayRecords(p)
	}
}

// lastLine is the last line of the file.
func lastLine(p *mdfile.Parts) int {
	return max(p.Line, p.BodyLine-1+strings.Count(strings.TrimRight(p.Body, "\n"), "\n")+min(len(p.Body), 1), 1)
}

// blankLines is how many lines say nothing before the first that says
// something.
func blankLines(text string) int {
	return strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \t\n"))], "\n")
}

// Problems is what is wrong with the file, in file order.
func (f *File) Problems() []problem.Problem {
	if f.read.root != nil {
		name(f.read.root, f.read.problems)
	}
	return finish(dropQuoting(slices.Clone(f.read.problems)))
}

// Left is Left of what the file says.
func (f *File) Left(path string) bool { return Left(f.read.problems, path) }

// Field is a top key as it was typed, nil if it is not there.
func (f *File) Field(key string) *yamltext.Field {
	if f.read.root == nil {
		return nil
	}
	return f.read.root.Get(key)
}

// Typed is the text of a top key as it was typed.
func (f *File) Typed(key string) string {
	if g := f.Field(key); g != nil {
		return g.Value.Text
	}
	return ""
}

// TellOf adds a problem of the value of a top key. Of a key that stands where it
// does not belong something else is told.
func (f *File) TellOf(rule, key, message, fix string) {
	if g := f.Field(key); g != nil {
		f.read.at(rule, place{Find(f.read.schema.Keys, key), g, func() string { return key }}, message, fix)
	}
}

// Tell adds a problem that the keys alone do not show, at a key path (or the
// nearest part of it that is there; else at the top).
//
// Of what is still to be filled in nothing else is told.
func (f *File) Tell(rule, key, message, fix string) {
	if f.Left(key) {
		return
	}
	if rule == "id-mismatch" { // its line to paste mends how it was typed as well
		f.read.problems = slices.DeleteFunc(f.read.problems,
			func(p problem.Problem) bool { return p.Rule == "date-invalid" && p.Key == key })
	}
	line, column, end := locate(f.read.root, key)
	if i := slices.IndexFunc(f.Sections, func(s mdfile.Section) bool { return "## "+s.Heading == key }); i >= 0 {
		line, column, end = f.Sections[i].Line, 1, f.Sections[i].Line
	}
	if line == 0 {
		line, column, end = 1, 1, 1
	}
	f.read.report(rule, key, line, column, end, message, fix)
}

// TellLine adds a problem of a line.
func (f *File) TellLine(rule string, line int, message, fix string) {
	f.read.report(rule, "", line, 1, line, message, fix)
}

// TellLineOf adds a problem of a line that a key path or section is about.
func (f *File) TellLineOf(rule, key string, line int, message, fix string) {
	f.read.report(rule, key, line, 1, line, message, fix)
}

// SuggestMissing says what a top key that is missing must be.
func (f *File) SuggestMissing(key, value string) {
	for i := range f.read.problems {
		if p := &f.read.problems[i]; p.Key == key && p.Rule == "key-missing" {
			p.Fix = key + ": " + value
		}
	}
}

// Told reports whether something is told of a key path already, be it that
// another key probably stands for it: what then is missing is not missing.
func (f *File) Told(key string) bool {
	return slices.Contains(f.read.meant, key) ||
		slices.ContainsFunc(f.read.problems, func(p problem.Problem) bool { return p.Key == key })
}

// Suggest says what a top key must be whose value is missing or cannot be read.
func (f *File) Suggest(key, value string) {
	for i := range f.read.problems {
		if p := &f.read.problems[i]; p.Key == key && (p.Rule == "key-missing" || p.Rule == "date-invalid") {
			p.Fix = f.Paste(key, value)
		}
	}
}

// Paste is the line of a top key with another value.
func (f *File) Paste(key, value string) string {
	if g := f.Field(key); g != nil {
		return f.read.paste(g, value)
	}
	return key + ": " + value
}

// name gives the problems of lines the key path that stands on their line.
func name(root *yamltext.Node, problems []problem.Problem) {
	var paths map[int]string
	for i := range problems {
		p := &problems[i]
		if p.Key != "" {
			continue
		}
		if paths == nil {
			paths = map[int]string{}
			linePaths(root, "", paths)
		}
		p.Key = paths[p.Line]
	}
}

// dropQuoting drops the advice to put a value in quotes where the value itself
// is wrong: the line to paste for the value mends both.
func dropQuoting(problems []problem.Problem) []problem.Problem {
	wrong := map[int]bool{}
	for _, p := range problems {
		switch p.Rule {
		case "value-enum", "value-type", "date-invalid", "id-mismatch":
			wrong[p.Line] = true
		}
	}
	return slices.DeleteFunc(problems, func(p problem.Problem) bool {
		return p.Rule == "yaml-syntax" && wrong[p.Line] && strings.Contains(p.Message, "引号")
	})
}

// together makes one problem of one that lines below each other share: what
// went wrong on the first of them is what is to be mended.
func together(problems []problem.Problem) []problem.Problem {
	kept := problems[:0]
	for _, p := range problems {
		if n := len(kept); n > 0 && p.Rule == "yaml-syntax" {
			last := &kept[n-1]
			if last.Rule == p.Rule && last.Message == p.Message && last.Fix == p.Fix && p.Line == last.EndLine+1 {
				last.EndLine = p.EndLine
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept
}

// maxProblems bounds what is told of one file.
const maxProblems = 200

// finish sorts problems, drops repetitions and bounds their number.
func finish(problems []problem.Problem) []problem.Problem {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b problem.Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Message, b.Message))
	})
	for i := range problems {
		legible(&problems[i])
	}
	problems = together(slices.Compact(problems))
	if n := len(problems); n > maxProblems {
		last := problems[maxProblems-1]
		last.Key, last.Message, last.Fix = "", "此处以下还有 "+strconv.Itoa(n-maxProblems+1)+" 处问题，未一一列出",
			"请先改好上面的问题"
		problems = append(problems[:maxProblems-1:maxProblems-1], last)
	}
	return slices.Clip(problems)
}
