package site

import (
	"bytes"
	"slices"
	"strconv"

	"suqiu/internal/config"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// indexPage is 首页.
type indexPage struct {
	Frame
	Open      int // cases
	Tickets   int // 件数 of the open cases
	Late      int // cases with a clock overdue
	LateUnits int
	Quarter   workday.Quarter
	OnTime    Percent
	Content   Percent // 满意率
	Coverage  Percent // 回访覆盖
	Longest   int     // days that the oldest undecided matter has waited
	Waiting   []Waiting
	Overdue   Excerpt
	Today     Excerpt
	Soon      Excerpt
	Units     []*Unit
	Counties  []*Unit
	Progress  []StateCount
	Stages    int // open cases, for the share of each stage
}

// Excerpt is the head of a list that has a page of its own.
type Excerpt struct {
	Duties []Duty
	Total  int
}

// More is how many are left out.
func (e Excerpt) More() int { return e.Total - len(e.Duties) }

// excerptLength is how much of a list the first page shows.
const excerptLength = 12

func excerpt(duties []Duty) Excerpt {
	return Excerpt{duties[:min(len(duties), excerptLength)], len(duties)}
}

// Waiting is a matter that waits for the joint meeting.
type Waiting struct {
	Case  *Element
	Clock *Clock // 异议确认 or 研究决定; nil if the state has none
	Since workday.Date
	Days  int // calendar days
}

// StateCount is how many cases are in a state.
type StateCount struct {
	State workflow.State
	N     int
}

func (v *view) indexPages(s *sheets) []file {
	page := &indexPage{Frame: v.frame("首页", "", "index"), Quarter: workday.QuarterOf(v.asOf)}
	byState := map[workflow.State]int{}
	lateUnits := map[string]bool{}
	for _, e := range v.cases {
		if !e.Open() {
			continue
		}
		page.Open++
		page.Tickets += v.tickets(e)
		byState[e.State]++
		late := false
		for i := range e.Clocks {
			if e.Clocks[i].Late() {
				late = true
				lateUnits[e.Clocks[i].Unit] = true
			}
		}
		if late {
			page.Late++
		}
	}
	page.LateUnits = len(lateUnits)
	for _, state := range workflow.Open() {
		page.Progress = append(page.Progress, StateCount{state, byState[state]})
	}
	if q := v.quarter(page.Quarter); q != nil {
		page.OnTime, page.Content, page.Coverage = q.OnTime, q.Satisfied, q.Coverage
	}
	page.Waiting = v.waiting()
	for _, w := range page.Waiting {
		page.Longest = max(page.Longest, w.Days)
	}
	late, today, soon := v.deadlines()
	page.Overdue, page.Today, page.Soon = excerpt(late), excerpt(today), excerpt(soon)
	for _, u := range v.units {
		if u.Has(config.County) {
			page.Counties = append(page.Counties, u)
		} else {
			page.Units = append(page.Units, u)
		}
	}
	return []file{
		{"index.html", func(b *bytes.Buffer) error { return s.index.render(b, page) }},
		{"office.html", func(b *bytes.Buffer) error { return s.office.render(b, v.officePage()) }},
		{"overdue/index.html", func(b *bytes.Buffer) error { return s.overdue.render(b, v.overduePage()) }},
	}
}

// tickets is 件数; a hidden case counts as one, as the edition does not say.
func (v *view) tickets(e *Element) int {
	if e.Text == nil {
		return 1
	}
	return max(1, e.Text.Tickets)
}

// deadlines lists the clocks that count: late, due on the as-of day, soon.
func (v *view) deadlines() (late, today, soon []Duty) {
	for _, e := range v.cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if !k.Live() || !k.Counts() || right(k) {
				continue
			}
			d := Duty{e, k, v.byUnit[k.Unit]}
			switch {
			case k.Late():
				late = append(late, d)
			case k.Due == v.asOf && (k.Status == workflow.Soon || k.Status == workflow.Running):
				today = append(today, d)
			case k.Status == workflow.Soon:
				soon = append(soon, d)
			}
		}
	}
	slices.SortFunc(late, compareDuties)
	slices.SortFunc(today, compareDuties)
	slices.SortFunc(soon, compareDuties)
	return late, today, soon
}

// waiting lists what waits for the joint meeting, longest first.
func (v *view) waiting() []Waiting {
	var list []Waiting
	for _, e := range v.cases {
		if e.State != workflow.Objected && e.State != workflow.Escalated {
			continue
		}
		w := Waiting{Case: e}
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if k.Live() && (k.Kind == workflow.ConfirmClock || k.Kind == workflow.DecideClock) {
				w.Clock, w.Since = k, k.Start
			}
		}
		if w.Since != 0 {
			w.Days = int(v.asOf - w.Since)
		}
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b Waiting) int { return b.Days - a.Days })
	return list
}

// officePage is 联席办工作台: what the office must do next, in the order of
// the work.
type officePage struct {
	Frame
	Queues []Queue
}

// Queue is one kind of work that waits for the office.
type Queue struct {
	ID, Title, Hint string
	Rows            []Duty // Clock may be nil
}

func (v *view) officePage() *officePage {
	page := &officePage{Frame: v.frame("联席办工作台", "", "office")}
	queue := func(id, title, hint string, kind workflow.ClockKind, states ...workflow.State) {
		q := Queue{ID: id, Title: title, Hint: hint}
		for _, e := range v.cases {
			if slices.Contains(states, e.State) {
				q.Rows = append(q.Rows, Duty{Case: e, Clock: e.clock(kind)})
			}
		}
		slices.SortStableFunc(q.Rows, func(a, b Duty) int { return int(dueOf(a.Clock) - dueOf(b.Clock)) })
		page.Queues = append(page.Queues, q)
	}
	l := v.config.Limits
	queue("analyse", "待分析", "登记后转入分析，或退回补充要素", workflow.PushClock, workflow.Registered)
	queue("push", "待推送", "一般 "+days(l.Push)+"、急 "+days(l.PushUrgent)+"、特急 "+days(l.PushCritical)+"内推送", workflow.PushClock, workflow.Analysing)
	queue("confirm", "待确认异议", "异议报联席会议确认", workflow.ConfirmClock, workflow.Objected)
	queue("decide", "待研究决定", "无法解决或协商未达成一致的，报联席会议研究决定", workflow.DecideClock, workflow.Escalated)
	extensions := Queue{ID: "extend", Title: "待确认延期", Hint: "延期申请报联席会议确认"}
	for _, e := range v.cases {
		if k := e.clock(workflow.FeedbackClock); k != nil && k.Status == workflow.Pending &&
			(e.State == workflow.Pushed || e.State == workflow.Handling) {
			extensions.Rows = append(extensions.Rows, Duty{Case: e, Clock: k})
		}
	}
	page.Queues = append(page.Queues, extensions)
	queue("review", "待审核", "反馈后审核，通过或退回", workflow.ReviewClock, workflow.FedBack)
	queue("evaluate", "待评估", "回访或以其他方式评估办理情况", workflow.EvaluateClock, workflow.Evaluating)
	queue("longterm", "长期推进", "到下次研究日期前提请研究", "", workflow.LongTerm)
	return page
}

func days(n int) string { return strconv.Itoa(n) + " 个工作日" }

// clock is the running clock of a kind; nil if none runs.
func (e *Element) clock(kind workflow.ClockKind) *Clock {
	for i := range e.Clocks {
		if k := &e.Clocks[i]; k.Kind == kind && k.Live() {
			return k
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

// overduePage is 超期与临期.
type overduePage struct {
	Frame
	Late, Today, Soon []Duty
	Held              []Duty // paused, pending, received
	Hints             []Duty // internal limits that have passed
	Units             int    // with something late
}

func (v *view) overduePage() *overduePage {
	page := &overduePage{Frame: v.frame("超期与临期", "../", "overdue")}
	page.Late, page.Today, page.Soon = v.deadlines()
	units := map[string]bool{}
	for _, d := range page.Late {
		units[d.Clock.Unit] = true
	}
	page.Units = len(units)
	for _, e := range v.cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			d := Duty{e, k, v.byUnit[k.Unit]}
			switch {
			case right(k):
			case k.Status == workflow.Paused, k.Status == workflow.Pending, k.Status == workflow.Received:
				page.Held = append(page.Held, d)
			case k.Status == workflow.Overdue && !k.Counts():
				page.Hints = append(page.Hints, d)
			}
		}
	}
	slices.SortFunc(page.Held, compareDuties)
	slices.SortFunc(page.Hints, compareDuties)
	return page
}
