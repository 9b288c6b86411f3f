package report_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	. "suqiu/internal/report"
	"testing"

	"suqiu/internal/document"
	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// What a chart draws is what the table beside it says, cell by cell.
func TestChartsDrawTheirTables(t *testing.T) {
	q := workday.Quarter{Year: 2026, Q: 3}
	doc := Compose(hand(t, "2026-10-20"), q, Options{Supervision: true})
	seen := map[string]int{}
	check := func(table *document.Table, c *document.Chart) {
		if c == nil {
			return
		}
		seen[c.ID]++
		if len(c.Columns) != len(c.Series) || len(c.Groups) == 0 || len(c.Groups) > len(table.Rows) {
			t.Fatalf("%s: %d columns for %d series, %d places for %d rows",
				c.ID, len(c.Columns), len(c.Series), len(c.Groups), len(table.Rows))
		}
		drawn := c.Office(table)
		for i, g := range c.Groups {
			row := table.Rows[i]
			if row[0] != g.Label {
				t.Errorf("%s: place %d is %s, the row %s", c.ID, i, g.Label, row[0])
			}
			for j, column := range c.Columns {
				want := document.Share{N: g.Values[0], Of: g.Values[len(g.Values)-1]}.String()
				if !c.Rate {
					want = strconv.Itoa(g.Values[j])
				}
				if row[column] != want {
					t.Errorf("%s, %s: draws %s, the table says %s", c.ID, g.Label, want, row[column])
				}
				cell := table.Values(row)[column]
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

// A quarter in which nothing happened draws nothing, skips no number, and
// tells no rate of nothing.
func TestEmptyQuarter(t *testing.T) {
	doc := Compose(registerOf(t, "2026-10-20"), workday.Quarter{Year: 2026, Q: 3}, Options{Supervision: true})
	for i := range doc.Chapters {
		n := 0
		for _, b := range doc.Chapters[i].Blocks {
			if b.Chart != nil {
				t.Errorf("%s draws %s", doc.Chapters[i].Title, b.Chart.ID)
			}
			if b.Heading != "" {
				if n++; !strings.HasPrefix(b.Heading, office.Ordinal(2, n)) {
					t.Errorf("%s: heading %d is %s", doc.Chapters[i].Title, n, b.Heading)
				}
			}
			if strings.Contains(b.Text, "无可比数") {
				t.Error(b.Text)
			}
		}
	}
	var word bytes.Buffer
	if err := errors.Join(doc.Word(&word), doc.Excel(io.Discard)); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(word.Bytes()), int64(word.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	empty := 0
	for _, a := range doc.Annexes {
		if len(a.Table.Rows) == 0 {
			empty++
		}
	}
	if n := strings.Count(string(text), `w:type="page"`); empty < 3 || n > len(doc.Annexes)-empty {
		t.Errorf("%d page breaks, with %d annexes of %d empty", n, empty, len(doc.Annexes))
	}
}
