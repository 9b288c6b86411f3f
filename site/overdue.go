package site

import (
	"slices"

	"suqiu/internal/workflow"
)

// overduePage is 超期与临期.
type overduePage struct {
	Frame
	Late, Today, Soon []Duty
	Held              []Duty // paused, pending, received
	Hints             []Duty // internal limits that have passed
	Units             int    // with something late
}

func (v *view) overduePage() *overduePage {
	page := &overduePage{Frame: v.frame("超期与临期", "../", "overdue")}
	page.Late, page.Today, page.Soon = v.deadlines()
	units := map[string]bool{}
	for _, d := range page.Late {
		units[d.Clock.Unit] = true
	}
	page.Units = len(units)
	for _, e := range v.cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			d := Duty{e, k, v.byUnit[k.Unit]}
			switch {
			case right(k):
			case k.Status == workflow.Paused, k.Status == workflow.Pending, k.Status == workflow.Received:
				page.Held = append(page.Held, d)
			case k.Status == workflow.Overdue && !k.Counts():
				page.Hints = append(page.Hints, d)
			}
		}
	}
	slices.SortFunc(page.Held, compareDuties)
	slices.SortFunc(page.Hints, compareDuties)
	return page
}
