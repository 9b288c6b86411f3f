package view

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Case is a case as an edition may show it: what every edition shows of any case
// (要素), and the rest of it where the edition shows that too.
type Case struct {
	ID       string
	Category string // 办理类别; empty before the push
	// State is the state as it is shown: of a case whose content the edition does
	// not show, 在办 or 已结.
	State       workflow.State
	state       workflow.State
	Lead        string
	Co          []string
	List        string // 任务清单
	Clocks      []Clock
	Page        bool   // a page of its own exists
	Scoped      bool   // 仅要素 on the 公开 edition
	Nth         int    // among all cases, by 编号
	Steps       int    // how many it has taken, whatever they were
	Path        string // of the file, which the forge shows to whoever may read it
	Fingerprint string // see register.Case
	// Text is everything else. It is nil for a case whose content this
	// edition does not show, so a page has nothing to leak.
	Text *Text

	landing int // the last that changed it, as an index into the landings
}

// Text is a case whose content the edition shows.
type Text struct {
	*record.Case
	Life       *workflow.Life
	Registered workday.Date
	Broken     bool // the file at the head cannot be read; an earlier version is shown
	Masked     bool // see register.Case
	source     func(path string) []byte
}

// Source is the file at the head.
func (t *Text) Source() []byte { return t.source(t.Path) }

// The words for the state of a case whose content is hidden.
const (
	openCase   workflow.State = "在办"
	closedCase workflow.State = "已结"
)

// Of is a case with all of it, for who fills in a form about it.
func Of(d *register.Register, c *register.Case) *Text {
	return &Text{Case: c.Case, Life: &c.Life, Registered: c.Registered, Broken: c.Broken != nil, Masked: c.Masked,
		source: d.Source}
}

// element is the border: what it does not copy into a Case, nobody who makes
// something for this edition knows.
func (v *View) element(c *register.Case) Case {
	e := Case{
		ID: c.ID, Category: c.Category, State: c.Life.State, state: c.Life.State, Lead: c.Life.Lead, Co: c.Co,
		List: c.TaskList,
		Page: FileName(c.ID), Scoped: v.register.Restricted(c), Steps: len(c.Life.Events), Path: c.Path,
		Fingerprint: c.Fingerprint, landing: c.Landing,
	}
	clocks := make([]*clock.Clock, len(c.Life.Clocks))
	for i := range clocks {
		clocks[i] = &c.Life.Clocks[i]
	}
	if hidden := v.Edition != Supervision && e.Scoped; hidden {
		clocks = withheld(clocks)
		if e.State = closedCase; e.Open() {
			e.State = openCase
		}
	} else {
		e.Text = Of(v.register, c)
	}
	e.Clocks = make([]Clock, len(clocks))
	for i := range clocks {
		e.Clocks[i] = Clock{clocks[i], v.light(clocks[i])}
	}
	if e.Lead == "" {
		e.Lead = c.Lead
	}
	return e
}

// Name is the title, or the word that stands for it.
func (e *Case) Name() string {
	switch {
	case e.Text == nil:
		return Restricted
	case e.Text.Title == "":
		return "（无标题）"
	}
	return e.Text.Title
}

// Handlers are the units that handle a case, the one in charge first, each once.
func (e *Case) Handlers() []string {
	var list []string
	for _, name := range append([]string{e.Lead}, e.Co...) {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Restricted reports whether this edition hides the content.
func (e *Case) Restricted() bool { return e.Text == nil }

// Urgent is 特急 or 急; empty otherwise and where the content is hidden.
func (e *Case) Urgent() string {
	if e.Text != nil && (e.Text.Urgency == "特急" || e.Text.Urgency == "急") {
		return e.Text.Urgency
	}
	return ""
}

// Tickets is 件数; a hidden case counts as one, as the edition does not say.
func (e *Case) Tickets() int {
	if e.Text == nil {
		return 1
	}
	return max(1, e.Text.Tickets)
}

// Open reports whether the case waits for somebody.
func (e *Case) Open() bool { return e.state.IsOpen() }

// OpenOn counts the cases that were open at the end of each of some days, in their
// order: a sum over every case, from which none can be told.
func (v *View) OpenOn(days []workday.Date) []int {
	open := make([]int, len(days))
	for _, c := range v.register.Cases {
		if v.of[c] == nil {
			continue
		}
		state, next := workflow.State(""), 0
		note := func(until workday.Date) {
			for ; next < len(days) && days[next] < until; next++ {
				if state != "" && state.IsOpen() {
					open[next]++
				}
			}
		}
		for i := range c.Life.Events {
			if ev := &c.Life.Events[i]; ev.To != "" && !ev.Voided && !ev.Pending {
				note(ev.Day())
				state = ev.To
			}
		}
		state = c.Life.State
		note(v.AsOf + 1)
	}
	return open
}

// Pushed reports whether a unit is at work on it.
func (e *Case) Pushed() bool { return e.Open() && !e.state.BeforePush() }

// In reports whether the case is in one of some states, for sums and queues: even
// of a hidden case they say how many there are.
func (e *Case) In(states ...workflow.State) bool { return slices.Contains(states, e.state) }

// Review is 下次研究日期 of a case in 长期推进 that the edition shows.
func (e *Case) Review() workday.Date {
	if e.Text == nil || e.state != workflow.LongTerm {
		return 0
	}
	return e.Text.NextReview
}

// Running is the running clock of a kind; nil if none runs.
func (e *Case) Running(kind clock.Kind) *Clock {
	for i := range e.Clocks {
		if k := &e.Clocks[i]; k.Kind == kind && k.Live() {
			return k
		}
	}
	return nil
}

// Last is the latest clock of a kind, running or not; nil if there is none.
func (e *Case) Last(kind clock.Kind) *Clock {
	for i := len(e.Clocks) - 1; i >= 0; i-- {
		if e.Clocks[i].Kind == kind {
			return &e.Clocks[i]
		}
	}
	return nil
}

// Feedback is the 反馈 limit of the last push; nil before the first.
func (e *Case) Feedback() *Clock { return e.Last(clock.Feedback) }

// Main is the clock that a list shows for the case: of those that run, the
// one that counts, of the unit in charge, and is due first; nil if none runs.
func (e *Case) Main() *Clock {
	var best *Clock
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k.Live() && (e.Text != nil || k.Counts()) && (best == nil || before(k, best)) {
			best = k
		}
	}
	return best
}
