package workflow

import (
	"slices"

	"suqiu/internal/casefile"
	"suqiu/internal/config"
	"suqiu/internal/workday"
)

// corrects reports whether an act is a 更正 (row 22).
func (r *replay) corrects(a *act) bool {
	return slices.ContainsFunc(a.changes, func(ch casefile.Change) bool {
		return ch.Key == "更正" && ch.Kind == casefile.Added
	})
}

// timeKeys are what clocks depend on: moving one needs a 依据.
var timeKeys = []string{"承办单位", "限办天数", "会议议定期限.日期", "下次研究日期", "原渠道期限", "说明单", "延期申请", "反馈", "改进"}

// correct takes a 更正: as if the mended step had not happened. A changed
// 承办单位 is a new push.
func (r *replay) correct(a *act) {
	landing := r.env.Landings[a.landing].At
	a.at = landing
	if a.at.Before(r.last) {
		a.at = r.last
	}
	r.last = a.at
	r.look(a)
	day := workday.Of(a.at)
	if a.who.checked && a.who.known() && !a.who.Has(config.Office) {
		r.fault("transition-actor", "更正", a.who.unit(), "“更正”应由联席办填写，本次由"+a.who.shown()+"提交", "请联席办提交")
	}
	entry := r.lastCorrection(a)
	to := a.to
	if to == "" {
		to = r.state
	}
	timed := to != r.state || slices.ContainsFunc(a.changes, func(ch casefile.Change) bool { return slices.Contains(timeKeys, ch.Key) })
	switch {
	case entry == nil:
	case entry.Reason == "":
		r.fault("correction-unfounded", "更正", a.who.unit(), "更正没有写明“原因”", "原因: 写明更正什么、为什么")
	case timed && entry.Basis == "":
		r.fault("correction-unfounded", "更正", a.who.unit(), "更正影响办理时限，须写明“依据”（会议纪要或传签的编号）", "依据: CQ2026-07")
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
	kind := Transition
	if from == to {
		kind = Edit
	}
	title, reason := "更正", ""
	if entry != nil {
		reason = entry.Reason
		if entry.Matter != "" {
			title += "：" + entry.Matter
		}
	}
	r.event(a, Event{Row: Correct, Kind: kind, From: from, To: to, Unit: r.officeName(a), Title: title, Reason: reason})
	switch to {
	case Closed, NotPushed, Merged, Withdrawn:
		r.dropAll(day)
	}
	r.enter(to)
}

func (r *replay) lastCorrection(a *act) *casefile.Correction {
	if n := len(a.after.Corrections); n > 0 {
		return &a.after.Corrections[n-1]
	}
	return nil
}

// undo takes the case back to when it last came into a state: the acts since
// then are void, and the earlier ones are taken again in silence.
func (r *replay) undo(to State) {
	keep := -1
	events := r.life.Events
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Kind == Transition && !events[i].Voided && events[i].To == to {
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
	n := slices.IndexFunc(r.acts, func(a act) bool { return a.landing == last.Landing && a.commit == last.Commit })
	if n < 0 && (r.found == nil || r.found.Landing != last.Landing) {
		return
	}
	again := slices.Clone(r.acts[:n+1])
	fresh := replay{env: r.env, h: r.h} // its own events and faults are told already
	if r.found != nil {
		fresh.takeAsFound(r.found)
	}
	fresh.again = true
	for i := range again {
		fresh.take(&again[i])
	}
	fresh.life, fresh.acts = r.life, again
	fresh.landing, fresh.commit, fresh.author, fresh.last = r.landing, r.commit, r.author, r.last
	fresh.leads = r.leads
	fresh.quarter, fresh.counted, fresh.facts, fresh.sights, fresh.again = r.quarter, r.counted, r.facts, r.sights, r.again
	*r = fresh
}

// mend takes over what a correction changes in plain keys and records.
func (r *replay) mend(a *act, day workday.Date) {
	for _, ch := range a.changes {
		switch ch.Key {
		case "会议议定期限.日期":
			r.agree(a.after.Agreed.Date, day)
		case "限办天数":
			if t := r.clocks.lead; t != nil && a.after.LimitDays > 0 {
				t.limit = a.after.LimitDays
			}
		case "协办单位":
			r.syncCo(a.after.Co, day)
		case "原渠道期限":
			r.tuneSource(a.after)
		case "紧急程度":
			r.tunePush(a.after)
		case "延期申请":
			r.mendRequest(a, ch)
		}
	}
}

// mendRequest follows a 延期申请 whose text was corrected.
func (r *replay) mendRequest(a *act, ch casefile.Change) {
	if ch.Kind != casefile.Removed {
		return
	}
	q := find(r.clocks.requests, func(q request) entryKey { return q.entryKey }, keyOf(ch))
	if q == nil {
		return
	}
	for _, other := range a.changes {
		if other.Key != ch.Key || other.Kind != casefile.Added {
			continue
		}
		if i := a.after.Index(other); i >= 0 {
			days := a.after.Extensions[i].Days
			if !q.waiting && q.clock.extended >= q.days {
				q.clock.extended += days - q.days
			}
			q.entryKey, q.days = keyOf(other), days
			return
		}
	}
}
