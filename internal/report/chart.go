package report

import (
	"math"
	"slices"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// Chart draws some columns of its block's table: the first column along the
// axis, a series for each of Columns, a place for each of the first rows. A row
// of sums behind them is not drawn.
type Chart struct {
	ID      string
	Title   string
	Unit    string // of the values
	Series  []string
	Columns []int // of Table, one a series
	Groups  []ChartGroup
	Across  bool // bars, for names too long to stand below columns
	// Rate draws one line of shares: the values of a group are n and its whole,
	// the column is that of the share.
	Rate bool
}

// ChartGroup is one place on the axis with a value for each series.
type ChartGroup struct {
	Label  string
	Values []int
}

// ifAny is the chart if it has anything to draw.
func (c *Chart) ifAny() *Chart {
	for _, g := range c.Groups {
		for _, n := range g.Values {
			if n > 0 {
				return c
			}
		}
	}
	return nil
}

// Alt is what the chart shows, in words.
func (c *Chart) Alt() string {
	if len(c.Groups) == 0 {
		return c.Title + "。"
	}
	text := c.Title + "，从" + c.Groups[0].Label + "到" + c.Groups[len(c.Groups)-1].Label
	if c.Rate {
		last := c.Groups[len(c.Groups)-1]
		return text + "；最近一个季度为" + rate(Share{last.Values[0], last.Values[1]}) + "。各项数字见表。"
	}
	for i, name := range c.Series {
		top := 0
		for j := range c.Groups {
			if c.Groups[j].Values[i] > c.Groups[top].Values[i] {
				top = j
			}
		}
		text += "；" + name + "最多" + itoa(c.Groups[top].Values[i]) + "（" + c.Groups[top].Label + "）"
	}
	return text + "。各项数字见表。"
}

// office is the chart as Word and Excel draw it.
func (c *Chart) office(t *Table) office.Chart {
	out := office.Chart{Title: c.Title, Alt: c.Alt(), Along: t.Columns[0].Name, Unit: c.Unit}
	switch {
	case c.Rate:
		out.Kind = office.Rates
	case c.Across:
		out.Kind = office.Bars
	}
	for i, name := range c.Series {
		s := office.Series{Name: name}
		for _, g := range c.Groups {
			s.Values = append(s.Values, c.value(&g, i))
		}
		out.Series = append(out.Series, s)
	}
	for _, g := range c.Groups {
		out.Names = append(out.Names, g.Label)
	}
	return out
}

// value is what the i-th series has at a group; NaN where the whole is too
// small for a percentage. A percentage is that of the table, to one decimal.
func (c *Chart) value(g *ChartGroup, i int) float64 {
	if !c.Rate {
		return float64(g.Values[i])
	}
	if p, ok := (Share{g.Values[0], g.Values[1]}).Percent(); ok {
		if f, ok := percentage(p); ok {
			return f
		}
	}
	return math.NaN()
}

// months is the flow of the three months.
func (w *composer) months() (Table, Chart) {
	t := Table{Caption: "各月登记、推送和办结情况", Columns: []Column{{"月份", Words, 2}, {"月报收集（件）", Number, 2}, {"登记", Number, 2}, {"合（件）", Number, 2},
		{"期初未结", Number, 2}, {"推送", Number, 2}, {"办结", Number, 2}, {"其他终结", Number, 2}, {"期末未结", Number, 2}}}
	c := Chart{ID: "flow", Title: "本季度各月登记、推送和办结事项数", Unit: "事项（项）", Series: []string{"登记", "推送", "办结"}, Columns: []int{2, 5, 6}}
	for _, m := range w.r.Months {
		label := itoa(int(m.Month.Month)) + "月"
		t.Rows = append(t.Rows, append([]string{label}, numbers(m.Collected, m.Registered, m.Tickets, m.Balance.Opening, m.Balance.Pushed, m.Balance.Done, m.Balance.Other, m.Balance.Closing)...))
		c.Groups = append(c.Groups, ChartGroup{label, []int{m.Registered, m.Balance.Pushed, m.Balance.Done}})
	}
	f, b := w.r.Funnel, w.r.Balance
	t.Rows = append(t.Rows, append([]string{"合计"}, numbers(f.Collected, f.Registered, f.Tickets, b.Opening, b.Pushed, b.Done, b.Other, b.Closing)...))
	return t, c
}

// groupTable is what was registered, pushed and closed by a group; of channels,
// also what was collected.
func groupTable(id, what string, rows []GroupRow) (t Table, c Chart, ok bool) {
	t = Table{Caption: "按" + what, Columns: []Column{{what, Words, 5}, {"登记", Number, 2}, {"合（件）", Number, 2}, {"推送", Number, 2},
		{"办结", Number, 2}, {"期末未结", Number, 2}, {"按期反馈", Ratio, 3}}}
	c = Chart{ID: id, Title: "本季度登记事项按" + what, Unit: "事项（项）", Series: []string{"登记"}, Columns: []int{1}, Across: true}
	collected := slices.ContainsFunc(rows, func(g GroupRow) bool { return g.Collected > 0 })
	if collected {
		t.Columns = slices.Insert(t.Columns, 1, Column{"月报收集（件）", Number, 2})
		c.Columns[0]++
	}
	for _, g := range rows {
		row := append([]string{g.Name}, numbers(g.Registered, g.Tickets, g.Balance.Pushed, g.Balance.Done, g.Balance.Closing)...)
		if collected {
			row = slices.Insert(row, 1, itoa(g.Collected))
		}
		t.Rows = append(t.Rows, append(row, g.OnTime.String()))
		c.Groups = append(c.Groups, ChartGroup{g.Name, []int{g.Registered}})
	}
	return t, c, len(rows) > 0
}

// unitChart draws what each unit was sent and closed, in configured order.
func unitChart(units []UnitRow) *Chart {
	c := Chart{ID: "unit", Title: "本季度各单位推送和办结事项数", Unit: "事项（项）", Series: []string{"推送", "办结"}, Columns: []int{2, 3}, Across: true}
	for _, u := range units {
		c.Groups = append(c.Groups, ChartGroup{u.Unit, []int{u.Balance.Pushed, u.Balance.Done}})
	}
	return c.ifAny()
}

// trendQuarters is how far back the share on time is drawn.
const trendQuarters = 8

// onTimeTrend is the share on time of the latest quarters, oldest first.
func (w *composer) onTimeTrend() (t Table, c Chart, ok bool) {
	t = Table{Caption: "各季度按期反馈情况", Columns: []Column{{"季度", Words, 4}, {"应办", Number, 2}, {"按期", Number, 2}, {"超期已办", Number, 2}, {"超期未办", Number, 2}, {"按期反馈率", Ratio, 3}}}
	c = Chart{ID: "on-time", Title: "各季度按期反馈率", Unit: "按期反馈率", Series: []string{"按期反馈率"}, Columns: []int{5}, Rate: true}
	var list []workday.Quarter
	for _, q := range w.b.Quarters() {
		if q.First() <= w.q.First() && len(list) < trendQuarters {
			list = append(list, q)
		}
	}
	for i := len(list) - 1; i >= 0; i-- {
		d := w.b.tally(list[i]).deadlines
		if d.Due == 0 && len(t.Rows) == 0 {
			continue // before the first push
		}
		ok = ok || d.Base() > 0
		name := itoa(list[i].Year) + "年" + office.Chinese(list[i].Q) + "季度"
		t.Rows = append(t.Rows, append(append([]string{name}, numbers(d.Due, d.OnTime, d.LateDone, d.LateOpen)...), Share{d.OnTime, d.Base()}.String()))
		c.Groups = append(c.Groups, ChartGroup{name, []int{d.OnTime, d.Base()}})
	}
	return t, c, ok
}

// answerSpans are the last working day of each span that answers are counted by.
var answerSpans = [...]int{2, 5, 8, 10, 15, 20, 30}

// answers counts the feedback accepted in the quarter by the working days that
// it took from the push, pauses included: what people waited.
func (w *composer) answers() (t Table, c Chart, ok bool) {
	t = Table{Caption: "推送至反馈所用时间", Columns: []Column{{"所用工作日", Words, 4}, {"事项", Number, 2}, {"占比", Ratio, 2}}}
	c = Chart{ID: "answer", Title: "推送至反馈所用工作日", Unit: "事项（项）", Series: []string{"事项"}, Columns: []int{1}, Across: true}
	counts := make([]int, len(answerSpans)+1)
	for _, n := range w.t.handling {
		at := 0
		for at < len(answerSpans) && n > answerSpans[at] {
			at++
		}
		counts[at]++
	}
	from := 0
	for i, n := range counts {
		name := itoa(from) + "—"
		switch {
		case i == len(answerSpans):
			name = itoa(from-1) + "日以上"
		case i == 0:
			name, from = itoa(answerSpans[i])+"日以内", answerSpans[i]+1
		default:
			name, from = name+itoa(answerSpans[i])+"日", answerSpans[i]+1
		}
		t.Rows = append(t.Rows, []string{name, itoa(n), Share{n, len(w.t.handling)}.String()})
		c.Groups = append(c.Groups, ChartGroup{name, []int{n}})
	}
	return t, c, len(w.t.handling) > 0
}
