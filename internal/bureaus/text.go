package bureaus

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"suqiu/internal/report"
	"suqiu/internal/terminal"
)

// Text writes the figures for a terminal, the sum last.
func (c *Comparison) Text(w io.Writer) {
	fmt.Fprintf(w, "%s 季度汇总\n", c.Quarter)
	var t terminal.Table
	t.Row("单位", "月报收集（件）", "登记", "合（件）", "推送", "办结", "期末未结", "应办", "按期反馈率", "满意率", "")
	n := strconv.Itoa
	for _, s := range append(slices.Clone(c.List), c.Total) {
		collected := "—"
		if _, ok := s.Since(2, s.Funnel.Collected); ok {
			collected = n(s.Funnel.Collected)
		}
		t.Row(s.Unit, collected, n(s.Funnel.Registered), n(s.Funnel.Tickets), n(s.Balance.Pushed), n(s.Balance.Done),
			n(s.Balance.Closing), n(s.Deadlines.Due), report.Deadlines(s.Deadlines).InTime().String(),
			report.Evaluation(s.Evaluation).Satisfaction().String(), "")
	}
	t.Write(w)
}
