package workflow

import (
	"slices"
	"strings"

	"suqiu/internal/record"
)

// move is one row about to be taken, seen with everything its landing says.
type move struct {
	r        *replay
	before   *record.Case // the landing's; nil: new
	after    *record.Case
	from, to State
}

// lack is something that a row needs and the landing does not bring.
type lack struct {
	rule, key, message, fix string
}

func missing(key, message, fix string) lack {
	return lack{"transition-requires", key, message, fix}
}

// asked is the line of a key with a place to fill in: of a key of records, as
// it stands in an entry.
func asked(path string) string {
	_, name, nested := strings.Cut(path, ".")
	if !nested {
		return path + ": " + record.PlaceholderAt(path)
	}
	return "    " + name + ": " + record.PlaceholderAt(path)
}

// newEntry is an entry to add to a list of records, which has some already or
// none.
func newEntry(key string, has bool, writes ...record.Write) string {
	for i := range writes {
		writes[i].Key = key + "[+]." + writes[i].Key
	}
	text := strings.TrimSuffix(record.Fragment(writes), "\n")
	if !has {
		return text
	}
	_, lines, _ := strings.Cut(text, "\n")
	return "在“" + key + "”的最后另起一条：\n" + lines
}

// askIn asks for a key of a new entry.
func askIn(key, name string) record.Write {
	return record.Write{Key: name, Value: record.PlaceholderAt(key + "." + name)}
}

func needPush(m *move) []lack {
	var lacks []lack
	c := m.after
	for _, need := range []struct{ key, value string }{
		{"任务清单", c.TaskList},
		{"办理类别", c.Category},
		{"涉及面", c.Reach},
		{"影响度", c.Impact},
		{"复杂度", c.Complexity},
		{"紧急程度", c.Urgency},
		{"承办单位", c.Lead},
	} {
		if need.value == "" {
			lacks = append(lacks, missing(need.key, "推送时须填写“"+need.key+"”", asked(need.key)))
		}
	}
	return lacks
}

// lastStatement is the last 说明单 of rows 5 and 8 of the unit in charge.
func (m *move) lastStatement() *record.Statement {
	for i := len(m.after.Statements) - 1; i >= 0; i-- {
		s := &m.after.Statements[i]
		if (s.Unit == m.r.lead || s.Unit == "") && s.Reason != adHoc {
			return s
		}
	}
	return nil
}

func (m *move) lastFeedback() *record.Feedback {
	if n := len(m.after.Feedback); n > 0 {
		return &m.after.Feedback[n-1]
	}
	return nil
}

// grew reports whether the landing added to a list.
func grew[T any](m *move, list func(*record.Case) []T) bool {
	n := 0
	if m.before != nil {
		n = len(list(m.before))
	}
	return len(list(m.after)) > n
}

func needObjection(m *move) []lack {
	s := m.lastStatement()
	if s == nil || s.Reason != "异议" || s.Decision != "" {
		return []lack{missing("说明单", "提出异议须填写《办理情况说明单》，事由写“异议”",
			newEntry("说明单", len(m.after.Statements) > 0,
				record.Write{Key: "事由", Value: "异议"}, record.Write{Key: "单位", Value: m.r.lead}, askIn("说明单", "理由")))}
	}
	return lackGrounds(m, s)
}

func needEscalation(m *move) []lack {
	s := m.lastStatement()
	if s == nil || s.Reason == "异议" || s.Decision != "" {
		return []lack{missing("说明单", "报联席会议研究决定须填写《办理情况说明单》，事由写“无法解决”或“协商未达成一致”",
			newEntry("说明单", len(m.after.Statements) > 0,
				record.Write{Key: "事由", Value: record.Placeholder("无法解决、协商未达成一致")},
				record.Write{Key: "单位", Value: m.r.lead}, askIn("说明单", "理由")))}
	}
	return lackGrounds(m, s)
}

func lackGrounds(m *move, s *record.Statement) []lack {
	if s.Grounds == "" {
		return []lack{missing("说明单", "说明单没有写“理由”", asked("说明单.理由"))}
	}
	return nil
}

func needDecision(want string) func(*move) []lack {
	return func(m *move) []lack {
		s := m.lastStatement()
		if s == nil {
			return []lack{missing("说明单", "没有可以决定的说明单", "先由承办单位提出说明单；确须由联席办代为登记的，写一条“更正”")}
		}
		var lacks []lack
		if s.Decision != want {
			lacks = append(lacks, missing("说明单", "状态改为“"+string(m.to)+"”，说明单的“决定”应为“"+want+"”，现为“"+orNone(s.Decision)+"”", "    决定: "+want))
		}
		if s.Basis == "" {
			lacks = append(lacks, missing("说明单", "联席会议的决定须写明“依据”（会议纪要或传签的编号）", asked("说明单.依据")))
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
		return []lack{missing("承办单位", "重新推送须更换承办单位，现在仍是“"+orNone(m.after.Lead)+"”", asked("承办单位"))}
	}
	return nil
}

func needAdjusted(m *move) []lack {
	lacks := needNewLead(m)
	if m.after.AdjustReason == "" || m.before != nil && m.before.AdjustReason == m.after.AdjustReason {
		lacks = append(lacks, missing("调整原因", "调整承办单位须填写本次的“调整原因”", asked("调整原因")))
	}
	return lacks
}

func needLongTerm(m *move) []lack {
	var lacks []lack
	if m.from == Escalated {
		lacks = needDecision("长期推进")(m)
	} else if f := m.lastFeedback(); !m.decidedLongTerm() && (f == nil || f.Result != "暂未解决" || f.Review != "通过") {
		lacks = append(lacks, missing("反馈", "由“已反馈”转长期推进，最后一条反馈的结果须是“暂未解决”且审核“通过”", "    审核: 通过"))
	}
	if m.after.NextReview == 0 {
		lacks = append(lacks, missing("下次研究日期", "转长期推进须填写“下次研究日期”", asked("下次研究日期")))
	} else if limit := m.r.limits().LongTerm; m.r.env.Calendar.Count(m.r.today(), m.after.NextReview) > limit {
		lacks = append(lacks, missing("下次研究日期", "下次研究日期太远：应在 "+itoa(limit)+" 个工作日之内", "下次研究日期: "+m.r.env.Calendar.Add(m.r.today(), limit).String()))
	}
	return lacks
}

// decidedLongTerm reports whether a 决定 长期推进 comes with the landing.
func (m *move) decidedLongTerm() bool {
	s := m.lastStatement()
	if s == nil || s.Decision != "长期推进" || m.before == nil {
		return false
	}
	return slices.ContainsFunc(record.Diff(m.before, m.after), func(ch record.Change) bool {
		return ch.Key == "说明单" && ch.Kind == record.Decided && ch.New == "长期推进"
	})
}

func needFeedback(m *move) []lack {
	// That the two body sections are filled is for the format rules to say.
	var lacks []lack
	added := grew(m, func(c *record.Case) []record.Feedback { return c.Feedback })
	if f := m.lastFeedback(); f == nil || f.Review != "" && !added {
		lacks = append(lacks, missing("反馈", "状态改为“已反馈”，但没有新增“反馈”记录", newEntry("反馈", len(m.after.Feedback) > 0, askIn("反馈", "结果"), askIn("反馈", "措施"))))
	} else if f.Result == "" {
		lacks = append(lacks, missing("反馈", "反馈没有写“结果”", asked("反馈.结果")))
	} else if added && f.Measures == "" {
		lacks = append(lacks, missing("反馈", "反馈没有写“措施”：怎样办理的", asked("反馈.措施")))
	} else if f.Result == "部分解决" && (f.FollowUp == "" || f.FollowUpDue == 0) {
		lacks = append(lacks, missing("反馈", "结果为“部分解决”的，须写明“后续措施”和“完成期限”", asked("反馈.后续措施")+"\n"+asked("反馈.完成期限")))
	}
	return lacks
}

func needReturn(m *move) []lack {
	f := m.lastFeedback()
	if f == nil || f.Review != "退回" {
		return []lack{missing("反馈", "退回反馈须在最后一条反馈中填写“审核: 退回”", "    审核: 退回")}
	}
	var lacks []lack
	if f.ReturnReason == "" {
		lacks = append(lacks, missing("反馈", "退回反馈须写明“退回原因”", asked("反馈.退回原因")))
	}
	for _, key := range m.r.undecided(m.after) {
		what := "反馈前提出的延期申请"
		if key == "说明单" {
			what = "反馈前提出的一事一议"
		}
		lacks = append(lacks, missing(key, what+"还没有决定：退回反馈时须同时决定，否则继续等待", asked(key+".决定")))
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
		lacks = append(lacks, missing("反馈", "状态改为“"+string(m.to)+"”须在最后一条反馈中填写“审核: 通过”", "    审核: 通过"))
	}
	if f != nil && f.Result == "暂未解决" {
		lacks = append(lacks, lack{"unresolved-closed", "状态", "反馈结果是“暂未解决”，不能转评估或办结", "请把“状态”改为“长期推进”，并填写“下次研究日期”"})
	}
	if m.to == Closed && m.after.NoEvaluation == "" {
		lacks = append(lacks, missing("不评估原因", "不经评估直接办结须填写“不评估原因”", asked("不评估原因")))
	}
	return lacks
}

func needSatisfied(m *move) []lack {
	n := len(m.after.Evaluations)
	if n == 0 {
		return []lack{missing("评估", "办结须有一条“评估”记录", newEntry("评估", false,
			askIn("评估", "方式"), askIn("评估", "单位"), record.Write{Key: "结果", Value: record.Placeholder("满意、基本满意、无法评价")}))}
	}
	if m.after.Evaluations[n-1].Result == "不满意" {
		return []lack{missing("评估", "最近一次评估“不满意”，不能办结",
			"请由联席办督促改进：“状态”填“改进中”，“改进”新增一条；已重新评估的，在“评估”最后另起一条")}
	}
	return nil
}

func needImprovement(m *move) []lack {
	if !grew(m, func(c *record.Case) []record.Improvement { return c.Improvements }) {
		return []lack{missing("改进", "督促改进须新增一条“改进”记录", newEntry("改进", len(m.after.Improvements) > 0, askIn("改进", "原因"), askIn("改进", "依据")))}
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
			asked("改进.依据"))}
	}
	return nil
}

func needAgreed(m *move) []lack {
	if m.after.Agreed.Date == 0 || m.after.Agreed.Basis == "" {
		return []lack{missing("会议议定期限", "由长期推进恢复办理须填写“会议议定期限”的日期和依据", askDate())}
	}
	return nil
}

// askDate asks for an agreed date.
func askDate() string {
	return "会议议定期限:\n  日期: " + record.PlaceholderAt("会议议定期限.日期") + "\n  依据: " + record.PlaceholderAt("会议议定期限.依据")
}

func needNotPushed(m *move) []lack {
	if m.after.NotPushed == "" {
		return []lack{missing("不推送原因", "不推送须填写“不推送原因”", asked("不推送原因"))}
	}
	return nil
}

func needMerged(m *move) []lack {
	if m.after.MergedInto == "" {
		return []lack{missing("并入", "合并须填写“并入”（主件编号）", asked("并入"))}
	}
	return nil
}

func needWithdrawn(m *move) []lack {
	if m.after.WithdrawReason == "" {
		return []lack{missing("撤回原因", "撤回须填写“撤回原因”", asked("撤回原因"))}
	}
	return nil
}
