package office

import (
	"bufio"
	"bytes"
	"html"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"suqiu/internal/bounds"
	"suqiu/internal/prose"
)

// markdownParser may be used from any goroutine. Making one costs more than
// parsing a paragraph.
var markdownParser = sync.OnceValue(func() parser.Parser { return goldmark.New(prose.Options()...).Parser() })

// Markdown is plain text without a sign that means something anywhere, and
// without one at the beginning of a line that makes the line something else: a
// list, a heading, the rule below one; and without a line end that stays.
const (
	signs      = "*_`[]<>|\\~&"
	firstSigns = "#-+=:"
)

func plain(markdown string) bool {
	if strings.ContainsAny(markdown, signs) || strings.Contains(markdown, "  \n") {
		return false
	}
	for line := range strings.Lines(markdown) {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			continue
		}
		if strings.IndexByte(firstSigns, line[0]) >= 0 {
			return false
		}
		if rest := strings.TrimLeft(line, "0123456789"); rest != line && rest != "" &&
			(rest[0] == '.' || rest[0] == ')') {
			return false
		}
	}
	return true
}

// Excessive reports whether a text holds more Markdown than anybody writes. Reading
// it would take time with the square of its length; it is shown as it was typed.
func Excessive(markdown string) bool {
	line, _ := bounds.Markup(markdown)
	return line > 0
}

// Plain is the text of a piece of Markdown: its paragraphs, items and table
// rows, one a line, without signs.
func Plain(markdown string) string {
	if plain(markdown) || Excessive(markdown) {
		return joinLines(markdown)
	}
	return unmarked(markdown)
}

func unmarked(markdown string) string {
	var lines []string
	blocks(prose.Source(markdown), func(_ int, runs []Run) {
		var b strings.Builder
		for _, r := range runs {
			b.WriteString(r.Text)
		}
		lines = append(lines, b.String())
	})
	return strings.Join(lines, "\n")
}

// joinLines makes each paragraph of plain text one line.
func joinLines(s string) string {
	var text strings.Builder
	before := rune(0) // that the line before ends in, of the same paragraph
	for line := range strings.Lines(s) {
		indented := strings.HasPrefix(strings.TrimLeft(line, " \t"), prose.Indent)
		line = strings.TrimLeft(strings.TrimRight(line, " \t\r\n"), " \t\u3000")
		if line == "" {
			before = 0
			continue
		}
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case text.Len() == 0:
		case before == 0 || indented:
			text.WriteByte('\n')
		case !prose.Joins(before, first):
			text.WriteByte(' ')
		}
		text.WriteString(line)
		before, _ = utf8.DecodeLastRuneInString(line)
	}
	return text.String()
}

// Markdown adds a piece of Markdown: its headings below the level given, its
// paragraphs, and its items with their numbers or a dot.
func (d *Document) Markdown(markdown string, below int) {
	if Excessive(markdown) {
		d.Paragraph(Text(joinLines(markdown)))
		return
	}
	blocks(prose.Source(markdown), func(level int, runs []Run) {
		if level > 0 {
			d.paragraph("Heading"+string(rune('0'+min(level+below, 3))), "", runs...)
			return
		}
		d.Paragraph(runs...)
	})
}

// blocks calls each for each paragraph of a piece of Markdown in which something
// stands; level is that of a heading, else 0.
func blocks(src []byte, each func(level int, runs []Run)) {
	items := items{}
	root := markdownParser().Parse(text.NewReader(src))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		level := 0
		var runs []Run
		switch n := n.(type) {
		case *ast.ListItem:
			items.enter(n)
			return ast.WalkContinue, nil
		case *ast.Heading:
			level, runs = n.Level, inline(n, src, false, nil)
		case *ast.Paragraph, *ast.TextBlock:
			runs = inline(n, src, false, nil)
		case *ast.FencedCodeBlock:
			runs = []Run{Text(strings.TrimRight(string(n.Lines().Value(src)), "\n"))}
		case *ast.HTMLBlock:
			runs = []Run{Text(prose.HTMLText(n, src))}
		case *extast.TableRow, *extast.TableHeader:
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if cell != n.FirstChild() {
					runs = append(runs, Text("　"))
				}
				runs = inline(cell, src, false, runs)
			}
		default:
			return ast.WalkContinue, nil
		}
		if slices.ContainsFunc(runs, func(r Run) bool { return strings.Trim(r.Text, " \u3000") != "" }) {
			each(level, append(items.mark(n), runs...))
		}
		return ast.WalkSkipChildren, nil
	})
}

// items are the items of lists that have been met, each with what stands before
// its first paragraph: empty once it was shown.
type items map[*ast.ListItem]*item

type item struct {
	number int
	mark   string
}

func (m items) enter(n *ast.ListItem) {
	list, ok := n.Parent().(*ast.List)
	if !ok || !list.IsOrdered() {
		m[n] = &item{mark: "· "}
		return
	}
	number := list.Start
	if before, ok := n.PreviousSibling().(*ast.ListItem); ok {
		number = m[before].number + 1
	}
	m[n] = &item{number, Ordinal(3, number)}
}

// mark is what stands before a block: the mark of the innermost item that it is
// the first to show something of.
func (m items) mark(block ast.Node) (runs []Run) {
	innermost := true
	for n := block.Parent(); n != nil; n = n.Parent() {
		item, ok := n.(*ast.ListItem)
		if !ok {
			continue
		}
		known := m[item]
		if innermost && known.mark != "" {
			runs = []Run{Text(known.mark)}
		}
		if innermost = false; known.mark == "" {
			return runs // so are those around it
		}
		known.mark = ""
	}
	return runs
}

// inline adds the text below a node: what a page shows of it.
func inline(n ast.Node, src []byte, bold bool, runs []Run) []Run {
	add := func(s string) {
		if s != "" {
			runs = append(runs, Run{Text: s, Bold: bold})
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			add(shown(c.Value(src)))
			switch {
			case c.HardLineBreak():
				add("\n")
			case c.SoftLineBreak() && !prose.BreakJoins(c, src):
				add(" ")
			}
		case *ast.String:
			add(string(c.Value))
		case *ast.AutoLink:
			add(string(c.Label(src)))
		case *ast.CodeSpan:
			for part := c.FirstChild(); part != nil; part = part.NextSibling() {
				if t, ok := part.(*ast.Text); ok {
					add(strings.ReplaceAll(string(t.Value(src)), "\n", " "))
				}
			}
		case *extast.TaskCheckBox:
			if c.IsChecked {
				add("[x] ")
			} else {
				add("[ ] ")
			}
		case *ast.Image:
			add("［图：")
			runs = inline(c, src, bold, runs)
			add("］")
		case *ast.Emphasis:
			runs = inline(c, src, bold || c.Level == 2, runs)
		case *ast.RawHTML:
			add(prose.TagText(c, src))
		default:
			runs = inline(c, src, bold, runs)
		}
	}
	return runs
}

var textWriter = goldhtml.NewWriter(goldhtml.WithEscapedSpace())

// shown is a text without escapes and entities: what goldmark writes into a page
// for it, read again.
func shown(value []byte) string {
	if bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return string(value)
	}
	var page bytes.Buffer
	w := bufio.NewWriter(&page)
	textWriter.Write(w, value)
	_ = w.Flush() // a bytes.Buffer takes everything
	return html.UnescapeString(page.String())
}
