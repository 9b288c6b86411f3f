package quarter

import (
	"html/template"
	"slices"
	"strconv"
	"unicode/utf8"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/prose"
	"suqiu/internal/seal"
)

// Chapter is a chapter as the page shows it.
type Chapter struct {
	ID, Title string
	Blocks    []Block
}

// Block is one of: a heading, a paragraph, a table with or without a chart,
// or what a person wrote.
type Block struct {
	Heading string
	Text    []prose.Segment
	Table   *Table
	Chart   template.HTML
	Written template.HTML
}

// Seal is the last seal as a page shows it.
type Seal struct {
	Line    string
	Picture template.HTML
}

// Sealed is the seal as a page shows it; nil if there is none.
func Sealed(m *seal.Mark) *Seal {
	if m == nil {
		return nil
	}
	return &Seal{m.Line(), draw.QR(m.Code(), m.Alt())}
}

// Annex is an annex as the page shows it.
type Annex struct {
	ID, Title, Note string
	Table           *Table
	Chart           template.HTML
	More            int // rows that only Excel has
}

// Table is a table with its cells linked. A Wordy one has more columns of
// text than a narrow window can set side by side; one with Many has more than a
// sheet of paper holds in type of the usual size.
type Table struct {
	ID, Caption string
	Columns     []Column
	Rows        [][]Cell
	Wordy       bool
	Many        bool // columns
	Short       bool // a sheet of paper holds it
}

// Column is a column of a Table.
type Column struct {
	Name  string
	Class string // of its cells in the style sheet; empty: text that may wrap
}

// Cell is a cell with the class of its column.
type Cell struct {
	Column
	Text []prose.Segment
}

// annexRows is how many rows of an annex a page shows; Excel has them all.
const annexRows = 300

// Chapters are those of a report; md leads to the cases that it names.
func Chapters(md *prose.Renderer, doc *document.Document) []Chapter {
	var list []Chapter
	for i := range doc.Chapters {
		c := &doc.Chapters[i]
		chapter := Chapter{ID: "c" + strconv.Itoa(i+1), Title: c.Title}
		for j := range c.Blocks {
			chapter.Blocks = append(chapter.Blocks, newBlock(md, &c.Blocks[j], chapter.ID+"-"+strconv.Itoa(j+1)))
		}
		list = append(list, chapter)
	}
	return list
}

func newBlock(md *prose.Renderer, b *document.Block, id string) Block {
	out := Block{Heading: b.Heading}
	switch {
	case b.Table != nil:
		out.Table = newTable(md, b.Table, id, len(b.Table.Rows))
		if b.Chart != nil {
			out.Chart = drawChart(b.Chart)
		}
	case b.Written != "":
		out.Written = md.HTML(b.Written, id+"-")
	case b.Text != "":
		out.Text = md.Links(b.Text)
	}
	return out
}

// drawChart draws a line for a share, bars for long names, else columns.
func drawChart(c *document.Chart) template.HTML {
	if c.Rate {
		var points []draw.Point
		for _, g := range c.Groups {
			points = append(points, Point(g.Label, document.Share{N: g.Values[0], Of: g.Values[1]}))
		}
		return draw.Line(c.ID, c.Title, points)
	}
	var groups []draw.Group
	for _, g := range c.Groups {
		groups = append(groups, draw.Group{Label: g.Label, Values: g.Values})
	}
	if c.Across {
		return draw.Bars(c.ID, c.Title, c.Series, groups)
	}
	return draw.Columns(c.ID, c.Title, c.Series, groups)
}

// Annexes are those of a report or of 考评, with their first rows.
func Annexes(md *prose.Renderer, list []document.Annex) []Annex {
	var annexes []Annex
	for i := range list {
		a := &list[i]
		n := min(annexRows, len(a.Table.Rows))
		annex := Annex{ID: "a-" + a.Key, Title: a.Title, Note: a.Note, Table: newTable(md, &a.Table, "a-"+a.Key, n),
			More: len(a.Table.Rows) - n}
		if a.Chart != nil {
			annex.Chart = drawChart(a.Chart)
		}
		annexes = append(annexes, annex)
	}
	return annexes
}

// isShort reports whether the first rows of a table fit on a sheet of paper, by the length
// of what stands in them.
func isShort(t *document.Table, rows int) bool {
	const lineLength, sheet = 50, 36 // characters, and lines with the space between rows
	lines := 0
	for _, row := range t.Rows[:rows] {
		long := 0
		for _, cell := range row {
			long += utf8.RuneCountInString(cell)
		}
		lines += 1 + long/lineLength
	}
	return lines <= sheet
}

func newTable(md *prose.Renderer, t *document.Table, id string, most int) *Table {
	out := &Table{ID: id, Caption: t.Caption}
	for _, c := range t.Columns {
		column := Column{Name: c.Name}
		switch {
		case c.Kind == document.Number, c.Kind == document.Ratio, c.Kind == document.Score, c.Kind == document.Day:
			column.Class = "n"
		case c.Kind == document.CaseID, c.Width <= 5:
			column.Class = "nw"
		}
		out.Columns = append(out.Columns, column)
	}
	out.Many = len(out.Columns) > 12
	out.Short = isShort(t, most)
	out.Wordy = len(out.Columns) > 4 && slices.ContainsFunc(out.Columns[1:],
		func(c Column) bool { return c.Class != "n" })
	for _, row := range t.Rows[:most] {
		cells := make([]Cell, len(out.Columns))
		for i := range cells {
			cells[i].Column = out.Columns[i]
			if i < len(row) {
				cells[i].Text = md.Links(row[i])
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// Point is a share on a line.
func Point(label string, s document.Share) draw.Point {
	return draw.Point{Label: label, N: s.N, Of: s.Of, Text: s.String(), Hollow: !s.Large()}
}
