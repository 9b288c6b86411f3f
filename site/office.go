package site

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/papers"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/site/guide"
	"suqiu/site/returns"
)

// officePage is 联席办工作台: what the office must do next, in the order of
// the work.
type officePage struct {
	Frame
	Queues  []Queue
	Total   int // rows of all queues
	Wishes  Wishes
	Monthly *returns.Monthly // for 月报未报
}

// Queue is one kind of work that waits for the office.
type Queue struct {
	ID, Title, Hint string
	Rows            []view.Duty // Clock may be nil
	Take            *Taking     // the step that all wait for, in one form; nil: one by one, or there are no forms
}

func (v *builder) officePage() framed {
	page := &officePage{Monthly: v.monthly}
	queue := func(id, title, hint string, kind clock.Kind, states ...workflow.State) {
		q := Queue{ID: id, Title: title, Hint: hint}
		for _, e := range v.Cases {
			if e.In(states...) {
				q.Rows = append(q.Rows, view.Duty{Case: e, Clock: e.Running(kind)})
			}
		}
		slices.SortStableFunc(q.Rows, func(a, b view.Duty) int { return int(dueOf(a.Clock) - dueOf(b.Clock)) })
		page.Queues = append(page.Queues, q)
	}
	together := func(name string, state workflow.State) {
		page.Queues[len(page.Queues)-1].Take = v.taking("", name, state, v.Cases)
	}
	l := v.Config.Limits
	queue("analyse", "待分析", "登记后转入分析，或退回补充要素", clock.Push, workflow.Registered)
	together("转入分析", workflow.Registered)
	queue("push", "待推送", "一般 "+guide.Days(l.Push)+"、急 "+guide.Days(l.PushUrgent)+"、特急 "+
		guide.Days(l.PushCritical)+"内推送", clock.Push, workflow.Analysing)
	together("推送", workflow.Analysing)
	requests := func(id, title, hint string, sources ...string) {
		q := Queue{ID: id, Title: title, Hint: hint}
		for _, w := range v.Waits {
			if slices.Contains(sources, w.Source) {
				q.Rows = append(q.Rows, view.Duty{Case: w.Case, Clock: w.Clock})
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
	for i := range page.Queues {
		page.Total += len(page.Queues[i].Rows)
	}
	page.Wishes.Folder = "meetings/"
	for _, m := range v.Meetings {
		if m.Wish && !m.Settled {
			page.Wishes.List = append(page.Wishes.List, m)
		}
	}
	return page
}

func dueOf(k *view.Clock) workday.Date {
	if k == nil {
		return 1 << 30
	}
	return k.Due
}
