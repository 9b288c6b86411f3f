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

// late tells of one clock that is overdue or was missed.
func (r *replay) late(c *clock.Clock) {
	if c.Status != clock.Overdue && c.Status != clock.Missed {
		return
	}
	open := c.Status == clock.Overdue
	when := "到期日 " + c.Missed.String()
	if c.Missed != c.Due {
		when += "（现为 " + c.Due.String() + "）"
	}
	switch {
	case open:
		when += "，至 " + r.env.AsOf.String() + " 尚未完成"
	case c.Unanswered:
		when += "，至 " + c.Stopped.String() + " 任务终止仍未完成"
	default:
		when += "，" + c.Stopped.String() + " 才完成"
	}
	when += "，" + clock.LateWords(c.DaysLate)
	rule, key, message, fix := "", "状态", "", ""
	switch c.Kind {
	case clock.Feedback:
		rule, message, fix = "feedback-overdue", "“"+c.Unit+"”超期未反馈", "尽快反馈；难以办结的，报联席会议研究决定"
		if !open {
			rule, key, message = "feedback-late", "反馈", "“"+c.Unit+"”超期反馈"
		}
		if !open && c.Unanswered {
			message = "“" + c.Unit + "”超期未反馈"
		}
	case clock.CoFeedback:
		rule, key, message, fix = "co-feedback-late", "协办反馈."+c.Unit, "协办单位“"+c.Unit+"”未按时反馈", "请协办单位填写“协办反馈”中本单位的“结果”"
	case clock.Improve:
		rule, key, message, fix = "improvement-overdue", "改进", "“"+c.Unit+"”改进超过完成期限", "尽快反馈改进情况（改进原则上不得延期，三(五)）"
	case clock.Channel:
		rule, key, message, fix = "channel-overdue", "原渠道期限", "原渠道期限已过", "尽快答复，并按原渠道要求说明情况"
	case clock.Accept:
		rule, message, fix = "accept-late", "“"+c.Unit+"”未及时接收任务", "收到任务清单后，把“状态”改为“办理中”"
	case clock.Push:
		rule, message, fix = "push-late", "联席办未及时推送", "尽快分析推送，或注明不推送原因"
	case clock.Promise:
		rule, key, message, fix = "promise-overdue", "反馈", "“"+c.Unit+"”部分解决时承诺的完成期限已过", "尽快完成后续措施，新增一条“反馈”，结果写“已解决”，状态不变"
	case clock.Confirm:
		rule, key, message, fix = "decision-late", "说明单", "异议未及时确认", "尽快报联席会议确认，填写说明单的“决定”和“依据”"
	case clock.Grant:
		rule, key, message, fix = "decision-late", "延期申请", "延期申请未及时决定", "尽快报联席会议确认，填写延期申请的“决定”和“依据”"
	case clock.Decide:
		rule, key, message, fix = "decision-late", "说明单", "说明单未及时研究决定", "尽快报联席会议研究，填写说明单的“决定”和“依据”"
	case clock.Review:
		rule, key, message, fix = "review-late", "反馈", "反馈未及时审核", "填写最后一条反馈的“审核”"
	case clock.Evaluate:
		rule, key, message, fix = "evaluation-late", "评估", "未及时评估", "组织评估并填写“评估”，或说明不评估原因"
	default:
		return // the window of a right: nobody is late in it
	}
	if !open {
		fix = "事情已经办完，无须再改；如记录有误，由联席办写一条“更正”"
	}
	r.lateFault(rule, key, c.Unit, message+"："+when, fix)
}
