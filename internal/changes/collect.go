package changes

import (
	"cmp"
	"slices"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// collector finds what came within some days.
type collector struct {
	*view.View
	from, to workday.Date
	found    []Change
}

// collect finds what came within the days of some periods, newest first.
func collect(v *view.View, days []Period) []Change {
	if len(days) == 0 {
		return nil
	}
	c := collector{View: v, from: days[len(days)-1].From, to: days[0].To}
	for _, e := range v.Cases {
		if v.Case(e.ID) != e {
			continue // a second file of that 编号, which check tells of
		}
		if e.Text != nil {
			c.events(e)
		} else {
			c.answers(e)
		}
		c.clocks(e)
	}
	c.papers()
	return c.found
}

func (c *collector) within(day workday.Date) bool { return c.from <= day && day <= c.to }

func (c *collector) add(ch Change) {
	if c.within(ch.Day()) {
		c.found = append(c.found, ch)
	}
}

// events adds what steps of a case brought, apart from pushes, which its clocks tell.
func (c *collector) events(e *view.Case) {
	events := e.Text.Life.Events
	for i := range slices.Backward(events) {
		ev := &events[i]
		at := c.Landed(ev)
		if workday.Of(at) < c.from {
			return // landings never run backwards
		}
		if ev.Voided || ev.Pending {
			continue
		}
		told := map[Kind]bool{}
		tell := func(kind Kind, title string, units ...string) {
			if !told[kind] {
				told[kind] = true
				c.add(Change{Kind: kind, Case: e, Title: title, Unit: ev.Unit, Units: distinct(units), At: at})
			}
		}
		if ev.Row != 0 && ev.From == "" {
			tell(Registered, ev.Title, e.Text.Collector)
			continue
		}
		for _, entry := range ev.Entries {
			kind, ok := kindOf(&entry)
			if !ok {
				continue
			}
			title := ev.Title
			if kind == Decided && ev.Kind != workflow.Decision && len(ev.Entries) > 1 {
				title = entry.Key + "：" + entry.Word // the event is told by another entry
			}
			tell(kind, title, append(c.handlers(e, workday.Of(at)), entry.Unit)...)
		}
	}
}

// kindOf is what an entry of a step is to the reader; false if it is none of the kinds.
func kindOf(e *workflow.Entry) (Kind, bool) {
	switch {
	case e.Key == "反馈" && e.Decided:
		return Reviewed, true
	case e.Key == "反馈":
		return Answered, true
	case e.Decided:
		return Decided, true
	case e.Key == "延期申请":
		return Extension, true
	}
	return "", false
}

// answers adds the feedback of a case of which only limits are shown.
func (c *collector) answers(e *view.Case) {
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k.Kind == clock.Feedback && (k.Status == clock.Met || k.Status == clock.Missed) && !k.Unanswered {
			c.add(Change{Kind: Answered, Case: e, Title: "反馈", Unit: k.Unit,
				Units: c.handlers(e, k.Stopped), At: k.Stopped.Start()})
		}
	}
}

// clocks adds the pushes of a case and what became 超期.
func (c *collector) clocks(e *view.Case) {
	pushes := 0
	if e.Text != nil && e.Text.Life.Inherited {
		pushes = 1 // it was taken over with the first
	}
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k.Kind == clock.Feedback && k.Push > pushes {
			pushes = k.Push
			c.push(e, k)
		}
		if from := c.lateFrom(e, k); c.within(from) {
			c.add(Change{Kind: Overdue, Case: e, Title: overdueTitle(k.Name(), missed(k)), Unit: k.Unit,
				Units: distinct([]string{k.Unit}), At: from.Start()})
		}
	}
}

// push adds the push that a feedback limit began with: a task that was resumed has
// another limit of the same push.
func (c *collector) push(e *view.Case, k *view.Clock) {
	day := cmp.Or(k.Pushed, k.Start)
	if !c.within(day) {
		return
	}
	ch := Change{Kind: Pushed, Case: e, Title: "推送至" + k.Unit, Units: c.handlers(e, day), At: day.Start()}
	if e.Text != nil {
		events := e.Text.Life.Events
		for i := range events {
			ev := &events[i]
			if at := c.Landed(ev); !ev.Voided && ev.To == workflow.Pushed && ev.To != ev.From &&
				workday.Of(at) == day && workflow.Regulation().Row(ev.Row).Pushes {
				ch.Title, ch.Unit, ch.At = ev.Title, ev.Unit, at
			}
		}
	}
	c.add(ch)
}

// handlers are the units that handled a case at the end of a day.
func (c *collector) handlers(e *view.Case, day workday.Date) []string {
	push := 0
	for i := range e.Clocks {
		if k := &e.Clocks[i]; k.Kind == clock.Feedback && cmp.Or(k.Pushed, k.Start) <= day {
			push = max(push, k.Push)
		}
	}
	var units []string
	for i := range e.Clocks {
		k := &e.Clocks[i]
		if k.Push == push && (k.Kind == clock.Feedback || k.Kind == clock.CoFeedback) {
			units = append(units, k.Unit)
		}
	}
	switch {
	case len(units) == 0:
		units = e.Handlers()
	case e.Text == nil: // whose co-handlers' limits are not shown, but they are
		units = append(units, e.Co...)
	}
	return distinct(units)
}

// missed is the due day that a limit missed first; zero: it did not.
func missed(k *view.Clock) workday.Date {
	if k.Missed == 0 && k.Status == clock.Overdue {
		return k.Due
	}
	return k.Missed
}

// lateFrom is the day since which one knew that a limit is 超期: that on which it
// could no longer be answered in time, or on which an answer landed that came too late.
func (c *collector) lateFrom(e *view.Case, k *view.Clock) workday.Date {
	due := missed(k)
	if due == 0 || !k.Counts() || k.Right() {
		return 0
	}
	from := k.LateFrom(c.Calendar, due, c.Config.Grace)
	if from < c.from {
		return from // an answer can only have told it earlier
	}
	stops := []workday.Date{k.Stopped}
	for _, a := range k.Answers {
		stops = append(stops, a.On)
	}
	for _, on := range stops {
		if on > due {
			from = min(from, c.arrived(e, on))
		}
	}
	return from
}

// arrived is the day on which what counts for a day landed.
func (c *collector) arrived(e *view.Case, on workday.Date) workday.Date {
	day := on
	if e.Text != nil {
		events := e.Text.Life.Events
		for i := range events {
			if ev := &events[i]; !ev.Voided && !ev.Pending && ev.Day() == on {
				day = max(day, workday.Of(c.Landed(ev)))
			}
		}
	}
	return day
}

// papers adds what units owe beside cases and what became 超期.
func (c *collector) papers() {
	for _, p := range c.LatePapers() {
		c.add(Change{Kind: Overdue, Paper: p.Paper, Title: overdueTitle(p.What, p.Due), Unit: p.Unit,
			Units: distinct([]string{p.Unit}), At: p.From.Start()})
	}
}

func overdueTitle(what string, due workday.Date) string {
	return what + "，" + due.String() + " 到期"
}

// distinct are the names among some, each once.
func distinct(names []string) []string {
	var list []string
	for _, name := range names {
		if name != "" && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// Latest is when the last of the changes came; false if there is none.
func (p *Period) Latest() (at time.Time, ok bool) {
	for _, c := range p.Changes {
		if c.At.After(at) {
			at = c.At
		}
	}
	return at, len(p.Changes) > 0
}
