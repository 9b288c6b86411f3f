package workflow

import (
	"slices"
	"suqiu/internal/clock"

	"suqiu/internal/record"
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
			r.agree(a.after, clock.Agree, day)
		}
	case 11:
		r.dropTask(day)
	case 13:
		if r.feedbackFrom = h.from; h.from == Objected || h.from == Escalated {
			r.feedbackFrom = Handling // what was filed is withdrawn
		}
		if !slices.ContainsFunc(a.changes, func(ch record.Change) bool { return ch.Key == "反馈" && ch.Kind == record.Added }) {
			r.answered(answer{day: day}, h.from) // nothing was written, and the state that landed holds
		}
	case 14:
		if n := len(l.answers); n > 0 {
			r.sendBack(&l.answers[n-1], day) // also where nobody wrote 退回
		}
	case 15:
		r.stop(l.review, day)
		if h.to == Evaluating {
			l.evaluate = r.office(clock.Evaluate, r.env.officeUnit(), day, r.limits().Evaluate, "三(五)")
		}
	case 16, 17:
		r.stop(l.evaluate, day)
	case 18:
		l.lead = r.start(clock.Timer{Kind: clock.Feedback, Unit: r.lead, Role: clock.Lead, Start: day, Class: clock.Agreed, Clause: "三(四)", Fixed: a.after.Agreed.Date, Agreed: true})
		l.co = nil
		r.syncCo(a.after.Co, day)
	case 19:
		r.stop(l.push, day)
	}
	switch h.to {
	case Merged, Withdrawn, Closed, NotPushed:
		r.dropAll(day)
	}
}

// record is what one entry of a list does to the clocks.
func (r *replay) record(a *act, ch record.Change, unit string, day workday.Date) {
	switch ch.Key {
	case "说明单":
		switch {
		case ch.Kind == record.Added:
			r.file(a, ch, day)
		case ch.Kind == record.Decided && ch.Field == "决定":
			r.decide(a, ch, day)
		}
	case "延期申请":
		switch {
		case ch.Kind == record.Added:
			r.ask(a, ch, day)
		case ch.Kind == record.Decided && ch.Field == "决定":
			r.grant(a, ch, day)
		}
	case "反馈":
		switch {
		case ch.Kind == record.Added:
			r.answer(a, ch, day)
		case ch.Kind == record.Decided && ch.Field == "审核":
			r.review(ch, day)
		}
	case "评估":
		if ch.Kind == record.Added {
			r.evaluated(a, ch)
		}
	case "改进":
		if i := a.after.Index(ch); i >= 0 && ch.Kind == record.Added {
			r.improveBy(a.after.Improvements[i].Due, day)
		}
	}
}

// improveBy starts an improvement, which takes the place of what the lead had
// promised: due on its own day, or after the usual time.
func (r *replay) improveBy(due, day workday.Date) {
	l := &r.clocks
	r.drop(l.improve, day)
	r.drop(l.promise, day)
	t := clock.Timer{Kind: clock.Improve, Unit: r.lead, Role: clock.Lead, Start: day, Limit: r.limits().Improve, Class: clock.Internal, Clause: "三(五)"}
	if due != 0 {
		t.Fixed, t.Limit, t.Class = due, 0, clock.Statutory
	}
	l.improve, l.unimproved = r.start(t), false
}

// evaluated checks that nobody evaluates its own work (三(五)).
func (r *replay) evaluated(a *act, ch record.Change) {
	e := evaluationOf(a.after, ch)
	if e == nil {
		return
	}
	r.stop(r.clocks.evaluate, workday.Of(a.at))
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
func (r *replay) edit(a *act, ch record.Change) {
	day := workday.Of(a.at)
	switch ch.Key {
	case "协办单位":
		r.syncCo(a.after.Co, day)
	case "紧急程度":
		r.tunePush(a.after)
	case "原渠道期限":
		r.tuneSource(a.after, day)
	}
}

// recordEvent is a record that came without a change of state.
func (r *replay) recordEvent(a *act, ch record.Change, t taker) {
	e := Event{Kind: Record, Unit: t.unit, Proxy: t.proxy}
	day := workday.Of(a.at)
	switch {
	case ch.Key == "协办反馈":
		e.Title = "协办反馈"
		if ch.New != "" {
			r.coAnswered(ch.Field, day)
		}
	case ch.Kind == record.Decided:
		e.Kind = Decision
		e.Title = ch.Key + "：" + ch.New
		if ch.Field != "决定" && ch.Field != "审核" {
			return // told with the decision
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

// coAnswered stops the clock of a co-handler, who is not timed again.
func (r *replay) coAnswered(unit string, day workday.Date) {
	for _, c := range r.clocks.co {
		if c.unit == unit {
			r.stop(c.feedback, day)
		}
	}
	if !slices.Contains(r.coDone, unit) {
		r.coDone = append(r.coDone[:len(r.coDone):len(r.coDone)], unit)
	}
}
