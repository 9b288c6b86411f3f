package bestmatch

import "testing"

func TestOf(t *testing.T) {
	distances := map[string]int{"甲": 2, "乙": 1, "丙": 1, "甲局": 1, "丁": 0}
	distance := func(c string) (int, bool) { n, near := distances[c]; return n, near }
	means := func(c string) string {
		if c == "甲局" {
			return "乙"
		}
		return c
	}
	for _, c := range []struct {
		candidates []string
		means      func(string) string
		want       string
	}{
		{nil, nil, ""},
		{[]string{"远"}, nil, ""},
		{[]string{"甲", "远"}, nil, "甲"},
		{[]string{"甲", "乙"}, nil, "乙"},
		{[]string{"乙", "甲"}, nil, "乙"},
		{[]string{"乙", "乙"}, nil, "乙"},
		{[]string{"乙", "丙"}, nil, ""},
		{[]string{"乙", "丙", "甲"}, nil, ""},
		{[]string{"乙", "丙", "丁"}, nil, "丁"},
		{[]string{"乙", "甲局"}, nil, ""},
		{[]string{"乙", "甲局"}, means, "乙"},
		{[]string{"乙", "甲局", "丙"}, means, ""},
	} {
		if got := Of(c.candidates, distance, c.means); got != c.want {
			t.Errorf("of %q: %q, want %q", c.candidates, got, c.want)
		}
	}
}
