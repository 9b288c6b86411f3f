package report

import (
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/workflow"
)

// opinion is 五、舆情与风险提示.
func (w *composer) opinion() []Block {
	var list []*track
	for _, tr := range w.registered() {
		if tr.c.Nature == "舆情" {
			list = append(list, tr)
		}
	}
	text := "本季度没有登记舆情。"
	if len(list) > 0 {
		text = "本季度登记舆情" + items(len(list)) + "：" + w.names(list) + "。"
	}
	blocks := paragraphs(text)
	seen, points := 0, Table{Caption: "转送的风险点", Columns: []Column{{"月份", Words, 3}, {"风险点", Words, 9}, {"提出单位", Words, 4}, {"转送单位", Words, 5}, {"反馈", Words, 6}}}
	for _, m := range w.d.Monthly {
		if w.t.within(m.Filed) {
			seen += len(m.Risks)
		}
	}
	for _, r := range w.d.Risks {
		if !w.t.within(r.Landed) {
			continue
		}
		for _, p := range r.Points {
			if w.secret(p.Cases) {
				p.Content, p.Reply = "限范围查看", ""
			}
			points.Rows = append(points.Rows, []string{r.Month.String(), p.Content, dash(p.From), dash(strings.Join(p.To, "、")), dash(p.Reply)})
		}
	}
	switch {
	case seen == 0 && len(points.Rows) == 0:
		return append(blocks, Block{Text: "本季度没有收到或转送风险点。"})
	case len(points.Rows) == 0:
		return append(blocks, Block{Text: "本季度各单位报送风险点" + itoa(seen) + "条，尚未转送。"})
	}
	return append(blocks, Block{Text: "本季度各单位报送风险点" + itoa(seen) + "条，转送相关科室和旗县市区局" + itoa(len(points.Rows)) + "条。"}, Block{Table: &points})
}

func dash(s string) string {
	if s == "" {
		return nothing
	}
	return s
}

// resolutions is 六、议定事项落实.
func (w *composer) resolutions() []Block {
	kinds := map[string]int{}
	held, decided, done, overdue, open := 0, 0, 0, 0, 0
	t := Table{Caption: "议定事项", Columns: []Column{{"会议", Words, 4}, {"事项", Words, 6}, {"决定", Words, 6}, {"责任单位", Words, 4}, {"完成期限", Day, 4}, {"落实情况", Words, 5}}}
	for _, m := range w.d.Meetings {
		if m.Held == 0 || m.Held > w.t.cut {
			continue
		}
		now := w.t.within(m.Held)
		if now {
			held++
			kinds[m.Type]++
		}
		for i := range m.Topics {
			topic := &m.Topics[i]
			if now && topic.Decision != "" {
				decided++
			}
			// What a decision on a case asks for is followed on the case.
			if topic.Due == 0 && topic.Done == "" || topic.Decision == "" || !now && topic.Done != "" {
				continue
			}
			switch {
			case topic.Done != "":
				done++
			case topic.Due != 0 && topic.Due <= w.t.cut:
				overdue++
			default:
				open++
			}
			matter, decision, state := topic.Matter, topic.Decision, topic.Done
			if w.secret(topic.Cases) {
				matter, decision, state = "限范围查看", "限范围查看", dash("")
			}
			t.Rows = append(t.Rows, []string{m.ID, matter, decision, dash(strings.Join(topic.Units, "、")), dateOrNothing(topic.Due), dash(state)})
		}
	}
	text := "本季度没有召开联席会议。"
	if held > 0 {
		text = "本季度召开会议和传签共" + itoa(held) + "次（" + enumerate(times("例会", kinds), times("专题", kinds), times("即时", kinds), times("传签", kinds)) + "）。"
	}
	if decided > 0 {
		text += "议定" + items(decided) + "，其中对诉求的异议、延期等作出的决定在各事项中落实。"
	}
	if len(t.Rows) == 0 {
		return paragraphs(text)
	}
	text += "本季度议定和以前议定尚未落实、需要跟踪的" + items(len(t.Rows)) + "，已落实" + items(done)
	if more := enumerate(some("到期未落实", overdue), some("正在落实", open)); more != "" {
		text += "，" + more
	}
	return append(paragraphs(text+"。"), Block{Table: &t})
}

func times(name string, count map[string]int) string {
	if count[name] == 0 {
		return ""
	}
	return name + itoa(count[name]) + "次"
}

// secret reports whether one of the cases must not be read. What cannot be
// told is withheld.
func (w *composer) secret(cases []string) bool {
	for _, id := range cases {
		if c := w.d.Case(id); !w.o.Supervision && (c == nil || w.hidden(c)) {
			return true
		}
	}
	return false
}

// issue is one thing to mend, with what to do about it.
type issue struct{ problem, advice string }

// issues are what the figures say should be better.
func (w *composer) issues() []issue {
	d, s, e := w.r.Deadlines, w.r.Steps, w.r.Evaluation
	var list []issue
	add := func(problem, advice string) { list = append(list, issue{problem, advice}) }
	if late := d.LateDone + d.LateOpen + d.LateAgain; late > 0 {
		var units []string
		for _, u := range w.r.Units {
			if n := u.Deadlines.LateDone + u.Deadlines.LateOpen + u.Deadlines.LateAgain; n > 0 {
				units = append(units, u.Unit+items(n))
			}
		}
		add("超过制度规定的反馈时限"+items(late)+"（"+several(units)+"），其中"+
			enumerate(some("超期已办", d.LateDone), some("超期未办", d.LateOpen), some("退回后超期", d.LateAgain))+"。",
			"压实承办单位主体责任。超期未办的逐项明确责任人和完成时间；预计难以按期的，在到期前按规定申请延期或报联席会议研究决定。")
	}
	if s.Returned > 0 {
		add("反馈质量不高，审核退回"+itoa(s.Returned)+"次。", "提高反馈质量。反馈前对照诉求逐条核对办理情况和答复口径，做到一次说清。")
	}
	if e.Dissatisfied > 0 {
		add("评估为不满意的"+itoa(e.Dissatisfied)+"次"+prefixed("，", some("督促改进", s.Improved))+"。", "跟踪改进成效。对不满意事项分析原因，改进情况在期限内反馈并再次评估。")
	}
	if e.Accepted >= MinBase && e.Covered*2 < e.Accepted {
		add("评估覆盖面不够，审核通过的事项中已评估"+rate(Share{e.Covered, e.Accepted})+"。", "扩大回访评估面，综合运用12366回访、体验师体验、实地调研等方式。")
	}
	if s.Reassigned > 1 {
		add("承办单位调整"+itoa(s.Reassigned)+"次，职责边界需要进一步明确。", "推送前加强会商，把多次调整的事项提请联席会议明确职责分工。")
	}
	if m := w.r.Monthly; m.Late+m.Missing() > 0 {
		add("月度报送不够及时，迟报"+itoa(m.Late)+"份、未报"+itoa(m.Missing())+"份。", "每月前3个工作日内报送上月情况，没有诉求的也要零报告。")
	}
	if slow := w.slow(); slow != "" {
		add("内部控制时限执行不严，超过时限的有："+slow+"。", "联席会议办公室加快分析、推送、审核和评估，及时合并各单位提交的合并请求。")
	}
	if n := len(w.standingAs(workflow.LongTerm)); n > 0 {
		add("长期推进的"+items(n)+"尚未解决。", "对长期推进事项按期再研究，属于上级权限的及时报自治区税务局。")
	}
	if n := s.Proxies + s.Corrected; n > 0 {
		add("代录"+itoa(s.Proxies)+"次、更正"+itoa(s.Corrected)+"次，线上办理还不够规范。", "加强联络员培训，各单位自行提交，减少代录和更正。")
	}
	return list
}

// slow lists the office's own limits that were passed.
func (w *composer) slow() string {
	var parts []string
	for _, l := range w.r.Limits {
		if n := l.Deadlines.LateDone + l.Deadlines.LateOpen; n > 0 && l.Class == clock.Internal {
			parts = append(parts, string(l.Kind)+items(n))
		}
	}
	return strings.Join(parts, "、")
}

// problems is 七、存在问题.
func (w *composer) problems() []Block {
	return w.numbered(func(x issue) string { return x.problem }, "从数字看，本季度没有超期、退回、不满意等情况。")
}

// advice is 八、下一步建议.
func (w *composer) advice() []Block {
	return w.numbered(func(x issue) string { return x.advice }, "继续按照联席会议制度做好收集、分析、推送、办理、反馈和评估各环节工作。")
}

// numbered is one paragraph for each issue; none is what stands if there is no
// issue.
func (w *composer) numbered(text func(issue) string, none string) []Block {
	var blocks []Block
	for i, x := range w.issues() {
		blocks = append(blocks, Block{Text: office.Ordinal(2, i+1) + text(x)})
	}
	if len(blocks) == 0 {
		return paragraphs(none)
	}
	return blocks
}
