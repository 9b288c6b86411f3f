package report

import (
	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// clocks are those of a case as the report of a quarter sees them; seen says
// which of them there were.
func (tr *Track) clocks(q workday.Quarter) (list []clock.Clock, seen []bool) {
	life := &tr.c.Life
	if life.At(q.Last()) == nil {
		return life.Clocks, nil
	}
	list, seen = make([]clock.Clock, len(life.Clocks)), make([]bool, len(life.Clocks))
	for i := range list {
		list[i], seen[i] = life.ClockAt(i, q.Last())
	}
	return list, seen
}

// Judgement is what became of one limit in one quarter.
type Judgement struct {
	Deadlines
	Late bool // it is one of those that were late, in this quarter or before
}

// Judge says what the quarter counts of the n-th clock of a case. A limit is
// counted once, in the quarter of the day that it first missed or else of its
// due day. What was on time may be late after a return: that is 退回后超期.
func (b *Book) Judge(tr *Track, n int, q workday.Quarter) Judgement {
	k, ok := b.Sees(tr, n, q)
	if !ok {
		return Judgement{}
	}
	counted, late := b.countedBefore(tr, n, q)
	cut := min(q.Last(), b.d.AsOf)
	switch {
	case undecided(&k) && !counted && k.Missed == 0:
		return Judgement{Deadlines: Deadlines{Pending: 1}}
	case MissedOn(&k) > q.Last():
		return Judgement{}
	case !counted:
		d := b.outcome(&k, q, cut)
		return Judgement{d, d.LateDone+d.LateOpen > 0}
	case late:
		return Judgement{Late: true}
	case MissedOn(&k) >= q.First() && (k.Missed != 0 || !undecided(&k)):
		if d := b.outcome(&k, q, cut); d.LateDone+d.LateOpen > 0 {
			return Judgement{Deadlines{LateAgain: 1}, true}
		}
	}
	return Judgement{}
}

// countedBefore reports whether an earlier quarter counted a limit, and whether
// as late.
func (b *Book) countedBefore(tr *Track, n int, q workday.Quarter) (counted, late bool) {
	for p := workday.QuarterOf(tr.c.Life.Clocks[n].Start); p.Compare(q) < 0; p = p.Add(1) {
		k, ok := b.Sees(tr, n, p)
		if !ok || undecided(&k) && k.Missed == 0 || MissedOn(&k) > p.Last() || counted && MissedOn(&k) < p.First() {
			continue
		}
		d := b.outcome(&k, p, p.Last())
		counted, late = true, late || d.LateDone+d.LateOpen > 0
	}
	return counted, late
}

// Sees is the n-th clock of a case if the report of a quarter counts it.
func (b *Book) Sees(tr *Track, n int, q workday.Quarter) (clock.Clock, bool) {
	k, ok := tr.c.Life.ClockAt(n, q.Last())
	return k, ok && k.Start <= min(q.Last(), b.d.AsOf) && k.Status != clock.Cancelled
}

// MissedOn is the day by which a clock's quarter is known: that which it first
// missed, else its due day.
func MissedOn(k *clock.Clock) workday.Date {
	if k.Missed != 0 {
		return k.Missed
	}
	return k.Due
}

// undecided reports whether what a clock asks for waits for its decision, so
// that its due day is not known.
func undecided(k *clock.Clock) bool {
	return k.Status == clock.Pending || k.Status == clock.Paused
}

// outcome says how a limit stood at the end of a quarter, or on a day before it.
func (b *Book) outcome(k *clock.Clock, q workday.Quarter, cut workday.Date) Deadlines {
	d := Deadlines{Due: 1}
	original := k.OriginalDue
	if original == 0 {
		original = k.Due
	}
	stopped := k.Stopped != 0 && k.Stopped <= cut
	missed := k.Missed != 0 || k.Status == clock.Missed
	switch {
	case k.Status == clock.Met:
		d.OnTime = 1
		if k.Stopped <= original {
			d.Original = 1
		}
	case missed && stopped:
		d.LateDone = 1
	case b.mayArrive(k, q):
		d.NotYet = 1
	case missed, k.Status == clock.Overdue, b.d.AsOf > q.Last(): // its last day has ended
		d.LateOpen = 1
	default:
		d.NotYet = 1
	}
	return d
}

// mayArrive reports whether what a unit did in time may still land: its clock is
// not late before receipt has ended.
func (b *Book) mayArrive(k *clock.Clock, q workday.Quarter) bool {
	switch k.Kind {
	case clock.Feedback, clock.CoFeedback, clock.Improve, clock.Accept:
		return k.Stopped == 0 && b.d.AsOf <= b.d.Receipt(MissedOn(k)) && b.d.AsOf <= b.d.Receipt(q.Last())
	}
	return false
}

// DaysLate is how many working days a task was late by the end of a quarter.
func (b *Book) DaysLate(tr *Track, n int, q workday.Quarter) int {
	k, ok := b.Sees(tr, n, q)
	cut := min(q.Last(), b.d.AsOf)
	switch {
	case !ok, b.mayArrive(&k, q) && k.Status == clock.Overdue:
		return 0
	case k.Stopped > cut: // of a case taken over at the 基线
		return b.d.Config.Calendar.Count(k.Due, cut)
	}
	return k.DaysLate
}
