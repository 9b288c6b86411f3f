package report

import (
	"strconv"

	"suqiu/internal/document"
	"suqiu/internal/papers"
	"suqiu/internal/register"
)

// Summary is a quarter as a bureau hands it in to the one above (三(六)):
// counts alone, so that the bureaus add up. unit and code are those of the
// bureau in the repository that takes it in.
func Summary(d *register.Register, q *Quarterly, unit, code, tool string) *papers.Summary {
	s := &papers.Summary{
		Version: papers.SummaryVersion, Tool: tool, Head: d.Head, AsOf: q.AsOf,
		Unit: unit, Code: code, Quarter: q.Quarter, Name: q.Quarter.String(),
		Balance: papers.SummaryBalance(q.Balance), Funnel: papers.SummaryFunnel(q.Funnel),
		Deadlines: papers.SummaryDeadlines(q.Deadlines), Steps: papers.SummarySteps(q.Steps),
		Evaluation: papers.SummaryEvaluation(q.Evaluation), Monthly: papers.SummaryMonthly(q.Monthly),
		Durations:  papers.SummaryDurations{HandlingDays: q.Handling.Sum, Handled: q.Handling.N, WholeDays: q.Whole.Sum, Answered: q.Whole.N},
		Categories: summaryRows(q.Categories), Channels: summaryRows(q.Channels),
	}
	return s
}

func summaryRows(rows []GroupRow) []papers.SummaryRow {
	list := []papers.SummaryRow{}
	for _, r := range rows {
		list = append(list, papers.SummaryRow{Name: r.Name, Tickets: r.Tickets, Registered: r.Registered, Done: r.Balance.Done})
	}
	return list
}

// MainColumns and MainFigures are what is compared wherever bureaus are.
const MainColumns = "月报收集（件）:3n 登记:2n 合（件）:2n 推送:2n 办结:2n 期末未结:2n 应办:2n 按期:2n 按期反馈率:3r 满意率:3r"

// MainFigures are the cells of a bureau below MainColumns.
func MainFigures(s *papers.Summary) []string {
	f, b, d := s.Funnel, s.Balance, Deadlines(s.Deadlines)
	return append(document.Row(SinceSecond(s, f.Collected), f.Registered, f.Tickets, b.Pushed, b.Done, b.Closing, d.Due, d.OnTime),
		d.InTime().String(), Evaluation(s.Evaluation).Satisfaction().String())
}

// SinceSecond is a figure that the summary has since its second version.
func SinceSecond(s *papers.Summary, n int) string {
	if n, ok := s.Since(2, n); ok {
		return strconv.Itoa(n)
	}
	return nothing
}
