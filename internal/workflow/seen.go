package workflow

import (
	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// A quarter is reported as it was seen at the end of receipt, 收件宽限 working
// days after its last day, leaving out what counts after the last day. What
// lands later belongs to its own quarter and changes nothing before; only a 更正
// does. So the replay takes down how the clocks stood at the end of each
// quarter before it goes on, and keeps of that what is otherwise today.

// Seen is a case as the report of one quarter sees it.
type Seen struct {
	Last   workday.Date // of the quarter
	Clocks int          // how many of Life.Clocks there were
	Moved  []SeenClock  // those of them that stand otherwise today
	Facts  *Facts       // nil: those of the case today
}

// SeenClock is a clock of Life.Clocks as it stood at the end of a quarter.
type SeenClock struct {
	N   int // index into Life.Clocks
	Was clock.Clock
}

// Facts are what a case says of itself that figures are grouped by.
type Facts struct {
	Channel, Category, Urgency string
	Tickets                    int
}

// At is what the report of the quarter that ends on a day sees; nil if that is
// how the case stands today.
func (l *Life) At(last workday.Date) *Seen {
	for i := range l.Seen {
		if l.Seen[i].Last == last {
			return &l.Seen[i]
		}
	}
	return nil
}

// ClockAt is the n-th of Clocks as the report of the quarter that ends on a day
// sees it; ok is false if that clock had not been started.
func (l *Life) ClockAt(n int, last workday.Date) (k clock.Clock, ok bool) {
	s := l.At(last)
	if s == nil {
		return l.Clocks[n], true
	}
	for i := range s.Moved {
		if s.Moved[i].N == n {
			return s.Moved[i].Was, true
		}
	}
	return l.Clocks[n], n < s.Clocks
}

// Counts is the day in whose quarter an event is counted: its own, unless it
// landed when receipt of that quarter had ended.
func (e *Event) Counts() workday.Date {
	if e.Counted != 0 {
		return e.Counted
	}
	return e.Day()
}
