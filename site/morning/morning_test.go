package morning

import (
	"fmt"
	"testing"
	"time"

	"suqiu/internal/changes"
	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
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
	days := []changes.Period{filled(sept(30), 3), filled(sept(29), 4), filled(sept(28), 9)}
	s := NewSince(view.Supervision, "../", "h-since", days, 5)
	g := s.Groups[0]
	if s.N != 7 || len(s.Groups) != 1 || len(s.None) != 6 || g.N != 7 || len(g.Rows) != 5 || g.More() != 2 {
		t.Fatalf("%+v", s)
	}
	if len(g.Days) != 2 || g.Days[0] != (DayLink{"../changes/2026-09-30.html#反馈", "9月30日", 3}) || g.Days[1].N != 4 {
		t.Errorf("the rest is at %v", g.Days)
	}
	if s = NewSince(view.Supervision, "", "h-since", nil, 5); s.N != 0 || len(s.None) != 7 {
		t.Errorf("of nothing: %+v", s)
	}
}

// Each duty stands once, where the figures of the unit count it; a 月报 with the others of
// its kind, whatever its light. Held ones are not to be done; a right is none.
func TestOwnCountsAsTheTally(t *testing.T) {
	at := func(kind clock.Kind, status clock.Status, class clock.Class, due int) view.Duty {
		k := clock.Clock{Kind: kind, Unit: "信息中心", Role: clock.Lead, Due: sept(due), Status: status, Class: class}
		return view.Duty{Clock: &view.Clock{Clock: &k}, Case: &view.Case{ID: "202609-NFZX-001", Page: true}}
	}
	paper := at("月报", clock.Overdue, clock.Statutory, 3)
	paper.Case, paper.Paper = nil, &view.Paper{Number: "2026-08", Title: "2026-08 月度报送"}
	u := &view.Unit{Unit: config.Unit{Name: "信息中心", Code: "XXZX"}, Todo: []view.Duty{
		at(clock.Feedback, clock.Overdue, clock.Statutory, 25), paper,
		at(clock.Feedback, clock.Soon, clock.Statutory, 30), at(clock.Feedback, clock.Soon, clock.Agreed, 31),
		at(clock.Feedback, clock.Received, clock.Statutory, 29), at(clock.Feedback, clock.Paused, clock.Statutory, 29),
		at(clock.Accept, clock.Running, clock.Internal, 30), at(clock.CoFeedback, clock.Received, clock.Internal, 29),
		at(clock.CoFeedback, clock.Running, clock.Internal, 40), at(clock.Feedback, clock.Running, clock.Statutory, 50),
	}}
	m := Maker{View: &view.View{AsOf: sept(30)}, Forms: true}
	own := m.Own(u)
	var got []string
	for _, g := range own.Groups {
		got = append(got, fmt.Sprintf("%s %d", g.Title, g.N))
	}
	if want := "[今日到期 1 临期 1 超期 1 待收件 1 月报 1 内部期限 2]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
	if own.Monthly != 1 || own.Held != 1 || own.Later != 2 {
		t.Errorf("%d 月报 of the figures, %d held, %d later", own.Monthly, own.Held, own.Later)
	}
	if f := own.Groups[4].Rows[0]; f.Form != "step.html?unit=XXZX#月报/2026-08" || f.Step != "报送月报" {
		t.Errorf("月报: %q at %q", f.Step, f.Form)
	}
}

// The next step is the one that ends the limit, if there is but one and it judges
// nobody; else the form asks which. Of a case whose content is not shown it is not told.
func TestNextStep(t *testing.T) {
	on := func(state workflow.State, kind clock.Kind, role string) string {
		e := &view.Case{ID: "202609-NFZX-001", Text: &view.Text{
			Case: &record.Case{State: string(state), Lead: "信息中心", Co: []string{"征收管理科"},
				Feedback: []record.Feedback{{Result: "已解决"}}},
			Life: &workflow.Life{State: state, Lead: "信息中心", Pushes: 1}}}
		unit := map[string]string{clock.Lead: "信息中心", clock.Co: "征收管理科",
			clock.Office: "纳税服务科"}[role]
		title, name := next(e, &view.Clock{Clock: &clock.Clock{Kind: kind, Role: role, Unit: unit}}, unit)
		return title + "/" + name
	}
	for _, c := range []struct {
		state workflow.State
		kind  clock.Kind
		role  string
		want  string
	}{
		{workflow.Pushed, clock.Accept, clock.Lead, "接收办理/接收办理"},
		{workflow.Handling, clock.Feedback, clock.Lead, "反馈/反馈"},
		{workflow.Improving, clock.Improve, clock.Lead, "反馈/反馈"},
		{workflow.Handling, clock.CoFeedback, clock.Co, "协办反馈/协办反馈"},
		{workflow.Handling, clock.Channel, clock.Lead, "反馈/反馈"},
		{workflow.FedBack, clock.Review, clock.Office, "审核/"},
		{workflow.Analysing, clock.Push, clock.Office, "推送/"},
	} {
		if got := on(c.state, c.kind, c.role); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.kind, c.state, got, c.want)
		}
	}
	hidden := &view.Case{ID: "202609-NFZX-001"}
	k := &view.Clock{Clock: &clock.Clock{Kind: clock.Feedback}}
	if title, name := next(hidden, k, "信息中心"); title+name != "" {
		t.Errorf("of a hidden case %q is told", title)
	}
}

// In the 公开 edition a case is shown from its push on: that nothing is listed as
// registered must not read as if nothing was.
func TestNothingRegisteredIsNotSaid(t *testing.T) {
	for e, want := range map[view.Edition]int{view.Public: 5, view.Supervision: 6} {
		m := Maker{View: &view.View{AsOf: sept(30), Edition: e}, Days: []changes.Period{filled(sept(30), 1)}}
		if s := m.Since("", nil); len(s.None) != want || (s.Untold != "") != (e == view.Public) {
			t.Errorf("%s: 没有%v", e, s.None)
		}
	}
}
