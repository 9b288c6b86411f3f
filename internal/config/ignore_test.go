package config

import "testing"

func TestCovers(t *testing.T) {
	const first = "cases/2026/07/202607-NFZX-001.md"
	for _, test := range []struct {
		pattern, path string
		want          bool
	}{
		{"cases/2026/07/202607-NFZX-001.md", first, true},
		{"cases", first, true},
		{"cases/2026/", first, true},
		{"./cases/2026", first, true},
		{"cases/*", first, true},
		{"cases/*/*/*-NFZX-*.md", first, true},
		{"cases/**/202607-NFZX-001.md", first, true},
		{"**", first, true},
		{"**/*.md", first, true},
		{"cases/**/2026/07/*.md", first, true},
		{"cases/202", first, false},
		{"2026", first, false},
		{"**/*.yaml", first, false},
		{"cases/*/202607-NFZX-001.md", first, false},
		{"cases/[", first, false},
		{first + "/x", first, false},
	} {
		if got := covers(test.pattern, test.path); got != test.want {
			t.Errorf("covers(%q, %q) = %v", test.pattern, test.path, got)
		}
	}
}
