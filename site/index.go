package site

import (
	"bytes"
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// indexPage is 首页.
type indexPage struct {
	Frame
	Open      int // cases
	Tickets   int // 件数 of the open cases
	Late      int // cases with a clock overdue
	LateUnits int
	Quarter   workday.Quarter
	OnTime    Percent
	Content   Percent // 满意率
	Coverage  Percent // 回访覆盖
	Longest   int     // days that the oldest undecided matter has waited
	Waiting   []Waiting
	Recent    []Change
	Months    []monthCount
	Flow      template.HTML
	Overdue   Excerpt
	Today     Excerpt
	Soon      Excerpt
	Units     []*Unit
	Counties  []*Unit
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
	Duties []Duty
	Total  int
}

// More is how many are left out.
func (e Excerpt) More() int { return e.Total - len(e.Duties) }

// excerptLength is how much of a list the first page shows.
const excerptLength = 12

func excerpt(duties []Duty) Excerpt {
	return Excerpt{duties[:min(len(duties), excerptLength)], len(duties)}
}

// Waiting is a matter that waits for the joint meeting.
type Waiting struct {
	Case  *Element
	Clock *Clock // 异议确认 or 研究决定; nil if the state has none
	Since workday.Date
	Days  int // calendar days
	// Decided is the 编号 of the meeting that decided on it, which the office has
	// still to write into the case; empty: none.
	Decided string
}

// StateCount is how many cases are in a state.
type StateCount struct {
	State workflow.State
	N     int
}

func (v *view) indexPages(s *sheets) []file {
	page := &indexPage{Frame: v.dated("首页", "", "index"), Quarter: workday.QuarterOf(v.asOf)}
	byState := map[workflow.State]int{}
	lateUnits := map[string]bool{}
	for _, e := range v.cases {
		if !e.Open() {
			continue
		}
		page.Open++
		page.Tickets += v.tickets(e)
		byState[e.state]++
		late := false
		for i := range e.Clocks {
			if e.Clocks[i].Late() {
				late = true
				lateUnits[e.Clocks[i].Unit] = true
			}
		}
		if late {
			page.Late++
		}
	}
	page.LateUnits = len(lateUnits)
	for _, state := range workflow.Open() {
		page.Progress = append(page.Progress, StateCount{state, byState[state]})
	}
	if q := v.quarter(page.Quarter); q != nil {
		page.OnTime, page.Content, page.Coverage = q.OnTime, q.Satisfied, q.Coverage
	}
	page.Waiting = v.waiting()
	page.Recent = v.recent()
	page.Months = v.months()
	page.Flow = flow(page.Months)
	for _, w := range page.Waiting {
		page.Longest = max(page.Longest, w.Days)
	}
	late, today, soon := v.deadlines()
	page.Overdue, page.Today, page.Soon = excerpt(late), excerpt(today), excerpt(soon)
	page.Units, page.Counties = v.byKind()
	return []file{
		{path: "index.html", render: func(b *bytes.Buffer) error { return s.index.render(b, page) }},
		{path: "office.html", render: func(b *bytes.Buffer) error { return s.office.render(b, v.officePage()) }},
		{path: "overdue/index.html", render: func(b *bytes.Buffer) error { return s.overdue.render(b, v.overduePage()) }},
	}
}

// tickets is 件数; a hidden case counts as one, as the edition does not say.
func (v *view) tickets(e *Element) int {
	if e.Text == nil {
		return 1
	}
	return max(1, e.Text.Tickets)
}

// deadlines lists the clocks that count: late, due on the as-of day, soon.
func (v *view) deadlines() (late, today, soon []Duty) {
	for _, e := range v.cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if !k.Live() || !k.Counts() || right(k) {
				continue
			}
			d := Duty{e, k, v.byUnit[k.Unit]}
			switch {
			case k.Late():
				late = append(late, d)
			case k.Due == v.asOf && (k.Status == workflow.Soon || k.Status == workflow.Running):
				today = append(today, d)
			case k.Status == workflow.Soon:
				soon = append(soon, d)
			}
		}
	}
	slices.SortFunc(late, compareDuties)
	slices.SortFunc(today, compareDuties)
	slices.SortFunc(soon, compareDuties)
	return late, today, soon
}

// waiting lists what waits for the joint meeting, longest first.
func (v *view) waiting() []Waiting {
	var list []Waiting
	for _, e := range v.cases {
		if e.state != workflow.Objected && e.state != workflow.Escalated {
			continue
		}
		w := Waiting{Case: e, Decided: v.decided[e.ID]}
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if k.Live() && (k.Kind == workflow.ConfirmClock || k.Kind == workflow.DecideClock) {
				w.Clock, w.Since = k, k.Start
			}
		}
		if w.Since != 0 {
			w.Days = int(v.asOf - w.Since)
		}
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b Waiting) int { return b.Days - a.Days })
	return list
}

// Change is one landed step of a case that the edition shows.
type Change struct {
	Case  *Element
	Title string
	Unit  string
	Day   workday.Date
}

// recentChanges is how many of the latest steps the first page lists.
const recentChanges = 6

// recent lists the latest steps, newest first, one a case.
func (v *view) recent() []Change {
	type landed struct {
		Change
		at time.Time
	}
	var list []landed
	for _, e := range v.cases {
		if e.Text == nil {
			continue
		}
		for i := len(e.Text.Life.Events) - 1; i >= 0; i-- {
			if event := &e.Text.Life.Events[i]; !event.Pending && !event.Voided {
				at := event.Landed(v.landings)
				list = append(list, landed{Change{e, event.Title, event.Unit, workday.Of(at)}, at})
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b landed) int { return cmp.Or(b.at.Compare(a.at), strings.Compare(a.Case.ID, b.Case.ID)) })
	changes := make([]Change, 0, recentChanges)
	for _, l := range list[:min(recentChanges, len(list))] {
		changes = append(changes, l.Change)
	}
	return changes
}
