package replay

import (
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/workflow"
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
	if h := r.h.Last; h != nil && r.state == workflow.LongTerm && h.NextReview != 0 && h.NextReview < r.env.AsOf {
		r.lateFault("review-date-passed", "下次研究日期", r.env.officeUnit(), "下次研究日期 "+h.NextReview.String()+
			" 已过，尚未研究", "提请联席会议研究：恢复办理，或更新“下次研究日期”")
	}
}

// lateFault tells of a lateness that shows as of the day and belongs to no commit.
func (r *replay) lateFault(rule, key, unit, message, fix string) {
	r.life.Faults = append(r.life.Faults, problem.Problem{Rule: rule, Key: key, Unit: unit, Message: message, Fix: fix})
}

// late tells of one clock that is overdue or was missed.
func (r *replay) late(c *clock.Clock) {
	if c.Status != clock.Overdue && c.Status != clock.Missed {
		return
	}
	rule := r.table.ClockRule(c.Kind)
	if rule.Late.Rule == "" {
		return
	}
	when := "到期日 " + c.Missed.String()
	if c.Missed != c.Due {
		when += "（现为 " + c.Due.String() + "）"
	}
	told := rule.Late
	switch {
	case c.Status == clock.Overdue:
		when += "，至 " + r.env.AsOf.String() + " 尚未完成"
	case c.Unanswered:
		when += "，至 " + c.Stopped.String() + " 任务终止仍未完成"
	default:
		when += "，" + c.Stopped.String() + " 才完成"
	}
	if c.Status == clock.Missed {
		if rule.Answered.Rule != "" {
			told.Rule, told.Key = rule.Answered.Rule, rule.Answered.Key
		}
		if rule.Answered.Rule != "" && !c.Unanswered {
			told.Message = rule.Answered.Message
		}
		told.Fix = "事情已经办完，无须再改；如记录有误，由联席办写一条“更正”"
	}
	named := strings.NewReplacer("{unit}", c.Unit)
	r.lateFault(told.Rule, named.Replace(told.Key), c.Unit, named.Replace(told.Message)+"："+when+"，"+
		clock.LateWords(c.DaysLate), told.Fix)
}
