package config

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workday"
	"suqiu/internal/yamltext"
)

// calendar reads 日历: days off and days worked, each a date or an inclusive
// range 2027-02-05/2027-02-11, and the years whose notice is all in here.
func (r *reader) calendar(n *yamltext.Node) {
	if empty(n) {
		return
	}
	if n.Kind != yamltext.Map {
		r.tell("value-type", "日历", n, "“日历”应写成“放假”“上班”“已公布”三项", "日历: {放假: [2026-08-18], 上班: [2026-08-22], 已公布: []}")
		return
	}
	i := item{n, "日历"}
	r.known(n, i.at, "放假", "上班", "已公布")
	o := workday.Overrides{Off: r.days(i, "放假"), Work: r.days(i, "上班")}
	for _, d := range o.Work {
		if slices.Contains(o.Off, d) {
			r.tell("date-invalid", "日历.上班", i.value("上班"), d.String()+" 同时写在“放假”和“上班”里，按上班计算", "只保留一处")
		}
	}
	for _, w := range r.list(i, "已公布") {
		year, err := strconv.Atoi(w.text)
		if err != nil || year < workday.MinYear || year > workday.MaxYear {
			r.tell("value-type", w.key, w.at, "“"+w.text+"”不是年份", "已公布: [2027]")
			continue
		}
		o.Final = append(o.Final, year)
	}
	r.c.Calendar = workday.NewCalendar(o)
}

// days reads dates and ranges of at most a month.
func (r *reader) days(i item, key string) []workday.Date {
	const longest = 31
	var days []workday.Date
	for _, w := range r.list(i, key) {
		first, last, ranged := strings.Cut(w.text, "/")
		if !ranged {
			last = first
		}
		from, err := workday.Parse(first)
		to, err2 := workday.Parse(last)
		switch {
		case err != nil || err2 != nil:
			r.tell("date-invalid", w.key, w.at, "“"+key+"”中的“"+w.text+"”不是日期", "写成 2026-08-18，连续几天写成 2027-02-05/2027-02-11")
		case to < from || to-from >= longest:
			r.tell("date-invalid", w.key, w.at, "“"+key+"”中的“"+w.text+"”前后颠倒，或者超过 "+strconv.Itoa(longest)+" 天", "写成 2027-02-05/2027-02-11 的样子")
		default:
			for d := from; d <= to; d++ {
				days = append(days, d)
			}
		}
	}
	return days
}
