package prose

import (
	"slices"
	"testing"
)

// TestLinks: a plain text leads to the cases that it names and that have a page.
func TestLinks(t *testing.T) {
	m := NewRenderer("../cases/", func(id string) bool { return id == "202607-NFZX-012" })
	link := Segment{"202607-NFZX-012", "../cases/202607-NFZX-012.html"}
	for text, want := range map[string][]Segment{
		"":                {},
		"没有编号":            {{Text: "没有编号"}},
		"202607-NFZX-012": {link},
		"见 202607-NFZX-012 和 202607-NFZX-013。": {{Text: "见 "}, link, {Text: " 和 202607-NFZX-013。"}},
		"202607-NFZX-012202607-NFZX-012":       {{Text: "202607-NFZX-012202607-NFZX-012"}},
	} {
		if got := m.Links(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
