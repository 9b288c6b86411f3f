package clock_test

import (
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// The examples of the contract begin with a push on Monday 6 July 2026, due on
// 20 July; July and August have no days off but Saturdays and Sundays.

func pushedInJuly(h *history) *clock.Timer {
	return h.start(clock.Timer{Kind: clock.Feedback, Unit: "信息中心", Role: clock.Lead, Start: day(7, 6), Limit: 10,
		Class: clock.Statutory})
}

// at notes an op of a landing that does several things.
func (h *history) at(t *clock.Timer, landing int, o clock.Op) {
	h.n++
	o.Seq, o.Landing = h.n, landing
	t.Note(o)
}

var request = clock.ID{Key: "延期申请", Entry: "申请天数: 10"}

// "(filing, decision or withdrawal]": the day of the filing counts, that of the
// decision does not, and days off count neither way (example 4).
func TestWhatEachDayCounts(t *testing.T) {
	h := &history{}
	timer := pushedInJuly(h)
	h.then(timer, clock.Op{Kind: clock.Pause, Day: day(7, 8), Entry: filing, Why: "异议"})
	waiting := timer.At(cal, day(7, 10), 1, 2)
	h.then(timer, clock.Op{Kind: clock.Resume, Day: day(7, 13), Entry: filing, Floor: true, Why: "异议"})
	decided := timer.At(cal, day(7, 13), 1, 2)
	type count struct {
		n     int
		pause string
	}
	for name, test := range map[string]struct {
		clock clock.Clock
		due   workday.Date
		want  map[int]count // by the day of July
	}{
		"while it waits": {waiting, day(7, 22), map[int]count{7: {1, ""}, 8: {2, ""}, 9: {0, "异议"}, 10: {0, "异议"},
			11: {0, ""}, 13: {0, "异议"}, 22: {0, "异议"}}},
		"decided": {decided, day(7, 23), map[int]count{7: {1, ""}, 8: {2, ""}, 9: {0, "异议"}, 10: {0, "异议"},
			12: {0, ""}, 13: {0, "异议"}, 14: {3, ""}, 17: {6, ""}, 18: {0, ""}, 20: {7, ""}, 23: {10, ""}}},
	} {
		days := test.clock.Days(cal)
		if test.clock.Due != test.due || len(days) != int(test.due-day(7, 6)) {
			t.Fatalf("%s: due %s, %d days", name, test.clock.Due, len(days))
		}
		for d, want := range test.want {
			if got := days[d-7]; got.Date != day(7, d) || got.N != want.n || got.Pause != want.pause {
				t.Errorf("%s: 07-%02d is %s, the %d-th, paused for %q; want %+v", name, d, got.Date, got.N, got.Pause,
					want)
			}
		}
	}
	if days := (clock.Clock{Start: day(7, 6), Due: day(7, 6)}).Days(cal); len(days) != 0 {
		t.Errorf("a limit of no days has the days %v", days)
	}
}

// 退回后超期 is a task that was answered in time first, and is late since.
func TestReturnedLate(t *testing.T) {
	early, late := clock.Answer{On: day(7, 17), InTime: true}, clock.Answer{On: day(7, 22)}
	for name, test := range map[string]struct {
		missed  workday.Date
		answers []clock.Answer
		want    bool
	}{
		"never answered":                 {day(7, 20), nil, false},
		"in time":                        {0, []clock.Answer{early}, false},
		"late from the first":            {day(7, 20), []clock.Answer{late}, false},
		"returned, late":                 {day(7, 21), []clock.Answer{early}, true},
		"returned, answered late":        {day(7, 21), []clock.Answer{early, late}, true},
		"late, returned, answered again": {day(7, 20), []clock.Answer{late, early}, false},
	} {
		c := clock.Clock{Missed: test.missed, Answers: test.answers}
		if got := c.ReturnedLate(); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// "decides it in the same landing": the working day after a decision is left
// once all that the landing moves has moved, and only if less is left (example 20).
func TestFloorOfALanding(t *testing.T) {
	for name, test := range map[string]struct {
		granted int
		due     workday.Date
	}{"refused": {0, day(7, 28)}, "granted": {5, day(7, 29)}} {
		h := &history{}
		timer := pushedInJuly(h)
		h.at(timer, 2, clock.Op{Kind: clock.Hold, Day: day(7, 20), Entry: request, Holds: true})
		h.at(timer, 3, clock.Op{Kind: clock.Stop, Day: day(7, 23)})
		h.at(timer, 4, clock.Op{Kind: clock.Return, Day: day(7, 27), Floor: true})
		h.at(timer, 4, clock.Op{Kind: clock.Release, Day: day(7, 27), Entry: request, Days: test.granted, Floor: true})
		if due := timer.Due(cal); due != test.due {
			t.Errorf("%s: due %s, want %s", name, due, test.due)
		}
	}
}

// "leaves at least the working day after it": 限办天数 1, three days of pause give
// 07-10, which is the day of the decision (example 8).
func TestFloorOfADecision(t *testing.T) {
	h := &history{}
	timer := pushedInJuly(h)
	timer.Limit = 1
	h.then(timer, clock.Op{Kind: clock.Pause, Day: day(7, 7), Entry: filing})
	h.then(timer, clock.Op{Kind: clock.Resume, Day: day(7, 10), Entry: filing, Floor: true})
	k := timer.At(cal, day(7, 10), 1, 0)
	if k.Due != day(7, 13) || k.PausedDays != 3 || k.Status != clock.Running || k.Missed != 0 {
		t.Errorf("due %s, paused %d, %s, missed %q", k.Due, k.PausedDays, k.Status, k.Missed)
	}
}

// coHandled is the clock of a co-handler, due three working days before the lead.
func coHandled(h *history, lead *clock.Timer, start workday.Date) *clock.Timer {
	return h.start(clock.Timer{Kind: clock.CoFeedback, Unit: "所得税科", Role: clock.Co, Start: start, Lead: lead,
		Ahead: 3, Class: clock.Internal})
}

// "a co-handler's included": what the lead is granted after the co-handler's own
// day does not heal it (example 33).
func TestCoHandlerFreezes(t *testing.T) {
	for name, test := range map[string]struct {
		granted, answered, asOf workday.Date
		due                     workday.Date
		status                  clock.Status
		late                    int
	}{
		"granted before":         {day(7, 14), 0, day(7, 15), day(7, 29), clock.Running, 0},
		"granted after":          {day(7, 17), 0, day(7, 20), day(7, 15), clock.Overdue, 3},
		"granted after, answers": {day(7, 17), day(7, 16), day(7, 20), day(7, 15), clock.Missed, 1},
	} {
		h := &history{}
		lead := pushedInJuly(h)
		co := coHandled(h, lead, day(7, 6))
		h.then(lead, clock.Op{Kind: clock.Hold, Day: day(7, 13), Entry: request, Holds: true})
		if test.answered != 0 {
			h.then(co, clock.Op{Kind: clock.Stop, Day: test.answered})
		}
		h.then(lead, clock.Op{Kind: clock.Release, Day: test.granted, Entry: request, Days: 10, Floor: true})
		if due := lead.Due(cal); due != day(8, 3) {
			t.Errorf("%s: the lead is due on %s", name, due)
		}
		k := co.At(cal, test.asOf, 1, 2)
		if k.Due != test.due || k.Status != test.status || k.DaysLate != test.late {
			t.Errorf("%s: due %s, %s, %d late", name, k.Due, k.Status, k.DaysLate)
		}
	}
}

// A co-handler who is named after the lead's day has moved is timed by the day
// of then.
func TestCoHandlerNamedLater(t *testing.T) {
	h := &history{}
	lead := pushedInJuly(h)
	h.then(lead, clock.Op{Kind: clock.Hold, Day: day(7, 8), Entry: request, Holds: true})
	h.then(lead, clock.Op{Kind: clock.Release, Day: day(7, 10), Entry: request, Days: 5, Floor: true})
	if due := coHandled(h, lead, day(7, 13)).Due(cal); due != day(7, 22) {
		t.Errorf("it is due on %s, three working days before 07-27 is 07-22", due)
	}
}

// "pauses only its own clock": three days of the co-handler's objection carry it
// to the lead's day, and the lead is not moved (example 36).
func TestCoHandlerPauses(t *testing.T) {
	h := &history{}
	lead := pushedInJuly(h)
	co := coHandled(h, lead, day(7, 6))
	h.then(co, clock.Op{Kind: clock.Pause, Day: day(7, 8), Entry: filing})
	h.then(co, clock.Op{Kind: clock.Resume, Day: day(7, 13), Entry: filing, Floor: true})
	if co.Due(cal) != day(7, 20) || lead.Due(cal) != day(7, 20) {
		t.Errorf("co-handler %s, lead %s", co.Due(cal), lead.Due(cal))
	}
	if k := lead.At(cal, day(7, 13), 1, 2); k.PausedDays != 0 {
		t.Errorf("the lead's clock stood still for %d days", k.PausedDays)
	}
}

// A grant after the due day lets the clock run until the new day, and the days
// late until then stay (example 15).
func TestLateGrantHealsNothing(t *testing.T) {
	for answered, want := range map[workday.Date]int{day(8, 3): 4, day(8, 5): 6} {
		h := &history{}
		timer := pushedInJuly(h)
		h.then(timer, clock.Op{Kind: clock.Hold, Day: day(7, 22), Entry: request, Holds: true})
		h.then(timer, clock.Op{Kind: clock.Release, Day: day(7, 25), Entry: request, Days: 10, Floor: true})
		h.then(timer, clock.Op{Kind: clock.Stop, Day: answered})
		k := timer.At(cal, answered, 1, 2)
		if k.Due != day(8, 3) || k.Status != clock.Missed || k.DaysLate != want || k.Missed != day(7, 20) {
			t.Errorf("answered %s: due %s, %s, %d late of %s", answered, k.Due, k.Status, k.DaysLate, k.Missed)
		}
	}
}
