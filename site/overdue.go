package site

import (
	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/site/worklist"
)

// overduePage is 超期与临期.
type overduePage struct {
	Frame
	Late, Today, Soon []worklist.Row
	Later             []worklist.Row // due after that
	Held              []worklist.Row // paused, pending, received
	Hints             []worklist.Row // internal limits that have passed
	Units             int            // with something late
	Calendar          worklist.Calendar
	Ages              worklist.Ages
}

func (v *builder) overduePage() framed {
	page := &overduePage{Ages: worklist.CountAges(v.View)}
	late, today, soon := v.deadlines()
	page.Units = unitsOf(late)
	var held, hints []view.Duty
	for _, d := range v.Dues {
		switch k := d.Clock; {
		case k.Right():
		case k.Status == clock.Paused, k.Status == clock.Pending, k.Status == clock.Received:
			held = append(held, d)
		case k.Status == clock.Overdue && !k.Counts():
			hints = append(hints, d)
		}
	}
	later := worklist.Later(v.Dues, late, today, soon, held, hints)
	lists := worklist.Rows(late, today, soon, later, held, hints)
	page.Late, page.Today, page.Soon, page.Later, page.Held, page.Hints =
		lists[0], lists[1], lists[2], lists[3], lists[4], lists[5]
	page.Calendar = worklist.NewCalendar(v.View, lists)
	return page
}

// deadlines lists the duties that count: late, due on the as-of day, soon.
func (v *builder) deadlines() (late, today, soon []view.Duty) {
	d := v.Deadlines()
	return d.Late, d.Today, d.Soon
}
