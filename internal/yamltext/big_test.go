package yamltext

import (
	"strings"
	"testing"
	"time"
)

// Nesting, bombs and long texts are bounded work.
func TestBounded(t *testing.T) {
	for name, text := range map[string]string{
		"brackets":       strings.Repeat("[", 1<<19),
		"value":          "a: " + strings.Repeat("[", 1<<19),
		"braces":         "a: " + strings.Repeat("{", 1<<19),
		"braces, keys":   "a: " + strings.Repeat("{a: ", 1<<17),
		"dashes":         strings.Repeat("- ", 1<<18),
		"keys":           strings.Repeat("a: ", 1<<18),
		"questions":      strings.Repeat("? ", 1<<18),
		"steps":          steps(700),
		"quotes":         strings.Repeat("a: \"\n", 1<<16),
		"faults":         strings.Repeat("a：b\n", 1<<16),
		"bad flow":       strings.Repeat("a: [b\n c\n", 1<<15),
		"junk":           strings.Repeat("b\n", 1<<17),
		"question lines": strings.Repeat("?b\n", 1<<17),
		"one line":       "a: " + strings.Repeat("x", 1<<19),
		"long key":       strings.Repeat("x", 1<<19) + ": a",
		"commas":         "a: [" + strings.Repeat(",", 1<<19) + "]",
		"comments":       strings.Repeat("#\n", 1<<18),
		"anchors":        strings.Repeat("a: &a [*a,*a]\n", 1<<14),
		"too long":       strings.Repeat("x", 1<<21),
		"many keys":      manyKeys(1 << 14),
	} {
		start := time.Now()
		root, _ := Parse([]byte(text), 1)
		if root == nil {
			t.Errorf("%s: no map", name)
		}
		d := time.Since(start)
		t.Log(name, d)
		if d > 20*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

// steps is a text that goes one level deeper with each line.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("k" + itoa(i) + ": 'x'\n")
	}
	return b.String()
}
