package quarter

import (
	"slices"
	"testing"

	"suqiu/internal/document"
	"suqiu/internal/draw"
	"suqiu/internal/prose"
)

// TestTally: counts of one name are one; they stand in the order of the settings,
// and what these do not name in the order in which it came.
func TestTally(t *testing.T) {
	var all tally
	for _, c := range []draw.Count{{Name: "丙", N: 1}, {Name: "乙", N: 2}, {Name: "丁", N: 4}, {Name: "甲", N: 8},
		{Name: "丙", N: 16}} {
		all.add(c)
	}
	want := []draw.Count{{Name: "甲", N: 8}, {Name: "乙", N: 2}, {Name: "丙", N: 17}, {Name: "丁", N: 4}}
	if got := all.inOrder([]string{"甲", "乙"}); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestAnnexRows: a page shows the first rows of an annex and says how many more
// there are; Excel has them all.
func TestAnnexRows(t *testing.T) {
	rows := make([][]string, annexRows+7)
	for i := range rows {
		rows[i] = []string{"202607-NFZX-001", "3"}
	}
	md := prose.NewRenderer("../cases/", func(string) bool { return true })
	list := Annexes(md, []document.Annex{{Key: "tasks", Title: "任务清单", Table: document.Table{Rows: rows,
		Columns: []document.Column{{Name: "编号", Kind: document.CaseID}, {Name: "件数", Kind: document.Number}}}}})
	a := list[0]
	if len(a.Table.Rows) != annexRows || a.More != 7 || a.ID != "a-tasks" {
		t.Errorf("%d rows, %d more, %s", len(a.Table.Rows), a.More, a.ID)
	}
	cells := a.Table.Rows[0]
	if cells[0].Text[0].Href != "../cases/202607-NFZX-001.html" || cells[1].Class != "n" {
		t.Errorf("%v", cells)
	}
}
