package office

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table is a table with a head that is repeated on every page.
type Table struct {
	Caption string
	Head    []string
	Widths  []int   // of the columns, relative to each other; nil: equal
	Align   []Align // of the columns; nil, or zero for one: left
	Rows    [][]string
	Size    Size // zero: 五号
	Whole   bool // on one page, if it fits on one, with the line that follows
}

// Table adds a table as wide as the text.
func (d *Document) Table(t Table) {
	if t.Size == 0 {
		t.Size = Size5
	}
	if t.Caption != "" {
		d.paragraph("Caption", "", Text(t.Caption))
	}
	columns := len(t.Head)
	for _, row := range t.Rows {
		columns = max(columns, len(row))
	}
	if columns == 0 {
		return
	}
	widths := t.Widths
	if len(widths) != columns {
		widths = make([]int, columns)
		for i := range widths {
			widths[i] = 1
		}
	}
	together := d.holds(&t, share(d.width(), widths))
	d.table(widths, t.Size, func(yield func(*GridRow) bool) {
		row := GridRow{Head: true, Cells: make([]Cell, columns)}
		if len(t.Head) > 0 {
			for i := range columns {
				row.Cells[i] = Cell{Text: at(t.Head, i), Label: true}
			}
			if !yield(&row) {
				return
			}
		}
		row.Head = false
		last := len(t.Rows) - 1
		for n, texts := range t.Rows {
			// No row is left behind alone, at the foot of a page or on the next.
			row.Keep = t.Whole || n < last && (together || n == 0 || n == last-1)
			for i := range columns {
				row.Cells[i] = Cell{Text: at(texts, i), Align: at(t.Align, i)}
			}
			if !yield(&row) {
				return
			}
		}
	})
}

// holds reports whether a page holds a table with the heading above it, as far as can be
// told from its texts.
func (d *Document) holds(t *Table, widths []int) bool {
	room := pageLong - marginTop - marginBottom
	if d.page == Landscape {
		room = pageShort - marginLeft - marginRight
	}
	line := int(t.Size)*10 + 100
	room -= 4 * line
	for _, row := range t.Rows {
		lines := 1
		for i, text := range row {
			lines = max(lines, linesOf(text, (at(widths, i)-2*cellMargin)/(int(t.Size)*10)))
		}
		if room -= lines * line; room < 0 {
			return false
		}
	}
	return true
}

// cellMargin is what Word leaves free at either side of a cell, in twentieths of a point.
const cellMargin = 108

// linesOf is how many lines a text takes in a cell as wide as so many Chinese characters;
// Latin letters and figures are half as wide.
func linesOf(text string, wide int) int {
	lines := 0
	for part := range strings.Lines(text) {
		half := 0
		for _, r := range part {
			if half++; r >= 0x2000 {
				half++
			}
		}
		lines += 1 + half/(2*max(wide, 1))
	}
	return lines
}

func at[T any](list []T, i int) (zero T) {
	if i < len(list) {
		return list[i]
	}
	return zero
}

// Grid is a form or table of cells that may span columns.
type Grid struct {
	Widths []int // of the columns, relative to each other
	Rows   []GridRow
	Size   Size // zero: 小四
}

// GridRow is one row of a Grid.
type GridRow struct {
	Head   bool // repeated on every page
	Keep   bool // on one page with the next row
	Height int  // at least, in mm; 0: that of the text
	Cells  []Cell
	// The two rows of an Opinion, without a line between.
	headed, foot bool
}

// Cell is one cell of a Grid.
type Cell struct {
	Text  string
	Runs  []Run // after Text
	Span  int   // columns; 0: one
	Label bool  // 黑体, centred
	Align Align
}

// Opinion is the block in which a unit writes its opinion (意见) and signs: a
// label at the left, text on top of the rest, and below it at the right the
// line to sign on. It is two rows, for a Grid of span+1 columns.
func Opinion(label string, span, height int, text, sign string) []GridRow {
	return []GridRow{
		{Height: height, headed: true, Cells: []Cell{{Text: label, Label: true}, {Text: text, Span: span}}},
		{foot: true, Cells: []Cell{{Label: true}, {Runs: []Run{{Text: sign, Size: Size5}}, Span: span, Align: Right}}},
	}
}

// Grid adds a grid as wide as the text.
func (d *Document) Grid(g Grid) {
	if len(g.Widths) == 0 || len(g.Rows) == 0 {
		return
	}
	if g.Size == 0 {
		g.Size = SizeSmall
	}
	d.table(g.Widths, g.Size, func(yield func(*GridRow) bool) {
		for i := range g.Rows {
			if !yield(&g.Rows[i]) {
				return
			}
		}
	})
}

// table is a grid as it is kept until the document is written: as text, that of
// a quarter takes some megabytes. Its rows are one row at a time.
type table struct {
	widths []int
	size   Size
	rows   iter.Seq[*GridRow]
}

// table adds a table with columns of these relative widths.
func (d *Document) table(widths []int, size Size, rows iter.Seq[*GridRow]) {
	if d.styled {
		d.Gap() // or Word would make one table of two
	}
	d.before = append(d.before, stretch{d.body.String(), &table{share(d.width(), widths), size, rows}})
	d.body.Reset()
	d.styled, d.empty, d.last = true, false, 0
}

func (t *table) write(w io.Writer) error {
	b := new(bytes.Buffer)
	width := 0
	for _, w := range t.widths {
		width += w
	}
	b.WriteString(fill("table", struct {
		Width   int
		Columns []int
	}{width, t.widths}))
	for row := range t.rows {
		row.write(b, t.widths, t.size)
		if b.Len() < pieceSize {
			continue
		}
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
	}
	b.WriteString(`</w:tbl>`)
	_, err := b.WriteTo(w)
	return err
}

// share divides a width in the proportion of parts, without a remainder.
func share(width int, parts []int) []int {
	sum := 0
	for _, p := range parts {
		sum += max(p, 1)
	}
	list := make([]int, len(parts))
	from, upTo := 0, 0
	for i, p := range parts {
		upTo += max(p, 1)
		to := width * upTo / sum
		list[i], from = to-from, to
	}
	return list
}

// maxWhole is how many characters in a cell may move to the next page as one
// row: more would leave most of a page blank.
const maxWhole = 400

func (row *GridRow) long() bool {
	return slices.ContainsFunc(row.Cells, func(c Cell) bool { return utf8.RuneCountInString(c.Text) > maxWhole })
}

func (row *GridRow) write(b *bytes.Buffer, widths []int, size Size) {
	b.WriteString(`<w:tr><w:trPr>`)
	if !row.long() {
		b.WriteString(`<w:cantSplit/>`)
	}
	if row.Height > 0 {
		fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, row.Height*567/10)
	}
	if row.Head {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	column := 0
	for i, c := range row.Cells {
		span := max(c.Span, 1)
		width := 0
		for range span {
			width += at(widths, column)
			column++
		}
		b.WriteString(`<w:tc><w:tcPr><w:tcW w:w="`)
		b.WriteString(strconv.Itoa(width))
		b.WriteString(`" w:type="dxa"/>`)
		if span > 1 {
			fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, span)
		}
		middle := true
		switch {
		case row.headed && i == 0:
			b.WriteString(`<w:vMerge w:val="restart"/>`)
		case row.foot && i == 0:
			b.WriteString(`<w:vMerge/>`)
		case row.headed:
			b.WriteString(`<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>`)
			middle = false
		case row.foot:
			b.WriteString(`<w:tcBorders><w:top w:val="nil"/></w:tcBorders>`)
		}
		if middle {
			b.WriteString(`<w:vAlign w:val="center"/>`)
		}
		b.WriteString(`</w:tcPr>`)
		c.write(b, size, row.Head || row.Keep || row.headed)
		b.WriteString(`</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}

// write writes the paragraphs of a cell, one for each line; keep holds them on
// one page with what follows.
func (c *Cell) write(b *bytes.Buffer, size Size, keep bool) {
	style := "Cell"
	if c.Label {
		style = "CellLabel"
	}
	var props strings.Builder
	if keep {
		props.WriteString(`<w:keepNext/>`)
	}
	if size != SizeSmall {
		props.WriteString(`<w:spacing w:line="`)
		props.WriteString(strconv.Itoa(int(size)*10 + 100))
		props.WriteString(`" w:lineRule="exact"/>`)
	}
	props.WriteString(jc(c.Align))
	for line, rest, more := strings.Cut(strings.ReplaceAll(c.Text, "\r\n", "\n"), "\n"); ; line, rest,
		more = strings.Cut(rest, "\n") {
		beginParagraph(b, style)
		b.WriteString(props.String())
		b.WriteString(`</w:pPr>`)
		sized(Text(line), size).write(b)
		if !more {
			for _, r := range c.Runs {
				sized(r, size).write(b)
			}
		}
		b.WriteString(`</w:p>`)
		if !more {
			return
		}
	}
}

// sized gives a run the size of its table unless it has its own.
func sized(r Run, size Size) Run {
	if r.Size == 0 && size != SizeSmall {
		r.Size = size
	}
	return r
}
