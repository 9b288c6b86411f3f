package gate

import (
	"testing"
	"time"

	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// TestBlocking: what stands in the way are errors that nothing excuses; the list that
// is asked about stays as it is.
func TestBlocking(t *testing.T) {
	found := []problem.Problem{
		{Rule: "a", Severity: problem.Error}, {Rule: "b", Severity: problem.Warning},
		{Rule: "c", Severity: problem.Error, Suppressed: true}, {Rule: "d", Severity: problem.Error, New: true},
	}
	brought := Brought(found)
	if len(brought) != 1 || brought[0].Rule != "d" || found[1].Rule != "b" {
		t.Errorf("brought is %v of %v", brought, found)
	}
	if got := Blocking(found); len(got) != 2 || got[0].Rule != "a" || got[1].Rule != "d" {
		t.Errorf("in the way are %v", got)
	}
}

// TestListed: a few names are all told, of many the others are counted.
func TestListed(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "甲": {"甲"}, "甲、乙": {"甲", "乙"},
		"甲、乙 等 3 个": {"甲", "乙", "丙"}} {
		if got := listed(names, 2); got != want {
			t.Errorf("%v is %q, want %q", names, got, want)
		}
	}
}

// TestEarliest (DESIGN 6): a mainline commit may not be dated "more than 收件宽限
// working days (at least one) in the past".
func TestEarliest(t *testing.T) {
	cal := workday.NewCalendar(workday.Overrides{})
	for _, c := range []struct {
		today, want workday.Date
		grace       int
	}{
		{workday.New(2026, time.July, 15), workday.New(2026, time.July, 14), 1},
		{workday.New(2026, time.July, 15), workday.New(2026, time.July, 13), 2},
		{workday.New(2026, time.July, 20), workday.New(2026, time.July, 17), 1}, // a Monday: from the Friday on
		{workday.New(2026, time.October, 8), workday.New(2026, time.September, 30), 1},
	} {
		if got := earliest(cal, c.today, c.grace); got != c.want {
			t.Errorf("on %s with %d days: %s, want %s", c.today, c.grace, got, c.want)
		}
	}
}
