package report

import (
	"math"
	"sync"

	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Book is a docket laid out for counting: one track a case. What it has counted
// it keeps. Its methods may be called from any goroutine.
type Book struct {
	d       *docket.Docket
	tracks  []track
	deleted int
	monthly []docket.MonthlyDuty

	mu      sync.Mutex
	tallies map[workday.Quarter]func() *tally // each counts once
	figures map[workday.Quarter]Quarterly
}

// track is what the figures need of one case, in order of time.
type track struct {
	c          *docket.Case
	registered workday.Date
	stages     []stage
	events     []happening
	first      workday.Date // of the days that any figure can take from it
	last       workday.Date // of these days; never, while it is at work
}

// never is later than any day.
const never = workday.Date(math.MaxInt32)

// stage is a state and the day it began.
type stage struct {
	day   workday.Date
	state workflow.State
}

// happening is one thing that is counted on its day.
type happening struct {
	day   workday.Date
	what  happeningKind
	unit  string          // whose it is
	event *workflow.Event // that it was part of
	entry *workflow.Entry // nil: a step without one
}

type happeningKind uint8

const (
	extension happeningKind = iota
	granted
	refused
	objection
	upheld
	rejected
	escalation
	reassigned
	returned
	improved
	proxy
	corrected
	accepted // feedback 通过
	evaluated
)

// Open lays out a docket.
func Open(d *docket.Docket) *Book {
	b := &Book{d: d, monthly: d.MonthlyDuties(), tallies: map[workday.Quarter]func() *tally{}, figures: map[workday.Quarter]Quarterly{}}
	for _, c := range d.Cases {
		switch {
		case c.Case == nil:
		case c.Deleted:
			b.deleted++
		default:
			if t := follow(c); t.registered != 0 {
				t.bound()
				b.tracks = append(b.tracks, t)
			}
		}
	}
	return b
}

// follow reads the life of one case.
func follow(c *docket.Case) track {
	t := track{c: c}
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if e.Voided || e.Pending {
			continue
		}
		day := e.Day()
		if t.registered == 0 {
			t.registered, t.first = day, day
		}
		t.reach(day)
		count := func(what happeningKind, unit string, entry *workflow.Entry) {
			t.events = append(t.events, happening{day, what, unit, e, entry})
		}
		if e.Proxy {
			count(proxy, e.Unit, nil)
		}
		switch {
		case e.Row == workflow.Correct:
			count(corrected, t.leadAt(day), nil)
		case e.Kind == workflow.Transition && (e.Row == 6 || e.Row == 10 || e.Row == 12):
			count(reassigned, t.leadAt(day), nil)
		case e.Kind == workflow.Transition && e.Row == 17:
			count(improved, t.leadAt(day), nil)
		}
		for j := range e.Entries {
			entry := &e.Entries[j]
			if what, ok := meaning(entry); ok {
				count(what, entry.Unit, entry)
			}
		}
		if e.Kind != workflow.Transition {
			continue
		}
		if i == 0 && c.Life.Found && c.Inherited != nil {
			t.inherit(e.To)
			continue
		}
		t.stages = append(t.stages, stage{day, e.To})
	}
	return t
}

// bound finds the days between which a case can be counted. Most are settled
// within a few months: no other quarter need look at them.
func (t *track) bound() {
	t.reach(t.registered)
	for i := range t.stages {
		t.reach(t.stages[i].day)
	}
	for i := range t.c.Life.Clocks {
		k := &t.c.Life.Clocks[i]
		t.reach(k.Start)
		t.reach(k.Due)
		if t.reach(k.Stopped); k.Stopped == 0 {
			t.last = never
		}
	}
	if n := len(t.stages); n > 0 && t.stages[n-1].state.IsOpen() {
		t.last = never
	}
}

func (t *track) reach(day workday.Date) {
	if day != 0 {
		t.first, t.last = min(t.first, day), max(t.last, day)
	}
}

// meaning says what is counted of an entry that was filed or decided.
func meaning(e *workflow.Entry) (happeningKind, bool) {
	switch {
	case e.Key == "延期申请" && !e.Decided:
		return extension, true
	case e.Key == "延期申请" && e.Word == "同意":
		return granted, true
	case e.Key == "延期申请":
		return refused, true
	case e.Key == "说明单" && !e.Decided && e.Word == "异议":
		return objection, true
	case e.Key == "说明单" && !e.Decided:
		return escalation, true
	case e.Key == "说明单" && e.Word == "成立":
		return upheld, true
	case e.Key == "说明单" && e.Word == "不成立":
		return rejected, true
	case e.Key == "反馈" && e.Decided && e.Word == "通过":
		return accepted, true
	case e.Key == "反馈" && e.Decided:
		return returned, true
	case e.Key == "评估" && !e.Decided:
		return evaluated, true
	}
	return 0, false
}

// inherit takes over the dates of a case that existed before the 基线.
func (t *track) inherit(state workflow.State) {
	in := t.c.Inherited
	if in.Pushed == 0 {
		t.stages = append(t.stages, stage{t.registered, state})
		return
	}
	t.registered = min(t.registered, in.Pushed)
	t.stages = append(t.stages, stage{in.Pushed, workflow.Pushed})
	if day := in.Closed; !state.IsOpen() && day != 0 {
		t.stages = append(t.stages, stage{max(day, in.Pushed), state})
	} else if state != workflow.Pushed {
		t.stages = append(t.stages, stage{max(t.registered, in.Pushed), state})
	}
}

// leadAt is the unit in charge at the end of a day: that of the last push by
// then, or the one in charge now if no clock tells.
func (t *track) leadAt(day workday.Date) string {
	lead, push := "", 0
	for i := range t.c.Life.Clocks {
		k := &t.c.Life.Clocks[i]
		if k.Kind == workflow.FeedbackClock && k.Start <= day && k.Push >= push {
			lead, push = k.Unit, k.Push
		}
	}
	if lead == "" {
		return t.c.Life.Lead
	}
	return lead
}

// at is the state at the end of a day; empty before registration.
func (t *track) at(day workday.Date) workflow.State {
	var s workflow.State
	for _, stage := range t.stages {
		if stage.day > day {
			break
		}
		s = stage.state
	}
	return s
}

// inStock reports whether a case in s is an open task.
func inStock(s workflow.State) bool { return s != "" && s.IsOpen() && !s.BeforePush() }

// flow is the balance of one case over the days from..to. A case flows in at
// most once and out at most once, by how it stands at the end, so the balance
// adds up whatever happened in between.
func (t *track) flow(from, to workday.Date) Balance {
	var b Balance
	was, is := t.at(from-1), t.at(to)
	switch {
	case inStock(was):
		b.Opening = 1
	case t.entered(from, to):
		b.Pushed = 1
		if was == workflow.Closed {
			b.Reopened = 1
		}
	default:
		return b
	}
	switch {
	case inStock(is):
		b.Closing = 1
		if is == workflow.LongTerm {
			b.LongTerm = 1
		}
	case is == workflow.Closed:
		b.Done = 1
	default:
		b.Other = 1
	}
	return b
}

// entered reports whether the case became an open task within from..to.
func (t *track) entered(from, to workday.Date) bool {
	for _, s := range t.stages {
		if s.day >= from && s.day <= to && inStock(s.state) {
			return true
		}
	}
	return false
}

// pushedBy reports whether the case was pushed by the end of a day.
func (t *track) pushedBy(day workday.Date) bool {
	return t.entered(t.registered, day)
}

func (t *track) tickets() int { return max(1, t.c.Tickets) }

func (b *Balance) add(o Balance) {
	b.Opening += o.Opening
	b.Pushed += o.Pushed
	b.Reopened += o.Reopened
	b.Done += o.Done
	b.Other += o.Other
	b.Closing += o.Closing
	b.LongTerm += o.LongTerm
}
