package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"suqiu/internal/workday"
)

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
