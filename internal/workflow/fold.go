package workflow

import (
	"slices"

	"suqiu/internal/workday"
)

// folded is a timer as its ops leave it.
type folded struct {
	cal     *workday.Calendar
	t       *timer
	due     workday.Date
	open    bool
	stopped workday.Date
	dropped bool
	agreed  bool // due is an agreed date, which neither a 说明单 nor an extension moves

	since workday.Date // up to this day lateness is counted

	missed workday.Date // the due day that was missed first
	late   []Span

	pausedBy   entryKey
	pausedFrom workday.Date
	noted      entryKey // a 说明单 that waits while the clock runs on (异议计时: 连续)
	held       []entryKey
	overtaken  []entryKey // requests that the answer came before
	timely     bool       // the last answer came in time for the due day of then
	decided    int        // the landing that decided an overtaken request, for its floor; -1

	floor   workday.Date // set by a decision of the landing in hand, once all that it moves has moved
	floorOf int          // that landing
	floorAt int          // the op that set it

	pausedDays, extended int
	pauses, holds        []Span
	answers              []Answer
	moves                []shift

	// Of a co-handler: the due day without its own pauses, and the lead's day.
	follows, leadDue workday.Date
}

// shift is a Move and where in the case it happened.
type shift struct {
	Move
	seq, landing int
}

// fold goes through what happened to a timer.
func (t *timer) fold(cal *workday.Calendar) *folded {
	f := &folded{cal: cal, t: t, open: true, decided: -1, due: t.original(cal), agreed: t.agreed}
	ops := t.ops
	if t.lead != nil {
		ops = f.follow()
	}
	for i := range ops {
		o := &ops[i]
		if f.floor != 0 && o.landing != f.floorOf {
			f.leave()
		}
		f.take(o)
	}
	f.leave()
	return f
}

// follow begins the clock of a co-handler from the lead's due day of then, and
// puts the lead's later ones among its ops.
func (f *folded) follow() []op {
	t := f.t
	lead := t.lead.fold(f.cal)
	f.leadDue = t.lead.original(f.cal)
	ops := slices.Clone(t.ops)
	for _, m := range lead.moves {
		if m.seq < t.seq {
			f.leadDue = m.Due
			continue
		}
		ops = append(ops, op{kind: opLead, seq: m.seq, landing: m.landing, day: m.On, date: m.Due})
	}
	slices.SortStableFunc(ops, func(a, b op) int { return a.seq - b.seq })
	f.follows = f.ahead(f.leadDue)
	f.due = f.follows
	return ops
}

// ahead is a co-handler's due day by the lead's.
func (f *folded) ahead(lead workday.Date) workday.Date {
	return max(f.cal.Add(lead, -f.t.ahead), f.cal.Add(f.t.start, 1))
}

// suspended reports whether nothing can become late now.
func (f *folded) suspended() bool { return f.pausedFrom != 0 || len(f.held) > 0 }

// settle counts what is late up to a day. Up to the day of the last op that is
// settled: a clock that stood still until that day is not late on it, though the
// due day that it resumes with may lie before some days off.
func (f *folded) settle(on workday.Date) {
	if f.open && !f.suspended() && on > max(f.due, f.since) {
		f.miss(max(f.due, f.since), on)
	}
	f.since = max(f.since, on)
}

// miss notes that the due day passed unanswered, and the days of (from, to] late.
func (f *folded) miss(from, to workday.Date) {
	if f.missed == 0 {
		f.missed = f.due
	}
	switch n := len(f.late); {
	case to <= from:
	case n > 0 && f.late[n-1].To == from:
		f.late[n-1].To = to
	default:
		f.late = append(f.late, Span{From: from, To: to})
	}
}

func (f *folded) moved(on workday.Date, days int, why string, seq, landing int) {
	f.moves = append(f.moves, shift{Move{On: on, Days: days, Due: f.due, Why: why}, seq, landing})
}

// move puts the due day off by working days.
func (f *folded) move(o *op, days int, why string) {
	if days == 0 {
		return
	}
	if f.t.lead != nil {
		f.pull()
	} else {
		f.due = f.cal.Add(f.due, days)
	}
	f.moved(o.day, days, why, o.seq, o.landing)
}

// set puts another day in the place of the due day.
func (f *folded) set(o *op, due workday.Date, why string) {
	if f.due = due; o.kind == opMend || len(f.moves) == 0 || f.moves[len(f.moves)-1].Due != due {
		f.moved(o.day, 0, why, o.seq, o.landing)
	}
}

// leaves makes the due day no earlier than a day, once the landing in hand has
// moved what it moves.
func (f *folded) leaves(o *op, day workday.Date) {
	f.floor, f.floorOf, f.floorAt = max(f.floor, day), o.landing, o.seq
}

func (f *folded) leave() {
	if f.floor > f.due && (f.open || f.answered()) {
		f.due = f.floor
		f.moved(f.since, 0, "决定（退回）后至少留到次一工作日", f.floorAt, f.floorOf)
	}
	f.floor = 0
}

func (f *folded) answered() bool { return f.stopped != 0 && !f.dropped }

// pull follows the lead's day, or goes beyond it by the co-handler's own
// pauses, which may carry it to the lead's day and not past it; it never comes
// back.
func (f *folded) pull() {
	f.due = max(f.due, f.follows, min(f.cal.Add(f.follows, f.pausedDays), f.leadDue))
}

// take lets one op happen.
func (f *folded) take(o *op) {
	f.settle(o.day)
	switch o.kind {
	case opPause:
		f.pause(o)
	case opResume:
		f.resume(o)
	case opHold:
		f.hold(o)
	case opRelease:
		f.release(o)
	case opAgree:
		f.agree(o)
	case opMend:
		f.mend(o)
	case opStop:
		f.stop(o)
	case opReturn:
		f.back(o)
	case opDrop:
		if f.open {
			f.open, f.dropped, f.stopped = false, true, o.day
			f.endHolds(o.day)
			f.held, f.pausedFrom = nil, 0
		}
	case opLead:
		// Lateness that a co-handler has reached is not healed by what the lead is
		// given, and what was answered is judged by the day of then.
		if f.leadDue = o.date; f.open && f.missed == 0 {
			f.follows = max(f.follows, f.ahead(o.date))
			was := f.due
			if f.pull(); f.due != was {
				f.moved(o.day, 0, "随承办单位到期日顺延", o.seq, o.landing)
			}
		}
	}
}

// pause lets a 说明单 wait. A clock that has run out is not paused any more.
func (f *folded) pause(o *op) {
	switch {
	case !f.open || f.pausedFrom != 0 || o.day > f.due && !f.suspended():
	case o.runsOn:
		f.noted = o.entry
	default:
		f.pausedBy, f.pausedFrom = o.entry, o.day
		if f.agreed {
			f.holds = append(f.holds, Span{From: o.day, Why: o.why})
		}
	}
}

func (f *folded) resume(o *op) {
	switch {
	case f.pausedFrom != 0 && f.pausedBy == o.entry:
		from := f.pausedFrom
		f.pausedFrom = 0
		if f.agreed {
			f.endHolds(o.day)
		} else if n := f.cal.Count(from, o.day); n > 0 {
			f.pausedDays += n
			f.pauses = append(f.pauses, Span{From: from, To: o.day, Why: o.why})
			f.move(o, n, o.why)
		}
		if o.floor {
			f.leaves(o, f.cal.Add(o.day, 1))
		}
	case f.noted == o.entry && o.entry != entryKey{}:
		f.noted = entryKey{}
		if o.floor && f.open && o.day <= f.due {
			f.leaves(o, f.cal.Add(o.day, 1))
		}
	}
}

// stand is the due day while a 说明单 waits, as far as is known on a day.
func (f *folded) stand(on workday.Date) {
	if f.agreed {
		return
	}
	n := f.cal.Count(f.pausedFrom, on)
	f.pausedDays += n
	f.pauses = append(f.pauses, Span{From: f.pausedFrom, Why: f.pauseWhy()})
	if f.t.lead != nil {
		f.pull()
	} else {
		f.due = f.cal.Add(f.due, n)
	}
}

// pauseWhy is what the clock waits for.
func (f *folded) pauseWhy() string {
	for i := range f.t.ops {
		if o := &f.t.ops[i]; o.kind == opPause && o.entry == f.pausedBy {
			return o.why
		}
	}
	return ""
}

// hold lets a request wait: filed in time, nothing becomes late meanwhile.
func (f *folded) hold(o *op) {
	latest := f.due
	if o.ahead > 0 {
		latest = f.cal.Add(f.due, -o.ahead)
	}
	if f.open && o.holds && o.day <= latest {
		f.held = append(f.held, o.entry)
		f.holds = append(f.holds, Span{From: o.day, Why: o.why})
	}
}

// release decides a request, with the days that it grants.
func (f *folded) release(o *op) {
	if o.days > 0 && !f.agreed {
		f.extended += o.days
		f.move(o, o.days, o.why)
	}
	if i := slices.Index(f.overtaken, o.entry); i >= 0 {
		f.overtaken = slices.Delete(f.overtaken, i, i+1)
		f.decided = o.landing
	}
	if i := slices.Index(f.held, o.entry); i >= 0 {
		f.held = slices.Delete(f.held, i, i+1)
		if len(f.held) == 0 && f.pausedFrom == 0 {
			f.endHolds(o.day)
		}
		if o.floor {
			f.leaves(o, f.cal.Add(o.day, 1))
		}
	}
}

// agree fixes a date, into which no earlier pause or grant goes.
func (f *folded) agree(o *op) {
	f.agreed = true
	f.pausedDays, f.extended, f.pauses = 0, 0, nil
	f.set(o, o.date, o.why)
}

// mend is agree as if the date had always stood: what was late of it only is
// what came after it.
func (f *folded) mend(o *op) {
	late := f.late
	f.late, f.missed = nil, 0
	f.agree(o)
	for _, s := range late {
		if s.To > o.date {
			f.miss(max(s.From, o.date), s.To)
		}
	}
	if last := len(f.answers) - 1; last >= 0 && !f.open && f.stopped > o.date && f.missed == 0 {
		f.miss(o.date, f.stopped)
	}
	f.timely = !f.open && f.stopped <= f.due
}

// stop answers the clock.
func (f *folded) stop(o *op) {
	if !f.open {
		return
	}
	f.timely = f.suspended() || o.day <= f.due || f.missed == 0
	f.open, f.stopped = false, o.day
	f.overtaken, f.held, f.pausedFrom = f.held, nil, 0
	f.endHolds(o.day)
	f.answers = append(f.answers, Answer{On: o.day, Due: f.due, InTime: f.missed == 0})
}

// back lets the clock run on. A timely answer gets the days of its review back,
// on an agreed date too; the first return leaves the working day after it, a
// later one its own day. A request that the answer overtook waits again.
func (f *folded) back(o *op) {
	if f.open || f.dropped {
		return
	}
	from := f.stopped
	f.open, f.stopped = true, 0
	if n := len(f.answers); n > 0 {
		f.answers[n-1].Returned = o.day
	}
	if f.timely {
		if n := f.cal.Count(from, o.day); n > 0 {
			f.pausedDays += n
			f.pauses = append(f.pauses, Span{From: from, To: o.day, Why: o.why})
			f.move(o, n, o.why)
		}
		f.leaves(o, o.day)
		if o.floor || f.decided == o.landing {
			f.leaves(o, f.cal.Add(o.day, 1))
		}
	}
	f.held, f.overtaken = f.overtaken, nil
	for range f.held {
		f.holds = append(f.holds, Span{From: o.day, Why: "申请待决定"})
	}
}

// endHolds ends what was held on a day.
func (f *folded) endHolds(on workday.Date) {
	for i := range f.holds {
		if f.holds[i].To == 0 {
			f.holds[i].To = on
		}
	}
}
