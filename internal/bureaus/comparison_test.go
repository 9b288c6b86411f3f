package bureaus

import (
	"strings"
	"testing"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// TestBureausCompared adds up what is small apart: rates come from sums, a mean from
// sums of days, and what too few stand behind has neither.
func TestBureausCompared(t *testing.T) {
	third := workday.Quarter{Year: 2026, Q: 3}
	of := func(unit string, due, onTime, days, handled int, rows ...papers.SummaryRow) *papers.Summary {
		s := &papers.Summary{Unit: unit, Quarter: third, AsOf: third.Last(), Channels: rows}
		s.Deadlines = papers.SummaryDeadlines{Due: due, OnTime: onTime, LateDone: due - onTime}
		s.Durations = papers.SummaryDurations{HandlingDays: days, Handled: handled}
		return s
	}
	c := Comparison{Quarter: third, List: []*papers.Summary{
		of("甲", 4, 4, 20, 4, papers.SummaryRow{Name: "投诉", Tickets: 2}),
		of("乙", 6, 3, 13, 6, papers.SummaryRow{Name: "信访", Tickets: 5}, papers.SummaryRow{Name: "投诉", Tickets: 1}),
	}}
	tables := c.Tables()
	cell := func(table int, column string) string {
		var got []string
		for _, row := range tables[table].Table.Rows {
			for i, col := range tables[table].Table.Columns {
				if col.Name == column {
					got = append(got, row[i])
				}
			}
		}
		return strings.Join(got, " ")
	}
	for _, x := range []struct {
		table        int
		column, want string
	}{
		{0, "单位", "甲 乙 合计"}, {0, "应办", "4 6 10"}, {0, "按期反馈率", "4/4 50.0% 70.0%"}, {0, "满意率", "— — —"},
		{1, "超期已办", "0 3 3"}, {3, "平均办理时长", "20/4 2.2 3.3"},
		{6, "渠道", "投诉 信访"}, {6, "甲", "2 0"}, {6, "乙", "1 5"}, {6, "合计", "3 5"},
	} {
		if got := cell(x.table, x.column); got != x.want {
			t.Errorf("%s of %s: %s, want %s", x.column, tables[x.table].Title, got, x.want)
		}
	}
}
