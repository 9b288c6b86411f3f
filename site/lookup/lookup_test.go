package lookup

import (
	"slices"
	"strings"
	"testing"

	"suqiu/internal/view"
)

// Issue L 3.3: search finds a number typed without its dashes.
func TestDashlessNumbers(t *testing.T) {
	e := &view.Case{ID: "202607-NFZX-012"}
	if text := strings.Split(Doc(e).Text, "\n"); !slices.Contains(text, "202607NFZX012") {
		t.Errorf("%q", text)
	}
	for in, want := range map[string]string{
		"见 202607-NFZX-012 和 RW202608-01":    "202607NFZX012 RW20260801",
		"单号 CP-2026-0715，又 CP-2026-0715":     "CP20260715",
		"20２６":                               "",
		"甲-乙，on-line，没有数字":                   "",
		"0471－1234":                          "04711234",
		"办理至7月5日-7月9日":                       "",
		strings.Repeat("a", 9) + "-1-" + "b": "aaaaaaaaa1b",
	} {
		if got := dashless([]string{in}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
