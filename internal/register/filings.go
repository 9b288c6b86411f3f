package register

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/workday"
)

func (d *Register) touched(landings []int) bool {
	return slices.ContainsFunc(landings, func(i int) bool { return d.Landings[i].Pending })
}

// filing follows a paper through its landings. unit is the unit that hands it
// in itself; empty: the office files it.
func (d *Register) filing(h *history.History, p string, landings []int, unit string, readable func([]byte) bool) (
	Filing, error) {
	f := Filing{Landings: landings, Touched: d.touched(landings)}
	if len(landings) == 0 {
		return f, nil
	}
	f.Changed = workday.Of(d.Landings[landings[len(landings)-1]].At)
	for _, v := range h.Versions(p) {
		if v.Landing >= len(d.Landings) {
			break // of after the register's day
		}
		if v.Data == nil {
			f.Filed, f.Landed, f.By = 0, 0, "" // deleted; what comes back is handed in anew
			continue
		}
		if f.Landed != 0 || !readable(v.Data) {
			continue
		}
		by, err := h.AuthorOf(v.Landing, p)
		if err != nil {
			return f, err
		}
		f.Landed = workday.Of(d.Landings[v.Landing].At)
		f.Filed = f.Landed
		actor := d.Actor(by.Author.Email, f.Landed)
		if len(actor.Units) > 0 {
			f.By = actor.Units[0]
		}
		if unit != "" && actor.In(unit) {
			f.By = unit
			if !actor.Has(config.Office) {
				floor := d.Config.Calendar.Add(f.Landed, -d.At(v.Landing).Grace)
				f.Filed = min(max(workday.Of(by.Authored), floor), f.Landed)
			}
		}
	}
	return f, nil
}
