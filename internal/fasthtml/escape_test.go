package fasthtml

import (
	"strings"
	"testing"
)

// TestLongTexts: what is escaped a stretch at a time reads as html/template has it,
// wherever a stretch ends: within a character, within what is none, at a quote.
func TestLongTexts(t *testing.T) {
	for _, unit := range []string{"诉", "<", "a'b\"", "\xff", "\xe8\xaf", "\x80", "😀&", "\x00\n", "+"} {
		for lead := range 5 {
			text := strings.Repeat("x", lead) + strings.Repeat(unit, 70000)
			for _, place := range []string{`<p>{{.}}</p>`, `<p title="{{.}}"></p>`} {
				_, e := newEscaper(place)
				if !e.apart {
					t.Fatalf("%s is escaped whole", place)
				}
				var got strings.Builder
				e.write(&got, text)
				if want := e.escape(text); got.String() != want {
					t.Errorf("%q behind %d in %s differs", unit, lead, place)
				}
			}
		}
	}
}
