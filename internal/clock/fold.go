package clock

import (
	"slices"

	"suqiu/internal/workday"
)

// folded is a timer as its ops leave it.
type folded struct {
	cal     *workday.Calendar
	t       *Timer
	due     workday.Date
	open    bool
	stopped workday.Date
	dropped bool
	agreed  bool // due is an agreed date, which neither a 说明单 nor an extension moves

	since workday.Date // up to this day lateness is counted

	missed workday.Date // the due day that was missed first
	late   []Span

	pausedBy   ID
	pausedFrom workday.Date
	noted      ID // a 说明单 that waits while the clock runs on (异议计时: 连续)
	held       []ID
	overtaken  []ID // requests that the answer came before
	timely     bool // the last answer came in time for the due day of then
	decided    int  // the landing that decided an overtaken request, for its floor; -1

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
func (t *Timer) fold(cal *workday.Calendar) *folded {
	f := &folded{cal: cal, t: t, open: true, decided: -1, due: t.original(cal), agreed: t.Agreed}
	ops := t.ops
	if t.Lead != nil {
		ops = f.follow()
	}
	for i := range ops {
		o := &ops[i]
		if f.floor != 0 && o.Landing != f.floorOf {
			f.leave()
		}
		f.take(o)
	}
	f.leave()
	return f
}

// follow begins the clock of a co-handler from the lead's due day of then, and
// puts the lead's later ones among its ops.
func (f *folded) follow() []Op {
	t := f.t
	lead := t.Lead.fold(f.cal)
	f.leadDue = t.Lead.original(f.cal)
	ops := slices.Clone(t.ops)
	for _, m := range lead.moves {
		if m.seq < t.Seq {
			f.leadDue = m.Due
			continue
		}
		ops = append(ops, Op{Kind: leadMoved, Seq: m.seq, Landing: m.landing, Day: m.On, Date: m.Due})
	}
	slices.SortStableFunc(ops, func(a, b Op) int { return a.Seq - b.Seq })
	f.follows = f.ahead(f.leadDue)
	f.due = f.follows
	return ops
}

// ahead is a co-handler's due day by the lead's.
func (f *folded) ahead(lead workday.Date) workday.Date {
	return max(f.cal.Add(lead, -f.t.Ahead), f.cal.Add(f.t.Start, 1))
}

// suspended reports whether nothing can become late now.
func (f *folded) suspended() bool { return f.pausedFrom != 0 || len(f.held) > 0 }

// countLate counts what is late up to a day. Up to the day of the last op that is
// settled: a clock that stood still until that day is not late on it, though the
// due day that it resumes with may lie before some days off.
func (f *folded) countLate(on workday.Date) {
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
func (f *folded) move(o *Op, days int, why string) {
	if days == 0 {
		return
	}
	if f.t.Lead != nil {
		f.pull()
	} else {
		f.due = f.cal.Add(f.due, days)
	}
	f.moved(o.Day, days, why, o.Seq, o.Landing)
}

// set puts another day in the place of the due day.
func (f *folded) set(o *Op, due workday.Date, why string) {
	if f.due = due; o.Kind == Mend || len(f.moves) == 0 || f.moves[len(f.moves)-1].Due != due {
		f.moved(o.Day, 0, why, o.Seq, o.Landing)
	}
}

// leaves makes the due day no earlier than a day, once the landing in hand has
// moved what it moves.
func (f *folded) leaves(o *Op, day workday.Date) {
	f.floor, f.floorOf, f.floorAt = max(f.floor, day), o.Landing, o.Seq
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
func (f *folded) take(o *Op) {
	f.countLate(o.Day)
	switch o.Kind {
	case Pause:
		f.pause(o)
	case Resume:
		f.resume(o)
	case Hold:
		f.hold(o)
	case Release:
		f.release(o)
	case Agree:
		f.agree(o)
	case Mend:
		f.mend(o)
	case Stop:
		f.stop(o)
	case Return:
		f.back(o)
	case Drop:
		if f.open {
			f.open, f.dropped, f.stopped = false, true, o.Day
			f.endHolds(o.Day)
			f.held, f.pausedFrom = nil, 0
		}
	case leadMoved:
		// Lateness that a co-handler has reached is not healed by what the lead is
		// given, and what was answered is judged by the day of then.
		if f.leadDue = o.Date; f.open && f.missed == 0 {
			f.follows = max(f.follows, f.ahead(o.Date))
			was := f.due
			if f.pull(); f.due != was {
				f.moved(o.Day, 0, "随承办单位到期日顺延", o.Seq, o.Landing)
			}
		}
	}
}

// pause lets a 说明单 wait. A clock that has run out is not paused any more.
func (f *folded) pause(o *Op) {
	switch {
	case !f.open || f.pausedFrom != 0 || o.Day > f.due && !f.suspended():
	case o.RunsOn:
		f.noted = o.Entry
	default:
		f.pausedBy, f.pausedFrom = o.Entry, o.Day
		if f.agreed {
			f.holds = append(f.holds, Span{From: o.Day, Why: o.Why})
		}
	}
}

func (f *folded) resume(o *Op) {
	switch {
	case f.pausedFrom != 0 && f.pausedBy == o.Entry:
		from := f.pausedFrom
		f.pausedFrom = 0
		if f.agreed {
			f.endHolds(o.Day)
		} else if n := f.cal.Count(from, o.Day); n > 0 {
			f.pausedDays += n
			f.pauses = append(f.pauses, Span{From: from, To: o.Day, Why: o.Why})
			f.move(o, n, o.Why)
		}
		if o.Floor {
			f.leaves(o, f.cal.Add(o.Day, 1))
		}
	case f.noted == o.Entry && o.Entry != ID{}:
		f.noted = ID{}
		if o.Floor && f.open && o.Day <= f.due {
			f.leaves(o, f.cal.Add(o.Day, 1))
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
	if f.t.Lead != nil {
		f.pull()
	} else {
		f.due = f.cal.Add(f.due, n)
	}
}

// pauseWhy is what the clock waits for.
func (f *folded) pauseWhy() string {
	for i := range f.t.ops {
		if o := &f.t.ops[i]; o.Kind == Pause && o.Entry == f.pausedBy {
			return o.Why
		}
	}
	return ""
}

// hold lets a request wait: filed in time, nothing becomes late meanwhile.
func (f *folded) hold(o *Op) {
	latest := f.due
	if o.Ahead > 0 {
		latest = f.cal.Add(f.due, -o.Ahead)
	}
	if f.open && o.Holds && o.Day <= latest {
		f.held = append(f.held, o.Entry)
		f.holds = append(f.holds, Span{From: o.Day, Why: o.Why})
	}
}

// release decides a request, with the days that it grants.
func (f *folded) release(o *Op) {
	if o.Days > 0 && !f.agreed {
		f.extended += o.Days
		f.move(o, o.Days, o.Why)
	}
	if i := slices.Index(f.overtaken, o.Entry); i >= 0 {
		f.overtaken = slices.Delete(f.overtaken, i, i+1)
		f.decided = o.Landing
	}
	if i := slices.Index(f.held, o.Entry); i >= 0 {
		f.held = slices.Delete(f.held, i, i+1)
		if len(f.held) == 0 && f.pausedFrom == 0 {
			f.endHolds(o.Day)
		}
		if o.Floor {
			f.leaves(o, f.cal.Add(o.Day, 1))
		}
	}
}

// agree fixes a date, into which no earlier pause or grant goes.
func (f *folded) agree(o *Op) {
	f.agreed = true
	f.pausedDays, f.extended, f.pauses = 0, 0, nil
	f.set(o, o.Date, o.Why)
}

// mend is agree as if the date had always stood: what was late of it only is
// what came after it.
func (f *folded) mend(o *Op) {
	late := f.late
	f.late, f.missed = nil, 0
	f.agree(o)
	for _, s := range late {
		if s.To > o.Date {
			f.miss(max(s.From, o.Date), s.To)
		}
	}
	if last := len(f.answers) - 1; last >= 0 && !f.open && f.stopped > o.Date && f.missed == 0 {
		f.miss(o.Date, f.stopped)
	}
	f.timely = !f.open && f.stopped <= f.due
}

// stop answers the clock.
func (f *folded) stop(o *Op) {
	if !f.open {
		return
	}
	f.timely = f.suspended() || o.Day <= f.due || f.missed == 0
	f.open, f.stopped = false, o.Day
	f.overtaken, f.held, f.pausedFrom = f.held, nil, 0
	f.endHolds(o.Day)
	f.answers = append(f.answers, Answer{On: o.Day, Due: f.due, InTime: f.missed == 0})
}

// back lets the clock run on. A timely answer gets the days of its review back,
// on an agreed date too; the first return leaves the working day after it, a
// later one its own day. A request that the answer overtook waits again.
func (f *folded) back(o *Op) {
	if f.open || f.dropped {
		return
	}
	from := f.stopped
	f.open, f.stopped = true, 0
	if n := len(f.answers); n > 0 {
		f.answers[n-1].Returned = o.Day
	}
	if f.timely {
		if n := f.cal.Count(from, o.Day); n > 0 {
			f.pausedDays += n
			f.pauses = append(f.pauses, Span{From: from, To: o.Day, Why: o.Why})
			f.move(o, n, o.Why)
		}
		f.leaves(o, o.Day)
		if o.Floor || f.decided == o.Landing {
			f.leaves(o, f.cal.Add(o.Day, 1))
		}
	}
	f.held, f.overtaken = f.overtaken, nil
	for range f.held {
		f.holds = append(f.holds, Span{From: o.Day, Why: "申请待决定"})
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
