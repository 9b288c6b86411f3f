package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
	"suqiu/internal/overdue"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

// due is the repository of testdata/overdue.
func due(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/overdue/story.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return gittest.Repo(t, string(script)).Dir
}

// TestOverdueFormats shows the same four items in each format.
func TestOverdueFormats(t *testing.T) {
	dir := due(t)
	const items = 4
	ask := func(format string) string {
		t.Helper()
		code, stdout, stderr := invoke(t.Context(), "-C", dir, "overdue", "--as-of", "2026-07-22", "--format", format)
		if code != exitFindings || stderr != "" {
			t.Fatalf("%s: code %d, stderr %q", format, code, stderr)
		}
		return stdout
	}
	text, markdown, table := ask("text"), ask("markdown"), ask("csv")

	var doc struct {
		Items []overdue.Item `json:"items"`
	}
	if err := json.Unmarshal([]byte(ask("json")), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Items) != items {
		t.Fatalf("%d items, want %d:\n%s", len(doc.Items), items, text)
	}
	golden(t, "overdue/text.golden", text)
	golden(t, "overdue/markdown.golden", markdown)
	golden(t, "overdue/csv.golden", table)

	// Excel wants the mark and CRLF; no cell may begin a formula; no row is lost.
	if !strings.HasPrefix(table, "\ufeff单位,") || strings.Count(table, "\n") != strings.Count(table, "\r\n") {
		t.Errorf("no mark or bare line feeds: %q", table)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != items+1 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		it := doc.Items[i]
		if row[0] != it.Unit || row[2] != it.Case || row[10] != it.Due.String() {
			t.Errorf("row %q of %+v", row, it)
		}
		if slices.ContainsFunc(row, func(cell string) bool {
			return cell != "" &&
				strings.ContainsAny(cell[:1], "=+-@\t\r")
		}) {
			t.Errorf("a formula: %q", row)
		}
	}
	// What goes out in a mail names no 仅要素 case but by its number.
	if strings.Contains(markdown, "网传集中补缴税款") || !strings.Contains(markdown, "限范围查看") {
		t.Error("the title of a 仅要素 case is in the Markdown")
	}
	columns := 7
	for _, line := range strings.Split(markdown, "\n") {
		if strings.Contains(line, "待联席会议确认") {
			columns = 5
		}
		if strings.HasPrefix(line, "| ") && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") != columns+1 {
			t.Errorf("cells of %q", line)
		}
	}
}

// TestOverdueExit: a limit of the regulation alone makes the code 1; what is
// due, undecided or late by the office's own measure does not.
func TestOverdueExit(t *testing.T) {
	dir := due(t)
	for _, c := range []struct {
		asOf, unit string
		code       int
		says       string
	}{
		{"2026-07-20", "", exitClean, "超期 0 项"}, // the due day itself
		{"2026-07-21", "", exitClean, "待收件"},    // within 收件宽限
		{"2026-07-22", "", exitFindings, "超期 1 项"},
		{"2026-07-22", "征管科", exitFailed, "没有单位"},
		{"2026-07-22", "征收管理科", exitClean, "超期 0 项"},
		{"2026-07-22", "XXZX", exitFindings, "超期 1 项"},
		{"2026-09-01", "纳税服务科", exitClean, "提示"},
	} {
		code, stdout, stderr := invoke(t.Context(), "-C", dir, "overdue", "--as-of", c.asOf, "--unit", c.unit)
		if code != c.code || !strings.Contains(stdout+stderr, c.says) {
			t.Errorf("as of %s, unit %q: code %d, want %d with %q:\n%s%s", c.asOf, c.unit, code, c.code, c.says, stdout,
				stderr)
		}
	}
	for _, format := range []string{"markdown", "csv"} {
		code, stdout, _ := invoke(t.Context(), "-C", dir, "overdue", "--as-of", "2026-06-02", "--format", format)
		if code != exitClean || !bytes.ContainsAny([]byte(stdout), "没单") {
			t.Errorf("nothing due as %s: code %d: %q", format, code, stdout)
		}
	}
}
