package workflow

import (
	"slices"

	"suqiu/internal/record"
)

// Next is one thing that may be done with a case now, and what to write for it.
type Next struct {
	Row    int    // of the table; 0: without a change of state
	Title  string // what is done, in a few characters
	Who    string // who takes it: 承办单位（信息中心）
	To     State  // empty: the state stays
	With   string // what must come with it
	Clocks string // what it does to the clocks
	Writes []record.Write
}

// NextSteps lists what may come next: who, and what to write. What follows
// from the step alone is written out; the rest is to be filled in.
func NextSteps(c *record.Case, life *Life) []Next {
	s := &scene{c, life}
	var steps []Next
	for i := range table {
		row := &table[i]
		if !slices.Contains(row.From, life.State) {
			continue
		}
		who := make([]string, 0, len(row.Who))
		for _, w := range row.Who {
			switch {
			case w == ByLead && life.Lead != "":
				who = append(who, string(w)+"（"+life.Lead+"）")
			case w == ByCollector && c.Collector != "":
				who = append(who, string(w)+"（"+c.Collector+"）")
			default:
				who = append(who, string(w))
			}
		}
		for _, to := range row.To {
			writes := row.writes(s, to)
			if writes == nil {
				continue
			}
			title := row.Title
			if row.N == 15 && to == Closed {
				title += "，不评估办结"
			}
			steps = append(steps, Next{Row: row.N, Title: title, Who: join(who), To: to, With: row.With, Clocks: row.Clocks, Writes: writes})
		}
	}
	return append(steps, s.besides()...)
}

// besides is what may be added without a change of state.
func (s *scene) besides() []Next {
	var steps []Next
	handling := s.life.State == Pushed || s.life.State == Handling
	if handling && s.c.Agreed.Date == 0 {
		steps = append(steps, Next{Title: "申请延期", Who: string(ByLead) + "（" + s.life.Lead + "）", With: "延期申请一条；状态不变", Clocks: "联席会议同意后顺延",
			Writes: []record.Write{askFor("延期申请[+].申请天数", "延期申请.申请天数"), askFor("延期申请[+].原因", "延期申请.原因"), askFor("延期申请[+].措施", "延期申请.措施")}})
	}
	for i := range s.c.Extensions {
		if e := &s.c.Extensions[i]; e.Decision == "" && handling {
			steps = append(steps, Next{Title: "决定延期", Who: string(ByOffice), With: "决定、依据；同意的天数少于申请的，准延天数；状态不变", Clocks: "同意的，到期日顺延；不论同意与否，至少留到次一工作日",
				Writes: decideExtension(i)})
		}
	}
	if handling {
		steps = append(steps, Next{Title: "提请一事一议", Who: string(ByLead) + "（" + s.life.Lead + "）", With: "说明单一份，事由“一事一议”；状态不变", Clocks: "到期日以前提出的，决定之前不算超期",
			Writes: []record.Write{{Key: "说明单[+].事由", Value: adHoc}, {Key: "说明单[+].单位", Value: s.life.Lead}, askFor("说明单[+].理由", "说明单.理由")}})
	}
	for i := range s.c.Statements {
		if x := &s.c.Statements[i]; x.Reason == adHoc && x.Decision == "" && handling {
			steps = append(steps, Next{Title: "决定一事一议", Who: string(ByOffice), With: "决定、依据；同意的，会议议定期限；状态不变", Clocks: "同意的，以会议议定期限为准；不论同意与否，至少留到次一工作日",
				Writes: decideAdHoc(i)})
		}
	}
	if !s.life.State.IsOpen() || s.life.State.BeforePush() {
		return steps
	}
	for _, co := range s.c.Co {
		if slices.ContainsFunc(s.c.CoFeedback, func(f record.CoFeedback) bool { return f.Unit == co && f.Result != "" }) {
			continue
		}
		steps = append(steps, Next{Title: "协办反馈", Who: "协办单位（" + co + "）", With: "协办结果；状态不变", Clocks: "该单位的协办反馈停止计时",
			Writes: []record.Write{{Key: "协办反馈." + co + ".结果", Value: record.Placeholder("本单位怎样办理的")}}})
	}
	return steps
}
