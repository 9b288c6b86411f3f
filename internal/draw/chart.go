// Package draw draws what the pages show as pictures: charts, the transition
// table, and the days of a limit, as inline SVG and HTML that a style sheet
// colours by class. No figure is told by colour alone; the page shows the same
// figures in a table beside each chart.
package draw

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
)

// Group is one place on the axis with a value for each series.
type Group struct {
	Label  string
	Values []int
	Under  string // below the label: the year, where it begins
}

// Over is a line drawn over columns, with a value for each group.
type Over struct {
	Name   string
	Values []int
}

// Point is one point of a line: the share of n in a whole, which Text says in
// words. Without a percentage, because the whole is too small, it is Hollow.
type Point struct {
	Label  string
	N, Of  int
	Text   string
	Hollow bool
}

// Count is one bar of a chart.
type Count struct {
	Name string
	N    int
}

const (
	chartWidth  = 560
	chartHeight = 220
	plotTop     = 30
	plotBottom  = 190
	plotLeft    = 48
)

// openChart begins a chart; id must be unique in the page.
func openChart(id, title, desc string, width, height int) *strings.Builder {
	b := new(strings.Builder)
	fmt.Fprintf(b, `<svg class="chart" viewBox="0 0 %d %d" role="img" aria-labelledby="ct-%s cd-%s"><title id="ct-`+
		`%s">%s</title><desc id="cd-%s">%s</desc>`,
		width, height, id, id, id, template.HTMLEscapeString(title), id, template.HTMLEscapeString(desc))
	return b
}

// tell describes a chart of groups in words.
func tell(series []string, groups []Group) string {
	var b strings.Builder
	b.WriteString("从" + groups[0].Label + "到" + groups[len(groups)-1].Label)
	for i, name := range series {
		top := 0
		for j := range groups {
			if groups[j].Values[i] > groups[top].Values[i] {
				top = j
			}
		}
		b.WriteString("；" + name + "最多 " + strconv.Itoa(groups[top].Values[i]) + "（" + groups[top].Label + "）")
	}
	return b.String() + "。各项数字见旁边的表。"
}

// niceTop is the smallest 1, 2 or 5 times a power of ten that holds n.
func niceTop(n int) int {
	for step := 1; ; step *= 10 {
		for _, m := range [...]int{4, 10, 20} {
			if n <= m*step {
				return m * step
			}
		}
	}
}

// axis draws the grid lines from 0 to top.
func axis(b *strings.Builder, top int, unit string) {
	for i := range 5 {
		y := plotBottom - (plotBottom-plotTop)*i/4
		class := "grid"
		if i == 0 {
			class = "base"
		}
		fmt.Fprintf(b, `<path class="%s" d="M%d %d.5H%d"/>`, class, plotLeft, y, chartWidth)
		if top*i%4 == 0 {
			fmt.Fprintf(b, `<text class="tick" x="%d" y="%d">%d%s</text>`, plotLeft-6, y+4, top*i/4, unit)
		}
	}
}

// Columns draws groups of columns.
func Columns(id, title string, series []string, groups []Group) template.HTML {
	return ColumnsUnder(id, title, series, groups, nil)
}

// ColumnsUnder draws groups of columns, and a line over them; nil: none.
func ColumnsUnder(id, title string, series []string, groups []Group, over *Over) template.HTML {
	if len(groups) == 0 {
		return ""
	}
	largest, high := 0, chartHeight
	for _, g := range groups {
		largest = max(largest, slices.Max(g.Values))
		if g.Under != "" {
			high = chartHeight + 16
		}
	}
	pitch := (chartWidth - plotLeft) / len(groups)
	c := columns{pitch: pitch, width: min(34, (pitch-min(16, pitch/4))/len(series))}
	digits := digitWidth * len(strconv.Itoa(largest))
	c.upright = digits > c.width // else the numbers would run together
	room := largest
	if c.upright {
		room = largest * (plotBottom - plotTop) / (plotBottom - plotTop - digits - 4)
	}
	text := tell(series, groups)
	if over != nil {
		room = max(room, slices.Max(over.Values))
		text = over.Name + "到最后是 " + strconv.Itoa(over.Values[len(over.Values)-1]) + "；" + text
	}
	c.top = niceTop(room)
	b := openChart(id, title, text, chartWidth, high)
	axis(b, c.top, "")
	at := key(b, plotLeft, series)
	for i := range groups {
		c.draw(b, i, &groups[i])
	}
	if over != nil {
		keyOfLine(b, at, over.Name)
		c.line(b, over.Values)
	}
	for i := range groups {
		c.tell(b, i, &groups[i], over != nil)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// digitWidth is how wide a digit is drawn, in the largest type that a page uses.
const digitWidth = 8

// columns is how columns are laid out: how far groups lie apart, how wide a column is,
// what the axis ends in, and whether numbers stand upright, for want of room.
type columns struct {
	pitch, width, top int
	upright           bool
}

// y is where a value lies.
func (c *columns) y(n int) int { return plotBottom - (plotBottom-plotTop)*n/c.top }

func (c *columns) left(i int, g *Group) int {
	return plotLeft + c.pitch*i + (c.pitch-c.width*len(g.Values))/2
}

// tell writes the numbers over the columns of a group, on ground of their own where a
// line may run behind them.
func (c *columns) tell(b *strings.Builder, i int, g *Group, apart bool) {
	for j, n := range g.Values {
		place := fmt.Sprintf(`class="val" x="%d" y="%d"`, c.left(i, g)+c.width*j+(c.width-2)/2, c.y(n)-4)
		if c.upright {
			x, y := c.left(i, g)+c.width*j+(c.width-2)/2+5, c.y(n)-4
			place = fmt.Sprintf(`class="up" transform="rotate(-90 %d %d)" x="%d" y="%d"`, x, y, x, y)
		}
		if apart {
			fmt.Fprintf(b, `<g class="ground"><text %s>%d</text></g>`, place, n)
		}
		fmt.Fprintf(b, `<text %s>%d</text>`, place, n)
	}
}

func (c *columns) draw(b *strings.Builder, i int, g *Group) {
	for j, n := range g.Values {
		if n > 0 {
			fmt.Fprintf(b, `<rect class="f%d" x="%d" y="%d" width="%d" height="%d"/>`, j+1, c.left(i, g)+c.width*j,
				c.y(n), c.width-2, plotBottom-c.y(n))
		}
	}
	middle := plotLeft + c.pitch*i + c.pitch/2
	fmt.Fprintf(b, `<text class="lab" x="%d" y="%d">%s</text>`, middle, plotBottom+18,
		template.HTMLEscapeString(g.Label))
	if g.Under != "" {
		fmt.Fprintf(b, `<text class="lab" x="%d" y="%d">%s</text>`, middle, plotBottom+36,
			template.HTMLEscapeString(g.Under))
	}
}

// line draws a line over the columns, with the number of its end.
func (c *columns) line(b *strings.Builder, values []int) {
	pen := "M"
	var path, dots strings.Builder
	x, y := 0, 0
	for i, n := range values {
		x, y = plotLeft+c.pitch*i+c.pitch/2, c.y(n)
		path.WriteString(pen + strconv.Itoa(x) + " " + strconv.Itoa(y))
		fmt.Fprintf(&dots, `<circle class="dot over" cx="%d" cy="%d" r="3"/>`, x, y)
		pen = "L"
	}
	fmt.Fprintf(b, `<path class="line over" d="%s"/>%s<text class="end" x="%d" y="%d">%d</text>`, path.String(),
		dots.String(), min(x+14, chartWidth-2), y-8, values[len(values)-1])
}

// Bars draws horizontal bars, one a series, for each group in the given order.
func Bars(id, title string, series []string, groups []Group) template.HTML {
	if len(groups) == 0 {
		return ""
	}
	const left, right = 190, 480
	high, top := 16, 0
	if len(series) > 1 {
		high, top = 14, 22
	}
	row := high*len(series) + 10
	largest := 1
	for _, g := range groups {
		for _, n := range g.Values {
			largest = max(largest, n)
		}
	}
	bottom := top + row*len(groups) + 6
	b := openChart(id, title, "每行 "+strconv.Itoa(len(series))+" 条横线，共 "+strconv.Itoa(len(groups))+" 行，最多 "+
		strconv.Itoa(largest)+"。各项数字见旁边的表。", right, bottom)
	if len(series) > 1 {
		key(b, left, series)
	}
	fmt.Fprintf(b, `<path class="base" d="M%d.5 %dV%d"/>`, left, top, bottom)
	for i, g := range groups {
		name := g.Label
		if name == "" {
			name = "未分类"
		}
		y := top + i*row + 5
		fmt.Fprintf(b, `<text class="row" x="%d" y="%d">%s</text>`, left-8, y+high*len(series)/2+5,
			template.HTMLEscapeString(shorten(name, 13)))
		for j, n := range g.Values {
			width := (right - left - 44) * n / largest
			fmt.Fprintf(b, `<rect class="f%d" x="%d" y="%d" width="%d" height="%d"/><text class="num" x="%d" y="%d">`+
				`%d</text>`,
				j+1, left+1, y+high*j, width, high-len(series)+1, left+width+8, y+high*j+high/2+5, n)
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// Tally draws one bar for each count.
func Tally(id, title string, counts []Count) template.HTML {
	groups := make([]Group, len(counts))
	for i, c := range counts {
		groups[i] = Group{Label: c.Name, Values: []int{c.N}}
	}
	return Bars(id, title, []string{title}, groups)
}

// keyOfLine names a line above a chart, behind the series.
func keyOfLine(b *strings.Builder, x int, name string) {
	fmt.Fprintf(b, `<path class="line over" d="M%d 9h16"/><circle class="dot over" cx="%d" cy="9" r="3"/>`+
		`<text class="key" x="%d" y="13">%s</text>`, x, x+8, x+21, template.HTMLEscapeString(name))
}

// key names the series above a chart, and tells where the next name may begin.
func key(b *strings.Builder, x int, series []string) int {
	for i, name := range series {
		fmt.Fprintf(b, `<rect class="f%d" x="%d" y="4" width="10" height="10"/><text class="key" x="%d" y="13">%s</`+
			`text>`, i+1, x, x+15, template.HTMLEscapeString(name))
		x += 30 + 16*len([]rune(name))
	}
	return x
}

// shorten cuts s to n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// Line draws shares between 0 and 100 %. A quarter with too few cases for a
// percentage has no point but its counts on the base line.
func Line(id, title string, points []Point) template.HTML {
	if len(points) == 0 {
		return ""
	}
	b := openChart(id, title, "每个季度一个点，从"+points[0].Label+"到"+points[len(points)-1].Label+
		"；不足 5 项的季度只写数目。各项数字见旁边的表。", chartWidth, chartHeight)
	axis(b, 100, "%")
	pitch := (chartWidth - plotLeft) / len(points)
	var path strings.Builder
	pen := "M"
	type mark struct{ x, y int }
	var marks []mark
	for i, p := range points {
		x := plotLeft + pitch*i + pitch/2
		fmt.Fprintf(b, `<text class="lab" x="%d" y="%d">%s</text>`, x, plotBottom+18,
			template.HTMLEscapeString(p.Label))
		if p.Hollow {
			fmt.Fprintf(b, `<text class="val" x="%d" y="%d">%s</text>`, x, plotBottom-8, p.Text)
			pen = "M"
			continue
		}
		y := plotBottom - (plotBottom-plotTop)*p.N/p.Of
		path.WriteString(pen + strconv.Itoa(x) + " " + strconv.Itoa(y))
		pen = "L"
		marks = append(marks, mark{x, y})
		fmt.Fprintf(b, `<text class="val" x="%d" y="%d">%s</text>`, x, y-10, p.Text)
	}
	if path.Len() > 0 {
		fmt.Fprintf(b, `<path class="line" d="%s"/>`, path.String())
	}
	for _, m := range marks {
		fmt.Fprintf(b, `<circle class="dot" cx="%d" cy="%d" r="4"/>`, m.x, m.y)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}
