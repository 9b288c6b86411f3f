// Package prose says how the Markdown of a case is read: once, for the
// pages, Word, Excel, CSV and the search index alike. It is CommonMark with
// tables, task lists and ~~deleted~~ text, less what would change a text that
// nobody meant as Markdown:
//
//   - Stars work beside Chinese punctuation, which counts as letters, and a star
//     between figures (2*15*30) is a times sign.
//   - Only two tildes strike: 3~5 个工作日 is a range.
//   - Underscores beside Chinese or figures are blanks to be filled in.
//   - A line that is set in by two full-width spaces begins a paragraph.
//   - A line that is set in by four blanks is a paragraph, no code.
//   - [a]: b is text, no definition that vanishes.
//   - Tags are text, and swallow no lines below them; comments are not shown.
package prose

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options make goldmark read Markdown in this way. They come first: they
// replace the parser, to which later options add.
func Options() []goldmark.Option {
	return []goldmark.Option{
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(parser.NewSetextHeadingParser(), 100),
				util.Prioritized(parser.NewThematicBreakParser(), 200),
				util.Prioritized(parser.NewListParser(), 300),
				util.Prioritized(parser.NewListItemParser(), 400),
				util.Prioritized(parser.NewATXHeadingParser(), 600),
				util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
				util.Prioritized(parser.NewBlockquoteParser(), 800),
				util.Prioritized(commentParser{parser.NewHTMLBlockParser()}, 900),
				util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
			),
			parser.WithInlineParsers(
				util.Prioritized(parser.NewCodeSpanParser(), 100),
				util.Prioritized(parser.NewLinkParser(), 200),
				util.Prioritized(parser.NewAutoLinkParser(), 300),
				util.Prioritized(parser.NewRawHTMLParser(), 400),
				util.Prioritized(signParser{}, 450), // before that of the extension
			),
		)),
		goldmark.WithExtensions(
			// Aligned by class: the pages let no style attribute pass.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough, extension.TaskList, extension.NewCJK(extension.WithEscapedSpace()),
		),
	}
}

// Source is a text as the parser takes it: valid UTF-8, and a line on which
// nobody sees anything is empty.
func Source(s string) []byte {
	s = strings.ToValidUTF8(s, "\ufffd")
	if !strings.Contains(s, "\u3000") {
		return []byte(s)
	}
	b := make([]byte, 0, len(s))
	for line := range strings.Lines(s) {
		if strings.Trim(line, " \t\r\n\u3000") == "" {
			line = "\n"
		}
		b = append(b, line...)
	}
	return b
}

// Indent is how a paragraph begins that is typed as in a Chinese document.
const Indent = "\u3000\u3000"

// paragraphParser reads paragraphs. Whoever types one sets its first line in,
// and leaves no blank line before.
type paragraphParser struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (p paragraphParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if last := pc.LastOpenedBlock().Node; last != nil && ast.IsParagraph(last) {
		line, _ := reader.PeekLine()
		if !strings.HasPrefix(strings.TrimLeft(string(line), " \t"), Indent) {
			return nil, parser.NoChildren // it goes on
		}
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// Close implements parser.BlockParser: the blanks before a line are layout.
func (p paragraphParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		value := line.Value(reader.Source())
		text := strings.TrimLeft(string(value), " \t\u3000")
		indented := strings.HasPrefix(strings.TrimLeft(string(value), " \t"), Indent)
		if i == 0 && indented && node.PreviousSibling() != nil {
			node.SetBlankPreviousLines(true) // an item of a list with two paragraphs shows them as such
		}
		if line.Padding == 0 && strings.TrimSpace(text) != "" { // goldmark takes no empty line
			line.Start += len(value) - len(text)
			lines.Set(i, line)
		}
	}
	p.BlockParser.Close(node, reader, pc)
}

// CanInterruptParagraph implements parser.BlockParser.
func (paragraphParser) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (paragraphParser) CanAcceptIndentedLine() bool { return true }

// commentParser reads blocks of HTML that are comments. Other tags are text, and
// what follows them is Markdown as ever.
type commentParser struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (p commentParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	rest, ok := strings.CutPrefix(strings.TrimLeft(string(line), " "), "<!--")
	if _, after, ended := strings.Cut(rest, "-->"); !ok || ended && strings.TrimSpace(after) != "" {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// signParser reads runs of stars, underscores and tildes.
type signParser struct{}

type emphasis struct{ sign byte }

// IsDelimiter implements parser.DelimiterProcessor.
func (e emphasis) IsDelimiter(b byte) bool { return b == e.sign }

// CanOpenCloser implements parser.DelimiterProcessor.
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (e emphasis) OnMatch(consumes int) ast.Node {
	if e.sign == '~' {
		return extast.NewStrikethrough()
	}
	return ast.NewEmphasis(consumes)
}

// Trigger implements parser.InlineParser.
func (signParser) Trigger() []byte { return []byte("*_~") }

// Parse implements parser.InlineParser.
func (signParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	sign, n := line[0], 1
	for n < len(line) && line[n] == sign {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	if literal(sign, n, before, after) {
		return ast.NewTextSegment(segment)
	}
	opens, closes := flanking(before, after)
	if sign == '_' { // CommonMark: not inside a word
		opens, closes = opens && (!closes || util.IsPunctRune(before)), closes && (!opens || util.IsPunctRune(after))
	}
	node := parser.NewDelimiter(opens, closes, n, sign, emphasis{sign})
	node.Segment = segment
	pc.PushDelimiter(node)
	return node
}

// literal reports whether a run of signs between two characters is what was
// typed, and no Markdown.
func literal(sign byte, n int, before, after rune) bool {
	if figure(before) && figure(after) {
		return true
	}
	switch sign {
	case '~':
		return n != 2
	case '_':
		return n > 3 || wordOfOurs(before) || wordOfOurs(after)
	}
	// 2人*15天*30元, (1+3%)*12: nobody sets a figure inside a word in italics.
	return n == 1 && figure(after) && (unicode.IsLetter(before) || strings.ContainsRune(")）]］%％‰²³", before))
}

func figure(r rune) bool { return unicode.Is(unicode.Nd, r) }

func wordOfOurs(r rune) bool { return EastAsian(r) || figure(r) }

// flanking says whether a run of signs between two characters may open and may
// close. CommonMark takes 纳税人：** for an opener because ： is punctuation, and
// the text after it is no space. Here Chinese punctuation counts as a letter, and
// beside a Chinese character no space is needed.
func flanking(before, after rune) (opens, closes bool) {
	beforeSpace, afterSpace := util.IsSpaceRune(before), util.IsSpaceRune(after)
	beforeHan, afterHan := EastAsian(before), EastAsian(after)
	beforePunct := util.IsPunctRune(before) && !beforeHan
	afterPunct := util.IsPunctRune(after) && !afterHan
	opens = !afterSpace && (!afterPunct || beforeSpace || beforePunct || beforeHan)
	closes = !beforeSpace && (!beforePunct || afterSpace || afterPunct || afterHan)
	return opens, closes
}

// Joins reports whether a line that ends in a and one that begins with b are one
// line of Chinese, without a blank between.
func Joins(a, b rune) bool {
	return EastAsian(a) && (EastAsian(b) || quote(b)) || quote(a) && EastAsian(b)
}

// quote reports whether r is punctuation that Chinese shares with Latin.
func quote(r rune) bool { return strings.ContainsRune("“”‘’—…·", r) }

// EastAsian reports whether r is a Chinese character, or punctuation set as
// wide as one.
func EastAsian(r rune) bool {
	return unicode.Is(unicode.Han, r) ||
		r >= 0x3000 && r <= 0x303f || // 、。《》「」【】
		r >= 0xff00 && r <= 0xffef // ：（），！
}

// BreakJoins reports whether the line end behind a text adds nothing: goldmark's
// own rule knows characters only and makes a blank of a line that ends in ，or
// begins with 《.
func BreakJoins(n *ast.Text, src []byte) bool {
	return Joins(lastRune(n, src), firstRune(n.NextSibling(), src))
}

// lastRune is the character that text up to and with n ends in; 0 if none.
func lastRune(n ast.Node, src []byte) rune {
	for n != nil {
		t, ok := n.(*ast.Text)
		switch {
		case !ok:
			n = n.LastChild()
		case t.Segment.Len() == 0 && n.PreviousSibling() != nil:
			n = n.PreviousSibling() // an emphasis ended the line
		default:
			r, _ := utf8.DecodeLastRune(t.Segment.Value(src))
			return r
		}
	}
	return 0
}

// firstRune is the first character of the text of n; 0 if it has none.
func firstRune(n ast.Node, src []byte) rune {
	for ; n != nil; n = n.FirstChild() {
		if t, ok := n.(*ast.Text); ok {
			r, _ := utf8.DecodeRune(t.Segment.Value(src))
			return r
		}
	}
	return 0
}

// HTMLText is what is shown of a block of HTML: the tags as the text that they
// are. Comments, suppressions among them, are not for readers.
func HTMLText(n *ast.HTMLBlock, src []byte) string {
	raw := bytes.Clone(n.Lines().Value(src))
	if n.HasClosure() {
		raw = append(raw, n.ClosureLine.Value(src)...)
	}
	return tagText(bytes.TrimSpace(raw))
}

// TagText is what is shown of a tag inside a paragraph.
func TagText(n *ast.RawHTML, src []byte) string { return tagText(n.Segments.Value(src)) }

// tagText is what was typed, without comments.
func tagText(raw []byte) string {
	text := string(raw)
	for {
		before, rest, begun := strings.Cut(text, "<!--")
		_, after, ended := strings.Cut(rest, "-->")
		if !begun || !ended {
			return text
		}
		text = before + after
	}
}
