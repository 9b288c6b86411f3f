package site

import (
	"bytes"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// unitPage is one 成员单位: what it has to do, then its record.
type unitPage struct {
	Frame
	Unit     *Unit
	Waiting  []Waiting  // what it asked for and nobody has decided
	Open     []*Element // in charge of
	Helping  []*Element
	Closed   []*Element // the latest, newest first
	Quarters []UnitQuarter
	Done     int                // closed in all
	Results  []evaluationResult // the latest 评估 of what it handled
	Lists    []monthList        // 任务清单 of the latest months
}

// unitsPage lists the units, in configured order.
type unitsPage struct {
	Frame
	Members, Counties []*Unit
}

// byKind tells county bureaus from the members of the joint meeting.
func (v *view) byKind() (members, counties []*Unit) {
	for _, u := range v.units {
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

// latestClosed is how many closed cases a unit page lists.
const latestClosed = 30

func (v *view) unitPages(s *pageTemplates) []file {
	helping := map[string][]*Element{}
	for _, e := range v.cases {
		if e.Open() && !e.state.BeforePush() {
			for _, co := range e.Co {
				helping[co] = append(helping[co], e)
			}
		}
	}
	page := &unitsPage{Frame: v.frame("成员单位", "../", "units")}
	page.Members, page.Counties = v.byKind()
	for _, u := range v.units {
		if u.Page {
			page.Feeds = append(page.Feeds, u)
		}
	}
	files := []file{{path: "units/index.html", render: func(b *bytes.Buffer) error { return s.units.render(b, page) }}}
	for _, u := range v.units {
		if u.Page {
			files = append(files, file{path: "units/" + u.Code + ".html", render: func(b *bytes.Buffer) error {
				return s.unit.render(b, v.unitPage(u, helping[u.Name]))
			}})
		}
	}
	return files
}

func (v *view) unitPage(u *Unit, helping []*Element) *unitPage {
	page := &unitPage{Frame: v.frame(u.Name, "../", "units"), Unit: u, Helping: helping, Lists: v.monthLists(u)}
	page.Feeds = []*Unit{u}
	for _, w := range v.waits {
		if slices.Contains(w.Units, u.Name) {
			page.Waiting = append(page.Waiting, w)
		}
	}
	results := v.results[u.Name]
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
				reported := slices.ContainsFunc(v.quarters, func(f quarterFigures) bool { return f.Quarter == q })
				byQuarter[q] = &UnitQuarter{Quarter: q, Reported: reported}
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
	slices.SortStableFunc(page.Open, func(a, b *Element) int { return int(dueOf(a.Main()) - dueOf(b.Main())) })
	return page
}

// RoleNames are the roles of a unit in words.
func (u *Unit) RoleNames() []string {
	names := map[config.Role]string{
		config.Office: "联席会议办公室", config.Supervisor: "监督考评小组", config.Callback: "回访", config.County: "旗县市区局",
	}
	var list []string
	for _, r := range u.Roles {
		if name := names[r]; name != "" {
			list = append(list, name)
		}
	}
	return list
}
