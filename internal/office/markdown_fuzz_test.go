package office

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPlain holds that what is taken for plain text is so to who reads it as
// Markdown. What is set in as code is another matter: its blanks are kept there.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"纳税人反映3次，共1.5万元。\n第二行\n\n2026年7月3日12:30", "1. 一\n2. 二", "a\n===",
		"3) x", "甲\r\n乙 \n", "a  \nb", "x\n    y", "12", "1", "—— 注"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || !plain(s) || strings.ContainsAny(s, "\t\r\x00\u00a0\v\f\u2028\u0085") ||
			strings.Contains(s, "    ") || strings.Contains(s, "  \n") {
			return
		}
		if got, want := joinLines(s), unmarked(s); got != want {
			t.Errorf("%q: %q, as Markdown %q", s, got, want)
		}
	})
}
