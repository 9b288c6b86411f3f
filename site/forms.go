package site

import (
	"strconv"

	"suqiu/internal/casefile"
)

// forms lays the records of a case out as the paper forms are, in the order
// of the file.
func forms(c *casefile.Case) []Form {
	var list []Form
	for i := range c.Statements {
		s := &c.Statements[i]
		list = append(list, Form{"办理情况说明单", decided(s.Decision), filled(
			Fact{"事由", s.Reason}, Fact{"单位", s.Unit}, Fact{"理由", s.Grounds}, Fact{"职责依据", s.DutyBasis},
			Fact{"建议单位", s.ProposedUnit}, Fact{"决定", s.Decision}, Fact{"依据", s.Basis})})
	}
	for i := range c.Extensions {
		e := &c.Extensions[i]
		list = append(list, Form{"办理延期申请单", decided(e.Decision), filled(
			Fact{"申请天数", strconv.Itoa(e.Days) + " 个工作日"}, Fact{"原因", e.Reason}, Fact{"措施", e.Measures},
			Fact{"决定", e.Decision}, Fact{"依据", e.Basis})})
	}
	for _, f := range c.CoFeedback {
		if f.Result != "" {
			list = append(list, Form{Title: "协办反馈", Facts: filled(Fact{"单位", f.Unit}, Fact{"结果", f.Result})})
		}
	}
	for i := range c.Feedback {
		f := &c.Feedback[i]
		list = append(list, Form{"办理反馈", decided(f.Review), filled(
			Fact{"结果", f.Result}, Fact{"措施", f.Measures}, Fact{"后续措施", f.FollowUp}, Fact{"完成期限", f.FollowUpDue.String()},
			Fact{"答复日期", f.Answered.String()}, Fact{"审核", f.Review}, Fact{"退回原因", f.ReturnReason})})
	}
	for _, e := range c.Evaluations {
		list = append(list, Form{Title: "评估", Facts: filled(Fact{"方式", e.Method}, Fact{"单位", e.Unit}, Fact{"结果", e.Result})})
	}
	for i := range c.Improvements {
		m := &c.Improvements[i]
		list = append(list, Form{Title: "督促改进", Facts: filled(
			Fact{"原因", m.Reason}, Fact{"措施", m.Measures}, Fact{"完成期限", m.Due.String()})})
	}
	for _, p := range c.Proxies {
		list = append(list, Form{Title: "代录", Facts: filled(
			Fact{"步骤", p.Step}, Fact{"单位", p.Unit}, Fact{"收到日期", p.Received.String()}, Fact{"凭据", p.Evidence})})
	}
	for _, m := range c.Corrections {
		list = append(list, Form{Title: "更正", Facts: filled(
			Fact{"事项", m.Matter}, Fact{"规则", m.Rule}, Fact{"原因", m.Reason}, Fact{"依据", m.Basis})})
	}
	return list
}

// decided is the light of a decision key.
func decided(decision string) Light {
	switch decision {
	case "":
		return Light{"pending", "待确认"}
	case "不成立", "不同意", "退回":
		return Light{"cancelled", decision}
	}
	return Light{"met", decision}
}
