package worklist

import (
	"fmt"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

func on(month time.Month, d int) workday.Date { return workday.New(2026, month, d) }

// shown is what the 监督 edition shows of some cases as of 30 September 2026.
func shown(cases ...*register.Case) *view.View {
	cfg := config.Parse("suqiu.yaml", []byte(`名称: 测试局
格式: 1
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 角色: [联席办]}
  - {名称: 信息中心, 代码: XXZX}
  - {名称: 办公室, 代码: BGS}
`))
	return view.New(register.New(cfg, on(9, 30), cases, nil), view.Supervision)
}

func newCase(n int, state workflow.State, lead string, registered workday.Date, clocks ...clock.Clock) *register.Case {
	return &register.Case{Case: &record.Case{ID: fmt.Sprintf("202609-NSFWK-%03d", n), Title: "标题", Lead: lead},
		Life: workflow.Life{State: state, Lead: lead, Pushes: 1, Clocks: clocks}, Registered: registered}
}

func duty(kind clock.Kind, due workday.Date, status clock.Status) view.Duty {
	return view.Duty{Clock: &view.Clock{Clock: &clock.Clock{Kind: kind, Due: due, Status: status,
		Class: clock.Statutory}}}
}

// TestCalendar: each duty stands on its day, or is counted before the first sheet or
// after the last; days off are named, make-up days are told, and a right is due on no day.
func TestCalendar(t *testing.T) {
	late := duty(clock.Feedback, on(9, 28), clock.Overdue)
	lists := Rows([]view.Duty{duty(clock.Feedback, on(8, 31), clock.Overdue), late},
		[]view.Duty{duty(clock.Feedback, on(10, 9), clock.Running), duty(clock.Objection, on(10, 9), clock.Running),
			duty(clock.Improve, on(10, 9), clock.Paused), duty(clock.Feedback, on(13, 8), clock.Running)})
	c := NewCalendar(shown(), lists)
	if c.Total != 5 || c.Before != 1 || c.After != 1 {
		t.Errorf("%d in all, %d before, %d after", c.Total, c.Before, c.After)
	}
	var titles []string
	sum, days := c.Before+c.After, map[workday.Date]Day{}
	for _, m := range c.Months {
		titles = append(titles, m.Title)
		for _, w := range m.Weeks {
			for i, d := range w {
				if d.Date == 0 {
					continue
				}
				if at := (int(d.Date.Weekday()) + 6) % 7; at != i {
					t.Errorf("%s stands in column %d", d.Date, i)
				}
				days[d.Date] = d
				sum += d.N
			}
		}
	}
	if fmt.Sprint(titles) != "[2026 年 9 月 2026 年 10 月 2026 年 11 月]" || len(days) != 30+31+30 {
		t.Errorf("%v, %d days", titles, len(days))
	}
	if sum != c.Total {
		t.Errorf("the days and what lies beyond are %d, want %d", sum, c.Total)
	}
	if d := days[on(10, 9)]; d.N != 2 || d.Off != "" || d.Words() != "10 月 9 日到期 2 个" {
		t.Errorf("%+v", d)
	}
	if !days[on(9, 28)].Late || !days[on(9, 30)].Today || days[on(10, 1)].Off != "国庆节" || !days[on(9, 20)].Extra ||
		days[on(9, 19)].Off != "周六" {
		t.Errorf("the days are %+v %+v %+v %+v", days[on(9, 28)], days[on(10, 1)], days[on(9, 20)], days[on(9, 19)])
	}
	anchors := 0
	for _, row := range append(lists[0], lists[1]...) {
		if row.Anchor == "d-2026-10-09" {
			anchors++
		}
	}
	if anchors != 1 || lists[1][0].Anchor == "" {
		t.Errorf("%d rows are where the day leads", anchors)
	}
}

// TestAges: open cases by working days since registration, the units in configured
// order, what is not pushed yet first, and the sums right.
func TestAges(t *testing.T) {
	handling := workflow.Handling
	a := CountAges(shown(
		newCase(1, workflow.Registered, "", on(9, 30)),
		newCase(2, handling, "办公室", on(9, 22)),        // 23, 24, 28, 29, 30: the festival does not count
		newCase(3, handling, "信息中心", on(9, 21)),       // 22, 23, 24, 28, 29, 30
		newCase(4, handling, "信息中心", on(8, 31)),       // more than 20
		newCase(5, workflow.Closed, "信息中心", on(8, 3)), // is not open
	))
	got := ""
	for _, r := range append(a.Rows, a.Sum) {
		var n []int
		for _, c := range r.Cells {
			n = append(n, c.N)
		}
		got += fmt.Sprint(r.Name, n, r.Total, "; ")
	}
	if want := "尚未推送[1 0 0 0] 1; 信息中心[0 1 0 1] 2; 办公室[1 0 0 0] 1; [2 1 0 1] 4; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestHowClosed: the day, the working days from the push to the accepted answer, and the
// last 评估; what was never answered has no time.
func TestHowClosed(t *testing.T) {
	answer := clock.Clock{Kind: clock.Feedback, Unit: "信息中心", Push: 1, Pushed: on(8, 3), Start: on(8, 5),
		Due: on(8, 17), Stopped: on(8, 10), Status: clock.Met, Class: clock.Statutory}
	answered := newCase(1, workflow.Closed, "信息中心", on(8, 3), answer)
	answered.Evaluations = []record.Evaluation{{Result: "不满意"}, {Result: "基本满意"}}
	answered.Life.Events = []workflow.Event{
		{From: workflow.Evaluating, To: workflow.Closed, At: timeline.MomentOf(on(8, 20).Start())},
		{To: workflow.Closed, From: workflow.Closed, At: timeline.MomentOf(on(8, 28).Start())}}
	answer.Status, answer.Unanswered = clock.Cancelled, true
	merged := newCase(2, workflow.Merged, "信息中心", on(8, 3), answer)
	v := shown(answered, merged)
	list := HowClosed(v, v.Cases)
	if c := list[0]; c.On != on(8, 20) || !c.Known || c.Used != 5 || c.Result != "基本满意" {
		t.Errorf("%+v", c)
	}
	if list[1].Known || list[1].Result != "" {
		t.Errorf("%+v", list[1])
	}
}

// TestFoldIdle: who has nothing at work stands apart, both kinds in their order.
func TestFoldIdle(t *testing.T) {
	f := FoldIdle(shown(newCase(1, workflow.Handling, "信息中心", on(9, 1))).Units)
	if len(f.Busy) != 1 || f.Busy[0].Name != "信息中心" || len(f.Idle) != 2 || f.Idle[0].Name != "纳税服务科" ||
		f.Idle[1].Name != "办公室" {
		t.Errorf("%+v", f)
	}
}
