package rules

import (
	"strconv"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// provisionalYears tells of each year without a notice that an open limit
// reaches into.
func provisionalYears(p *run, tell func(problem.Problem)) {
	limits := map[int]int{}
	for _, c := range p.Cases {
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if !open(k) || k.Due == 0 {
				continue
			}
			if cal := p.Config.Calendar; cal.Provisional(k.Due) {
				limits[k.Due.Year()]++
			}
		}
	}
	for year, n := range limits {
		y := strconv.Itoa(year)
		fix := "请联席办在“日历”的“放假”“上班”中补录，并在“已公布”中写 " + y
		if year >= workday.FirstYear {
			fix = "公布后升级 suqiu，或" + fix
		}
		tell(problem.Problem{Path: config.Path, Key: "日历." + y,
			Message: y + " 年的" + p.Config.Calendar.Reckoned(year) + "，有 " + strconv.Itoa(n) +
				" 个未结时限的到期日在该年，为暂定日期",
			Fix: fix})
	}
}

func open(k *clock.Clock) bool { return k.Stopped == 0 && k.Status != clock.Cancelled }

// movedDueDays lists the open due days that the calendar of a request moves.
func movedDueDays(p *run, tell func(problem.Problem)) {
	if !p.Request || p.Proposed == nil {
		return
	}
	for _, c := range p.Cases {
		for i := range c.Life.Clocks {
			k := &c.Life.Clocks[i]
			if !open(k) || k.Limit == 0 || k.Agreed {
				continue // fixed by date: no calendar moves it
			}
			before, after := dueBy(k, p.Config.Calendar, p.AsOf), dueBy(k, p.Proposed.Calendar, p.AsOf)
			if before == after {
				continue
			}
			tell(problem.Problem{Case: c.ID, Path: content(c).Path, Key: "状态", Unit: k.Unit, New: true,
				Message: "修改“日历”后，“" + k.Unit + "”的" + string(k.Kind) + "到期日由 " + before.String() +
					" 变为 " + after.String(),
				Fix: "核对放假、调休安排确已公布；无误的可以合并，合并后通知该单位"})
		}
	}
}

// dueBy counts a limit by a calendar: the days of the limit, those granted and
// those that did not run.
func dueBy(k *clock.Clock, cal *workday.Calendar, asOf workday.Date) workday.Date {
	days := k.Limit + k.ExtendedDays
	for _, s := range k.Pauses {
		to := s.To
		if to == 0 {
			to = asOf
		}
		days += cal.Count(s.From, to)
	}
	return cal.Add(k.Start, days)
}

// fixedImprovement reports whether a 改进 that is or was late had a 完成期限 of
// its own, which is 超期, and not the office's internal one.
func fixedImprovement(c *register.Case) bool {
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		late := k.Status == clock.Overdue || k.Status == clock.Missed
		if k.Kind == clock.Improve && late && k.Class.Counts() {
			return true
		}
	}
	return false
}

func stamp(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04") }
