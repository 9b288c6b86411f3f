package site

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// unitPage is one 成员单位: what it has to do, then its record.
type unitPage struct {
	Frame
	Unit     *view.Unit
	Waiting  []view.Waiting // what it asked for and nobody has decided
	Open     []*view.Case   // in charge of
	Helping  []*view.Case
	Closed   []*view.Case // the latest, newest first
	Quarters []UnitQuarter
	Done     int               // closed in all
	Results  []view.Evaluation // the latest 评估 of what it handled
	Lists    []monthList       // 任务清单 of the latest months
	Accept   *Taking           // 接收 of all that was pushed to it; nil: nothing was, or there are no forms
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
	page.Accept = v.taking("../", "接收办理", workflow.Pushed, u.Leads)
	for _, e := range v.handled[u.Name] {
		if e.Pushed() && slices.Contains(e.Co, u.Name) {
			page.Helping = append(page.Helping, e)
		}
	}
	for _, w := range v.Waits {
		if slices.Contains(w.Units, u.Name) {
			page.Waiting = append(page.Waiting, w)
		}
	}
	results := v.Results[u.Name]
	page.Results = results[:min(latestResults, len(results))]
	byQuarter := map[workday.Quarter]*UnitQuarter{}
	for i := len(u.Leads) - 1; i >= 0; i-- {
		e := u.Leads[i]
		switch {
		case e.Open():
			page.Open = append(page.Open, e)
		default:
			page.Done++
			if len(page.Closed) < latestClosed {
				page.Closed = append(page.Closed, e)
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
	slices.SortStableFunc(page.Open, func(a, b *view.Case) int { return int(dueOf(a.Main()) - dueOf(b.Main())) })
	return page
}
