package office

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/prose"
)

// Document is a Word document. Its methods add to the end; Write writes it.
type Document struct {
	title  string // for the properties of the file
	header string
	before []stretch    // up to the last table
	body   bytes.Buffer // after it
	page   Orientation
	begun  Orientation // how its first page lies
	styled bool        // the last block was a table: Word wants a paragraph after it
	empty  bool        // nothing stands on the page that has begun
	charts []Chart
	// pictures are those that are no charts.
	pictures []picture
	last     int // where the properties of the last paragraph go on in body; 0: the last block is none
}

// Orientation is how a page lies.
type Orientation bool

// The two orientations of A4.
const (
	Portrait  Orientation = false
	Landscape Orientation = true
)

// NewDocument begins a document; name is the title in its properties.
func NewDocument(name string, page Orientation) *Document {
	return &Document{title: name, page: page, begun: page, empty: true}
}

// Header sets the line on top of every page, in small type at the right.
func (d *Document) Header(text string) { d.header = text }

// Title adds the title of the document, 2号小标宋, centred; "\n" starts a
// new line of it.
func (d *Document) Title(text string) { d.paragraph("Title", "", Text(text)) }

// FormTitle is Title for a form, which needs its page for other things.
func (d *Document) FormTitle(text string) { d.paragraph("FormTitle", "", Text(text)) }

// Subtitle adds a line below the title, 3号楷体, centred.
func (d *Document) Subtitle(text string) { d.paragraph("Subtitle", "", Text(text)) }

// Annex adds the head of an annex (GB/T 9704 7.3.5): its label flush left in
// 黑体, its title, and how it is counted, which may be empty. They stay with what
// follows.
func (d *Document) Annex(label, title, note string) {
	d.paragraph("Normal", `<w:keepNext/>`, Run{Text: label, Font: HeiTi})
	d.paragraph("FormTitle", `<w:keepNext/>`, Text(title))
	if note != "" {
		d.paragraph("Note", `<w:keepNext/>`, Text(note))
	}
}

// Heading adds a heading of level 1 to 3; its number is part of the text, see
// Ordinal. Other levels are taken for the nearest.
func (d *Document) Heading(level int, text string) {
	level = min(max(level, 1), 3)
	d.paragraph(fmt.Sprintf("Heading%d", level), "", Text(text))
}

// Paragraph adds a paragraph of the text, its first line set in by two
// characters.
func (d *Document) Paragraph(runs ...Run) {
	props := ""
	if slices.ContainsFunc(runs, func(r Run) bool { return longWord(r.Text) }) {
		props = jc(Left)
	}
	d.paragraph("Body", props, runs...)
}

// longWord reports whether a text holds a word of Latin letters and figures,
// such as 202607-NSFWK-001, that would tear the line before it apart if the
// paragraph were flush on both sides.
func longWord(s string) bool {
	n := 0
	for _, r := range s {
		if n++; r <= ' ' || r >= 0x7f {
			n = 0
		}
		if n == 9 {
			return true
		}
	}
	return false
}

// Line adds a line without indentation, such as 主送单位 or a remark.
func (d *Document) Line(align Align, runs ...Run) { d.paragraph("Normal", jc(align), runs...) }

// Note adds a remark in small type, such as how figures are counted.
func (d *Document) Note(runs ...Run) { d.paragraph("Note", "", runs...) }

// List adds one paragraph for each item, numbered 1. 2. 3.
func (d *Document) List(items ...[]Run) {
	for i, item := range items {
		d.paragraph("Body", "", append([]Run{Text(fmt.Sprintf("%d.", i+1))}, item...)...)
	}
}

// Bullets adds one paragraph for each item, each behind a dot.
func (d *Document) Bullets(items ...[]Run) {
	for _, item := range items {
		d.paragraph("Body", "", append([]Run{Text("· ")}, item...)...)
	}
}

// Sign adds 落款: who issues the document, and the day below it, at the right.
// An empty line is left blank for the hand. The paragraph before goes with it:
// a signature does not stand alone on a page.
func (d *Document) Sign(unit, day string) {
	if d.last > 0 {
		rest := bytes.Clone(d.body.Bytes()[d.last:])
		d.body.Truncate(d.last)
		d.body.WriteString(`<w:keepNext/>`)
		d.body.Write(rest)
	}
	d.paragraph("Normal", `<w:keepNext/>`)
	d.paragraph("Sign", `<w:keepNext/>`, Text(unit))
	d.paragraph("Sign", "", Text(day))
}

// PageBreak goes on on a new page; on an empty page it does nothing.
func (d *Document) PageBreak() {
	if d.empty {
		return
	}
	d.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>`)
	d.styled, d.empty, d.last = false, true, 0
}

// Turn goes on on a new page of the other orientation, for a wide table.
func (d *Document) Turn(page Orientation) {
	if page == d.page {
		d.PageBreak()
		return
	}
	if !d.empty {
		d.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="Gap"/>` + d.section() + `</w:pPr></w:p>`)
	}
	d.page, d.styled, d.empty, d.last = page, false, true, 0
}

// Gap leaves half a line between two blocks.
func (d *Document) Gap() {
	d.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="Gap"/><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:p>`)
	d.styled, d.last = false, 0
}

func (d *Document) paragraph(style, props string, runs ...Run) {
	beginParagraph(&d.body, style)
	d.last = d.body.Len()
	d.body.WriteString(props)
	d.body.WriteString(`</w:pPr>`)
	for _, r := range runs {
		r.write(&d.body)
	}
	d.body.WriteString(`</w:p>`)
	d.styled, d.empty = false, false
}

// Whatever stands in every cell is written piece by piece: a table of a year
// has some ten thousand.

// beginParagraph leaves its properties open.
func beginParagraph(b *bytes.Buffer, style string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="`)
	b.WriteString(style)
	b.WriteString(`"/>`)
}

func jc(a Align) string {
	if a == "" {
		return ""
	}
	return `<w:jc w:val="` + string(a) + `"/>`
}

// write writes a run; "\n" and "\t" in it become a break and a tab.
func (r Run) write(b *bytes.Buffer) {
	if r.Text == "" {
		return
	}
	b.WriteString(`<w:r>`)
	hint := chineseMarks(r.Text)
	if r.Bold || r.Font != "" || r.Size != 0 || hint {
		b.WriteString(`<w:rPr>`)
		if r.Font != "" || hint {
			b.WriteString(`<w:rFonts`)
			if hint {
				b.WriteString(` w:hint="eastAsia"`)
			}
			if r.Font != "" {
				b.WriteString(` w:eastAsia="` + escape(string(r.Font)) + `"`)
			}
			b.WriteString(`/>`)
		}
		if r.Bold {
			b.WriteString(`<w:b/><w:bCs/>`)
		}
		if r.Size != 0 {
			size := strconv.Itoa(int(r.Size))
			b.WriteString(`<w:sz w:val="`)
			b.WriteString(size)
			b.WriteString(`"/><w:szCs w:val="`)
			b.WriteString(size)
			b.WriteString(`"/>`)
		}
		b.WriteString(`</w:rPr>`)
	}
	first := true
	for line := range strings.SplitSeq(strings.ReplaceAll(r.Text, "\r\n", "\n"), "\n") {
		if !first {
			b.WriteString(`<w:br/>`)
		}
		first = false
		for piece, rest, more := strings.Cut(line, "\t"); ; piece, rest, more = strings.Cut(rest, "\t") {
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">`)
				writeEscaped(b, piece)
				b.WriteString(`</w:t>`)
			}
			if !more {
				break
			}
			b.WriteString(`<w:tab/>`)
		}
	}
	b.WriteString(`</w:r>`)
}

// sharedMarks are signs that Chinese and Latin typefaces both have, in different
// widths. Word takes the Latin one unless the run hints otherwise.
const sharedMarks = "“”‘’—–…·×÷±°§"

// chineseMarks reports whether such a sign stands beside a Chinese character, or
// beside another of them that does, or in a run without Latin letters and figures.
func chineseMarks(s string) bool {
	if !strings.ContainsAny(s, sharedMarks) {
		return false
	}
	latin := false
	before, signs := false, false // the stretch of signs at hand follows a Chinese character; there is one
	for _, r := range s {
		switch {
		case strings.ContainsRune(sharedMarks, r):
			if before {
				return true
			}
			signs = true
		case prose.EastAsian(r):
			if signs {
				return true
			}
			before = true
		default:
			before, signs = false, false
			latin = latin || r > ' '
		}
	}
	return !latin
}

// A4 and its margins, in twentieths of a point, as parts/section.xml has them.
const (
	pageShort, pageLong     = 11906, 16838
	marginTop, marginBottom = 2098, 1984
	marginLeft, marginRight = 1588, 1474
)

// width is that of the text on the current page.
func (d *Document) width() int {
	if d.page == Landscape {
		return pageLong - marginTop - marginBottom
	}
	return pageShort - marginLeft - marginRight
}

// section has the properties of the pages up to here.
func (d *Document) section() string {
	across := ""
	if d.page == Landscape && d.begun == Portrait {
		across = "Across"
	}
	return fill("section", struct {
		Header, Landscape bool
		Across            string
	}{d.header != "", d.page == Landscape, across})
}

// Write writes the document as .docx.
func (d *Document) Write(w io.Writer) error {
	before, behind, err := d.parts()
	if err != nil {
		return err
	}
	z := newPackage(w)
	if err := addParts(z, before); err != nil {
		return err
	}
	if err := addPart(z, documentPart, d.write); err != nil {
		return err
	}
	if err := addParts(z, behind); err != nil {
		return err
	}
	return z.Close()
}

// stretch is a part of the body: text, and the table that follows it.
type stretch struct {
	text  string
	table *table
}

// write writes the body.
func (d *Document) write(w io.Writer) error {
	piece := make([]byte, pieceSize)
	if err := writePieces(w, xmlHead+`<w:document `+namespaces+`><w:body>`, piece); err != nil {
		return err
	}
	for _, s := range d.before {
		if err := writePieces(w, s.text, piece); err != nil {
			return err
		}
		if err := s.table.write(w); err != nil {
			return err
		}
	}
	tail := ""
	if d.styled {
		tail = `<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>`
	}
	return writePieces(w, d.body.String()+tail+d.section()+`</w:body></w:document>`, piece)
}
