// Package worklist counts what lists show beside each single case: which days something
// is due on, how long open cases have been at work, and how closed ones went.
package worklist

import (
	"cmp"
	"fmt"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Row is a duty in a list. The first of a day has an Anchor, to which the calendar leads.
type Row struct {
	view.Duty
	Anchor string
}

// Rows are the duties of some lists that stand below each other on a page.
func Rows(lists ...[]view.Duty) [][]Row {
	seen := map[workday.Date]bool{}
	all := make([][]Row, len(lists))
	for i, list := range lists {
		for _, d := range list {
			row := Row{Duty: d}
			if counted(&d) && !seen[d.Clock.Due] {
				seen[d.Clock.Due], row.Anchor = true, anchor(d.Clock.Due)
			}
			all[i] = append(all[i], row)
		}
	}
	return all
}

func anchor(d workday.Date) string { return "d-" + d.String() }

// counted reports whether the calendar counts a duty: what a unit may do and need not is
// due on no day.
func counted(d *view.Duty) bool { return d.Clock != nil && d.Clock.Due != 0 && !d.Clock.Right() }

// Calendar is the due days of the lists of a page, by month.
type Calendar struct {
	Months        []Month
	Before, After int // due before the first of them, and after the last
	Total         int
}

// Month is a sheet of the calendar.
type Month struct {
	Title string  // 2026年12月
	Weeks [][]Day // of seven days
}

// Day is a day of a month; of those before and after it Date is zero.
type Day struct {
	Date  workday.Date
	N     int    // due on it
	Off   string // why it is a day off: 周六, 国庆节; empty: it is none
	Extra bool   // a make-up day
	Today bool
	Late  bool // something that was due on it is late
}

// Number is the day of the month.
func (d Day) Number() int { return d.Date.Day() }

// Anchor is where the first row of the day stands.
func (d Day) Anchor() string { return anchor(d.Date) }

// Words is the day in words, for who cannot see where in the month it stands.
func (d Day) Words() string {
	late := ""
	if d.Late {
		late = "，有超期的"
	}
	return fmt.Sprintf("%d 月 %d 日到期 %d 个%s", d.Date.Month(), d.Number(), d.N, late)
}

// sheets is how many months a calendar shows at most: this one and those that follow.
const sheets = 3

// NewCalendar counts the due days of some rows, from the as-of day's month on to the
// last day on which something is due.
func NewCalendar(v *view.View, lists [][]Row) Calendar {
	due, late := map[workday.Date]int{}, map[workday.Date]bool{}
	first := workday.MonthOf(v.AsOf).First()
	last := v.AsOf
	var c Calendar
	for _, list := range lists {
		for i := range list {
			d := &list[i].Duty
			if !counted(d) {
				continue
			}
			c.Total++
			if d.Clock.Due < first {
				c.Before++
				continue
			}
			due[d.Clock.Due]++
			late[d.Clock.Due] = late[d.Clock.Due] || d.Clock.Late()
			last = max(last, d.Clock.Due)
		}
	}
	for m := workday.MonthOf(v.AsOf); m.First() <= last && len(c.Months) < sheets; m = m.Add(1) {
		c.Months = append(c.Months, sheet(v, m, due, late))
	}
	for _, n := range due { // those that stand on no sheet
		c.After += n
	}
	return c
}

// sheet is one month; it takes what is due on its days out of due.
func sheet(v *view.View, m workday.Month, due map[workday.Date]int, late map[workday.Date]bool) Month {
	month := Month{Title: fmt.Sprintf("%d 年 %d 月", m.Year, m.Month)}
	week := make([]Day, 7)
	for d := m.First(); d <= m.Last(); d++ {
		known := v.Calendar.Day(d)
		day := Day{Date: d, N: due[d], Today: d == v.AsOf, Late: late[d]}
		weekend := d.Weekday() == 0 || d.Weekday() == 6
		switch {
		case !known.Working:
			day.Off = known.Reason
		case weekend:
			day.Extra = true
		}
		delete(due, d)
		at := (int(d.Weekday()) + 6) % 7
		week[at] = day
		if at == 6 || d == m.Last() {
			month.Weeks = append(month.Weeks, week)
			week = make([]Day, 7)
		}
	}
	return month
}

// Later are the duties that a page of what is late, due today or soon does not list yet:
// limits that count, and those of co-handlers, nearest first.
func Later(dues []view.Duty, listed ...[]view.Duty) []view.Duty {
	seen := map[*view.Clock]bool{}
	for _, list := range listed {
		for _, d := range list {
			seen[d.Clock] = true
		}
	}
	var later []view.Duty
	for _, d := range dues {
		if k := d.Clock; !k.Right() && !seen[k] && k.Live() && (k.Counts() || k.Kind == clock.CoFeedback) {
			later = append(later, d)
		}
	}
	slices.SortStableFunc(later, func(a, b view.Duty) int { return cmp.Compare(a.Clock.Due, b.Clock.Due) })
	return later
}
