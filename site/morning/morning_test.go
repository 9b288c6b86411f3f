package morning

import (
	"fmt"
	"testing"
	"time"

	"suqiu/internal/changes"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// filled is a day with so many feedbacks.
func filled(day workday.Date, n int) changes.Period {
	p := changes.Period{Day: day, From: day, To: day}
	for i := range n {
		p.Changes = append(p.Changes, changes.Change{Kind: changes.Answered, Title: "反馈",
			Case: &view.Case{ID: fmt.Sprintf("202609-NFZX-%03d", i), Page: true}, Units: []string{"信息中心"},
			At: day.Start().Add(9 * time.Hour)})
	}
	return p
}

func sept(day int) workday.Date { return workday.New(2026, time.September, day) }

// A day on which a thousand cases came in has several sheets; each case stands on one.
func TestSheets(t *testing.T) {
	busy := filled(sept(29), 1001)
	busy.Changes[1000].Kind = changes.Overdue
	pages := Pages([]changes.Period{filled(sept(30), 1), busy, filled(sept(28), 0)}, 500)
	var paths []string
	rows := map[string]int{}
	for _, p := range pages {
		paths = append(paths, p.Path())
		for _, g := range p.Groups {
			rows[p.Day.String()] += len(g.Changes)
		}
	}
	want := "[changes/2026-09-30.html changes/2026-09-29.html changes/2026-09-29-2.html " +
		"changes/2026-09-29-3.html changes/2026-09-28.html]"
	if fmt.Sprint(paths) != want || rows["2026-09-29"] != 1001 || rows["2026-09-28"] != 0 {
		t.Errorf("%v, rows %v", paths, rows)
	}
	if f := pages[1].Figures[6]; f.N != 1 || f.Href != "2026-09-29-3.html#新超期" {
		t.Errorf("the last kind is at %q", f.Href)
	}
	if pages[1].Before != sept(28) || pages[1].After != sept(30) || pages[0].After != 0 || pages[4].Before != 0 {
		t.Error("the pages do not lead to each other")
	}
}

// What comes in today changes nothing on the page of an earlier day; a case that is
// called otherwise now does.
func TestPastDaysStay(t *testing.T) {
	before := Pages([]changes.Period{filled(sept(30), 1), filled(sept(29), 3)}, 500)
	after := Pages([]changes.Period{filled(sept(30), 2), filled(sept(29), 3)}, 500)
	if before[0].Hash() == after[0].Hash() || before[1].Hash() != after[1].Hash() {
		t.Error("of the page of today and that of yesterday the wrong one is made again")
	}
	after[1].Changes[0].Case.ID = "202609-NFZX-900"
	if before[1].Hash() == after[1].Hash() {
		t.Error("another case makes the same page")
	}
}

// A list on another page shows the first of each kind and says where the rest is.
func TestSinceIsShort(t *testing.T) {
	s := NewSince("../", []changes.Period{filled(sept(30), 3), filled(sept(29), 4), filled(sept(28), 9)}, 5)
	g := s.Groups[0]
	if s.N != 7 || len(s.Groups) != 1 || len(s.None) != 6 || g.N != 7 || len(g.Rows) != 5 || g.More() != 2 {
		t.Fatalf("%+v", s)
	}
	if len(g.Days) != 2 || g.Days[0] != (DayLink{"../changes/2026-09-30.html#反馈", "9月30日", 3}) || g.Days[1].N != 4 {
		t.Errorf("the rest is at %v", g.Days)
	}
	if s = NewSince("", nil, 5); s.N != 0 || len(s.None) != 7 {
		t.Errorf("of nothing: %+v", s)
	}
}
