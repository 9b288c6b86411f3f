package site

import (
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Duty is one thing to be done by a day, as the one who must do it sees it: a
// limit of a case, or of a paper that a unit owes.
type Duty struct {
	Case  *Element // nil: of no case
	Clock *Clock
	Unit  *Unit // whose it is; nil if the unit is not configured
	Paper *Paper
}

// Paper is what a duty is about that is about no case.
type Paper struct {
	Number string // 2026-07, HY2026-03
	Title  string
	Href   string // from the root of the site
	key    string // in ASCII, apart from its other duties
}

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

// readDues takes over what is to be done, and what waits for a decision, as the
// register lists it; what the edition hides of a case stays behind.
func (v *view) readDues(d *register.Register, of map[*register.Case]*Element) {
	for _, u := range d.Dues() {
		duty := Duty{Unit: v.byUnit[u.Unit]}
		if u.Case != nil {
			e := of[u.Case]
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
		v.dues = append(v.dues, duty)
	}
	for _, w := range d.Undecided() {
		e := of[w.Case]
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
		v.waits = append(v.waits, wait)
	}
}

// shown is the clock as the edition shows it; nil if it does not. What is withheld
// of a clock is never what tells it from the others.
func (e *Element) shown(k *clock.Clock) *Clock {
	for i := range e.Clocks {
		if c := &e.Clocks[i]; c.Kind == k.Kind && c.Unit == k.Unit && c.Push == k.Push && c.Start == k.Start && c.Status == k.Status {
			return c
		}
	}
	return nil
}

// paper says what a duty of no case is about, as its page does.
func (v *view) paper(u *register.Due) *Paper {
	if u.Kind == register.MonthlyClock {
		return &Paper{Number: u.Number, Title: u.Title, Href: "monthly/index.html", key: u.Number + "-monthly"}
	}
	p := &Paper{Number: u.Number, Title: u.Title, Href: "meetings/index.html", key: u.Number + "-resolution-" + strconv.Itoa(u.Topic)}
	if m := v.byMeeting[u.Number]; m != nil && u.Topic < len(m.Topics) {
		p.Title, p.Href = m.Topics[u.Topic].Matter, m.Href()
	}
	return p
}

// Waiting is a request of a unit that waits for the joint meeting: an objection, a
// 说明单, an extension, 一事一议.
type Waiting struct {
	Case   *Element
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

// deadlines lists the duties that count: late, due on the as-of day, soon.
func (v *view) deadlines() (late, today, soon []Duty) {
	for _, d := range v.dues {
		switch k := d.Clock; {
		case !k.Counts() || right(k):
		case k.Late():
			late = append(late, d)
		case k.Due == v.asOf && (k.Status == clock.Soon || k.Status == clock.Running):
			today = append(today, d)
		case k.Status == clock.Soon:
			soon = append(soon, d)
		}
	}
	return late, today, soon
}
