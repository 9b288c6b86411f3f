package workflow

import (
	"slices"
	"strings"

	"suqiu/internal/casefile"
	"suqiu/internal/history"
	"suqiu/internal/workday"
)

// takeAsFound starts a case that existed at the 基线 from what it says: no
// step before that commit is judged. 承接 tells the days that history cannot;
// what they leave unknown counts from the day of that commit, so that nobody
// is late by what was done elsewhere.
func (r *replay) takeAsFound(l *history.CaseLanding) {
	c := l.After
	landing := &r.env.Landings[l.Landing]
	fresh := replay{env: r.env, h: r.h, found: l, landing: l.Landing,
		commit: landing.Commit, author: landing.Author.Email, last: landing.At}
	fresh.life.Found = true
	*r = fresh
	a := &act{who: r.env.actor(landing.Author.Email, landing.Authored.Time()), commit: landing.Commit, landing: l.Landing, after: c, at: landing.At,
		changes: []casefile.Change{{Kind: casefile.Set, Key: "会议议定期限.日期"}}}
	day := workday.Of(landing.At)
	state := State(c.State)
	r.register(a, day)
	if c.Lead != "" && state != Registered && state != Analysing && state != NotPushed {
		r.inherit(a, state, day)
	}
	if !state.IsOpen() {
		r.clocks.source.drop(min(day, c.SourceDue)) // whether it was kept is not known
		r.dropAll(day)
	}
	for _, t := range r.timers {
		t.before = !t.open()
	}
	r.counted, r.facts = day, Facts{c.Channel, c.Category, c.Urgency, c.Tickets}
	r.event(a, Event{Kind: Transition, To: state, Unit: c.Collector, Title: "承接：启用前已有的事项", Reason: inheritedDays(c.Inherited)})
	r.enter(state)
}

// foundTooLate tells of a new case that claims to be older than the 基线: the
// days of 承接 are nobody's word but its author's.
func (r *replay) foundTooLate(a *act) {
	r.fault("transition-illegal", "承接", a.who.unit(), "“承接”只用于启用本库（基线）以前已有的事项，新登记的事项不能填写",
		"删去“承接”各行；确是启用前已有的，请联席办把“基线”改为这次提交的编号")
}

// inherit puts the push in force into the clocks, as far as it has come.
func (r *replay) inherit(a *act, state State, day workday.Date) {
	in := casefile.Inherited{}
	if a.after.Inherited != nil {
		in = *a.after.Inherited
	}
	pushed := day
	if in.Pushed != 0 {
		pushed = min(in.Pushed, day)
	}
	l := &r.clocks
	r.timers = slices.DeleteFunc(r.timers, func(t *timer) bool { return t == l.push }) // when it was pushed is not judged
	l.push = nil
	r.startPush(a, pushed)
	if in.Due != 0 && !l.lead.agreed {
		l.lead.base, l.lead.limit = in.Due, 0
	}
	if state == Pushed {
		l.accept.start = day
	} else {
		l.accept.drop(pushed)
	}
	for _, e := range a.after.Extensions {
		l.asked++
		l.askedDays += e.Days
	}
	for _, answered := range a.after.CoFeedback {
		for _, co := range l.co {
			if co.unit == answered.Unit && answered.Result != "" {
				co.feedback.drop(pushed)
			}
		}
	}
	due := r.due(l.lead, day)
	limits := r.limits()
	office := timer{unit: r.env.officeUnit(), role: "联席办", start: day, class: Internal}
	switch state {
	case Pushed, Handling, Objected, Escalated:
		r.waiting(a.after, day)
		return
	case FedBack:
		l.lead.stop(min(orDay(in.FedBack, due), day))
		r.answered(a.after)
		office.kind, office.limit, office.clause = ReviewClock, limits.Review, "三(五)"
		if r.env.ownedByOffice(r.lead) {
			office.unit = r.otherSupervisor()
		}
		l.review = r.start(office)
		return
	}
	if in.FedBack != 0 {
		l.lead.stop(min(in.FedBack, day))
	}
	r.dropTask(pushed) // what had no day of its own cannot be early or late
	switch state {
	case Evaluating:
		office.kind, office.limit, office.clause = EvaluateClock, limits.Evaluate, "三(五)"
		l.evaluate = r.start(office)
	case Improving:
		t := timer{kind: ImproveClock, unit: r.lead, role: "承办", start: day, limit: limits.Improve, class: Internal, clause: "三(五)"}
		if n := len(a.after.Improvements); n > 0 && a.after.Improvements[n-1].Due != 0 {
			t.fixed, t.class = a.after.Improvements[n-1].Due, Statutory
		}
		l.improve = r.start(t)
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
func (r *replay) waiting(c *casefile.Case, day workday.Date) {
	l := &r.clocks
	limits := r.limits()
	timely := day <= r.due(l.lead, day)
	for _, ch := range added(c) {
		waits := timer{kind: ConfirmClock, unit: r.env.officeUnit(), role: "联席办", start: day, limit: limits.ConfirmObject, class: Internal, clause: "三(四)"}
		switch ch.Key {
		case "说明单":
			s := statementOf(c, ch)
			if s == nil || s.Decision != "" {
				continue
			}
			if s.Reason != "异议" {
				waits.kind, waits.limit = DecideClock, limits.Decide
			}
			f := filing{entryKey: keyOf(ch), clock: l.lead}
			if i := slices.IndexFunc(l.co, func(co coHandler) bool { return co.unit == s.Unit }); i >= 0 && s.Unit != r.lead {
				f.clock = l.co[i].feedback
			}
			if limits.ObjectionPauses && timely && f.clock.open() {
				f.clock.pauses = append(f.clock.pauses, pause{from: day, why: s.Reason + "待决定", entry: f.entryKey})
				f.paused = f.clock
			}
			f.waits = r.start(waits)
			l.filings = append(l.filings, f)
		case "延期申请":
			i := c.Index(ch)
			if i < 0 || c.Extensions[i].Decision != "" {
				continue
			}
			if timely {
				l.lead.pending++
			}
			l.requests = append(l.requests, request{entryKey: keyOf(ch), days: c.Extensions[i].Days, timely: timely, waiting: true, clock: l.lead, waits: r.start(waits)})
		}
	}
}

// answered lets the last feedback wait for 审核, which may return it.
func (r *replay) answered(c *casefile.Case) {
	clock := r.clocks.lead
	for _, ch := range added(c) {
		if i := c.Index(ch); ch.Key == "反馈" && i == len(c.Feedback)-1 && c.Feedback[i].Review == "" {
			timely := clock.stopped <= r.due(clock, clock.stopped)
			r.clocks.answers = append(r.clocks.answers, answer{entryKey: keyOf(ch), day: clock.stopped, timely: timely, clock: clock})
		}
	}
}

// added lists the records of a case as changes, so that what is decided later
// finds them by the same key.
func added(c *casefile.Case) []casefile.Change {
	return slices.DeleteFunc(casefile.Diff(&casefile.Case{}, c), func(ch casefile.Change) bool { return ch.Kind != casefile.Added })
}

// inheritedDays says what 承接 tells.
func inheritedDays(in *casefile.Inherited) string {
	if in == nil {
		return ""
	}
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
