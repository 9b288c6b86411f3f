package site

import (
	"slices"
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// officePage is 联席办工作台: what the office must do next, in the order of
// the work.
type officePage struct {
	Frame
	Queues  []Queue
	Wishes  Wishes
	Monthly *monthlyBook // for 月报未报
}

// Queue is one kind of work that waits for the office.
type Queue struct {
	ID, Title, Hint string
	Rows            []Duty // Clock may be nil
}

func (v *view) officePage() *officePage {
	page := &officePage{Frame: v.frame("联席办工作台", "", "office"), Monthly: &v.monthly}
	queue := func(id, title, hint string, kind clock.Kind, states ...workflow.State) {
		q := Queue{ID: id, Title: title, Hint: hint}
		for _, e := range v.cases {
			if slices.Contains(states, e.state) {
				q.Rows = append(q.Rows, Duty{Case: e, Clock: e.clock(kind)})
			}
		}
		slices.SortStableFunc(q.Rows, func(a, b Duty) int { return int(dueOf(a.Clock) - dueOf(b.Clock)) })
		page.Queues = append(page.Queues, q)
	}
	l := v.config.Limits
	queue("analyse", "待分析", "登记后转入分析，或退回补充要素", clock.Push, workflow.Registered)
	queue("push", "待推送", "一般 "+days(l.Push)+"、急 "+days(l.PushUrgent)+"、特急 "+days(l.PushCritical)+"内推送", clock.Push, workflow.Analysing)
	requests := func(id, title, hint string, sources ...string) {
		q := Queue{ID: id, Title: title, Hint: hint}
		for _, w := range v.waits {
			if slices.Contains(sources, w.Source) {
				q.Rows = append(q.Rows, Duty{Case: w.Case, Clock: w.Clock})
			}
		}
		page.Queues = append(page.Queues, q)
	}
	requests("confirm", "待确认异议", "承办、协办单位的异议，报联席会议确认", papers.FromObjection)
	requests("decide", "待研究决定", "无法解决、协商未达成一致的和一事一议，报联席会议研究决定",
		papers.FromEscalation, papers.FromAdHoc)
	requests("extend", "待确认延期", "延期申请报联席会议确认", papers.FromExtension)
	queue("review", "待审核", "反馈后审核，通过或退回", clock.Review, workflow.FedBack)
	queue("evaluate", "待评估", "回访或以其他方式评估办理情况", clock.Evaluate, workflow.Evaluating)
	queue("longterm", "长期推进", "到下次研究日期前提请研究", "", workflow.LongTerm)
	page.Wishes.Folder = "meetings/"
	for _, m := range v.meetings {
		if m.Wish && !m.Settled {
			page.Wishes.List = append(page.Wishes.List, m)
		}
	}
	return page
}

func days(n int) string { return strconv.Itoa(n) + " 个工作日" }

// clock is the running clock of a kind; nil if none runs.
func (e *Element) clock(kind clock.Kind) *Clock {
	for i := range e.Clocks {
		if k := &e.Clocks[i]; k.Kind == kind && k.Live() {
			return k
		}
	}
	return nil
}

// Review is 下次研究日期 of a case in 长期推进 that the edition shows.
func (e *Element) Review() workday.Date {
	if e.Text == nil || e.state != workflow.LongTerm {
		return 0
	}
	return e.Text.NextReview
}

// last is the latest clock of a kind, running or not; nil if there is none.
func (e *Element) last(kind clock.Kind) *Clock {
	for i := len(e.Clocks) - 1; i >= 0; i-- {
		if e.Clocks[i].Kind == kind {
			return &e.Clocks[i]
		}
	}
	return nil
}

func dueOf(k *Clock) workday.Date {
	if k == nil {
		return 1 << 30
	}
	return k.Due
}
