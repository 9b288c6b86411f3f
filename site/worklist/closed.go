package worklist

import (
	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Closed is a case that is closed, and how it went. Where the content is hidden only the
// working days are told, by the limit that every edition shows.
type Closed struct {
	*view.Case
	On     workday.Date // the day it was closed; zero: nobody knows, or the edition does not tell
	Used   int          // working days from the push to the answer that was accepted
	Known  bool         // there was such an answer
	Result string       // of the last 评估
}

// HowClosed tells of each of some closed cases.
func HowClosed(v *view.View, cases []*view.Case) []Closed {
	list := make([]Closed, len(cases))
	for i, e := range cases {
		c := Closed{Case: e}
		if k := e.Feedback(); k != nil && (k.Status == clock.Met || k.Status == clock.Missed) && !k.Unanswered {
			from := k.Pushed
			if from == 0 {
				from = k.Start
			}
			c.Used, c.Known = v.Calendar.Count(from, k.Stopped), true
		}
		if e.Text != nil {
			c.On = closedOn(e)
			if n := len(e.Text.Evaluations); n > 0 {
				c.Result = e.Text.Evaluations[n-1].Result
			}
		}
		list[i] = c
	}
	return list
}

// closedOn is the day of the last step that closed the case.
func closedOn(e *view.Case) workday.Date {
	events := e.Text.Life.Events
	for i := len(events) - 1; i >= 0; i-- {
		ev := &events[i]
		if !ev.Voided && !ev.Pending && ev.To == e.Text.Life.State && ev.From != ev.To {
			return ev.Day()
		}
	}
	return 0
}
