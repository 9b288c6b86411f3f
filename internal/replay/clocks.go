package replay

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// clocks is what of a case runs against time.
type clocks struct {
	lead      *clock.Timer // 反馈 of the push in force
	accept    *clock.Timer
	objection *clock.Timer
	statement *clock.Timer
	co        []coHandler
	push      *clock.Timer
	improve   *clock.Timer
	promise   *clock.Timer
	source    *clock.Timer

	filings     []filing
	answers     []answer
	requests    int  // extensions asked for in this push
	granted     int  // and granted
	grantedDays int  // working days
	returned    bool // a feedback of this push was returned
	unimproved  bool // a feedback of the improvement in hand was returned
	refused     bool // a 一事一议 of this push was refused
	registered  workday.Date
	pushed      workday.Date // the day of the push in force
}

// coHandler is the clocks of one 协办单位 within a push.
type coHandler struct {
	unit                string
	feedback, objection *clock.Timer
}

func keyOf(ch record.Change) clock.ID { return clock.ID{Key: ch.Key, Entry: ch.Entry, Nth: ch.Nth} }

// filing is one 说明单 or 延期申请.
type filing struct {
	clock.ID
	reason    string // 事由 of a 说明单; empty: a 延期申请
	unit      string
	role      string
	push      int
	day       workday.Date
	days      int // asked for
	granted   int
	timely    bool
	clock     *clock.Timer // the clock that it concerns
	waits     *clock.Timer // 异议确认, 延期确认 or 研究决定; nil: it never waited
	ended     workday.Date
	overtaken bool // by a feedback, whose return lets it wait again
	decision  string
}

// request reports whether a filing holds the clock instead of pausing it.
func (f *filing) request() bool { return f.reason == "" || f.reason == workflow.AdHoc }

// answer is one 反馈 that waits for 审核.
type answer struct {
	clock.ID
	clock    *clock.Timer
	partial  workday.Date // 完成期限 of a 部分解决
	day      workday.Date
	returned bool
}

func find[T any](list []T, key func(T) clock.ID, want clock.ID) *T {
	for i := len(list) - 1; i >= 0; i-- {
		if key(list[i]) == want {
			return &list[i]
		}
	}
	return nil
}

func statementOf(c *record.Case, ch record.Change) *record.Statement {
	if i := c.Index(ch); i >= 0 {
		return &c.Statements[i]
	}
	return nil
}

func evaluationOf(c *record.Case, ch record.Change) *record.Evaluation {
	if i := c.Index(ch); i >= 0 {
		return &c.Evaluations[i]
	}
	return nil
}

// start adds a timer to the case.
func (r *replay) start(t clock.Timer) *clock.Timer {
	r.seq++
	t.Push, t.Pushed, t.Seq = r.pushes, r.clocks.pushed, r.seq
	p := &t
	r.timers = append(r.timers, p)
	return p
}

// office starts a limit of the office's own, or of whoever judges in its place.
func (r *replay) office(kind clock.Kind, day workday.Date) *clock.Timer {
	rule := r.table.ClockRule(kind)
	unit := r.env.officeUnit()
	if rule.Judges {
		unit = r.judgeUnit()
	}
	limit := 0
	if rule.Limit != nil {
		limit = rule.Limit(r.limits())
	}
	return r.start(clock.Timer{Kind: kind, Unit: unit, Role: clock.Office, Start: day, Limit: limit,
		Class: clock.Internal})
}

// stopKind ends the open timers of a kind because they were answered.
func (r *replay) stopKind(kind clock.Kind, on workday.Date) {
	for _, t := range r.timers {
		if t.Kind == kind {
			r.stop(t, on)
		}
	}
}

// dropKind ends the open timers of a kind that nobody has to answer any more.
func (r *replay) dropKind(kind clock.Kind, on workday.Date) {
	for _, t := range r.timers {
		if t.Kind == kind {
			r.drop(t, on)
		}
	}
}

func (r *replay) due(t *clock.Timer) workday.Date { return t.Due(r.env.Calendar) }

// note adds an op that happens on the landing in hand.
func (r *replay) note(t *clock.Timer, o clock.Op) {
	r.seq++
	o.Seq, o.Landing = r.seq, r.landing
	t.Note(o)
}

// stop ends an open timer because it was answered.
func (r *replay) stop(t *clock.Timer, on workday.Date) {
	if t != nil && t.Open() {
		r.note(t, clock.Op{Kind: clock.Stop, Day: on})
	}
}

// drop ends an open timer that nobody has to answer any more; what is late
// already stays late.
func (r *replay) drop(t *clock.Timer, on workday.Date) {
	if t != nil && t.Open() {
		r.note(t, clock.Op{Kind: clock.Drop, Day: on})
	}
}

// reopen lets an answered timer run on, because the answer was returned.
func (r *replay) reopen(t *clock.Timer, on workday.Date, first bool) {
	if t != nil && !t.Open() && !t.Dropped() {
		r.note(t, clock.Op{Kind: clock.Return, Day: on, Floor: first, Why: "反馈审核"})
	}
}

// register starts what runs from the day a case is registered.
func (r *replay) register(a *commitStep, day workday.Date) {
	r.clocks.registered = day
	r.clocks.push = r.office(clock.Push, day)
	r.tunePush(a.after)
	r.tuneSource(a.after, day)
}

// tunePush sets when the push is due: by urgency, and for what is not urgent
// from the later of registration and the month's 月报 day (三(二)).
func (r *replay) tunePush(c *record.Case) {
	t := r.clocks.push
	if t == nil || !t.Open() {
		return
	}
	limits := r.limits()
	t.Start, t.Limit = r.clocks.registered, limits.Push
	switch c.Urgency {
	case "特急":
		t.Limit = limits.PushCritical
		return
	case "急":
		t.Limit = limits.PushUrgent
		return
	}
	if c.Collected != 0 {
		next := workday.MonthOf(c.Collected).Add(1)
		t.Start = max(t.Start, r.env.Calendar.Add(next.First().AddDays(-1), limits.Monthly))
	}
}

// tuneSource keeps the source channel's own date, which also runs. Until the
// push it is the office's, and stays so if that left the unit in charge too few
// days; whoever let it pass answers for it.
func (r *replay) tuneSource(c *record.Case, day workday.Date) {
	const fewest = 3 // working days
	l := &r.clocks
	due := c.SourceDue
	switch t := l.source; {
	case due == 0:
		r.drop(t, day)
		return
	case t == nil || t.Dropped():
		if r.accepted() {
			return // its answer was given before it was set
		}
		l.source = r.start(clock.Timer{Kind: clock.Channel, Start: l.registered, Fixed: due, Class: clock.Source})
		if r.state == workflow.FedBack && len(l.answers) > 0 {
			r.stop(l.source, l.answers[len(l.answers)-1].day)
		}
	case r.due(t) != due:
		r.note(t, clock.Op{Kind: clock.Agree, Day: day, Date: due, Why: "修改原渠道期限"})
	}
	t := l.source
	if t.Unit != "" && t.Late(r.env.Calendar, day) {
		return
	}
	t.Unit, t.Role, t.Push, t.Pushed = r.env.officeUnit(), clock.Office, r.pushes, l.pushed
	if r.pushes > 0 && r.env.Calendar.Count(l.pushed, due) >= fewest {
		t.Unit, t.Role = r.lead, clock.Lead
	}
}

// accepted reports whether the last feedback has passed.
func (r *replay) accepted() bool {
	state := r.table.State(r.state)
	return state != nil && state.Accepted
}

// startPush makes the landed 承办单位 the one in charge and starts its clocks.
func (r *replay) startPush(a *commitStep, day workday.Date) {
	r.tunePush(a.after)
	r.stop(r.clocks.push, day)
	r.dropTask(day)
	r.pushes++
	r.lead, r.co, r.rejected = a.after.Lead, nil, false
	if !slices.Contains(r.leads, r.lead) {
		r.leads = append(r.leads, r.lead)
	}
	limits := r.limits()
	limit := limits.Feedback
	if n := a.after.LimitDays; n > 0 {
		limit = n
	}
	l := &r.clocks
	l.pushed, l.requests, l.granted, l.grantedDays, l.returned, l.refused = day, 0, 0, 0, false, false
	of := func(kind clock.Kind, limit int, class clock.Class, clause string) *clock.Timer {
		return r.start(clock.Timer{Kind: kind, Unit: r.lead, Role: clock.Lead, Start: day, Limit: limit, Usual: limit,
			Class: class, Clause: clause})
	}
	l.accept = of(clock.Accept, limits.Accept, clock.Internal, "")
	l.objection = of(clock.Objection, limits.Object, clock.Statutory, "三(三)")
	l.statement = of(clock.Statement, limits.Escalate, clock.Statutory, "三(四)")
	l.objection.Window, l.statement.Window = true, true
	l.lead = of(clock.Feedback, limit, clock.Statutory, "三(四)")
	l.lead.Usual = limits.Feedback
	if changed(a, "会议议定期限.日期") || r.pushes == 1 {
		r.agree(a.after, clock.Agree, day)
	}
	r.syncCo(a.after.Co, day)
	r.tuneSource(a.after, day)
	if r.pushes == 3 {
		r.fault("third-push", "承办单位", r.lead, "这是本事项第 3 次推送，承办单位多次调整",
			"建议提请联席会议研究确定承办单位")
	}
}

// agree puts a due day fixed by the joint meeting in force.
func (r *replay) agree(c *record.Case, kind clock.OpKind, day workday.Date) {
	if t := r.clocks.lead; t != nil && c.Agreed.Date != 0 {
		r.note(t, clock.Op{Kind: kind, Day: day, Date: c.Agreed.Date, Why: "会议议定"})
	}
}

// agreed reports whether the unit in charge works to an agreed date.
func (r *replay) agreed() bool {
	t := r.clocks.lead
	return t != nil && t.WorksToAgreed(r.env.Calendar)
}

// syncCo starts the clocks of new co-handlers and drops those who left. One who
// has answered is not timed again.
func (r *replay) syncCo(units []string, day workday.Date) {
	l := &r.clocks
	limits := r.limits()
	kept := l.co[:0:0]
	for _, c := range l.co {
		if slices.Contains(units, c.unit) {
			kept = append(kept, c)
			continue
		}
		r.drop(c.feedback, day)
		r.drop(c.objection, day)
	}
	for _, unit := range units {
		if slices.ContainsFunc(kept, func(c coHandler) bool { return c.unit == unit }) || l.lead == nil ||
			!l.lead.Open() || slices.Contains(r.coDone, unit) {
			continue
		}
		kept = append(kept, coHandler{unit,
			r.start(clock.Timer{Kind: clock.CoFeedback, Unit: unit, Role: clock.Co, Start: day, Lead: l.lead,
				Ahead: limits.CoAhead, Class: clock.Internal, Clause: "三(四)"}),
			r.start(clock.Timer{Kind: clock.Objection, Unit: unit, Role: clock.Co, Start: day, Limit: limits.Object,
				Class: clock.Statutory, Clause: "三(三)", Window: true, ForCo: true})})
	}
	l.co, r.co = kept, units
}

// dropTask ends every clock of the push in force.
func (r *replay) dropTask(day workday.Date) {
	l := &r.clocks
	for _, t := range []*clock.Timer{l.lead, l.accept, l.objection, l.statement} {
		r.drop(t, day)
	}
	r.dropKind(clock.Review, day)
	r.dropKind(clock.Evaluate, day)
	r.drop(l.improve, day)
	for _, c := range l.co {
		r.drop(c.feedback, day)
		r.drop(c.objection, day)
	}
	for i := range l.filings {
		l.filings[i].overtaken = false
		r.end(&l.filings[i], day)
	}
	l.co = nil
}

// end ends the wait of a filing that nobody has to decide any more.
func (r *replay) end(f *filing, day workday.Date) {
	if f.ended == 0 {
		f.ended = day
		r.drop(f.waits, day)
	}
}

// dropAll ends every clock of the case.
func (r *replay) dropAll(day workday.Date) {
	r.dropTask(day)
	r.drop(r.clocks.push, day)
	r.drop(r.clocks.source, day)
}

// fit ends the clocks that a state does not have: whoever left it by a way that
// the table does not know left them behind.
func (r *replay) fit(s workflow.State, day workday.Date) {
	for _, t := range r.timers {
		if t.Open() && !r.runsIn(t, s) {
			r.drop(t, day)
		}
	}
	for i := range r.clocks.filings {
		if f := &r.clocks.filings[i]; f.ended == 0 && f.waits != nil && f.waits.Dropped() {
			f.ended = day
		}
	}
}

// runsIn reports whether a clock may run in a state: that of a co-handler's
// objection wherever the co-handlers have their part.
func (r *replay) runsIn(t *clock.Timer, s workflow.State) bool {
	state := r.table.State(s)
	switch {
	case state == nil:
		return false
	case t.Kind == clock.Channel:
		return state.Open
	}
	return state.Runs(t.Kind) || t.ForCo && state.Runs(clock.CoFeedback)
}
