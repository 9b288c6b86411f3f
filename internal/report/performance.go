package report

import (
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/office"
)

// indicator finds one by its key.
func (w *composer) indicator(key string) Indicator {
	for _, i := range w.r.Indicators {
		if i.Key == key {
			return i
		}
	}
	return Indicator{Value: nothing, Year: nothing, Quarter: nothing}
}

// compared is the comparison of an indicator in words, if it has one.
func (w *composer) compared(key string) string {
	i := w.indicator(key)
	text := ""
	for _, c := range []struct{ label, change string }{{"环比", i.Quarter}, {"同比", i.Year}} {
		switch {
		case c.change == nothing || c.change == "":
		case strings.HasPrefix(c.change, "+"):
			text += "，" + c.label + "上升" + strings.ReplaceAll(c.change[1:], " ", "")
		case strings.HasPrefix(c.change, "-"):
			text += "，" + c.label + "下降" + strings.ReplaceAll(c.change[1:], " ", "")
		default:
			text += "，" + c.label + "持平"
		}
	}
	return text
}

// performance is 四、办理质效与典型做法.
func (w *composer) performance() []Block {
	d, s := w.r.Deadlines, w.r.Steps
	due := "本季度到期应办" + items(d.Due)
	if d.Due > 0 {
		due += "，按期反馈" + items(d.OnTime) + "，按期反馈率" + rate(Share{d.OnTime, d.Base()}) + w.compared("on-time") +
			"；按原到期日（不计暂停和延期）计算，为" + rate(Share{d.Original, d.Base()})
		if late := enumerate(some("超期已办", d.LateDone), some("超期未办", d.LateOpen)); late != "" {
			due += "；" + late
		} else {
			due += "；没有超期"
		}
		if d.NotYet > 0 {
			due += "；尚未到期或可能尚未收到的" + items(d.NotYet) + "，不计入比率"
		}
	}
	due += "。"
	if d.Pending > 0 {
		due += w.end() + "待决定" + items(d.Pending) + "，不计入应办，决定后计入到期日所在季度。"
	}
	if d.LateAgain > 0 {
		due += "以前季度按期反馈、退回后超期" + items(d.LateAgain) + "，不重复计入应办。"
	}
	if of := w.r.Balance.Opening + w.r.Balance.Pushed; of > 0 {
		due += "本季度办结率" + rate(Share{w.r.Balance.Done, of}) + w.compared("done-rate") + "。"
	}
	headings := 0
	heading := func(text string) Block {
		headings++
		return Block{Heading: office.Ordinal(2, headings) + text}
	}
	blocks := append([]Block{heading("办理时效")}, paragraphs(due)...)
	if t, c, ok := w.onTimeTrend(); ok {
		blocks = append(blocks, Block{Table: &t, Chart: &c})
	}
	blocks = append(blocks, paragraphs(w.durations())...)
	if t, c, ok := w.answers(); ok {
		blocks = append(blocks, Block{Table: &t, Chart: &c})
	}
	blocks = append(blocks, paragraphs(w.requests(s))...)
	blocks = append(blocks, heading("评估情况"))
	blocks = append(blocks, w.evaluations()...)
	if t, ok := w.limits(); ok {
		blocks = append(blocks, heading("内部控制时限"),
			Block{Text: "下列时限由本局自行规定，用于提示，不计超期，不纳入考评。"}, Block{Table: &t})
	}
	return append(append(blocks, heading("典型做法")), w.practices()...)
}

func (w *composer) durations() string {
	h, a := w.r.Handling, w.r.Whole
	switch {
	case h.N == 0:
		return ""
	case h.N < MinBase:
		return "审核通过的反馈" + itoa(h.N) + "件，不足" + itoa(MinBase) + "件，不计平均时长。"
	}
	text := "从推送到审核通过的反馈，平均用时" + tenths(10*h.Sum, h.N) + "个工作日（" + itoa(h.N) + "项）" + w.compared("handling") + "，中位数" + tenths(10*h.MedianTwo, 2) + "个工作日"
	if a.N >= MinBase {
		text += "；从收集到答复，全程平均" + tenths(10*a.Sum, a.N) + "天（自然日，" + itoa(a.N) + "项），中位数" + tenths(10*a.MedianTwo, 2) + "天"
	}
	return text + "。"
}

func (w *composer) requests(s Steps) string {
	var parts []string
	add := func(n int, text string) {
		if n > 0 {
			parts = append(parts, text)
		}
	}
	add(s.Extensions, "提出延期申请"+itoa(s.Extensions)+"次，同意"+itoa(s.Granted)+"次，不同意"+itoa(s.Refused)+"次")
	add(s.Objections, "提出异议"+itoa(s.Objections)+"次，成立"+itoa(s.Upheld)+"次，不成立"+itoa(s.Rejected)+"次")
	add(s.Escalations, "报研究决定"+itoa(s.Escalations)+"次")
	add(s.Reassigned, "调整承办单位"+itoa(s.Reassigned)+"次")
	add(s.Returned, "审核退回"+itoa(s.Returned)+"次")
	if len(parts) == 0 {
		return "本季度没有延期、异议、改派和退回。"
	}
	return "本季度" + strings.Join(parts, "；") + "。"
}

func (w *composer) evaluations() []Block {
	e := w.r.Evaluation
	if e.Accepted == 0 && e.All == 0 {
		return paragraphs("本季度没有审核通过的反馈，也没有评估。")
	}
	text := "本季度审核通过的事项" + items(e.Accepted) + "，已评估" + items(e.Covered) + "，评估覆盖率" + rate(Share{e.Covered, e.Accepted}) +
		"。本季度评估" + itoa(e.All) + "次，其中满意" + itoa(e.Satisfied) + "次、基本满意" + itoa(e.Fair) + "次、不满意" + itoa(e.Dissatisfied) +
		"次、无法评价" + itoa(e.Unrated) + "次，满意率" + rate(Share{e.Satisfied + e.Fair, e.All - e.Unrated}) + w.compared("satisfied") + "。"
	second := ""
	if n := w.r.Steps.Improved; n > 0 {
		second = "对办理效果不佳的，联席会议办公室会同承办单位研究分析，督促改进" + items(n) + "：" + w.names(w.with(improved)) + "。"
	}
	blocks := paragraphs(text, second)
	if len(w.r.Methods) > 0 {
		t := Table{Caption: "按评估方式", Columns: []Column{{"方式", Words, 4}, {"评估", Number, 2}, {"满意", Number, 2}, {"基本满意", Number, 2},
			{"不满意", Number, 2}, {"无法评价", Number, 2}, {"满意率", Ratio, 3}}}
		for _, m := range w.r.Methods {
			e := m.Evaluation
			t.Rows = append(t.Rows, append(append([]string{m.Method}, numbers(e.All, e.Satisfied, e.Fair, e.Dissatisfied, e.Unrated)...),
				Share{e.Satisfied + e.Fair, e.All - e.Unrated}.String()))
		}
		blocks = append(blocks, Block{Table: &t})
	}
	return blocks
}

// limits are those of the office's own rules, with what became of them.
func (w *composer) limits() (Table, bool) {
	t := Table{Caption: "内部控制时限", Columns: []Column{{"时限", Words, 3}, {"本季度到期", Number, 2}, {"按时", Number, 2}, {"超过时限已办", Number, 2},
		{"超过时限未办", Number, 2}, {"未到期", Number, 2}, {"按时率", Ratio, 3}}}
	for _, l := range w.r.Limits {
		if l.Class != clock.Internal {
			continue
		}
		d := l.Deadlines
		t.Rows = append(t.Rows, append(append([]string{string(l.Kind)}, numbers(d.Due, d.OnTime, d.LateDone, d.LateOpen, d.NotYet)...), Share{d.OnTime, d.Base()}.String()))
	}
	return t, len(t.Rows) > 0
}

// practices offers what was answered in time and found good, for a person to
// choose from.
func (w *composer) practices() []Block {
	const most = 4
	var list []Block
	for _, tr := range w.t.tracks {
		if len(list) == most {
			break
		}
		if w.d.Restricted(tr.c) || !w.pleased(tr) {
			continue
		}
		for _, f := range tr.c.Feedback {
			if f.Review == "通过" && f.Result == "已解决" && f.Measures != "" {
				list = append(list, Block{Text: w.name(tr.c) + "，" + tr.c.Life.Lead + "：" + strings.TrimRight(f.Measures, "。") + "。"})
				break
			}
		}
	}
	if len(list) == 0 {
		return paragraphs("本季度没有按期反馈且评估为满意的事项可供选取。")
	}
	return append(paragraphs("下列事项按期反馈、评估为满意，办理措施可供各单位借鉴："), list...)
}

// pleased reports whether a case was found 满意 in the quarter and never late.
func (w *composer) pleased(tr *track) bool {
	good := false
	for _, e := range tr.events {
		if e.what == evaluated && w.t.within(e.day) {
			good = e.entry.Word == "满意"
		}
		if e.what == returned || e.what == improved {
			return false
		}
	}
	for i := range tr.c.Life.Clocks {
		k := &tr.c.Life.Clocks[i]
		if k.Kind == clock.Feedback && (k.Status == clock.Missed || k.Status == clock.Overdue) {
			return false
		}
	}
	return good
}
