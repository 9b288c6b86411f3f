// Package changes tells what is new since a working day: what landed, and what became
// 超期, of each kind and for each unit.
//
// A working day holds what landed after 24:00 of the working day before it until its own
// 24:00, so that what comes in at a weekend is Monday's. It goes by landing, not by the
// day that counts: what a unit sent in time and the office received a day later is news
// on the day on which it arrived.
//
// Of a case whose content the edition does not show, only what its own page tells is
// told: its pushes, its feedback and its lateness, by the days that stand on that page.
package changes

import (
	"cmp"
	"slices"
	"time"

	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Kind is what kind of news a change is.
type Kind string

// The kinds.
const (
	Registered Kind = "新登记"
	Pushed     Kind = "新推送" // to a first unit or to another one
	Answered   Kind = "反馈"
	Reviewed   Kind = "审核"
	Decided    Kind = "决定" // on a 说明单 or a 延期申请
	Extension  Kind = "延期申请"
	Overdue    Kind = "新超期" // a limit that counts
)

// Kinds are all of them, in the order in which a page shows them.
func Kinds() []Kind {
	return []Kind{Registered, Pushed, Answered, Reviewed, Decided, Extension, Overdue}
}

// Change is one thing that is new.
type Change struct {
	Kind  Kind
	Case  *view.Case  // nil: it is about a paper, which became 超期
	Paper *view.Paper // nil: it is about a case
	Title string      // what happened: 推送至信息中心
	Unit  string      // who did it, or whose limit has passed; empty: not known
	// Units are those that it concerns: who had to do with the case then, and whose
	// request it was.
	Units []string
	// At is when it landed. What is told by a day alone has that day's 0:00: a limit
	// that has passed, and every change of a case whose content is not shown.
	At time.Time
}

// ID is the 编号 of the case, or what the paper is known by.
func (c *Change) ID() string {
	if c.Case == nil {
		return c.Paper.Number
	}
	return c.Case.ID
}

// Name is what the change is about.
func (c *Change) Name() string {
	if c.Case == nil {
		return c.Paper.Title
	}
	return c.Case.Name()
}

// Day is the day on which it happened, worked or not.
func (c *Change) Day() workday.Date { return workday.Of(c.At) }

// When is that as a list shows it: 09-30 10:05, or the day alone if that is all that is
// told.
func (c *Change) When() string {
	at := c.At.In(workday.Shanghai)
	if at.Equal(c.Day().Start()) {
		return at.Format("01-02")
	}
	return at.Format("01-02 15:04")
}

// Whom names the units that it concerns, where the Title does not.
func (c *Change) Whom() []string {
	if c.Kind == Pushed {
		return nil
	}
	return c.Units
}

// Concerns reports whether the change concerns a unit.
func (c *Change) Concerns(unit string) bool { return slices.Contains(c.Units, unit) }

// Period is the news of a working day, or of some that follow each other.
type Period struct {
	Day     workday.Date // the last working day of it
	From    workday.Date // the first day, worked or not: the one after the working day before
	To      workday.Date // the last; before Day while that day is still to come
	Changes []Change     // by kind, then in the order they came
}

// Group is the changes of one kind.
type Group struct {
	Kind    Kind
	Changes []Change
}

// Groups are the changes by kind; a kind without any is there as well.
func (p *Period) Groups() []Group {
	var groups []Group
	for _, kind := range Kinds() {
		g := Group{Kind: kind}
		for _, c := range p.Changes {
			if c.Kind == kind {
				g.Changes = append(g.Changes, c)
			}
		}
		groups = append(groups, g)
	}
	return groups
}

// None are the kinds without news of which an edition can say that there was none.
func (p *Period) None(e view.Edition) []Kind {
	return slices.DeleteFunc(Kinds(), func(k Kind) bool {
		return p.Count(k) > 0 || k == Registered && Untold(e) != ""
	})
}

// Untold says what an edition leaves out, lest one read that nothing happened where
// nothing is listed; empty: it leaves out nothing. The 公开 edition shows a case from its
// push on, for before it has no 办理类别.
func Untold(e view.Edition) string {
	if e == view.Supervision {
		return ""
	}
	return "限范围查看的事项只列推送、反馈和超期；尚未推送的事项，推送后才列入登记那天。"
}

// Count is how many there are of a kind.
func (p *Period) Count(kind Kind) int {
	n := 0
	for i := range p.Changes {
		if p.Changes[i].Kind == kind {
			n++
		}
	}
	return n
}

// For is what of it concerns a unit.
func (p *Period) For(unit string) Period {
	of := Period{Day: p.Day, From: p.From, To: p.To}
	for _, c := range p.Changes {
		if c.Concerns(unit) {
			of.Changes = append(of.Changes, c)
		}
	}
	return of
}

// Days are the latest working days, newest first: n of them, or as many as there are
// since the first landing. On a day off the first is the working day to come, as far as
// it has filled.
func Days(v *view.View, n int) []Period {
	first, ok := v.FirstLanded()
	if !ok {
		return nil
	}
	days := make([]Period, 0, n)
	to := v.AsOf
	for day := working(v.Calendar, v.AsOf); len(days) < n && to >= workday.Of(first); {
		before := v.Calendar.Add(day, -1)
		days = append(days, Period{Day: day, From: before.AddDays(1), To: to})
		day, to = before, before
	}
	for _, c := range collect(v, days) {
		i := slices.IndexFunc(days, func(p Period) bool { return p.From <= c.Day() })
		days[i].Changes = append(days[i].Changes, c)
	}
	for i := range days {
		days[i].sort()
	}
	return days
}

// Join is the news of the two latest of some days, newest first, as one.
func Join(days []Period) Period {
	var all Period
	for i, p := range days[:min(2, len(days))] {
		if i == 0 {
			all.Day, all.To = p.Day, p.To
		}
		all.From = p.From
		all.Changes = append(all.Changes, p.Changes...)
	}
	all.sort()
	return all
}

func (p *Period) sort() {
	slices.SortStableFunc(p.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(Kinds(), a.Kind), slices.Index(Kinds(), b.Kind)),
			a.At.Compare(b.At), cmp.Compare(a.ID(), b.ID()), cmp.Compare(a.Title, b.Title))
	})
}

// working is the working day that a day belongs to: itself, or the next one.
func working(cal *workday.Calendar, d workday.Date) workday.Date {
	if cal.Working(d) {
		return d
	}
	return cal.Add(d, 1)
}
