package casepage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/sitedir"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/answered"
	"suqiu/site/dueday"
)

func on(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }

// went are the events of rows of the table, taken day after day in August.
func went(rows ...int) (events []workflow.Event, state workflow.State) {
	from := map[int]workflow.State{12: workflow.Handling}
	for i, n := range rows {
		to := map[int]workflow.State{1: workflow.Registered, 2: workflow.Analysing, 3: workflow.Pushed,
			4: workflow.Handling, 5: workflow.Objected, 11: workflow.LongTerm, 12: workflow.Pushed,
			13: workflow.FedBack, 14: workflow.Handling, 15: workflow.Evaluating, 16: workflow.Closed,
			17: workflow.Improving, 20: workflow.Merged}[n]
		before := state
		if f, ok := from[n]; ok {
			before = f
		}
		ev := workflow.Event{Row: n, From: before, To: to, At: timeline.MomentOf(on(8, i+1).Start())}
		if n == 16 {
			ev.Entries = []workflow.Entry{{Key: "评估"}}
		}
		events, state = append(events, ev), to
	}
	return events, state
}

func told(list []Station) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.Name)
		if s.Day != 0 {
			b.WriteString(strings.TrimPrefix(s.Day.String(), "2026-08-"))
		}
		switch s.Place {
		case Now:
			b.WriteString("*" + s.Note)
		case Passed:
			b.WriteString("-")
		case Ahead:
			b.WriteString(".")
		}
		for _, l := range s.Loops {
			b.WriteString("(" + strings.Replace(l.Text(), "2026-08-", "", 1) + ")")
		}
		b.WriteString(" ")
	}
	return strings.TrimSpace(b.String())
}

// TestTrack: each station with its day, where the case is now, and the ways back.
func TestTrack(t *testing.T) {
	for _, test := range []struct {
		name string
		rows []int
		want string
	}{
		{"just registered", []int{1}, "登记01 分析* 推送. 办理. 反馈. 审核. 评估. 办结."},
		{"being analysed", []int{1, 2}, "登记01 分析02* 推送. 办理. 反馈. 审核. 评估. 办结."},
		{"pushed without a step of analysis", []int{1, 3}, "登记01 分析- 推送02 办理*待接收 反馈. 审核. 评估. 办结."},
		{"an objection", []int{1, 3, 4, 5}, "登记01 分析- 推送02 办理03*异议待确认 反馈. 审核. 评估. 办结."},
		{"reassigned", []int{1, 3, 4, 12, 4},
			"登记01 分析- 推送04(改派 04) 办理05* 反馈. 审核. 评估. 办结."},
		{"returned twice", []int{1, 3, 4, 13, 14, 13, 14},
			"登记01 分析- 推送02 办理03* 反馈. 审核.(退回 2 次，最近 07) 评估. 办结."},
		{"answered again after a return", []int{1, 3, 4, 13, 14, 13},
			"登记01 分析- 推送02 办理03 反馈06 审核*(退回 05) 评估. 办结."},
		{"closed", []int{1, 2, 3, 4, 13, 15, 16}, "登记01 分析02 推送03 办理04 反馈05 审核06 评估07 办结07"},
		{"improving", []int{1, 3, 4, 13, 15, 16, 17},
			"登记01 分析- 推送02 办理03*改进中(改进 07) 反馈. 审核. 评估. 办结."},
		{"for long", []int{1, 3, 4, 13, 11},
			"登记01 分析- 推送02 办理03*长期推进(长期推进 05) 反馈. 审核. 评估. 办结."},
		{"merged", []int{1, 2, 20}, "登记01 分析02 推送- 办理- 反馈- 审核- 评估- 已合并03"},
	} {
		events, state := went(test.rows...)
		e := &view.Case{Text: &view.Text{Case: &record.Case{}, Life: &workflow.Life{State: state, Events: events}}}
		if got := told(track(e)); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// TestNowTellsWhoseTurn: the station of now has its owner and day, by the clock that
// waits there: of an objection the office's, not the unit's that stands still.
func TestNowTellsWhoseTurn(t *testing.T) {
	events, state := went(1, 3, 4, 5)
	e := &view.Case{Text: &view.Text{Case: &record.Case{}, Life: &workflow.Life{State: state, Events: events}},
		Clocks: []view.Clock{
			{Clock: &clock.Clock{Kind: clock.Feedback, Unit: "信息中心", Status: clock.Paused, Due: on(8, 20)}},
			{Clock: &clock.Clock{Kind: clock.Confirm, Unit: "纳税服务科", Status: clock.Running, Due: on(8, 7)}}}}
	if s := track(e)[handling]; s.Who != "纳税服务科" || s.Due != on(8, 7) {
		t.Errorf("%+v", s)
	}
	e.Text.Life.State, e.Text.NextReview, e.Clocks = workflow.LongTerm, on(12, 1), nil
	if s := track(e)[handling]; s.Due != on(12, 1) || !s.Study {
		t.Errorf("%+v", s)
	}
}

// pageOf is the page of a case with some clocks as of 10 August.
func pageOf(state workflow.State, clocks ...clock.Clock) *Page {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n单位:\n  - {名称: 信息中心, 代码: XXZX}\n"))
	c := &register.Case{Case: &record.Case{ID: "202607-XXZX-001", Title: "标题"},
		Life: workflow.Life{State: state, Lead: "信息中心", Pushes: 1, Clocks: clocks}}
	d := view.New(register.New(cfg, on(8, 10), []*register.Case{c}, nil), view.Supervision)
	none := func(*view.Case) (h sitedir.InputHash) { return h }
	maker := Maker{View: d, Answers: answered.Read(d, answered.Counts{}, none),
		Counter: dueday.Counter{Calendar: d.Calendar, AsOf: d.AsOf}}
	maker.Facts.Meeting = func(string) string { return "" }
	maker.ReadRelations()
	return maker.Page(d.Case(c.ID))
}

// TestRights: what may still be done is one line and no clock, what is over says so,
// and after the answer neither is told.
func TestRights(t *testing.T) {
	right := func(kind clock.Kind, due int, status clock.Status) clock.Clock {
		return clock.Clock{Kind: kind, Unit: "信息中心", Role: clock.Lead, Push: 1, Start: on(8, 3), Due: on(8, due),
			Status: status, Class: clock.Statutory}
	}
	feedback := right(clock.Feedback, 17, clock.Running)
	page := pageOf(workflow.Handling, right(clock.Objection, 5, clock.Cancelled),
		right(clock.Statement, 12, clock.Running), feedback)
	if want := "信息中心可报研究决定至 8 月 12 日，提异议已过 8 月 5 日，不再暂停计时"; page.Rights != want {
		t.Errorf("%q, want %q", page.Rights, want)
	}
	if len(page.Limits) != 1 || page.Limits[0].Name != "反馈" {
		t.Errorf("the limits are %+v", page.Limits)
	}
	page = pageOf(workflow.FedBack, right(clock.Objection, 5, clock.Cancelled), feedback)
	if page.Rights != "" {
		t.Errorf("after the answer: %q", page.Rights)
	}
	helper := right(clock.Objection, 12, clock.Running)
	helper.Role, helper.Unit = clock.Co, "办公室"
	if page = pageOf(workflow.Handling, helper, feedback); page.Rights != "" {
		t.Errorf("a helper who has nothing left to do: %q", page.Rights)
	}
}

// TestOrderOfLimits: the limit that matters comes first, and one that would begin after
// it ended, as that of a push ahead of time, is not shown.
func TestOrderOfLimits(t *testing.T) {
	source := clock.Clock{Kind: clock.Channel, Unit: "信息中心", Role: clock.Lead, Push: 1, Start: on(8, 3),
		Due: on(8, 12), Status: clock.Running, Class: clock.Source}
	feedback := clock.Clock{Kind: clock.Feedback, Unit: "信息中心", Role: clock.Lead, Push: 1, Start: on(8, 3),
		Due: on(8, 17), Status: clock.Running, Class: clock.Statutory}
	early := clock.Clock{Kind: clock.Push, Unit: "办公室", Start: on(8, 20), Due: on(8, 27), Stopped: on(8, 3),
		Status: clock.Met, Class: clock.Internal}
	accept := clock.Clock{Kind: clock.Accept, Unit: "信息中心", Start: on(8, 3), Due: on(8, 4), Stopped: on(8, 4),
		Status: clock.Met, Class: clock.Internal}
	page := pageOf(workflow.Handling, early, source, accept, feedback)
	var names []string
	for _, l := range append(slices.Clone(page.Limits), page.Internal...) {
		names = append(names, l.Name)
	}
	if got, want := strings.Join(names, " "), page.Main.Name()+" 原渠道 接收"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
