package site

import (
	"sync"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// quarterFigures are the figures of a quarter. They are sums: no case can be
// told from them.
type quarterFigures struct {
	report.Quarterly
	OnTime, Satisfied, Coverage document.Share
	ByCategory, ByChannel       []draw.Count
}

// quarter finds the figures of q; nil if there are none.
func (v *builder) quarter(q workday.Quarter) *quarterFigures {
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
		f := quarterFigures{Quarterly: q, OnTime: q.Deadlines.InTime(), Satisfied: q.Evaluation.Satisfaction(),
			Coverage: q.Evaluation.Coverage()}
		for _, g := range q.Categories {
			if g.Balance.Pushed > 0 {
				f.ByCategory = append(f.ByCategory, draw.Count{Name: g.Name, N: g.Balance.Pushed})
			}
		}
		for _, g := range q.Channels {
			if g.Registered > 0 {
				f.ByChannel = append(f.ByChannel, draw.Count{Name: g.Name, N: g.Registered})
			}
		}
		list[i] = f
	}
	return list
}
