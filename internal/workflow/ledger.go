package workflow

import (
	"slices"

	"suqiu/internal/casefile"
	"suqiu/internal/workday"
)

// ledger is what of a case runs against time.
type ledger struct {
	lead      *timer // 反馈 of the push in force
	accept    *timer
	objection *timer
	statement *timer
	co        []coHandler
	push      *timer
	review    *timer
	evaluate  *timer
	improve   *timer
	source    *timer

	filings    []filing
	requests   []request
	answers    []answer
	asked      int // extensions of this push
	askedDays  int
	registered workday.Date
}

// coHandler is the clocks of one 协办单位 within a push.
type coHandler struct {
	unit                string
	feedback, objection *timer
}

// entryKey names one record by what it says.
type entryKey struct {
	key, entry string
	nth        int
}

func keyOf(ch casefile.Change) entryKey { return entryKey{ch.Key, ch.Entry, ch.Nth} }

// filing is one 说明单 that waits for a decision.
type filing struct {
	entryKey
	paused *timer // whose pause it opened; nil: it came late or pauses nothing
	clock  *timer // the feedback clock that it concerns
	waits  *timer // 异议确认 or 研究决定
}

// request is one 延期申请.
type request struct {
	entryKey
	days    int
	timely  bool
	waiting bool
	clock   *timer
	waits   *timer
}

// answer is one 反馈 that waits for 审核.
type answer struct {
	entryKey
	day    workday.Date
	timely bool
	clock  *timer
}

func find[T any](list []T, key func(T) entryKey, want entryKey) *T {
	for i := len(list) - 1; i >= 0; i-- {
		if key(list[i]) == want {
			return &list[i]
		}
	}
	return nil
}

func statementOf(c *casefile.Case, ch casefile.Change) *casefile.Statement {
	if i := c.Index(ch); i >= 0 {
		return &c.Statements[i]
	}
	return nil
}

func evaluationOf(c *casefile.Case, ch casefile.Change) *casefile.Evaluation {
	if i := c.Index(ch); i >= 0 {
		return &c.Evaluations[i]
	}
	return nil
}

// start adds a timer to the case.
func (r *replay) start(t timer) *timer {
	t.push = r.pushes
	p := &t
	r.timers = append(r.timers, p)
	return p
}

func (r *replay) due(t *timer, on workday.Date) workday.Date { return t.due(r.env.Calendar, on) }

// register starts what runs from the day a case is registered.
func (r *replay) register(a *act, day workday.Date) {
	r.clocks.registered = day
	r.clocks.push = r.start(timer{kind: PushClock, unit: r.env.officeUnit(), role: "联席办", class: Internal})
	r.tunePush(a.after)
	r.tuneSource(a.after)
}

// tunePush sets when the push is due: by urgency, and for what is not urgent
// from the later of registration and the month's 月报 day (三(二)).
func (r *replay) tunePush(c *casefile.Case) {
	t := r.clocks.push
	if t == nil || !t.open() {
		return
	}
	limits := r.limits()
	t.start, t.limit = r.clocks.registered, limits.Push
	switch c.Urgency {
	case "特急":
		t.limit = limits.PushCritical
		return
	case "急":
		t.limit = limits.PushUrgent
		return
	}
	if c.Collected != 0 {
		next := workday.MonthOf(c.Collected).Add(1)
		t.start = max(t.start, r.env.Calendar.Add(next.First().AddDays(-1), limits.Monthly))
	}
}

// tuneSource keeps the source channel's own date, which also runs.
func (r *replay) tuneSource(c *casefile.Case) {
	unit, role := r.lead, "承办"
	if unit == "" {
		unit, role = c.Collector, "收集"
	}
	switch {
	case c.SourceDue == 0:
		return
	case r.clocks.source == nil:
		r.clocks.source = r.start(timer{kind: SourceClock, start: r.clocks.registered, class: Source})
	}
	r.clocks.source.unit, r.clocks.source.role, r.clocks.source.fixed = unit, role, c.SourceDue
}

// startPush makes the landed 承办单位 the one in charge and starts its clocks.
func (r *replay) startPush(a *act, day workday.Date) {
	r.tunePush(a.after)
	r.clocks.push.stop(day)
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
	l.asked, l.askedDays = 0, 0
	l.accept = r.start(timer{kind: AcceptClock, unit: r.lead, role: "承办", start: day, limit: limits.Accept, class: Internal})
	l.objection = r.start(timer{kind: ObjectionClock, unit: r.lead, role: "承办", start: day, limit: limits.Object, class: Statutory, clause: "三(三)", window: true})
	l.statement = r.start(timer{kind: StatementClock, unit: r.lead, role: "承办", start: day, limit: limits.Escalate, class: Statutory, clause: "三(四)", window: true})
	l.lead = r.start(timer{kind: FeedbackClock, unit: r.lead, role: "承办", start: day, limit: limit, class: Statutory, clause: "三(四)"})
	if changed(a, "会议议定期限.日期") {
		r.agree(a.after.Agreed.Date, day)
	}
	r.syncCo(a.after.Co, day)
	r.tuneSource(a.after)
	if r.pushes == 3 {
		r.fault("third-push", "承办单位", r.lead, "这是本事项第 3 次推送，承办单位多次调整", "建议提请联席会议研究确定承办单位")
	}
}

// agree puts a due day fixed by the joint meeting in force.
func (r *replay) agree(due, day workday.Date) {
	t := r.clocks.lead
	if t == nil || due == 0 {
		return
	}
	r.freezeCo(day)
	t.fixed, t.agreed, t.class, t.clause = due, true, Agreed, "三(四)"
}

// syncCo starts the clocks of new co-handlers and drops those who left.
func (r *replay) syncCo(units []string, day workday.Date) {
	l := &r.clocks
	limits := r.limits()
	kept := l.co[:0:0]
	for _, c := range l.co {
		if slices.Contains(units, c.unit) {
			kept = append(kept, c)
			continue
		}
		c.feedback.drop(day)
		c.objection.drop(day)
	}
	for _, unit := range units {
		if slices.ContainsFunc(kept, func(c coHandler) bool { return c.unit == unit }) || l.lead == nil || !l.lead.open() {
			continue
		}
		kept = append(kept, coHandler{unit,
			r.start(timer{kind: CoFeedbackClock, unit: unit, role: "协办", start: day, lead: l.lead, ahead: limits.CoAhead, class: Internal, clause: "三(四)"}),
			r.start(timer{kind: ObjectionClock, unit: unit, role: "协办", start: day, limit: limits.Object, class: Statutory, clause: "三(三)", window: true})})
	}
	l.co, r.co = kept, units
}

// freezeCo keeps the lateness that co-handlers have reached before the lead's
// due day moves: a later grant to others does not heal it.
func (r *replay) freezeCo(day workday.Date) {
	for _, c := range r.clocks.co {
		if due := r.due(c.feedback, day); c.feedback.open() && day > due {
			c.feedback.frozen = due
		}
	}
}

// dropTask ends every clock of the push in force.
func (r *replay) dropTask(day workday.Date) {
	l := &r.clocks
	for _, t := range []*timer{l.lead, l.accept, l.objection, l.statement, l.review, l.evaluate, l.improve} {
		t.drop(day)
	}
	for _, c := range l.co {
		c.feedback.drop(day)
		c.objection.drop(day)
	}
	for _, f := range l.filings {
		f.waits.stop(day)
	}
	for _, q := range l.requests {
		q.waits.drop(day)
	}
	l.co = nil
}

// dropAll ends every clock of the case.
func (r *replay) dropAll(day workday.Date) {
	r.dropTask(day)
	r.clocks.push.drop(day)
	r.clocks.source.drop(day)
}
