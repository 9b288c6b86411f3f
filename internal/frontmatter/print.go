package frontmatter

import (
	"slices"

	"suqiu/internal/mdfile"
)

// Print writes the canonical form of a record: block style, every key present
// in the order of the schema, blank lines between groups, between the entries of
// a list of records and between units, values quoted only where YAML would
// misread them, the sections of the schema and any others, then a body of free
// text; LF, one newline at the end. What Read reads from it is what was given.
//
// A section's text is Markdown and is written as it stands: a line in it that
// begins with "## " would start another section.
func (s *Schema) Print(owner any, sections []mdfile.Section, body string) []byte {
	var w writer
	w.document(arrange(s.Keys, stated(s.Keys, owner), nil))
	if len(s.Sections) > 0 {
		w.sections(s, sections)
	}
	w.text(body)
	return []byte(w.String())
}

// text writes a body of free text.
func (w *writer) text(body string) {
	if body = mdfile.TrimBlankLines(body); body != "" {
		w.WriteString("\n" + body + "\n")
	}
}

// sections writes the body: the sections of every case in their order, each of
// the others behind the one that it follows.
func (w *writer) sections(schema *Schema, list []mdfile.Section) {
	for _, s := range arrangeSections(schema.Headings(), list) {
		w.WriteByte('\n')
		text := mdfile.TrimBlankLines(s.Text)
		if s.Heading != "" {
			w.WriteString("## " + s.Heading + "\n")
			if text == "" {
				continue
			}
			w.WriteByte('\n')
		}
		w.WriteString(text)
		w.WriteByte('\n')
	}
}

// arrangeSections puts the canonical sections in order, adds those that are
// missing, and keeps every other one behind the canonical one it followed.
func arrangeSections(headings []string, list []mdfile.Section) []mdfile.Section {
	after := make([][]mdfile.Section, len(headings)+1) // 0: before the first
	own := make([][]mdfile.Section, len(headings))
	group := 0
	for _, s := range list {
		if at := slices.Index(headings, s.Heading); at >= 0 {
			own[at] = append(own[at], s)
			group = at + 1
			continue
		}
		after[group] = append(after[group], s)
	}
	var out []mdfile.Section
	out = append(out, after[0]...)
	for i, heading := range headings {
		if len(own[i]) == 0 {
			own[i] = []mdfile.Section{{Heading: heading}}
		}
		out = append(out, own[i]...)
		out = append(out, after[i+1]...)
	}
	return out
}
