package report_test

import (
	"slices"
	"time"
)

// date is a day as a number, so that the oracle's own calendar counts it.
type date = int

var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func on(month time.Month, day int) date {
	return int(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC).Sub(epoch).Hours() / 24)
}

func civil(d date) string { return epoch.AddDate(0, 0, d).Format(time.DateOnly) }

// worked reports whether a day of 2026 is worked, by the notice of that year.
func worked(d date) bool {
	s := civil(d)
	switch {
	case slices.Contains([]string{"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
		"2026-10-10"}, s):
		return true
	case s >= "2026-05-01" && s <= "2026-05-05", s >= "2026-06-19" && s <= "2026-06-21",
		s >= "2026-09-25" && s <= "2026-09-27", s >= "2026-10-01" && s <= "2026-10-07":
		return false
	}
	weekday := epoch.AddDate(0, 0, d).Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// quarterEnd is the last day of the quarter of a day.
func quarterEnd(d date) date {
	m := epoch.AddDate(0, 0, d).Month()
	return on((m-1)/3*3+4, 1) - 1
}

// plus is the n-th working day after a day.
func plus(d date, n int) date {
	for n > 0 {
		d++
		if worked(d) {
			n--
		}
	}
	return d
}

// between counts the working days of (from, to].
func between(from, to date) int {
	n := 0
	for d := from + 1; d <= to; d++ {
		if worked(d) {
			n++
		}
	}
	return n
}
