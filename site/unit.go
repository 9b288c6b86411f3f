package site

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/morning"
	"suqiu/site/worklist"
)

// unitPage is one 成员单位: what it has to do, then its record.
type unitPage struct {
	Frame
	Unit     *view.Unit
	Waiting  []view.Waiting // what it asked for and nobody has decided
	Todo     []worklist.Row
	Calendar worklist.Calendar // of Todo
	Open     []view.Duty       // in charge of
	Helping  []view.Duty
	Closed   []worklist.Closed // the latest, newest first
	Quarters []UnitQuarter
	Done     int               // closed in all
	Results  []view.Evaluation // the latest 评估 of what it handled
	Lists    []monthList       // 任务清单 of the latest months
	Since    morning.Since
	Accept   *Taking // 接收 of all that was pushed to it; nil: nothing was, or there are no forms
}

// unitsPage lists the units, in configured order.
type unitsPage struct {
	Frame
	Members, Counties []*view.Unit
}

// byKind tells county bureaus from the members of the joint meeting.
func (v *builder) byKind() (members, counties []*view.Unit) {
	for _, u := range v.Units {
		if u.Has(config.County) {
			counties = append(counties, u)
		} else {
			members = append(members, u)
		}
	}
	return members, counties
}

// UnitQuarter counts what became due for a unit in a quarter.
type UnitQuarter struct {
	Quarter  workday.Quarter
	Reported bool // has a report; a quarter to come, whose tasks were answered early, has none
	Due      int  // feedback clocks whose due day lies in the quarter, and that have ended or are late
	OnTime   int
	Late     int
}

// latestResults is how many 评估 a unit page lists.
const latestResults = 20

// latestClosed is how many closed cases a unit page lists.
const latestClosed = 30

func (v *builder) unitsPage() framed {
	page := &unitsPage{Frame: Frame{Feeds: v.units}}
	page.Members, page.Counties = v.byKind()
	return page
}

func (v *builder) unitPages() []file {
	return each(v.units, func(u *view.Unit) []file {
		return v.files(page{"units/" + u.Code + ".html", "unit", u.Name, "units",
			func() framed { return v.unitPage(u) }, nil})
	})
}

func (v *builder) unitPage(u *view.Unit) *unitPage {
	page := &unitPage{Frame: Frame{Feeds: []*view.Unit{u}}, Unit: u, Lists: v.monthLists(u)}
	page.Since = v.morning.Since("../", u)
	page.Accept = v.taking("../", "接收办理", workflow.Pushed, u.Leads)
	for _, e := range v.handled[u.Name] {
		if e.Pushed() && slices.Contains(e.Co, u.Name) {
			page.Helping = append(page.Helping, view.Duty{Case: e, Clock: helping(e, u)})
		}
	}
	for _, w := range v.Waits {
		if slices.Contains(w.Units, u.Name) {
			page.Waiting = append(page.Waiting, w)
		}
	}
	results := v.Results[u.Name]
	page.Results = results[:min(latestResults, len(results))]
	lists := worklist.Rows(u.Todo)
	page.Todo, page.Calendar = lists[0], worklist.NewCalendar(v.View, lists)
	var closed []*view.Case
	byQuarter := map[workday.Quarter]*UnitQuarter{}
	for i := len(u.Leads) - 1; i >= 0; i-- {
		e := u.Leads[i]
		switch {
		case e.Open():
			page.Open = append(page.Open, view.Duty{Case: e, Clock: e.Main()})
		default:
			page.Done++
			if len(closed) < latestClosed {
				closed = append(closed, e)
			}
		}
		for j := range e.Clocks {
			k := &e.Clocks[j]
			if k.Unit != u.Name || k.Kind != clock.Feedback {
				continue
			}
			met := k.Status == clock.Met
			late := k.Status == clock.Missed || k.Status == clock.Overdue
			if !met && !late {
				continue
			}
			q := workday.QuarterOf(k.Due)
			if byQuarter[q] == nil {
				byQuarter[q] = &UnitQuarter{Quarter: q, Reported: v.figuresOf(q) != nil}
			}
			byQuarter[q].Due++
			if met {
				byQuarter[q].OnTime++
			} else {
				byQuarter[q].Late++
			}
		}
	}
	for _, q := range byQuarter {
		page.Quarters = append(page.Quarters, *q)
	}
	slices.SortFunc(page.Quarters, func(a, b UnitQuarter) int { return b.Quarter.Compare(a.Quarter) })
	slices.SortStableFunc(page.Open, func(a, b view.Duty) int { return int(dueOf(a.Clock) - dueOf(b.Clock)) })
	page.Closed = worklist.HowClosed(v.View, closed)
	return page
}

// helping is the limit of a unit that helps with a case: its own, or if it has none left
// that of the case.
func helping(e *view.Case, u *view.Unit) *view.Clock {
	for i := range e.Clocks {
		if k := &e.Clocks[i]; k.Kind == clock.CoFeedback && k.Unit == u.Name && k.Live() {
			return k
		}
	}
	return e.Main()
}
