package ledger

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/mdfile"
	"suqiu/internal/office"
	"suqiu/internal/register"
	"suqiu/internal/view"
)

// titles look like other things to a spreadsheet.
var titles = []string{
	"=1+1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "＝1+1", "＋1", "－1", "＠1", "'=1+1", "'引号",
	"=HYPERLINK(\"http://example.invalid\",\"点我\")", "=cmd|'/C calc'!A1",
	"2026-07-01", "TRUE", "a,b\"c\";d", "<b>&amp;", "一\n二", "0471202607", "1e5",
}

// numbers is how many of the last titles any CSV file gives as numbers: who
// needs them as they are takes the Excel file.
const numbers = 2

// TestLedgerOpenedByLibreOffice has both forms of the ledger opened by something
// that did not write them: Excel and CSV must say the same in every cell, and
// nothing that anybody typed is calculated.
func TestLedgerOpenedByLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; .ci/install installs it")
	}
	cfg := testConfig(t)
	base := registerOf(cfg)
	list := slices.Clone(base.Cases)
	for i, title := range titles {
		c := *base.Case("202607-NFZX-012")
		file := *c.Case
		file.ID, file.Title = "202608-NFZX-"+string(rune('A'+i)), title
		file.Sections = []mdfile.Section{{Heading: "诉求内容", Text: title}}
		c.Case = &file
		list = append(list, &c)
	}
	d := register.New(cfg, day0(9, 30), list, nil)
	entries := slices.Values(view.Cases(d, view.Public).Cases)
	dir := t.TempDir()
	var table, book bytes.Buffer
	sheet := Sheet(entries)
	if err := sheet.WriteCSV(&table); err != nil {
		t.Fatal(err)
	}
	if err := Workbook(sheet).Write(&book); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"excel.xlsx": book.Bytes(), "text.csv": table.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// Comma, quotes, UTF-8; cells as shown, formulas by their result. Without a
	// person to ask, LibreOffice must be told that the CSV is UTF-8.
	const format = "Text - txt - csv (StarCalc):44,34,76,1"
	for _, args := range [][]string{{"excel.xlsx"}, {"--infilter=" + format, "text.csv"}} {
		cmd := exec.Command(soffice, append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"),
			"--headless", "--convert-to", "csv:" + format + ",,0,false,true,false", "--outdir", "out"}, args...)...)
		cmd.Dir = dir
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
	}
	cells := func(data []byte) [][]string {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte(office.ByteOrderMark)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	read := func(name string) [][]string {
		data, err := os.ReadFile(filepath.Join(dir, "out", name))
		if err != nil {
			t.Fatal(err)
		}
		return cells(data)
	}
	want := cells(table.Bytes())
	if len(want) != 1+len(list)-1 { // a head, and one case is deleted
		t.Fatalf("%d rows for %d cases", len(want), len(list))
	}
	if diff := cmp.Diff(want[:len(want)-numbers], read("text.csv")[:len(want)-numbers]); diff != "" {
		t.Errorf("LibreOffice reads the CSV otherwise than it was written (-written +read):\n%s", diff)
	}
	for _, row := range want {
		for i := range row {
			row[i] = office.Plainly(row[i])
		}
	}
	got := read("excel.csv")
	for _, row := range got {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Excel and CSV say different things (-csv +xlsx):\n%s", diff)
	}
	z, err := zip.NewReader(bytes.NewReader(book.Bytes()), int64(book.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var xml bytes.Buffer
	if _, err := xml.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="froze` +
		`n"/>`, `<autoFilter ref="A1:`} {
		if !strings.Contains(xml.String(), part) {
			t.Errorf("the sheet has no %s", part)
		}
	}
	if strings.Contains(xml.String(), "<f>") {
		t.Error("the sheet has a formula")
	}
}
