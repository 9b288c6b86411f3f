package frontmatter

import (
	"testing"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"suqiu/internal/yamltext"
)

// The YAML library, which did not write these scalars, reads back what was
// typed, in each place where a scalar can stand.
func TestScalarsReadBack(t *testing.T) {
	texts := []string{
		"0471202607", "00123", "true", "null", "~", "2026-07-01", "1e3", "a: b", "a:", "a #b", "a#b", "#a", "[征期]",
		"%5", "@x", "*a", "&a",
		"!a", "|", "> a", "'引", "\"引\"", "`x`", "- a", "-a", "-", "--", "---", "--- a", "...", "? a", "?a", ": a",
		":a", ", a", "{a", "}", "]",
		" a", "a ", "a\tb", "\ta", "a\nb", "a\n\nb", "a\n b", " a\nb", "\na", "a\n", "a\n\n", "a\n---\nb", "a\r\nb",
		"a\n \nb", "a\n# b", "a\\b",
		"it's", "it's \"x\"", "\u2028", "\ufeffa", "\u0085", "\U0001F600", "　全角", "结果：已解决", "=", "<<",
		"a: 'b'", "\x01", "\uffff",
	}
	check := func(t interface{ Fatalf(string, ...any) }, text string) {
		var w writer
		w.field(&entry{key: "k", value: scalar(text), eol: "  # 备注"}, 0)
		list := &value{parts: []*entry{{value: scalar(text)}}}
		list.kind = 1 // List
		w.field(&entry{key: "l", value: list}, 0)
		w.WriteString("e: " + yamltext.InlineScalar(text) + "\nz: end\n")
		var got struct {
			K, E, Z yaml.Node
			L       []yaml.Node
		}
		if err := yaml.Unmarshal([]byte(w.String()), &got); err != nil {
			t.Fatalf("%q: %v\n%s", text, err, w.String())
		}
		for _, n := range []yaml.Node{got.K, got.E, got.L[0]} {
			if n.Value != text {
				t.Fatalf("%q reads back as %q from\n%s", text, n.Value, w.String())
			}
		}
		if got.Z.Value != "end" {
			t.Fatalf("%q swallows what follows:\n%s", text, w.String())
		}
	}
	for _, text := range texts {
		check(t, text)
	}
	rapid.Check(t, func(t *rapid.T) {
		check(t, rapid.StringOfN(rapid.SampledFrom([]rune("ab甲：:#-'\"\\ \n\t[]{}|>%@&*!?,`0　.")), 1, 12, -1).Draw(t,
			"text"))
	})
}
