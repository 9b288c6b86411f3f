package rules

import (
	"io"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/diag"
	"suqiu/internal/problem"
)

// TestNumbersByTheThousand holds that telling of ten times the numbers in one
// body allocates ten times as often, excerpts and all (issue L, 5.2).
func TestNumbersByTheThousand(t *testing.T) {
	allocations := func(n int) float64 {
		w := good(t)
		w.edit(t, first, "后台拥堵。", "后台拥堵。\n\n"+strings.Repeat("来电13912345678。\n", n))
		var findings []problem.Problem
		count := testing.AllocsPerRun(1, func() {
			findings = w.run(t)
			if err := diag.Text(io.Discard, findings,
				diag.TextOptions{Excerpt: func(string) []byte { return []byte(w.files[first]) }}); err != nil {
				t.Fatal(err)
			}
		})
		if told := len(slices.DeleteFunc(findings,
			func(f problem.Problem) bool { return f.Rule != "pii-phone" })); told != n {
			t.Errorf("%d numbers are told of, not %d", told, n)
		}
		return count
	}
	if few, many := allocations(300), allocations(3000); many > 11*few {
		t.Errorf("%.0f allocations, of ten times the numbers %.0f", few, many)
	}
}
