package office

import (
	"fmt"
	"strings"
)

const (
	sheetNames = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	sheetType  = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
)

// style is the number of a column's look in xl/styles.xml: 0 is the default,
// 1 the head.
func (c *Column) style() int {
	n := 2 + int(c.Kind)
	if c.Wrap {
		n += int(kinds)
	}
	return n
}

// bareStyle is that of the column below its rows, without lines.
func (c *Column) bareStyle() int { return 2 + 2*int(kinds) + int(c.Kind) }

// numberFormats are those of the kinds; 164 and up are defined in the styles.
var numberFormats = [kinds]int{TextColumn: 49, DateColumn: 164, NumberColumn: 1, DecimalColumn: 2, PercentColumn: 165}

func workbookStyles() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<styleSheet ` + sheetNames +
		`><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>` +
		`<fonts count="2"><font><sz val="10"/><name val="宋体"/><family val="3"/><charset val="134"/></font><font><sz val="10"/><name val="黑体"/><family val="3"/><charset val="134"/></font></fonts>` +
		`<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF2"/><bgColor indexed="64"/></patternFill></fill></fills>` +
		`<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>`)
	for _, side := range [...]string{"left", "right", "top", "bottom"} {
		b.WriteString(`<` + side + ` style="thin"><color rgb="FFBFBFBF"/></` + side + `>`)
	}
	fmt.Fprintf(&b, `<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="%d"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`, 2+3*kinds)
	b.WriteString(`<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>`)
	for _, look := range [...]struct{ border, wrap string }{{"1", ""}, {"1", ` wrapText="1"`}, {"0", ""}} {
		for kind := range kinds {
			across := ""
			switch kind {
			case DateColumn:
				across = ` horizontal="center"`
			case NumberColumn, DecimalColumn, PercentColumn: // words among figures too
				across = ` horizontal="right"`
			}
			fmt.Fprintf(&b, `<xf numFmtId="%d" fontId="0" fillId="0" borderId="%s" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment%s vertical="center"%s/></xf>`, numberFormats[kind], look.border, across, look.wrap)
		}
	}
	b.WriteString(`</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`)
	return b.String()
}

// parts are the files of the package around the sheets; ends are the names of
// their last cells.
func (b *Workbook) parts(names, ends []string) []part {
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
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
		fmt.Fprintf(&defined, `<definedName name="_xlnm._FilterDatabase" localSheetId="%d" hidden="1">'%s'!$A$1:$%s$%s</definedName>`, i, escape(name), end, ends[i][len(end):])
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
		{"xl/styles.xml", workbookStyles()},
		core(b.Title),
		{"_rels/.rels", topRelations("xl/workbook.xml")},
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`},
	}...)
}
