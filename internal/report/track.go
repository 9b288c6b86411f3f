package report

import (
	"math"
	"sync"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Book is a register laid out for counting: one track a case. What it has counted
// it keeps. Its methods may be called from any goroutine.
type Book struct {
	d       *register.Register
	tracks  []Track
	monthly []register.MonthlyDuty

	mu      sync.Mutex
	tallies map[workday.Quarter]func() *Tally // each counts once

	subjects map[Options]func() Subjects
}

// Settings notes the settings that the figures follow.
func (b *Book) Settings() SettingsNote { return NoteSettings(b.d) }

// Track is what the figures need of one case, in order of time.
type Track struct {
	c          *register.Case
	registered workday.Date
	deleted    workday.Date // zero: the file is there
	stages     []stage
	events     []Happening
	first      workday.Date // of the days that any figure can take from it
	last       workday.Date // of these days; never, while it is at work
}

// never is later than any day.
const never = workday.Date(math.MaxInt32)

// stage is a state, the day it began, and what the case is to the balance in it.
type stage struct {
	day   workday.Date
	state workflow.State
	stock stock
}

// stock is what a case is to the balance of tasks.
type stock uint8

const (
	outside stock = iota // not pushed
	open                 // an open task
	done                 // 办结, and what is improved after it
	ended                // ended otherwise after a push
)

// Happening is one thing that is counted on its day.
type Happening struct {
	Day   workday.Date
	What  Kind
	Unit  string          // whose it is
	Event *workflow.Event // that it was part of
	Entry *workflow.Entry // nil: a step without one
}

// Kind is what happened.
type Kind uint8

// The kinds of happenings.
const (
	extension Kind = iota
	granted
	refused
	objection
	upheld
	Rejected
	escalation
	reassigned
	Returned
	Improved
	proxy
	Corrected
	Accepted // feedback 通过
	Evaluated
	roundEnds // 办结, or 改进: what was evaluated till then counts
)

// Register is what the book lays out.
func (b *Book) Register() *register.Register { return b.d }

// Monthly are the 月度报送 that are due.
func (b *Book) Monthly() []register.MonthlyDuty { return b.monthly }

// Open lays out a register.
func Open(d *register.Register) *Book {
	b := &Book{d: d, monthly: d.MonthlyDuties(), tallies: map[workday.Quarter]func() *Tally{}}
	for _, c := range d.Cases {
		if c.Case == nil {
			continue
		}
		if t := follow(c); t.registered != 0 {
			t.bound()
			b.tracks = append(b.tracks, t)
		}
	}
	b.subjects = map[Options]func() Subjects{}
	for _, o := range []Options{{}, {Supervision: true}} {
		b.subjects[o] = b.newSubjects(o)
	}
	return b
}

// Case is the case.
func (t *Track) Case() *register.Case { return t.c }

// Events are what is counted of the case, in order of time.
func (t *Track) Events() []Happening { return t.events }

// follow reads the life of one case.
func follow(c *register.Case) Track {
	t := Track{c: c}
	if c.Deleted {
		t.deleted = max(c.LastChange, 1)
	}
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if e.Voided || e.Pending {
			continue
		}
		day := e.Counts()
		if t.registered == 0 {
			t.registered, t.first = day, day
		}
		t.reach(day)
		count := func(what Kind, unit string, entry *workflow.Entry) {
			t.events = append(t.events, Happening{day, what, unit, e, entry})
		}
		if e.Proxy {
			count(proxy, e.Unit, nil)
		}
		switch {
		case e.Mark() == workflow.CorrectsPast:
			count(Corrected, t.LeadAt(day), nil)
		case e.Mark() == workflow.Reassigns:
			count(reassigned, t.LeadAt(day), nil)
		case e.Mark() == workflow.Improves:
			count(Improved, t.LeadAt(day), nil)
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
		if i == 0 && c.Life.Inherited && c.Inherited != (record.Inherited{}) {
			t.inherit(e.To)
			continue
		}
		if e.To == workflow.Closed || e.To == workflow.Improving && e.Mark() != workflow.Returns {
			count(roundEnds, "", nil)
		}
		t.enter(day, e.To)
	}
	return t
}

// enter adds a stage.
func (t *Track) enter(day workday.Date, s workflow.State) {
	was := outside
	if n := len(t.stages); n > 0 {
		was = t.stages[n-1].stock
	}
	t.stages = append(t.stages, stage{day, s, was.next(s)})
}

// next is what a case becomes in a state. Once done it stays so while it is
// improved.
func (was stock) next(s workflow.State) stock {
	atWork := s.IsOpen() && !s.BeforePush()
	switch {
	case s == workflow.Closed && was != outside:
		return done
	case was == done && !s.BeforePush() && !workflow.Regulation().State(s).Runs(clock.Feedback):
		return done // also 合并 or 撤回 of what is improved
	case atWork:
		return open
	case was == open || was == ended:
		return ended
	}
	return outside
}

// bound finds the days between which a case can be counted. Most are settled
// within a few months: no other quarter need look at them.
func (t *Track) bound() {
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

func (t *Track) reach(day workday.Date) {
	if day != 0 {
		t.first, t.last = min(t.first, day), max(t.last, day)
	}
}

// meaning says what is counted of an entry that was filed or decided.
func meaning(e *workflow.Entry) (Kind, bool) {
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
		return Rejected, true
	case e.Key == "反馈" && e.Decided && e.Word == "通过":
		return Accepted, true
	case e.Key == "反馈" && e.Decided:
		return Returned, true
	case e.Key == "评估" && !e.Decided:
		return Evaluated, true
	}
	return 0, false
}

// inherit takes over the dates of a case that existed before the 基线.
func (t *Track) inherit(state workflow.State) {
	in := t.c.Inherited
	if in.Pushed == 0 {
		t.enter(t.registered, state)
		return
	}
	t.registered = min(t.registered, in.Pushed)
	t.enter(in.Pushed, workflow.Pushed)
	if day := in.Closed; !state.IsOpen() && day != 0 {
		t.enter(max(day, in.Pushed), state)
	} else if state != workflow.Pushed {
		t.enter(max(t.registered, in.Pushed), state)
	}
}

// LeadAt is the unit in charge at the end of a day: that of the last push by
// then, or the one in charge now if no clock tells.
func (t *Track) LeadAt(day workday.Date) string {
	lead, push := "", 0
	for i := range t.c.Life.Clocks {
		k := &t.c.Life.Clocks[i]
		if k.Kind == clock.Feedback && k.Start <= day && k.Push >= push {
			lead, push = k.Unit, k.Push
		}
	}
	if lead == "" {
		return t.c.Life.Lead
	}
	return lead
}

// at is the state at the end of a day; empty before registration.
func (t *Track) at(day workday.Date) workflow.State {
	if i := t.stageAt(day); i >= 0 {
		return t.stages[i].state
	}
	return ""
}

// stockAt is what the case is to the balance at the end of a day.
func (t *Track) stockAt(day workday.Date) stock {
	if i := t.stageAt(day); i >= 0 {
		return t.stages[i].stock
	}
	return outside
}

// stageAt is the index of the last stage that began by the end of a day; -1
// before registration.
func (t *Track) stageAt(day workday.Date) int {
	for i := range t.stages {
		if t.stages[i].day > day {
			return i - 1
		}
	}
	return len(t.stages) - 1
}

// flow is the balance of one case over the days from..to: every time that it
// becomes an open task and every time that it ends, so that the flows of two
// spans are the flow of both.
func (t *Track) flow(from, to workday.Date) Balance {
	var b Balance
	was := t.stockAt(from - 1)
	if was == open {
		b.Opening = 1
	}
	for _, s := range t.stages {
		if s.day < from || s.day > to {
			continue
		}
		switch {
		case s.stock == open && was != open:
			b.Pushed++
			if was != outside {
				b.Reopened++
			}
		case was != open:
		case s.stock == done:
			b.Done++
		case s.stock != open:
			b.Other++
		}
		was = s.stock
	}
	state := t.at(to)
	if was == open {
		b.Closing = 1
		if state == workflow.LongTerm {
			b.LongTerm = 1
		}
	}
	if state == workflow.Improving {
		b.Improving = 1
	}
	return b
}

// pushedBy reports whether the case was pushed by the end of a day.
func (t *Track) pushedBy(day workday.Date) bool {
	for _, s := range t.stages {
		if s.day <= day && s.stock == open {
			return true
		}
	}
	return false
}

func (b *Balance) add(o Balance) {
	b.Opening += o.Opening
	b.Pushed += o.Pushed
	b.Reopened += o.Reopened
	b.Done += o.Done
	b.Other += o.Other
	b.Closing += o.Closing
	b.LongTerm += o.LongTerm
	b.Improving += o.Improving
}
