package view

import (
	"context"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

// Deadlines are the duties that count: what is 超期, what is due on the as-of day, and
// what is due soon (临期). Rights are none, and neither is what is held, paused or 待收件.
type Deadlines struct{ Late, Today, Soon []Duty }

// Deadlines sorts the duties of everybody.
func (v *View) Deadlines() Deadlines {
	var d Deadlines
	for _, duty := range v.Dues {
		switch k := duty.Clock; {
		case !k.Counts() || k.Right():
		case k.Late():
			d.Late = append(d.Late, duty)
		case k.Due == v.AsOf && (k.Status == clock.Soon || k.Status == clock.Running):
			d.Today = append(d.Today, duty)
		case k.Status == clock.Soon:
			d.Soon = append(d.Soon, duty)
		}
	}
	return d
}

// Ahead are the duties that count and fall due within so many working days after the
// as-of day, whatever 临期 is to the bureau.
func (v *View) Ahead(days int) []Duty {
	until := v.Calendar.Add(v.AsOf, days)
	var list []Duty
	for _, duty := range v.Dues {
		if k := duty.Clock; k.Counts() && !k.Right() && k.Due > v.AsOf && k.Due <= until &&
			(k.Status == clock.Soon || k.Status == clock.Running) {
			list = append(list, duty)
		}
	}
	return list
}

// HeadAt is the commit that had landed last at the end of a day; empty: none had.
func (v *View) HeadAt(day workday.Date) string { return v.register.HeadAt(day) }

// Earlier is what was open and owed at the end of an earlier day, as this edition shows
// it (see register.Earlier); nil if nothing had landed yet.
func (v *View) Earlier(ctx context.Context, day workday.Date) (*View, error) {
	d, err := v.register.Earlier(ctx, day)
	if d == nil || err != nil {
		return nil, err
	}
	return New(d, v.Edition), nil
}
