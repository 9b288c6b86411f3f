package report

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/document"
	"suqiu/internal/office"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// Draw puts a table into the prose, with its chart if it has one; empty if there
// is nothing in it.
func (w *composer) Draw(name string) string {
	block := map[string]func(*composer) document.Block{
		"months":      (*composer).months,
		"category":    func(w *composer) document.Block { return groupTable("category", "办理类别", w.Categories) },
		"channel":     func(w *composer) document.Block { return groupTable("channel", "收集渠道", w.Channels) },
		"on-time":     (*composer).onTimeTrend,
		"answer":      (*composer).answers,
		"methods":     (*composer).methods,
		"limits":      (*composer).internalLimits,
		"risks":       (*composer).riskPoints,
		"resolutions": func(w *composer) document.Block { return document.Block{Table: &w.Resolutions().table} },
	}[name](w)
	if len(block.Table.Rows) == 0 {
		return ""
	}
	w.drawn = append(w.drawn, block)
	return tableMark
}

// table is one with a caption; its columns are written in short.
func table(caption, columns string) document.Table {
	return document.Table{Caption: caption, Columns: document.Columns(columns)}
}

// months is the flow of the three months.
func (w *composer) months() document.Block {
	t := table("各月登记、推送和办结情况",
		"月份:2 月报收集（件）:2n 登记:2n 合（件）:2n 期初未结:2n 推送:2n 办结:2n 其他终结:2n 期末未结:2n")
	c := document.Chart{ID: "flow", Title: "本季度各月登记、推送和办结事项数", Unit: "事项（项）",
		Series: []string{"登记", "推送", "办结"}, Columns: []int{2, 5, 6}}
	add := func(label string, collected, registered, tickets int, b Balance) {
		t.Rows = append(t.Rows, document.Row(label, collected, registered, tickets, b.Opening, b.Pushed, b.Done,
			b.Other, b.Closing))
	}
	for _, m := range w.Months {
		label := strconv.Itoa(int(m.Month.Month)) + "月"
		add(label, m.Collected, m.Registered, m.Tickets, m.Balance)
		c.Add(label, m.Registered, m.Balance.Pushed, m.Balance.Done)
	}
	add("合计", w.Funnel.Collected, w.Funnel.Registered, w.Funnel.Tickets, w.Balance)
	return document.Block{Table: &t, Chart: c.IfAny()}
}

// groupTable is what was registered, pushed and closed by a group; of channels,
// also what was collected.
func groupTable(id, what string, rows []GroupRow) document.Block {
	t := table("按"+what, what+":5 登记:2n 合（件）:2n 推送:2n 办结:2n 期末未结:2n 按期反馈:3r")
	c := document.Chart{ID: id, Title: "本季度登记事项按" + what, Unit: "事项（项）", Series: []string{"登记"},
		Columns: []int{1}, Across: true}
	collected := slices.ContainsFunc(rows, func(g GroupRow) bool { return g.Collected > 0 })
	if collected {
		t.Columns = slices.Insert(t.Columns, 1, document.Columns("月报收集（件）:2n")...)
		c.Columns[0]++
	}
	for _, g := range rows {
		cells := append(document.Row(g.Name, g.Registered, g.Tickets, g.Balance.Pushed, g.Balance.Done,
			g.Balance.Closing), g.OnTime.String())
		if collected {
			cells = slices.Insert(cells, 1, strconv.Itoa(g.Collected))
		}
		t.Add(cells...)
		c.Add(g.Name, g.Registered)
	}
	return document.Block{Table: &t, Chart: c.IfAny()}
}

// unitChart draws what each unit was sent and closed, in configured order.
func unitChart(units []UnitRow) *document.Chart {
	c := document.Chart{ID: "unit", Title: "本季度各单位推送和办结事项数", Unit: "事项（项）",
		Series: []string{"推送", "办结"}, Columns: []int{2, 3}, Across: true}
	for _, u := range units {
		c.Add(u.Unit, u.Balance.Pushed, u.Balance.Done)
	}
	return c.IfAny()
}

// trendQuarters is how far back the share on time is drawn.
const trendQuarters = 8

// onTimeTrend is the share on time of the latest quarters, oldest first, from
// the first push on; empty if nothing was due in any of them.
func (w *composer) onTimeTrend() document.Block {
	t := table("各季度按期反馈情况", "季度:4 应办:2n 按期:2n 超期已办:2n 超期未办:2n 按期反馈率:3r")
	c := document.Chart{ID: "on-time", Title: "各季度按期反馈率", Unit: "按期反馈率",
		Series: []string{"按期反馈率"}, Columns: []int{5}, Rate: true}
	list := slices.DeleteFunc(w.b.Quarters(), func(q workday.Quarter) bool { return q.First() > w.First })
	list = list[:min(trendQuarters, len(list))]
	slices.Reverse(list)
	any := false
	for _, q := range list {
		d := w.b.Tally(q).Deadlines
		if d.Due == 0 && len(t.Rows) == 0 {
			continue
		}
		any = any || d.Base() > 0
		name := strconv.Itoa(q.Year) + "年" + office.Chinese(q.Q) + "季度"
		t.Add(append(document.Row(name, d.Due, d.OnTime, d.LateDone, d.LateOpen), d.InTime().String())...)
		c.Add(name, d.OnTime, d.Base())
	}
	if !any {
		t.Rows = nil
	}
	return document.Block{Table: &t, Chart: &c}
}

// answerSpans are the last working day of each span that answers are counted by.
var answerSpans = [...]int{2, 5, 8, 10, 15, 20, 30}

// answers counts the feedback accepted in the quarter by the working days that
// it took from the push, pauses included: what people waited.
func (w *composer) answers() document.Block {
	t := table("推送至反馈所用时间", "所用工作日:4 事项:2n 占比:2r")
	c := document.Chart{ID: "answer", Title: "推送至反馈所用工作日", Unit: "事项（项）", Series: []string{"事项"},
		Columns: []int{1}, Across: true}
	if w.Handling.N == 0 {
		return document.Block{Table: &t}
	}
	counts := make([]int, len(answerSpans)+1)
	for _, n := range w.handling {
		span, _ := slices.BinarySearch(answerSpans[:], n)
		counts[span]++
	}
	for i, n := range counts {
		name := ""
		switch {
		case i == 0:
			name = strconv.Itoa(answerSpans[0]) + "日以内"
		case i == len(answerSpans):
			name = strconv.Itoa(answerSpans[i-1]) + "日以上"
		default:
			name = strconv.Itoa(answerSpans[i-1]+1) + "—" + strconv.Itoa(answerSpans[i]) + "日"
		}
		t.Add(append(document.Row(name, n), document.Share{N: n, Of: w.Handling.N}.String())...)
		c.Add(name, n)
	}
	return document.Block{Table: &t, Chart: &c}
}

// methods is what each 方式 of 评估 found.
func (w *composer) methods() document.Block {
	t := table("按评估方式", "方式:4 评估:2n 满意:2n 基本满意:2n 不满意:2n 无法评价:2n 满意率:3r")
	for _, m := range w.Methods {
		e := m.Evaluation
		t.Add(append(document.Row(m.Method, e.All, e.Satisfied, e.Fair, e.Dissatisfied, e.Unrated),
			e.Satisfaction().String())...)
	}
	return document.Block{Table: &t}
}

// internalLimits are those of the office's own rules, with what became of them.
func (w *composer) internalLimits() document.Block {
	t := table("内部控制时限", "时限:3 本季度到期:2n 按时:2n 超过时限已办:2n 超过时限未办:2n 未到期:2n 按时率:3r")
	for _, l := range w.Limits {
		if d := l.Deadlines; l.Class == clock.Internal {
			t.Add(append(document.Row(string(l.Kind), d.Due, d.OnTime, d.LateDone, d.LateOpen, d.NotYet),
				d.InTime().String())...)
		}
	}
	return document.Block{Table: &t}
}

// riskPoints are those that were passed on in the quarter.
func (w *composer) riskPoints() document.Block {
	t := table("转送的风险点", "月份:3 风险点:9 提出单位:4 转送单位:5 反馈:6")
	for _, m := range w.d.Monthly {
		if w.Within(m.Filed) {
			w.RisksSeen += len(m.Risks)
		}
	}
	for _, r := range w.d.Risks {
		if !w.Within(r.Landed) {
			continue
		}
		for _, p := range r.Points {
			if w.secret(p.Cases) {
				p.Content, p.Reply = "限范围查看", ""
			}
			t.Add(r.Month.String(), p.Content, dash(p.From), dash(strings.Join(p.To, "、")), dash(p.Reply))
		}
	}
	w.RisksSent = len(t.Rows)
	return document.Block{Table: &t}
}

// resolutions is what the joint meeting decided and what came of it.
type resolutions struct {
	Held, Decided       int // meetings of the quarter, and what they decided
	Done, Overdue, Open int // of what is followed: topics with a 完成期限 or 落实情况
	types               map[string]int
	table               document.Table
}

// Followed is how many decisions the table follows.
func (r *resolutions) Followed() int { return len(r.table.Rows) }

// Times is how often a type of meeting was held, 例会2次; empty: never.
func (r *resolutions) Times(name string) string {
	if r.types[name] == 0 {
		return ""
	}
	return papers.MeetingName(name) + strconv.Itoa(r.types[name]) + "次"
}

// Resolutions follows what was decided in the quarter, and what was before and is
// not done.
func (w *composer) Resolutions() *resolutions {
	r := &resolutions{types: map[string]int{}, table: table("议定事项",
		"会议:4 事项:6 决定:6 责任单位:4 完成期限:4d 落实情况:5")}
	for _, m := range w.d.Meetings {
		if m.Held == 0 || m.Held > w.AsOf {
			continue
		}
		now := w.Within(m.Held)
		if now {
			r.Held++
			r.types[m.Type]++
		}
		for i := range m.Topics {
			if topic := &m.Topics[i]; topic.Decision != "" {
				w.follow(r, m.ID, topic, now)
			}
		}
	}
	return r
}

// follow counts one decision. What a decision on a case asks for is followed on
// the case.
func (w *composer) follow(r *resolutions, meeting string, topic *papers.Topic, now bool) {
	if now {
		r.Decided++
	}
	switch {
	case topic.Due == 0 && topic.Done == "", !now && topic.Done != "":
		return
	case topic.Done != "":
		r.Done++
	case topic.Due <= w.AsOf:
		r.Overdue++
	default:
		r.Open++
	}
	matter, decision, state := topic.Matter, topic.Decision, topic.Done
	if w.secret(topic.Cases) {
		matter, decision, state = "限范围查看", "限范围查看", ""
	}
	r.table.Add(meeting, matter, decision, dash(strings.Join(topic.Units, "、")), document.DayOrDash(topic.Due),
		dash(state))
}
