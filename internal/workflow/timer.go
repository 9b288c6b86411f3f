package workflow

import (
	"suqiu/internal/workday"
)

// timer is one clock while a case is replayed. Days are civil days; the day
// of an event is not counted.
type timer struct {
	kind   ClockKind
	unit   string
	role   string
	push   int
	start  workday.Date
	limit  int          // working days
	fixed  workday.Date // a due day fixed by date instead of counted
	agreed bool         // fixed by the joint meeting
	base   workday.Date // a due day taken over at the 基线, from which grants and pauses count
	class  Class
	clause string

	pauses   []pause
	extended int          // working days granted
	floor    workday.Date // the due day is no earlier: a decision leaves the working day after it
	pending  int          // timely requests that nobody decided yet
	frozen   workday.Date // lateness reached on this due day is not healed by a later grant to others

	lead  *timer // a co-handler's clock follows the lead's
	ahead int    // working days before the lead's due day

	stopped workday.Date
	dropped bool // stopped because the ground fell away, not because it was answered
	void    bool // a 更正 undid the push it belongs to
	window  bool // a right that lapses unused: never late by itself
	before  bool // it ended before the 基线: shown, but nobody is judged by it
}

// pause is a stretch (from, to] that does not count; to is zero while it runs.
type pause struct {
	from, to workday.Date
	why      string
	entry    entryKey // the record that waits
}

func (t *timer) open() bool { return t.stopped == 0 }

func (t *timer) paused() bool {
	n := len(t.pauses)
	return n > 0 && t.pauses[n-1].to == 0
}

// pausedDays counts the working days that did not run, as of a day.
func (t *timer) pausedDays(cal *workday.Calendar, on workday.Date) int {
	days := 0
	for _, p := range t.pauses {
		to := p.to
		if to == 0 {
			to = on
		}
		days += cal.Count(p.from, to)
	}
	return days
}

// due is the last day of the limit, as known on a day.
func (t *timer) due(cal *workday.Calendar, on workday.Date) workday.Date {
	if t.frozen != 0 {
		return t.frozen
	}
	var due workday.Date
	switch {
	case t.lead != nil:
		due = max(cal.Add(t.lead.due(cal, on), -t.ahead), cal.Add(t.start, 1))
		due = cal.Add(due, t.pausedDays(cal, on))
	case t.fixed != 0:
		due = t.fixed
	case t.base != 0:
		due = cal.Add(t.base, t.pausedDays(cal, on)+t.extended)
	default:
		due = cal.Add(t.start, t.limit+t.pausedDays(cal, on)+t.extended)
	}
	return max(due, t.floor)
}

// original is the due day before pauses, extensions and agreements.
func (t *timer) original(cal *workday.Calendar) workday.Date {
	switch {
	case t.lead != nil:
		return max(cal.Add(t.lead.original(cal), -t.ahead), cal.Add(t.start, 1))
	case t.base != 0:
		return t.base
	case t.fixed != 0 && !t.agreed, t.limit == 0:
		return t.fixed
	}
	return cal.Add(t.start, t.limit)
}

// stop ends an open timer; what is already late stays late.
func (t *timer) stop(on workday.Date) {
	if t != nil && t.open() {
		t.stopped = on
	}
}

// drop ends an open timer whose ground fell away.
func (t *timer) drop(on workday.Date) {
	if t != nil && t.open() {
		t.stopped, t.dropped = on, true
	}
}

// reopen lets a stopped timer run on.
func (t *timer) reopen() { t.stopped, t.dropped = 0, false }

// clock is how the timer stands as of a day.
func (t *timer) clock(cal *workday.Calendar, asOf workday.Date, grace, soon int) Clock {
	on := asOf
	if !t.open() {
		on = min(t.stopped, asOf)
	}
	c := Clock{
		Kind: t.kind, Unit: t.unit, Role: t.role, Push: t.push, Start: t.start, Limit: t.limit, Ahead: t.ahead,
		Due: t.due(cal, on), OriginalDue: t.original(cal), Agreed: t.agreed, Stopped: t.stopped,
		PausedDays: t.pausedDays(cal, on), ExtendedDays: t.extended, Class: t.class, Clause: t.clause,
	}
	if t.class == Internal {
		c.Clause = "" // the office's own limit, whatever clause it serves
	}
	for _, p := range t.pauses {
		c.Pauses = append(c.Pauses, Span{From: p.from, To: p.to, Why: p.why})
	}
	c.Provisional = cal.Provisional(c.Due) || cal.Provisional(c.Start)
	late := 0
	if on > c.Due {
		late = cal.Count(c.Due, on)
		if late == 0 { // the days since are days off; the limit has passed all the same
			late = 1
		}
	}
	switch {
	case t.window && (t.open() || t.dropped) && on > c.Due:
		c.Status, c.Stopped = Cancelled, c.Due
	case t.void:
		c.Status = Cancelled
	case !t.open() && on <= c.Due && !t.dropped:
		c.Status = Met
	case !t.open() && on <= c.Due:
		c.Status = Cancelled
	case !t.open():
		c.Status, c.DaysLate = Missed, late
	case t.pending > 0:
		c.Status = Pending
	case t.paused():
		c.Status = Paused
	case on > c.Due && t.unitClock() && on <= cal.Add(c.Due, grace):
		c.Status = Received
	case on > c.Due:
		c.Status, c.DaysLate = Overdue, late
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
	case FeedbackClock, CoFeedbackClock, ImproveClock, AcceptClock:
		return true
	}
	return false
}
