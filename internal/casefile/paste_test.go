package casefile

import (
	"os"
	"strings"
	"testing"
)

// The line to paste mends what it is said to mend, and breaks nothing else.
func TestPastedLineMends(t *testing.T) {
	rules := map[string]bool{"yaml-syntax": true, "fullwidth-punctuation": true, "value-truncated": true, "date-invalid": true,
		"value-enum": true, "key-unknown": true, "state-behind-record": true, "id-mismatch": true, "front-matter-unclosed": true, "front-matter-missing": true}
	pasted := 0
	for _, f := range fixtures {
		src, err := os.ReadFile("testdata/" + f.name + ".md")
		if err != nil {
			t.Fatal(err)
		}
		path := f.path
		if path == "" {
			path = "cases/2026/07/202607-NFZX-012.md"
		}
		for _, p := range Parse(path, src, alias).Problems {
			if !rules[p.Rule] || strings.Contains(p.Fix, "请") || strings.Contains(p.Fix, "（") {
				continue // advice, not a line
			}
			if p.Rule == "state-behind-record" && strings.Contains(p.Fix, "已反馈") {
				continue // the sections it then asks for are another finding
			}
			lines := strings.Split(string(src), "\n")
			lines[p.Line-1] = p.Fix
			pasted++
			for _, q := range Parse(path, []byte(strings.Join(lines, "\n")), alias).Problems {
				if q.Rule == p.Rule && q.Line == p.Line || f.findings == 1 {
					t.Errorf("%s: after pasting %q on line %d: %d %s %s", f.name, p.Fix, p.Line, q.Line, q.Rule, q.Message)
				}
			}
		}
	}
	if pasted < 50 {
		t.Errorf("only %d lines to paste", pasted)
	}
}
