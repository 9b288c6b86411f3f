package replay

import (
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// takeInherited starts a case that existed at the 基线 from what it says: no
// step before that commit is judged. 承接 tells the days that history cannot;
// what they leave unknown counts from the day of that commit, so that nobody
// is late by what was done elsewhere.
func (r *replay) takeInherited(l *timeline.CaseLanding) {
	c := l.After
	landing := &r.env.Landings[l.Landing]
	fresh := replay{env: r.env, table: r.table, h: r.h, inherited: l, landing: l.Landing,
		commit: landing.Commit, author: landing.Author.Email, last: landing.At}
	fresh.life.Inherited = true
	*r = fresh
	a := &commitStep{who: r.env.actor(landing.Author.Email, landing.Authored.Time()), commit: landing.Commit,
		landing: l.Landing, after: c, at: landing.At,
		changes: []record.Change{{Kind: record.Set, Key: "会议议定期限.日期"}}}
	day := workday.Of(landing.At)
	state := workflow.State(c.State)
	r.register(a, day)
	if c.Lead != "" && !r.table.BeforePush(state) && state != workflow.NotPushed {
		r.inherit(a, state, day)
	}
	if !r.table.IsOpen(state) {
		r.drop(r.clocks.source, min(day, c.SourceDue)) // whether it was kept is not known
		r.dropAll(day)
	}
	for _, t := range r.timers {
		t.Before = !t.Open()
	}
	r.counted, r.facts = day, workflow.Facts{Channel: c.Channel, Category: c.Category, Urgency: c.Urgency,
		Tickets: c.Tickets}
	r.event(a, workflow.Event{Kind: workflow.Transition, To: state, Unit: c.Collector, Title: "承接：启用前已有的事项",
		Reason: inheritedDays(c.Inherited)})
	r.enter(state)
}

// inheritedTooLate tells of a new case that claims to be older than the 基线: the
// days of 承接 are nobody's word but its author's.
func (r *replay) inheritedTooLate(a *commitStep) {
	r.fault("transition-illegal", "承接", a.who.unit(),
		"“承接”只用于启用本库（基线）以前已有的事项，新登记的事项不能填写",
		"删去“承接”各行；确是启用前已有的，请联席办把“基线”改为这次提交的编号")
}

// inherit puts the push in force into the clocks, as far as it has come.
func (r *replay) inherit(a *commitStep, state workflow.State, day workday.Date) {
	in := a.after.Inherited
	pushed := day
	if in.Pushed != 0 {
		pushed = min(in.Pushed, day)
	}
	l := &r.clocks
	// when it was pushed is not judged
	r.timers = slices.DeleteFunc(r.timers, func(t *clock.Timer) bool { return t == l.push })
	l.push = nil
	r.startPush(a, pushed)
	if in.Due != 0 && !l.lead.Agreed {
		l.lead.Base, l.lead.Limit = in.Due, 0
	}
	if state == workflow.Pushed {
		l.accept.Start = day
	} else {
		r.drop(l.accept, pushed)
	}
	for i := range a.after.Extensions {
		l.requests++
		if e := &a.after.Extensions[i]; e.Decision == "同意" {
			l.granted++
			l.grantedDays += e.Allowed()
		}
	}
	for _, answered := range a.after.CoFeedback {
		if answered.Result == "" {
			continue
		}
		r.coDone = append(r.coDone, answered.Unit)
		for _, co := range l.co {
			if co.unit == answered.Unit {
				r.drop(co.feedback, pushed)
			}
		}
	}
	due := r.due(l.lead)
	switch runs := r.table.State(state).Runs; {
	case runs(clock.Feedback):
		r.waiting(a.after, day)
		return
	case runs(clock.Review):
		r.stop(l.lead, min(orDay(in.FedBack, due), day))
		r.reviewing(a.after)
		r.office(clock.Review, day)
		return
	}
	if in.FedBack != 0 {
		r.stop(l.lead, min(in.FedBack, day))
	}
	r.dropTask(pushed) // what had no day of its own cannot be early or late
	switch runs := r.table.State(state).Runs; {
	case runs(clock.Evaluate):
		r.office(clock.Evaluate, day)
	case runs(clock.Improve):
		by := workday.Date(0)
		if n := len(a.after.Improvements); n > 0 {
			by = a.after.Improvements[n-1].Due
		}
		r.improveBy(by, day)
	}
}

// orDay is d, or other where d is no day.
func orDay(d, other workday.Date) workday.Date {
	if d == 0 {
		return other
	}
	return d
}

// waiting lets what the case asks and nobody has decided wait from that day.
func (r *replay) waiting(c *record.Case, day workday.Date) {
	l := &r.clocks
	limits := r.limits()
	timely := day <= r.due(l.lead)
	for _, ch := range added(c) {
		f := filing{ID: keyOf(ch), unit: r.lead, role: clock.Lead, push: r.pushes, day: day, timely: timely,
			clock: l.lead}
		i := c.Index(ch)
		switch {
		case i < 0:
			continue
		case ch.Key == "说明单" && c.Statements[i].Decision == "":
			s := &c.Statements[i]
			f.reason, f.unit = s.Reason, orText(s.Unit, r.lead)
			if i := slices.IndexFunc(l.co, func(co coHandler) bool { return co.unit == s.Unit }); i >= 0 &&
				s.Unit != r.lead {
				f.clock, f.role = l.co[i].feedback, clock.Co
			}
			switch f.reason {
			case "异议":
				f.waits = r.office(clock.Confirm, day)
			default:
				f.waits = r.office(clock.Decide, day)
			}
		case ch.Key == "延期申请" && c.Extensions[i].Decision == "":
			f.days = c.Extensions[i].Days
			f.waits = r.office(clock.Grant, day)
		default:
			continue
		}
		f.waits.ForCo = f.role == clock.Co
		if f.request() {
			r.note(f.clock, clock.Op{Kind: clock.Hold, Day: day, Entry: f.ID, Holds: true, Why: "申请待决定"})
		} else if timely {
			r.note(f.clock, clock.Op{Kind: clock.Pause, Day: day, Entry: f.ID, RunsOn: !limits.ObjectionPauses,
				Why: f.reason + "待决定"})
		}
		l.filings = append(l.filings, f)
	}
}

// reviewing lets the last feedback wait for 审核, which may return it.
func (r *replay) reviewing(c *record.Case) {
	clock := r.clocks.lead
	for _, ch := range added(c) {
		if i := c.Index(ch); ch.Key == "反馈" && i == len(c.Feedback)-1 && c.Feedback[i].Review == "" {
			ans := answer{ID: keyOf(ch), clock: clock, day: clock.Stopped()}
			if c.Feedback[i].Result == "部分解决" {
				ans.partial = c.Feedback[i].FollowUpDue
			}
			r.clocks.answers = append(r.clocks.answers, ans)
		}
	}
}

// added lists the records of a case as changes, so that what is decided later
// finds them by the same key.
func added(c *record.Case) []record.Change {
	return slices.DeleteFunc(record.Diff(&record.Case{}, c),
		func(ch record.Change) bool { return ch.Kind != record.Added })
}

// inheritedDays says what 承接 tells.
func inheritedDays(in record.Inherited) string {
	var said []string
	for _, d := range []struct {
		what string
		day  workday.Date
	}{{"推送", in.Pushed}, {"到期", in.Due}, {"反馈", in.FedBack}, {"办结", in.Closed}} {
		if d.day != 0 {
			said = append(said, d.what+" "+d.day.String())
		}
	}
	return strings.Join(said, "，")
}
