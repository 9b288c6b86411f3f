package workflow

import "suqiu/internal/casefile"

// move is one row about to be taken, seen with everything its landing says.
type move struct {
	r        *replay
	before   *casefile.Case // the landing's; nil: new
	after    *casefile.Case
	from, to State
}

// lack is something that a row needs and the landing does not bring.
type lack struct {
	rule, key, message, fix string
}

func missing(key, message, fix string) lack {
	return lack{"transition-requires", key, message, fix}
}

func needPush(m *move) []lack {
	var lacks []lack
	c := m.after
	for _, need := range []struct{ key, value, example string }{
		{"任务清单", c.TaskList, "RW202608-01"},
		{"办理类别", c.Category, "政策业务类"},
		{"涉及面", c.Reach, "中"},
		{"影响度", c.Impact, "中"},
		{"复杂度", c.Complexity, "中"},
		{"紧急程度", c.Urgency, "一般"},
		{"承办单位", c.Lead, "征收管理科"},
	} {
		if need.value == "" {
			lacks = append(lacks, missing(need.key, "推送时须填写“"+need.key+"”", need.key+": "+need.example))
		}
	}
	return lacks
}

// lastStatement is the last 说明单 of the unit in charge.
func (m *move) lastStatement() *casefile.Statement {
	for i := len(m.after.Statements) - 1; i >= 0; i-- {
		s := &m.after.Statements[i]
		if s.Unit == m.r.lead || s.Unit == "" {
			return s
		}
	}
	return nil
}

func (m *move) lastFeedback() *casefile.Feedback {
	if n := len(m.after.Feedback); n > 0 {
		return &m.after.Feedback[n-1]
	}
	return nil
}

// grew reports whether the landing added to a list.
func grew[T any](m *move, list func(*casefile.Case) []T) bool {
	n := 0
	if m.before != nil {
		n = len(list(m.before))
	}
	return len(list(m.after)) > n
}

func needObjection(m *move) []lack {
	s := m.lastStatement()
	if s == nil || s.Reason != "异议" || s.Decision != "" {
		return []lack{missing("说明单", "提出异议须填写《办理情况说明单》，事由写“异议”", "说明单:\n  - 事由: 异议\n    单位: "+m.r.lead+"\n    理由: ")}
	}
	return lackGrounds(m, s)
}

func needEscalation(m *move) []lack {
	s := m.lastStatement()
	if s == nil || s.Reason == "异议" || s.Decision != "" {
		return []lack{missing("说明单", "报联席会议研究决定须填写《办理情况说明单》，事由写“无法解决”或“协商未达成一致”", "说明单:\n  - 事由: 无法解决\n    单位: "+m.r.lead+"\n    理由: ")}
	}
	return lackGrounds(m, s)
}

func lackGrounds(m *move, s *casefile.Statement) []lack {
	if s.Grounds == "" {
		return []lack{missing("说明单", "说明单没有写“理由”", "理由: 写明不属于本单位职责或无法解决的具体情况")}
	}
	return nil
}

func needDecision(want string) func(*move) []lack {
	return func(m *move) []lack {
		s := m.lastStatement()
		if s == nil {
			return []lack{missing("说明单", "没有可以决定的说明单", "")}
		}
		var lacks []lack
		if s.Decision != want {
			lacks = append(lacks, missing("说明单", "状态改为“"+string(m.to)+"”，说明单的“决定”应为“"+want+"”，现为“"+orNone(s.Decision)+"”", "决定: "+want))
		}
		if s.Basis == "" {
			lacks = append(lacks, missing("说明单", "联席会议的决定须写明“依据”（会议纪要或传签的编号）", "依据: CQ2026-07"))
		}
		return lacks
	}
}

func orNone(s string) string {
	if s == "" {
		return "空"
	}
	return s
}

func needUpheld(m *move) []lack     { return append(needDecision("成立")(m), needNewLead(m)...) }
func needReassigned(m *move) []lack { return append(needDecision("改派")(m), needNewLead(m)...) }

func needNewLead(m *move) []lack {
	if m.after.Lead == "" || m.after.Lead == m.r.lead {
		return []lack{missing("承办单位", "重新推送须更换承办单位，现在仍是“"+orNone(m.after.Lead)+"”", "承办单位: 新的承办单位")}
	}
	return nil
}

func needAdjusted(m *move) []lack {
	lacks := needNewLead(m)
	if m.after.AdjustReason == "" || m.before != nil && m.before.AdjustReason == m.after.AdjustReason {
		lacks = append(lacks, missing("调整原因", "调整承办单位须填写本次的“调整原因”", "调整原因: 写明为什么换承办单位"))
	}
	return lacks
}

func needLongTerm(m *move) []lack {
	var lacks []lack
	if m.from == Escalated {
		lacks = needDecision("长期推进")(m)
	} else if f := m.lastFeedback(); f == nil || f.Result != "暂未解决" || f.Review != "通过" {
		lacks = append(lacks, missing("反馈", "由“已反馈”转长期推进，最后一条反馈的结果须是“暂未解决”且审核“通过”", "审核: 通过"))
	}
	if m.after.NextReview == 0 {
		lacks = append(lacks, missing("下次研究日期", "转长期推进须填写“下次研究日期”", "下次研究日期: 2026-12-01"))
	} else if limit := m.r.limits().LongTerm; m.r.env.Calendar.Count(m.r.today(), m.after.NextReview) > limit {
		lacks = append(lacks, missing("下次研究日期", "下次研究日期太远：应在 "+itoa(limit)+" 个工作日之内", "下次研究日期: "+m.r.env.Calendar.Add(m.r.today(), limit).String()))
	}
	return lacks
}

func needFeedback(m *move) []lack {
	// That the two body sections are filled is for the format rules to say.
	var lacks []lack
	added := grew(m, func(c *casefile.Case) []casefile.Feedback { return c.Feedback })
	if f := m.lastFeedback(); f == nil || f.Review != "" && !added {
		lacks = append(lacks, missing("反馈", "状态改为“已反馈”，但没有新增“反馈”记录", "反馈:\n  - 结果: 已解决\n    措施: \n    答复日期: "))
	} else if f.Result == "" {
		lacks = append(lacks, missing("反馈", "反馈没有写“结果”", "结果: 已解决"))
	} else if f.Result == "部分解决" && (f.FollowUp == "" || f.FollowUpDue == 0) {
		lacks = append(lacks, missing("反馈", "结果为“部分解决”的，须写明“后续措施”和“完成期限”", "后续措施: \n完成期限: "))
	}
	return lacks
}

func needReturn(m *move) []lack {
	f := m.lastFeedback()
	if f == nil || f.Review != "退回" {
		return []lack{missing("反馈", "退回反馈须在最后一条反馈中填写“审核: 退回”", "审核: 退回")}
	}
	var lacks []lack
	if f.ReturnReason == "" {
		lacks = append(lacks, missing("反馈", "退回反馈须写明“退回原因”", "退回原因: 写明需要补正什么"))
	}
	if origin := m.r.feedbackFrom; origin != "" && origin != m.to {
		lacks = append(lacks, missing("状态", "退回后状态应回到“"+string(origin)+"”", "状态: "+string(origin)))
	}
	return lacks
}

func needAccepted(m *move) []lack {
	var lacks []lack
	f := m.lastFeedback()
	if f == nil || f.Review != "通过" {
		lacks = append(lacks, missing("反馈", "状态改为“"+string(m.to)+"”须在最后一条反馈中填写“审核: 通过”", "审核: 通过"))
	}
	if f != nil && f.Result == "暂未解决" {
		lacks = append(lacks, lack{"unresolved-closed", "状态", "反馈结果是“暂未解决”，不能转评估或办结", "状态: 长期推进"})
	}
	if m.to == Closed && m.after.NoEvaluation == "" {
		lacks = append(lacks, missing("不评估原因", "不经评估直接办结须填写“不评估原因”", "不评估原因: 未抽中"))
	}
	return lacks
}

func needSatisfied(m *move) []lack {
	n := len(m.after.Evaluations)
	if n == 0 {
		return []lack{missing("评估", "办结须有一条“评估”记录", "评估:\n  - 方式: 12366回访\n    单位: 纳税服务中心\n    结果: 满意")}
	}
	if m.after.Evaluations[n-1].Result == "不满意" {
		return []lack{missing("评估", "最近一次评估“不满意”，不能办结", "状态: 改进中")}
	}
	return nil
}

func needImprovement(m *move) []lack {
	if !grew(m, func(c *casefile.Case) []casefile.Improvement { return c.Improvements }) {
		return []lack{missing("改进", "督促改进须新增一条“改进”记录", "改进:\n  - 原因: \n    措施:\n    完成期限: ")}
	}
	// Each improvement rests on an evaluation of its own, or on its 依据.
	unfounded := 0
	for _, i := range m.after.Improvements {
		if i.Basis == "" {
			unfounded++
		}
	}
	for _, e := range m.after.Evaluations {
		if e.Result == "不满意" {
			unfounded--
		}
	}
	if unfounded > 0 {
		return []lack{missing("改进", "督促改进须有一条“不满意”的评估，或在“改进”中写明“依据”（会议纪要、传签编号或审计、督察文书）",
			"    依据: "+casefile.PlaceholderAt("改进.依据"))}
	}
	return nil
}

func needAgreed(m *move) []lack {
	if m.after.Agreed.Date == 0 || m.after.Agreed.Basis == "" {
		return []lack{missing("会议议定期限", "由长期推进恢复办理须填写“会议议定期限”的日期和依据", "会议议定期限:\n  日期: \n  依据: ")}
	}
	return nil
}

func needNotPushed(m *move) []lack {
	if m.after.NotPushed == "" {
		return []lack{missing("不推送原因", "不推送须填写“不推送原因”", "不推送原因: 原渠道已办结")}
	}
	return nil
}

func needMerged(m *move) []lack {
	if m.after.MergedInto == "" {
		return []lack{missing("并入", "合并须填写“并入”（主件编号）", "并入: ")}
	}
	return nil
}

func needWithdrawn(m *move) []lack {
	if m.after.WithdrawReason == "" {
		return []lack{missing("撤回原因", "撤回须填写“撤回原因”", "撤回原因: ")}
	}
	return nil
}
