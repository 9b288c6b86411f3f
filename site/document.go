package site

import (
	"bytes"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/office"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// documents composes the report of every quarter, newest first, for what the
// edition may show. Composing is where that border lies: a Document holds no
// title of a case that is 仅要素 unless the edition is 监督.
func (v *builder) documents() []document.Document {
	list := make([]document.Document, len(v.quarters))
	var all sync.WaitGroup
	for i := range list {
		all.Go(func() {
			list[i] = v.book.Compose(v.quarters[i].Quarter, report.Options{Supervision: v.Edition == view.Supervision})
		})
	}
	all.Wait()
	return list
}

// docChapter is a chapter as the page shows it.
type docChapter struct {
	ID, Title string
	Blocks    []docBlock
}

// docBlock is one of: a heading, a paragraph, a table with or without a chart,
// or what a person wrote.
type docBlock struct {
	Heading string
	Text    []segment
	Table   *docTable
	Chart   template.HTML
	Written template.HTML
}

// docAnnex is an annex as the page shows it.
type docAnnex struct {
	ID, Title, Note string
	Table           *docTable
	Chart           template.HTML
	More            int // rows that only Excel has
}

// docTable is a table with its cells linked. A Wordy one has more columns of
// text than a narrow window can set side by side; one with Many has more than a
// sheet of paper holds in type of the usual size.
type docTable struct {
	ID, Caption string
	Columns     []docColumn
	Rows        [][]docCell
	Wordy       bool
	Many        bool // columns
}

type docColumn struct {
	Name  string
	Class string // of its cells in the style sheet; empty: text that may wrap
}

type docCell struct {
	docColumn
	Text []segment
}

// segment is a piece of text, perhaps a link.
type segment struct{ Text, Href string }

// annexRows is how many rows of an annex a page shows; Excel has them all.
const annexRows = 300

func (v *builder) docChapters(doc *document.Document) []docChapter {
	var list []docChapter
	for i := range doc.Chapters {
		c := &doc.Chapters[i]
		chapter := docChapter{ID: "c" + strconv.Itoa(i+1), Title: c.Title}
		for j := range c.Blocks {
			chapter.Blocks = append(chapter.Blocks, v.docBlock(&c.Blocks[j], chapter.ID+"-"+strconv.Itoa(j+1)))
		}
		list = append(list, chapter)
	}
	return list
}

func (v *builder) docBlock(b *document.Block, id string) docBlock {
	out := docBlock{Heading: b.Heading}
	switch {
	case b.Table != nil:
		out.Table = v.docTable(b.Table, id, len(b.Table.Rows))
		if b.Chart != nil {
			out.Chart = drawChart(b.Chart)
		}
	case b.Written != "":
		out.Written = v.minutesProse.HTML(b.Written, id+"-")
	case b.Text != "":
		out.Text = v.linked(b.Text)
	}
	return out
}

// drawChart draws a line for a share, bars for long names, else columns.
func drawChart(c *document.Chart) template.HTML {
	if c.Rate {
		var points []draw.Point
		for _, g := range c.Groups {
			points = append(points, point(g.Label, document.Share{N: g.Values[0], Of: g.Values[1]}))
		}
		return draw.Line(c.ID, c.Title, points)
	}
	var groups []draw.Group
	for _, g := range c.Groups {
		groups = append(groups, draw.Group(g))
	}
	if c.Across {
		return draw.Bars(c.ID, c.Title, c.Series, groups)
	}
	return draw.Columns(c.ID, c.Title, c.Series, groups)
}

func (v *builder) docAnnexes(list []document.Annex) []docAnnex {
	var annexes []docAnnex
	for i := range list {
		a := &list[i]
		n := min(annexRows, len(a.Table.Rows))
		annex := docAnnex{ID: "a-" + a.Key, Title: a.Title, Note: a.Note, Table: v.docTable(&a.Table, "a-"+a.Key, n),
			More: len(a.Table.Rows) - n}
		if a.Chart != nil {
			annex.Chart = drawChart(a.Chart)
		}
		annexes = append(annexes, annex)
	}
	return annexes
}

func (v *builder) docTable(t *document.Table, id string, most int) *docTable {
	out := &docTable{ID: id, Caption: t.Caption}
	for _, c := range t.Columns {
		column := docColumn{Name: c.Name}
		switch {
		case c.Kind == document.Number, c.Kind == document.Ratio, c.Kind == document.Score, c.Kind == document.Day:
			column.Class = "n"
		case c.Kind == document.CaseID, c.Width <= 5:
			column.Class = "nw"
		}
		out.Columns = append(out.Columns, column)
	}
	out.Many = len(out.Columns) > 12
	out.Wordy = len(out.Columns) > 4 && slices.ContainsFunc(out.Columns[1:],
		func(c docColumn) bool { return c.Class != "n" })
	for _, row := range t.Rows[:most] {
		cells := make([]docCell, len(out.Columns))
		for i := range cells {
			cells[i].docColumn = out.Columns[i]
			if i < len(row) {
				cells[i].Text = v.linked(row[i])
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

var caseNumber = regexp.MustCompile(`[0-9]{6}-[A-Z]{2,8}-[0-9]{3,}`)

// linked cuts a text where it names a case that has a page.
func (v *builder) linked(text string) []segment {
	var list []segment
	from := 0
	for _, m := range caseNumber.FindAllStringIndex(text, -1) {
		e := v.hasPage(text[m[0]:m[1]])
		if e == nil {
			continue
		}
		if m[0] > from {
			list = append(list, segment{Text: text[from:m[0]]})
		}
		list = append(list, segment{e.ID, "../cases/" + e.ID + ".html"})
		from = m[1]
	}
	if from < len(text) {
		list = append(list, segment{Text: text[from:]})
	}
	return list
}

// reportFiles are the report of each quarter: the page, and what it offers to take
// away.
func (v *builder) reportFiles() (files []file) {
	for i := range v.quarters {
		f, doc := &v.quarters[i], &v.reports[i]
		name := "reports/" + f.Quarter.String()
		data := &reportPage{Figures: f, Name: quarterName(f.Quarter), Running: f.Running, Note: doc.Note,
			Appraised: v.Edition == view.Supervision}
		if i+1 < len(v.quarters) {
			data.Previous = v.quarters[i+1].Quarter.String()
		}
		if i > 0 {
			data.Next = v.quarters[i-1].Quarter.String()
		}
		files = append(files, v.files(page{name + ".html", "report", data.Name + "分析报告", "reports", func() framed {
			data.Chapters, data.Annexes = v.docChapters(doc), v.docAnnexes(doc.Annexes)
			return data
		}, func() sitedir.InputHash { return v.hashOfReportPage(i, data) }})...)
		files = append(files,
			file{path: name + ".docx", of: v.reportHashes[i],
				write: func(b *bytes.Buffer) error { return doc.Word(b) }},
			file{path: name + ".xlsx", of: v.reportHashes[i],
				write: func(b *bytes.Buffer) error { return doc.Excel(b) }})
	}
	return files
}

// appraisalFiles are 考评 of each quarter, as a page and as Excel.
func (v *builder) appraisalFiles() (files []file) {
	for i := range v.quarters {
		f, tables := &v.quarters[i], v.appraisals[i]
		name, quarter := quarterName(f.Quarter), f.Quarter.String()
		files = append(files, v.files(page{"appraisal/" + quarter + ".html", "appraisal", name + "考评", "reports",
			func() framed {
				return &appraisalPage{Name: name, Quarter: quarter, Running: f.Running, AsOf: f.AsOf,
					Tables: v.docAnnexes(tables)}
			}, nil})...)
		files = append(files, file{path: "appraisal/" + quarter + ".xlsx", write: func(b *bytes.Buffer) error {
			return document.WriteExcel(b, "考评", tables)
		}})
	}
	return files
}

// reportData are the reports as JSON. With every landing they say another
// commit, and mostly the same otherwise.
func (v *builder) reportData() []file {
	calendar := report.NoteCalendar(v.Calendar)
	var files []file
	for i := range v.quarters {
		f := &v.quarters[i]
		p := report.Publication{Version: report.FormatVersion, Counting: report.CountingVersion, Tool: v.chrome.Tool,
			Head: v.Head, AsOf: v.AsOf, Edition: string(v.Edition),
			Calendar: calendar, Settings: v.book.Settings(), Figures: f.Quarterly}
		body := sync.OnceValue(func() sitedir.InputHash { return v.hashFigures(i).Sum() })
		files = append(files, file{path: "reports/" + f.Quarter.String() + ".json",
			stream: func(w io.Writer, pieces office.Pieces) error {
				head, err := p.Preamble()
				if err != nil {
					return err
				}
				if _, err := w.Write(head); err != nil {
					return err
				}
				p.Annexes = report.Lists(&v.reports[i])
				return office.Piece(w, pieces, body().Key(), p.Body)
			},
			of: func() sitedir.InputHash {
				r := sitedir.NewHasher(v.Head)
				r.Add(body())
				return r.Sum()
			}})
	}
	return files
}

// appraisalPage is 考评 of a quarter (监督 edition).
type appraisalPage struct {
	Frame
	Name, Quarter string
	Running       bool
	AsOf          workday.Date
	Tables        []docAnnex
}
