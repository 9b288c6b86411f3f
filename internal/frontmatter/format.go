package frontmatter

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"unicode"

	"suqiu/internal/charset"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/slip"
	"suqiu/internal/yamltext"
)

// Format is what `suqiu fmt` does: the canonical form of a file as a person
// typed it. Keys, entries and sections come in order and all present; plain
// slips (GB18030, BOM, CRLF, tabs, a full-width colon behind a known key, a missing
// space, 2026年7月1日, `甲、乙`, aliases of units) are mended; comments move
// with their keys; unknown keys stay behind the group they stood in, unknown
// text in the body where it was; the line of a copied text that says what it was
// made from is taken out. What the file states does not change, 状态 least of all.
// canon maps a unit's alias to its name (nil: names stay).
//
// A file that cannot be read without guessing comes back byte for byte, with
// the problems that stand in the way. Formatting again changes nothing.
func (s *Schema) Format(src []byte, canon func(string) string) ([]byte, []problem.Problem) {
	f := form{schema: s, canon: canon}
	return f.format(src)
}

// form is the formatting of one file.
type form struct {
	schema *Schema
	canon  func(string) string
}

// source is a file with what was read of it, so that it is read once.
type source struct {
	text []byte
	mdfile.Parts
}

func (f *form) read(text []byte) source { return source{text, mdfile.Cut(text, f.schema.cutKeys())} }

// stated is all that a file states, in canonical form.
func (f *form) stated(p source) (text string, readable bool) {
	owner := f.schema.New()
	file := readInto(f.schema, p, f.canon, owner)
	if len(f.schema.Sections) > 0 {
		file.Body = ""
	}
	suppressed := map[string]bool{}
	for _, s := range file.Suppressions {
		suppressed[strings.Join([]string{s.Rule, s.Key, s.Reason}, "\n")] = true
	}
	text = string(f.schema.Print(owner, file.Sections, file.Body))
	return text + strings.Join(slices.Sorted(maps.Keys(suppressed)), "\n\n"), !file.Unreadable
}

// same reports whether two files state the same.
func (f *form) same(before, after source) bool {
	was, wasReadable := f.stated(before)
	is, readable := f.stated(after)
	return was == is && wasReadable == readable && (readable || !f.schema.Strict)
}

// problems are those of reading a file.
func (f *form) problems(p source) []problem.Problem {
	return readInto(f.schema, p, f.canon, f.schema.New()).Problems()
}

func (f *form) format(src []byte) ([]byte, []problem.Problem) {
	typed := src
	if text, ok := charset.FromGB18030(src); ok && known(f.schema, text) {
		src = text // nothing could be read before: what it now says is compared from here
	}
	before := f.read(src)
	out, problems := f.once(before, false)
	if problems != nil {
		return typed, problems
	}
	out = []byte(mdfile.WithoutOrigin(string(out)))
	if bytes.Equal(out, src) {
		return out, nil
	}
	// The writer is trusted with nobody's words: what it wrote is read again.
	after := f.read(out)
	again, faults := f.once(after, true)
	if faults != nil || !bytes.Equal(again, out) || !f.same(before, after) {
		return typed, append(standing(f.problems(before)), problem.Problem{
			Rule: "yaml-syntax", Line: 1, Column: 1, EndLine: 1,
			Message: "这个文件的写法无法安全地整理，已保持原样",
			Fix:     "请先 git add，再运行 suqiu hook pre-commit，按提示逐条改好，再整理",
		})
	}
	return out, nil
}

// known reports whether a text makes sense: its keys are all known, and the
// first is there.
func known(s *Schema, text []byte) bool {
	p := mdfile.Cut(text, s.cutKeys())
	return p.Root != nil && p.Root.Get(s.Keys[0].Name) != nil &&
		!slices.ContainsFunc(p.Root.Fields, func(f yamltext.Field) bool { return Find(s.Keys, f.Key) == nil })
}

// once is format without the second look. Where it is the second look itself,
// what comes out is known to be compared with what went in.
func (f *form) once(p source, second bool) ([]byte, []problem.Problem) {
	src := p.text
	if p.Root == nil || len(p.Root.Fields) == 0 {
		return nil, f.problems(p)
	}
	if bytes.IndexByte(src, 0) >= 0 {
		return nil, []problem.Problem{{Rule: "encoding", Line: 1, Column: 1, EndLine: 1,
			Message: "文件里有空字符，可能不是文本文件", Fix: "请用记事本打开，“另存为”时编码选 UTF-8"}}
	}
	if problems := blocking(src, p.Problems); problems != nil {
		return nil, problems
	}
	m := formatter{decoder{schema: f.schema, src: src, canon: f.canon, root: p.Root}}
	fields := m.top(p.Root)
	footer := slices.Concat(texts(p.Root.Head()), texts(p.Root.Foot()))
	if in := p.Root.Inline(); in.Text != "" {
		footer = append(footer, in.Text)
	}
	var w writer
	w.document(arrange(f.schema.Keys, fields, footer))
	if len(f.schema.Sections) > 0 {
		w.sections(f.schema, bodySections(p.Parts))
	} else {
		w.text(p.Body)
	}
	out := []byte(w.String())
	if !second && !sameComments(f.schema, fields, footer, out) {
		return nil, []problem.Problem{{Rule: "yaml-syntax", Line: 1, Column: 1, EndLine: 1,
			Message: "首部里有备注（# 开头）无法安全地移动，已保持原样",
			Fix:     "请把备注单独写成一行，放在它所说明的那一项上面"}}
	}
	return out, nil
}

// standing keeps the problems that say why a file could not be mended.
func standing(problems []problem.Problem) []problem.Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool {
		return p.Rule != "key-duplicate" && p.Rule != "yaml-syntax" && p.Rule != "section-missing" &&
			p.Rule != "fullwidth-punctuation"
	})
}

// blocking are the problems of reading after which something that was typed is
// not in the tree. A line that was mended keeps all its letters and digits in
// the line to paste; other problems of syntax come with advice instead, and
// what they are about was left out.
func blocking(src []byte, problems []problem.Problem) []problem.Problem {
	var lines []string
	var out []problem.Problem
	for _, p := range problems {
		switch p.Rule {
		case "front-matter-missing", "front-matter-unclosed":
			continue
		case "yaml-syntax", "fullwidth-punctuation":
			if lines == nil {
				lines = strings.Split(string(src), "\n")
			}
			if at := p.Line - 1; at >= 0 && at < len(lines) && letters(lines[at]) == letters(p.Fix) {
				continue
			}
		}
		out = append(out, p)
	}
	return out
}

// letters is a text without blanks, punctuation and width.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, slip.HalfWidth(text))
}

// bodySections are the sections of a body, and what stands above the first
// heading as a section without one.
func bodySections(p mdfile.Parts) []mdfile.Section {
	r := mdfile.ReadBody(p.Body, p.BodyLine)
	above := p.Body
	if len(r.Sections) > 0 {
		lines := strings.SplitAfter(p.Body, "\n")
		above = strings.Join(lines[:r.Sections[0].Line-p.BodyLine], "")
	}
	if text := mdfile.TrimBlankLines(above); strings.TrimSpace(text) != "" {
		return slices.Insert(r.Sections, 0, mdfile.Section{Text: text})
	}
	return r.Sections
}

// sameComments tells whether out has exactly the comments of the tree.
func sameComments(s *Schema, fields []*entry, footer []string, out []byte) bool {
	want := slices.Clone(footer)
	for _, f := range fields {
		want = f.allComments(want)
	}
	p := mdfile.Cut(out, s.cutKeys())
	if p.Root == nil {
		return false
	}
	got := nodeComments(p.Root, nil)
	slices.Sort(want)
	slices.Sort(got)
	return slices.Equal(want, got)
}

// allComments appends the comments of an entry and of all below it.
func (e *entry) allComments(to []string) []string {
	to = append(append(to, e.above...), e.below...)
	if e.eol != "" {
		to = append(to, strings.TrimLeft(e.eol, " "))
	}
	if e.value != nil {
		for _, part := range e.value.parts {
			to = part.allComments(to)
		}
	}
	return to
}

func nodeComments(n *yamltext.Node, to []string) []string {
	to = append(append(to, texts(n.Head())...), texts(n.Foot())...)
	if in := n.Inline(); in.Text != "" {
		to = append(to, in.Text)
	}
	for i := range n.Fields {
		to = nodeComments(n.Fields[i].Value, to)
	}
	for _, item := range n.Items {
		to = nodeComments(item, to)
	}
	return to
}

func texts(comments []yamltext.Comment) []string {
	var out []string
	for _, c := range comments {
		out = append(out, c.Text)
	}
	return out
}
