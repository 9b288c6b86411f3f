package site

import (
	"sync"

	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// quarterFigures are the figures of a quarter. They are sums: no case can be
// told from them.
type quarterFigures struct {
	report.Quarterly
	OnTime, Satisfied, Coverage Percent
	ByCategory, ByChannel       []countOf
}

// countOf is one bar of a chart.
type countOf struct {
	Name string
	N    int
}

// Share is the share on time of a unit.
func (f *quarterFigures) Share(s report.Share) Percent { return Percent(s) }

// quarter finds the figures of q; nil if there are none.
func (v *view) quarter(q workday.Quarter) *quarterFigures {
	for i := range v.quarters {
		if v.quarters[i].Quarter == q {
			return &v.quarters[i]
		}
	}
	return nil
}

// computeQuarters computes the figures of every quarter since the first
// registration, newest first. The quarter of the as-of day is always there:
// the first page links to it.
func computeQuarters(b *report.Book, asOf workday.Date) []quarterFigures {
	quarters := b.Quarters()
	if now := workday.QuarterOf(asOf); len(quarters) == 0 || quarters[0] != now {
		quarters = append([]workday.Quarter{now}, quarters...)
	}
	var counting sync.WaitGroup
	for _, q := range quarters {
		counting.Go(func() { b.Compute(q) })
	}
	counting.Wait()
	list := make([]quarterFigures, len(quarters))
	for i := range quarters {
		q := b.Compute(quarters[i])
		e := q.Evaluation
		f := quarterFigures{Quarterly: q,
			OnTime:    Percent{q.Deadlines.OnTime, q.Deadlines.Base()},
			Satisfied: Percent{e.Satisfied + e.Fair, e.All - e.Unrated},
			Coverage:  Percent{e.Covered, e.Accepted},
		}
		for _, g := range q.Categories {
			if g.Balance.Pushed > 0 {
				f.ByCategory = append(f.ByCategory, countOf{g.Name, g.Balance.Pushed})
			}
		}
		for _, g := range q.Channels {
			if g.Registered > 0 {
				f.ByChannel = append(f.ByChannel, countOf{g.Name, g.Registered})
			}
		}
		list[i] = f
	}
	return list
}
