package office

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"suqiu/internal/workday"
)

// part is the text of a part of a package.
func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Issue L 3.3: curly quotes and dashes in Chinese runs carry the East Asian hint.
func TestEastAsianHint(t *testing.T) {
	d := NewDocument("甲", Portrait)
	d.Header("办理“即办”事项")
	d.Title("关于“互联网+督查”的报告")
	d.Paragraph(Text("所谓“即办”"), Bold("——限时"), Run{Text: "范围：1—3", Font: KaiTi}, Text("用“APP”办"),
		Text("he said “ok”"), Text("it’s 10–15"), Text("普通文字"), Text("……"))
	d.Table(Table{Head: []string{"项"}, Rows: [][]string{{"“甲”类"}}})
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		t.Fatal(err)
	}
	body := partOf(t, b.Bytes(), "word/document.xml")
	const hint = `<w:rFonts w:hint="eastAsia"/>`
	for _, want := range []string{
		`<w:rPr>` + hint + `</w:rPr><w:t xml:space="preserve">关于“互联网+督查”的报告`,
		`<w:rPr>` + hint + `</w:rPr><w:t xml:space="preserve">所谓“即办”`,
		`<w:rPr>` + hint + `<w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">——限时`,
		// between figures it is theirs
		`<w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr><w:t xml:space="preserve">范围：1—3`,
		`<w:rPr>` + hint + `</w:rPr><w:t xml:space="preserve">用“APP”办`,
		`<w:r><w:t xml:space="preserve">he said “ok”`,
		`<w:r><w:t xml:space="preserve">it’s 10–15`,
		`<w:r><w:t xml:space="preserve">普通文字`,
		`<w:rPr>` + hint + `</w:rPr><w:t xml:space="preserve">……`,
		hint + `<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr><w:t xml:space="preserve">“甲”类`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if header := partOf(t, b.Bytes(), "word/header1.xml"); !strings.Contains(header, hint) {
		t.Errorf("the header has no hint: %s", header)
	}
}

// Issue L 3.3: a calendar reminds on the day that it is told: nine in the morning.
func TestRemind(t *testing.T) {
	day := workday.New(2026, 10, 12) // a Monday; Saturday 10-10 is worked
	for remind, want := range map[workday.Date]string{day - 1: "-PT15H", day - 2: "-P1DT15H", day - 3: "-P2DT15H"} {
		c := Calendar{Name: "甲", Events: []CalendarEvent{{UID: "a@b", Stamp: day - 9, Day: day, Remind: remind,
			Summary: "反馈到期"}}}
		var b strings.Builder
		if _, err := c.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "TRIGGER:"+want+"\r\n") {
			t.Errorf("%s before %s: no %s in\n%s", remind, day, want, b.String())
		}
	}
}

// Issue L 3.3: a cell that was cut says so, and Excel takes it.
func TestCellCut(t *testing.T) {
	for name, text := range map[string]string{"Chinese": strings.Repeat("长", 32768),
		"pairs": strings.Repeat("𠮷", 20000)} {
		w := Workbook{Title: "表", Sheets: []Sheet{sheetOfTexts(text, strings.Repeat("满", 32767))}}
		var b bytes.Buffer
		if err := w.Write(&b); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		cut, err := f.GetCellValue("表", "A2")
		if err != nil {
			t.Fatal(err)
		}
		if units := len(utf16.Encode([]rune(cut))); units > 32767 ||
			!strings.HasSuffix(cut, "……（Excel 一格最多 32767 个字，以下没有列出，全文见原件）") {
			t.Errorf("%s: %d units, ends in %s", name, units, cut[len(cut)-30:])
		}
		if full, err := f.GetCellValue("表", "A3"); err != nil || full != strings.Repeat("满", 32767) {
			t.Errorf("%s: what fits was changed, %v", name, err)
		}
	}
}

func sheetOfTexts(texts ...string) Sheet {
	return Sheet{Name: "表", Columns: []Column{{Title: "列"}}, Rows: func(yield func(Row) bool) {
		for _, text := range texts {
			if !yield(Row{text}) {
				return
			}
		}
	}}
}
