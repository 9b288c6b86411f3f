package office

import (
	"fmt"
	"strings"
)

const (
	sheetNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.` +
		`openxmlformats.org/officeDocument/2006/relationships"`
	sheetType = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// style is the number of a column's look in parts/workbookStyles.xml: 0 is the
// default, 1 the head; then each kind with lines, with lines and wrapped, and bare.
func (c *Column) style() int {
	n := 2 + int(c.Kind)
	if c.Wrap {
		n += int(kinds)
	}
	return n
}

// bareStyle is that of the column below its rows, without lines.
func (c *Column) bareStyle() int { return 2 + 2*int(kinds) + int(c.Kind) }

// parts are the files of the package around the sheets; ends are the names of
// their last cells.
func (b *Workbook) parts(names, ends []string) []part {
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-` +
		`properties+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + sheetType +
		`sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + sheetType + `styles+xml"/>`
	charts, chartTypes := b.chartParts(names, ends)
	types += chartTypes
	var sheets, defined, relations strings.Builder
	for i, name := range names {
		n := i + 1
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, n,
			sheetType)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, n,
			relation, n)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, escape(name), n, n)
		end := strings.TrimRight(ends[i], "0123456789")
		fmt.Fprintf(&defined, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">'%s'!$A$1:`+
			`$%s$%s</definedName>`, i, escape(name), end, ends[i][len(end):])
	}
	for i, name := range names {
		fixed := ""
		if n := b.Sheets[i].Fixed; n > 0 {
			fixed = fmt.Sprintf("'%s'!$A:$%s,", escape(name), letter(n-1))
		}
		fmt.Fprintf(&defined, `<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s'%s'!$1:$1</definedName>`,
			i, fixed, escape(name))
	}
	return append(charts, []part{
		{"xl/workbook.xml", xmlHead + `<workbook ` + sheetNames + `><bookViews><workbookView/></bookViews><sheets>` +
			sheets.String() + `</sheets><definedNames>` + defined.String() + `</definedNames></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + relationships + relations.String() +
			`<Relationship Id="rIdStyles" Type="` + relation + `styles" Target="styles.xml"/></Relationships>`},
		{"xl/styles.xml", staticPart("workbookStyles")},
		core(b.Title),
		{"_rels/.rels", topRelations("xl/workbook.xml")},
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-` +
			`types">` + types + `</Types>`},
	}...)
}
