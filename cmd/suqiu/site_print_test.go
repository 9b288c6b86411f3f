package main

import (
	"bytes"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// print prints pages to PDF: A4, as many sheets as the text needs, with the
// title on the first, the heading row again on every sheet that a table
// reaches, and without what is only for the screen.
func (b *browser) print(t *testing.T, dir, base string, pages []string) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		lacks(t, "pdftotext")
	}
	content := htmlFiles(t, dir)
	repeated := 0
	for _, page := range pages {
		b.open(t, base+page, "dark", 1280) // paper is white all the same
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		sheets := sheetsOf(t, pdf)
		if len(sheets) > 1+len(content[page])/2500 {
			t.Errorf("%s of %d bytes takes %d sheets", page, len(content[page]), len(sheets))
		}
		heading := eval[string](t, b, `document.querySelector('h1').textContent`)
		if flat := strings.Join(strings.Fields(sheets[0]), ""); !strings.Contains(flat, strings.Join(strings.Fields(heading), "")) {
			t.Errorf("%s: the first sheet does not show %q", page, heading)
		}
		for i, sheet := range sheets {
			switch lines := strings.Fields(strings.ReplaceAll(strings.TrimSpace(sheet), " ", "")); {
			case len(lines) == 0:
				t.Errorf("%s: sheet %d is empty", page, i+1)
			case strings.HasPrefix(lines[0], "数据截至"):
				t.Errorf("%s: sheet %d has nothing but the foot", page, i+1)
			case len(lines) < 5 && i+1 < len(sheets):
				t.Errorf("%s: sheet %d has only %q", page, i+1, lines)
			}
			for _, screen := range []string{"跳到正文", "清除", "在 GitLab 中编辑"} {
				if strings.Contains(sheet, screen) {
					t.Errorf("%s: sheet %d shows %q", page, i+1, screen)
				}
			}
		}
		b.quiet(t, page)
		if page != "tasks/index.html" {
			continue
		}
		for i, sheet := range sheets {
			if strings.Contains(sheet, "到期日") {
				repeated++
			} else if rows := regexp.MustCompile(`\d{6}-[A-Z]+-\d{3}`).FindAllString(sheet, -1); len(rows) > 0 {
				t.Errorf("%s: sheet %d has %d rows and no heading row", page, i+1, len(rows))
			}
		}
	}
	if repeated < 2 {
		t.Errorf("the heading row of the long list stands on %d sheets", repeated)
	}
}

// sheetsOf is the text of every sheet of a PDF, whose sheets are all A4.
func sheetsOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	boxes := regexp.MustCompile(`/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]`).FindAllSubmatch(pdf, -1)
	if len(boxes) == 0 {
		t.Fatal("a PDF without sheets")
	}
	for _, box := range boxes {
		w, _ := strconv.ParseFloat(string(box[1]), 64)
		h, _ := strconv.ParseFloat(string(box[2]), 64)
		if w < 594 || w > 596 || h < 840 || h > 843 {
			t.Errorf("a sheet is %v by %v points, not A4", w, h)
		}
	}
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
}
