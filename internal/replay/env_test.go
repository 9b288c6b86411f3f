package replay

import (
	"testing"
	"time"

	"suqiu/internal/workday"
)

// TestBelieved (DESIGN 6): acts of units count "at the commit's author time, but not
// before 00:00 of the working day that lies 收件宽限 working days before the landing's
// day (itself not counted), not after the landing".
func TestBelieved(t *testing.T) {
	const form = "2006-01-02 15:04"
	at := func(s string) time.Time {
		t.Helper()
		when, err := time.ParseInLocation(form, s, workday.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	cal := workday.NewCalendar(workday.Overrides{})
	for _, c := range []struct {
		why                string
		grace              int
		said, landed, want string
	}{
		{"the same day", 1, "2026-07-15 16:00", "2026-07-15 17:00", "2026-07-15 16:00"},
		{"the day before", 1, "2026-07-14 16:00", "2026-07-15 17:00", "2026-07-14 16:00"},
		{"its first minute", 1, "2026-07-14 00:00", "2026-07-15 17:00", "2026-07-14 00:00"},
		{"the last minute before it", 1, "2026-07-13 23:59", "2026-07-15 17:00", "2026-07-14 00:00"},
		{"no grace", 0, "2026-07-14 23:59", "2026-07-15 17:00", "2026-07-15 00:00"},
		{"two days of it", 2, "2026-07-13 09:00", "2026-07-15 17:00", "2026-07-13 09:00"},
		{"a Friday's, landed on Monday", 1, "2026-07-17 09:00", "2026-07-20 10:00", "2026-07-17 09:00"},
		{"a Saturday's, landed on Monday", 1, "2026-07-18 09:00", "2026-07-20 10:00", "2026-07-18 09:00"},
		{"before the holidays, landed after", 1, "2026-09-30 17:00", "2026-10-08 09:00", "2026-09-30 17:00"},
		{"a Saturday that works", 1, "2026-10-09 17:00", "2026-10-10 09:00", "2026-10-09 17:00"},
		{"a clock that is ahead", 1, "2026-07-15 18:00", "2026-07-15 17:00", "2026-07-15 17:00"},
	} {
		if got := Believed(cal, c.grace, at(c.said), at(c.landed)); !got.Equal(at(c.want)) {
			t.Errorf("%s: %s, want %s", c.why, got.In(workday.Shanghai).Format(form), c.want)
		}
	}
}
