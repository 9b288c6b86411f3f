package worklist

import (
	"slices"
	"strings"

	"suqiu/internal/view"
)

// ageSpans are the last working day of each span but the open one.
var ageSpans = [...]int{5, 10, 20}

// Age is how many cases have been at work for so many working days.
type Age struct {
	Span string
	N    int
}

func spans() []Age {
	return []Age{{Span: "0—5 日"}, {Span: "6—10 日"}, {Span: "11—20 日"}, {Span: "20 日以上"}}
}

// Ages are the open cases by how long ago they were registered.
type Ages struct {
	Rows   []AgeRow // configured order, those that nobody is in charge of yet first
	Sum    AgeRow
	Hidden bool // some cases are of the kind whose day of registration the edition does not show
}

// AgeRow is the open cases of one unit in charge: those of up to 5, 10 and 20 working
// days, those older, and those whose age is not shown.
type AgeRow struct {
	Name, Code string // Code is empty where there is no page
	Cells      []Age
	Hidden     int
	Total      int
}

func newAgeRow(name string) *AgeRow { return &AgeRow{Name: name, Cells: spans()} }

func (r *AgeRow) add(span int) {
	r.Total++
	if span < 0 {
		r.Hidden++
		return
	}
	r.Cells[span].N++
}

// CountAges counts the open cases of each unit by their age as of the view's day.
func CountAges(v *view.View) Ages {
	a := Ages{Sum: *newAgeRow("")}
	rows := map[string]*AgeRow{}
	for _, e := range v.Cases {
		if !e.Open() {
			continue
		}
		unit := e.Lead
		if !e.Pushed() {
			unit = ""
		}
		if rows[unit] == nil {
			rows[unit] = newAgeRow(unit)
		}
		span := ageOf(v, e)
		rows[unit].add(span)
		a.Sum.add(span)
	}
	a.Hidden = a.Sum.Hidden > 0
	if r := rows[""]; r != nil {
		r.Name = "尚未推送"
		a.Rows = append(a.Rows, *r)
		delete(rows, "")
	}
	for _, u := range v.Units {
		if r := rows[u.Name]; r != nil {
			if u.Page {
				r.Code = u.Code
			}
			a.Rows = append(a.Rows, *r)
			delete(rows, u.Name)
		}
	}
	return a.andRest(rows)
}

// andRest adds the units that are configured no more.
func (a Ages) andRest(rows map[string]*AgeRow) Ages {
	from := len(a.Rows)
	for _, r := range rows {
		a.Rows = append(a.Rows, *r)
	}
	slices.SortFunc(a.Rows[from:], func(x, y AgeRow) int { return strings.Compare(x.Name, y.Name) })
	return a
}

// ageOf is the span of a case's age; -1 where the edition does not tell.
func ageOf(v *view.View, e *view.Case) int {
	if e.Text == nil || e.Text.Registered == 0 {
		return -1
	}
	n := v.Calendar.Count(e.Text.Registered, v.AsOf)
	for i, last := range ageSpans {
		if n <= last {
			return i
		}
	}
	return len(ageSpans)
}

// Fold is units in configured order, those that have nothing at work apart.
type Fold struct{ Busy, Idle []*view.Unit }

// FoldIdle sets apart the units whose numbers are all zero.
func FoldIdle(units []*view.Unit) (f Fold) {
	for _, u := range units {
		if t := u.Tally; t.Leading+t.Assisting+t.Today+t.Soon+t.Late == 0 {
			f.Idle = append(f.Idle, u)
		} else {
			f.Busy = append(f.Busy, u)
		}
	}
	return f
}
