// Package quarter makes of the figures and reports of quarters what pages show of
// them: shares, charts, trends, and tables whose cells lead to cases.
package quarter

import (
	"sync"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Figures are the figures of a quarter. They are sums: no case can be
// told from them.
type Figures struct {
	report.Quarterly
	OnTime, Satisfied, Coverage document.Share
	ByCategory, ByChannel       []draw.Count
}

// Compute computes the figures of every quarter since the first
// registration, newest first. The quarter of the as-of day is always there:
// the first page links to it.
func Compute(b *report.Book, asOf workday.Date) []Figures {
	quarters := b.Quarters()
	if now := workday.QuarterOf(asOf); len(quarters) == 0 || quarters[0] != now {
		quarters = append([]workday.Quarter{now}, quarters...)
	}
	var counting sync.WaitGroup
	for _, q := range quarters {
		counting.Go(func() { b.Compute(q) })
	}
	counting.Wait()
	list := make([]Figures, len(quarters))
	for i := range quarters {
		q := b.Compute(quarters[i])
		f := Figures{Quarterly: q, OnTime: q.Deadlines.InTime(), Satisfied: q.Evaluation.Satisfaction(),
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
