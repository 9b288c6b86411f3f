package site

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"

	"suqiu/templates"
)

// TestContrast: text, muted or coloured, stands out from whatever lies behind it by 4.5 to 1,
// in the light, in the dark and on paper; so do the words in empty boxes.
func TestContrast(t *testing.T) {
	data, err := fs.ReadFile(templates.Builtin(), "static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(string(data), -1)
	if len(schemes) != 3 {
		t.Fatalf("%d schemes", len(schemes))
	}
	on := map[string][]string{"muted": {"paper", "ground", "block", "accent-soft", "amber-soft", "mark"},
		"paper": {"accent", "red", "grey"}, "mast-muted": {"mast"}, "mast-ink": {"mast"}}
	for _, text := range []string{"ink", "accent", "red", "amber", "green", "violet", "grey"} {
		on[text] = []string{"paper", "ground", "block", "accent-soft"}
	}
	colours := map[string]string{}
	for i, s := range schemes {
		for _, m := range regexp.MustCompile(`--([\w-]+): #([0-9a-f]{3,6});`).FindAllStringSubmatch(s[1], -1) {
			colours[m[1]] = m[2]
		}
		for text, grounds := range on {
			for _, ground := range grounds {
				if c := contrast(t, colours[text], colours[ground]); c < 4.5 {
					t.Errorf("scheme %d: %s on %s has %.2f", i, text, ground, c)
				}
			}
		}
	}
	for _, rule := range []string{`(?m)^::placeholder \{ color: var\(--muted\); opacity: 1; \}`,
		`\.find input:focus::placeholder \{ color: var\(--muted\); \}`} {
		if !regexp.MustCompile(rule).Match(data) {
			t.Errorf("no rule %s", rule)
		}
	}
}

// contrast is that of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, colour string) (sum float64) {
	t.Helper()
	if len(colour) == 3 {
		colour = string([]byte{colour[0], colour[0], colour[1], colour[1], colour[2], colour[2]})
	}
	n, err := strconv.ParseUint(colour, 16, 32)
	if err != nil || len(colour) != 6 {
		t.Fatalf("%q is no colour", colour)
	}
	for i, share := range []float64{.0722, .7152, .2126} {
		v := float64(n>>(8*i)&255) / 255
		if v <= .03928 {
			v /= 12.92
		} else {
			v = math.Pow((v+.055)/1.055, 2.4)
		}
		sum += share * v
	}
	return sum
}
