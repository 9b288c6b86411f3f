package report

import (
	"math"
	"testing"

	"suqiu/internal/workday"
)

// What a chart draws is what the table beside it says, cell by cell.
func TestChartsDrawTheirTables(t *testing.T) {
	q := workday.Quarter{Year: 2026, Q: 3}
	doc := Compose(hand(t, "2026-10-20"), q, Options{Supervision: true})
	seen := map[string]int{}
	check := func(table *Table, c *Chart) {
		if c == nil {
			return
		}
		seen[c.ID]++
		if len(c.Columns) != len(c.Series) || len(c.Groups) == 0 || len(c.Groups) > len(table.Rows) {
			t.Fatalf("%s: %d columns for %d series, %d places for %d rows", c.ID, len(c.Columns), len(c.Series), len(c.Groups), len(table.Rows))
		}
		drawn := c.office(table)
		for i, g := range c.Groups {
			row := table.Rows[i]
			if row[0] != g.Label {
				t.Errorf("%s: place %d is %s, the row %s", c.ID, i, g.Label, row[0])
			}
			for j, column := range c.Columns {
				want := Share{g.Values[0], g.Values[len(g.Values)-1]}.String()
				if !c.Rate {
					want = itoa(g.Values[j])
				}
				if row[column] != want {
					t.Errorf("%s, %s: draws %s, the table says %s", c.ID, g.Label, want, row[column])
				}
				cell := table.values(row)[column]
				if n, ok := cell.(int); ok {
					cell = float64(n)
				}
				switch v := drawn.Series[j].Values[i]; {
				case math.IsNaN(v):
					if _, number := cell.(float64); number {
						t.Errorf("%s, %s: no mark for %v", c.ID, g.Label, cell)
					}
				case cell != v:
					t.Errorf("%s, %s: Excel draws %v, the cell holds %v", c.ID, g.Label, v, cell)
				}
			}
		}
	}
	answered := 0
	for i := range doc.Chapters {
		for _, b := range doc.Chapters[i].Blocks {
			check(b.Table, b.Chart)
			if b.Chart != nil && b.Chart.ID == "answer" {
				for _, g := range b.Chart.Groups {
					answered += g.Values[0]
				}
			}
		}
	}
	for i := range doc.Annexes {
		check(&doc.Annexes[i].Table, doc.Annexes[i].Chart)
	}
	for _, id := range []string{"flow", "category", "channel", "unit", "answer", "on-time"} {
		if seen[id] != 1 {
			t.Errorf("the report draws %s %d times", id, seen[id])
		}
	}
	if n := Compute(hand(t, "2026-10-20"), q).Handling.N; answered != n {
		t.Errorf("%d answers are drawn, %d were counted", answered, n)
	}
}

func TestPercentage(t *testing.T) {
	for text, want := range map[string]float64{"92.3%": 0.923, "100.0%": 1, "0.0%": 0} {
		if got, ok := percentage(text); !ok || got != want {
			t.Errorf("percentage(%s) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"—", "3/4", "+1.2%", "1.25%", "92.3", "%", "1.2 个百分点"} {
		if got, ok := percentage(text); ok {
			t.Errorf("percentage(%s) = %v", text, got)
		}
	}
}
