package clock_test

import (
	"fmt"
	"slices"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// told are the moves of a clock as the page of a case lists them.
func told(c clock.Clock) (list []string) {
	for _, m := range c.Moves {
		list = append(list, fmt.Sprintf("%s → %s %s", m.On, m.Due, m.Why))
	}
	return list
}

// "Floor: a decision or return leaves at least the working day after it" (DESIGN 6):
// and no more than that, be it answered within the same landing; what was dropped
// has no due day to move.
func TestFloorIsTold(t *testing.T) {
	next := []string{"2026-07-20 → 2026-07-21 决定（退回）后至少留到次一工作日"}
	decided := func(on workday.Date) []clock.Op {
		return []clock.Op{{Kind: clock.Pause, Day: on, Entry: filing, Why: "异议"},
			{Kind: clock.Resume, Day: on, Entry: filing, Floor: true, Why: "异议"}}
	}
	returned := []clock.Op{{Kind: clock.Stop, Day: day(7, 20)}, {Kind: clock.Return, Day: day(7, 20), Floor: true}}
	for name, test := range map[string]struct {
		ops  []clock.Op
		end  *clock.Op // in the landing of the last of ops
		due  workday.Date
		told []string
	}{
		"on the due day":          {ops: decided(day(7, 20)), due: day(7, 21), told: next},
		"the working day before":  {ops: decided(day(7, 17)), due: day(7, 20)},
		"returned on the due day": {ops: returned, due: day(7, 21), told: next},
		"answered in that landing": {ops: returned, end: &clock.Op{Kind: clock.Stop, Day: day(7, 20)}, due: day(7, 21),
			told: next},
		"dropped in that landing": {ops: returned, end: &clock.Op{Kind: clock.Drop, Day: day(7, 20)}, due: day(7, 20)},
	} {
		h := &history{}
		timer := pushedInJuly(h)
		for i, o := range test.ops {
			h.at(timer, i+1, o)
		}
		if test.end != nil {
			h.at(timer, len(test.ops), *test.end)
		}
		got := timer.At(cal, day(7, 20), 1, 2)
		if got.Due != test.due || !slices.Equal(told(got), test.told) {
			t.Errorf("%s: due %s, told %q; want %s, %q", name, got.Due, told(got), test.due, test.told)
		}
	}
}

// An agreed date is told once, however often it is written; a 更正 is told although it
// changes nothing.
func TestAgreedDateIsToldOnce(t *testing.T) {
	h := &history{}
	timer := pushedInJuly(h)
	agreed := clock.Op{Kind: clock.Agree, Day: day(7, 8), Date: day(8, 10), Why: "议定"}
	h.then(timer, agreed)
	h.then(timer, agreed)
	if got := timer.At(cal, day(7, 10), 1, 2); !slices.Equal(told(got), []string{"2026-07-08 → 2026-08-10 议定"}) {
		t.Errorf("told %q", told(got))
	}
	h.then(timer, clock.Op{Kind: clock.Mend, Day: day(7, 9), Date: day(8, 10), Why: "更正"})
	if got := timer.At(cal, day(7, 10), 1, 2); len(got.Moves) != 2 || got.Moves[1].Why != "更正" {
		t.Errorf("after a 更正: told %q", told(got))
	}
}

// "due 协办提前 days before the lead's day as it stands after the last ended pause or
// grant, never earlier than before" (DESIGN 6): what moves it is told, and nothing is
// told of what leaves it where it was.
func TestCoHandlerIsToldOfTheLead(t *testing.T) {
	for name, test := range map[string]struct {
		agreed workday.Date
		due    workday.Date
		told   []string
	}{
		"later":   {day(8, 10), day(8, 5), []string{"2026-07-08 → 2026-08-05 随承办单位到期日顺延"}},
		"earlier": {day(7, 16), day(7, 15), nil},
	} {
		h := &history{}
		lead := pushedInJuly(h)
		co := coHandled(h, lead, day(7, 6))
		h.then(lead, clock.Op{Kind: clock.Agree, Day: day(7, 8), Date: test.agreed, Why: "议定"})
		if got := co.At(cal, day(7, 9), 1, 2); got.Due != test.due || !slices.Equal(told(got), test.told) {
			t.Errorf("%s: due %s, told %q; want %s, %q", name, got.Due, told(got), test.due, test.told)
		}
	}
}

// Into an agreed date goes no earlier pause or grant, nor the floor of an earlier
// decision.
func TestAgreedAfterAFloor(t *testing.T) {
	h := &history{}
	timer := pushedInJuly(h)
	h.then(timer, clock.Op{Kind: clock.Pause, Day: day(7, 16), Entry: filing, Why: "异议"})
	h.then(timer, clock.Op{Kind: clock.Resume, Day: day(7, 17), Entry: filing, Floor: true, Why: "异议"})
	h.then(timer, clock.Op{Kind: clock.Agree, Day: day(7, 17), Date: day(7, 17), Why: "议定"})
	h.then(timer, clock.Op{Kind: clock.Stop, Day: day(7, 17)})
	if got := timer.At(cal, day(7, 17), 1, 2); got.Due != day(7, 17) || got.Status != clock.Met {
		t.Errorf("due %s, %s", got.Due, got.Status)
	}
}
