package topics

import (
	"fmt"
	"strings"
	"testing"

	"suqiu/internal/workday"
)

// TestRows: rising ones come first, by how much they rise; a count under 5 is not
// told, nor a name that has no other; and that there are such is.
func TestRows(t *testing.T) {
	last := workday.Quarter{Year: 2026, Q: 1}
	table := Table{}
	for name, counts := range map[string][3]int{ // of the quarter, and of those before it
		"上升多": {9, 4, 0}, "上升少": {20, 19, 0}, "持平": {30, 30, 30}, "下降": {6, 8, 5}, "去年": {4, 5, 12},
		"不足": {4, 0, 0}, "一直不足": {1, 4, 4}, "无": {0, 3, 0},
	} {
		for i, n := range counts {
			table.Add(name, last.Add(-i), n)
		}
	}
	rows, merged := table.Rows(last, 3)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s%v%t", r.Name, r.Cells, r.Rising))
	}
	want := "上升多[9 0 0]true 上升少[20 19 0]true 持平[30 30 30]false 下降[6 8 5]false 去年[0 5 12]false"
	if strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
	if !merged {
		t.Error("nothing is merged")
	}
	if rows, merged := (Table{"甲": {last: 5}}).Rows(last, 2); len(rows) != 1 || merged {
		t.Errorf("%v, %t", rows, merged)
	}
}

// TestOrderTellsNothing: two names of which the same is told stand by their names,
// whatever the count is that is not told.
func TestOrderTellsNothing(t *testing.T) {
	last := workday.Quarter{Year: 2026, Q: 3}
	for _, before := range [][2]int{{0, 4}, {4, 0}} {
		table := Table{}
		table.Add("甲", last, 8)
		table.Add("乙", last, 8)
		table.Add("甲", last.Add(-1), before[0])
		table.Add("乙", last.Add(-1), before[1])
		if rows, _ := table.Rows(last, 2); rows[0].Name != "乙" || !rows[0].Rising || !rows[1].Rising {
			t.Errorf("with %d and %d before: %v", before[0], before[1], rows)
		}
	}
}

// TestOnceACase: a case that names a 主题 twice is one case.
func TestOnceACase(t *testing.T) {
	q, table := workday.Quarter{Year: 2026, Q: 3}, Table{}
	table.AddEach([]string{"申报", "发票", "申报", ""}, q)
	table.AddEach([]string{"申报"}, q)
	if len(table) != 2 || table["申报"][q] != 2 || table["发票"][q] != 1 {
		t.Errorf("%v", table)
	}
}
