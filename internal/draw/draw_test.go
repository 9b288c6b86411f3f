package draw

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"
	"time"

	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// wellFormed fails unless a picture is one element of XML.
func wellFormed(t *testing.T, name string, picture template.HTML) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(picture)))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v in %s", name, err, picture)
		}
	}
}

// Whatever names stand in them, charts are well-formed, and have a title and a
// description for who does not see them.
func TestCharts(t *testing.T) {
	const evil = `<b>"甲"&'乙'</b>`
	groups := []Group{{Label: evil, Values: []int{3, 0}, Under: evil}, {Values: []int{7, 12000}}}
	for name, picture := range map[string]template.HTML{
		"columns": Columns("c", evil, []string{evil, "乙"}, groups),
		"over":    ColumnsUnder("o", evil, []string{evil, "乙"}, groups, &Over{evil, []int{5, 20000}}),
		"bars":    Bars("b", evil, []string{evil, "乙"}, groups),
		"tally":   Tally("t", evil, []Count{{evil, 2}, {"乙", 0}}),
		"line": Line("l", evil, []Point{{Label: evil, N: 4, Of: 5, Text: "80.0%"},
			{Label: "乙", N: 1, Of: 2, Text: "1/2", Hollow: true}}),
	} {
		wellFormed(t, name, picture)
		if strings.Contains(string(picture), "<b>") || !strings.Contains(string(picture), "<title") ||
			!strings.Contains(string(picture), "<desc") {
			t.Errorf("%s: %s", name, picture)
		}
	}
	for name, picture := range map[string]template.HTML{
		"columns": Columns("c", "甲", []string{"乙"}, nil), "bars": Bars("b", "甲", nil, nil),
		"line": Line("l", "甲", nil),
	} {
		if picture != "" {
			t.Errorf("%s of nothing: %s", name, picture)
		}
	}
	wellFormed(t, "diagram", Diagram(workflow.Regulation()))
}

// The axis ends in a round number that all values lie below, and that four steps
// divide.
func TestNiceTop(t *testing.T) {
	for n, want := range map[int]int{0: 4, 4: 4, 5: 10, 11: 20, 21: 40, 41: 100, 399: 400, 401: 1000} {
		if got := niceTop(n); got != want {
			t.Errorf("%d: %d, want %d", n, got, want)
		}
	}
}

// TestDays draws a limit from Thursday 2026-07-02 over a weekend to Tuesday, two
// days after it stopped counting for a day.
func TestDays(t *testing.T) {
	day := func(n int) workday.Date { return workday.New(2026, time.July, n) }
	days := []Day{
		{Day: workday.Day{Date: day(3), Working: true}, Kind: Counts, Nth: 1},
		{Day: workday.Day{Date: day(4), Reason: "周六"}, Kind: Off},
		{Day: workday.Day{Date: day(5), Reason: "周日"}, Kind: Off},
		{Day: workday.Day{Date: day(6), Working: true}, Kind: Paused},
		{Day: workday.Day{Date: day(7), Working: true}, Kind: Counts, Nth: 2},
		{Day: workday.Day{Date: day(8), Working: true}, Kind: Late},
	}
	l := Limit{Label: `"反馈"`, Start: day(2), Due: day(7), Until: day(8), Counts: true}
	bar, grid := l.Bar(days), l.Grid(days)
	wellFormed(t, "bar", bar)
	wellFormed(t, "grid", grid)
	for _, class := range []string{"b-run", "b-off", "b-hold", "b-late", "b-due", "b-now"} {
		if strings.Count(string(bar), class) != 1 {
			t.Errorf("the bar has not one %s: %s", class, bar)
		}
	}
	for _, want := range []string{"起算", "第1日", "休", "暂停", "到期", "超期"} {
		if !strings.Contains(string(grid), ">"+want+"<") {
			t.Errorf("the calendar lacks %s: %s", want, grid)
		}
	}
	if n := strings.Count(string(grid), "</tr>"); n != 3 { // the head and two weeks
		t.Errorf("%d rows in %s", n, grid)
	}
}
