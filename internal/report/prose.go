package report

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"suqiu/internal/document"
	"suqiu/internal/office"
	"suqiu/internal/register"
)

//go:embed chapters.tmpl
var chapters string

// Marks that chapters.tmpl makes, each in front of what it is about.
const (
	paragraphMark = "\x01"
	headingMark   = "\x02"
	tableMark     = "\x03"
	otherwiseMark = "\x04"
	adviceMark    = "\x05"
	lineBreak     = "\x06" // in what somebody wrote: line breaks of the template do not count
)

var prose = template.Must(template.New("").Funcs(template.FuncMap{
	"p":         func() string { return paragraphMark },
	"h":         func() string { return headingMark },
	"otherwise": func() string { return otherwiseMark },
	"advice":    func() string { return adviceMark },
	"date":      document.Date,
	"least":     func() int { return document.MinBase },
	"counting":  func() int { return CountingVersion },
	"against":   against,
	"tops":      tops,
	"some": func(name string, n int) string { // 超期未办2项, or nothing of none
		if n == 0 {
			return ""
		}
		return name + items(n)
	},
	"when": func(n int, text string) string {
		if n == 0 {
			return ""
		}
		return text
	},
	"join": join,
	"list": func(parts ...string) string { return join("、", parts...) },
}).Parse(chapters))

// join joins the parts that are not empty.
func join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// nothing stands where there is no value.
const nothing = document.Nothing

func dash(s string) string { return document.Dash(s) }

// items is 5项, the way official documents write a number.
func items(n int) string { return strconv.Itoa(n) + "项" }

// against says how a number compares with that of another quarter, in words;
// empty where the other one has none, and bare numbers where one is small.
func against(label string, now, base int) string {
	switch {
	case base == 0:
		return ""
	case base < document.MinBase || now < document.MinBase:
		return "（" + label + items(base) + "）"
	case now == base:
		return "，与" + label + "持平"
	}
	verb, by := "增加", now-base
	if by < 0 {
		verb, by = "减少", -by
	}
	return "，比" + label + verb + items(by) + "（" + signed(1000*(now-base), base) + "%）"
}

// text executes a template of chapters.tmpl.
func (w *composer) text(name string) string {
	b := new(strings.Builder)
	if err := prose.ExecuteTemplate(b, name, w); err != nil {
		panic("report: chapters.tmpl: " + err.Error()) // it is part of the program
	}
	return strings.ReplaceAll(b.String(), "\n", "")
}

// blocks are those of a chapter's text.
func (w *composer) blocks(text string) []document.Block {
	var blocks []document.Block
	headings, tables, since := 0, 0, 0 // since: blocks before the last heading
	for len(text) > 0 {
		end := 1
		if n := strings.IndexAny(text[1:], paragraphMark+headingMark+tableMark+otherwiseMark); n >= 0 {
			end += n
		} else {
			end = len(text)
		}
		mark, said := text[:1], strings.ReplaceAll(text[1:end], lineBreak, "\n")
		text = text[end:]
		switch {
		case mark == headingMark:
			headings++
			blocks = append(blocks, document.Block{Heading: office.Ordinal(2, headings) + said})
			since = len(blocks)
		case mark == tableMark:
			blocks = append(blocks, w.drawn[tables])
			tables++
		case mark == otherwiseMark && len(blocks) > since:
		default:
			blocks = append(blocks, document.Block{Text: said})
		}
	}
	w.drawn = nil
	return blocks
}

// issue is one thing to mend, with what to do about it.
type issue [2]string

// issues are what the figures say should be better.
func (w *composer) issues() []issue {
	var list []issue
	for _, text := range strings.Split(w.text("issues"), paragraphMark)[1:] {
		problem, advice, _ := strings.Cut(text, adviceMark)
		list = append(list, issue{problem, advice})
	}
	return list
}

// numbered is one paragraph for each issue; none is what stands if there is no
// issue.
func numbered(issues []issue, part int, none string) []document.Block {
	var blocks []document.Block
	for i, x := range issues {
		blocks = append(blocks, document.Block{Text: office.Ordinal(2, i+1) + x[part]})
	}
	if len(blocks) == 0 {
		return document.Paragraphs(none)
	}
	return blocks
}

// quoted is what somebody wrote, without what the prose is marked by.
func quoted(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return rune(lineBreak[0])
		case r >= 1 && r <= 6:
			return -1
		}
		return r
	}, s)
}

// name is how a case is called in running text.
func (w *composer) name(c *register.Case) string {
	if w.hidden(c) {
		return c.ID + "（限范围查看）"
	}
	return "“" + quoted(c.Title) + "”（" + c.ID + "）"
}

// title is what a table shows as 标题.
func (w *composer) title(c *register.Case) string {
	if w.hidden(c) {
		return "限范围查看"
	}
	return c.Title
}

// hidden reports whether only the 要素 of a case may be shown.
func (w *composer) hidden(c *register.Case) bool { return !w.o.Supervision && w.d.Restricted(c) }

// secret reports whether one of the cases must not be read. What cannot be
// told is withheld.
func (w *composer) secret(cases []string) bool {
	return slices.ContainsFunc(cases, func(id string) bool {
		c := w.d.Case(id)
		return !w.o.Supervision && (c == nil || w.hidden(c))
	})
}

// Names lists cases in running text, at most a few of them.
func (w *composer) Names(tracks []*Track) string {
	const most = 5
	var list []string
	for _, tr := range tracks[:min(most, len(tracks))] {
		list = append(list, w.name(tr.c))
	}
	text := strings.Join(list, "、")
	if len(tracks) > most {
		text += "等"
	}
	return text
}
