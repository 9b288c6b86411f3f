package config

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
)

// calendar takes 日历 over: days off and days worked, each a date or an inclusive
// range 2027-02-05/2027-02-11, and the years whose notice is all in here.
func (r *reader) calendar(n node, o workday.Overrides) {
	for _, d := range o.Work {
		if slices.Contains(o.Off, d) {
			r.tell("date-invalid", "日历.上班", Item{n, "日历"}.value("上班"),
				d.String()+" 同时写在“放假”和“上班”里，按上班计算", "只保留一处")
		}
	}
	r.c.Calendar = workday.NewCalendar(o)
}

// years reads years for which there is a calendar.
func (r *reader) years(key string, n node) []int {
	var years []int
	for _, w := range r.words(key, n) {
		year, err := strconv.Atoi(w.text)
		if err != nil || year < workday.MinYear || year > workday.MaxYear {
			r.tell("value-type", w.key, w.at, "“"+w.text+"”不是年份", name(key)+": [2027]")
			continue
		}
		years = append(years, year)
	}
	return years
}

// days reads dates and ranges of at most a month.
func (r *reader) days(key string, n node) []workday.Date {
	const longest = 31
	var days []workday.Date
	for _, w := range r.words(key, n) {
		first, last, ranged := strings.Cut(w.text, "/")
		if !ranged {
			last = first
		}
		from, err := workday.Parse(first)
		to, err2 := workday.Parse(last)
		where := "“" + name(key) + "”中的“" + w.text + "”"
		switch {
		case err != nil || err2 != nil:
			r.tell("date-invalid", w.key, w.at, where+"不是日期", "写成 2026-08-18，连续几天写成 2027-02-05/2027-02-11")
		case to < from || to-from >= longest:
			r.tell("date-invalid", w.key, w.at, where+"前后颠倒，或者超过 "+strconv.Itoa(longest)+" 天",
				"写成 2027-02-05/2027-02-11 的样子")
		default:
			for d := from; d <= to; d++ {
				days = append(days, d)
			}
		}
	}
	return days
}
