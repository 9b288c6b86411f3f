package draw

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/workflow"
)

// place is where a state stands in the diagram: half columns and rows.
type place struct{ half, row int }

// Sizes of the diagram, in SVG units.
const (
	halfWidth  = 80
	cellHeight = 118
	nodeWidth  = 96
	nodeHeight = 38
	marginX    = 20
	marginTop  = 56
)

func (p place) center() (x, y int) {
	return marginX + p.half*halfWidth + nodeWidth/2, marginTop + p.row*cellHeight + nodeHeight/2
}

// edge is all rows of the table that lead from one state to another.
type edge struct {
	from, to workflow.State
	rows     []int
}

// Diagram draws the transition table. Rows that lead from every open state
// to an end (合并, 撤回) are told in a line instead of drawn.
func Diagram(table *workflow.Table) template.HTML {
	at := map[workflow.State]place{}
	for _, s := range table.States {
		at[s.Name] = place{s.Column, s.Line}
	}
	var edges []edge
	for _, r := range table.Rows {
		if r.Aside {
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
	width, height := marginX*2+12*halfWidth+nodeWidth, marginTop+2*cellHeight+nodeHeight+40
	fmt.Fprintf(&b, `<svg class="diagram" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="dg-`+
		`t dg-d">`, width, height, width, height)
	b.WriteString(`<title id="dg-t">状态流转图</title><desc id="dg-d">方框是状态，箭头上的数字是下表的行号。</desc>`)
	b.WriteString(`<defs><marker id="dg-a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orien` +
		`t="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>`)
	for _, e := range edges {
		both := slices.ContainsFunc(edges, func(o edge) bool { return o.from == e.to && o.to == e.from })
		drawEdge(&b, at[e.from], at[e.to], e.rows, both)
	}
	for _, s := range table.States {
		x, y := at[s.Name].center()
		class := "node"
		if !s.Open {
			class = "node end"
		}
		fmt.Fprintf(&b, `<g class="%s"><rect x="%d" y="%d" width="%d" height="%d" rx="4"/><text x="%d" y="%d">%s</`+
			`text></g>`,
			class, x-nodeWidth/2, y-nodeHeight/2, nodeWidth, nodeHeight, x, y+5,
			template.HTMLEscapeString(string(s.Name)))
	}
	x, y := place{11, 2}.center()
	fmt.Fprintf(&b, `<text class="aside" x="%d" y="%d">各在办状态 → 已合并（20）、已撤回（21）</text>`, x,
		y+nodeHeight/2+22)
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// drawEdge draws an arrow with the row numbers beside it. Of two arrows
// between the same states each keeps to its right.
func drawEdge(b *strings.Builder, from, to place, rows []int, both bool) {
	x1, y1 := from.center()
	x2, y2 := to.center()
	text := make([]string, len(rows))
	for i, n := range rows {
		text[i] = strconv.Itoa(n)
	}
	label := func(x, y int) {
		fmt.Fprintf(b, `<text class="no" x="%d" y="%d">%s</text>`, x, y, strings.Join(text, "·"))
	}
	shift := 0
	if both {
		shift = 8
	}
	dirX, dirY := sign(x2-x1), sign(y2-y1)
	switch {
	case from == to: // 调整承办单位 leads from 已推送 to 已推送
		x, y := x1-24, y1+nodeHeight/2
		fmt.Fprintf(b, `<path class="edge" d="M%d %dv16q0 8 -8 8h-4q-8 0 -8 -8v-14"/>`, x, y)
		label(x-10, y+38)
	case from.row == to.row && neighbours(from, to):
		y := y1 - dirX*shift
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, x1+dirX*nodeWidth/2, y, x2-dirX*(nodeWidth/2+1), y)
		label((x1+x2)/2, y-5+boolInt(dirX < 0)*17)
	case from.half == to.half:
		x := x1 + dirY*shift
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, x, y1+dirY*nodeHeight/2, x, y2-dirY*(nodeHeight/2+1))
		label(x+dirY*16, (y1+y2)/2+4)
	case from.row == to.row: // over what stands between
		rise := 30
		if from.half == 4 || to.half == 4 && from.half > 4 {
			rise = cellHeight + 14 - dirX*8 // above the row on top
		}
		out, in := x1-dirX*14, x2-dirX*30
		if dirX < 0 {
			out, in = x1-14, x2-2
		}
		top := y1 - nodeHeight/2 - rise
		fmt.Fprintf(b, `<path class="edge" d="M%d %dV%dq0 -8 %d -8H%dq%d 0 %d 8V%d"/>`,
			out, y1-nodeHeight/2, top+8, dirX*8, in-dirX*8, dirX*8, dirX*8, y2-nodeHeight/2-1)
		if rise > cellHeight {
			label(out+(in-out)/3, top-4)
		} else {
			label((out+3*in)/4, top+14) // below the arc, clear of what crosses it
		}
	default: // diagonal, from the side that faces the other
		off := -dirY * shift
		sx, sy := x1+dirX*nodeWidth/4+off, y1+dirY*nodeHeight/2
		tx, ty := x2-dirX*nodeWidth/4+off, y2-dirY*(nodeHeight/2+1)
		fmt.Fprintf(b, `<path class="edge" d="M%d %dL%d %d"/>`, sx, sy, tx, ty)
		label((sx+tx)/2+sign(off)*14+boolInt(off == 0)*12, (sy+ty)/2+4)
	}
}

// neighbours reports whether nothing stands between two places of a row.
func neighbours(a, b place) bool {
	between := 2
	if a.row == 2 {
		between = 3
	}
	return abs(a.half-b.half) <= between
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
