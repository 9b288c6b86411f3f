package prose

import (
	"bufio"
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"suqiu/internal/bounds"
)

// Renderer turns the text of a case into HTML that is safe to show: no raw
// HTML, no script addresses, no images that a browser would fetch.
type Renderer struct {
	base   string // the way to the folder of the pages of cases
	known  func(id string) bool
	engine goldmark.Markdown
	sinks  sync.Pool // of *sink
}

// sink is what goldmark writes to. It would make a writer of its own for each
// of some ten thousand texts.
type sink struct {
	*bufio.Writer
	text bytes.Buffer
}

// NewRenderer returns a renderer; known decides which relative links lead to
// the page of a case, base is the way to the folder of those pages.
func NewRenderer(base string, known func(id string) bool) *Renderer {
	m := &Renderer{base: base, known: known}
	m.sinks.New = func() any { s := new(sink); s.Writer = bufio.NewWriter(&s.text); return s }
	m.engine = goldmark.New(append(Options(),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(demoteHeadings{}, 900), util.Prioritized(alignByClass{}, 900)),
		),
		goldmark.WithRendererOptions(
			renderer.WithNodeRenderers(util.Prioritized(safeRenderer{base, known,
				goldhtml.NewWriter(goldhtml.WithEscapedSpace())}, 100)),
		),
	)...)
	return m
}

// HTML renders src. prefix keeps heading ids of several texts on one page
// apart.
func (m *Renderer) HTML(src, prefix string) template.HTML {
	to := m.sinks.Get().(*sink)
	defer m.sinks.Put(to)
	to.text.Reset()
	to.Reset(&to.text)
	ctx := parser.NewContext(parser.WithIDs(&headingIDs{prefix: prefix, used: map[string]bool{},
		count: map[string]int{}}))
	if line, _ := bounds.Markup(src); line > 0 || m.engine.Convert(Source(src), to, parser.WithContext(ctx)) != nil {
		// Writing to memory does not fail; should a renderer ever do so, the
		// reader gets the text as typed.
		return template.HTML("<pre>" + template.HTMLEscapeString(strings.ToValidUTF8(src, "\uFFFD")) + "</pre>")
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
	slug := Slug(string(value))
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

// Slug keeps letters (Chinese ones too) and digits, and puts one hyphen
// where anything else stood between them.
func Slug(s string) string {
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

// text writes text as goldmark does, but a line break between two lines of
// Chinese adds nothing.
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
		if !BreakJoins(n, src) {
			w.WriteByte('\n')
		}
	}
	return ast.WalkContinue, nil
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

// rawHTML shows a tag as the text it is.
func (s safeRenderer) rawHTML(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.Write(util.EscapeHTML([]byte(TagText(n.(*ast.RawHTML), src))))
	}
	return ast.WalkSkipChildren, nil
}

func (s safeRenderer) htmlBlock(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if tag := HTMLText(n.(*ast.HTMLBlock), src); entering && tag != "" {
		w.WriteString("<p>")
		w.Write(util.EscapeHTML([]byte(tag)))
		w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
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

// alignByClass says with a class how a cell is aligned.
type alignByClass struct{}

// Transform implements parser.ASTTransformer.
func (alignByClass) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if cell, ok := n.(*extast.TableCell); ok && entering {
			switch cell.Alignment {
			case extast.AlignRight:
				cell.SetAttributeString("class", []byte("right"))
			case extast.AlignCenter:
				cell.SetAttributeString("class", []byte("center"))
			}
		}
		return ast.WalkContinue, nil
	})
}
