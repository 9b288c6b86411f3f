package office

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
)

const emuPerMM = 36000

// Chart adds a chart as wide as the text. It carries a workbook with its
// figures, which Word opens for 编辑数据.
func (d *Document) Chart(c Chart) {
	if len(c.Names) == 0 || len(c.Series) == 0 {
		return
	}
	d.charts = append(d.charts, c)
	most := 190 // mm, of the 225 that a page has
	if d.page == Landscape {
		most = 140
	}
	d.body.WriteString(fill("figure",
		c.described("rIdChart", len(d.charts), min(d.width()*635, 180*emuPerMM), c.height(most))))
	d.styled, d.empty, d.last = false, false, 0
}

// chartParts are the parts of a document's charts with what leads to them.
func (d *Document) chartParts() (parts []part, relations []link, types []declared, err error) {
	if len(d.charts) > 0 {
		types = []declared{{"xlsx", "spreadsheetml.sheet"}}
	}
	for i := range d.charts {
		c, n := &d.charts[i], strconv.Itoa(i+1)
		data, err := c.workbook()
		if err != nil {
			return nil, nil, nil, fmt.Errorf("chart %s: %w", c.Title, err)
		}
		relations = append(relations, link{"rIdChart" + n, "chart", "charts/chart" + n + ".xml"})
		types = append(types, declared{"word/charts/chart" + n + ".xml", "drawingml.chart+xml"})
		parts = append(parts,
			part{"word/charts/chart" + n + ".xml", fill("chart", chartPart{c, c.own(), "rId1"})},
			part{"word/charts/_rels/chart" + n + ".xml.rels",
				links(link{"rId1", "package", "../embeddings/data" + n + ".xlsx"})},
			part{"word/embeddings/data" + n + ".xlsx", data})
	}
	return parts, relations, types, nil
}

// figuresSheet is the sheet of a workbook that a document carries.
const figuresSheet = "数据"

// own says where the figures stand in the chart's own workbook.
func (c *Chart) own() ranges {
	at := ranges{sheet: figuresSheet, names: "A"}
	for i := range c.Series {
		at.values = append(at.values, letter(i+1))
	}
	return at
}

// workbook is the figures of a chart as an Excel file.
func (c *Chart) workbook() (string, error) {
	s := Sheet{Name: figuresSheet, Columns: []Column{{Title: c.Along, Width: 28}}}
	kind := NumberColumn
	if c.Kind == Rates {
		kind = PercentColumn
	}
	for i := range c.Series {
		s.Columns = append(s.Columns, Column{Title: c.Series[i].Name, Kind: kind, Width: 14})
	}
	s.Rows = func(yield func(Row) bool) {
		for j, name := range c.Names {
			row := Row{name}
			for i := range c.Series {
				if v := c.Series[i].Values[j]; math.IsNaN(v) {
					row = append(row, nil)
				} else {
					row = append(row, v)
				}
			}
			if !yield(row) {
				return
			}
		}
	}
	var b bytes.Buffer
	err := (&Workbook{Title: c.Title, Sheets: []Sheet{s}}).Write(&b)
	return b.String(), err
}

// SheetChart is a chart of columns of its sheet: its names are those of the
// first column, from the first row on.
type SheetChart struct {
	Chart
	Columns []int // those of the series, from 0
}

// beside is how wide a sheet may be, in characters, for a chart to stand
// beside its rows; else it stands below them.
const beside = 110

// drawing places the charts of a sheet, one below the other: beside its rows or
// under its last one.
func (s placedSheet) drawing() string {
	column, row, width := 0, s.Height+1, 220 // mm
	if s.wide() <= beside {
		column, row, width = len(s.Columns), 0, 150
	}
	list := make([]described, len(s.Charts))
	for i := range s.Charts {
		c := &s.Charts[i].Chart
		high := c.height(190)
		list[i] = c.described("rId", i+1, width*emuPerMM, high)
		list[i].Column, list[i].Row = column, row
		row += high/5 + 2 // a row is 16.5 pt high, some 5.8 mm
	}
	return fill("drawing", list)
}

// chartParts are the parts of the charts of all sheets.
func chartParts(sheets []placedSheet) (parts []part, types []declared) {
	n := 0
	for _, s := range sheets {
		if len(s.Charts) == 0 {
			continue
		}
		var relations []link
		for j := range s.Charts {
			n++
			c, at := &s.Charts[j], ranges{sheet: s.Tab, names: "A"}
			for _, column := range c.Columns {
				at.values = append(at.values, letter(column))
			}
			name := fmt.Sprintf("charts/chart%d.xml", n)
			parts = append(parts, part{"xl/" + name, fill("chart", chartPart{&c.Chart, at, ""})})
			types = append(types, declared{"xl/" + name, "drawingml.chart+xml"})
			relations = append(relations, link{fmt.Sprintf("rId%d", j+1), "chart", "../" + name})
		}
		name := fmt.Sprintf("drawings/drawing%d.xml", s.N)
		parts = append(parts, part{"xl/" + name, s.drawing()},
			part{fmt.Sprintf("xl/drawings/_rels/drawing%d.xml.rels", s.N), links(relations...)},
			part{fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", s.N),
				links(link{"rId1", "drawing", "../" + name})})
		types = append(types, declared{"xl/" + name, "drawing+xml"})
	}
	return parts, types
}
