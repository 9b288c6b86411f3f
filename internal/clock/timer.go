package clock

import (
	"suqiu/internal/workday"
)

// Timer is a clock while its case is replayed: where it starts, and what
// happened to it since, in order. Where it stands is not kept but counted from
// these by fold, so that a 更正 which mends one of them moves all that follows.
type Timer struct {
	Kind   Kind
	Unit   string
	Role   string
	Push   int
	Pushed workday.Date // the day of that push
	Start  workday.Date
	Limit  int          // working days
	Usual  int          // working days of the limit without 限办天数
	Fixed  workday.Date // a due day fixed by date instead of counted
	Agreed bool         // fixed by the joint meeting
	Base   workday.Date // a due day taken over at the 基线, from which grants and pauses count
	Class  Class
	Clause string

	Lead  *Timer // a co-handler's clock follows the lead's
	Ahead int    // working days before the lead's due day

	Void   bool // a 更正 undid the push it belongs to
	Window bool // a right that lapses unused: never late by itself
	ForCo  bool // it is about a co-handler's objection
	Before bool // it ended before the 基线: shown, but nobody is judged by it

	Seq     int // its place among all ops of the case
	ops     []Op
	stopped workday.Date // as the last op left it; zero: open
	dropped bool         // ended, but not because it was answered
}

// ID names the record of a case that a clock waits for, by what it says.
type ID struct {
	Key, Entry string
	Nth        int
}

// OpKind says what an Op does to a clock.
type OpKind uint8

// What can happen to a clock.
const (
	Pause     OpKind = iota // a 说明单 that stops the work, timely by its own limit, begins to wait
	Resume                  // it was decided, or withdrawn
	Hold                    // an extension or 一事一议 begins to wait
	Release                 // it was decided; days are granted
	Agree                   // a date was fixed; what was late until then stays so
	Mend                    // a date was fixed by a 更正: as if it had always been
	Stop                    // answered
	Return                  // the answer was returned
	Drop                    // ended without an answer
	leadMoved               // of a co-handler: the lead's due day moved
)

// Op is one event in the life of a clock.
type Op struct {
	Kind    OpKind
	Seq     int // its place among all ops of the case
	Landing int
	Day     workday.Date
	Entry   ID           // of the record that waits or is decided
	Days    int          // Release: working days granted
	Date    workday.Date // Agree, Mend, leadMoved: the due day
	Ahead   int          // Hold: it must come so many working days before the due day
	Holds   bool         // Hold: it is one of those that may hold the clock
	RunsOn  bool         // Pause: 异议计时 连续: the clock does not stand still
	Floor   bool         // a decision that leaves the working day after it; Return: the first one
	Why     string
}

// Open reports whether t still runs or waits.
func (t *Timer) Open() bool { return t.stopped == 0 }

// Stopped is the day on which t ended; zero: it is open.
func (t *Timer) Stopped() workday.Date { return t.stopped }

// Dropped reports whether t ended without an answer.
func (t *Timer) Dropped() bool { return t.dropped }

// Note adds an op, which comes after all ops so far. Of a clock that has ended
// a Stop or Drop changes nothing; only one that was answered can be returned.
func (t *Timer) Note(o Op) {
	t.ops = append(t.ops, o)
	t.leave(&o)
}

// leave keeps how an op leaves the clock.
func (t *Timer) leave(o *Op) {
	switch o.Kind {
	case Stop:
		t.stopped, t.dropped = o.Day, false
	case Drop:
		t.stopped, t.dropped = o.Day, true
	case Return:
		t.stopped, t.dropped = 0, false
	}
}

// Forget takes ops back, as if they had not happened.
func (t *Timer) Forget(which func(*Op) bool) {
	kept := t.ops[:0:0]
	t.stopped, t.dropped = 0, false
	for i := range t.ops {
		if o := &t.ops[i]; !which(o) {
			t.leave(o)
			kept = append(kept, *o)
		}
	}
	t.ops = kept
}

// Grant changes the days that a record was granted.
func (t *Timer) Grant(id ID, days int) {
	for i := range t.ops {
		if o := &t.ops[i]; o.Kind == Release && o.Entry == id {
			o.Days = days
		}
	}
}

// Rename lets ops follow a record that a 更正 rewrote.
func (t *Timer) Rename(was, is ID) {
	for i := range t.ops {
		if t.ops[i].Entry == was {
			t.ops[i].Entry = is
		}
	}
}

// Due is the due day as it stands.
func (t *Timer) Due(cal *workday.Calendar) workday.Date { return t.fold(cal).due }

// WorksToAgreed reports whether t works to a date that a meeting has agreed.
func (t *Timer) WorksToAgreed(cal *workday.Calendar) bool { return t.fold(cal).agreed }

// Late reports whether t has missed its due day, or has by a day.
func (t *Timer) Late(cal *workday.Calendar, day workday.Date) bool {
	f := t.fold(cal)
	return f.missed != 0 || f.open && day > f.due
}

// original is the due day before pauses, extensions and agreements.
func (t *Timer) original(cal *workday.Calendar) workday.Date {
	switch {
	case t.Lead != nil:
		return max(cal.Add(t.Lead.original(cal), -t.Ahead), cal.Add(t.Start, 1))
	case t.Base != 0:
		return t.Base
	case t.Fixed != 0:
		return t.Fixed
	}
	return cal.Add(t.Start, t.Limit)
}

// At is how the timer stands as of a day: soon is the days before a due day
// that are 临期, grace the days in which what a unit sent may still arrive.
func (t *Timer) At(cal *workday.Calendar, asOf workday.Date, grace, soon int) Clock {
	f := t.fold(cal)
	on := asOf
	if !f.open {
		on = min(f.stopped, asOf)
	}
	c := Clock{
		Kind: t.Kind, Unit: t.Unit, Role: t.Role, Class: t.Class, Clause: t.Clause,
		Push: t.Push, Pushed: t.Pushed, Start: t.Start, Limit: t.Limit, Ahead: t.Ahead,
		OriginalDue: t.original(cal), Stopped: f.stopped, Unanswered: f.dropped,
	}
	if t.Class == Internal {
		c.Clause = "" // the office's own limit, whatever clause it serves
	}
	if f.agreed && t.Class == Statutory && t.Kind == Feedback {
		c.Class = Agreed
	}
	passed := on > f.due
	received := f.open && passed && !f.suspended() && unitClock(t.Kind, t.Role) && cal.Add(on, -grace) <= f.due
	switch {
	case f.open && f.pausedFrom != 0:
		f.stand(on)
	case f.open && !received:
		f.countLate(on)
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
	case t.Window && (f.open || f.dropped) && passed:
		c.Status, c.Stopped, c.Late, c.Missed, c.DaysLate = Cancelled, c.Due, nil, 0, 0
	case t.Void:
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

// unitClock reports whether an act of a unit stops a limit, which may be
// under review in an open merge request.
func unitClock(kind Kind, role string) bool {
	switch kind {
	case Feedback, CoFeedback, Improve, Accept, Promise:
		return true
	case Channel:
		return role == Lead
	}
	return false
}
