package workflow

import (
	"slices"

	"suqiu/internal/casefile"
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// effects is what a row does to the clocks, beyond the records it brings.
func (r *replay) effects(a *act, h hop, day workday.Date) {
	l := &r.clocks
	newLead := a.after.Lead != "" && a.after.Lead != r.lead
	switch {
	case h.from == "":
		r.register(a, day)
	case h.to == Pushed && (newLead || r.pushes == 0):
		r.startPush(a, day)
		return
	}
	n := 0
	if h.row != nil {
		n = h.row.N
	}
	switch n {
	case 9:
		if changed(a, "会议议定期限.日期") {
			r.agree(a.after.Agreed.Date, day)
		}
	case 11:
		l.source.drop(day)
		r.dropTask(day)
	case 13:
		r.feedbackFrom = h.from
	case 15:
		l.review.stop(day)
		l.source.stop(day)
		if h.to == Evaluating {
			l.evaluate = r.start(timer{kind: EvaluateClock, unit: r.env.officeUnit(), role: "联席办", start: day, limit: r.limits().Evaluate, class: Internal, clause: "三(五)"})
		}
	case 16, 17:
		l.evaluate.stop(day)
	case 18:
		limits := r.limits()
		l.lead = r.start(timer{kind: FeedbackClock, unit: r.lead, role: "承办", start: day, limit: limits.Feedback, class: Agreed, clause: "三(四)", fixed: a.after.Agreed.Date, agreed: true})
		l.co = nil
		r.syncCo(a.after.Co, day)
	case 19:
		l.push.stop(day)
	}
	switch h.to {
	case Merged, Withdrawn:
		r.dropAll(day)
	case Closed, NotPushed:
		r.dropAll(day)
	}
}

// record is what one entry of a list does to the clocks.
func (r *replay) record(a *act, ch casefile.Change, unit string, day workday.Date) {
	switch ch.Key {
	case "说明单":
		switch {
		case ch.Kind == casefile.Added:
			r.file(a, ch, day)
		case ch.Kind == casefile.Decided && ch.Field == "决定":
			r.decide(ch, day)
		}
	case "延期申请":
		switch {
		case ch.Kind == casefile.Added:
			r.ask(a, ch, day)
		case ch.Kind == casefile.Decided && ch.Field == "决定":
			r.grant(ch, day)
		}
	case "反馈":
		switch {
		case ch.Kind == casefile.Added:
			r.answer(ch, day)
		case ch.Kind == casefile.Decided && ch.Field == "审核":
			r.review(ch, day)
		}
	case "评估":
		if ch.Kind == casefile.Added {
			r.evaluated(a, ch)
		}
	case "改进":
		if i := a.after.Index(ch); i >= 0 && ch.Kind == casefile.Added {
			t := timer{kind: ImproveClock, unit: r.lead, role: "承办", start: day, limit: r.limits().Improve, class: Internal, clause: "三(五)"}
			if due := a.after.Improvements[i].Due; due != 0 {
				t.fixed, t.class = due, Statutory
			}
			r.clocks.improve = r.start(t)
		}
	}
}

// file takes a 说明单: filed in time, it pauses the clock it concerns.
func (r *replay) file(a *act, ch casefile.Change, day workday.Date) {
	s := statementOf(a.after, ch)
	l := &r.clocks
	if s == nil || l.lead == nil {
		return
	}
	limits := r.limits()
	clock, window, rule := l.lead, l.objection, "objection-late"
	waits := timer{kind: ConfirmClock, unit: r.env.officeUnit(), role: "联席办", start: day, limit: limits.ConfirmObject, class: Internal, clause: "三(三)"}
	what, days := "异议", limits.Object
	if s.Reason != "异议" {
		window, rule, what, days = l.statement, "escalation-late", "无法解决或协商未达成一致的说明", limits.Escalate
		waits.kind, waits.limit, waits.clause = DecideClock, limits.Decide, "三(四)"
	}
	second := s.Reason == "异议" && r.rejected
	if i := slices.IndexFunc(l.co, func(c coHandler) bool { return c.unit == s.Unit }); i >= 0 && s.Unit != r.lead {
		clock, window, second = l.co[i].feedback, l.co[i].objection, false
	}
	f := filing{entryKey: keyOf(ch), clock: clock}
	switch {
	case second:
		r.fault("second-objection", ch.Key, s.Unit, "“"+s.Unit+"”对本次推送的异议已被确认不成立，不得再次提出异议", "按期办理；确实无法解决的，以“无法解决”报联席会议研究决定")
	case window == nil: // no push opened one: what is late or timely cannot be told
	case day > r.due(window, day):
		r.fault(rule, ch.Key, s.Unit, what+"应在推送后 "+itoa(days)+" 个工作日内提出，最迟 "+r.due(window, day).String()+"，本次 "+day.String()+" 提出，反馈时限不暂停", "逾期提出的不影响办理时限，请继续办理")
	case limits.ObjectionPauses && clock.open():
		clock.pauses = append(clock.pauses, pause{from: day, why: s.Reason + "待决定", entry: f.entryKey})
		f.paused = clock
	}
	window.stop(day)
	f.waits = r.start(waits)
	l.filings = append(l.filings, f)
}

// decide ends the wait of a 说明单.
func (r *replay) decide(ch casefile.Change, day workday.Date) {
	f := find(r.clocks.filings, func(f filing) entryKey { return f.entryKey }, keyOf(ch))
	if f == nil {
		return
	}
	f.waits.stop(day)
	running := f.clock.open() && day <= r.due(f.clock, day)
	if f.clock == r.clocks.lead {
		r.freezeCo(day)
	}
	if f.paused != nil {
		for i := range f.paused.pauses {
			if p := &f.paused.pauses[i]; p.entry == f.entryKey && p.to == 0 {
				p.to = day
			}
		}
	}
	if running {
		f.clock.floor = max(f.clock.floor, r.env.Calendar.Add(day, 1))
	}
	if ch.New == "不成立" && f.clock == r.clocks.lead {
		r.rejected = true
	}
}

// ask takes a 延期申请 (三(四)).
func (r *replay) ask(a *act, ch casefile.Change, day workday.Date) {
	l := &r.clocks
	i := a.after.Index(ch)
	if i < 0 || l.lead == nil || r.state == Improving {
		return
	}
	e := &a.after.Extensions[i]
	limits := r.limits()
	cal := r.env.Calendar
	due := r.due(l.lead, day)
	latest, earliest := due, workday.Date(0)
	switch limits.ExtensionMode {
	case "窗口":
		earliest = cal.Add(due, -limits.ExtensionAhead)
	case "提前":
		latest = cal.Add(due, -limits.ExtensionAhead)
	}
	timely := day <= latest && day >= earliest
	switch {
	case day > latest:
		r.fault("extension-late", ch.Key, r.lead, "延期申请应在 "+latest.String()+" 前（含当日）提出，本次 "+day.String()+" 提出", "逾期的申请只有获得同意才生效，请尽快反馈")
	case day < earliest:
		r.fault("extension-early", ch.Key, r.lead, "延期申请应在到期日 "+due.String()+" 前 "+itoa(limits.ExtensionAhead)+" 个工作日内提出，本次 "+day.String()+" 过早", earliest.String()+" 起再提出")
	}
	l.asked++
	l.askedDays += e.Days
	if l.asked > limits.ExtensionCount {
		r.fault("extension-count", ch.Key, r.lead, "本次推送已申请延期 "+itoa(l.asked-1)+" 次，规定最多 "+itoa(limits.ExtensionCount)+" 次", "遇特殊重大问题的，按一事一议由联席会议确定办理时间")
	}
	if l.askedDays > limits.ExtensionCap && !l.lead.agreed {
		r.fault("extension-cap", ch.Key, r.lead, "延期累计 "+itoa(l.askedDays)+" 个工作日，原则上不得超过 "+itoa(limits.ExtensionCap)+" 个工作日（三(四)）", "申请天数: "+itoa(max(limits.ExtensionCap-l.askedDays+e.Days, 0)))
	}
	q := request{entryKey: keyOf(ch), days: e.Days, timely: timely, clock: l.lead}
	if l.lead.open() {
		q.waiting = true
		if timely {
			l.lead.pending++
		}
		q.waits = r.start(timer{kind: ConfirmClock, unit: r.env.officeUnit(), role: "联席办", start: day, limit: limits.ConfirmObject, class: Internal, clause: "三(四)"})
	}
	l.requests = append(l.requests, q)
}

// grant decides a 延期申请: a late one counts only if granted.
func (r *replay) grant(ch casefile.Change, day workday.Date) {
	q := find(r.clocks.requests, func(q request) entryKey { return q.entryKey }, keyOf(ch))
	if q == nil {
		return
	}
	if ch.New == "同意" {
		r.freezeCo(day)
		q.clock.extended += q.days
	} else if q.timely && q.clock.open() {
		r.freezeCo(day)
		q.clock.floor = max(q.clock.floor, r.env.Calendar.Add(day, 1))
	}
	q.settle(day, false)
}

// settle ends the wait of a request.
func (q *request) settle(day workday.Date, dropped bool) {
	if !q.waiting {
		return
	}
	q.waiting = false
	if q.timely {
		q.clock.pending--
	}
	if dropped {
		q.waits.drop(day)
	} else {
		q.waits.stop(day)
	}
}

// answer takes a 反馈: it stops the clock, and closes a request that waits.
func (r *replay) answer(ch casefile.Change, day workday.Date) {
	l := &r.clocks
	clock := l.lead
	if r.state == Improving {
		clock = l.improve
	}
	ans := answer{entryKey: keyOf(ch), day: day, clock: clock}
	if clock != nil && clock.open() {
		ans.timely = day <= r.due(clock, day)
		clock.stop(day)
	}
	for i := range l.requests {
		l.requests[i].settle(day, true)
	}
	l.answers = append(l.answers, ans)
	unit := r.env.officeUnit()
	if r.env.ownedByOffice(r.lead) {
		unit = r.otherSupervisor()
	}
	l.review = r.start(timer{kind: ReviewClock, unit: unit, role: "联席办", start: day, limit: r.limits().Review, class: Internal, clause: "三(五)"})
}

// otherSupervisor is the 监督考评 unit that reviews the office's own tasks.
func (r *replay) otherSupervisor() string {
	for _, u := range r.env.Config.Units {
		if u.Has(config.Supervisor) && u.Name != r.lead {
			return u.Name
		}
	}
	return r.env.officeUnit()
}

// review takes 审核 of a feedback: returned, the clock runs on, less the days
// that a timely feedback lay under review.
func (r *replay) review(ch casefile.Change, day workday.Date) {
	l := &r.clocks
	ans := find(l.answers, func(a answer) entryKey { return a.entryKey }, keyOf(ch))
	l.review.stop(day)
	if ans == nil || ch.New != "退回" || ans.clock == nil {
		return
	}
	if ans.clock.stopped == ans.day && !ans.clock.dropped {
		if ans.clock == l.lead {
			r.freezeCo(day)
		}
		ans.clock.reopen()
		if ans.timely {
			ans.clock.pauses = append(ans.clock.pauses, pause{from: ans.day, to: day, why: "反馈审核", entry: ans.entryKey})
			ans.clock.floor = max(ans.clock.floor, r.env.Calendar.Add(day, 1))
		}
	}
}

// evaluated checks that nobody evaluates its own work (三(五)).
func (r *replay) evaluated(a *act, ch casefile.Change) {
	e := evaluationOf(a.after, ch)
	if e == nil {
		return
	}
	r.clocks.evaluate.stop(workday.Of(a.at))
	self := ""
	for _, unit := range r.leads {
		if e.Unit == unit || a.who.checked && slices.Equal(a.who.Units, []string{unit}) {
			self = unit
		}
	}
	if self != "" {
		r.fault("self-evaluation", ch.Key, self, "“"+self+"”承办（或曾承办）本事项，不能自行评估", "由未承办过本事项的单位评估，“单位”填写该单位")
	}
}

// edit is what a change of a plain key does to the clocks.
func (r *replay) edit(a *act, ch casefile.Change) {
	day := workday.Of(a.at)
	switch ch.Key {
	case "协办单位":
		r.syncCo(a.after.Co, day)
	case "紧急程度":
		r.tunePush(a.after)
	case "原渠道期限":
		r.tuneSource(a.after)
	}
}

// recordEvent is a record that came without a change of state.
func (r *replay) recordEvent(a *act, ch casefile.Change, t taker) {
	e := Event{Kind: Record, Unit: t.unit, Proxy: t.proxy}
	day := workday.Of(a.at)
	switch {
	case ch.Key == "协办反馈":
		e.Title = "协办反馈"
		for _, c := range r.clocks.co {
			if c.unit == ch.Field && ch.New != "" {
				c.feedback.stop(day)
			}
		}
	case ch.Kind == casefile.Decided:
		e.Kind = Decision
		e.Title = ch.Key + "：" + ch.New
		if ch.Field == "依据" || ch.Field == "退回原因" {
			return
		}
		e.Entries = r.enterInto(nil, a, ch)
		r.record(a, ch, t.unit, day)
	case ch.Key == "代录" || ch.Key == "更正":
		return
	default:
		e.Title, e.Reason = recordTitle(a.after, ch)
		e.Entries = r.enterInto(nil, a, ch)
		r.record(a, ch, t.unit, day)
	}
	r.event(a, e)
}
