package report

import (
	"cmp"
	"slices"
	"strings"

	"suqiu/internal/workflow"
)

// situation is 一、基本情况.
func (w *composer) situation() []Block {
	f, b, m := w.r.Funnel, w.r.Balance, w.r.Monthly
	before, year := w.b.tally(w.q.Add(-1)).funnel, w.b.tally(w.q.Add(-4)).funnel
	first := quarterName(w.q) + "，各成员单位月报收集" + itoa(f.Collected) + "件，登记" + items(f.Registered) + "合" + itoa(f.Tickets) + "件" +
		against("上季度", f.Registered, before.Registered) + against("上年同期", f.Registered, year.Registered) + "。"
	if f.Registered > 0 {
		waiting := f.Registered - f.Pushed - f.NotPushed
		first += "其中，推送承办单位" + items(f.Pushed) + "，至" + w.end() + "办结" + items(f.Done)
		if f.NotPushed > 0 {
			first += "；原渠道已办结、重复反映等未推送的" + items(f.NotPushed)
		}
		if waiting > 0 {
			first += "；正在分析的" + items(waiting)
		}
		first += "。"
	}
	second := "期初未结" + items(b.Opening) + "，本季度推送" + items(b.Pushed)
	if b.Reopened > 0 {
		second += "（其中终结后经更正恢复办理" + items(b.Reopened) + "）"
	}
	second += "，办结" + items(b.Done)
	if b.Other > 0 {
		second += "，合并、撤回等其他终结" + items(b.Other)
	}
	second += "，" + w.end() + "未结" + items(b.Closing)
	if b.LongTerm > 0 {
		second += "（其中长期推进" + items(b.LongTerm) + "）"
	}
	if b.Improving > 0 {
		second += "；" + w.end() + "改进中" + items(b.Improving)
	}
	second += "。"
	third := ""
	if m.Due > 0 {
		third = "各成员单位应报送月度情况" + itoa(m.Due) + "份，按时报送" + itoa(m.OnTime) + "份"
		if m.Late > 0 {
			third += "，迟报" + itoa(m.Late) + "份"
		}
		if missing := m.Missing(); missing > 0 {
			third += "，未报" + itoa(missing) + "份"
		}
		if m.Awaited > 0 {
			third += "，尚缺" + itoa(m.Awaited) + "份"
		}
		third += "，月报及时率" + rate(m.InTime()) + "。"
	}
	blocks := paragraphs(first, second, third)
	table, chart := w.months()
	return append(blocks, Block{Table: &table, Chart: chart.ifAny()})
}

// end is how the last day that counts is called.
func (w *composer) end() string {
	if w.r.Running {
		return chineseDate(w.r.AsOf)
	}
	return "季末"
}

func numbers(list ...int) []string {
	text := make([]string, len(list))
	for i, n := range list {
		text[i] = itoa(n)
	}
	return text
}

// features is 二、诉求特点.
func (w *composer) features() []Block {
	if w.r.Funnel.Registered == 0 {
		return paragraphs("本季度没有登记的事项。")
	}
	blocks := paragraphs(w.spreadOver("办理类别", w.r.Categories))
	if t, c, ok := groupTable("category", "办理类别", w.r.Categories); ok {
		blocks = append(blocks, Block{Table: &t, Chart: c.ifAny()})
	}
	blocks = append(blocks, paragraphs(w.spreadOver("收集渠道", w.r.Channels))...)
	if t, c, ok := groupTable("channel", "收集渠道", w.r.Channels); ok {
		blocks = append(blocks, Block{Table: &t, Chart: c.ifAny()})
	}
	opinions, urgent, critical, places := 0, 0, 0, map[string]int{}
	for _, tr := range w.registered() {
		if tr.c.Nature == "舆情" {
			opinions++
		}
		switch w.t.facts(tr).Urgency {
		case "急":
			urgent++
		case "特急":
			critical++
		}
		if tr.c.Locality != "" {
			places[tr.c.Locality]++
		}
	}
	last := "从性质看，诉求" + items(w.r.Funnel.Registered-opinions) + "，舆情" + items(opinions) + "。"
	if critical+urgent > 0 {
		last += "从轻重缓急看，" + enumerate(some("特急", critical), some("急", urgent)) + "，其余为一般和缓办事项。"
	}
	if p := tops(places, 3, 2); p != "" {
		last += "从属地看，" + p + "。"
	}
	return append(blocks, paragraphs(last)...)
}

func (w *composer) tickets(tr *track) int { return w.t.facts(tr).Tickets }

// registered are the cases registered in the quarter.
func (w *composer) registered() []*track {
	var list []*track
	for _, tr := range w.t.tracks {
		if w.t.within(tr.registered) {
			list = append(list, tr)
		}
	}
	return list
}

// spreadOver says which groups most of the registered cases belong to.
func (w *composer) spreadOver(what string, rows []GroupRow) string {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b GroupRow) int { return cmp.Compare(b.Registered, a.Registered) })
	var parts []string
	rest := 0
	for _, g := range sorted {
		switch {
		case g.Registered == 0:
		case len(parts) < 3 && g.Name != unnamed:
			text := g.Name + items(g.Registered)
			if p, ok := (Share{g.Registered, w.r.Funnel.Registered}).Percent(); ok {
				text += "（占" + p + "）"
			}
			parts = append(parts, text)
		default:
			rest += g.Registered
		}
	}
	text := "从" + what + "看，" + strings.Join(parts, "、")
	if rest > 0 {
		text += "，其他" + items(rest)
	}
	return text + "。"
}

// tops are the most frequent names of a count, if one stands out.
func tops(count map[string]int, most, least int) string {
	type pair struct {
		name string
		n    int
	}
	var list []pair
	for name, n := range count {
		if n >= least {
			list = append(list, pair{name, n})
		}
	}
	slices.SortFunc(list, func(a, b pair) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name)) })
	var parts []string
	for _, p := range list[:min(most, len(list))] {
		parts = append(parts, p.name+items(p.n))
	}
	return strings.Join(parts, "、")
}

// hotspots is 三、热点难点.
func (w *composer) hotspots() []Block {
	var many []*track
	topics, taxes := map[string]int{}, map[string]int{}
	for _, tr := range w.registered() {
		if w.tickets(tr) >= 3 {
			many = append(many, tr)
		}
		for _, s := range tr.c.Topics {
			topics[s]++
		}
		for _, s := range tr.c.Taxes {
			taxes[s]++
		}
	}
	slices.SortStableFunc(many, func(a, b *track) int { return cmp.Compare(w.tickets(b), w.tickets(a)) })
	hot := []string{}
	if len(many) > 0 {
		hot = append(hot, "集中反映的事项有"+items(len(many))+"，每项代表3件以上同类诉求："+w.names(many)+"。")
	}
	if s := tops(topics, 5, 2); s != "" {
		hot = append(hot, "从主题看，反映较多的是："+s+"。")
	}
	if s := tops(taxes, 5, 2); s != "" {
		hot = append(hot, "从税费种看，反映较多的是："+s+"。")
	}
	if len(hot) == 0 {
		hot = append(hot, "本季度没有明显集中的诉求。")
	}
	var hard []string
	for _, k := range []struct {
		what  happeningKind
		label string
	}{{escalation, "报联席会议研究决定的"}, {reassigned, "调整承办单位的"}, {extension, "申请延期的"}, {improved, "督促改进的"}} {
		if found := w.with(k.what); len(found) > 0 {
			hard = append(hard, k.label+items(len(found))+"："+w.names(found)+"。")
		}
	}
	if long := w.standingAs(workflow.LongTerm); len(long) > 0 {
		hard = append(hard, w.end()+"长期推进的"+items(len(long))+"："+w.names(long)+"。")
	}
	if len(hard) == 0 {
		hard = append(hard, "本季度没有报研究决定、调整承办单位、申请延期、督促改进或长期推进的事项。")
	}
	blocks := append([]Block{{Heading: "（一）热点"}}, paragraphs(hot...)...)
	return append(append(blocks, Block{Heading: "（二）难点"}), paragraphs(hard...)...)
}

// with are the cases to which something happened in the quarter.
func (w *composer) with(what happeningKind) []*track {
	var list []*track
	for _, tr := range w.t.tracks {
		if slices.ContainsFunc(tr.events, func(e happening) bool { return e.what == what && w.t.within(e.day) }) {
			list = append(list, tr)
		}
	}
	return list
}

// standingAs are the cases in a state at the end.
func (w *composer) standingAs(s workflow.State) []*track {
	var list []*track
	for _, tr := range w.t.tracks {
		if tr.registered <= w.t.cut && tr.at(w.t.cut) == s {
			list = append(list, tr)
		}
	}
	return list
}
