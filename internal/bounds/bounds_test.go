package bounds

import (
	"strings"
	"testing"
)

func table(columns, rows int) string {
	return strings.Repeat("|甲", columns) + "|\n" + strings.Repeat("|-", columns) + "|\n" + strings.Repeat("|\n", rows)
}

// TestMarkup: what nobody writes is too much, and what somebody might is not.
func TestMarkup(t *testing.T) {
	for text, want := range map[string]Excess{
		strings.Repeat(">", 101) + " 甲":                            Nesting,
		"甲\n" + strings.Repeat("> ", 5_000_000):                    Nesting,
		strings.Repeat("- ", 101) + "甲":                            Nesting,
		strings.Repeat("1. ", 101) + "甲":                           Nesting,
		strings.Repeat(">", 100) + " 甲":                            "",
		strings.Repeat("-", 500) + "\n" + strings.Repeat("1", 500): "",
		strings.Repeat("> 甲\n", 500):                               "",

		strings.Repeat("![a](", 6_000):                                   Links,
		strings.Repeat("[a](b \"\n", 6_000):                              Links,
		strings.Repeat("- [202607-NFZX-001](202607-NFZX-001.md)\n", 800): "",

		strings.Repeat("*a_", 10_000):                                              Signs,
		strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000):                  Signs,
		strings.Repeat("**纳税人：**张三\n", 2_000):                                      "",
		table(10, 200) + strings.Repeat(strings.Repeat("|**a**", 10)+"|\n", 1_500): "",

		table(400, 400): Cells,
		"> " + strings.ReplaceAll(table(400, 400), "\n", "\n> "): Cells,
		"1. " + table(400, 400):                                  Cells,
		strings.ReplaceAll(table(400, 400), "|-", "-|"):          Cells,
		strings.Repeat(table(100, 20)+"\n", 10):                  Cells,
		table(20, 900):                                           "",
		table(20, 200) + "\n" + strings.Repeat("甲\n", 5_000):     "",
	} {
		line, got := Markup(text)
		if got != want || (line == 0) != (want == "") {
			t.Errorf("%.40q… (%d bytes): line %d, %q, want %q", text, len(text), line, got, want)
		}
	}
}

// TestMarkupLine: the line is the one that is too much.
func TestMarkupLine(t *testing.T) {
	if line, _ := Markup("甲\n\n" + strings.Repeat(">", 101) + " 乙\n"); line != 3 {
		t.Errorf("line %d, want 3", line)
	}
	// The head and 199 rows have 20,000 cells; the ruler between them has none.
	if line, _ := Markup(table(100, 500)); line != 202 {
		t.Errorf("line %d, want 202", line)
	}
}
