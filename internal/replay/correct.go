package replay

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// corrects reports whether an act is a 更正 (row 22).
func (r *replay) corrects(a *commitStep) bool {
	return slices.ContainsFunc(a.changes, func(ch record.Change) bool {
		return ch.Key == "更正" && ch.Kind == record.Added
	})
}

// timeKeys are what clocks depend on: moving one needs a 依据.
var timeKeys = []string{"承办单位", "限办天数", "会议议定期限.日期", "下次研究日期", "原渠道期限", "说明单",
	"延期申请", "反馈", "改进"}

// correct takes a 更正: as if the mended step had not happened. A changed
// 承办单位 is a new push.
func (r *replay) correct(a *commitStep) {
	landing := r.env.Landings[a.landing].At
	a.at = landing
	if a.at.Before(r.last) {
		a.at = r.last
	}
	r.last = a.at
	r.look(a)
	day := workday.Of(a.at)
	if a.who.checked && a.who.known() {
		switch own := r.ownTaskAfter(a.after); {
		case own && r.independent(a.who):
		case !a.who.Has(config.Office):
			r.fault("transition-actor", "更正", a.who.unit(), "“更正”应由联席办填写，本次由"+a.who.shown()+"提交",
				"请联席办提交")
		case own:
			t := r.washes(a, "更正")
			r.fault(t.rule, "更正", t.unit, t.message, t.fix)
		}
	}
	entry := r.lastCorrection(a)
	to := a.to
	if to == "" {
		to = r.state
	}
	timed := to != r.state ||
		slices.ContainsFunc(a.changes, func(ch record.Change) bool { return slices.Contains(timeKeys, ch.Key) })
	switch {
	case entry == nil:
	case entry.Reason == "":
		r.fault("correction-unfounded", "更正", a.who.unit(), "更正没有写明“原因”", "原因: 写明更正什么、为什么")
	case timed && entry.Basis == "":
		r.fault("correction-unfounded", "更正", a.who.unit(), "更正影响办理时限，须写明“依据”（会议纪要或传签的编号）",
			"依据: "+record.PlaceholderAt("更正.依据"))
	}
	from := r.state
	if to != r.state {
		r.undo(to)
	}
	r.corrected, a.pushes = true, r.pushes
	r.mend(a, day)
	if a.after.Lead != r.lead && r.pushes > 0 && a.after.Lead != "" {
		r.voidPush()
		r.startPush(a, day)
	}
	kind := workflow.Transition
	if from == to {
		kind = workflow.Edit
	}
	row := &r.table.Correction
	title, reason := row.Tell(a.after, a.changes, row.EntryOf(a.after, a.changes))
	r.event(a, workflow.Event{Row: row.N, Kind: kind, From: from, To: to, Unit: r.officeName(a), Title: title,
		Reason: reason})
	if !r.table.IsOpen(to) {
		r.dropAll(day)
	}
	r.enter(to)
	r.fit(to, day)
}

func (r *replay) lastCorrection(a *commitStep) *record.Correction {
	if n := len(a.after.Corrections); n > 0 {
		return &a.after.Corrections[n-1]
	}
	return nil
}

// undo takes the case back to when it last came into a state: the acts since
// then are void, and the earlier ones are taken again in silence.
func (r *replay) undo(to workflow.State) {
	keep := -1
	events := r.life.Events
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Kind == workflow.Transition && !events[i].Voided && events[i].To == to {
			keep = i
			break
		}
	}
	if keep < 0 {
		return
	}
	for i := keep + 1; i < len(events); i++ {
		events[i].Voided = true
	}
	last := events[keep]
	n := slices.IndexFunc(r.steps, func(a commitStep) bool {
		return a.landing == last.Landing && a.commit == last.Commit
	})
	if n < 0 && (r.inherited == nil || r.inherited.Landing != last.Landing) {
		return
	}
	again := slices.Clone(r.steps[:n+1])
	fresh := replay{env: r.env, table: r.table, h: r.h} // its own events and faults are told already
	if r.inherited != nil {
		fresh.takeInherited(r.inherited)
	}
	fresh.again = true
	for i := range again {
		fresh.take(&again[i])
	}
	fresh.life, fresh.steps = r.life, again
	fresh.landing, fresh.commit, fresh.author, fresh.last = r.landing, r.commit, r.author, r.last
	fresh.leads = r.leads
	fresh.quarter, fresh.counted, fresh.facts, fresh.sights, fresh.again = r.quarter, r.counted, r.facts, r.sights,
		r.again
	*r = fresh
}

// mend takes over what a correction changes in plain keys and records, as if
// it had always stood there.
func (r *replay) mend(a *commitStep, day workday.Date) {
	for _, ch := range a.changes {
		switch ch.Key {
		case "会议议定期限.日期":
			r.mendAgreed(a.after, day)
		case "限办天数":
			if t := r.clocks.lead; t != nil && t.Limit > 0 {
				if t.Limit = a.after.LimitDays; t.Limit == 0 {
					t.Limit = t.Usual
				}
			}
		case "协办单位":
			r.syncCo(a.after.Co, day)
		case "协办反馈":
			r.mendCo(a, ch, day)
		case "原渠道期限":
			r.tuneSource(a.after, day)
		case "紧急程度":
			r.tunePush(a.after)
		case "延期申请", "说明单", "反馈", "改进":
			r.mendRecord(a, ch, day)
		}
	}
}

func (r *replay) mendAgreed(c *record.Case, day workday.Date) {
	t := r.clocks.lead
	switch {
	case t == nil:
	case c.Agreed.Date != 0:
		r.agree(c, clock.Mend, day)
	default:
		t.Forget(func(o *clock.Op) bool { return o.Kind == clock.Agree || o.Kind == clock.Mend })
	}
}

// mendCo follows a 协办反馈 that was emptied, and runs again, or filled in.
func (r *replay) mendCo(a *commitStep, ch record.Change, day workday.Date) {
	if ch.New != "" {
		r.coAnswered(ch.Field, day)
		return
	}
	r.coDone = slices.DeleteFunc(slices.Clone(r.coDone), func(unit string) bool { return unit == ch.Field })
	for _, c := range r.clocks.co {
		if c.unit == ch.Field {
			c.feedback.Forget(func(o *clock.Op) bool { return o.Kind == clock.Stop })
		}
	}
	r.syncCo(a.after.Co, day)
}

// mendRecord follows a record that was rewritten, removed, or decided otherwise.
func (r *replay) mendRecord(a *commitStep, ch record.Change, day workday.Date) {
	was := keyOf(ch)
	switch ch.Kind {
	case record.Removed:
		for _, other := range a.changes {
			if other.Key == ch.Key && other.Kind == record.Added {
				r.rewrite(a, was, other)
				return
			}
		}
		r.unfile(was)
	case record.Added:
		if !slices.ContainsFunc(a.changes, func(o record.Change) bool {
			return o.Key == ch.Key &&
				o.Kind == record.Removed
		}) {
			r.record(a, ch, r.officeName(a), day)
		}
	case record.Decided, record.Altered:
		r.redecide(a, ch, day)
	}
}

// rewrite gives a record that a correction rewrote its new text.
func (r *replay) rewrite(a *commitStep, was clock.ID, ch record.Change) {
	l := &r.clocks
	i := a.after.Index(ch)
	if i < 0 {
		return
	}
	is := keyOf(ch)
	for _, t := range r.timers {
		t.Rename(was, is)
	}
	if f := find(l.filings, func(f filing) clock.ID { return f.ID }, was); f != nil {
		f.ID = is
		if ch.Key == "延期申请" {
			f.days = a.after.Extensions[i].Days
			r.regrant(f, &a.after.Extensions[i])
		} else {
			f.reason = a.after.Statements[i].Reason
		}
	}
	if ans := find(l.answers, func(a answer) clock.ID { return a.ID }, was); ans != nil {
		ans.ID = is
	}
	if t := l.improve; ch.Key == "改进" && t != nil {
		if t.Fixed, t.Limit, t.Class = a.after.Improvements[i].Due, 0, clock.Statutory; t.Fixed == 0 {
			t.Limit, t.Class = r.limits().Improve, clock.Internal
		}
	}
}

// regrant counts the days of a granted extension anew.
func (r *replay) regrant(f *filing, e *record.Extension) {
	granted := 0
	if e.Decision == "同意" {
		granted = e.Allowed()
	}
	f.clock.Grant(f.ID, granted)
	f.decision, f.granted = e.Decision, granted
}

// unfile takes back a filing that a correction removed.
func (r *replay) unfile(was clock.ID) {
	l := &r.clocks
	i := slices.IndexFunc(l.filings, func(f filing) bool { return f.ID == was })
	if i < 0 {
		return
	}
	f := l.filings[i]
	f.clock.Forget(func(o *clock.Op) bool { return o.Entry == was })
	if f.waits != nil {
		f.waits.Void = true
	}
	l.filings = slices.Delete(slices.Clone(l.filings), i, i+1)
}

// redecide follows a decision that a correction made or altered.
func (r *replay) redecide(a *commitStep, ch record.Change, day workday.Date) {
	l := &r.clocks
	switch {
	case ch.Key == "延期申请" && ch.Field != "依据":
		f := find(l.filings, func(f filing) clock.ID { return f.ID }, keyOf(ch))
		i := a.after.Index(ch)
		switch {
		case f == nil || i < 0:
		case f.decision == "" && ch.Field == "决定":
			r.grant(a, ch, day)
		default:
			r.regrant(f, &a.after.Extensions[i])
		}
	case ch.Key == "说明单" && ch.Field == "决定" && ch.Kind == record.Decided:
		r.decide(a, ch, day)
	case ch.Key == "反馈" && ch.Field == "审核" && ch.New == "通过":
		if ans := find(l.answers, func(a answer) clock.ID { return a.ID }, keyOf(ch)); ans != nil && ans.returned &&
			ans.clock != nil {
			ans.clock.Forget(func(o *clock.Op) bool { return o.Kind == clock.Return && o.Day >= ans.day })
		}
	}
}
