package site

import "suqiu/internal/clock"

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
	page.Units = unitsOf(page.Late)
	for _, d := range v.dues {
		switch k := d.Clock; {
		case right(k):
		case k.Status == clock.Paused, k.Status == clock.Pending, k.Status == clock.Received:
			page.Held = append(page.Held, d)
		case k.Status == clock.Overdue && !k.Counts():
			page.Hints = append(page.Hints, d)
		}
	}
	return page
}
