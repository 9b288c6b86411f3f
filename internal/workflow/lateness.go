package workflow

import (
	"suqiu/internal/clock"
	"suqiu/internal/problem"
)

// finish reads the clocks as of the day, and tells what is or was late.
func (r *replay) finish() {
	r.life.State, r.life.Lead, r.life.Pushes = r.state, r.lead, r.pushes
	config := r.env.Config
	r.life.Clocks = make([]clock.Clock, 0, len(r.timers))
	for _, t := range r.timers {
		c := t.At(r.env.Calendar, r.env.AsOf, config.Grace, config.Limits.Soon)
		r.life.Clocks = append(r.life.Clocks, c)
		if !t.Before {
			r.late(&c)
		}
	}
	r.life.Filings = r.told()
	r.life.Seen = r.seen()
	if h := r.h.Last; h != nil && r.state == LongTerm && h.NextReview != 0 && h.NextReview < r.env.AsOf {
		r.lateFault("review-date-passed", "下次研究日期", r.env.officeUnit(), "下次研究日期 "+h.NextReview.String()+" 已过，尚未研究", "提请联席会议研究：恢复办理，或更新“下次研究日期”")
	}
}

// lateFault tells of a lateness that shows as of the day and belongs to no commit.
func (r *replay) lateFault(rule, key, unit, message, fix string) {
	r.life.Faults = append(r.life.Faults, problem.Problem{Rule: rule, Key: key, Unit: unit, Message: message, Fix: fix})
}
