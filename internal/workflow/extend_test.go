package workflow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/draft"
	"suqiu/internal/draw"
	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const (
	onSite = workflow.State("现场核实")
	visit  = clock.Kind("核实")
)

// extended is the table of the regulation with a state between 办理中 and the
// feedback: the unit in charge sees for itself, within three working days, and
// says by when it will have; the office ends it.
func extended() *workflow.Table {
	t := *workflow.Regulation()
	handling := *t.State(workflow.Handling)
	t.States = append(slices.Clone(t.States), workflow.StateInfo{Name: onSite, Open: true, Column: 6, Line: 2,
		Clocks: append(slices.Clone(handling.Clocks), visit)})
	t.Rows = append(slices.Clone(t.Rows),
		workflow.Row{N: 23, Title: "转现场核实", From: []workflow.State{workflow.Handling},
			To:  []workflow.State{onSite},
			Who: []record.Party{record.Lead}, With: "下次研究日期", Clocks: "核实开始计时", Start: visit,
			Fields: []workflow.Field{{Key: "下次研究日期", Lacking: "转现场核实须填写“下次研究日期”"}},
			Told:   "转现场核实[，{下次研究日期} 前核实]"},
		workflow.Row{N: 24, Title: "核实完毕", From: []workflow.State{onSite}, To: []workflow.State{workflow.Handling},
			Who: []record.Party{record.Office}, Clocks: "核实停止计时", Stops: []clock.Kind{visit}})
	t.Clocks = append(slices.Clone(t.Clocks),
		workflow.ClockRule{Kind: visit, Limit: func(config.Limits) int { return 3 },
			Late: workflow.Lateness{Rule: "visit-late", Key: "状态", Message: "“{unit}”未按时核实", Fix: "尽快核实"}})
	return &t
}

// life is a case that is written one landing after another.
type life struct {
	h        timeline.CaseHistory
	landings []timeline.Landing
	now      *record.Case
}

// land lets somebody write into the case on a day.
func (l *life) land(on workday.Date, who string, write func(*record.Case)) {
	before, after := l.now, record.Case{}
	if before != nil {
		after = *before
	}
	write(&after)
	l.now = &after
	at := on.Start().Add(9 * 60 * 60 * 1e9)
	person := people.Person{Email: who}
	n := len(l.landings)
	l.landings = append(l.landings, timeline.Landing{Commit: fmt.Sprint(n), At: at, Author: &person,
		Authored:  timeline.MomentOf(at),
		Committer: &person, Committed: timeline.MomentOf(at)})
	said := timeline.Attribution{Commit: fmt.Sprint(n), Author: person, Authored: at, Committed: at}
	l.h.Landings = append(l.h.Landings, timeline.CaseLanding{Landing: n, Before: before, After: &after,
		Steps: []timeline.Step{{Attribution: said, State: after.State, Changes: record.Diff(before, &after)}}})
	l.h.Head, l.h.Last = &after, &after
}

// A state with two rows and a clock of its own is added to a copy of the table,
// and a case lives through it: it is judged, timed, told and offered what comes
// next like any other. Whoever reads the regulation's own table sees nothing of it.
func TestTableCanBeExtended(t *testing.T) {
	const office, unit = "a@office.example", "b@unit.example"
	cfg := config.Parse("suqiu.yaml", []byte(`名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@office.example"], 渠道: [办税服务厅], 角色: [联席办]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@unit.example"], 渠道: [日常工作]}
`))
	l := &life{}
	day := func(d int) workday.Date { return workday.New(2026, 9, d) }
	l.land(day(1), office, func(c *record.Case) {
		c.Channel, c.Collector, c.Collected, c.State = "办税服务厅", "纳税服务科", day(1), "已登记"
	})
	l.land(day(2), office, func(c *record.Case) {
		c.TaskList, c.Category, c.Reach, c.Impact, c.Complexity, c.Urgency = "RW202609-01", "其他类", "低", "低", "低",
			"一般"
		c.Lead, c.State = "信息中心", "已推送"
	})
	l.land(day(3), unit, func(c *record.Case) { c.State = "办理中" })
	l.land(day(4), unit, func(c *record.Case) { c.State = string(onSite) })                         // without the date
	l.land(day(14), unit, func(c *record.Case) { c.State = "办理中" })                                 // not the office
	l.land(day(15), unit, func(c *record.Case) { c.State, c.NextReview = string(onSite), day(18) }) // as it should be
	table := extended()
	env := replay.Env{Config: cfg, Landings: l.landings, ConfigAt: func(int) *config.Config { return cfg },
		Baseline: -1,
		AsOf:     day(16), Table: table}
	got := replay.Case(&l.h, env)

	if got.State != onSite {
		t.Errorf("the case is in %s", got.State)
	}
	var told, faults []string
	for _, e := range got.Events {
		told = append(told, fmt.Sprint(e.Row, " ", e.Title))
	}
	for _, f := range got.Faults {
		faults = append(faults, f.Rule+" "+f.Message)
	}
	want := []string{"1 登记（办税服务厅）", "3 推送至信息中心", "4 接收办理", "23 转现场核实", "24 核实完毕",
		"23 转现场核实，2026-09-18 前核实"}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	// Three working days after 4 September, a Friday, are 9 September.
	want = []string{"transition-requires 转现场核实须填写“下次研究日期”",
		"transition-actor “核实完毕”应由联席办提交，本次由“信息中心”提交",
		"visit-late “纳税服务科”未按时核实：到期日 2026-09-09，2026-09-14 才完成，已超 3 个工作日"}
	if !slices.Equal(faults, want) {
		t.Errorf("faults %q, want %q", faults, want)
	}
	var visits []clock.Status
	for _, k := range got.Clocks {
		if k.Kind == visit {
			visits = append(visits, k.Status)
		}
	}
	if want := []clock.Status{clock.Missed, clock.Soon}; !slices.Equal(visits, want) {
		t.Errorf("its clocks are %v, want %v", visits, want)
	}

	next := table.NextSteps(l.now, &got)
	if len(next) != 1 || next[0].Title != "核实完毕" || next[0].Who != "联席办" ||
		!slices.Equal(next[0].Writes, []draft.Write{{Key: "状态", Value: "办理中"}}) {
		t.Errorf("next may come %+v", next)
	}
	life := workflow.Life{State: workflow.Handling, Lead: "信息中心"}
	into := slices.IndexFunc(table.NextSteps(l.now, &life), func(n workflow.Next) bool { return n.To == onSite })
	if into < 0 || !strings.Contains(draft.Fragment(table.NextSteps(l.now, &life)[into].Writes),
		"下次研究日期: 〔请填：日期") {
		t.Errorf("转现场核实 is not offered with its field")
	}

	lines := table.Lines()
	if n := len(lines); lines[n-3].Title != "转现场核实" || lines[n-2].Title != "核实完毕" || lines[n-1].N != 22 {
		t.Errorf("the rules page ends with %v", lines[n-3:])
	}
	if svg := string(draw.Diagram(table)); !strings.Contains(svg, ">现场核实<") || !strings.Contains(svg, ">23<") ||
		!strings.Contains(svg, ">24<") {
		t.Error("the diagram does not show it")
	}
	plain := workflow.Regulation()
	if plain.State(onSite) != nil || plain.Row(23).Title != "" || onSite.IsOpen() {
		t.Error("the regulation's own table was changed")
	}
}
