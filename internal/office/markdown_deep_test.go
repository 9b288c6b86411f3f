package office

import (
	"strings"
	"testing"
)

func TestTooDeep(t *testing.T) {
	for text, want := range map[string]bool{
		strings.Repeat(">", 101) + " 甲":                            true,
		"甲\n" + strings.Repeat("> ", 5_000_000):                    true,
		strings.Repeat("- ", 101) + "甲":                            true,
		strings.Repeat("1. ", 101) + "甲":                           true,
		strings.Repeat(">", 100) + " 甲":                            false,
		strings.Repeat("-", 500) + "\n" + strings.Repeat("1", 500): false,
		strings.Repeat("> 甲\n", 500):                               false,
	} {
		if got := TooDeep(text); got != want {
			t.Errorf("%.20q…: %v", text, got)
		}
	}
	if got := Plain(strings.Repeat("> ", 200) + "甲"); !strings.HasSuffix(got, "甲") {
		t.Errorf("%.20q…", got)
	}
}
