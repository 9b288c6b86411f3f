package office

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestChartsDrawnByLibreOffice has charts drawn by something that did not write
// them: the bars on the page must be as long as the figures say, and Chinese
// and figures be there as text.
func TestChartsDrawnByLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; .ci/install installs it")
	}
	dir := t.TempDir()
	bars := charts()[1] // 4 and 1
	d := NewDocument("图", Portrait)
	d.Chart(bars)
	s := Sheet{Name: "图", Columns: []Column{{Title: bars.Along}, {Title: "登记", Kind: NumberColumn}},
		Rows: slices.Values([]Row{{"办税服务厅", 4}, {"投诉", 1}}), Charts: []SheetChart{{bars, []int{1}}}}
	b := &Workbook{Sheets: []Sheet{s}}
	for name, write := range map[string]func(io.Writer) error{"w.docx": d.Write, "x.xlsx": b.Write} {
		var file bytes.Buffer
		if err := write(&file); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), file.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--convert-to", "pdf", "w.docx", "x.xlsx")
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	for _, name := range []string{"w.pdf", "x.pdf"} {
		text, err := exec.Command("pdftotext", filepath.Join(dir, name), "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"按渠道", "办税服务厅", "投诉", "事项（项）", "渠道"} {
			if !strings.Contains(string(text), word) {
				t.Errorf("%s does not show %s: %s", name, word, text)
			}
		}
		picture, err := exec.Command("pdftoppm", "-r", "100", filepath.Join(dir, name)).Output()
		if err != nil {
			t.Fatal(err)
		}
		lengths := barLengths(t, picture)
		if len(lengths) != 2 || lengths[0]*10 < lengths[1]*38 || lengths[0]*10 > lengths[1]*42 {
			t.Errorf("%s: bars of %v dots, want two, one four times as long as the other", name, lengths)
		}
	}
}

// barLengths finds the bars in the darkest shade on a page, from the top: the
// length of each in dots.
func barLengths(t *testing.T, ppm []byte) []int {
	t.Helper()
	var width, height int
	r := bytes.NewReader(ppm)
	if _, err := fmt.Fscanf(r, "P6\n%d %d\n255\n", &width, &height); err != nil {
		t.Fatal(err)
	}
	dots := ppm[len(ppm)-r.Len():]
	if len(dots) < 3*width*height {
		t.Fatalf("a picture of %d×%d has %d bytes", width, height, len(dots))
	}
	near := func(x, y byte) bool { return x-y < 16 || y-x < 16 }
	var lengths []int
	inside := false
	for y := range height {
		longest, run := 0, 0
		for x := range width {
			dot := dots[3*(y*width+x):]
			if near(dot[0], 0x1f) && near(dot[1], 0x4e) && near(dot[2], 0x79) {
				run++
				longest = max(longest, run)
			} else {
				run = 0
			}
		}
		switch {
		case longest < 20:
			inside = false
		case !inside:
			lengths, inside = append(lengths, longest), true
		default:
			lengths[len(lengths)-1] = max(lengths[len(lengths)-1], longest)
		}
	}
	return lengths
}
