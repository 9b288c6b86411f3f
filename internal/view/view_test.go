package view

import (
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// DESIGN 9: of a case that is 仅要素 the 公开 edition shows number, category, units
// and clocks; whether it is open, and not in which state; no title, and no reason
// of a pause. The 监督 edition shows all.
func TestHiddenCase(t *testing.T) {
	day := func(n int) workday.Date { return workday.New(2026, time.August, n) }
	clocks := []clock.Clock{
		{Kind: clock.Feedback, Unit: "信息中心", Push: 1, Start: day(3), Due: day(17), Status: clock.Running,
			Class:  clock.Statutory,
			Pauses: []clock.Span{{From: day(4), To: day(6), Why: "张三的异议"}},
			Moves:  []clock.Move{{On: day(6), Why: "张三"}}},
		{Kind: clock.Review, Unit: "办公室", Start: day(3), Due: day(5), Status: clock.Running, Class: clock.Internal},
	}
	c := &register.Case{
		Case: &record.Case{ID: "202607-NSFWK-001", Title: "秘密", Channel: "投诉", Category: "侵害权益类",
			Scope:   "仅要素",
			Urgency: "特急", Tickets: 9, NextReview: day(20)},
		Life: workflow.Life{State: workflow.LongTerm, Lead: "信息中心", Clocks: clocks},
	}
	cfg := config.Parse("suqiu.yaml", []byte("名称: 测试局\n格式: 1\n单位:\n  - {名称: 信息中心, 代码: XXZX}\n"))
	d := register.New(cfg, day(10), []*register.Case{c}, nil)

	e := New(d, Public).Case(c.ID)
	if e.Text != nil || e.Name() != "限范围查看" || e.State != "在办" || !e.Restricted() || !e.Scoped {
		t.Errorf("公开: %+v", e)
	}
	if e.Urgent() != "" || e.Tickets() != 1 || e.Review() != 0 {
		t.Errorf("公开 tells %q, %d tickets, review %v", e.Urgent(), e.Tickets(), e.Review())
	}
	if e.Category != "侵害权益类" || e.Lead != "信息中心" || !e.In(workflow.LongTerm) {
		t.Errorf("公开 lacks what every edition shows: %+v", e)
	}
	if len(e.Clocks) != 1 || e.Clocks[0].Due != day(17) || len(e.Clocks[0].Moves) > 0 ||
		e.Clocks[0].Pauses[0].Why != "" {
		t.Errorf("公开 shows the clocks %+v", e.Clocks)
	}
	if clocks[0].Pauses[0].Why == "" {
		t.Error("the register itself has lost the reason of the pause")
	}

	e = New(d, Supervision).Case(c.ID)
	if e.Text == nil || e.Name() != "秘密" || e.State != workflow.LongTerm || len(e.Clocks) != 2 || !e.Scoped {
		t.Errorf("监督: %+v", e)
	}
	if e.Urgent() != "特急" || e.Tickets() != 9 || e.Review() != day(20) || e.Clocks[0].Pauses[0].Why == "" {
		t.Errorf("监督 tells %q, %d tickets, review %v", e.Urgent(), e.Tickets(), e.Review())
	}
}

// A deleted case is nobody's to see, and of two files of one 编号 one has a page.
func TestCasesAreFound(t *testing.T) {
	kase := func(id, title string) *register.Case {
		return &register.Case{Case: &record.Case{ID: id, Title: title, Scope: "全文", Category: "系统技术类"}}
	}
	gone := kase("202607-XXZX-009", "删除")
	gone.Deleted = true
	d := register.New(&config.Config{}, workday.New(2026, time.August, 1), []*register.Case{
		kase("202607-XXZX-002", "甲"), kase("202607-XXZX-002", "乙"), kase("202607-XXZX-001", "丙"), kase("../x", "丁"),
		gone,
	}, nil)
	v := Cases(d, Supervision)
	if len(v.Cases) != 4 || v.Case(gone.ID) != nil {
		t.Fatalf("%d cases, deleted: %v", len(v.Cases), v.Case(gone.ID))
	}
	pages := 0
	for i, e := range v.Cases {
		if e.Nth != i || i > 0 && v.Cases[i-1].ID > e.ID {
			t.Errorf("%s is the %dth", e.ID, e.Nth)
		}
		if e.Page {
			pages++
		}
	}
	if pages != 2 { // of ../x there can be none
		t.Errorf("%d pages", pages)
	}
}

func TestParseEdition(t *testing.T) {
	for _, s := range []string{"公开", "监督"} {
		if e, err := ParseEdition(s); err != nil || string(e) != s {
			t.Errorf("%s: %v %v", s, e, err)
		}
	}
	if _, err := ParseEdition("内部"); err == nil || err.Error() != "没有“内部”版；可以写 公开 或 监督" {
		t.Error(err)
	}
}
