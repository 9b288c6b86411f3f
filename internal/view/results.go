package view

import (
	"cmp"
	"slices"

	"suqiu/internal/workday"
)

// Evaluation is one 评估, as it is handed to the unit in charge (三(五)).
type Evaluation struct {
	Case   *Case
	Day    workday.Date
	Method string
	By     string
	Result string
}

// readResults collects the 评估 of every unit's cases, newest first.
func (v *View) readResults() {
	v.Results = map[string][]Evaluation{}
	for _, c := range v.register.Cases {
		e := v.byID[c.ID]
		if e == nil {
			continue
		}
		for i := range c.Life.Events {
			ev := &c.Life.Events[i]
			if ev.Voided || ev.Pending {
				continue
			}
			for _, x := range ev.Entries {
				if x.Key == "评估" && !x.Decided {
					v.Results[c.Life.Lead] = append(v.Results[c.Life.Lead],
						Evaluation{e, ev.Day(), x.Method, x.Unit, x.Word})
				}
			}
		}
	}
	for _, list := range v.Results {
		slices.SortStableFunc(list, func(a, b Evaluation) int {
			return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Case.ID, b.Case.ID))
		})
	}
}
