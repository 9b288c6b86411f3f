package office

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// Chart is a chart that Word and Excel draw themselves: its figures stay
// figures, and who opens the file may change how they look. It is told in
// shades that stay apart on a printer without colour.
type Chart struct {
	Kind   ChartKind
	Title  string
	Alt    string // what it shows, in words, for who cannot see it
	Along  string // what Names are: 月份
	Unit   string // what the values are: 事项（项）
	Names  []string
	Series []Series
}

// Series is a value for each name of a chart.
type Series struct {
	Name   string
	Values []float64 // NaN: none, and no mark on the paper
}

// ChartKind says how a chart is drawn.
type ChartKind int

// The kinds of a chart.
const (
	Columns ChartKind = iota // upright, beside each other
	Bars                     // across, the first name on top
	Rates                    // lines through shares from 0 to 1, shown in per cent
)

// shades fill the series: dark, light and white, each within a dark line.
var shades = [...]string{"1F4E79", "A6BFD9", "FFFFFF", "5B5B5B", "D9D9D9"}

// maxLabels is how many values a chart tells in figures before they run
// together; the table beside it has them all.
const maxLabels = 36

// height is what a chart needs in mm, of at most so many.
func (c *Chart) height(most int) int {
	if c.Kind == Bars {
		return min(max(45, 24+len(c.Names)*(3+7*len(c.Series))/2), most)
	}
	return min(54, most)
}

// ranges say where the figures of a chart stand in a workbook.
type ranges struct {
	sheet  string
	names  string   // A
	values []string // of each series: B, C
}

func (r *ranges) of(column string, from, to int) string {
	ref := "'" + strings.ReplaceAll(r.sheet, "'", "''") + "'!$" + column + "$" + strconv.Itoa(from)
	if to > from {
		ref += ":$" + column + "$" + strconv.Itoa(to)
	}
	return ref
}

// chartPart is a chart as its part, parts/chart.xml, shows it. External leads to the
// workbook with the figures; empty if they stand in the workbook that the chart is in.
type chartPart struct {
	*Chart
	at       ranges
	External string
}

// Rate reports whether lines are drawn.
func (p chartPart) Rate() bool { return p.Kind == Rates }

// Across reports whether bars are drawn.
func (p chartPart) Across() bool { return p.Kind == Bars }

// Drawn are the series with their figures as they stand in the workbook, so that
// they are drawn without opening it.
func (p chartPart) Drawn() []drawnSeries {
	list := make([]drawnSeries, len(p.Series))
	for i := range p.Series {
		list[i] = drawnSeries{p, &p.Series[i], i}
	}
	return list
}

// drawnSeries is one series of a chart.
type drawnSeries struct {
	chartPart
	*Series
	N int
}

// Shade fills the series.
func (s drawnSeries) Shade() string { return shades[s.N%len(shades)] }

// NameAt is where its name stands.
func (s drawnSeries) NameAt() string { return s.at.of(s.at.values[s.N], 1, 1) }

// NamesAt is where the names of the chart stand.
func (s drawnSeries) NamesAt() string { return s.at.of(s.at.names, 2, len(s.Names)+1) }

// ValuesAt is where the values stand.
func (s drawnSeries) ValuesAt() string { return s.at.of(s.at.values[s.N], 2, len(s.Names)+1) }

// Labelled reports whether each value is told in figures.
func (s drawnSeries) Labelled() bool { return len(s.Names)*len(s.chartPart.Series) <= maxLabels }

// Format is how the figures are written.
func (s drawnSeries) Format() string {
	if s.Rate() {
		return "0.0%"
	}
	return "0"
}

// LabelAt is where they stand: of shares below, or 100.0% would stand in the title.
func (s drawnSeries) LabelAt() string {
	switch {
	case !s.Rate():
		return "outEnd"
	case s.largest() < 0.9:
		return "t"
	}
	return "b"
}

// wording is a title with its look, in hundredths of a point; that of an upright
// axis is turned.
type wording struct {
	Text   string
	Font   Font
	Size   int
	Turned bool
}

func words(text string, font Font, size int, turned bool) wording {
	return wording{text, font, size, turned}
}

// Step is the distance of the grid lines of the values.
func (p chartPart) Step() string {
	if p.Rate() {
		return "0.2"
	}
	return p.step()
}

// step is the distance of the grid lines: a whole number, 1, 2 or 5 times a
// power of ten, that gives no more than six of them.
func (c *Chart) step() string {
	largest := 0.0
	for i := range c.Series {
		largest = max(largest, c.Series[i].largest())
	}
	for ten := 1; ; ten *= 10 {
		for _, m := range [...]int{1, 2, 5} {
			if largest <= float64(6*m*ten) {
				return strconv.Itoa(m * ten)
			}
		}
	}
}

func (s *Series) largest() float64 {
	largest := 0.0
	for _, v := range s.Values {
		if !math.IsNaN(v) {
			largest = max(largest, v)
		}
	}
	return largest
}

// described is a chart in a drawing or on a page: where, how large in EMU, and what
// it says to who cannot see it.
type described struct {
	ID          string // of the link to its part
	N, After    int    // from 1; in a drawing, ids go one further
	Column, Row int
	Wide, High  int
	Alt         string
}

func (c *Chart) described(id string, n, wide, high int) described {
	return described{ID: id + strconv.Itoa(n), N: n, After: n + 1, Wide: wide, High: high * emuPerMM,
		Alt: cmp.Or(c.Alt, c.Title)}
}
