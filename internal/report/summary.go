package report

import (
	"strconv"

	"suqiu/internal/document"
	"suqiu/internal/papers"
)

// MainColumns and MainFigures are what is compared wherever bureaus are.
const MainColumns = "月报收集（件）:3n 登记:2n 合（件）:2n 推送:2n 办结:2n 期末未结:2n 应办:2n 按期:2n " +
	"按期反馈率:3r 满意率:3r"

// MainFigures are the cells of a bureau below MainColumns.
func MainFigures(s *papers.Summary) []string {
	f, b, d := s.Funnel, s.Balance, Deadlines(s.Deadlines)
	return append(document.Row(SinceSecond(s, f.Collected), f.Registered, f.Tickets, b.Pushed, b.Done, b.Closing,
		d.Due, d.OnTime),
		d.InTime().String(), Evaluation(s.Evaluation).Satisfaction().String())
}

// SinceSecond is a figure that the summary has since its second version.
func SinceSecond(s *papers.Summary, n int) string {
	if n, ok := s.Since(2, n); ok {
		return strconv.Itoa(n)
	}
	return nothing
}
