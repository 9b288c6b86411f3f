package site

import (
	"bytes"
	"strings"
)

// clausesPage is the text of the regulation, clause by clause, with where the
// tool keeps each. The text is the template's: another bureau replaces it.
type clausesPage struct{ Frame }

// fillingPage says how to fill in a case.
type fillingPage struct {
	Frame
	Categories []string
	Steps      []RuleRow
}

func (v *view) guidePages(s *sheets) []file {
	clauses := &clausesPage{v.frame("制度逐条", "../", "rules")}
	filling := &fillingPage{Frame: v.frame("怎样填写", "../", "rules"), Categories: categories[:], Steps: ruleRows()}
	return []file{
		{"rules/clauses.html", func(b *bytes.Buffer) error { return s.clauses.render(b, clauses) }},
		{"rules/filling.html", func(b *bytes.Buffer) error { return s.filling.render(b, filling) }},
	}
}

// clauseAnchor is where the page of the regulation has a clause: c3-4 for
// 三(四); empty for anything else.
func clauseAnchor(clause string) string {
	const numerals = "一二三四五六七八九"
	digit := func(s string) string {
		if at := strings.Index(numerals, s); s != "" && at >= 0 && at%len("一") == 0 {
			return string(rune('1' + at/len("一")))
		}
		return ""
	}
	chapter, rest, ok := strings.Cut(clause, "(")
	section, _, closed := strings.Cut(rest, ")")
	c, s := digit(chapter), digit(section)
	if !ok || !closed || c == "" || s == "" {
		return ""
	}
	return "c" + c + "-" + s
}
