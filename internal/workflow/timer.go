package workflow

import (
	"suqiu/internal/workday"
)

// timer is one clock while a case is replayed: where it starts, and what
// happened to it since, in order. Where it stands is not kept but counted from
// these by fold, so that a 更正 which mends one of them moves all that follows.
type timer struct {
	kind   ClockKind
	unit   string
	role   string
	push   int
	pushed workday.Date // the day of that push
	start  workday.Date
	limit  int          // working days
	usual  int          // working days of the limit without 限办天数
	fixed  workday.Date // a due day fixed by date instead of counted
	agreed bool         // fixed by the joint meeting
	base   workday.Date // a due day taken over at the 基线, from which grants and pauses count
	class  Class
	clause string

	lead  *timer // a co-handler's clock follows the lead's
	ahead int    // working days before the lead's due day

	seq     int // its place among all ops of the case
	ops     []op
	stopped workday.Date // as the last op left it; zero: open
	dropped bool         // ended, but not because it was answered
	void    bool         // a 更正 undid the push it belongs to
	window  bool         // a right that lapses unused: never late by itself
	forCo   bool         // it is about a co-handler's objection
	before  bool         // it ended before the 基线: shown, but nobody is judged by it
}

// opKind says what an op does to a clock.
type opKind uint8

const (
	opPause   opKind = iota // a 说明单 of rows 5 and 8, timely by its own limit, begins to wait
	opResume                // it was decided, or withdrawn
	opHold                  // an extension or 一事一议 begins to wait
	opRelease               // it was decided; days are granted
	opAgree                 // a date was fixed; what was late until then stays so
	opMend                  // a date was fixed by a 更正: as if it had always been
	opStop                  // answered
	opReturn                // the answer was returned
	opDrop                  // ended without an answer
	opLead                  // of a co-handler: the lead's due day moved
)

// op is one event in the life of a clock.
type op struct {
	kind    opKind
	seq     int // its place among all ops of the case
	landing int
	day     workday.Date
	entry   entryKey     // of the record that waits or is decided
	days    int          // opRelease: working days granted
	date    workday.Date // opAgree, opMend, opLead: the due day
	ahead   int          // opHold: it must come so many working days before the due day
	holds   bool         // opHold: it is one of those that may hold the clock
	runsOn  bool         // opPause: 异议计时 连续: the clock does not stand still
	floor   bool         // a decision that leaves the working day after it; opReturn: the first one
	why     string
}

func (t *timer) open() bool { return t.stopped == 0 }

// note adds an op that happens on the landing in hand.
func (r *replay) note(t *timer, o op) {
	r.seq++
	o.seq, o.landing = r.seq, r.landing
	t.ops = append(t.ops, o)
}

// stop ends an open timer because it was answered.
func (r *replay) stop(t *timer, on workday.Date) {
	if t != nil && t.open() {
		r.note(t, op{kind: opStop, day: on})
		t.stopped = on
	}
}

// drop ends an open timer that nobody has to answer any more; what is late
// already stays late.
func (r *replay) drop(t *timer, on workday.Date) {
	if t != nil && t.open() {
		r.note(t, op{kind: opDrop, day: on})
		t.stopped, t.dropped = on, true
	}
}

// reopen lets an answered timer run on, because the answer was returned.
func (r *replay) reopen(t *timer, on workday.Date, first bool) {
	if t == nil || t.open() || t.dropped {
		return
	}
	r.note(t, op{kind: opReturn, day: on, floor: first, why: "反馈审核"})
	t.stopped = 0
}

// forget takes ops back, as if they had not happened.
func (t *timer) forget(which func(*op) bool) {
	kept := t.ops[:0:0]
	t.stopped, t.dropped = 0, false
	for i := range t.ops {
		o := &t.ops[i]
		if which(o) {
			continue
		}
		switch o.kind {
		case opStop:
			t.stopped, t.dropped = o.day, false
		case opDrop:
			t.stopped, t.dropped = o.day, true
		case opReturn:
			t.stopped, t.dropped = 0, false
		}
		kept = append(kept, *o)
	}
	t.ops = kept
}

// original is the due day before pauses, extensions and agreements.
func (t *timer) original(cal *workday.Calendar) workday.Date {
	switch {
	case t.lead != nil:
		return max(cal.Add(t.lead.original(cal), -t.ahead), cal.Add(t.start, 1))
	case t.base != 0:
		return t.base
	case t.fixed != 0:
		return t.fixed
	}
	return cal.Add(t.start, t.limit)
}

// clock is how the timer stands as of a day.
func (t *timer) clock(cal *workday.Calendar, asOf workday.Date, grace, soon int) Clock {
	f := t.fold(cal)
	on := asOf
	if !f.open {
		on = min(f.stopped, asOf)
	}
	c := Clock{
		Kind: t.kind, Unit: t.unit, Role: t.role, Push: t.push, Pushed: t.pushed, Start: t.start, Limit: t.limit, Ahead: t.ahead,
		OriginalDue: t.original(cal), Stopped: f.stopped, Unanswered: f.dropped, Class: t.class, Clause: t.clause,
	}
	if t.class == Internal {
		c.Clause = "" // the office's own limit, whatever clause it serves
	}
	if f.agreed && t.class == Statutory && t.kind == FeedbackClock {
		c.Class = Agreed
	}
	passed := on > f.due
	received := f.open && passed && !f.suspended() && t.unitClock() && cal.Add(on, -grace) <= f.due
	switch {
	case f.open && f.pausedFrom != 0:
		f.stand(on)
	case f.open && !received:
		f.settle(on)
	}
	c.Due, c.Agreed, c.PausedDays, c.ExtendedDays = f.due, f.agreed, f.pausedDays, f.extended
	c.Pauses, c.Holds, c.Late, c.Missed, c.Answers = f.pauses, f.holds, f.late, f.missed, f.answers
	for i := range f.moves {
		c.Moves = append(c.Moves, f.moves[i].Move)
	}
	for _, s := range c.Late {
		c.DaysLate += cal.Count(s.From, s.To)
	}
	c.Provisional = cal.Provisional(c.Due) || cal.Provisional(c.Start)
	switch {
	case t.window && (f.open || f.dropped) && passed:
		c.Status, c.Stopped, c.Late, c.Missed, c.DaysLate = Cancelled, c.Due, nil, 0, 0
	case t.void:
		c.Status, c.Late, c.Missed, c.DaysLate = Cancelled, nil, 0, 0
	case !f.open && f.missed != 0:
		c.Status = Missed
	case !f.open && f.dropped:
		c.Status = Cancelled
	case !f.open:
		c.Status = Met
	case len(f.held) > 0:
		c.Status = Pending
	case f.pausedFrom != 0:
		c.Status = Paused
	case received:
		c.Status = Received
	case passed:
		c.Status = Overdue
	case cal.Count(on, c.Due) <= soon:
		c.Status = Soon
	default:
		c.Status = Running
	}
	return c
}

// unitClock reports whether an act of a unit stops the timer, which may be
// under review in an open merge request.
func (t *timer) unitClock() bool {
	switch t.kind {
	case FeedbackClock, CoFeedbackClock, ImproveClock, AcceptClock, PromiseClock:
		return true
	case SourceClock:
		return t.role == roleLead
	}
	return false
}
