package clock_test

import (
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// The cases below are section 6 of DESIGN on the push of its section 12: of 18
// September 2026, due on 9 October. 20 September and 10 October are working
// days, 25 to 27 September and 1 to 7 October are not.

var cal = workday.NewCalendar(workday.Overrides{})

func day(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }

// history is a clock and its co-handler's, with the ops so far.
type history struct{ n int }

func (h *history) start(t clock.Timer) *clock.Timer {
	h.n++
	t.Seq = h.n
	return &t
}

// then notes an op in a landing of its own.
func (h *history) then(t *clock.Timer, o clock.Op) {
	h.n++
	o.Seq, o.Landing = h.n, h.n
	t.Note(o)
}

func pushed(h *history) *clock.Timer {
	return h.start(clock.Timer{Kind: clock.Feedback, Unit: "信息中心", Role: clock.Lead, Start: day(9, 18), Limit: 10,
		Class: clock.Statutory})
}

var filing = clock.ID{Key: "说明单", Entry: "事由: 异议"}

func TestClockOfAPush(t *testing.T) {
	const soon, grace = 2, 1
	for _, c := range []struct {
		name    string
		ops     []clock.Op
		asOf    workday.Date
		due     workday.Date
		status  clock.Status
		late    int
		missed  workday.Date
		answers int
	}{
		{"the day of the push is not counted", nil, day(9, 24), day(10, 9), clock.Running, 0, 0, 0},
		{"two working days before", nil, day(9, 30), day(10, 9), clock.Soon, 0, 0, 0},
		{"until 24:00 of the last day", nil, day(10, 9), day(10, 9), clock.Soon, 0, 0, 0},
		{"an act of that day may still be received", nil, day(10, 10), day(10, 9), clock.Received, 0, 0, 0},
		{"then it is late", nil, day(10, 12), day(10, 9), clock.Overdue, 2, day(10, 9), 0},
		{"a pause is (filing, decision]", []clock.Op{
			{Kind: clock.Pause, Day: day(9, 21), Entry: filing},
			{Kind: clock.Resume, Day: day(9, 24), Entry: filing, Floor: true}},
			day(9, 28), day(10, 13), clock.Running, 0, 0, 0},
		{"a decision leaves the working day after it", []clock.Op{
			{Kind: clock.Hold, Day: day(10, 9), Entry: filing, Holds: true},
			{Kind: clock.Release, Day: day(10, 15), Entry: filing, Floor: true}},
			day(10, 16), day(10, 16), clock.Soon, 0, 0, 0},
		{"while a request waits nothing becomes late", []clock.Op{
			{Kind: clock.Hold, Day: day(10, 9), Entry: filing, Holds: true}},
			day(10, 14), day(10, 9), clock.Pending, 0, 0, 0},
		{"what is granted late does not heal", []clock.Op{
			{Kind: clock.Hold, Day: day(10, 12), Entry: filing, Holds: true},
			{Kind: clock.Release, Day: day(10, 14), Entry: filing, Days: 5, Floor: true},
			{Kind: clock.Stop, Day: day(10, 15)}},
			day(10, 30), day(10, 15), clock.Missed, 4, day(10, 9), 1},
		{"the days of a review are given back, and the first return leaves a day", []clock.Op{
			{Kind: clock.Stop, Day: day(10, 9)},
			{Kind: clock.Return, Day: day(10, 14), Floor: true}},
			day(10, 14), day(10, 15), clock.Soon, 0, 0, 1},
		{"a later return leaves its own day only", []clock.Op{
			{Kind: clock.Stop, Day: day(10, 9)},
			{Kind: clock.Return, Day: day(10, 14), Floor: true},
			{Kind: clock.Stop, Day: day(10, 15)},
			{Kind: clock.Return, Day: day(10, 16)}},
			day(10, 16), day(10, 16), clock.Soon, 0, 0, 2},
		{"an agreed date takes the place of what was counted", []clock.Op{
			{Kind: clock.Agree, Day: day(9, 21), Date: day(10, 30)}},
			day(10, 12), day(10, 30), clock.Running, 0, 0, 0},
		{"the task ended", []clock.Op{{Kind: clock.Drop, Day: day(9, 21)}}, day(10, 30), day(10, 9), clock.Cancelled,
			0, 0, 0},
	} {
		h := &history{}
		timer := pushed(h)
		for _, o := range c.ops {
			h.then(timer, o)
		}
		k := timer.At(cal, c.asOf, grace, soon)
		if k.Due != c.due || k.Status != c.status || k.DaysLate != c.late || k.Missed != c.missed ||
			len(k.Answers) != c.answers {
			t.Errorf("%s: due %s %s, %d late of %s, %d answers; want %s %s, %d late of %s, %d", c.name,
				k.Due, k.Status, k.DaysLate, k.Missed, len(k.Answers), c.due, c.status, c.late, c.missed, c.answers)
		}
		if k.OriginalDue != day(10, 9) {
			t.Errorf("%s: it was due on %s at first", c.name, k.OriginalDue)
		}
	}
}

// A co-handler is due two working days before the lead, follows the lead's day
// while nothing is late, and is left alone once it has answered.
func TestClockOfACoHandler(t *testing.T) {
	for _, c := range []struct {
		name string
		stop workday.Date // of the co-handler's clock, before the lead's day moves; zero: none
		from workday.Date // of the lead's pause
		due  workday.Date
	}{
		{"it follows the lead", 0, day(9, 21), day(10, 10)},
		{"it has answered", day(9, 22), day(9, 23), day(9, 30)},
	} {
		h := &history{}
		lead := pushed(h)
		co := h.start(clock.Timer{Kind: clock.CoFeedback, Role: clock.Co, Start: day(9, 18), Lead: lead, Ahead: 2,
			Class: clock.Internal})
		if due := co.Due(cal); due != day(9, 30) {
			t.Errorf("%s: at first it is due on %s", c.name, due)
		}
		if c.stop != 0 {
			h.then(co, clock.Op{Kind: clock.Stop, Day: c.stop})
		}
		h.then(lead, clock.Op{Kind: clock.Pause, Day: c.from, Entry: filing})
		h.then(lead, clock.Op{Kind: clock.Resume, Day: cal.Add(c.from, 3), Entry: filing, Floor: true})
		if due := lead.Due(cal); due != day(10, 13) {
			t.Errorf("%s: the lead is due on %s", c.name, due)
		}
		if due := co.Due(cal); due != c.due {
			t.Errorf("%s: it is due on %s, want %s", c.name, due, c.due)
		}
	}
}

// What happened can be taken back, as if it had not happened.
func TestForget(t *testing.T) {
	h := &history{}
	timer := pushed(h)
	h.then(timer, clock.Op{Kind: clock.Stop, Day: day(9, 28)})
	if timer.Open() || timer.Stopped() != day(9, 28) || timer.Dropped() {
		t.Error("an answered clock is open")
	}
	timer.Forget(func(o *clock.Op) bool { return o.Kind == clock.Stop })
	if !timer.Open() || timer.Due(cal) != day(10, 9) {
		t.Error("a forgotten answer counts")
	}
	if !timer.Late(cal, day(10, 10)) || timer.Late(cal, day(10, 9)) {
		t.Error("it is late from the day after its due day")
	}
}
