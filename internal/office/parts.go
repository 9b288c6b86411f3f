package office

import (
	"bytes"
	"embed"
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template"
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.` +
		`openxmlformats.org/officeDocument/2006/relationships"`
	documentPart = "word/document.xml"
)

// partFiles holds the XML that stands around what a document or sheet says: most
// of it the same in every file. The footers have the page number (“— 1 —”,
// 4号宋体, one character in from the outer edge, GB/T 9704 7.5). Footers 3 and 4 are
// for a page that lies across among upright ones: the number stands where it stands
// on those when the sheets are bound (GB/T 9704 8), in a cell that floats there and
// is written from top to bottom.
//
//go:embed parts/*.xml
var partFiles embed.FS

// partTemplates are the part files by their names, without the line breaks and tabs
// that are for whoever reads them.
var partTemplates = sync.OnceValue(func() *template.Template {
	t := template.New("").Funcs(template.FuncMap{"escape": escape, "number": number, "words": words})
	entries, err := partFiles.ReadDir("parts")
	for _, e := range entries {
		var data []byte
		if data, err = partFiles.ReadFile("parts/" + e.Name()); err != nil {
			break
		}
		var b strings.Builder
		text, headed := strings.CutPrefix(string(data), xmlHead)
		if headed {
			b.WriteString(xmlHead)
		}
		for line := range strings.Lines(text) {
			b.WriteString(strings.Trim(line, "\t\n"))
		}
		template.Must(t.New(strings.TrimSuffix(e.Name(), path.Ext(e.Name()))).Parse(b.String()))
	}
	return template.Must(t, err)
})

// fill is a part file with what stands in it this time.
func fill(name string, with any) string {
	var b bytes.Buffer
	if err := partTemplates().ExecuteTemplate(&b, name, with); err != nil {
		panic("office: " + err.Error()) // the file is part of the program
	}
	return b.String()
}

// number is a number as XML has it; empty for NaN.
func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// link leads from a part to another: from the first to Target by ID.
type link struct{ ID, Type, Target string }

func links(list ...link) string { return fill("relationships", list) }

// declared says of what type a part is, or every part whose name ends in xlsx or png.
type declared struct{ Name, Type string }

// topParts are the parts that every file has, of which main is the first to read.
func topParts(title, main string, types []declared) (declaring, leading, properties part) {
	return part{"[Content_Types].xml", fill("types", types)}, part{"_rels/.rels", fill("top", main)},
		part{"docProps/core.xml", fill("core", title)}
}

// parts are the files of the package before and behind the document itself.
func (d *Document) parts() (before, behind []part, _ error) {
	charts, chartLinks, chartTypes, err := d.chartParts()
	if err != nil {
		return nil, nil, err
	}
	types := []declared{{documentPart, "wordprocessingml.document.main+xml"}}
	var relations []link
	add := func(name, id, kind, data string) {
		behind = append(behind, part{"word/" + name + ".xml", data})
		relations = append(relations, link{id, kind, name + ".xml"})
		types = append(types, declared{"word/" + name + ".xml", "wordprocessingml." + kind + "+xml"})
	}
	for _, x := range []struct{ name, id, kind string }{
		{"styles", "rIdStyles", "styles"}, {"settings", "rIdSettings", "settings"},
		{"fontTable", "rIdFonts", "fontTable"},
		{"footer1", "rIdFooter", "footer"}, {"footer2", "rIdFooterEven", "footer"},
		{"footer3", "rIdFooterAcross", "footer"}, {"footer4", "rIdFooterEvenAcross", "footer"},
	} {
		add(x.name, x.id, x.kind, fill(x.name, nil))
	}
	if d.header != "" {
		var text bytes.Buffer
		Text(d.header).write(&text)
		add("header1", "rIdHeader", "header", fill("header1", text.String()))
	}
	pictures, pictureLinks, pictureTypes := d.pictureParts()
	declaring, leading, properties := topParts(d.title, documentPart,
		slices.Concat(types, chartTypes, pictureTypes))
	before = []part{declaring, leading, properties,
		{"word/_rels/document.xml.rels", links(slices.Concat(relations, chartLinks, pictureLinks)...)}}
	return before, slices.Concat(behind, charts, pictures), nil
}

// style is the number of a column's look in parts/workbookStyles.xml: 0 is the
// default, 1 the head; then each kind with lines, with lines and wrapped, and bare.
func (c *Column) style() int {
	if c.Open {
		return 2 + 3*int(kinds)
	}
	n := 2 + int(c.Kind)
	if c.Wrap {
		n += int(kinds)
	}
	return n
}

// bareStyle is that of the column below its rows, without lines.
func (c *Column) bareStyle() int { return 2 + 2*int(kinds) + int(c.Kind) }

// placedSheet is a sheet within its workbook: its tab, and its last cell.
type placedSheet struct {
	*Sheet
	N      int // from 1
	Tab    string
	Last   string // column
	Height int    // rows
}

// FixedTo is the last column that stays in sight, if there is one.
func (s placedSheet) FixedTo() string {
	if s.Fixed == 0 {
		return ""
	}
	return letter(s.Fixed - 1)
}

// parts are the files of the package around the sheets.
func (b *Workbook) parts(sheets []placedSheet) []part {
	parts, chartTypes := chartParts(sheets)
	types := append([]declared{{"xl/workbook.xml", "spreadsheetml.sheet.main+xml"},
		{"xl/styles.xml", "spreadsheetml.styles+xml"}}, chartTypes...)
	var relations []link
	for _, s := range sheets {
		name := fmt.Sprintf("worksheets/sheet%d.xml", s.N)
		types = append(types, declared{"xl/" + name, "spreadsheetml.worksheet+xml"})
		relations = append(relations, link{fmt.Sprintf("rId%d", s.N), "worksheet", name})
	}
	declaring, leading, properties := topParts(b.Title, "xl/workbook.xml", types)
	return append(parts, part{"xl/workbook.xml", fill("workbook", sheets)},
		part{"xl/_rels/workbook.xml.rels", links(append(relations, link{"rIdStyles", "styles", "styles.xml"})...)},
		part{"xl/styles.xml", fill("workbookStyles", nil)}, properties, leading, declaring)
}
