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
	for i := range c.Statements {
		s := &c.Statements[i]
		list = append(list, Form{"办理情况说明单", decided(s.Decision), filled(
			Fact{Key: "事由", Value: s.Reason}, Fact{Key: "单位", Value: s.Unit}, Fact{Key: "理由", Value: s.Grounds}, Fact{Key: "职责依据", Value: s.DutyBasis},
			Fact{Key: "建议单位", Value: s.ProposedUnit}, Fact{Key: "决定", Value: s.Decision}, v.basis(s.Basis))})
	}
	for i := range c.Extensions {
		e := &c.Extensions[i]
		list = append(list, Form{"办理延期申请单", decided(e.Decision), filled(
			Fact{Key: "申请天数", Value: strconv.Itoa(e.Days) + " 个工作日"}, Fact{Key: "原因", Value: e.Reason}, Fact{Key: "措施", Value: e.Measures},
			Fact{Key: "决定", Value: e.Decision}, v.basis(e.Basis))})
	}
	for _, f := range c.CoFeedback {
		if f.Result != "" {
			list = append(list, Form{Title: "协办反馈", Facts: filled(Fact{Key: "单位", Value: f.Unit}, Fact{Key: "结果", Value: f.Result})})
		}
	}
	for i := range c.Feedback {
		f := &c.Feedback[i]
		list = append(list, Form{"办理反馈", decided(f.Review), filled(
			Fact{Key: "结果", Value: f.Result}, Fact{Key: "措施", Value: f.Measures}, Fact{Key: "后续措施", Value: f.FollowUp}, Fact{Key: "完成期限", Value: f.FollowUpDue.String()},
			Fact{Key: "答复日期", Value: f.Answered.String()}, Fact{Key: "审核", Value: f.Review}, Fact{Key: "退回原因", Value: f.ReturnReason})})
	}
	for _, e := range c.Evaluations {
		list = append(list, Form{Title: "评估", Facts: filled(Fact{Key: "方式", Value: e.Method}, Fact{Key: "单位", Value: e.Unit}, Fact{Key: "结果", Value: e.Result})})
	}
	for i := range c.Improvements {
		m := &c.Improvements[i]
		list = append(list, Form{Title: "督促改进", Facts: filled(
			Fact{Key: "原因", Value: m.Reason}, Fact{Key: "措施", Value: m.Measures}, Fact{Key: "完成期限", Value: m.Due.String()}, v.basis(m.Basis))})
	}
	for _, p := range c.Proxies {
		list = append(list, Form{Title: "代录", Facts: filled(
			Fact{Key: "步骤", Value: p.Step}, Fact{Key: "单位", Value: p.Unit}, Fact{Key: "收到日期", Value: p.Received.String()}, Fact{Key: "凭据", Value: p.Evidence})})
	}
	for _, m := range c.Corrections {
		list = append(list, Form{Title: "更正", Facts: filled(
			Fact{Key: "事项", Value: m.Matter}, Fact{Key: "规则", Value: m.Rule}, Fact{Key: "原因", Value: m.Reason}, v.basis(m.Basis))})
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
