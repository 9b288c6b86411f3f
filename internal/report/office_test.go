package report_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"suqiu/internal/demo"
	"suqiu/internal/document"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// TestOpenedByLibreOffice has the Word and Excel files of the sample's report
// opened by something that did not write them: what it reads must be what the
// document says, on A4 pages.
func TestOpenedByLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; .ci/install installs it")
	}
	today, _ := workday.Parse("2026-11-24")
	dir := filepath.Join(t.TempDir(), "sample")
	if err := demo.Sample(dir, today, nil); err != nil {
		t.Fatal(err)
	}
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(context.Background(), repo, register.Options{AsOf: today})
	if err != nil {
		t.Fatal(err)
	}
	doc := report.Compose(d, workday.Quarter{Year: 2026, Q: 3}, report.Options{Supervision: true})
	out := t.TempDir()
	write := func(name string, to func(io.Writer) error) {
		var b bytes.Buffer
		if err := to(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(out, name), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("r.docx", doc.Word)
	write("r.xlsx", doc.Excel)
	for _, name := range []string{"r.docx", "r.xlsx"} {
		cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(out, "profile"), "--headless",
			"--convert-to", "pdf:writer_pdf_Export", "--outdir", out, name)
		if name == "r.xlsx" {
			cmd = exec.Command(soffice, "-env:UserInstallation=file://"+filepath.Join(out, "profile"), "--headless",
				"--convert-to", "pdf", "--outdir", filepath.Join(out, "x"), name)
		}
		cmd.Dir = out
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, text)
		}
	}
	word, excel := pdfText(t, filepath.Join(out, "r.pdf")), pdfText(t, filepath.Join(out, "x", "r.pdf"))
	for _, c := range doc.Chapters {
		if !strings.Contains(word, c.Title) {
			t.Errorf("Word has no chapter %s", c.Title)
		}
		for _, b := range c.Blocks {
			if b.Text != "" && !strings.Contains(word, bare(b.Text)) {
				t.Errorf("Word does not say: %s", b.Text)
			}
		}
	}
	drawn := func(c *document.Chart) {
		if c == nil {
			return
		}
		for name, text := range map[string]string{"Word": word, "Excel": excel} {
			if !strings.Contains(text, c.Title) {
				t.Errorf("%s does not draw %s", name, c.Title)
			}
		}
	}
	for _, c := range doc.Chapters {
		for _, b := range c.Blocks {
			drawn(b.Chart)
		}
	}
	for _, a := range doc.Annexes {
		drawn(a.Chart)
		if !strings.Contains(word, bare(a.Title)) {
			t.Errorf("Word has no annex %s", a.Title)
		}
		for _, row := range a.Table.Rows {
			for _, cell := range row {
				if !strings.Contains(excel, bare(cell)) && cell != "—" {
					t.Errorf("Excel does not show %q of %s", cell, a.Title)
				}
			}
		}
	}
	info, err := exec.Command("pdfinfo", "-l", "99", filepath.Join(out, "r.pdf")).Output()
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int{}
	for _, m := range regexp.MustCompile(`size:\s+([0-9.]+) x ([0-9.]+)`).FindAllStringSubmatch(string(info), -1) {
		sizes[round(m[1])+"x"+round(m[2])]++
	}
	if sizes["595x842"] < 4 || sizes["842x595"] < 4 || len(sizes) != 2 {
		t.Errorf("the pages are %v: A4 upright for the report, across for the annexes", sizes)
	}
}

// bare is a text without what a page breaks at.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

func round(s string) string {
	f, _ := strconv.ParseFloat(s, 64)
	return strconv.Itoa(int(f + 0.5))
}

func pdfText(t *testing.T, name string) string {
	t.Helper()
	text, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	// Page numbers stand between the lines of a paragraph that goes on.
	return bare(regexp.MustCompile(`(?m)^— ?\d+ ?—$|\f`).ReplaceAllString(string(text), ""))
}
