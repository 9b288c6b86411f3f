package document

import (
	"math"
	"slices"
	"strconv"

	"suqiu/internal/office"
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
	Groups  []Group
	Across  bool // bars, for names too long to stand below columns
	// Rate draws one line of shares: the values of a group are n and its whole,
	// the column is that of the share.
	Rate bool
}

// Group is one place on the axis of a chart with a value for each series.
type Group struct {
	Label  string
	Values []int
}

// Add adds a place on the axis.
func (c *Chart) Add(label string, values ...int) { c.Groups = append(c.Groups, Group{label, values}) }

// IfAny is the chart if it has anything to draw.
func (c *Chart) IfAny() *Chart {
	positive := func(n int) bool { return n > 0 }
	if slices.ContainsFunc(c.Groups, func(g Group) bool { return slices.ContainsFunc(g.Values, positive) }) {
		return c
	}
	return nil
}

// Alt is what the chart shows, in words.
func (c *Chart) Alt() string {
	if len(c.Groups) == 0 {
		return c.Title + "。"
	}
	last := c.Groups[len(c.Groups)-1]
	text := c.Title + "，从" + c.Groups[0].Label + "到" + last.Label
	if c.Rate {
		return text + "；最近一个季度为" + Share{last.Values[0], last.Values[1]}.Prose() + "。各项数字见表。"
	}
	for i, name := range c.Series {
		top := slices.MaxFunc(c.Groups, func(a, b Group) int { return a.Values[i] - b.Values[i] })
		text += "；" + name + "最多" + strconv.Itoa(top.Values[i]) + "（" + top.Label + "）"
	}
	return text + "。各项数字见表。"
}

// Office is the chart as Word and Excel draw it.
func (c *Chart) Office(t *Table) office.Chart {
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
func (c *Chart) value(g *Group, i int) float64 {
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
