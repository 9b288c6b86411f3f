package record

import (
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// mergeStep is one kind of step of section 5.
type mergeStep struct {
	name  string
	units []string // who may take it, each writing its own
	do    func(c *Case, unit string)
}

// mergeBase is a case from which steps are taken, with the steps that section
// 5 allows there.
type mergeBase struct {
	name  string
	c     *Case
	steps []mergeStep
}

func step(name string, do func(c *Case, unit string), units ...string) mergeStep {
	return mergeStep{name, units, do}
}

func setSection(c *Case, heading, text string) {
	for i := range c.Sections {
		if c.Sections[i].Heading == heading {
			c.Sections[i].Text = strings.TrimSpace(c.Sections[i].Text + "\n\n" + text)
			return
		}
	}
	c.Sections = append(c.Sections, mdfile.Section{Heading: heading, Text: text})
}

func sectionStep(heading string, units ...string) mergeStep {
	return step("## "+heading, func(c *Case, unit string) { setSection(c, heading, unit+"补充的内容。") }, units...)
}

func stateStep(name, to string, units ...string) mergeStep {
	return step(name, func(c *Case, _ string) { c.State = to }, units...)
}

// and is a step that does what another one does and more.
func (s mergeStep) and(do func(c *Case)) mergeStep {
	first := s.do
	s.do = func(c *Case, unit string) { first(c, unit); do(c) }
	return s
}

// anytime are the steps that an open case allows in every state.
func anytime() []mergeStep {
	return []mergeStep{
		step("标题", func(c *Case, _ string) { c.Title = "另一个标题另一个标题" }, office),
		step("原渠道期限", func(c *Case, _ string) { c.SourceDue = workday.New(2026, 9, 1) }, office),
		step("公开范围", func(c *Case, _ string) { c.Scope = "仅要素" }, office),
		step("更正", func(c *Case, _ string) {
			c.Corrections = append(c.Corrections, Correction{"件数", "value-type", "登记有误", "CQ2026-08"})
			c.Tickets = 12
		}, office),
		step("更正议定期限", func(c *Case, _ string) {
			c.Corrections = append(c.Corrections, Correction{"会议议定期限", "feedback-late", "一事一议", "HY2026-04"})
			c.Agreed = Agreed{workday.New(2026, 10, 30), "HY2026-04"}
		}, office),
		stateStep("并入", "已合并", office).and(func(c *Case) { c.MergedInto = "202607-NFZX-001" }),
		sectionStep("研判分析", office),
		sectionStep("诉求内容", office),
	}
}

// handling are the steps of 已推送 and 办理中.
func handling() []mergeStep {
	statement := func(reason, to string) mergeStep {
		return step("说明单("+reason+")", func(c *Case, unit string) {
			c.Statements = append(c.Statements, Statement{Reason: reason, Unit: unit, Grounds: unit + "的理由"})
			c.State = to
		}, lead)
	}
	return append(anytime(),
		statement("异议", "异议待确认"), statement("无法解决", "待研究决定"), statement("协商未达成一致", "待研究决定"),
		step("延期申请", func(c *Case, _ string) {
			c.Extensions = append(c.Extensions, Extension{Days: 15, Reason: "扩容", Measures: "电话辅导"})
		}, lead),
		feedbackStep(),
		step("协办反馈", func(c *Case, unit string) {
			for i := range c.CoFeedback {
				if c.CoFeedback[i].Unit == unit {
					c.CoFeedback[i].Result = unit + "已办\n并已核对"
				}
			}
		}, coOne, coTwo),
		step("协办单位的说明单(异议)", func(c *Case, unit string) {
			c.Statements = append(c.Statements, Statement{Reason: "异议", Unit: unit, Grounds: "非本单位职责"})
		}, coOne, coTwo),
		step("协办单位", func(c *Case, _ string) {
			c.Co = append(c.Co, "法制科")
			c.CoFeedback = append(c.CoFeedback, CoFeedback{Unit: "法制科"})
		}, office),
		stateStep("调整承办单位", "已推送", office).and(func(c *Case) {
			c.Lead, c.AdjustReason = "征收管理科", "职责调整"
		}),
		stateStep("撤回", "已撤回", office).and(func(c *Case) { c.WithdrawReason = "诉求人撤回" }),
		step("代录延期申请", func(c *Case, _ string) {
			c.Extensions = append(c.Extensions, Extension{Days: 10, Reason: "纸质申请", Measures: "电话"})
			c.Proxies = append(c.Proxies, Proxy{"延期申请", lead, workday.New(2026, 8, 10), "收文 12 号"})
		}, office),
		step("代录协办反馈", func(c *Case, _ string) {
			c.CoFeedback[0].Result = "纸质回复：已办"
			c.Proxies = append(c.Proxies, Proxy{"协办反馈", coOne, workday.New(2026, 8, 10), "收文 13 号"})
		}, office),
		sectionStep("办理情况", lead, coOne, coTwo), sectionStep("反馈答复", lead, coOne, coTwo),
	)
}

func feedbackStep() mergeStep {
	return stateStep("反馈", "已反馈", lead).and(func(c *Case) {
		c.Feedback = append(c.Feedback, Feedback{Result: "已解决", Measures: "扩容完成",
			Answered: workday.New(2026, 8, 20)})
		setSection(c, "办理情况", "已扩容。")
		setSection(c, "反馈答复", "已电话答复。")
	})
}

// decideStatement fills the decision of the last 说明单.
func decideStatement(name, decision, to string) mergeStep {
	return stateStep(name, to, office).and(func(c *Case) {
		s := &c.Statements[len(c.Statements)-1]
		s.Decision, s.Basis = decision, "CQ2026-09"
	})
}

func reviewStep(name, review, to string) mergeStep {
	return stateStep(name, to, office, audit).and(func(c *Case) { c.Feedback[len(c.Feedback)-1].Review = review })
}

func evaluationStep() mergeStep {
	return step("评估", func(c *Case, unit string) {
		c.Evaluations = append(c.Evaluations, Evaluation{"12366回访", unit, "满意"})
	}, office, collector, audit)
}

func improveStep() mergeStep {
	return stateStep("督促改进", "改进中", office).and(func(c *Case) {
		c.Improvements = append(c.Improvements, Improvement{"回访不满意", "会同分析", workday.New(2026, 9, 14), ""})
	})
}
