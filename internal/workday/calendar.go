package workday

import (
	"maps"
	"slices"
	"time"
)

// Calendar knows the working days of every year: the State Council's notices,
// plus a repository's own overrides. In a year without a notice it knows
// weekends and 1 January alone. It never changes once made and may be shared freely.
//
// Days are numbered by rank, the count of working days up to and including a
// day. Within the span of days that any notice or override speaks of, ranks
// and working days stand in tables; before and after it they are arithmetic.
// So every question is answered in next to constant time.
type Calendar struct {
	first, last Date   // the span of the tables
	ranks       []rank // ranks[i] is the rank of first-1+i
	days        []Date // the working days of the span, in order
	shift       rank   // rank minus law rank, for days after the span
	exceptions  map[Date]exception
	final       map[int]bool // years whose notice is known
}

// rank counts working days from a distant origin; it may be negative.
type rank int32

// exception is a day of which something is said besides its weekday.
type exception struct {
	working bool
	reason  string
}

// Overrides are what a repository says of its own calendar: days off, days
// worked, and years that are final though no notice for them is built in. A
// day that stands in both lists is worked.
type Overrides struct {
	Off, Work []Date
	Final     []int
}

// NewCalendar returns the calendar of the built-in notices with o applied on
// top. Overrides outside 1900 to 2200 are ignored.
func NewCalendar(o Overrides) *Calendar {
	c := &Calendar{exceptions: map[Date]exception{}, final: map[int]bool{}}
	for _, notice := range notices() {
		c.final[notice.year] = true
		for _, holiday := range notice.holidays {
			first, last := holiday.span()
			for d := first; d <= last; d++ {
				c.exceptions[d] = exception{false, holiday.name}
			}
			for _, day := range holiday.work {
				c.exceptions[mustParse(day)] = exception{true, "调休上班（" + holiday.name + "）"}
			}
		}
	}
	for _, d := range o.Off {
		c.override(d, exception{false, "本局放假"})
	}
	for _, d := range o.Work {
		c.override(d, exception{true, "本局上班"})
	}
	for _, year := range o.Final {
		c.final[year] = true
	}
	c.tabulate()
	return c
}

func (c *Calendar) override(d Date, e exception) {
	if d != 0 && d >= minDate && d <= maxDate {
		c.exceptions[d] = e
	}
}

// tabulate fills the tables from the exceptions.
func (c *Calendar) tabulate() {
	c.first, c.last = maxDate, minDate
	for d := range c.exceptions {
		c.first, c.last = min(c.first, d), max(c.last, d)
	}
	r := lawRank(c.first - 1)
	c.ranks = append(make([]rank, 0, c.last-c.first+2), r)
	for d := c.first; d <= c.last; d++ {
		working := weekdayIndex(d) < 5 && !isNewYear(d)
		if e, ok := c.exceptions[d]; ok {
			working = e.working
		}
		if working {
			r++
			c.days = append(c.days, d)
		}
		c.ranks = append(c.ranks, r)
	}
	c.shift = r - lawRank(c.last)
}

// rank returns the number of working days up to and including d.
func (c *Calendar) rank(d Date) rank {
	switch {
	case d < c.first:
		return lawRank(d)
	case d > c.last:
		return lawRank(d) + c.shift
	}
	return c.ranks[d-c.first+1]
}

// ranked returns the working day of rank r.
func (c *Calendar) ranked(r rank) Date {
	before := c.ranks[0]
	switch {
	case r <= before:
		return lawRanked(r)
	case int(r-before) > len(c.days):
		return lawRanked(r - c.shift)
	}
	return c.days[r-before-1]
}

// Text says what c knows beside weekends: the final years, and the days that a
// notice or an override declared off or worked, as 2006-01-02 in order. Two
// calendars that count alike have equal texts.
func (c *Calendar) Text() (final []int, off, work []string) {
	for year := range c.final {
		final = append(final, year)
	}
	slices.Sort(final)
	for _, d := range slices.Sorted(maps.Keys(c.exceptions)) {
		switch e := c.exceptions[d]; {
		case e.working:
			work = append(work, d.String())
		default:
			off = append(off, d.String())
		}
	}
	return final, off, work
}

// Working reports whether d is a working day.
func (c *Calendar) Working(d Date) bool { return c.rank(d) != c.rank(d-1) }

// Provisional reports whether the year of d has no notice yet, so that its
// working days come from weekends and 1 January alone (暂定).
func (c *Calendar) Provisional(d Date) bool { return !c.final[d.Year()] }

// Final reports whether the working days of year are known from a notice.
func (c *Calendar) Final(year int) bool { return c.final[year] }

// Add returns the n-th working day after d: the day of the event is not
// counted, whether it is worked or not. A negative n counts backwards in the
// same way, and Add(d, 0) is d. No date stays no date; a result outside 1900
// to 2200 stops at the edge.
func (c *Calendar) Add(d Date, n int) Date {
	if n == 0 || d == 0 {
		return d
	}
	steps := rank(clampCount(n))
	var result Date
	if n > 0 {
		result = c.ranked(c.rank(d) + steps)
	} else {
		result = c.ranked(c.rank(d-1) + steps + 1)
	}
	return min(max(result, minDate), maxDate)
}

// Count returns the number of working days in (from, to]: 0 if to is not
// after from, or if either is no date.
func (c *Calendar) Count(from, to Date) int {
	if to <= from || from == 0 || to == 0 {
		return 0
	}
	return int(c.rank(to) - c.rank(from))
}

// Days returns each day in (from, to], in order; nil if there is none or
// either is no date.
func (c *Calendar) Days(from, to Date) []Day {
	if to <= from || from == 0 || to == 0 {
		return nil
	}
	days := make([]Day, 0, to-from)
	for d := from + 1; d <= to; d++ {
		days = append(days, c.Day(d))
	}
	return days
}

// Day says what d is and why.
func (c *Calendar) Day(d Date) Day {
	day := Day{Date: d, Provisional: c.Provisional(d)}
	if e, ok := c.exceptions[d]; ok {
		day.Working, day.Reason = e.working, e.reason
		return day
	}
	if isNewYear(d) {
		day.Reason = "元旦"
		return day
	}
	day.Working = weekdayIndex(d) < 5
	day.Reason = weekdayName(d.Weekday(), day.Working)
	return day
}

// Day says what one day is and why.
type Day struct {
	Date        Date
	Working     bool
	Reason      string // "星期三" "周六" "国庆节" "调休上班（国庆节）" "本局放假" "本局上班": never empty
	Provisional bool   // no yearly notice: from weekends and 1 January alone (暂定)
}

// weekdayName names a working day 星期X, and a weekend day 周六 or 周日.
func weekdayName(w time.Weekday, working bool) string {
	const names = "日一二三四五六"
	name := names[int(w)*len("日") : (int(w)+1)*len("日")]
	if working {
		return "星期" + name
	}
	return "周" + name
}

// weekdayIndex is 0 for Monday to 6 for Sunday.
func weekdayIndex(d Date) int {
	// 1969-12-29, day -3, was a Monday.
	days := int64(d) + 3
	return int(days - 7*floorDiv(days, 7))
}

// weekdayRank counts the days from Monday to Friday up to and including d.
func weekdayRank(d Date) rank {
	week := floorDiv(int64(d)+3, 7)
	return rank(week*5) + rank(min(weekdayIndex(d)+1, 5))
}

// weekdayRanked is the inverse of weekdayRank on weekdays.
func weekdayRanked(r rank) Date {
	week := floorDiv(int64(r)-1, 5)
	return Date(week*7 + int64(r) - 1 - week*5 - 3)
}

// clampCount keeps a number of days within what the years 1900 to 2200 can
// hold, so that absurd limits do not overflow.
func clampCount(n int) int {
	const most = int(maxDate - minDate)
	return min(max(n, -most), most)
}
