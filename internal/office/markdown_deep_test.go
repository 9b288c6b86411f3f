package office

import (
	"strings"
	"testing"
)

// TestExcessive: what is no Markdown any more is text, and all of it is there.
func TestExcessive(t *testing.T) {
	for _, text := range []string{strings.Repeat("> ", 200) + "甲", strings.Repeat("![a](", 6_000) + "甲"} {
		if got := Plain(text); !strings.HasSuffix(got, "甲") {
			t.Errorf("%.20q…", got)
		}
	}
}
