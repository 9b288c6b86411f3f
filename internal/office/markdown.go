package office

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// markdownParser may be used from any goroutine. Making one costs more than
// parsing a paragraph.
var markdownParser = sync.OnceValue(func() parser.Parser { return goldmark.New(goldmark.WithExtensions(extension.Table)).Parser() })

// Markdown is plain text without a sign that means something anywhere, and
// without one at the beginning of a line that makes the line something else: a
// list, a heading, the rule below one.
const (
	signs      = "*_`[]<>|\\~&"
	firstSigns = "#-+=:"
)

func plain(markdown string) bool {
	if strings.ContainsAny(markdown, signs) {
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
		if rest := strings.TrimLeft(line, "0123456789"); rest != line && rest != "" && (rest[0] == '.' || rest[0] == ')') {
			return false
		}
	}
	return true
}

// maxNesting is deeper than anybody nests quotations and lists.
const maxNesting = 100

// TooDeep reports whether a line of Markdown opens more quotations and lists
// within each other than anybody does. Reading it would take time with the
// square of their number, and no browser shows so many; it is text.
func TooDeep(markdown string) bool {
	for line := range strings.Lines(markdown) {
		if len(line) > maxNesting && nesting(line) > maxNesting {
			return true
		}
	}
	return false
}

// nesting counts the signs of quotations and lists at the beginning of a line.
func nesting(line string) int {
	for n := 0; ; n++ {
		line = strings.TrimLeft(line, " \t")
		if rest, ok := strings.CutPrefix(line, ">"); ok {
			line = rest
			continue
		}
		sign, signs := strings.TrimLeft(line, "0123456789"), ".)"
		if sign == line {
			signs = "-*+"
		}
		if len(sign) < 2 || !strings.Contains(signs, sign[:1]) || sign[1] != ' ' && sign[1] != '\t' {
			return n
		}
		line = sign[1:]
	}
}

// Plain is the text of a piece of Markdown: its paragraphs, items and table
// rows, one a line, without signs.
func Plain(markdown string) string {
	if plain(markdown) || TooDeep(markdown) {
		return joinLines(markdown)
	}
	return unmarked(markdown)
}

func unmarked(markdown string) string {
	var lines []string
	blocks([]byte(strings.ToValidUTF8(markdown, "\ufffd")), func(_ int, runs []Run) {
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
	before := "" // the line before, of the same paragraph
	for line := range strings.Lines(s) {
		line = strings.Trim(line, " \t\r\n\u3000")
		switch {
		case line == "":
		case before == "" && text.Len() > 0:
			text.WriteByte('\n')
		case latinEnd([]byte(before)):
			text.WriteByte(' ')
		}
		text.WriteString(line)
		before = line
	}
	return text.String()
}

// Markdown adds a piece of Markdown: its headings below the level given, its
// paragraphs, and its items with their numbers or a dot.
func (d *Document) Markdown(markdown string, below int) {
	if TooDeep(markdown) {
		d.Paragraph(Text(joinLines(markdown)))
		return
	}
	blocks([]byte(strings.ToValidUTF8(markdown, "\ufffd")), func(level int, runs []Run) {
		if level > 0 {
			d.paragraph("Heading"+string(rune('0'+min(level+below, 3))), "", runs...)
			return
		}
		d.Paragraph(runs...)
	})
}

// blocks calls add for each paragraph of a piece of Markdown; level is that of
// a heading, else 0.
func blocks(src []byte, add func(level int, runs []Run)) {
	root := markdownParser().Parse(text.NewReader(src))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			add(n.Level, inline(n, src, false, nil))
		case *ast.Paragraph, *ast.TextBlock:
			add(0, inline(n, src, false, itemMark(n)))
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			add(0, []Run{Text(strings.TrimRight(string(n.Lines().Value(src)), "\n"))})
		case *extast.TableRow, *extast.TableHeader:
			var runs []Run
			for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
				if cell != n.FirstChild() {
					runs = append(runs, Text("　"))
				}
				runs = inline(cell, src, false, runs)
			}
			add(0, runs)
		default:
			return ast.WalkContinue, nil
		}
		return ast.WalkSkipChildren, nil
	})
}

// itemMark is what stands before the first paragraph of an item of a list.
func itemMark(n ast.Node) []Run {
	item, ok := n.Parent().(*ast.ListItem)
	if !ok || n.PreviousSibling() != nil {
		return nil
	}
	list, ok := item.Parent().(*ast.List)
	if !ok || !list.IsOrdered() {
		return []Run{Text("· ")}
	}
	at := list.Start
	for s := item.PreviousSibling(); s != nil; s = s.PreviousSibling() {
		at++
	}
	return []Run{Text(Ordinal(3, at))}
}

// inline adds the text below a node. A line end between Chinese characters is
// no blank. Stars that goldmark does not take for bold, as in
// `**纳税人：**张三`, go all the same.
func inline(n ast.Node, src []byte, bold bool, runs []Run) []Run {
	add := func(s string) {
		if s = strings.ReplaceAll(s, "**", ""); s != "" {
			runs = append(runs, Run{Text: s, Bold: bold})
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			add(string(c.Value(src)))
			switch {
			case c.HardLineBreak():
				add("\n")
			case c.SoftLineBreak() && latinEnd(c.Value(src)):
				add(" ")
			}
		case *ast.String:
			add(string(c.Value))
		case *ast.AutoLink:
			add(string(c.Label(src)))
		case *ast.Emphasis:
			runs = inline(c, src, bold || c.Level == 2, runs)
		case *ast.RawHTML:
		default:
			runs = inline(c, src, bold, runs)
		}
	}
	return runs
}

// latinEnd reports whether a line ends in a letter or figure of Latin script.
func latinEnd(line []byte) bool {
	return len(line) > 0 && line[len(line)-1] > ' ' && line[len(line)-1] < 0x80
}
