package office

import (
	"bytes"
	"fmt"
	"strings"
)

const (
	xmlHead       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces    = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordType      = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	relationships = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	documentPart  = "word/document.xml"
	relation      = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// parts are the files of the package before and behind the document itself.
func (d *Document) parts() (before, behind []part, _ error) {
	charts, chartRelations, chartTypes, err := d.chartParts()
	if err != nil {
		return nil, nil, err
	}
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`
	var relations strings.Builder
	add := func(name, id, kind, data string) {
		behind = append(behind, part{"word/" + name + ".xml", data})
		fmt.Fprintf(&relations, `<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, id, relation, kind, name)
		types += `<Override PartName="/word/` + name + `.xml" ContentType="` + wordType + kind + `+xml"/>`
	}
	types += `<Override PartName="/word/document.xml" ContentType="` + wordType + `document.main+xml"/>`
	add("styles", "rIdStyles", "styles", styles())
	add("settings", "rIdSettings", "settings", settings)
	add("fontTable", "rIdFonts", "fontTable", fontTable())
	add("footer1", "rIdFooter", "footer", footer("right"))
	add("footer2", "rIdFooterEven", "footer", footer("left"))
	add("footer3", "rIdFooterAcross", "footer", footerTurned("right"))
	add("footer4", "rIdFooterEvenAcross", "footer", footerTurned("left"))
	if d.header != "" {
		var text bytes.Buffer
		Text(d.header).write(&text)
		add("header1", "rIdHeader", "header", xmlHead+`<w:hdr `+namespaces+
			`><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`+text.String()+`</w:p></w:hdr>`)
	}
	relations.WriteString(chartRelations)
	types += chartTypes
	before = []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`},
		{"_rels/.rels", topRelations(documentPart)},
		core(d.title),
		{"word/_rels/document.xml.rels", xmlHead + relationships + relations.String() + `</Relationships>`},
	}
	return before, append(behind, charts...), nil
}

const settings = xmlHead + `<w:settings ` + namespaces +
	`><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

// fontTable names what else a typeface may be called on a machine.
func fontTable() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:fonts ` + namespaces + `>`)
	for _, f := range []struct {
		name   Font
		others string
		family string
	}{
		{XiaoBiaoSong, "方正小标宋_GBK,FZXiaoBiaoSong-B05S,宋体", "roman"},
		{FangSong, "FangSong,仿宋_GB2312", "modern"},
		{HeiTi, "SimHei", "modern"},
		{KaiTi, "KaiTi,楷体_GB2312", "modern"},
		{SongTi, "SimSun", "auto"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>`, f.name, f.others, f.family)
	}
	b.WriteString(`<w:font w:name="Times New Roman"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`)
	return b.String()
}

// footer is the page number “— 1 —”, 4号宋体, one character in from the outer
// edge (GB/T 9704 7.5).
func footer(side string) string {
	return xmlHead + `<w:ftr ` + namespaces + `>` + pageNumber(side) + `</w:ftr>`
}

func pageNumber(side string) string {
	const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	return `<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="` + side + `"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` + field + `<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>`
}

// footerTurned is footer on a page that lies across among upright ones: the
// number stands where it stands on those when the sheets are bound (GB/T 9704
// 8). The head of the table is then at the left edge of the sheet, so the foot
// of the sheet is the left edge of the page, and its right the lower one. The
// cell that floats there is written from top to bottom.
func footerTurned(side string) string {
	const long, thick = 2268, 320
	at := marginLeft // an even number: the left of the sheet
	if side == "right" {
		at = pageShort - marginRight - long
	}
	return xmlHead + `<w:ftr ` + namespaces + `><w:tbl><w:tblPr>` +
		fmt.Sprintf(`<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page" w:tblpX="%d" w:tblpY="%d"/>`, footerAt, at) +
		fmt.Sprintf(`<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`, thick) +
		fmt.Sprintf(`<w:tblGrid><w:gridCol w:w="%d"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val="%d" w:hRule="exact"/></w:trPr>`, thick, long) +
		fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>`, thick) +
		pageNumber(side) + `</w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p></w:ftr>`
}

// style is one paragraph style.
type style struct {
	id, name string
	para     string // paragraph properties
	font     Font
	size     Size
	run      string // further run properties
}

// indent sets the first line in by two characters.
const indent = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`

// tight lets 28 characters of 3号 fill the 156 mm of a line.
const tight = `<w:spacing w:val="-5"/>`

func spacing(line int, rest string) string {
	return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"%s/>`, line, rest)
}

func styles() string {
	outline := func(level int) string { return fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, level) }
	list := []style{
		{id: "Body", name: "Body Text", para: indent + `<w:jc w:val="both"/>`, run: tight},
		{id: "Title", name: "Title", para: `<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="579" w:line="700" w:lineRule="exact"/><w:jc w:val="center"/>`, font: XiaoBiaoSong, size: Size2},
		{id: "FormTitle", name: "Form Title", para: `<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="120" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>`, font: XiaoBiaoSong, size: Size2},
		{id: "Subtitle", name: "Subtitle", para: `<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="300" w:line="579" w:lineRule="exact"/><w:jc w:val="center"/>`, font: KaiTi},
		{id: "Heading1", name: "heading 1", para: `<w:keepNext/>` + indent + outline(0), font: HeiTi},
		{id: "Heading2", name: "heading 2", para: `<w:keepNext/>` + indent + outline(1), font: KaiTi},
		{id: "Heading3", name: "heading 3", para: `<w:keepNext/>` + indent + outline(2), run: `<w:b/><w:bCs/>`},
		{id: "Note", name: "Note", para: `<w:snapToGrid w:val="0"/><w:spacing w:before="60" w:after="0" w:line="290" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`, size: Size5},
		{id: "Sign", name: "Signature", para: `<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>`},
		{id: "Caption", name: "caption", para: `<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="60" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>`, font: HeiTi, size: SizeSmall},
		{id: "Cell", name: "Table Text", para: `<w:snapToGrid w:val="0"/>` + spacing(330, ""), size: SizeSmall},
		{id: "CellLabel", name: "Table Label", para: `<w:snapToGrid w:val="0"/>` + spacing(330, "") +
			`<w:jc w:val="center"/>`, font: HeiTi, size: SizeSmall},
		{id: "Figure", name: "Figure", para: `<w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>`},
		{id: "Gap", name: "Gap", para: `<w:snapToGrid w:val="0"/>` + spacing(20, ""), size: 2},
		{id: "Footer", name: "footer", para: `<w:snapToGrid w:val="0"/>` + spacing(320, "") +
			`<w:ind w:leftChars="100" w:left="280" w:rightChars="100" w:right="280"/>`, font: SongTi, size: Size4},
		{id: "Header", name: "header", para: `<w:snapToGrid w:val="0"/>` + spacing(280, "") + `<w:jc w:val="right"/>`,
			font: KaiTi, size: Size5},
	}
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles ` + namespaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(FangSong) +
		`<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr>` + spacing(linePitch, "") + `</w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>`)
	for _, s := range list {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>`, s.id, s.name, s.para)
		if s.font != "" {
			b.WriteString(fonts(s.font))
		}
		b.WriteString(s.run)
		if s.size != 0 {
			fmt.Fprintf(&b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, s.size, s.size)
		}
		b.WriteString(`</w:rPr></w:style>`)
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

// fonts sets a Chinese typeface, and one for figures and Latin beside it.
func fonts(chinese Font) string {
	latin := "Times New Roman"
	if chinese == HeiTi || chinese == SongTi {
		latin = string(chinese)
	}
	return `<w:rFonts w:ascii="` + latin + `" w:hAnsi="` + latin + `" w:eastAsia="` + string(chinese) + `" w:cs="` +
		latin + `"/>`
}
