package site

import (
	"cmp"
	"slices"

	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// evaluationResult is one 评估, as it is handed to the unit in charge (三(五)).
type evaluationResult struct {
	Case   *Element
	Day    workday.Date
	Method string
	By     string
	Result string
}

// latestResults is how many a unit's page lists.
const latestResults = 20

// readResults collects the 评估 of every unit's cases, newest first.
func (v *view) readResults(d *register.Register) {
	v.results = map[string][]evaluationResult{}
	for _, c := range d.Cases {
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
					v.results[c.Life.Lead] = append(v.results[c.Life.Lead], evaluationResult{e, ev.Day(), x.Method, x.Unit, x.Word})
				}
			}
		}
	}
	for _, list := range v.results {
		slices.SortStableFunc(list, func(a, b evaluationResult) int {
			return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Case.ID, b.Case.ID))
		})
	}
}
