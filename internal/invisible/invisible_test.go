package invisible

import (
	"testing"

	"pgregory.net/rapid"
)

func TestMarked(t *testing.T) {
	for text, want := range map[string]string{
		"甲\t乙\n丙，𠮷 é":            "甲\t乙\n丙，𠮷 é",
		"甲\r\n\x1b[2J\x00\u009b": "甲\ufffd\n\ufffd[2J\ufffd\ufffd",
		"\u200e编号\u202e\u2067":   "\ufffd编号\ufffd\ufffd",
		"双\u200d字":               "双\u200d字", // joins, and hides nothing
	} {
		if got := Marked(text); got != want || In(text) != (text != want) {
			t.Errorf("%q: %q, %v", text, got, In(text))
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		if text := Marked(rapid.String().Draw(r, "text")); In(text) {
			r.Fatalf("%q", text)
		}
	})
}
