package office

import "testing"

// TestPlainCell holds that no title becomes Markdown.
func TestPlainCell(t *testing.T) {
	for in, want := range map[string]string{
		"普通标题":              "普通标题",
		"a|b\n<b>*x*</b>":   `a\|b \<b\>\*x\*\</b\>`,
		"[链](u) @all #1 ~2": `\[链\](u) \@all \#1 \~2`,
	} {
		if got := PlainCell(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
