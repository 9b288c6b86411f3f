package bureaus

import (
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
)

// Summary is a quarter as a bureau hands it in to the one above (三(六)):
// counts alone, so that the bureaus add up. unit and code are those of the
// bureau in the repository that takes it in.
func Summary(d *register.Register, q *report.Quarterly, unit, code, tool string) *papers.Summary {
	s := &papers.Summary{
		Version: papers.SummaryVersion, Tool: tool, Head: d.Head, AsOf: q.AsOf,
		Unit: unit, Code: code, Quarter: q.Quarter, Name: q.Quarter.String(),
		Balance: papers.SummaryBalance(q.Balance), Funnel: papers.SummaryFunnel(q.Funnel),
		Deadlines: papers.SummaryDeadlines(q.Deadlines), Steps: papers.SummarySteps(q.Steps),
		Evaluation: papers.SummaryEvaluation(q.Evaluation), Monthly: papers.SummaryMonthly(q.Monthly),
		Durations: papers.SummaryDurations{HandlingDays: q.Handling.Sum, Handled: q.Handling.N,
			WholeDays: q.Whole.Sum, Answered: q.Whole.N},
		Categories: summaryRows(q.Categories), Channels: summaryRows(q.Channels),
	}
	return s
}

func summaryRows(rows []report.GroupRow) []papers.SummaryRow {
	list := []papers.SummaryRow{}
	for _, r := range rows {
		list = append(list, papers.SummaryRow{Name: r.Name, Tickets: r.Tickets, Registered: r.Registered,
			Done: r.Balance.Done})
	}
	return list
}
