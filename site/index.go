package site

import (
	"html/template"

	"suqiu/internal/document"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/daily"
	"suqiu/site/morning"
	"suqiu/site/quarter"
	"suqiu/site/worklist"
)

// indexPage is 首页.
type indexPage struct {
	Frame
	Open      int // cases
	Tickets   int // 件数 of the open cases
	LateUnits int // units with something overdue
	Quarter   workday.Quarter
	OnTime    document.Share
	Content   document.Share // 满意率
	Coverage  document.Share // 回访覆盖
	Longest   int            // working days that the oldest undecided request has waited
	Waiting   []view.Waiting
	Since     morning.Since
	Sheet     *daily.Sheet // what is printed
	Months    []quarter.Month
	Flow      template.HTML
	Overdue   Excerpt
	Today     Excerpt
	Soon      Excerpt
	Units     worklist.Fold
	Counties  worklist.Fold
	Progress  []StateCount
}

// Place is the page that shows every open case of a state: a list of several
// pages shows no more than its first.
func (p *indexPage) Place() string {
	if p.Open > rowsPerPage {
		return "search.html"
	}
	return "tasks/index.html"
}

// Excerpt is the head of a list that has a page of its own.
type Excerpt struct {
	Duties []view.Duty
	Total  int
}

// More is how many are left out.
func (e Excerpt) More() int { return e.Total - len(e.Duties) }

// excerptLength is how much of a list the first page shows.
const excerptLength = 12

func excerpt(duties []view.Duty) Excerpt {
	return Excerpt{duties[:min(len(duties), excerptLength)], len(duties)}
}

// StateCount is how many cases are in a state.
type StateCount struct {
	State workflow.State
	N     int
}

func (v *builder) indexPage() framed {
	page := &indexPage{Frame: v.dated(), Quarter: workday.QuarterOf(v.AsOf)}
	for _, e := range v.Cases {
		if e.Open() {
			page.Open++
			page.Tickets += e.Tickets()
		}
	}
	for _, state := range workflow.Open() {
		page.Progress = append(page.Progress, StateCount{state, count(v.Cases, state)})
	}
	if q := v.figuresOf(page.Quarter); q != nil {
		page.OnTime, page.Content, page.Coverage = q.OnTime, q.Satisfied, q.Coverage
	}
	page.Waiting = v.Waits
	page.Sheet = v.sheet()
	page.Since = v.morning.Since("", nil)
	page.Months = quarter.Months(v.quarters, v.View)
	page.Flow = quarter.Flow(page.Months)
	for _, w := range page.Waiting {
		page.Longest = max(page.Longest, w.Days)
	}
	late, today, soon := v.deadlines()
	page.LateUnits = unitsOf(late)
	page.Overdue, page.Today, page.Soon = excerpt(late), excerpt(today), excerpt(soon)
	members, counties := v.byKind()
	page.Units, page.Counties = worklist.FoldIdle(members), worklist.FoldIdle(counties)
	return page
}

// count is how many of the cases are in a state.
func count(cases []*view.Case, state workflow.State) int {
	n := 0
	for _, e := range cases {
		if e.In(state) {
			n++
		}
	}
	return n
}

// unitsOf counts whose duties they are.
func unitsOf(duties []view.Duty) int {
	units := map[string]bool{}
	for _, d := range duties {
		units[d.Clock.Unit] = true
	}
	return len(units)
}
