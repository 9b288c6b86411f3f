package report

import (
	"strings"

	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// book is a docket laid out for counting: one track a case.
type book struct {
	d       *docket.Docket
	tracks  []track
	deleted int
	tallies map[workday.Quarter]*tally
}

// track is what the figures need of one case, in order of time.
type track struct {
	c          *docket.Case
	registered workday.Date
	stages     []stage
	events     []happening
}

// stage is a state and the day it began.
type stage struct {
	day   workday.Date
	state workflow.State
}

// happening is one thing that is counted on its day.
type happening struct {
	day    workday.Date
	what   happeningKind
	unit   string // in charge at that time
	result string // of an evaluation
}

type happeningKind uint8

const (
	extension happeningKind = iota
	granted
	objection
	upheld
	reassigned
	returned
	improved
	proxy
	corrected
	accepted // feedback 通过
	evaluated
)

// open reads a docket once.
func open(d *docket.Docket) *book {
	b := &book{d: d, tallies: map[workday.Quarter]*tally{}}
	for _, c := range d.Cases {
		switch {
		case c.Case == nil:
		case c.Deleted:
			b.deleted++
		default:
			if t := follow(c); t.registered != 0 {
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
		day := workday.Of(e.At)
		if t.registered == 0 {
			t.registered = day
		}
		unit := t.leadAt(day)
		count := func(what happeningKind) { t.events = append(t.events, happening{day: day, what: what, unit: unit}) }
		if e.Proxy {
			count(proxy)
		}
		if e.Row == workflow.Correct {
			count(corrected)
		}
		t.note(e, count)
		if e.Kind != workflow.Transition {
			continue
		}
		if i == 0 && c.Inherited != nil {
			t.inherit(e.To)
			continue
		}
		t.stages = append(t.stages, stage{day, e.To})
	}
	return t
}

// note counts what one event stands for. Rows are those of section 5; records
// that came without a change of state are known by their titles.
func (t *track) note(e *workflow.Event, count func(happeningKind)) {
	switch {
	case e.Kind == workflow.Transition:
		switch e.Row {
		case 5:
			count(objection)
		case 6:
			count(upheld)
			count(reassigned)
		case 10, 12:
			count(reassigned)
		case 11:
			if e.From == workflow.FedBack {
				count(accepted)
			}
		case 14:
			count(returned)
		case 15:
			count(accepted)
		case 16:
			t.noteEvaluation(e, count)
		case 17:
			count(improved)
		}
	case e.Kind == workflow.Record && strings.HasPrefix(e.Title, "申请延期"):
		count(extension)
	case e.Kind == workflow.Decision && e.Title == "延期申请：同意":
		count(granted)
	case e.Kind == workflow.Record && strings.HasPrefix(e.Title, "评估（"):
		t.noteEvaluation(e, count)
	}
}

// noteEvaluation reads the result from a title like 评估（12366回访：满意）.
func (t *track) noteEvaluation(e *workflow.Event, count func(happeningKind)) {
	title, ok := strings.CutSuffix(e.Title, "）")
	if i := strings.LastIndex(title, "："); ok && i >= 0 {
		count(evaluated)
		t.events[len(t.events)-1].result = title[i+len("："):]
	}
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
