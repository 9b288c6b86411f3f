package casepage

import (
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Station is a stretch of the way that a case goes.
type Station struct {
	Name  string
	Place Place
	Day   workday.Date // on which it was reached, or begun; zero: it was not, or nobody knows
	// Of the station where the case is now:
	Who   string       // whose turn it is
	Due   workday.Date // by when; zero: no limit
	Study bool         // Due is when the meeting deals with it again
	Note  string       // what holds it there
	Loops []Loop
}

// Place says where a station lies from where the case is.
type Place string

// The places, as the style sheet names them.
const (
	Done   Place = "t-done"
	Passed Place = "t-skip" // the case went on without it
	Now    Place = "t-now"
	Ahead  Place = "t-ahead"
)

// IsNow reports whether the case is there now.
func (s *Station) IsNow() bool { return s.Place == Now }

// Loop is a way back, taken once or more.
type Loop struct {
	Name string
	Last workday.Date
	N    int
}

// Text is 退回 2026-11-20, of several 退回 3 次，最近 2026-11-20.
func (l Loop) Text() string {
	if l.N > 1 {
		return l.Name + " " + strconv.Itoa(l.N) + " 次，最近 " + l.Last.String()
	}
	return l.Name + " " + l.Last.String()
}

// The stations, in order.
const (
	registering = iota
	analysing
	pushing
	handling
	answering
	reviewing
	evaluating
	closing
	beyond // where nothing is awaited any more
)

func stations() []Station {
	return []Station{{Name: "登记"}, {Name: "分析"}, {Name: "推送"}, {Name: "办理"}, {Name: "反馈"}, {Name: "审核"},
		{Name: "评估"}, {Name: "办结"}}
}

// way says of a state which station its beginning reaches (-1: none), which the case
// then waits at, and the clock by which that is due.
type way struct {
	reaches, waits int
	clock          clock.Kind
}

func wayOf(s workflow.State) way {
	switch s {
	case workflow.Registered:
		return way{registering, analysing, clock.Push}
	case workflow.Analysing:
		return way{analysing, analysing, clock.Push}
	case workflow.Pushed:
		return way{pushing, handling, clock.Feedback}
	case workflow.Handling:
		return way{handling, handling, clock.Feedback}
	case workflow.Objected:
		return way{-1, handling, clock.Confirm}
	case workflow.Escalated:
		return way{-1, handling, clock.Decide}
	case workflow.Improving:
		return way{-1, handling, clock.Improve}
	case workflow.LongTerm:
		return way{-1, handling, ""}
	case workflow.FedBack:
		return way{answering, reviewing, clock.Review}
	case workflow.Evaluating:
		return way{reviewing, evaluating, clock.Evaluate}
	case workflow.Closed:
		return way{closing, beyond, ""}
	}
	return way{-1, -1, ""} // closed from wherever it was
}

// track is the way of a case through the stations, as its events tell it.
func track(e *view.Case) []Station {
	t := tracker{stations: stations()}
	life := e.Text.Life
	for i := range life.Events {
		if ev := &life.Events[i]; !ev.Voided && !ev.Pending {
			t.follow(ev)
		}
	}
	t.place(e)
	return t.stations
}

type tracker struct {
	stations []Station
	waits    int // the station that the case waits at
}

// follow notes what an event reaches. What lies behind the station that it leads to is
// still to be done, or to be done again.
func (t *tracker) follow(ev *workflow.Event) {
	day := ev.Day()
	for i := range ev.Entries {
		if ev.Entries[i].Key == "评估" && t.waits >= evaluating {
			t.stations[evaluating].Day = day
		}
	}
	if ev.To == "" || ev.To == ev.From {
		return
	}
	mark := ev.Mark()
	t.loop(ev, mark, day)
	w := wayOf(ev.To)
	last := &t.stations[closing]
	if w.waits < 0 {
		last.Name, last.Day = string(ev.To), day
		return
	}
	last.Name = "办结"
	again := w.waits
	if w.reaches != w.waits-1 { // what it waits at was begun before
		again++
	}
	for i := again; i < len(t.stations); i++ {
		t.stations[i].Day = 0
	}
	if ev.From == workflow.FedBack && w.waits > reviewing {
		t.stations[reviewing].Day = day
	}
	begun := w.reaches == w.waits && t.stations[w.waits].Day != 0
	if w.reaches >= 0 && !begun && mark != workflow.Returns {
		t.stations[w.reaches].Day = day
	}
	t.waits = w.waits
}

// loop notes a way back at the station that sends it.
func (t *tracker) loop(ev *workflow.Event, mark workflow.Mark, day workday.Date) {
	at, name := -1, ""
	switch {
	case mark == workflow.Returns:
		at, name = reviewing, "退回"
	case mark == workflow.Reassigns:
		at, name = pushing, "改派"
	case mark == workflow.Improves:
		at, name = handling, "改进"
	case ev.To == workflow.LongTerm:
		at, name = handling, "长期推进"
	default:
		return
	}
	loops := &t.stations[at].Loops
	for i := range *loops {
		if l := &(*loops)[i]; l.Name == name {
			l.N++
			l.Last = day
			return
		}
	}
	*loops = append(*loops, Loop{name, day, 1})
}

// place says of each station where it lies, and whose turn it is now.
func (t *tracker) place(e *view.Case) {
	w := wayOf(e.Text.Life.State)
	open := e.Text.Life.State.IsOpen()
	for i := range t.stations {
		s := &t.stations[i]
		switch {
		case open && i == w.waits:
			s.Place = Now
		case open && i > w.waits:
			s.Place = Ahead
		case s.Day != 0:
			s.Place = Done
		default:
			s.Place = Passed
		}
	}
	if !open {
		return
	}
	now := &t.stations[w.waits]
	if k := e.Running(w.clock); k != nil {
		now.Who, now.Due = k.Unit, k.Due
	}
	switch state := e.Text.Life.State; {
	case state == workflow.Pushed:
		now.Note = "待接收"
	case w.reaches < 0:
		now.Note = string(state)
	}
	if e.Text.Life.State == workflow.LongTerm {
		now.Due, now.Study = e.Text.NextReview, true
	}
}
