package report_test

import (
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const organisation = `
名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅, 投诉], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 角色: [回访]}
  - {名称: 征收管理科, 代码: ZSGLK, 渠道: [日常工作]}
  - {名称: 信息中心, 代码: XXZX}
`

func day(s string) workday.Date {
	d, err := workday.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// builder puts a case together, one line an event or a clock.
type builder struct{ c *register.Case }

func newCase(id, channel, category string, tickets int) *builder {
	return &builder{&register.Case{Case: &record.Case{ID: id, Channel: channel, Category: category, Tickets: tickets}}}
}

// step takes a row of the table on a day.
func (b *builder) step(on string, row int, to workflow.State) *builder {
	l := &b.c.Life
	e := workflow.Event{N: len(l.Events) + 1, Row: row, Kind: workflow.Transition, From: l.State, To: to,
		At: timeline.MomentOf(day(on).Start().Add(10 * time.Hour))}
	l.Events = append(l.Events, e)
	l.State = to
	return b
}

// with adds entries to the last event.
func (b *builder) with(entries ...workflow.Entry) *builder {
	e := b.last()
	e.Entries = append(e.Entries, entries...)
	return b
}

// record files or decides entries without a change of state.
func (b *builder) record(on string, entries ...workflow.Entry) *builder {
	b.step(on, 0, b.c.Life.State)
	b.last().Kind = workflow.Record
	return b.with(entries...)
}

func filed(key, word, unit string) workflow.Entry {
	return workflow.Entry{Key: key, Word: word, Unit: unit}
}

func decided(key, word, unit string) workflow.Entry {
	return workflow.Entry{Key: key, Word: word, Unit: unit, Decided: true}
}

func evaluation(method, result, unit string) workflow.Entry {
	return workflow.Entry{Key: "评估", Method: method, Word: result, Unit: unit}
}

// clock adds a 反馈 limit of the next push.
func (b *builder) clock(unit, start, original, due, stopped string, status clock.Status) *builder {
	l := &b.c.Life
	l.Pushes++
	l.Lead = unit
	k := clock.Clock{Kind: clock.Feedback, Unit: unit, Push: l.Pushes, Start: day(start), Due: day(due),
		OriginalDue: day(original), Status: status, Class: clock.Statutory}
	if stopped != "" {
		k.Stopped = day(stopped)
		k.DaysLate = workday.NewCalendar(workday.Overrides{}).Count(k.Due, max(k.Due, k.Stopped))
	}
	l.Clocks = append(l.Clocks, k)
	return b
}

func (b *builder) last() *workflow.Event { return &b.c.Life.Events[len(b.c.Life.Events)-1] }

func registerOf(t *testing.T, asOf string, cases ...*builder) *register.Register {
	t.Helper()
	cfg := config.Parse("suqiu.yaml", []byte(organisation))
	if len(cfg.Problems) > 0 {
		t.Fatalf("the organisation of the tests is wrong: %+v", cfg.Problems)
	}
	var list []*register.Case
	for _, b := range cases {
		list = append(list, b.c)
	}
	return register.New(cfg, day(asOf), list, nil)
}
