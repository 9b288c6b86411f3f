package workflow

import (
	"suqiu/internal/clock"
	"suqiu/internal/config"
)

// ClockRule is what holds for all clocks of a kind.
type ClockRule struct {
	Kind   clock.Kind
	Limit  func(config.Limits) int // of the office's own, in working days; nil: where the clock starts
	Judges bool                    // it runs for whoever judges the unit in charge, else for the office
	// Late is what is told of one that is overdue or was missed; without a rule
	// it is the window of a right, in which nobody is late.
	Late Lateness
	// Answered is told in its place of one that was answered, if it has a rule.
	Answered Lateness
}

// Lateness is how a late clock is told. {unit} stands for whose limit it is.
type Lateness struct {
	Rule, Key, Message, Fix string
}

func clockRules() []ClockRule {
	return []ClockRule{
		{Kind: clock.Feedback, Late: Lateness{"feedback-overdue", "状态", "“{unit}”超期未反馈",
			"尽快反馈；难以办结的，报联席会议研究决定"},
			Answered: Lateness{"feedback-late", "反馈", "“{unit}”超期反馈", ""}},
		{Kind: clock.Objection},
		{Kind: clock.Statement},
		{Kind: clock.Accept, Late: Lateness{"accept-late", "状态", "“{unit}”未及时接收任务",
			"收到任务清单后，把“状态”改为“办理中”"}},
		{Kind: clock.CoFeedback, Late: Lateness{"co-feedback-late", "协办反馈.{unit}", "协办单位“{unit}”未按时反馈",
			"请协办单位填写“协办反馈”中本单位的“结果”"}},
		{Kind: clock.Improve, Late: Lateness{"improvement-overdue", "改进", "“{unit}”改进超过完成期限",
			"尽快反馈改进情况（改进原则上不得延期，三(五)）"}},
		{Kind: clock.Push, Limit: func(l config.Limits) int { return l.Push },
			Late: Lateness{"push-late", "状态", "联席办未及时推送", "尽快分析推送，或注明不推送原因"}},
		{Kind: clock.Confirm, Limit: func(l config.Limits) int { return l.ConfirmObject }, Judges: true,
			Late: Lateness{"decision-late", "说明单", "异议未及时确认",
				"尽快报联席会议确认，填写说明单的“决定”和“依据”"}},
		{Kind: clock.Grant, Limit: func(l config.Limits) int { return l.ConfirmObject }, Judges: true,
			Late: Lateness{"decision-late", "延期申请", "延期申请未及时决定",
				"尽快报联席会议确认，填写延期申请的“决定”和“依据”"}},
		{Kind: clock.Decide, Limit: func(l config.Limits) int { return l.Decide }, Judges: true,
			Late: Lateness{"decision-late", "说明单", "说明单未及时研究决定",
				"尽快报联席会议研究，填写说明单的“决定”和“依据”"}},
		{Kind: clock.Review, Limit: func(l config.Limits) int { return l.Review }, Judges: true,
			Late: Lateness{"review-late", "反馈", "反馈未及时审核", "填写最后一条反馈的“审核”"}},
		{Kind: clock.Evaluate, Limit: func(l config.Limits) int { return l.Evaluate },
			Late: Lateness{"evaluation-late", "评估", "未及时评估", "组织评估并填写“评估”，或说明不评估原因"}},
		{Kind: clock.Channel, Late: Lateness{"channel-overdue", "原渠道期限", "原渠道期限已过",
			"尽快答复，并按原渠道要求说明情况"}},
		{Kind: clock.Promise, Late: Lateness{"promise-overdue", "反馈", "“{unit}”部分解决时承诺的完成期限已过",
			"尽快完成后续措施，新增一条“反馈”，结果写“已解决”，状态不变"}},
	}
}

// ClockRule finds what holds for a kind of clock.
func (t *Table) ClockRule(kind clock.Kind) *ClockRule {
	for i := range t.Clocks {
		if t.Clocks[i].Kind == kind {
			return &t.Clocks[i]
		}
	}
	return &ClockRule{Kind: kind}
}
