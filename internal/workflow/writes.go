package workflow

import (
	"slices"
	"strconv"

	"suqiu/internal/record"
)

// scene is a case about to take a step, for what to write for it.
type scene struct {
	c    *record.Case
	life *Life
}

// What a step decides by itself (状态, 事由: 异议, 决定: 成立) is written out; what
// somebody must answer is asked for, never offered: the first of a list of
// choices becomes a statistic if it only has to be left alone.

func stated(to State) record.Write { return record.Write{Key: "状态", Value: string(to)} }

// ask writes a place to fill in.
func ask(key string) record.Write { return askFor(key, key) }

// askFor is ask for a key whose schema stands at another path: 反馈[+].结果 is
// 反馈.结果.
func askFor(key, path string) record.Write {
	return record.Write{Key: key, Value: record.PlaceholderAt(path)}
}

// askOnce asks for what is not there yet.
func askOnce(key string) record.Write {
	w := ask(key)
	w.Soft = true
	return w
}

// perhaps asks for what not every case needs.
func perhaps(key, when, otherwise string) record.Write {
	return record.Write{Key: key, Value: record.Placeholder(when + "；" + otherwise + "，删去括号和里面的字"), Soft: true}
}

func writeState(_ *scene, to State) []record.Write { return []record.Write{stated(to)} }

func writePush(_ *scene, to State) []record.Write {
	writes := []record.Write{stated(to)}
	for _, key := range []string{"任务清单", "办理类别", "涉及面", "影响度", "复杂度", "紧急程度", "承办单位"} {
		writes = append(writes, askOnce(key))
	}
	return append(writes, perhaps("协办单位", "单位名称，几个单位用顿号隔开", "没有协办的"))
}

func writeStatement(reason string) func(*scene, State) []record.Write {
	return func(s *scene, to State) []record.Write {
		why := record.Write{Key: "说明单[+].事由", Value: reason}
		if reason == "" {
			why.Value = record.Placeholder("无法解决、协商未达成一致")
		}
		return []record.Write{stated(to), why, {Key: "说明单[+].单位", Value: s.life.Lead}, askFor("说明单[+].理由", "说明单.理由")}
	}
}

// openStatement is the path of the lead's 说明单 that waits for a decision;
// empty if none does.
func (s *scene) openStatement() string {
	for i := len(s.c.Statements) - 1; i >= 0; i-- {
		if x := &s.c.Statements[i]; x.Decision == "" && x.Reason != adHoc && (x.Unit == s.life.Lead || x.Unit == "") {
			return "说明单[" + strconv.Itoa(i) + "]"
		}
	}
	return ""
}

// decides is the decision on the 说明单 that waits; nil if none does.
func (s *scene) decides(word string) []record.Write {
	at := s.openStatement()
	if at == "" {
		return nil
	}
	return []record.Write{{Key: at + ".决定", Value: word}, askFor(at+".依据", "说明单.依据")}
}

func writeDecision(word string) func(*scene, State) []record.Write {
	return func(s *scene, to State) []record.Write {
		decided := s.decides(word)
		if decided == nil {
			return nil
		}
		writes := append([]record.Write{stated(to)}, decided...)
		switch word {
		case "成立", "改派":
			return append(writes, ask("承办单位"))
		case "继续办理":
			return append(writes,
				perhaps("会议议定期限.日期", "会议议定的完成日期，如 2026-09-30", "没有议定日期的"),
				perhaps("会议议定期限.依据", "会议纪要或传签的编号，如 CQ2026-07", "没有议定日期的"))
		}
		return writes
	}
}

func (s *scene) lastFeedback() (f *record.Feedback, at string) {
	n := len(s.c.Feedback)
	if n == 0 {
		return nil, ""
	}
	return &s.c.Feedback[n-1], "反馈[" + strconv.Itoa(n-1) + "]"
}

func writeLongTerm(s *scene, to State) []record.Write {
	writes := []record.Write{stated(to), ask("下次研究日期")}
	if s.life.State != FedBack {
		decided := s.decides("长期推进")
		if decided == nil {
			return nil
		}
		return append(writes, decided...)
	}
	f, at := s.lastFeedback()
	if f == nil || f.Result != "暂未解决" {
		return nil
	}
	return append(writes, record.Write{Key: at + ".审核", Value: "通过"})
}

func writeAdjusted(_ *scene, to State) []record.Write {
	return []record.Write{stated(to), ask("承办单位"), ask("调整原因")}
}

func writeFeedback(s *scene, to State) []record.Write {
	writes := []record.Write{stated(to), askFor("反馈[+].结果", "反馈.结果"), askFor("反馈[+].措施", "反馈.措施"),
		{Key: "反馈[+].答复日期", Value: record.Placeholder("答复诉求人的日期，如 2026-07-15；没有诉求人可答复的，删去括号和里面的字")}}
	return append(writes,
		record.Write{Key: "## 办理情况", Value: record.Placeholder("怎样办理的"), Soft: true},
		record.Write{Key: "## 反馈答复", Value: record.Placeholder("怎样答复的"), Soft: true})
}

// origin is the state to which a return leads.
func (s *scene) origin() State {
	for i := len(s.life.Events) - 1; i >= 0; i-- {
		if e := &s.life.Events[i]; e.Row == 13 && !e.Voided {
			if e.From == Objected || e.From == Escalated {
				return Handling
			}
			return e.From
		}
	}
	return Handling
}

func writeReturn(s *scene, to State) []record.Write {
	f, at := s.lastFeedback()
	if f == nil || to != s.origin() {
		return nil
	}
	writes := []record.Write{stated(to), {Key: at + ".审核", Value: "退回"}, askFor(at+".退回原因", "反馈.退回原因")}
	// What the feedback overtook waits again, and is decided with the return.
	for i := range s.c.Extensions {
		if s.c.Extensions[i].Decision == "" {
			writes = append(writes, decideExtension(i)...)
		}
	}
	for i := range s.c.Statements {
		if x := &s.c.Statements[i]; x.Reason == adHoc && x.Decision == "" {
			writes = append(writes, decideAdHoc(i)...)
		}
	}
	return writes
}

// decideExtension asks for the decision of a 延期申请.
func decideExtension(i int) []record.Write {
	at := "延期申请[" + strconv.Itoa(i) + "]"
	return []record.Write{askFor(at+".决定", "延期申请.决定"),
		{Key: at + ".准延天数", Value: record.Placeholder("同意的工作日数，不超过申请天数；照申请天数同意或不同意的，删去括号和里面的字"), Soft: true},
		askFor(at+".依据", "延期申请.依据")}
}

// decideAdHoc asks for the decision of a 一事一议, which fixes a date.
func decideAdHoc(i int) []record.Write {
	at := "说明单[" + strconv.Itoa(i) + "]"
	return []record.Write{{Key: at + ".决定", Value: record.Placeholder("同意、不同意")}, askFor(at+".依据", "说明单.依据"),
		perhaps("会议议定期限.日期", "同意的，会议议定的完成日期，如 2026-09-30", "不同意的"),
		perhaps("会议议定期限.依据", "同意的，会议纪要或传签的编号，如 CQ2026-07", "不同意的")}
}

func writeAccepted(s *scene, to State) []record.Write {
	f, at := s.lastFeedback()
	if f == nil || f.Result == "暂未解决" {
		return nil
	}
	writes := []record.Write{stated(to), {Key: at + ".审核", Value: "通过"}}
	if to == Closed {
		writes = append(writes, ask("不评估原因"))
	}
	return writes
}

// evaluation asks for an 评估 with one of the results given.
func evaluation(results string) []record.Write {
	return []record.Write{askFor("评估[+].方式", "评估.方式"), askFor("评估[+].单位", "评估.单位"),
		{Key: "评估[+].结果", Value: record.Placeholder(results)}}
}

// evaluated reports whether an 评估 was entered since the case came into its
// state.
func (s *scene) evaluated() bool {
	for i := len(s.life.Events) - 1; i >= 0; i-- {
		e := &s.life.Events[i]
		if slices.ContainsFunc(e.Entries, func(x Entry) bool { return x.Key == "评估" }) {
			return true
		}
		if e.Kind == Transition {
			return false
		}
	}
	return false
}

func writeSatisfied(s *scene, to State) []record.Write {
	n := len(s.c.Evaluations)
	switch {
	case !s.evaluated():
		return append([]record.Write{stated(to)}, evaluation("满意、基本满意、无法评价")...)
	case s.c.Evaluations[n-1].Result == "不满意":
		return nil
	}
	return []record.Write{stated(to)}
}

func writeImprovement(s *scene, to State) []record.Write {
	writes := []record.Write{stated(to), askFor("改进[+].原因", "改进.原因"),
		{Key: "改进[+].完成期限", Value: record.Placeholder("日期，如 2026-09-14；不另定的，删去括号和里面的字，按改进时限计")}}
	if n := len(s.c.Evaluations); n > 0 && s.evaluated() && s.c.Evaluations[n-1].Result == "不满意" {
		return writes
	}
	return append(writes, record.Write{Key: "改进[+].依据",
		Value: record.Placeholder("会议纪要、传签编号或审计、督察文书；评估不满意的，先填评估，再删去括号和里面的字")})
}

func writeResumed(_ *scene, to State) []record.Write {
	return []record.Write{stated(to), ask("会议议定期限.日期"), ask("会议议定期限.依据")}
}

func writeAsked(key string) func(*scene, State) []record.Write {
	return func(_ *scene, to State) []record.Write { return []record.Write{stated(to), ask(key)} }
}
