package site

import (
	"suqiu/internal/clock"
	"suqiu/internal/view"
)

// overduePage is 超期与临期.
type overduePage struct {
	Frame
	Late, Today, Soon []view.Duty
	Held              []view.Duty // paused, pending, received
	Hints             []view.Duty // internal limits that have passed
	Units             int         // with something late
}

func (v *builder) overduePage() framed {
	page := new(overduePage)
	page.Late, page.Today, page.Soon = v.deadlines()
	page.Units = unitsOf(page.Late)
	for _, d := range v.Dues {
		switch k := d.Clock; {
		case k.Right():
		case k.Status == clock.Paused, k.Status == clock.Pending, k.Status == clock.Received:
			page.Held = append(page.Held, d)
		case k.Status == clock.Overdue && !k.Counts():
			page.Hints = append(page.Hints, d)
		}
	}
	return page
}

// deadlines lists the duties that count: late, due on the as-of day, soon.
func (v *builder) deadlines() (late, today, soon []view.Duty) {
	for _, d := range v.Dues {
		switch k := d.Clock; {
		case !k.Counts() || k.Right():
		case k.Late():
			late = append(late, d)
		case k.Due == v.AsOf && (k.Status == clock.Soon || k.Status == clock.Running):
			today = append(today, d)
		case k.Status == clock.Soon:
			soon = append(soon, d)
		}
	}
	return late, today, soon
}
