package office

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
)

const (
	chartType   = `application/vnd.openxmlformats-officedocument.drawingml.chart+xml`
	drawingType = `application/vnd.openxmlformats-officedocument.drawing+xml`
	packageType = `application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`
	emuPerMM    = 36000
)

// Chart adds a chart as wide as the text. It carries a workbook with its
// figures, which Word opens for 编辑数据.
func (d *Document) Chart(c Chart) {
	if len(c.Names) == 0 || len(c.Series) == 0 {
		return
	}
	d.charts = append(d.charts, c)
	n := len(d.charts)
	most := 190 // mm, of the 225 that a page has
	if d.page == Landscape {
		most = 140
	}
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://`+
		`schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">`+
		`<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="图表 %d" descr="%s"/><wp:cNvGraphicFramePr/>%s</wp:`+
		`inline></w:drawing></w:r></w:p>`,
		min(d.width()*635, 180*emuPerMM), c.height(most)*emuPerMM, n, n, c.alt(), frame("rIdChart"+strconv.Itoa(n)))
	d.styled, d.empty, d.last = false, false, 0
}

// chartParts are the parts of a document's charts with their relationships.
func (d *Document) chartParts() (parts []part, relations, types string, err error) {
	for i := range d.charts {
		n := strconv.Itoa(i + 1)
		data, err := d.charts[i].workbook()
		if err != nil {
			return nil, "", "", fmt.Errorf("chart %s: %w", d.charts[i].Title, err)
		}
		relations += `<Relationship Id="rIdChart` + n + `" Type="` + relation + `chart" Target="charts/chart` + n +
			`.xml"/>`
		types += `<Override PartName="/word/charts/chart` + n + `.xml" ContentType="` + chartType + `"/>`
		parts = append(parts,
			part{"word/charts/chart" + n + ".xml", d.charts[i].part(d.charts[i].own(), "rId1")},
			part{"word/charts/_rels/chart" + n + ".xml.rels",
				xmlHead + relationships + `<Relationship Id="rId1" Type="` + relation +
					`package" Target="../embeddings/data` + n + `.xlsx"/></Relationships>`},
			part{"word/embeddings/data" + n + ".xlsx", data})
	}
	if len(d.charts) > 0 {
		types = `<Default Extension="xlsx" ContentType="` + packageType + `"/>` + types
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

// drawing is the part that places the charts of a sheet, one below the other:
// beside its rows or under its last one.
func (s *Sheet) drawing(last int) string {
	b := new(strings.Builder)
	b.WriteString(xmlHead + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/` +
		`spreadsheetDrawing" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	column, row, width := 0, last+1, 220 // mm
	if s.wide() <= beside {
		column, row, width = len(s.Columns), 0, 150
	}
	for i := range s.Charts {
		c, n := &s.Charts[i].Chart, strconv.Itoa(i+1)
		high := c.height(190)
		fmt.Fprintf(b, `<xdr:oneCellAnchor><xdr:from><xdr:col>%d</xdr:col><xdr:colOff>108000</xdr:colOff><xdr:row>`+
			`%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/>`+
			`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="%d" name="图表 %s" descr="%s"/><xdr:`+
			`cNvGraphicFramePr/></xdr:nvGraphicFramePr>`+
			`<xdr:xfrm><a:off xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" x="0" y="0"/><a:`+
			`ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" cx="0" cy="0"/></xdr:xfrm>%s</xdr:`+
			`graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`,
			column, row, width*emuPerMM, high*emuPerMM, i+2, n, c.alt(), frame("rId"+n))
		row += high/5 + 2 // a row is 16.5 pt high, some 5.8 mm
	}
	b.WriteString(`</xdr:wsDr>`)
	return b.String()
}

// chartParts are the parts of the charts of all sheets; names are those of the
// sheets, ends those of their last cells.
func (b *Workbook) chartParts(names, ends []string) (parts []part, types string) {
	n := 0
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if len(s.Charts) == 0 {
			continue
		}
		sheet := strconv.Itoa(i + 1)
		last, _ := strconv.Atoi(strings.TrimLeft(ends[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		relations := ""
		for j := range s.Charts {
			n++
			c, at := &s.Charts[j], ranges{sheet: names[i], names: "A"}
			for _, column := range c.Columns {
				at.values = append(at.values, letter(column))
			}
			name := "charts/chart" + strconv.Itoa(n) + ".xml"
			parts = append(parts, part{"xl/" + name, c.part(at, "")})
			types += `<Override PartName="/xl/` + name + `" ContentType="` + chartType + `"/>`
			relations += `<Relationship Id="rId` + strconv.Itoa(j+1) + `" Type="` + relation + `chart" Target="../` +
				name + `"/>`
		}
		parts = append(parts,
			part{"xl/drawings/drawing" + sheet + ".xml", s.drawing(last)},
			part{"xl/drawings/_rels/drawing" + sheet + ".xml.rels",
				xmlHead + relationships + relations + `</Relationships>`},
			part{"xl/worksheets/_rels/sheet" + sheet + ".xml.rels",
				xmlHead + relationships + `<Relationship Id="rId1" Type="` + relation +
					`drawing" Target="../drawings/drawing` + sheet + `.xml"/></Relationships>`})
		types += `<Override PartName="/xl/drawings/drawing` + sheet + `.xml" ContentType="` + drawingType + `"/>`
	}
	return parts, types
}
