package prose

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Manual is a page of the manual.
type Manual struct {
	Title    string // its heading of the first level, which HTML does not repeat
	HTML     template.HTML
	Headings []Heading
	Links    []string // as written
}

// Heading is one that a page of the manual can be entered at.
type Heading struct {
	Level    int
	ID, Text string
}

// ReadManual reads a page of the manual, which is ours: its tables get what the
// pages of the site ask of tables, its headings the anchors that they have on a
// forge, and its links go where link says; one that it has no way for is an
// empty one, and the words stay.
func ReadManual(src string, link func(to string) string) Manual {
	page := new(Manual)
	m := manualRenderer{page: page, follow: link,
		safeRenderer: safeRenderer{"", func(string) bool { return false },
			goldhtml.NewWriter(goldhtml.WithEscapedSpace())}}
	engine := goldmark.New(append(Options(),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(alignByClass{}, 900), util.Prioritized(m, 900))),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(m, 100))))...)
	var b bytes.Buffer
	ids := parser.WithIDs(&anchors{used: map[string]int{}})
	if engine.Convert([]byte(src), &b, parser.WithContext(parser.NewContext(ids))) != nil {
		return Manual{HTML: template.HTML("<pre>" + template.HTMLEscapeString(src) + "</pre>")}
	}
	page.HTML = template.HTML(b.String())
	return *page
}

// anchor is what GitLab, Gitea and GitHub make of a heading.
func anchor(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// anchors are those of one page: a second heading of the same words gets a number.
type anchors struct{ used map[string]int }

// Generate implements parser.IDs.
func (a *anchors) Generate(value []byte, _ ast.NodeKind) []byte {
	name := anchor(plain(string(value)))
	n := a.used[name]
	a.used[name]++
	if n > 0 {
		name += "-" + strconv.Itoa(n)
	}
	return []byte(name)
}

// Put implements parser.IDs.
func (a *anchors) Put(value []byte) { a.used[string(value)]++ }

// plain is a heading without its marks.
func plain(heading string) string { return strings.NewReplacer("`", "", "**", "").Replace(heading) }

// manualRenderer reads what is to be known of a page, and writes what the pages of
// the site want otherwise than goldmark.
type manualRenderer struct {
	safeRenderer
	page   *Manual
	follow func(to string) string
}

// Transform implements parser.ASTTransformer: it takes the title out of the text.
func (m manualRenderer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	src := reader.Source()
	var title ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			words := plain(string(n.Lines().Value(src)))
			if n.Level == 1 && title == nil {
				title, m.page.Title = n, words
				return ast.WalkSkipChildren, nil
			}
			id, _ := n.AttributeString("id")
			name, _ := id.([]byte)
			m.page.Headings = append(m.page.Headings, Heading{n.Level, string(name), words})
		case *ast.Link:
			m.page.Links = append(m.page.Links, string(n.Destination))
		case *ast.Image:
			m.page.Links = append(m.page.Links, string(n.Destination))
		case *extast.Table:
			n.SetAttributeString("caption", m.under())
		}
		return ast.WalkContinue, nil
	})
	if title != nil {
		doc.RemoveChild(doc, title)
	}
}

// under are the words of the last heading: what a table is called.
func (m manualRenderer) under() string {
	if n := len(m.page.Headings); n > 0 {
		return m.page.Headings[n-1].Text
	}
	return m.page.Title
}

// RegisterFuncs implements renderer.NodeRenderer.
func (m manualRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	m.safeRenderer.RegisterFuncs(reg)
	reg.Register(ast.KindRawHTML, m.rawHTML)
	reg.Register(ast.KindLink, m.link)
	reg.Register(ast.KindImage, m.image)
	reg.Register(ast.KindFencedCodeBlock, m.code)
	reg.Register(ast.KindCodeSpan, m.command)
	reg.Register(extast.KindTable, m.table)
	reg.Register(extast.KindTableHeader, m.tableHeader)
	reg.Register(extast.KindTableCell, m.tableCell)
}

// rawHTML lets the line breaks of cells pass.
func (m manualRenderer) rawHTML(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if TagText(n.(*ast.RawHTML), src) != "<br>" {
		return m.safeRenderer.rawHTML(w, src, n, entering)
	}
	if entering {
		w.WriteString("<br>")
	}
	return ast.WalkSkipChildren, nil
}

func (m manualRenderer) link(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	switch href := m.follow(string(n.(*ast.Link).Destination)); {
	case href == "":
	case entering:
		w.WriteString(`<a href="` + template.HTMLEscapeString(href) + `">`)
	default:
		w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// image is shown: it is one of the manual's own.
func (m manualRenderer) image(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var words strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		words.Write(c.(*ast.Text).Segment.Value(src))
	}
	w.WriteString(`<img src="` + template.HTMLEscapeString(m.follow(string(n.(*ast.Image).Destination))) + `" alt="` +
		template.HTMLEscapeString(words.String()) + `">`)
	return ast.WalkSkipChildren, nil
}

// code can be scrolled by the keyboard as well.
func (m manualRenderer) code(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(`<pre tabindex="0"><code>`)
		template.HTMLEscape(w, n.Lines().Value(src))
		w.WriteString("</code></pre>\n")
	}
	return ast.WalkSkipChildren, nil
}

// command keeps the two hyphens of an option together, which a line could end
// between.
func (m manualRenderer) command(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var words []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		words = append(words, strings.Split(string(c.(*ast.Text).Segment.Value(src)), " ")...)
	}
	for i, word := range words {
		words[i] = template.HTMLEscapeString(word)
		if strings.HasPrefix(word, "--") {
			words[i] = `<span class="nw">` + words[i] + "</span>"
		}
	}
	w.WriteString("<code>" + strings.Join(words, " ") + "</code>")
	return ast.WalkSkipChildren, nil
}

func (m manualRenderer) table(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		w.WriteString("</table></div>\n")
		return ast.WalkContinue, nil
	}
	caption, _ := n.AttributeString("caption")
	words := template.HTMLEscapeString(caption.(string))
	w.WriteString(`<div class="scroll" tabindex="0" role="group" aria-label="` + words +
		`"><table class="list wordy"><caption class="sr">` + words + "</caption>\n")
	return ast.WalkContinue, nil
}

// tableHeader is left out where nothing stands in it.
func (m manualRenderer) tableHeader(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	named := false
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		named = named || c.HasChildren()
	}
	switch {
	case entering && !named:
		w.WriteString("<tbody>\n")
		return ast.WalkSkipChildren, nil
	case entering:
		w.WriteString("<thead><tr>\n")
	case named:
		w.WriteString("</tr></thead>\n<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (m manualRenderer) tableCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag, scope := "td", ""
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	if class, ok := n.AttributeString("class"); ok {
		scope += ` class="` + string(class.([]byte)) + `"`
	}
	w.WriteString("<" + tag + scope + ">")
	return ast.WalkContinue, nil
}
