package main

import (
	"archive/zip"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/workday"
)

// TestFiguresAgreeOnEveryDoor: every figure of a quarter is the same wherever it
// is shown (DESIGN 9, one truth): as text, on the page, in Word and Excel, in
// both JSON files, in the summary for the bureau above and in what aggregate
// makes of that.
func TestFiguresAgreeOnEveryDoor(t *testing.T) {
	t.Parallel()
	today := workday.New(2026, time.November, 24)
	dir := sampleOn(t, today)
	out := t.TempDir()
	get := func(args ...string) string {
		t.Helper()
		code, stdout, stderr := invoke(t.Context(), append(args, "--as-of", today.String())...)
		if code != 0 {
			t.Fatalf("suqiu %v: %s", args, stderr)
		}
		return stdout
	}
	file := func(name string) string {
		t.Helper()
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	get("build", "-C", dir, "--out", filepath.Join(out, "site"))
	noScores(t, filepath.Join(out, "site"))
	morningAgrees(t, dir, filepath.Join(out, "site"), today)
	calendarAgrees(t, filepath.Join(out, "site"))
	for _, quarter := range []string{"2026Q3", "2026Q4"} { // the last one runs
		t.Run(quarter, func(t *testing.T) {
			in := func(ext string) string { return filepath.Join(out, quarter+ext) }
			text := get("report", quarter, "-C", dir)
			want := markdownRows(text)
			if len(want) < 60 {
				t.Fatalf("the text has only %d rows", len(want))
			}
			get("report", quarter, "-C", dir, "--format", "html", "--out", in(".html"))
			get("report", quarter, "-C", dir, "--format", "docx", "--out", in(".docx"))
			get("report", quarter, "-C", dir, "--format", "xlsx", "--out", in(".xlsx"))
			page := file(filepath.Join(out, "site", "reports", quarter+".html"))
			for door, rows := range map[string]map[string]int{
				"the file of --format html": htmlRows(file(in(".html"))), "the page": htmlRows(page),
				"Word":             wordRows(t, in(".docx")),
				"Word of the site": wordRows(t, filepath.Join(out, "site", "reports", quarter+".docx")),
			} {
				for row, n := range want {
					if rows[row] < n {
						t.Errorf("%s does not show %s", door, row)
					}
				}
			}
			cells := excelRows(t, in(".xlsx"))
			for _, row := range annexRows(text) {
				if !cells[row] {
					t.Errorf("Excel does not show %s", row)
				}
			}
			if diff := cmp.Diff(cells,
				excelRows(t, filepath.Join(out, "site", "reports", quarter+".xlsx"))); diff != "" {
				t.Errorf("Excel of the site (-command +site):\n%s", diff)
			}

			figures := map[string]float64{}
			var printed, built struct{ Figures map[string]any }
			for _, x := range []struct {
				text string
				to   *struct{ Figures map[string]any }
			}{{get("report", quarter, "-C", dir, "--format", "json"), &printed},
				{file(filepath.Join(out, "site", "reports", quarter+".json")), &built}} {
				if err := json.Unmarshal([]byte(x.text), x.to); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(printed, built); diff != "" {
				t.Errorf("the JSON of the site (-command +site):\n%s", diff)
			}
			flatten("", printed.Figures, figures)
			for _, i := range printed.Figures["indicators"].([]any) {
				x := i.(map[string]any)
				found := slices.ContainsFunc(slices.Collect(maps.Keys(want)), func(row string) bool {
					return strings.HasPrefix(row, bared(x["name"].(string)+"|"+x["value"].(string)+"|"))
				})
				if !found {
					t.Errorf("the text does not show %v as %v", x["name"], x["value"])
				}
			}
			shown(t, page, figures)
			if quarter == "2026Q4" {
				return // a running quarter is not handed in
			}
			var summary map[string]any
			if err := json.Unmarshal([]byte(get("report", quarter, "-C", dir, "--summary", "--code", "JNQ")),
				&summary); err != nil {
				t.Fatal(err)
			}
			handed := map[string]float64{}
			flatten("", summary, handed)
			for key, n := range handed {
				switch key {
				case "version":
					continue
				case "durations.handling_days":
					key = "handling.sum"
				case "durations.handled":
					key = "handling.n"
				case "durations.whole_days":
					key = "whole.sum"
				case "durations.answered":
					key = "whole.n"
				}
				if strings.HasSuffix(key, ".done") && (strings.HasPrefix(key, "categories.") ||
					strings.HasPrefix(key, "channels.")) {
					key = strings.TrimSuffix(key, "done") + "balance.done"
				}
				if figures[key] != n {
					t.Errorf("the summary says %v for %s, the report %v", n, key, figures[key])
				}
			}
			if len(handed) < 60 {
				t.Errorf("the summary has only %d figures", len(handed))
			}
			if err := os.WriteFile(in(".summary.json"),
				[]byte(get("report", quarter, "-C", dir, "--summary", "--code", "JNQ")), 0o666); err != nil {
				t.Fatal(err)
			}
			var sum map[string]any
			if err := json.Unmarshal([]byte(get("aggregate", "--quarter", quarter, "--format", "json", dir)),
				&sum); err != nil {
				t.Fatal(err)
			}
			added := map[string]float64{}
			flatten("", sum, added)
			for key, n := range handed { // the counties come on top
				if added[key] < n {
					t.Errorf("aggregate says %v for %s, less than the bureau's own %v", added[key], key, n)
				}
			}
		})
	}
}

// noScores holds that the 公开 edition shows no scores (DESIGN 9), in no file; the manual
// explains how they come about.
func noScores(t *testing.T, site string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(site, "appraisal")); err == nil {
		t.Error("the 公开 edition has pages of 考评")
	}
	err := filepath.WalkDir(site, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(name)) == "help" {
			return err
		}
		var texts []string
		switch filepath.Ext(name) {
		case ".docx", ".xlsx":
			texts = slices.Collect(maps.Values(unzipped(t, name)))
		case ".html", ".json", ".js", ".csv", ".atom", ".ics":
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			texts = []string{string(data)}
		}
		for _, text := range texts {
			for _, word := range []string{"各单位得分", "核实后扣分", "扣分明细表", "更正返还"} {
				if strings.Contains(text, word) {
					t.Errorf("%s says %s", name, word)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// shown compares the figures at the head of a report's page.
func shown(t *testing.T, page string, figures map[string]float64) {
	t.Helper()
	flat := bared(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, ""))
	n := func(key string) string { return strconv.Itoa(int(figures[key])) }
	base := strconv.Itoa(int(figures["deadlines.on_time"] + figures["deadlines.late_done"] +
		figures["deadlines.late_open"]))
	for _, say := range []string{
		"月报收集" + n("funnel.collected") + "件，登记" + n("funnel.registered") + "项合" + n("funnel.tickets") + "件",
		"本期办结" + n("balance.done") + "期末未结" + n("balance.closing") + "项",
		"按期" + n("deadlines.on_time") + "，应办" + base,
		"期初未结" + n("balance.opening") + "+本期推送" + n("balance.pushed") + "=本期办结" + n("balance.done") +
			"+其他终结" + n("balance.other") +
			"+期末未结" + n("balance.closing"),
	} {
		if !strings.Contains(flat, say) {
			t.Errorf("the page does not say %s", say)
		}
	}
}

// bared is a text without what a format sets it apart by.
func bared(s string) string {
	return strings.NewReplacer(" ", "", "\n", "", "\t", "", " ", "").Replace(html.UnescapeString(s))
}

func markdownRows(text string) map[string]int {
	rows := map[string]int{}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| --") {
			rows[bared(strings.ReplaceAll(strings.Trim(line, "|"), `\|`, "¦"))]++
		}
	}
	return rows
}

// annexRows are the rows of the annexes, as Excel keeps their values: a share as
// a number, a day as the number of days since 1899-12-30.
func annexRows(text string) []string {
	var list []string
	_, annexes, _ := strings.Cut(text, "\n## 附件1")
	lines := strings.Split(annexes, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "| ") || i+1 < len(lines) && strings.HasPrefix(lines[i+1], "| --") ||
			strings.HasPrefix(line, "| --") {
			continue
		}
		var cells []string
		for _, c := range strings.Split(strings.Trim(line, "|"), " | ") {
			if c = bared(c); c != "" && c != "—" {
				cells = append(cells, excelValue(c))
			}
		}
		list = append(list, strings.Join(cells, "|"))
	}
	return list
}

func excelValue(c string) string {
	if p, ok := strings.CutSuffix(c, "%"); ok {
		if f, err := strconv.ParseFloat(p, 64); err == nil {
			return strconv.FormatFloat(math.Round(f*10)/1000, 'f', -1, 64)
		}
	}
	if d, err := time.Parse(time.DateOnly, c); err == nil {
		return strconv.Itoa(int(d.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
	}
	return c
}

var (
	tableRow  = regexp.MustCompile(`(?s)<tr[ >].*?</tr>`)
	tableCell = regexp.MustCompile(`(?s)<t[hd][ >].*?</t[hd]>`)
	tag       = regexp.MustCompile(`(?s)<[^>]*>`)
	wordRow   = regexp.MustCompile(`(?s)<w:tr[ >].*?</w:tr>`)
	wordCell  = regexp.MustCompile(`(?s)<w:tc>.*?</w:tc>`)
	excelRow  = regexp.MustCompile(`(?s)<row[ >].*?</row>`)
	excelCell = regexp.MustCompile(`(?s)<c [^>]*?(?:/>|>.*?</c>)`)
	sharedStr = regexp.MustCompile(`(?s)<si>.*?</si>`)
)

func tableRows(text string, row, cell *regexp.Regexp) map[string]int {
	rows := map[string]int{}
	for _, r := range row.FindAllString(text, -1) {
		var cells []string
		for _, c := range cell.FindAllString(r, -1) {
			cells = append(cells, bared(tag.ReplaceAllString(c, "")))
		}
		rows[strings.Join(cells, "|")]++
	}
	return rows
}

func htmlRows(text string) map[string]int { return tableRows(text, tableRow, tableCell) }

func wordRows(t *testing.T, name string) map[string]int {
	return tableRows(unzipped(t, name)["word/document.xml"], wordRow, wordCell)
}

func excelRows(t *testing.T, name string) map[string]bool {
	parts := unzipped(t, name)
	var shared []string
	for _, s := range sharedStr.FindAllString(parts["xl/sharedStrings.xml"], -1) {
		shared = append(shared, bared(tag.ReplaceAllString(s, "")))
	}
	rows := map[string]bool{}
	for part, text := range parts {
		if !strings.HasPrefix(part, "xl/worksheets/sheet") {
			continue
		}
		for _, r := range excelRow.FindAllString(text, -1) {
			var cells []string
			for _, c := range excelCell.FindAllString(r, -1) {
				v := bared(tag.ReplaceAllString(c, ""))
				if n, err := strconv.Atoi(v); err == nil && strings.Contains(c, `t="s"`) {
					v = shared[n]
				}
				if f, err := strconv.ParseFloat(v, 64); err == nil && strings.Contains(v, ".") &&
					!strings.Contains(c, `t="`) {
					v = strconv.FormatFloat(math.Round(f*1000)/1000, 'f', -1, 64)
				}
				if v != "" && v != "—" {
					cells = append(cells, excelValue(v))
				}
			}
			rows[strings.Join(cells, "|")] = true
		}
	}
	return rows
}

func unzipped(t *testing.T, name string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(data)
	}
	return parts
}
