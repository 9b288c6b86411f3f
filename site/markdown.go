package site

import (
	"bufio"
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"suqiu/internal/office"
)

// markdown turns the text of a case into HTML that is safe to show: no raw
// HTML, no script addresses, no images that a browser would fetch.
type markdown struct {
	engine goldmark.Markdown
	sinks  sync.Pool
}

// sink is what goldmark writes to. It would make a writer of its own for each
// of some ten thousand texts.
type sink struct {
	*bufio.Writer
	text bytes.Buffer
}

// newMarkdown returns a renderer; known decides which relative links lead to
// the page of a case, base is the way to the folder of those pages.
func newMarkdown(base string, known func(id string) bool) *markdown {
	m := &markdown{}
	m.sinks.New = func() any { s := new(sink); s.Writer = bufio.NewWriter(&s.text); return s }
	m.engine = goldmark.New(
		goldmark.WithExtensions(
			// Aligned by class: the pages let no style attribute pass.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), extension.Strikethrough, extension.TaskList,
			extension.NewCJK(extension.WithEscapedSpace()),
		),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			// Before the built-in emphasis parser (500), which then never sees a star.
			parser.WithInlineParsers(util.Prioritized(starParser{}, 450)),
			parser.WithASTTransformers(util.Prioritized(demoteHeadings{}, 900), util.Prioritized(alignByClass{}, 900)),
		),
		goldmark.WithRendererOptions(
			renderer.WithNodeRenderers(util.Prioritized(safeRenderer{base, known, goldhtml.NewWriter(goldhtml.WithEscapedSpace())}, 100)),
		),
	)
	return m
}

// html renders src. prefix keeps heading ids of several texts on one page
// apart.
func (m *markdown) html(src, prefix string) template.HTML {
	to := m.sinks.Get().(*sink)
	defer m.sinks.Put(to)
	to.text.Reset()
	to.Reset(&to.text)
	ctx := parser.NewContext(parser.WithIDs(&headingIDs{prefix: prefix, used: map[string]bool{}, count: map[string]int{}}))
	src = strings.ToValidUTF8(src, "\uFFFD")
	if office.TooDeep(src) || m.engine.Convert([]byte(src), to, parser.WithContext(ctx)) != nil {
		// Writing to memory does not fail; should a renderer ever do so, the
		// reader gets the text as typed.
		return template.HTML("<pre>" + template.HTMLEscapeString(src) + "</pre>")
	}
	return template.HTML(to.text.String())
}

// headingIDs makes ids of the words of a heading, Chinese included.
type headingIDs struct {
	prefix string
	used   map[string]bool
	count  map[string]int // of a slug, where to go on: a thousand equal headings take a thousand steps
}

// Generate implements parser.IDs.
func (h *headingIDs) Generate(value []byte, kind ast.NodeKind) []byte {
	slug := slugify(string(value))
	if slug == "" {
		slug = "节"
	}
	id := h.prefix + slug
	n := max(h.count[slug], 1)
	for ; h.used[id]; n++ { // 甲-2 may be a heading of its own
		id = h.prefix + slug + "-" + strconv.Itoa(n+1)
	}
	h.count[slug], h.used[id] = n, true
	return []byte(id)
}

// Put implements parser.IDs.
func (h *headingIDs) Put(value []byte) { h.used[string(value)] = true }

// slugify keeps letters (Chinese ones too) and digits, and puts one hyphen
// where anything else stood between them.
func slugify(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		} else {
			gap = true
		}
	}
	return b.String()
}

// starParser reads * and ** so that they work beside Chinese: CommonMark
// takes 纳税人：** for an opener because ： is punctuation, and the text after
// it is no space. Here Chinese punctuation counts as a letter, and beside a
// Chinese character no space is needed.
type starParser struct{}

type starProcessor struct{}

func (starProcessor) IsDelimiter(b byte) bool { return b == '*' }

func (starProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (starProcessor) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// Trigger implements parser.InlineParser.
func (starParser) Trigger() []byte { return []byte{'*'} }

// Parse implements parser.InlineParser.
func (starParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '*' {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	left, right := flanking(before, after)
	node := parser.NewDelimiter(left, right, n, '*', starProcessor{})
	node.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(node)
	return node
}

// flanking says whether a run of stars between two characters may open and
// may close.
func flanking(before, after rune) (open, close bool) {
	beforeSpace, afterSpace := util.IsSpaceRune(before), util.IsSpaceRune(after)
	beforeHan, afterHan := eastAsian(before), eastAsian(after)
	beforePunct := util.IsPunctRune(before) && !beforeHan
	afterPunct := util.IsPunctRune(after) && !afterHan
	open = !afterSpace && (!afterPunct || beforeSpace || beforePunct || beforeHan)
	close = !beforeSpace && (!beforePunct || afterSpace || afterPunct || afterHan)
	return open, close
}

// text writes text as goldmark does, but a line break between two lines of
// Chinese adds nothing: goldmark's own rule knows characters only and makes a
// space of a line that ends in ，or begins with 《.
func (s safeRenderer) text(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	value := n.Segment.Value(src)
	switch {
	case n.IsRaw():
		s.writer.RawWrite(w, value)
		return ast.WalkContinue, nil
	default:
		s.writer.Write(w, value)
	}
	switch {
	case n.HardLineBreak():
		w.WriteString("<br>\n")
	case n.SoftLineBreak():
		if !joins(lastRune(n, src), firstRune(n.NextSibling(), src)) {
			w.WriteByte('\n')
		}
	}
	return ast.WalkContinue, nil
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

// joins reports whether a line that ends in a and one that begins with b are
// one line of Chinese.
func joins(a, b rune) bool {
	return eastAsian(a) && (eastAsian(b) || quote(b)) || quote(a) && eastAsian(b)
}

// quote reports whether r is punctuation that Chinese shares with Latin.
func quote(r rune) bool { return strings.ContainsRune("“”‘’—…·", r) }

// eastAsian reports whether r is a Chinese character, or punctuation set as
// wide as one.
func eastAsian(r rune) bool {
	return unicode.Is(unicode.Han, r) ||
		r >= 0x3000 && r <= 0x303f || // 、。《》「」【】
		r >= 0xff00 && r <= 0xffef // ：（），！
}

// demoteHeadings pushes headings inside a section below the section's own
// second-level heading.
type demoteHeadings struct{}

// Transform implements parser.ASTTransformer.
func (d demoteHeadings) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) { d.below(doc) }

// below goes through the blocks of n: a heading may stand in a quotation.
func (d demoteHeadings) below(n ast.Node) {
	for c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			h.Level = max(h.Level, 3)
			continue
		}
		d.below(c)
	}
}

// safeRenderer replaces goldmark's renderers of whatever could fetch, run or
// forge something.
type safeRenderer struct {
	base   string
	known  func(id string) bool // is there a page for this 编号?
	writer goldhtml.Writer
}

// RegisterFuncs implements renderer.NodeRenderer.
func (s safeRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindRawHTML, s.rawHTML)
	reg.Register(ast.KindHTMLBlock, s.htmlBlock)
	reg.Register(ast.KindLink, s.link)
	reg.Register(ast.KindAutoLink, s.autoLink)
	reg.Register(ast.KindImage, s.image)
	reg.Register(ast.KindText, s.text)
}

// rawHTML shows a tag as the text it is. Comments (among them suppressions)
// are not for readers.
func (s safeRenderer) rawHTML(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		var raw []byte
		segments := n.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			seg := segments.At(i)
			raw = append(raw, seg.Value(src)...)
		}
		writeTag(w, raw)
	}
	return ast.WalkSkipChildren, nil
}

func (s safeRenderer) htmlBlock(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.HTMLBlock)
	var raw []byte
	for i := range block.Lines().Len() {
		seg := block.Lines().At(i)
		raw = append(raw, seg.Value(src)...)
	}
	if block.HasClosure() {
		raw = append(raw, block.ClosureLine.Value(src)...)
	}
	raw = bytes.TrimSpace(raw)
	if isComment(raw) {
		return ast.WalkContinue, nil
	}
	w.WriteString("<p>")
	writeTag(w, raw)
	w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

func isComment(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("<!--")) && bytes.HasSuffix(raw, []byte("-->")) &&
		bytes.Count(raw, []byte("-->")) == 1
}

func writeTag(w util.BufWriter, raw []byte) {
	if !isComment(raw) {
		w.Write(util.EscapeHTML(raw))
	}
}

// link keeps web addresses, and makes links to other cases of relative ones;
// anything else stays text.
func (s safeRenderer) link(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	href := s.target(string(n.(*ast.Link).Destination))
	switch {
	case href == "":
	case entering:
		w.WriteString(`<a href="`)
		w.Write(util.EscapeHTML(util.URLEscape([]byte(href), true)))
		w.WriteString(`" rel="noreferrer">`)
	default:
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (s safeRenderer) autoLink(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		link := n.(*ast.AutoLink)
		label := util.EscapeHTML(link.Label(src))
		if href := s.target(string(link.URL(src))); href != "" && link.AutoLinkType == ast.AutoLinkURL {
			w.WriteString(`<a href="`)
			w.Write(util.EscapeHTML(util.URLEscape([]byte(href), false)))
			w.WriteString(`" rel="noreferrer">`)
			w.Write(label)
			w.WriteString("</a>")
		} else {
			w.Write(label)
		}
	}
	return ast.WalkContinue, nil
}

// image never loads anything: its description is shown in its place.
func (s safeRenderer) image(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString("［图：")
	} else {
		w.WriteString("］")
	}
	return ast.WalkContinue, nil
}

// target returns the address to link to, or "" if there is to be no link.
func (s safeRenderer) target(dest string) string {
	lower := strings.ToLower(dest)
	if strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return dest
	}
	base := dest[strings.LastIndexByte(dest, '/')+1:]
	for _, ending := range []string{".md", ".html", ""} {
		if id, ok := strings.CutSuffix(base, ending); ok && id != "" && s.known(id) {
			return s.base + id + ".html"
		}
	}
	return ""
}
