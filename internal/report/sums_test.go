package report_test

import (
	"testing"

	"suqiu/internal/document"
	"suqiu/internal/report"
)

// TestSumsAreNotKept: a sum is for the reader. What was frozen without it, or
// will be, is verified row by row.
func TestSumsAreNotKept(t *testing.T) {
	a := document.Annex{Key: "counties", Sums: 1, Table: document.Table{Rows: [][]string{{"甲"}, {"乙"}, {"合计"}}}}
	d := document.Document{Annexes: []document.Annex{a}}
	if got := report.Lists(&d)[0].Table.Rows; len(got) != 2 || len(d.Annexes[0].Table.Rows) != 3 {
		t.Errorf("kept %v of %v", got, d.Annexes[0].Table.Rows)
	}
}
