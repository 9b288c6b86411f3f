package site

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"suqiu/internal/workflow"
)

// place is where a state stands in the diagram: column and row of a grid.
type place struct{ col, row int }

// places lays the states out along the work: the usual way runs through the
// middle row, what waits for the joint meeting lies above, what comes back
// or goes on for long lies below, the ends stand at the bottom.
func places() map[workflow.State]place {
	return map[workflow.State]place{
		workflow.Registered: {0, 1}, workflow.Analysing: {1, 1}, workflow.Pushed: {2, 1}, workflow.Handling: {3, 1},
		workflow.FedBack: {4, 1}, workflow.Evaluating: {5, 1}, workflow.Closed: {6, 1},
		workflow.Objected: {2, 0}, workflow.Escalated: {3, 0},
		workflow.LongTerm: {4, 0}, workflow.Improving: {5, 2},
		workflow.NotPushed: {0, 3}, workflow.Merged: {2, 3}, workflow.Withdrawn: {4, 3},
	}
}

// Sizes of the diagram, in SVG units.
const (
	cellWidth  = 140
	cellHeight = 108
	nodeWidth  = 96
	nodeHeight = 38
	margin     = 24
)

func (p place) center() (x, y int) {
	return margin + p.col*cellWidth + nodeWidth/2, margin + p.row*cellHeight + nodeHeight/2
}

// edge is all rows of the table that lead from one state to another.
type edge struct {
	from, to workflow.State
	rows     []int
}

// diagram draws the transition table. Rows that lead from every open state
// to an end (合并, 撤回) are told in a line instead of drawn.
func diagram(table []workflow.Row) template.HTML {
	at := places()
	var edges []edge
	for _, r := range table {
		if len(r.From) > 4 || r.N == 21 {
			continue
		}
		for _, from := range r.From {
			for _, to := range r.To {
				i := slices.IndexFunc(edges, func(e edge) bool { return e.from == from && e.to == to })
				if i < 0 {
					edges = append(edges, edge{from: from, to: to})
					i = len(edges) - 1
				}
				if !slices.Contains(edges[i].rows, r.N) {
					edges[i].rows = append(edges[i].rows, r.N)
				}
			}
		}
	}
	var b strings.Builder
	width, height := margin*2+6*cellWidth+nodeWidth, margin*2+3*cellHeight+nodeHeight
	fmt.Fprintf(&b, `<svg class="diagram" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="dg-t dg-d">`, width, height, width, height)
	b.WriteString(`<title id="dg-t">状态流转图</title><desc id="dg-d">方框是状态，箭头上的数字是下表的行号。</desc>`)
	b.WriteString(`<defs><marker id="dg-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>`)
	for _, e := range edges {
		both := slices.ContainsFunc(edges, func(o edge) bool { return o.from == e.to && o.to == e.from })
		drawEdge(&b, at[e.from], at[e.to], e.rows, both)
	}
	for _, s := range workflow.States() {
		p, ok := at[s]
		if !ok {
			continue
		}
		x, y := p.center()
		class := "node"
		if !s.IsOpen() {
			class = "node end"
		}
		fmt.Fprintf(&b, `<g class="%s"><rect x="%d" y="%d" width="%d" height="%d" rx="4"/><text x="%d" y="%d">%s</text></g>`,
			class, x-nodeWidth/2, y-nodeHeight/2, nodeWidth, nodeHeight, x, y+5, template.HTMLEscapeString(string(s)))
	}
	x, y := place{5, 3}.center()
	fmt.Fprintf(&b, `<text class="aside" x="%d" y="%d">各在办状态 → 已合并（20）、已撤回（21）</text>`, x-10, y+5)
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// drawEdge draws an arrow with the row numbers at its middle. Of two arrows
// between the same states each keeps to its right.
func drawEdge(b *strings.Builder, from, to place, rows []int, both bool) {
	x1, y1 := from.center()
	x2, y2 := to.center()
	label := strings.Trim(strings.ReplaceAll(fmt.Sprint(rows), " ", "·"), "[]")
	if from == to { // 调整承办单位 leads from 已推送 to 已推送
		fmt.Fprintf(b, `<path class="edge" d="M%d %dc-10 34 -52 34 -36 0"/>`, x1-6, y1+nodeHeight/2)
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, x1-26, y1+nodeHeight/2+38, label)
		return
	}
	shift := 0
	if both {
		shift = 8
	}
	switch {
	case from.row == to.row && abs(from.col-to.col) == 1: // neighbours: straight
		dir := sign(x2 - x1)
		y := y1 - dir*shift
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, x1+dir*nodeWidth/2, y, x2-dir*(nodeWidth/2+1), y)
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, (x1+x2)/2, y-5+boolInt(dir < 0)*17, label)
	case from.col == to.col: // above one another
		dir := sign(y2 - y1)
		x := x1 + dir*shift
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, x, y1+dir*nodeHeight/2, x, y2-dir*(nodeHeight/2+1))
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, x+dir*12, (y1+y2)/2+4, label)
	case from.row == to.row: // over others in the row: an arc below
		drop := 34 + 10*abs(from.col-to.col)
		dir := sign(x2 - x1)
		x1, x2 = x1+dir*24, x2-dir*24
		fmt.Fprintf(b, `<path class="edge" d="M%d %dC%d %d %d %d %d %d"/>`, x1, y1+nodeHeight/2, x1+dir*20, y1+drop+20, x2-dir*20, y2+drop+20, x2, y2+nodeHeight/2+1)
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, (x1+x2)/2, y1+drop+12, label)
	default: // diagonal, from the side that faces the other
		dirX, dirY := sign(x2-x1), sign(y2-y1)
		sx, sy := x1+dirX*(nodeWidth/2-18+shift), y1+dirY*nodeHeight/2
		tx, ty := x2-dirX*(nodeWidth/2-18-shift), y2-dirY*(nodeHeight/2+1)
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, sx, sy, tx, ty)
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, sx+(tx-sx)/3+8, sy+(ty-sy)/3+4, label)
	}
}

func abs(n int) int { return max(n, -n) }

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
