package view

import (
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Duty is one thing to be done by a day, as the one who must do it sees it: a
// limit of a case, or of a paper that a unit owes.
type Duty struct {
	Case  *Case // nil: of no case
	Clock *Clock
	Unit  *Unit // whose it is; nil if the unit is not configured
	Paper *Paper
}

// Paper is what a duty is about that is about no case.
type Paper struct {
	Number string // 2026-07, HY2026-03
	Kind   string // 月报, 议定事项
	Title  string
	Href   string // from the root of the site
	Key    string // in ASCII, apart from its other duties
}

// Short is what a list of numbers calls it: 2026-07 alone would be a month.
func (p *Paper) Short() string { return p.Number + " " + p.Kind }

// State is where the case stands; empty of a paper.
func (d *Duty) State() string {
	if d.Case == nil {
		return ""
	}
	return string(d.Case.State)
}

// Name is what the duty is about.
func (d *Duty) Name() string {
	if d.Case == nil {
		return d.Paper.Title
	}
	return d.Case.Name()
}

// ID is the 编号 of the case, or what the paper is known by.
func (d *Duty) ID() string {
	if d.Case == nil {
		return d.Paper.Number
	}
	return d.Case.ID
}

// Monthly reports whether it is a monthly submission.
func (d *Duty) Monthly() bool { return d.Clock.Kind == register.MonthlyClock }

// readDues takes over what is to be done, as the register lists it; what the edition hides of a case stays behind.
func (v *View) readDues() {
	for _, u := range v.register.Dues() {
		duty := Duty{Unit: v.byUnit[u.Unit]}
		if u.Case != nil {
			e := v.of[u.Case]
			if e == nil {
				continue
			}
			duty.Case = e
			if duty.Clock = e.shown(u.Clock); duty.Clock == nil {
				continue // the edition does not show this limit
			}
		} else {
			duty.Clock = &Clock{u.Clock, v.light(u.Clock)}
			duty.Paper = v.paper(&u)
		}
		v.Dues = append(v.Dues, duty)
	}
}

// readWaits takes over what waits for a decision of the joint meeting.
func (v *View) readWaits() {
	for _, w := range v.register.Undecided() {
		e := v.of[w.Case]
		if e == nil {
			continue
		}
		wait := Waiting{Case: e, Source: w.Source, Units: w.Units, Since: w.Since, Days: w.Days, Decided: w.Decided}
		if e.Text != nil {
			wait.Words = w.Words
		}
		for i := range e.Clocks {
			if k := &e.Clocks[i]; w.Filing != nil && k.Kind == w.Filing.Wait && k.Start == w.Since && k.Live() {
				wait.Clock = k
			}
		}
		v.Waits = append(v.Waits, wait)
	}
}

// shown is the clock as the edition shows it; nil if it does not. What is withheld
// of a clock is never what tells it from the others.
func (e *Case) shown(k *clock.Clock) *Clock {
	for i := range e.Clocks {
		if c := &e.Clocks[i]; c.Kind == k.Kind && c.Unit == k.Unit && c.Push == k.Push && c.Start == k.Start &&
			c.Status == k.Status {
			return c
		}
	}
	return nil
}

// paper says what a duty of no case is about, as its page does.
func (v *View) paper(u *register.Due) *Paper {
	if u.Kind == register.MonthlyClock {
		return monthlyPaper(u.Number)
	}
	p := &Paper{Number: u.Number, Kind: string(u.Kind), Title: u.Title, Href: "meetings/index.html",
		Key: u.Number + "-resolution-" + strconv.Itoa(u.Topic)}
	if m := v.byMeeting[u.Number]; m != nil && u.Topic < len(m.Topics) {
		p.Title, p.Href = m.Topics[u.Topic].Matter, m.Href()
	}
	return p
}

func monthlyPaper(month string) *Paper {
	return &Paper{Number: month, Kind: string(register.MonthlyClock), Title: month + " 月度报送",
		Href: "monthly/index.html", Key: month + "-monthly"}
}

// LatePaper is what a unit owed beside cases and had not given when it was due.
type LatePaper struct {
	*Paper
	What string // 月报, 议定事项
	Unit string
	Due  workday.Date
	From workday.Date // the first day on which it was 超期
}

// LatePapers are all of them since the repository began, given since or not; of what
// meetings decided, those of which nothing is reported to this day.
func (v *View) LatePapers() []LatePaper {
	var list []LatePaper
	if len(v.register.Monthly) > 0 { // else the bureau reports in another way
		for _, d := range v.register.MonthlyDuties() {
			from := v.Calendar.Add(d.Due, v.Config.Grace).AddDays(1)
			switch d.Standing {
			case register.Late:
				from = min(from, d.File.Landed)
			case register.Missing:
			default:
				continue
			}
			list = append(list, LatePaper{monthlyPaper(d.Month.String()), string(register.MonthlyClock), d.Unit, d.Due,
				from})
		}
	}
	for _, d := range v.Dues {
		if k := d.Clock; k.Kind == register.ResolutionClock && k.Late() {
			list = append(list, LatePaper{d.Paper, string(k.Kind), k.Unit, k.Due, k.Due.AddDays(1)})
		}
	}
	return list
}

// Waiting is a request of a unit that waits for the joint meeting: an objection, a
// 说明单, an extension, 一事一议.
type Waiting struct {
	Case   *Case
	Source string
	Units  []string // who asks
	Words  string   // what is asked; empty where the edition hides it
	Clock  *Clock   // by when it should be decided; nil: no limit
	Since  workday.Date
	Days   int // working days
	// Decided is the 编号 of the meeting that decided on it, which the office has
	// still to write into the case; empty: none.
	Decided string
}

// Ask is what kind of request it is, which the edition does not say of a case whose
// content it does not show.
func (w *Waiting) Ask() string {
	if w.Case.Restricted() {
		return "请求"
	}
	return w.Source
}

// Tally counts the open duties of a unit.
type Tally struct {
	Leading, Assisting         int // open cases
	Today, Soon, Late, Waiting int // clocks that count
	Hints                      int // internal limits that have passed
}

// DueSoon is what falls due today or soon.
func (t Tally) DueSoon() int { return t.Today + t.Soon }

// Total is the number of open cases that concern the unit.
func (t Tally) Total() int { return t.Leading + t.Assisting }

func (t *Tally) add(k *Clock, asOf workday.Date) {
	switch {
	case k.Late():
		t.Late++
	case k.Status == clock.Overdue:
		t.Hints++
	case k.Status == clock.Paused, k.Status == clock.Pending:
		t.Waiting++
	case k.Counts() && k.Due == asOf:
		t.Today++
	case k.Counts() && k.Status == clock.Soon:
		t.Soon++
	}
}

// distribute gives every unit its duties and counts them.
func (v *View) distribute() {
	for _, e := range v.Cases {
		if u := v.byUnit[e.Lead]; u != nil {
			u.Leads = append(u.Leads, e)
			if e.Pushed() {
				u.Tally.Leading++
			}
		}
		if e.Pushed() {
			for _, co := range e.Co {
				if u := v.byUnit[co]; u != nil {
					u.Tally.Assisting++
				}
			}
		}
	}
	for _, d := range v.Dues {
		if d.Unit != nil && !d.Clock.Right() { // a right that lapses unused is no duty
			d.Unit.Todo = append(d.Unit.Todo, d)
			d.Unit.Tally.add(d.Clock, v.AsOf)
		}
	}
}
