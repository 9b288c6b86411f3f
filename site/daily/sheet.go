package daily

import (
	"slices"
	"strconv"

	"suqiu/internal/changes"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/dueday"
)

// Sheet is what stands on the sheet of a morning. It fits on two pages however much is
// due: what is left out is counted, and stands on the page of its own.
type Sheet struct {
	Bureau  string
	AsOf    workday.Date
	Trace   string       // 留痕编号 of the head
	Before  workday.Date // the last working day
	Figures []Figure

	Headline Headline
	Late     []UnitLate // in configured order
	Today    Rows       // due on the day
	Ahead    Rows       // and within the working days after it
	Waiting  Rows
	News     []News         // since the last working day began
	None     []changes.Kind // of which there is no news
	Untold   string         // what the edition leaves out of the news
	Urgings  []Urging
}

// How much of each list there is room for.
const (
	aheadDays    = 3 // working days
	rowsToday    = 12
	rowsAhead    = 12
	rowsWaiting  = 12
	numbersShown = 6 // of a unit's late cases, of a kind of news
)

// Figure is one of the headline with what it was on the last working day.
type Figure struct {
	Name, Href string
	Now, Was   int
	Known      bool // there is a Was
}

// Change says how it has changed since: +2, −1, 持平.
func (f Figure) Change() string {
	switch d := f.Now - f.Was; {
	case !f.Known:
		return "—"
	case d > 0:
		return "+" + strconv.Itoa(d)
	case d < 0:
		return "−" + strconv.Itoa(-d)
	}
	return "持平"
}

// WasText is what it was, or that nobody knows.
func (f Figure) WasText() string {
	if !f.Known {
		return "—"
	}
	return strconv.Itoa(f.Was)
}

// Ref is a case or paper by its number, and where it is shown.
type Ref struct{ ID, Href string }

// UnitLate is what a unit is late with.
type UnitLate struct {
	Unit    string
	N       int
	Longest string // how long the oldest has been late
	Refs    []Ref
	More    int
}

// Row is one line of a list.
type Row struct {
	Ref
	Name   string // the title; of a case that is 仅要素 the words that stand for it
	Unit   string
	What   string // the limit, or what is asked
	Due    workday.Date
	Waited int // working days
}

// Rows are the first lines of a list.
type Rows struct {
	List []Row
	More int
}

// Total is how many lines the whole list has.
func (r Rows) Total() int { return len(r.List) + r.More }

// News is how often something happened since the last working day began, and to which
// cases.
type News struct {
	Kind changes.Kind
	N    int
	Refs []Ref
	More int
}

// Form is the address of the form of 督办 for some cases.
type Form func(cases []*view.Case) string

// New is the sheet of the as-of day of a view. Days are its latest working days, newest
// first; was is the headline of the last one, nil if there is none. Without a form the
// page leads to none.
func New(v *view.View, days []changes.Period, was *Headline, form Form) *Sheet {
	d := v.Deadlines()
	s := &Sheet{Bureau: v.Config.Name, AsOf: v.AsOf, Trace: v.Trace, Before: lastWorked(v), Headline: count(v, &d)}
	s.compare(was)
	s.Late = lateUnits(v, d.Late)
	ahead := v.Ahead(aheadDays)
	s.Today, s.Ahead = cut(dueRows(d.Today), rowsToday), cut(dueRows(ahead), rowsAhead)
	var waiting []Row
	for _, w := range v.Waits {
		row := Row{Ref: refOf(w.Case), Name: title(w.Case), What: w.Ask(), Waited: w.Days}
		for i, unit := range w.Units {
			if i > 0 {
				row.Unit += "、"
			}
			row.Unit += unit
		}
		waiting = append(waiting, row)
	}
	s.Waiting = cut(waiting, rowsWaiting)
	news := changes.Join(days)
	s.None, s.Untold = news.None(v.Edition), changes.Untold(v.Edition)
	for _, g := range news.Groups() {
		if len(g.Changes) == 0 {
			continue
		}
		n := News{Kind: g.Kind, N: len(g.Changes)}
		for i := range g.Changes {
			n.Refs = appendRef(n.Refs, refOfChange(&g.Changes[i]))
		}
		n.More = max(0, len(n.Refs)-numbersShown)
		n.Refs = n.Refs[:len(n.Refs)-n.More]
		s.News = append(s.News, n)
	}
	s.Urgings = urgings(v, &d, ahead, form)
	return s
}

// compare puts the figures of the last working day beside those of the day.
func (s *Sheet) compare(past *Headline) {
	now, was := s.Headline, Headline{}
	if past != nil {
		was = *past
	}
	add := func(name, href string, now, was int) {
		s.Figures = append(s.Figures, Figure{name, href, now, was, past != nil})
	}
	add("在办", "tasks/index.html", now.Open, was.Open)
	add("超期未办", "overdue/index.html#late", now.Late, was.Late)
	add("今日到期", "overdue/index.html#today", now.Today, was.Today)
	add("临期", "overdue/index.html#soon", now.Soon, was.Soon)
	add("待联席会议确认", "meetings/index.html", now.Waiting, was.Waiting)
}

// Heading is the day: 2026年9月30日（星期三）.
func (s *Sheet) Heading() string { return dueday.Text(s.AsOf) }

// BeforeText is the last working day: 9月29日.
func (s *Sheet) BeforeText() string { return dueday.MonthDay(s.Before) }

// lateUnits are the units with something late, in configured order.
func lateUnits(v *view.View, late []view.Duty) []UnitLate {
	var list []UnitLate
	for _, name := range concerned(v, late) {
		u := UnitLate{Unit: name}
		longest := 0
		for i := range late {
			if d := &late[i]; d.Clock.Unit == name {
				u.N++
				longest = max(longest, d.Clock.DaysLate)
				u.Refs = appendRef(u.Refs, refOfDuty(d))
			}
		}
		u.Longest = "已过到期日"
		if longest > 0 {
			u.Longest = strconv.Itoa(longest) + " 个工作日"
		}
		u.More = max(0, len(u.Refs)-numbersShown)
		u.Refs = u.Refs[:len(u.Refs)-u.More]
		list = append(list, u)
	}
	return list
}

// concerned are the units whose duties these are: in configured order, and behind them
// what is nobody's any more.
func concerned(v *view.View, lists ...[]view.Duty) []string {
	var names, others []string
	has := map[string]bool{}
	for _, list := range lists {
		for i := range list {
			name := list[i].Clock.Unit
			if !has[name] && v.Unit(name) == nil {
				others = append(others, name)
			}
			has[name] = true
		}
	}
	for _, u := range v.Units {
		if has[u.Name] {
			names = append(names, u.Name)
		}
	}
	return append(names, others...)
}

func dueRows(duties []view.Duty) []Row {
	var rows []Row
	for i := range duties {
		d := &duties[i]
		row := Row{Ref: refOfDuty(d), Name: d.Name(), Unit: d.Clock.Unit, What: d.Clock.Name(), Due: d.Clock.Due}
		if d.Case != nil {
			row.Name = title(d.Case)
		}
		rows = append(rows, row)
	}
	return rows
}

func cut(rows []Row, n int) Rows {
	n = min(n, len(rows))
	return Rows{rows[:n], len(rows) - n}
}

// title is that of a case, whoever may read it on the page of the case: of one that is
// 仅要素 a sheet that is passed on has the number alone.
func title(e *view.Case) string {
	if e.Scoped {
		return view.Restricted
	}
	return e.Name()
}

func refOf(e *view.Case) Ref {
	if !e.Page {
		return Ref{ID: e.ID}
	}
	return Ref{e.ID, "cases/" + e.ID + ".html"}
}

func refOfDuty(d *view.Duty) Ref {
	if d.Case == nil {
		return Ref{d.Paper.Short(), d.Paper.Href}
	}
	return refOf(d.Case)
}

func refOfChange(c *changes.Change) Ref {
	if c.Case == nil {
		return Ref{c.Paper.Short(), c.Paper.Href}
	}
	return refOf(c.Case)
}

// appendRef adds what is not among them yet.
func appendRef(refs []Ref, r Ref) []Ref {
	if slices.Contains(refs, r) {
		return refs
	}
	return append(refs, r)
}
