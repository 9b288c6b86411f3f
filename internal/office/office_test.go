package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"suqiu/internal/workday"
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

// What looks like a size before the name of a sheet is none: the heading of
// “1 主要指标” is not set in type of 141 points.
func TestSheetHeading(t *testing.T) {
	var b bytes.Buffer
	if err := (&Workbook{Sheets: []Sheet{{Name: "1 主要&指标",
		Columns: []Column{{Title: "甲"}}}}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	want := `<oddHeader>&amp;C&amp;14&amp;"黑体,常规"1 主要&amp;&amp;指标</oddHeader>`
	if got := open(t, b.Bytes())["xl/worksheets/sheet1.xml"]; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}

// A wrapped text makes its row as high as its lines.
func TestRowHeight(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  int
	}{{"abc", 3, 1}, {"abcd", 3, 2}, {"社会保险费", 10, 1}, {"社会保险费", 9, 2}, {"一\n二\n三", 20, 3}, {"", 5, 1},
		{"社", 1, 1}} {
		if got := lines(c.text, c.width); got != c.want {
			t.Errorf("lines(%q, %d) = %d, want %d", c.text, c.width, got, c.want)
		}
	}
	var b bytes.Buffer
	s := Sheet{Name: "一", Columns: []Column{{Title: "甲", Width: 9}, {Title: "乙", Width: 9, Wrap: true}},
		Rows: slices.Values([]Row{{"社会保险费和非税收入科", "短"}, {"短", "社会保险费和非税收入科"},
			{"短", strings.Repeat("长", 9000)}})}
	if err := (&Workbook{Sheets: []Sheet{s}}).Write(&b); err != nil {
		t.Fatal(err)
	}
	got := open(t, b.Bytes())["xl/worksheets/sheet1.xml"]
	for _, want := range []string{`<row r="2">`, `<row r="3" ht="45.5">`, `<row r="4" ht="409">`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got[:1500])
		}
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

// ledger has a value of every kind, and text that looks like other things.
func ledger() *Workbook {
	columns := []Column{
		{Title: "编号", Width: 18}, {Title: "收集日期", Kind: DateColumn}, {Title: "件数", Kind: NumberColumn},
		{Title: "时长", Kind: DecimalColumn}, {Title: "满意率", Kind: PercentColumn},
		{Title: "内容", Wrap: true, Width: 40},
	}
	return &Workbook{Title: "台账", Sheets: []Sheet{
		{Name: "台账/2026", Columns: columns, Rows: slices.Values([]Row{
			{"0471202607", workday.New(2026, time.July, 15), 9, 2.5, 0.985, hostile},
			{"=HYPERLINK(\"x\")", workday.Date(0), nil, 0.0, 1.0, ""},
			{"x"},
		})},
		{Name: "台账：2026", Columns: columns[:1]},
		{Name: "台账：2026", Columns: columns[:1]},
	}}
}

func TestWorkbook(t *testing.T) {
	var first, second bytes.Buffer
	if err := errors.Join(ledger().Write(&first), ledger().Write(&second)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same workbook, other bytes")
	}
	parts := open(t, first.Bytes())
	for name, data := range parts {
		if strings.Contains(data, "<f>") {
			t.Errorf("%s has a formula", name)
		}
	}
	// Read by somebody else.
	f, err := excelize.OpenReader(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"台账－2026", "台账：2026", "台账：2026（2）"}; !slices.Equal(got,
		want) {
		t.Errorf("sheets %q, want %q", got, want)
	}
	rows, err := f.GetRows("台账－2026")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"编号", "收集日期", "件数", "时长", "满意率", "内容"},
		{"0471202607", "2026-07-15", "9", "2.50", "98.5%", "=1+1 <w:p>&amp;\"'</w:t>]]>\ufffd\ufffd\ufffd𠮷\t甲\n乙"},
		{"=HYPERLINK(\"x\")", "", "", "0.00", "100.0%"},
		{"x"},
	}
	for i := range want {
		if i >= len(rows) || !slices.Equal(rows[i], want[i]) {
			t.Errorf("row %d: %q, want %q", i+1, rows[i], want[i])
		}
	}
	panes, err := f.GetPanes("台账－2026")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v %v", panes, err)
	}
	layout, err := f.GetPageLayout("台账－2026")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 {
		t.Errorf("page layout %+v %v", layout, err)
	}
	if kind, err := f.GetCellType("台账－2026", "A3"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("text that looks like a formula is of type %v, %v", kind, err)
	}
}

func TestWorkbookRefuses(t *testing.T) {
	for what, row := range map[string]Row{
		"a type": {struct{}{}}, "too many": {"a", "b"}, "a number": {1},
	} {
		b := Workbook{Sheets: []Sheet{{Name: "一", Columns: []Column{{Title: "甲"}}, Rows: slices.Values([]Row{row})}}}
		if b.Write(io.Discard) == nil {
			t.Errorf("%s in a column of text was taken", what)
		}
	}
	if (&Workbook{Sheets: []Sheet{{Name: "一"}}}).Write(io.Discard) == nil {
		t.Error("a sheet without columns was taken")
	}
}

func TestLetter(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"} {
		if got := letter(i); got != want {
			t.Errorf("letter(%d) = %s, want %s", i, got, want)
		}
	}
}

// Nothing that is not for a spreadsheet or a terminal leaves in a CSV file, a
// calendar or a feed.
func TestTame(t *testing.T) {
	const text = "甲\x1b[2J\u202e乙\x00\u009b\r\n丙"
	var table, calendar, feed bytes.Buffer
	s := Sheet{Name: "一", Columns: []Column{{Title: text}}, Rows: slices.Values([]Row{{text}, {"\x1b=1+1"}})}
	if err := s.WriteCSV(&table); err != nil {
		t.Fatal(err)
	}
	const want = "\"甲\ufffd[2J\ufffd乙\ufffd\ufffd\r\n丙\"\r\n"
	if got := table.String(); got != ByteOrderMark+want+want+"\ufffd=1+1\r\n" {
		t.Errorf("CSV: %q", got)
	}
	c := Calendar{Name: text, Events: []CalendarEvent{{UID: "1", Day: workday.New(2026, time.July, 15), Summary: text,
		Text: text}}}
	if _, err := c.WriteTo(&calendar); err != nil {
		t.Fatal(err)
	}
	f := Feed{ID: "urn:1", Title: text, Entries: []FeedEntry{{ID: "urn:2", Title: text, Summary: text}}}
	if _, err := f.WriteTo(&feed); err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(feed.Bytes())); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the feed is no XML: %v", err)
		}
	}
	for what, got := range map[string]string{"calendar": calendar.String(), "feed": feed.String()} {
		if strings.ContainsAny(got, "\x1b\x00") {
			t.Errorf("the %s holds a control character: %q", what, got)
		}
	}
}

// Plainly gives back what Inert was given, also where somebody typed the
// apostrophe.
func TestInert(t *testing.T) {
	for _, text := range []string{"", "甲", "=1+1", "'=1+1", "''=1+1", "'", "''", "'甲", "'引号'", "＝1", "\t=1", "-",
		"'-"} {
		if got := Plainly(Inert(text)); got != text {
			t.Errorf("Plainly(Inert(%q)) = %q", text, got)
		}
		if first, _ := utf8.DecodeRuneInString(Inert(text)); text != "" && strings.ContainsRune(formulaStarts, first) {
			t.Errorf("Inert(%q) = %q", text, Inert(text))
		}
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
