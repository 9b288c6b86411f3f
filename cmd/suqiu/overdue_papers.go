package main

import (
	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// The clocks of what is no case.
const (
	monthlyClock    workflow.ClockKind = "月报"
	resolutionClock workflow.ClockKind = "议定事项"
)

// paperItems lists monthly submissions and resolutions of meetings that are
// overdue or due soon. Where no unit ever handed in a submission, check tells
// of it once and overdue not at all.
func paperItems(d *docket.Docket, unit string) []dueItem {
	cal, soon := d.Config.Calendar, d.Config.Limits.Soon
	status := func(due workday.Date) (workflow.Status, int) {
		switch {
		case d.AsOf > due:
			return workflow.Overdue, cal.Count(due, d.AsOf)
		case cal.Count(d.AsOf, due) <= soon:
			return workflow.Soon, 0
		}
		return workflow.Running, 0
	}
	var items []dueItem
	for _, duty := range d.MonthlyDuties() {
		if duty.File != nil || len(d.Monthly) == 0 {
			continue
		}
		it := dueItem{Title: duty.Month.String() + " 月度报送", Unit: duty.Unit, Lead: duty.Unit, number: duty.Month.String(),
			Clock: monthlyClock, Class: workflow.Statutory, Start: duty.Month.Last(), Due: duty.Due, OriginalDue: duty.Due, Provisional: duty.Provisional}
		if it.Status, it.DaysLate = status(duty.Due); duty.Standing == docket.Receipt {
			it.Status, it.DaysLate = workflow.Received, 0
		}
		items = append(items, it)
	}
	for _, r := range d.Resolutions() {
		if r.Done || r.Topic.Due == 0 {
			continue
		}
		for _, u := range r.Topic.Units {
			it := dueItem{Title: r.Topic.Matter, Unit: u, Lead: u, Path: r.Meeting.Path, number: r.Meeting.ID, Clock: resolutionClock, Class: workflow.Agreed,
				Start: r.Meeting.Held, Due: r.Topic.Due, OriginalDue: r.Topic.Due, Provisional: cal.Provisional(r.Topic.Due)}
			it.Status, it.DaysLate = status(it.Due)
			items = append(items, it)
		}
	}
	kept := items[:0]
	for _, it := range items {
		if attention(it.Status) > 0 && (unit == "" || it.Unit == unit) {
			kept = append(kept, it)
		}
	}
	return kept
}
