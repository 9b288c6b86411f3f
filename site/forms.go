package site

import (
	"strconv"

	"suqiu/internal/record"
	"suqiu/internal/view"
)

// forms lays the records of a case out as the paper forms are, in the order
// of the file.
func (v *builder) forms(c *record.Case) []Form {
	var list []Form
	add := func(title string, light view.Light, basis string, pairs ...string) {
		f := Form{title, light, filled(pairs...)}
		if basis != "" {
			f.Facts = append(f.Facts, v.basis(basis))
		}
		list = append(list, f)
	}
	none := view.Light{} // nothing to decide
	for _, s := range c.Statements {
		add("办理情况说明单", decided(s.Decision), s.Basis, "事由", s.Reason, "单位", s.Unit, "理由", s.Grounds,
			"职责依据", s.DutyBasis, "建议单位", s.ProposedUnit, "决定", s.Decision)
	}
	for _, e := range c.Extensions {
		add("办理延期申请单", decided(e.Decision), e.Basis, "申请天数", strconv.Itoa(e.Days)+" 个工作日",
			"原因", e.Reason, "措施", e.Measures, "决定", e.Decision)
	}
	for _, f := range c.CoFeedback {
		if f.Result != "" {
			add("协办反馈", none, "", "单位", f.Unit, "结果", f.Result)
		}
	}
	for _, f := range c.Feedback {
		add("办理反馈", decided(f.Review), "", "结果", f.Result, "措施", f.Measures, "后续措施", f.FollowUp,
			"完成期限", f.FollowUpDue.String(), "答复日期", f.Answered.String(), "审核", f.Review, "退回原因", f.ReturnReason)
	}
	for _, e := range c.Evaluations {
		add("评估", none, "", "方式", e.Method, "单位", e.Unit, "结果", e.Result)
	}
	for _, m := range c.Improvements {
		add("督促改进", none, m.Basis, "原因", m.Reason, "措施", m.Measures, "完成期限", m.Due.String())
	}
	for _, p := range c.Proxies {
		add("代录", none, "", "步骤", p.Step, "单位", p.Unit, "收到日期", p.Received.String(), "凭据", p.Evidence)
	}
	for _, m := range c.Corrections {
		add("更正", none, m.Basis, "事项", m.Matter, "规则", m.Rule, "原因", m.Reason)
	}
	return list
}

// decided is the light of a decision key.
func decided(decision string) view.Light {
	switch decision {
	case "":
		return view.Light{Kind: "pending", Text: "待确认"}
	case "不成立", "不同意", "退回":
		return view.Light{Kind: "cancelled", Text: decision}
	}
	return view.Light{Kind: "met", Text: decision}
}
