package workflow

import (
	"suqiu/internal/record"
)

// describe says in a few words what a hop did, and the reason given for it.
func describe(h hop, a *act) (title, reason string) {
	c := a.after
	if h.row == nil {
		return "状态改为“" + string(h.to) + "”", ""
	}
	title = h.row.Title
	switch h.row.N {
	case 1:
		title = "登记"
		if c.Channel != "" {
			title += "（" + c.Channel + "）"
		}
	case 3:
		title = "推送至" + c.Lead + coNames(c)
	case 5, 8:
		for _, ch := range a.changes {
			if ch.Key == "说明单" && ch.Kind == record.Added {
				if s := statementOf(c, ch); s != nil {
					reason = s.Grounds
					if s.Reason != "异议" {
						title += "（" + s.Reason + "）"
					}
				}
			}
		}
	case 6, 10:
		title += "：推送至" + c.Lead + coNames(c)
	case 9:
		if c.Agreed.Date != 0 && changed(a, "会议议定期限.日期") {
			title += "，议定 " + c.Agreed.Date.String() + " 前办结"
		}
	case 11:
		if c.NextReview != 0 {
			title += "，" + c.NextReview.String() + " 再研究"
		}
	case 12:
		title, reason = "调整承办单位：推送至"+c.Lead+coNames(c), c.AdjustReason
	case 13:
		if n := len(c.Feedback); n > 0 {
			title += "：" + c.Feedback[n-1].Result
		}
	case 14:
		if n := len(c.Feedback); n > 0 {
			reason = c.Feedback[n-1].ReturnReason
		}
	case 15:
		if h.to == Closed {
			title += "，办结（不评估：" + c.NoEvaluation + "）"
		} else {
			title += "，转评估"
		}
	case 16:
		if n := len(c.Evaluations); n > 0 {
			e := c.Evaluations[n-1]
			title += "（" + e.Method + "：" + e.Result + "）"
		}
	case 17:
		if n := len(c.Improvements); n > 0 {
			reason = c.Improvements[n-1].Reason
		}
	case 19:
		reason = c.NotPushed
	case 20:
		title = "并入 " + c.MergedInto
	case 21:
		reason = c.WithdrawReason
	}
	return title, reason
}

func coNames(c *record.Case) string {
	if len(c.Co) == 0 {
		return ""
	}
	return "，协办：" + join(c.Co)
}

// recordTitle says what an entry is that came without a change of state.
func recordTitle(c *record.Case, ch record.Change) (title, reason string) {
	i := c.Index(ch)
	if i < 0 {
		return ch.Key, ""
	}
	switch ch.Key {
	case "说明单":
		s := c.Statements[i]
		return "说明单（" + s.Reason + "）", s.Grounds
	case "延期申请":
		e := c.Extensions[i]
		return "申请延期 " + itoa(e.Days) + " 个工作日", e.Reason
	case "反馈":
		return "反馈：" + c.Feedback[i].Result, ""
	case "评估":
		e := c.Evaluations[i]
		return "评估（" + e.Method + "：" + e.Result + "）", ""
	case "改进":
		return "改进", c.Improvements[i].Reason
	}
	return ch.Key, ""
}

// enterInto adds what a change filed or decided to the entries of an event.
func (r *replay) enterInto(list []Entry, a *act, ch record.Change) []Entry {
	i := a.after.Index(ch)
	decided := ch.Kind == record.Decided
	if i < 0 || ch.Kind != record.Added && !decided || decided && ch.Field != "决定" && ch.Field != "审核" {
		return list
	}
	e := Entry{Key: ch.Key, Decided: decided, Unit: r.lead}
	switch c := a.after; ch.Key {
	case "说明单":
		e.Word, e.Unit = c.Statements[i].Reason, c.Statements[i].Unit
	case "延期申请":
		e.Days = c.Extensions[i].Days
	case "反馈":
		e.Word = c.Feedback[i].Result
	case "评估":
		e.Word, e.Unit, e.Method = c.Evaluations[i].Result, c.Evaluations[i].Unit, c.Evaluations[i].Method
	case "改进":
	default:
		return list
	}
	if decided {
		e.Word = ch.New
	}
	return append(list, e)
}
