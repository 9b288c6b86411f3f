package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// hostile is text that must arrive as text.
const hostile = "=1+1 <w:p>&amp;\"'</w:t>]]>\x00\x0b\ufffe𠮷\t甲\r\n乙"

func report() *Document {
	d := NewDocument("分析报告 "+hostile, Portrait)
	d.Header("页眉 <" + hostile)
	d.Title("关于2026年第三季度办理情况的报告\n（第二行）")
	d.Subtitle("（2026年10月12日）")
	d.Heading(1, Ordinal(1, 1)+"基本情况")
	d.Heading(2, Ordinal(2, 1)+"总体情况")
	d.Heading(3, Ordinal(3, 1)+"分单位情况")
	d.Paragraph(Text("收集"), Bold("128件"), Run{Text: hostile, Font: KaiTi, Size: Size4})
	d.Line(Center, Text("居中"))
	d.Note(Text("注：n 为应办量"))
	d.List([]Run{Text("第一")}, []Run{Text("第二")})
	d.Bullets([]Run{Text("其一")})
	d.Table(Table{Caption: "表1", Head: []string{"单位", "应办"}, Align: []Align{Left, Right},
		Rows: [][]string{{"信息中心", "12"}, {hostile}}})
	d.Turn(Landscape)
	d.Table(Table{Head: []string{"单位"}, Widths: []int{1, 2}, Rows: [][]string{{"一", "二"}}})
	d.Grid(Grid{Widths: []int{3, 5, 3, 5}, Rows: Opinion("联席办意见", 3, 30, "同意", "负责人签字：　年　月　日")})
	d.Turn(Portrait)
	d.PageBreak()
	d.PageBreak()
	d.Sign("联席会议办公室", "2026年10月12日")
	return d
}

// open unpacks a file, and holds every part of it to well-formed XML, no time,
// and a place in [Content_Types].xml.
func open(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		if strings.HasSuffix(f.Name, ".xlsx") {
			open(t, text)
			continue
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if y := f.Modified.Year(); y > 1980 {
			t.Errorf("%s carries the time %v", f.Name, f.Modified)
		}
	}
	types := parts["[Content_Types].xml"]
	for name := range parts {
		if strings.HasSuffix(name, ".xlsx") && strings.Contains(types, `<Default Extension="xlsx"`) {
			continue
		}
		if !strings.HasSuffix(name, ".rels") && name != "[Content_Types].xml" &&
			!strings.Contains(types, `PartName="/`+name+`"`) {
			t.Errorf("%s has no content type", name)
		}
	}
	return parts
}

func TestDocument(t *testing.T) {
	var first, second bytes.Buffer
	if err := errors.Join(report().Write(&first), report().Write(&second)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same document, other bytes")
	}
	parts := open(t, first.Bytes())
	document, styles := parts["word/document.xml"], parts["word/styles.xml"]

	// Every typeface stands for Chinese text too, or Word falls back. A hint alone
	// names none.
	for _, fonts := range regexp.MustCompile(`<w:rFonts[^>]*>`).FindAllString(document+styles, -1) {
		if !strings.Contains(fonts, `w:eastAsia="`) && fonts != `<w:rFonts w:hint="eastAsia"/>` {
			t.Errorf("%s says nothing of Chinese text", fonts)
		}
	}
	for style, want := range map[string]string{"Title": "方正小标宋简体", "Heading1": "黑体", "Heading2": "楷体",
		"Footer": "宋体"} {
		of := regexp.MustCompile(`w:styleId="` + style + `".*?</w:style>`).FindString(styles)
		if !strings.Contains(of, `w:eastAsia="`+want+`"`) {
			t.Errorf("style %s is not in %s: %s", style, want, of)
		}
	}
	if !strings.Contains(styles, `<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:`+
		`hAnsi="Times New Roman" w:eastAsia="仿宋"`) {
		t.Error("the text is not in 仿宋")
	}
	// 37, 35, 28 and 26 mm are 2098, 1984, 1588 and 1474 twentieths of a point.
	if n := strings.Count(document, `<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"`); n != 2 {
		t.Errorf("%d upright sections with the margins of GB/T 9704, want 2", n)
	}
	if n := strings.Count(document, `w:orient="landscape"`); n != 1 {
		t.Errorf("%d sections across, want 1", n)
	}
	if n := strings.Count(document, `w:type="page"`); n != 0 {
		t.Errorf("%d page breaks on an empty page", n)
	}
	if n := strings.Count(document, `<w:tblHeader/>`); n != 2 {
		t.Errorf("%d heads are repeated, want 2", n)
	}
	if !strings.Contains(document, "=1+1 &lt;w:p&gt;&amp;amp;&#34;&#39;&lt;/w:t&gt;]]&gt;"+
		"\ufffd\ufffd\ufffd𠮷</w:t><w:tab/>") {
		t.Error("text became markup, or was lost")
	}
	core := parts["docProps/core.xml"]
	for _, word := range []string{"creator", "created", "modified", "lastModifiedBy"} {
		if strings.Contains(core, word) {
			t.Errorf("the properties tell %s", word)
		}
	}
}

// bodyOf is the document's own part.
func bodyOf(t *testing.T, d *Document) string {
	t.Helper()
	var b strings.Builder
	if err := d.write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPageBreak(t *testing.T) {
	d := NewDocument("", Portrait)
	d.PageBreak()
	d.Paragraph(Text("一"))
	d.PageBreak()
	d.PageBreak()
	d.Paragraph(Text("二"))
	if n := strings.Count(bodyOf(t, d), `w:type="page"`); n != 1 {
		t.Errorf("%d page breaks, want 1", n)
	}
}

// A signature does not stand alone on a page: the paragraph before it goes with
// it, and no other does.
func TestSignKeepsTheLastParagraph(t *testing.T) {
	d := NewDocument("", Portrait)
	d.Paragraph(Text("一"))
	d.Paragraph(Text("二"))
	d.Sign("联席会议办公室", "2026年10月12日")
	for text, want := range map[string]bool{"一": false, "二": true, "联席会议办公室": true, "2026年10月12日": false} {
		paragraph := regexp.MustCompile(`<w:p><w:pPr>(?:[^p]|p[^>])*?>` + text + `</w:t>`).FindString(bodyOf(t, d))
		paragraph = paragraph[strings.LastIndex(paragraph, "<w:p>"):]
		if got := strings.Contains(paragraph, `"/><w:keepNext/>`); got != want {
			t.Errorf("%s is kept with what follows: %v, want %v: %s", text, got, want, paragraph)
		}
	}
	d = NewDocument("", Portrait)
	d.Table(Table{Head: []string{"甲"}, Rows: [][]string{{"乙"}}})
	d.Sign("联席会议办公室", "")
	if n := strings.Count(bodyOf(t, d), `<w:pStyle w:val="Cell"/><w:keepNext/>`); n != 0 {
		t.Errorf("%d cells are kept", n)
	}
}

// A table that a page holds stays on one page, with what leads to it; of a longer one no
// row is left behind alone.
func TestRowsStayTogether(t *testing.T) {
	kept := func(rows int, text string) (list []int) {
		d := NewDocument("", Portrait)
		table := Table{Head: []string{"甲", "乙"}}
		for i := range rows {
			table.Rows = append(table.Rows, []string{strconv.Itoa(i), text})
		}
		d.Table(table)
		for i, row := range strings.Split(bodyOf(t, d), "<w:tr>")[2:] {
			if strings.Contains(row, "<w:keepNext/>") {
				list = append(list, i)
			}
		}
		return list
	}
	if got := kept(5, "一"); !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("of 5 rows %v go with the next", got)
	}
	if got := kept(90, "一"); !slices.Equal(got, []int{0, 88}) {
		t.Errorf("of 90 rows %v go with the next", got)
	}
	if got := kept(20, strings.Repeat("一", 200)); !slices.Equal(got, []int{0, 18}) {
		t.Errorf("of 20 rows of ten lines %v go with the next", got)
	}
}

// A line before a long number is not torn apart to be flush at the right.
func TestParagraphWithLongWord(t *testing.T) {
	for text, want := range map[string]bool{"会议研究了事项 202607-NSFWK-001、202608-BGS-001。": true,
		"收集128件，占33.3%（12/36）。": false} {
		d := NewDocument("", Portrait)
		d.Paragraph(Text(text))
		if got := strings.Contains(bodyOf(t, d), `<w:jc w:val="left"/>`); got != want {
			t.Errorf("%s stands left: %v, want %v", text, got, want)
		}
	}
}

// The first row of settings must stand in the order of the schema too.
func TestSettingsOrder(t *testing.T) {
	order := []string{"defaultTabStop", "evenAndOddHeaders", "characterSpacingControl", "compat",
		"themeFontLang"} // wml.xsd, CT_Settings
	at := -1
	for _, name := range order {
		i := strings.Index(fill("settings", nil), "<w:"+name)
		if i < at || i < 0 {
			t.Errorf("%s is not where the schema has it", name)
		}
		at = i
	}
}

func TestOrdinal(t *testing.T) {
	for _, c := range []struct {
		level, n int
		want     string
	}{{1, 1, "一、"}, {1, 10, "十、"}, {1, 21, "二十一、"}, {2, 12, "（十二）"}, {3, 4, "4."}, {4, 2, "（2）"},
		{1, 100, "100、"}} {
		if got := Ordinal(c.level, c.n); got != c.want {
			t.Errorf("Ordinal(%d, %d) = %s, want %s", c.level, c.n, got, c.want)
		}
	}
}

func TestShare(t *testing.T) {
	got := share(8844, []int{3, 5, 3, 0})
	sum := 0
	for _, w := range got {
		sum += w
	}
	if sum != 8844 || got[0] != got[2] {
		t.Errorf("share = %v, sum %d", got, sum)
	}
}

// TestPageNumbers wants the number of a page that lies across among upright
// ones where it stands on those once the sheets are bound (GB/T 9704 8), and at
// the foot where every page lies across.
func TestPageNumbers(t *testing.T) {
	for _, c := range []struct {
		name        string
		begun, then Orientation
		want        string
	}{
		{"upright", Portrait, Portrait, "rIdFooterEven rIdFooter"},
		{"across among upright ones", Portrait, Landscape,
			"rIdFooterEven rIdFooter rIdFooterEvenAcross rIdFooterAcross"},
		{"across", Landscape, Landscape, "rIdFooterEven rIdFooter"},
	} {
		d := NewDocument("", c.begun)
		d.Paragraph(Text("一"))
		d.Turn(c.then)
		d.Paragraph(Text("二"))
		var b bytes.Buffer
		if err := d.Write(&b); err != nil {
			t.Fatal(err)
		}
		parts := open(t, b.Bytes())
		var got []string
		for _, m := range regexp.MustCompile(`<w:footerReference w:type="\w+" r:id="(\w+)"`).FindAllStringSubmatch(
			parts["word/document.xml"], -1) {
			got = append(got, m[1])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: footers %s, want %s", c.name, s, c.want)
		}
	}
	// 28 mm from the left edge, which is the foot of the sheet; odd numbers end
	// 26 mm above the lower edge, even ones begin 28 mm below the upper one.
	for side, want := range map[string]string{"right": `w:tblpX="1588" w:tblpY="8164"`,
		"left": `w:tblpX="1588" w:tblpY="1588"`} {
		if got := fill(map[string]string{"right": "footer3", "left": "footer4"}[side], nil); !strings.Contains(got,
			want) ||
			!strings.Contains(got, `w:trHeight w:val="2268" w:hRule="exact"`) ||
			!strings.Contains(got, `<w:jc w:val="`+side+`"/>`) {
			t.Errorf("%s: %s", side, got)
		}
	}
}
