package register

import (
	"path"
	"slices"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/settings"
	"suqiu/internal/workday"
)

// Standing is how a duty to hand something in stands as of the register's day.
type Standing string

// The standings, in the words of the site.
const (
	OnTime  Standing = "按时"
	Late    Standing = "迟报"
	Missing Standing = "未报"
	Awaited Standing = "待报"  // not due yet
	Receipt Standing = "待收件" // late by no more than 收件宽限: it may be under way
)

// MonthlyDuty is one unit's 月度报送 of one month: due on the 月报-th working day
// of the next month (三(二)).
type MonthlyDuty struct {
	Unit        string
	Month       workday.Month
	Due         workday.Date
	Provisional bool     // Due falls into a year without a notice
	Channels    []string // to be reported on: the unit's at the end of the month, and still when it handed in
	Standing    Standing
	File        *Monthly // nil: not handed in
}

// HandsIn reports whether a unit owes monthly submissions: those that collect
// from channels, but not the counties, which hand in quarterly summaries.
func HandsIn(u *config.Unit) bool { return !u.Has(config.County) && len(u.Channels) > 0 }

// Collected counts the tickets of a unit's cases of a month, by channel.
func (d *Register) Collected(unit string, month workday.Month) map[string]int {
	count := map[string]int{}
	for _, c := range d.Cases {
		if !c.Deleted && c.Broken == nil && c.Collector == unit && month.Contains(c.Collected) {
			count[c.Channel] += c.Tickets
		}
	}
	return count
}

// MonthlyDuties lists what every unit owed for every month that has ended, by
// month and by unit in configured order. Who owed it, and until when, is as
// suqiu.yaml said at the end of that month: a unit that joined or left later, a
// limit that was set later change nothing of it. The first month is that in
// which the repository began.
func (d *Register) MonthlyDuties() []MonthlyDuty {
	var list []MonthlyDuty
	first := d.began()
	if first == 0 {
		return nil
	}
	cal := d.Config.Calendar
	for month := workday.MonthOf(first); month.Last() < d.AsOf; month = month.Add(1) {
		then := d.On(month.Last())
		if then == nil {
			continue
		}
		due := cal.Add(month.Last(), then.Limits.Monthly)
		for i := range then.Units {
			u := &then.Units[i]
			if !HandsIn(u) {
				continue
			}
			name := d.Names.Canon(u.Name)
			duty := MonthlyDuty{Unit: name, Month: month, Due: due, Provisional: cal.Provisional(due),
				Channels: u.Channels, File: d.handedIn(then, u, month)}
			var filed workday.Date
			if duty.File != nil {
				filed = duty.File.Filed
				duty.Channels = slices.DeleteFunc(slices.Clone(u.Channels),
					func(channel string) bool { return !d.collects(name, channel, filed) })
			}
			duty.Standing = d.standing(due, filed)
			list = append(list, duty)
		}
	}
	return list
}

// Collects reports whether a channel was the unit's when it handed in a month,
// at the end of that month, or is now.
func (d *Register) Collects(m *Monthly, channel string) bool {
	return d.collects(m.Unit, channel, m.Filed) || d.collects(m.Unit, channel, m.Month.Last()) ||
		collects(d.Config, d.Names, m.Unit, channel)
}

// collects reports whether a channel was a unit's on a day.
func (d *Register) collects(unit, channel string, day workday.Date) bool {
	c := d.On(day)
	return c != nil && collects(c, d.Names, unit, channel)
}

func collects(c *config.Config, r settings.Names, unit, channel string) bool {
	return slices.ContainsFunc(c.Units, func(u config.Unit) bool {
		return r.Canon(u.Name) == unit &&
			slices.Contains(u.Channels, channel)
	})
}

// handedIn finds what a unit handed in of a month; nil if nothing. Where units
// have become one since, each of them has handed in its own.
func (d *Register) handedIn(then *config.Config, u *config.Unit, month workday.Month) *Monthly {
	name := d.Names.Canon(u.Name)
	for _, m := range d.Monthly {
		if m.Unit != name || m.Month != month {
			continue
		}
		code := strings.TrimSuffix(path.Base(m.Path), ".md")
		if owner := then.Unit(code); owner == nil || owner == u {
			return m
		}
	}
	return nil
}

// CountyDuty is one county's quarterly summary (三(六)). It is due with the
// quarterly report, which it goes into: the 季报-th working day.
type CountyDuty struct {
	Unit     string
	Code     string
	Quarter  workday.Quarter
	Due      workday.Date
	Standing Standing
	File     *County // nil: not handed in
}

// CountyDuties lists what every county owed for every quarter that has ended,
// by quarter and by county in configured order. A county's first quarter is
// that of its first summary: each joins when it is ready.
func (d *Register) CountyDuties() []CountyDuty {
	first := map[string]workday.Quarter{}
	filed := map[string]map[workday.Quarter]*County{}
	var start workday.Quarter
	for _, c := range d.Counties {
		if c.Quarter == (workday.Quarter{}) {
			continue
		}
		if q, ok := first[c.Unit]; !ok || c.Quarter.Compare(q) < 0 {
			first[c.Unit] = c.Quarter
		}
		if start == (workday.Quarter{}) || c.Quarter.Compare(start) < 0 {
			start = c.Quarter
		}
		if filed[c.Unit] == nil {
			filed[c.Unit] = map[workday.Quarter]*County{}
		}
		filed[c.Unit][c.Quarter] = c
	}
	if len(first) == 0 {
		return nil
	}
	var list []CountyDuty
	for q := start; q.Last() < d.AsOf; q = q.Add(1) {
		due := d.Config.Calendar.Add(q.Last(), d.Config.Limits.Quarterly)
		for i := range d.Config.Units {
			u := &d.Config.Units[i]
			from, ok := first[u.Name]
			if !ok || q.Compare(from) < 0 {
				continue
			}
			duty := CountyDuty{Unit: u.Name, Code: u.Code, Quarter: q, Due: due, File: filed[u.Name][q]}
			var day workday.Date
			if duty.File != nil {
				day = duty.File.Filed
			}
			duty.Standing = d.standing(due, day)
			list = append(list, duty)
		}
	}
	return list
}

// UpwardDuty is what the office sends up of one quarter (二(二)). The limit is
// its own; nobody waits for a receipt.
type UpwardDuty struct {
	Quarter     workday.Quarter
	Due         workday.Date
	Provisional bool // Due falls into a year without a notice
	Standing    Standing
	Files       []*Submission // nil: nothing yet
}

// UpwardDuties lists the quarters that have ended, and those of which something
// was sent up before, from the first of which anything was.
func (d *Register) UpwardDuties() []UpwardDuty {
	filed := map[workday.Quarter][]*Submission{}
	var first, last workday.Quarter
	for _, s := range d.Submissions { // by quarter
		if s.Unreadable || s.Quarter == (workday.Quarter{}) {
			continue
		}
		if len(filed) == 0 {
			first = s.Quarter
		}
		last = s.Quarter
		filed[s.Quarter] = append(filed[s.Quarter], s)
	}
	if len(filed) == 0 {
		return nil
	}
	var list []UpwardDuty
	for q := first; q.Last() < d.AsOf || q.Compare(last) <= 0; q = q.Add(1) {
		due := d.Config.Calendar.Add(q.Last(), d.Config.Limits.SendUp)
		duty := UpwardDuty{Quarter: q, Due: due, Provisional: d.Config.Calendar.Provisional(due), Files: filed[q]}
		switch {
		case len(duty.Files) > 0 && duty.Files[0].Landed <= due:
			duty.Standing = OnTime
		case len(duty.Files) > 0:
			duty.Standing = Late
		case d.AsOf <= due:
			duty.Standing = Awaited
		default:
			duty.Standing = Missing
		}
		list = append(list, duty)
	}
	return list
}

// standing compares the day on which something was handed in, zero if it was
// not, with its due day.
func (d *Register) standing(due, filed workday.Date) Standing {
	switch {
	case filed != 0 && filed <= due:
		return OnTime
	case filed != 0:
		return Late
	case d.AsOf <= due:
		return Awaited
	case d.AsOf <= d.Config.Calendar.Add(due, d.Config.Grace):
		return Receipt
	}
	return Missing
}

// began is the day on which the repository began; zero if nothing landed.
func (d *Register) began() workday.Date {
	if len(d.Landings) == 0 || d.Landings[0].Pending {
		return 0
	}
	return workday.Of(d.Landings[0].At)
}
