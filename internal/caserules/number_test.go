package caserules_test

import (
	"testing"

	"suqiu/internal/caserules"
)

// NearestNumber forgives two edits; neighbours that changed places are one; of
// two that are as near none is meant.
func TestNearestNumber(t *testing.T) {
	for _, test := range []struct {
		typed      string
		candidates []string
		want       string
	}{
		{"202607-NFZX-010", []string{"202607-NFZX-001"}, "202607-NFZX-001"},
		{"202607-NFZX-010", []string{"202607-NFZX-001", "202607-NFZX-022"}, "202607-NFZX-001"},
		{"202607-NFZX-010", []string{"202607-NFZX-001", "202607-NFZX-011"}, ""},
		{"202607-NFZX-021", []string{"202607-NFZX-012", "202607-NFZX-033"}, "202607-NFZX-012"},
		{"202607-NFXZ-001", []string{"202607-NFZX-001"}, "202607-NFZX-001"},
		{"202607-NFZX-999", []string{"202607-NFZX-001"}, ""},
		{"202607-NFZX-01", []string{"202607-NFZX-001"}, "202607-NFZX-001"},
		{"", []string{"202607-NFZX-001"}, ""},
	} {
		if got := caserules.NearestNumber(test.typed, test.candidates); got != test.want {
			t.Errorf("%s of %v: %q, want %q", test.typed, test.candidates, got, test.want)
		}
	}
}
