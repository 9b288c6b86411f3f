package register

import (
	"cmp"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// The clocks of what is no case.
const (
	MonthlyClock    clock.Kind = "月报"   // a unit's submission of a month (三(二))
	ResolutionClock clock.Kind = "议定事项" // 完成期限 of what a meeting decided (三(一))
)

// Due is one thing that somebody has to do by a day: a limit of a case that has
// not ended, a monthly submission that has not come, a resolution of which nothing
// was reported.
type Due struct {
	*clock.Clock
	Case  *Case  // nil: of no case
	Title string // of the case; else what is to be done
	Path  string // of the file; empty: there is none yet
	// Number is what it is known by where there is no case: 2026-07, HY2026-03.
	Number string
	Topic  int // of the meeting of that Number, as an index; -1: of none
}

// Right reports whether it is the limit of something that a unit may do, not must:
// an objection, a 说明单.
func (u *Due) Right() bool {
	return u.Kind == clock.Objection || u.Kind == clock.Statement
}

// Late reports whether it is 超期, and not a mere 提示.
func (u *Due) Late() bool { return u.Status == clock.Overdue && u.Class.Counts() }

// ID is what it is known by: the 编号 of its case, else the Number.
func (u *Due) ID() string {
	if u.Case != nil {
		return u.Case.ID
	}
	return u.Number
}

// Dues lists what is to be done by a day, whoever has to do it and however long
// there is: what is 超期 first, then by due day. Every door shows this one list or
// a part of it.
func (d *Register) Dues() []Due {
	var list []Due
	for _, c := range d.Cases {
		if c.Deleted {
			continue
		}
		for i := range c.Life.Clocks {
			if k := &c.Life.Clocks[i]; live(k.Status) {
				list = append(list, Due{Clock: k, Case: c, Title: c.Title, Path: c.Path, Topic: -1})
			}
		}
	}
	list = append(list, d.monthlyDues()...)
	list = append(list, d.resolutionDues()...)
	slices.SortStableFunc(list, func(a, b Due) int { return a.compare(&b) })
	return list
}

// compare puts what is most urgent first.
func (u *Due) compare(o *Due) int {
	late := func(x *Due) int {
		if x.Late() {
			return 0
		}
		return 1
	}
	counts := func(x *Due) int {
		if x.Class.Counts() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(late(u), late(o)), cmp.Compare(u.Clock.Due, o.Clock.Due),
		cmp.Compare(counts(u), counts(o)),
		cmp.Compare(u.ID(), o.ID()), cmp.Compare(u.Kind, o.Kind), cmp.Compare(u.Unit, o.Unit))
}

// Hides reports whether its Title is not for everybody: it is of a case that is
// 仅要素, or of a topic of a meeting about one.
func (d *Register) Hides(u *Due) bool {
	if u.Case != nil {
		return d.Restricted(u.Case)
	}
	m := d.Meeting(u.Number)
	return m != nil && u.Topic >= 0 && slices.ContainsFunc(m.Topics[u.Topic].Cases, func(id string) bool {
		c := d.Case(id)
		return c != nil && d.Restricted(c)
	})
}

// live reports whether a clock has not ended.
func live(s clock.Status) bool {
	switch s {
	case clock.Met, clock.Missed, clock.Cancelled:
		return false
	}
	return true
}

// monthlyDues are the monthly submissions that have not come. Where no unit ever
// handed one in, check tells of it once: the bureau reports in another way.
func (d *Register) monthlyDues() []Due {
	if len(d.Monthly) == 0 {
		return nil
	}
	var list []Due
	for _, duty := range d.MonthlyDuties() {
		if duty.File != nil {
			continue
		}
		k := d.dutyClock(MonthlyClock, duty.Unit, duty.Month.Last(), duty.Due, clock.Statutory)
		if duty.Standing == Receipt {
			k.Status, k.DaysLate = clock.Received, 0
		}
		list = append(list, Due{Clock: k, Title: duty.Month.String() + " 月度报送", Number: duty.Month.String(),
			Topic: -1})
	}
	return list
}

// resolutionDues are what meetings decided and nobody has reported on.
func (d *Register) resolutionDues() []Due {
	var list []Due
	for _, r := range d.Resolutions() {
		if r.Done || r.Topic.Due == 0 {
			continue
		}
		for _, unit := range r.Topic.Units {
			k := d.dutyClock(ResolutionClock, unit, r.Meeting.Held, r.Topic.Due, clock.Agreed)
			list = append(list, Due{Clock: k, Title: r.Topic.Matter, Path: r.Meeting.Path, Number: r.Meeting.ID,
				Topic: r.Index})
		}
	}
	return list
}

// dutyClock is how something that has not been done stands as of the day.
func (d *Register) dutyClock(kind clock.Kind, unit string, start, due workday.Date, class clock.Class) *clock.Clock {
	cal := d.Config.Calendar
	k := &clock.Clock{Kind: kind, Unit: unit, Start: start, Due: due, OriginalDue: due, Class: class,
		Provisional: cal.Provisional(due), Status: clock.Running}
	switch {
	case d.AsOf > due:
		k.Status, k.DaysLate = clock.Overdue, cal.Count(due, d.AsOf)
	case cal.Count(d.AsOf, due) <= d.Config.Limits.Soon:
		k.Status = clock.Soon
	}
	return k
}
