package workflow

import (
	"strconv"
	"strings"

	"suqiu/internal/record"
)

// Said is what a case says at a key: of a key of a list of records, in its
// entry at i.
func Said(c *record.Case, key string, i int) string {
	switch key {
	case "渠道":
		return c.Channel
	case "任务清单":
		return c.TaskList
	case "办理类别":
		return c.Category
	case "涉及面":
		return c.Reach
	case "影响度":
		return c.Impact
	case "复杂度":
		return c.Complexity
	case "紧急程度":
		return c.Urgency
	case "承办单位":
		return c.Lead
	case "协办单位":
		return strings.Join(c.Co, "、")
	case "调整原因":
		return c.AdjustReason
	case "会议议定期限.日期":
		return c.Agreed.Date.String()
	case "会议议定期限.依据":
		return c.Agreed.Basis
	case "不评估原因":
		return c.NoEvaluation
	case "不推送原因":
		return c.NotPushed
	case "并入":
		return c.MergedInto
	case "撤回原因":
		return c.WithdrawReason
	case "下次研究日期":
		return c.NextReview.String()
	}
	if list, name, nested := strings.Cut(key, "."); nested && 0 <= i && i < count(c, list) {
		return saidOf(c, list, name, i)
	}
	return ""
}

// count is how many entries a list of records has.
func count(c *record.Case, list string) int {
	switch list {
	case "说明单":
		return len(c.Statements)
	case "延期申请":
		return len(c.Extensions)
	case "反馈":
		return len(c.Feedback)
	case "评估":
		return len(c.Evaluations)
	case "改进":
		return len(c.Improvements)
	case "更正":
		return len(c.Corrections)
	}
	return 0
}

func saidOf(c *record.Case, list, name string, i int) string {
	switch list {
	case "说明单":
		s := &c.Statements[i]
		return pick(name, "事由", s.Reason, "单位", s.Unit, "理由", s.Grounds, "决定", s.Decision, "依据", s.Basis)
	case "延期申请":
		e := &c.Extensions[i]
		return pick(name, "申请天数", strconv.Itoa(e.Days), "原因", e.Reason, "措施", e.Measures, "决定", e.Decision)
	case "反馈":
		f := &c.Feedback[i]
		return pick(name, "结果", f.Result, "措施", f.Measures, "审核", f.Review, "退回原因", f.ReturnReason,
			"后续措施", f.FollowUp, "完成期限", f.FollowUpDue.String())
	case "评估":
		e := &c.Evaluations[i]
		return pick(name, "方式", e.Method, "单位", e.Unit, "结果", e.Result)
	case "改进":
		m := &c.Improvements[i]
		return pick(name, "原因", m.Reason, "依据", m.Basis)
	case "更正":
		k := &c.Corrections[i]
		return pick(name, "事项", k.Matter, "原因", k.Reason, "依据", k.Basis)
	}
	return ""
}

// pick finds the value behind a name.
func pick(name string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return ""
}
