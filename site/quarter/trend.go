package quarter

import (
	"html/template"
	"slices"
	"strconv"

	"suqiu/internal/clock"
	"suqiu/internal/draw"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// TrendMonths and trendQuarters are how far back the charts look.
const (
	TrendMonths   = 12
	trendQuarters = 4
)

// Month is what came in and what was closed in a month.
type Month struct {
	Month                    workday.Month
	Registered, Pushed, Done int
	Open                     int // 在办 at the end of it, or now
}

// UnitCount is what one 承办单位 was sent and closed.
type UnitCount struct {
	Name         string
	Pushed, Done int
}

// Trend is the figures of the latest months and quarters with their charts.
// All are sums over every case: nothing of a single one can be told from them.
type Trend struct {
	From       workday.Quarter // of the four quarters
	Months     []Month         // oldest first
	Flow       template.HTML
	Categories []draw.Count
	ByCategory template.HTML
	Channels   []draw.Count
	ByChannel  template.HTML
	Units      []UnitCount // configured order
	ByUnit     template.HTML
	Answers    []draw.Count // working days from push to accepted feedback
	ByAnswer   template.HTML
	Answered   int
}

// Months are the latest months up to the as-of day's, oldest first.
func Months(quarters []Figures, v *view.View) []Month {
	list := make([]Month, 0, TrendMonths)
	now := workday.MonthOf(v.AsOf)
	for i := range quarters {
		q := &quarters[len(quarters)-1-i]
		for _, m := range q.Months {
			if m.Month.First() <= now.First() {
				list = append(list, Month{Month: m.Month, Registered: m.Registered, Pushed: m.Balance.Pushed,
					Done: m.Balance.Done})
			}
		}
	}
	list = list[max(0, len(list)-TrendMonths):]
	ends := make([]workday.Date, len(list))
	for i := range list {
		ends[i] = min(list[i].Month.Last(), v.AsOf)
	}
	for i, n := range v.OpenOn(ends) {
		list[i].Open = n
	}
	return list
}

// Flow draws intake and closure by month, and over them what was open at the end of each.
func Flow(months []Month) template.HTML {
	groups := make([]draw.Group, len(months))
	open := draw.Over{Name: "期末在办", Values: make([]int, len(months))}
	year := 0
	for i, m := range months {
		groups[i] = draw.Group{Label: strconv.Itoa(int(m.Month.Month)) + "月", Values: []int{m.Registered, m.Done}}
		if m.Month.Year != year {
			year = m.Month.Year
			groups[i].Under = strconv.Itoa(year)
		}
		open.Values[i] = m.Open
	}
	return draw.ColumnsUnder("flow", "各月登记、办结和期末在办事项数", []string{"登记", "办结"}, groups, &open)
}

// NewTrend is the trend of quarters, newest first, and of the cases of a view.
func NewTrend(quarters []Figures, v *view.View) Trend {
	t := Trend{Months: Months(quarters, v)}
	quarters = quarters[:min(trendQuarters, len(quarters))]
	t.From, t.Flow = quarters[len(quarters)-1].Quarter, Flow(t.Months)
	var category, channel tally
	unit := map[string]*UnitCount{}
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
				unit[u.Unit] = &UnitCount{Name: u.Unit}
			}
			unit[u.Unit].Pushed += u.Balance.Pushed
			unit[u.Unit].Done += u.Balance.Done
		}
	}
	t.Categories = category.inOrder(record.Categories())
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
	t.Answers, t.Answered = answers(v, t.From.First())
	t.ByAnswer = draw.Tally("answer", "推送至反馈所用工作日", t.Answers)
	return t
}

// tally counts by name.
type tally []draw.Count

func (t *tally) add(c draw.Count) {
	i := slices.IndexFunc(*t, func(o draw.Count) bool { return o.Name == c.Name })
	if i < 0 {
		*t = append(*t, c)
		return
	}
	(*t)[i].N += c.N
}

// inOrder are the counts in the order of names, then those not among them.
func (t tally) inOrder(names []string) []draw.Count {
	rank := func(c draw.Count) int {
		if i := slices.Index(names, c.Name); i >= 0 {
			return i
		}
		return len(names)
	}
	slices.SortStableFunc(t, func(a, b draw.Count) int { return rank(a) - rank(b) })
	return t
}

// answerSpans are the last working day of each span that answers are counted by.
var answerSpans = [...]int{2, 5, 8, 10, 15, 20, 30}

// answers counts the pushes that were fed back since a day, by the working
// days it took. It says how long people waited, pauses included.
func answers(v *view.View, since workday.Date) (list []draw.Count, total int) {
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
