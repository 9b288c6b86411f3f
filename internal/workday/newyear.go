package workday

import (
	"slices"
	"sync"
	"time"
)

// FirstYear is the first year whose notice is built in.
const FirstYear = 2023

// newYears are the first days of January that would be working days by their
// weekday. They are off by law (全国年节及纪念日放假办法), whether a notice for the
// year is known or not.
var newYears = sync.OnceValue(func() (days []Date) {
	for year := MinYear; year <= MaxYear; year++ {
		if d := New(year, time.January, 1); weekdayIndex(d) < 5 {
			days = append(days, d)
		}
	}
	return days
})

// isNewYear reports whether d is such a day.
func isNewYear(d Date) bool {
	_, found := slices.BinarySearch(newYears(), d)
	return found
}

// newYearsUntil counts them up to and including d.
func newYearsUntil(d Date) rank {
	n, _ := slices.BinarySearch(newYears(), d+1)
	return rank(n)
}

// lawRank counts the days up to and including d that are worked where no notice
// and no override speaks.
func lawRank(d Date) rank { return weekdayRank(d) - newYearsUntil(d) }

// lawRanked is the inverse of lawRank on such days.
func lawRanked(r rank) Date {
	d := weekdayRanked(r)
	for {
		next := weekdayRanked(r + newYearsUntil(d))
		if next == d {
			return d
		}
		d = next
	}
}

// Reckoned says of a year without a notice from what its working days were
// reckoned, and why; empty if there is a notice.
func (c *Calendar) Reckoned(year int) string {
	switch {
	case c.final[year]:
		return ""
	case year < FirstYear:
		return "放假安排没有内置（内置的自 2023 年起），只按周末和元旦推算"
	}
	return "放假安排尚未公布，只按周末和元旦推算"
}
