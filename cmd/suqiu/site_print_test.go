package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// print prints a page of every kind to PDF: A4, as many sheets as the text
// needs, with the title on the first, the heading row again on every sheet that
// a table reaches, no heading alone at the foot of a sheet, nothing beyond the
// margins, dark on white, and without what is only for the screen.
func (b *browser) print(t *testing.T, base string, pages []page, looked *coverage) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		lacks(t, "pdftotext")
	}
	repeated := 0
	for _, p := range pages {
		b.open(t, p.address(base), "dark", 1280) // paper is white all the same
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		looked.add(p, "on paper")
		sheets := sheetsOf(t, pdf)
		if (p.kind == "首页" || p.kind == "晨报") && len(sheets) != 1 {
			t.Errorf("%s of the %s edition takes %d sheets", p.path, p.edition, len(sheets))
		}
		if size := eval[int](t, b, `new Blob([document.body.innerHTML]).size`); len(sheets) > 1+size/2500 {
			t.Errorf("%s of %d bytes takes %d sheets", p.path, size, len(sheets))
		}
		heading := eval[string](t, b, `document.querySelector('h1').textContent`)
		if flat := flattened(sheets[0]); !strings.Contains(flat, flattened(heading)) {
			t.Errorf("%s: the first sheet does not show %q", p.path, heading)
		}
		headings := eval[[]string](t, b, `[...document.querySelectorAll('h2, h3, .head')].map(h => h.textContent)`)
		listed := eval[bool](t, b, `!!document.querySelector('.list .t-case')`)
		for i, sheet := range sheets {
			lines := strings.Fields(strings.ReplaceAll(strings.TrimSpace(sheet), " ", ""))
			switch {
			case len(lines) == 0:
				t.Errorf("%s: sheet %d is empty", p.path, i+1)
			case strings.HasPrefix(lines[0], "数据截至"):
				t.Errorf("%s: sheet %d has nothing but the foot", p.path, i+1)
			case len(lines) < 5 && i+1 < len(sheets):
				t.Errorf("%s: sheet %d has only %q", p.path, i+1, lines)
			case slices.ContainsFunc(headings, func(h string) bool { return flattened(h) == lines[len(lines)-1] }):
				t.Errorf("%s: sheet %d ends in the heading %q", p.path, i+1, lines[len(lines)-1])
			}
			for _, screen := range []string{"跳到正文", "清除", "在 GitLab 中编辑"} {
				if slices.Contains(lines, flattened(screen)) {
					t.Errorf("%s: sheet %d shows %q", p.path, i+1, screen)
				}
			}
			if rows := regexp.MustCompile(`(?m)^ *(?:\d+ +)?\d{6}-[A-Z]+-\d{3}`).FindAllString(sheet, -1); listed &&
				len(rows) > 0 {
				if repeated++; !regexp.MustCompile(`(?m)^ *(序号 +)?事项 .*$`).MatchString(sheet) {
					t.Errorf("%s: sheet %d has %d rows and no heading row", p.path, i+1, len(rows))
				}
			}
		}
		for _, wrong := range append(beyondMargins(t, pdf), notWhite(t, pdf)...) {
			t.Errorf("%s: %s", p.path, wrong)
		}
		if strings.HasPrefix(p.path, "reports/2") {
			halfEmpty(t, p.path, pdf)
		}
		b.quiet(t, p.path)
	}
	if repeated < 10 {
		t.Errorf("the heading row of lists stands on %d sheets", repeated)
	}
}

// printSheet prints the page for liaison officers: it takes one side of A4, and
// fills it more than half.
func (b *browser) printSheet(t *testing.T, address string) {
	b.open(t, address, "light", 1280)
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	if sheets := sheetsOf(t, pdf); len(sheets) != 1 {
		t.Errorf("%s takes %d sheets", address, len(sheets))
	} else if lines := strings.Count(sheets[0], "\n"); lines < 25 {
		t.Errorf("%s has %d lines", address, lines)
	}
}

// flattened is a text without blanks.
func flattened(s string) string { return strings.Join(strings.Fields(s), "") }

// beyondMargins lists words of a PDF that do not stand within the margins of
// their sheet: what is cut off, or printers cut off.
func beyondMargins(t *testing.T, pdf []byte) (wrong []string) {
	t.Helper()
	const left, right, top, bottom = 42, 595 - 42, 51, 842 - 45 // 15 mm, 18 mm and 16 mm in points
	const aside, over = 3, 20                                   // the boxes of fonts are higher than what they draw
	sheet := 0
	for _, m := range regexp.MustCompile(`<page |<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.`+
		`-]+)">(.*)</word>`).FindAllStringSubmatch(piped(t, pdf, "pdftotext", "-bbox", "-", "-"), -1) {
		if m[5] == "" {
			sheet++
			continue
		}
		at := func(i int) float64 { v, _ := strconv.ParseFloat(m[i], 64); return v }
		if at(1) < left-aside || at(3) > right+aside || at(2) < top-over || at(4) > bottom+over {
			wrong = append(wrong, fmt.Sprintf("sheet %d: %q stands at %s, %s to %s, %s", sheet, m[5], m[1], m[2], m[3],
				m[4]))
		}
	}
	if sheet == 0 {
		t.Fatal("no sheets")
	}
	return wrong[:min(len(wrong), 3)]
}

// halfEmpty finds sheets of a report, but for the last, whose text ends above the middle.
func halfEmpty(t *testing.T, path string, pdf []byte) {
	t.Helper()
	sheets := strings.Split(piped(t, pdf, "pdftotext", "-bbox", "-", "-"), "<page ")[1:]
	for i, sheet := range sheets[:len(sheets)-1] {
		lowest := 0.
		for _, m := range regexp.MustCompile(`yMax="([\d.]+)"`).FindAllStringSubmatch(sheet, -1) {
			y, _ := strconv.ParseFloat(m[1], 64)
			lowest = max(lowest, y)
		}
		if lowest < 842/2 {
			t.Errorf("%s: the text of sheet %d ends at %.0f of 842 points", path, i+1, lowest)
		}
	}
}

// notWhite lists sheets of a PDF that are dark on the whole, of which less than half
// is white, or that are not white in their corner. A page full of text is darker on the
// whole than one with a few lines, but its paper is white.
func notWhite(t *testing.T, pdf []byte) (wrong []string) {
	t.Helper()
	images := []byte(piped(t, pdf, "pdftoppm", "-r", "36", "-gray", "-"))
	for sheet := 1; len(images) > 0; sheet++ {
		var w, h, most int
		if n, err := fmt.Sscanf(string(images[:20]), "P5\n%d %d\n%d", &w, &h, &most); n != 3 || most != 255 {
			t.Fatalf("not a grey picture: %q %v", images[:20], err)
		}
		pixels := images[len(fmt.Sprintf("P5\n%d %d\n255\n", w, h)):]
		sum, white := 0, 0
		for _, p := range pixels[:w*h] {
			if sum += int(p); p >= 250 {
				white++
			}
		}
		if mean := sum / (w * h); mean < 190 || 2*white < w*h || pixels[0] < 250 {
			wrong = append(wrong, fmt.Sprintf("sheet %d is %d bright, its corner %d", sheet, mean, pixels[0]))
		}
		images = pixels[w*h:]
	}
	return wrong
}

// piped hands a program its input and returns what it writes.
func piped(t *testing.T, input []byte, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
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
	return strings.Split(strings.TrimSuffix(piped(t, pdf, "pdftotext", "-layout", "-", "-"), "\f"), "\f")
}
