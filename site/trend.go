package site

import (
	"html/template"
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/draw"
	"suqiu/internal/workday"
)

// trendMonths and trendQuarters are how far back the charts look.
const (
	trendMonths   = 12
	trendQuarters = 4
)

// monthCount is what came in and what was closed in a month.
type monthCount struct {
	Month                    workday.Month
	Registered, Pushed, Done int
}

// unitCount is what one 承办单位 was sent and closed.
type unitCount struct {
	Name         string
	Pushed, Done int
}

// trend is the figures of the latest months and quarters with their charts.
// All are sums over every case: nothing of a single one can be told from them.
type trend struct {
	From       workday.Quarter // of the four quarters
	Months     []monthCount    // oldest first
	Flow       template.HTML
	Categories []draw.Count
	ByCategory template.HTML
	Channels   []draw.Count
	ByChannel  template.HTML
	Units      []unitCount // configured order
	ByUnit     template.HTML
	Answers    []draw.Count // working days from push to accepted feedback
	ByAnswer   template.HTML
	Answered   int
}

// months are the latest months up to the as-of day's, oldest first.
func (v *builder) months() []monthCount {
	list := make([]monthCount, 0, trendMonths)
	now := workday.MonthOf(v.AsOf)
	for i := range v.quarters {
		q := &v.quarters[len(v.quarters)-1-i]
		for _, m := range q.Months {
			if m.Month.First() <= now.First() {
				list = append(list, monthCount{m.Month, m.Registered, m.Balance.Pushed, m.Balance.Done})
			}
		}
	}
	return list[max(0, len(list)-trendMonths):]
}

// flow draws intake and closure by month.
func flow(months []monthCount) template.HTML {
	groups := make([]draw.Group, len(months))
	for i, m := range months {
		groups[i] = draw.Group{Label: strconv.Itoa(int(m.Month.Month)) + "月", Values: []int{m.Registered, m.Done}}
	}
	return draw.Columns("flow", "各月登记和办结事项数", []string{"登记", "办结"}, groups)
}

func (v *builder) trend() trend {
	quarters := v.quarters[:min(trendQuarters, len(v.quarters))]
	t := trend{From: quarters[len(quarters)-1].Quarter, Months: v.months()}
	t.Flow = flow(t.Months)
	category, channel, unit := newTable(), newTable(), map[string]*unitCount{}
	for i := range quarters {
		q := &quarters[i]
		for _, c := range q.ByCategory {
			category.add(c)
		}
		for _, c := range q.ByChannel {
			channel.add(c)
		}
		for _, u := range q.Units {
			if unit[u.Unit] == nil {
				unit[u.Unit] = &unitCount{Name: u.Unit}
			}
			unit[u.Unit].Pushed += u.Balance.Pushed
			unit[u.Unit].Done += u.Balance.Done
		}
	}
	t.Categories = category.inOrder(categories[:])
	var channels []string
	var pushed []draw.Count
	for _, u := range v.Units {
		channels = append(channels, u.Channels...)
		if c := unit[u.Name]; c != nil && c.Pushed+c.Done > 0 {
			t.Units = append(t.Units, *c)
			pushed = append(pushed, draw.Count{Name: c.Name, N: c.Pushed})
		}
	}
	t.Channels = channel.inOrder(channels)
	t.ByCategory = draw.Tally("category", "推送事项按办理类别", t.Categories)
	t.ByChannel = draw.Tally("channel", "登记事项按渠道", t.Channels)
	t.ByUnit = draw.Tally("unit", "推送事项按承办单位", pushed)
	t.Answers, t.Answered = v.answers(t.From.First())
	t.ByAnswer = draw.Tally("answer", "推送至反馈所用工作日", t.Answers)
	return t
}

// tableOf counts by name.
type tableOf struct {
	counts map[string]int
	names  []string // in order of arrival
}

func newTable() *tableOf { return &tableOf{counts: map[string]int{}} }

func (t *tableOf) add(c draw.Count) {
	if _, ok := t.counts[c.Name]; !ok {
		t.names = append(t.names, c.Name)
	}
	t.counts[c.Name] += c.N
}

// inOrder lists the counts in the order of names, then those not among them.
func (t *tableOf) inOrder(names []string) []draw.Count {
	var list []draw.Count
	seen := map[string]bool{}
	for _, name := range append(names[:len(names):len(names)], t.names...) {
		if n, ok := t.counts[name]; ok && !seen[name] {
			list = append(list, draw.Count{Name: name, N: n})
			seen[name] = true
		}
	}
	return list
}

// answerSpans are the last working day of each span that answers are counted by.
var answerSpans = [...]int{2, 5, 8, 10, 15, 20, 30}

// answers counts the pushes that were fed back since a day, by the working
// days it took. It says how long people waited, pauses included.
func (v *builder) answers(since workday.Date) (list []draw.Count, total int) {
	counts := make([]int, len(answerSpans)+1)
	for _, e := range v.Cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if k.Kind != clock.Feedback || k.Status != clock.Met && k.Status != clock.Missed || k.Stopped < since {
				continue
			}
			n := v.Calendar.Count(k.Start, k.Stopped)
			at := 0
			for at < len(answerSpans) && n > answerSpans[at] {
				at++
			}
			counts[at]++
			total++
		}
	}
	from := 0
	for i, n := range counts {
		var name string
		switch {
		case i == 0:
			name = strconv.Itoa(answerSpans[i]) + " 个工作日以内"
		case i < len(answerSpans):
			name = strconv.Itoa(from) + "—" + strconv.Itoa(answerSpans[i]) + " 个工作日"
		default:
			name = strconv.Itoa(from-1) + " 个工作日以上"
		}
		if i < len(answerSpans) {
			from = answerSpans[i] + 1
		}
		list = append(list, draw.Count{Name: name, N: n})
	}
	return list, total
}
