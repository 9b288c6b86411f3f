package replay

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// effects is what a row does to the clocks, beyond the records it brings.
func (r *replay) effects(a *commitStep, h workflow.Hop, day workday.Date) {
	newLead := a.after.Lead != "" && a.after.Lead != r.lead
	switch {
	case h.From == "":
		r.register(a, day)
	case h.To == workflow.Pushed && (newLead || r.pushes == 0):
		r.startPush(a, day)
		return
	}
	if h.Row != nil {
		for _, kind := range h.Row.Stops {
			r.stopKind(kind, day)
		}
		switch h.Row.Does {
		case workflow.Agrees:
			if changed(a, "会议议定期限.日期") {
				r.agree(a.after, clock.Agree, day)
			}
		case workflow.Suspends:
			r.dropTask(day)
		case workflow.Resumes:
			r.resume(a, day)
		}
		switch h.Row.Mark {
		case workflow.Answers:
			r.fedBack(a, h, day)
		case workflow.Returns:
			// Also where nobody wrote 退回.
			if n := len(r.clocks.answers); n > 0 {
				r.sendBack(&r.clocks.answers[n-1], day)
			}
		}
		if h.Row.Start != "" {
			r.office(h.Row.Start, day)
		}
	}
	if !r.table.IsOpen(h.To) {
		r.dropAll(day)
	}
}

// fedBack keeps where a feedback came from. One that nobody has written is
// answered all the same: the state that landed holds.
func (r *replay) fedBack(a *commitStep, h workflow.Hop, day workday.Date) {
	r.feedbackFrom = workflow.CameFrom(h.From)
	if !slices.ContainsFunc(a.changes, func(ch record.Change) bool {
		return ch.Key == "反馈" &&
			ch.Kind == record.Added
	}) {
		r.answered(answer{day: day}, h.From)
	}
}

// resume takes a case up again, which now works to an agreed date.
func (r *replay) resume(a *commitStep, day workday.Date) {
	l := &r.clocks
	l.lead = r.start(clock.Timer{Kind: clock.Feedback, Unit: r.lead, Role: clock.Lead, Start: day, Class: clock.Agreed,
		Clause: "三(四)", Fixed: a.after.Agreed.Date, Agreed: true})
	l.co = nil
	r.syncCo(a.after.Co, day)
}

// record is what one entry of a list does to the clocks.
func (r *replay) record(a *commitStep, ch record.Change, unit string, day workday.Date) {
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
	t := clock.Timer{Kind: clock.Improve, Unit: r.lead, Role: clock.Lead, Start: day, Limit: r.limits().Improve,
		Class: clock.Internal, Clause: "三(五)"}
	if due != 0 {
		t.Fixed, t.Limit, t.Class = due, 0, clock.Statutory
	}
	l.improve, l.unimproved = r.start(t), false
}

// evaluated checks that nobody evaluates its own work (三(五)).
func (r *replay) evaluated(a *commitStep, ch record.Change) {
	e := evaluationOf(a.after, ch)
	if e == nil {
		return
	}
	r.stopKind(clock.Evaluate, workday.Of(a.at))
	self := ""
	for _, unit := range r.leads {
		if e.Unit == unit || a.who.checked && slices.Equal(a.who.Units, []string{unit}) {
			self = unit
		}
	}
	if self != "" {
		r.fault("self-evaluation", ch.Key, self, "“"+self+"”承办（或曾承办）本事项，不能自行评估",
			"由未承办过本事项的单位评估，“单位”填写该单位")
	}
}

// edit is what a change of a plain key does to the clocks.
func (r *replay) edit(a *commitStep, ch record.Change) {
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
func (r *replay) recordEvent(a *commitStep, ch record.Change, t authorised) {
	e := workflow.Event{Kind: workflow.Record, Unit: t.unit, Proxy: t.proxy}
	day := workday.Of(a.at)
	switch {
	case ch.Key == "协办反馈":
		e.Title = "协办反馈"
		if ch.New != "" {
			r.coAnswered(ch.Field, day)
		}
	case ch.Kind == record.Decided:
		e.Kind = workflow.Decision
		e.Title = ch.Key + "：" + ch.New
		if !isDecision(ch) {
			return // told with the decision
		}
		e.Entries = r.enterInto(nil, a, ch)
		r.record(a, ch, t.unit, day)
	case isNote(ch):
		return
	default:
		e.Title, e.Reason = r.table.TellEntry(a.after, ch)
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
