package site

import (
	"cmp"
	"slices"

	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// quarterFigures are the main figures of a quarter. They are sums: no case
// can be told from them.
type quarterFigures struct {
	Quarter                           workday.Quarter
	Start, Pushed, Done, Other, Ended int // 期初未结 + 本期推送 = 本期办结 + 其他终结 + 期末未结
	Tickets, Registered               int
	OnTime, Satisfied, Coverage       Percent
	Extensions, Objections            int
	Months                            []monthFigures
	ByCategory, ByChannel             []countOf
	ByUnit                            []unitFigures
}

type monthFigures struct {
	Month                      workday.Month
	Registered, Pushed, Closed int
}

type countOf struct {
	Name string
	N    int
}

type unitFigures struct {
	Unit                  string
	Pushed, Closed, Ended int
	OnTime                Percent
}

// quarter finds the figures of q; nil if there are none.
func (v *view) quarter(q workday.Quarter) *quarterFigures {
	for i := range v.quarters {
		if v.quarters[i].Quarter == q {
			return &v.quarters[i]
		}
	}
	return nil
}

// span is the first push of a case and the day it ended; zero: not yet.
func span(c *docket.Case) (registered, pushed, ended workday.Date) {
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if e.Voided {
			continue
		}
		day := workday.Of(e.At)
		if registered == 0 {
			registered = day
		}
		if e.To == workflow.Pushed && pushed == 0 {
			pushed = day
		}
		if e.Kind == workflow.Transition {
			ended = 0
			if !e.To.IsOpen() {
				ended = day
			}
		}
	}
	return registered, pushed, ended
}

// computeQuarters computes the figures of every quarter since the first
// registration, newest first.
func computeQuarters(d *docket.Docket) []quarterFigures {
	first := d.AsOf
	for _, c := range d.Cases {
		if c.Case == nil || c.Deleted {
			continue
		}
		if r, _, _ := span(c); r != 0 {
			first = min(first, r)
		}
	}
	var list []quarterFigures
	for q := workday.QuarterOf(d.AsOf); q.Compare(workday.QuarterOf(first)) >= 0 && len(list) < 20; q = q.Add(-1) {
		list = append(list, computeQuarter(d, q))
	}
	return list
}

func computeQuarter(d *docket.Docket, q workday.Quarter) quarterFigures {
	f := quarterFigures{Quarter: q}
	for _, m := range q.Months() {
		f.Months = append(f.Months, monthFigures{Month: m})
	}
	category, channel := map[string]int{}, map[string]int{}
	units := make([]unitFigures, len(d.Config.Units))
	place := map[string]*unitFigures{}
	for i, u := range d.Config.Units {
		units[i].Unit = u.Name
		place[u.Name] = &units[i]
	}
	for _, c := range d.Cases {
		if c.Case == nil || c.Deleted {
			continue
		}
		registered, pushed, ended := span(c)
		unit := place[c.Life.Lead]
		if unit == nil {
			unit = &unitFigures{}
		}
		if q.Contains(registered) {
			f.Registered++
			f.Tickets += max(1, c.Tickets)
			if c.Channel != "" {
				channel[c.Channel]++
			}
		}
		for i := range f.Months {
			m := &f.Months[i]
			m.Registered += boolInt(m.Month.Contains(registered))
			m.Pushed += boolInt(m.Month.Contains(pushed))
			m.Closed += boolInt(pushed != 0 && m.Month.Contains(ended))
		}
		if pushed == 0 || pushed > q.Last() || ended != 0 && ended < q.First() {
			continue
		}
		if q.Contains(pushed) {
			f.Pushed++
			unit.Pushed++
			category[c.Category]++
		} else {
			f.Start++
		}
		switch {
		case ended == 0 || ended > q.Last():
			f.Ended++
			unit.Ended++
		case c.Life.State == workflow.Closed:
			f.Done++
			unit.Closed++
		default:
			f.Other++
		}
		f.addRecords(c, q, unit)
	}
	f.ByCategory, f.ByChannel = ordered(category), ordered(channel)
	f.ByUnit = slices.DeleteFunc(units, func(u unitFigures) bool { return u.Pushed+u.Closed+u.Ended+u.OnTime.Of == 0 })
	return f
}

// addRecords counts the limits and evaluations of one case.
func (f *quarterFigures) addRecords(c *docket.Case, q workday.Quarter, unit *unitFigures) {
	for i := range c.Life.Clocks {
		k := &c.Life.Clocks[i]
		if k.Kind != workflow.FeedbackClock || !q.Contains(k.Due) {
			continue
		}
		switch k.Status {
		case workflow.Met:
			f.OnTime.N++
			f.OnTime.Of++
			unit.OnTime.N++
			unit.OnTime.Of++
		case workflow.Missed, workflow.Overdue:
			f.OnTime.Of++
			unit.OnTime.Of++
		}
	}
	closed := 0
	for i := range c.Life.Events {
		e := &c.Life.Events[i]
		if q.Contains(workday.Of(e.At)) && e.Row == 15 && !e.Voided {
			closed = 1
		}
	}
	f.Coverage.Of += closed
	if n := len(c.Evaluations); n > 0 && closed == 1 {
		f.Coverage.N++
		switch c.Evaluations[n-1].Result {
		case "满意", "基本满意":
			f.Satisfied.N++
			f.Satisfied.Of++
		case "不满意":
			f.Satisfied.Of++
		}
	}
}

// ordered sorts counts, largest first.
func ordered(counts map[string]int) []countOf {
	list := make([]countOf, 0, len(counts))
	for name, n := range counts {
		list = append(list, countOf{name, n})
	}
	slices.SortFunc(list, func(a, b countOf) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return list
}
