package workday

import "testing"

// TestRoundsDown: a division is rounded down, also below zero.
func TestRoundsDown(t *testing.T) {
	for _, test := range []struct{ a, b, want int64 }{
		{7, 7, 1}, {6, 7, 0}, {0, 7, 0}, {-1, 7, -1}, {-7, 7, -1}, {-8, 7, -2},
	} {
		if got := floorDiv(test.a, test.b); got != test.want {
			t.Errorf("%d / %d is %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
