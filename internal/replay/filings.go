package replay

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// file takes a 说明单. One of rows 5 and 8, filed in time, pauses the clock it
// concerns; a 一事一议 holds the lead's.
func (r *replay) file(a *commitStep, ch record.Change, day workday.Date) {
	s := statementOf(a.after, ch)
	l := &r.clocks
	if s == nil || l.lead == nil {
		return
	}
	limits := r.limits()
	f := filing{ID: keyOf(ch), reason: s.Reason, unit: orText(s.Unit, r.lead), role: clock.Lead, push: r.pushes,
		day: day, clock: l.lead}
	if s.Reason == workflow.AdHoc {
		f.timely = l.lead.Open() && day <= r.due(l.lead)
		// A further one after a refusal, or beside one that waits, holds no clock.
		holds := !l.refused && !slices.ContainsFunc(l.filings,
			func(o filing) bool { return o.reason == workflow.AdHoc && o.ended == 0 })
		r.note(l.lead, clock.Op{Kind: clock.Hold, Day: day, Entry: f.ID, Holds: holds, Why: "一事一议待决定"})
		f.waits = r.office(clock.Decide, day)
		l.filings = append(l.filings, f)
		return
	}
	window, rule, what, days := l.objection, "objection-late", "异议", limits.Object
	kind := clock.Confirm
	if s.Reason != workflow.Objection {
		window, rule, what, days = l.statement, "escalation-late", "无法解决或协商未达成一致的说明", limits.Escalate
		kind = clock.Decide
	}
	second := s.Reason == workflow.Objection && r.rejected
	if i := slices.IndexFunc(l.co, func(c coHandler) bool { return c.unit == s.Unit }); i >= 0 && s.Unit != r.lead {
		f.clock, f.role, window, second = l.co[i].feedback, clock.Co, l.co[i].objection, false
	}
	switch {
	case second:
		r.fault("second-objection", ch.Key, s.Unit, "“"+s.Unit+"”对本次推送的异议已被确认不成立，不得再次提出异议",
			"按期办理；确实无法解决的，以“无法解决”报联席会议研究决定")
	case window == nil: // no push opened one: what is late or timely cannot be told
	case day > r.due(window):
		r.fault(rule, ch.Key, s.Unit, what+"应在推送后 "+itoa(days)+" 个工作日内提出，最迟 "+r.due(window).String()+
			"，本次 "+day.String()+" 提出，反馈时限不暂停", "逾期提出的不影响办理时限，请继续办理")
	default:
		f.timely = true
		r.note(f.clock, clock.Op{Kind: clock.Pause, Day: day, Entry: f.ID, RunsOn: !limits.ObjectionPauses,
			Why: s.Reason + "待决定"})
	}
	r.stop(window, day)
	f.waits = r.office(kind, day)
	f.waits.ForCo = f.role == clock.Co
	l.filings = append(l.filings, f)
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// decide takes the 决定 of a 说明单.
func (r *replay) decide(a *commitStep, ch record.Change, day workday.Date) {
	l := &r.clocks
	f := find(l.filings, func(f filing) clock.ID { return f.ID }, keyOf(ch))
	if f == nil || f.ended != 0 && !f.overtaken || f.decision != "" {
		return
	}
	f.decision = ch.New
	r.decided(f, day)
	if f.reason != workflow.AdHoc {
		r.note(f.clock, clock.Op{Kind: clock.Resume, Day: day, Entry: f.ID, Floor: true, Why: f.reason + "待决定"})
		r.rejected = r.rejected || ch.New == "不成立" && f.clock == l.lead
		return
	}
	r.note(f.clock, clock.Op{Kind: clock.Release, Day: day, Entry: f.ID, Floor: true})
	switch {
	case ch.New == "不同意":
		l.refused = true
	case ch.New == "同意" && changed(a, "会议议定期限.日期") && f.clock == l.lead:
		r.agree(a.after, clock.Agree, day)
	}
}

// decided ends the wait of a filing by a decision.
func (r *replay) decided(f *filing, day workday.Date) {
	f.overtaken = false
	if f.ended == 0 {
		f.ended = day
	}
	r.stop(f.waits, day)
}

// ask takes a 延期申请 (三(四)). Only the first of a push holds the clock, and
// none where a meeting has agreed a date.
func (r *replay) ask(a *commitStep, ch record.Change, day workday.Date) {
	l := &r.clocks
	i := a.after.Index(ch)
	if i < 0 || l.lead == nil || r.state == workflow.Improving {
		return
	}
	limits := r.limits()
	cal := r.env.Calendar
	due := r.due(l.lead)
	f := filing{ID: keyOf(ch), unit: r.lead, role: clock.Lead, push: r.pushes, day: day,
		days: a.after.Extensions[i].Days, clock: l.lead}
	o := clock.Op{Kind: clock.Hold, Day: day, Entry: f.ID, Holds: l.requests == 0 && !r.agreed(), Why: "延期申请待决定"}
	earliest := workday.Date(0)
	switch limits.ExtensionMode {
	case "窗口":
		earliest = cal.Add(due, -limits.ExtensionAhead)
	case "提前":
		o.Ahead = limits.ExtensionAhead
	}
	latest := cal.Add(due, -o.Ahead)
	f.timely = day <= latest
	switch {
	case r.agreed():
	case day > latest:
		r.fault("extension-late", ch.Key, r.lead, "延期申请应在 "+latest.String()+" 前（含当日）提出，本次 "+
			day.String()+" 提出", "逾期的申请只有获得同意才生效，请尽快反馈")
	case day < earliest:
		r.fault("extension-early", ch.Key, r.lead, "延期申请应在到期日 "+due.String()+" 前 "+
			itoa(limits.ExtensionAhead)+" 个工作日内提出，本次 "+day.String()+" 过早",
			"不必撤回，申请照样有效；今后 "+earliest.String()+" 这样临近到期时再提出")
	}
	l.requests++
	if l.lead.Open() {
		r.note(l.lead, o)
		f.waits = r.office(clock.Grant, day)
	} else {
		f.ended = day
	}
	l.filings = append(l.filings, f)
}

// grant decides a 延期申请: what is granted counts, not what was asked, and a
// late request only if it is granted.
func (r *replay) grant(a *commitStep, ch record.Change, day workday.Date) {
	l := &r.clocks
	f := find(l.filings, func(f filing) clock.ID { return f.ID }, keyOf(ch))
	if f == nil || f.ended != 0 && !f.overtaken || f.decision != "" {
		return
	}
	f.decision = ch.New
	if i := a.after.Index(ch); i >= 0 && ch.New == "同意" {
		f.granted = a.after.Extensions[i].Allowed()
	}
	if f.granted > 0 && r.agreed() {
		f.granted = 0 // an agreed date is moved by a meeting only
	} else if f.granted > 0 {
		r.granted(ch.Key, f.granted)
	}
	r.note(f.clock, clock.Op{Kind: clock.Release, Day: day, Entry: f.ID, Days: f.granted, Floor: true, Why: "同意延期"})
	r.decided(f, day)
}

// granted counts what was granted in this push.
func (r *replay) granted(key string, days int) {
	l := &r.clocks
	limits := r.limits()
	l.granted++
	l.grantedDays += days
	if l.granted > limits.ExtensionCount {
		r.fault("extension-count", key, r.lead, "本次推送已同意延期 "+itoa(l.granted)+" 次，规定最多 "+
			itoa(limits.ExtensionCount)+" 次", "填写“决定: 不同意”；遇特殊重大问题的，按一事一议由联席会议确定办理时间")
	}
	if left := limits.ExtensionCap - l.grantedDays + days; l.grantedDays > limits.ExtensionCap {
		fix := "填写“决定: 不同意”；遇特殊重大问题的，按一事一议由联席会议确定办理时间"
		if left > 0 {
			fix = "准延天数: " + itoa(left)
		}
		r.fault("extension-cap", key+".准延天数", r.lead, "同意延期累计 "+itoa(l.grantedDays)+
			" 个工作日，原则上不得超过 "+itoa(limits.ExtensionCap)+" 个工作日（三(四)）", fix)
	}
}

// answer takes a 反馈: it stops the clock. A 说明单 of rows 5 and 8 that nobody
// has decided is withdrawn by it, a request is overtaken.
func (r *replay) answer(a *commitStep, ch record.Change, day workday.Date) {
	l := &r.clocks
	i := a.after.Index(ch)
	if i < 0 {
		return
	}
	f := &a.after.Feedback[i]
	if r.state == workflow.Closed {
		if f.Result == "已解决" {
			r.stop(l.promise, day)
		}
		return
	}
	ans := answer{ID: keyOf(ch), day: day}
	if f.Result == "部分解决" {
		ans.partial = f.FollowUpDue
	}
	r.answered(ans, r.state)
}

// answered stops what a feedback given in a state stops, and has it reviewed.
func (r *replay) answered(ans answer, from workflow.State) {
	l := &r.clocks
	if ans.clock = l.lead; from == workflow.Improving {
		ans.clock = l.improve
	}
	r.overtake(ans.day)
	r.stop(ans.clock, ans.day)
	r.stop(l.source, ans.day)
	l.answers = append(l.answers, ans)
	r.dropKind(clock.Review, ans.day)
	r.office(clock.Review, ans.day)
}

// overtake ends what the unit in charge asked for and nobody has decided.
func (r *replay) overtake(day workday.Date) {
	for i := range r.clocks.filings {
		f := &r.clocks.filings[i]
		if f.ended != 0 || f.role != clock.Lead {
			continue
		}
		if !f.request() {
			r.note(f.clock, clock.Op{Kind: clock.Resume, Day: day, Entry: f.ID, Why: f.reason + "待决定"})
		}
		f.overtaken = f.request()
		r.end(f, day)
	}
}

// review takes 审核 of a feedback.
func (r *replay) review(ch record.Change, day workday.Date) {
	l := &r.clocks
	ans := find(l.answers, func(a answer) clock.ID { return a.ID }, keyOf(ch))
	r.stopKind(clock.Review, day)
	switch {
	case ans == nil:
	case ch.New == "退回":
		r.sendBack(ans, day)
	case ch.New == "通过" && ans.partial != 0:
		r.drop(l.promise, day)
		l.promise = r.start(clock.Timer{Kind: clock.Promise, Unit: r.lead, Role: clock.Lead, Start: ans.day,
			Fixed: ans.partial, Class: clock.Internal, Clause: "三(四)"})
	}
}

// sendBack lets the clock that a feedback stopped run on.
func (r *replay) sendBack(ans *answer, day workday.Date) {
	if ans.returned {
		return
	}
	ans.returned = true
	l := &r.clocks
	again := &l.returned
	if ans.clock != nil && ans.clock == l.improve {
		again = &l.unimproved
	}
	r.reopen(ans.clock, day, !*again)
	*again = true
	if l.source != nil && !l.source.Dropped() {
		l.source.Forget(func(o *clock.Op) bool { return o.Kind == clock.Stop }) // its review is not given back
	}
	for i := range l.filings {
		f := &l.filings[i]
		if f.overtaken && f.decision == "" && f.push == r.pushes {
			f.overtaken, f.ended = false, 0
			f.waits.Forget(func(o *clock.Op) bool { return o.Kind == clock.Drop })
		}
	}
}

// told are the filings as a workflow.Life tells them.
func (r *replay) told() []workflow.Filing {
	var list []workflow.Filing
	for i := range r.clocks.filings {
		f := &r.clocks.filings[i]
		t := workflow.Filing{Key: f.Key, Reason: f.reason, Unit: f.unit, Role: f.role, Push: f.push, Filed: f.day,
			Days: f.days, Granted: f.granted,
			Timely: f.timely, Ended: f.ended, Decision: f.decision}
		if f.waits != nil {
			t.Wait, t.Due = f.waits.Kind, r.due(f.waits)
		}
		list = append(list, t)
	}
	return list
}
