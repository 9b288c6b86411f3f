// Package replay follows the steps of a case through the transition table into
// its life: its state, what happened, its clocks, and what was wrong.
package replay

import (
	"slices"
	"strings"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Case derives a case's life from its landings. It never fails: what does
// not fit the table is a fault, and the state that landed holds.
func Case(h *timeline.CaseHistory, env Env) workflow.Life {
	if env.Table == nil {
		env.Table = workflow.Regulation()
	}
	if env.Calendar == nil {
		env.Calendar = env.Config.Calendar
	}
	r := &replay{env: &env, table: env.Table, h: h}
	for i := range h.Landings {
		r.land(&h.Landings[i])
	}
	r.finish()
	return r.life
}

// replay is the case as far as it has been followed.
type replay struct {
	env   *Env
	table *workflow.Table
	h     *timeline.CaseHistory
	life  workflow.Life
	steps []commitStep // so far, to start over when a correction undoes some

	inherited *timeline.CaseLanding // at the 基线, from which the acts go on; nil: the case is younger

	state        workflow.State
	lead         string
	leads        []string // every unit that has been in charge
	co           []string
	pushes       int
	feedbackFrom workflow.State // where row 13 came from
	rejected     bool           // an objection to this push was found unfounded
	last         time.Time
	landing      int // in hand
	commit       string
	author       string

	timers []*clock.Timer
	clocks clocks
	seq    int      // of the ops and timers so far
	coDone []string // co-handlers who have answered

	quarter   workday.Quarter // of the act in hand, as far as sights have come
	counted   workday.Date    // day in whose quarter that act is counted
	facts     workflow.Facts
	sights    []sight // at the ends of the quarters so far
	corrected bool    // a 更正 may have changed what they saw
	again     bool    // a quarter is looked at again: nothing is taken down
}

// commitStep is one step, or consecutive steps of one unit in one landing.
type commitStep struct {
	who           actor
	commit        string
	landing       int
	authored      time.Time
	committed     time.Time
	to            workflow.State // the 状态 it states; empty: none
	changes       []record.Change
	before, after *record.Case
	at            time.Time
	counted       workday.Date // see Event.Counts
	pushes        int          // of a 更正: the push in force when it was made
	moves         bool         // it takes a row
}

func (r *replay) limits() config.Limits { return r.env.ConfigAt(r.landing).Limits }

// today is the day of the landing in hand.
func (r *replay) today() workday.Date { return workday.Of(r.env.Landings[r.landing].At) }

// land takes one landing: its steps are joined to acts, and each is taken.
func (r *replay) land(l *timeline.CaseLanding) {
	r.landing = l.Landing
	landing := &r.env.Landings[l.Landing]
	if l.After == nil {
		if l.Landing <= r.env.Baseline {
			return
		}
		r.commit, r.author = landing.Commit, landing.Author.Email
		if len(l.Steps) > 0 {
			r.commit, r.author = l.Steps[0].Commit, l.Steps[0].Author.Email
		}
		r.fault("case-deleted", "", r.lead, "事项文件被删除：入库的事项不得删除",
			"恢复该文件（入库的编号不得更改）；不再办理的改“状态”为“已撤回”“不推送”或“已合并”")
		return
	}
	if l.Landing <= r.env.Baseline {
		r.takeInherited(l)
		return
	}
	acts := r.join(l)
	for i := range acts {
		r.take(&acts[i])
	}
}

// take lets one act happen: its rows in order, each with the records it
// brings, then what it changes without a change of state.
func (r *replay) take(a *commitStep) {
	r.landing, r.commit, r.author = a.landing, a.commit, a.who.email
	if a.who.checked && !a.who.known() {
		message := "提交人邮箱 " + a.who.email + " 没有登记在 suqiu.yaml 中，无法确定是哪个单位"
		if a.who.email == "" {
			message = "提交没有写邮箱，无法确定是哪个单位"
		}
		r.fault("author-unknown", "", "", message, registerFix(a.who.email))
	}
	if r.state == "" && a.to == "" {
		return // without a 状态 nothing can be judged; that it is missing is told of
	}
	if r.corrects(a) {
		r.correct(a)
		r.steps = append(r.steps, *a)
		return
	}
	hops := r.route(a)
	a.moves = len(hops) > 0
	by := make([]authorised, len(hops))
	for i, h := range hops {
		by[i] = r.takes(a, h)
	}
	a.at = r.when(a, by)
	r.last = a.at
	r.look(a)
	r.noteDelay(a, by)
	if a.before == nil && r.state == "" && a.after.Inherited != (record.Inherited{}) {
		r.inheritedTooLate(a)
	}
	if len(by) > 0 {
		r.tellWash(a, by[0])
	}
	left := r.split(a, hops)
	early := left[:0:0]
	late := left[:0:0]
	for _, ch := range left {
		if len(hops) == 0 || r.state != "" && r.permitted(a, ch) {
			early = append(early, ch)
		} else {
			late = append(late, ch)
		}
	}
	r.apply(a, early)
	for i, h := range hops {
		r.hop(a, h, by[i])
	}
	r.apply(a, late)
	r.fit(r.state, workday.Of(a.at)) // also what a record began where there was no place for it
	r.steps = append(r.steps, *a)
}

// registerFix is how an address becomes known. One that GitLab's web editor
// puts in for a person's own belongs to that person alone.
func registerFix(email string) string {
	if email == "" {
		return "请运行 git config user.email 写上本单位邮箱，再运行 git commit --amend --reset-author 重新提交"
	}
	if strings.Contains(strings.ToLower(email), "@users.noreply.") {
		return "这是 GitLab 网页编辑的代用邮箱：请在 GitLab“用户设置”中把提交邮箱改为单位邮箱，" +
			"或请联席办在“人员”中登记 - {邮箱: " + email + ", 单位: 单位名称}"
	}
	return "请联席办在“单位”的“邮箱”或“人员”中登记，或改用本单位邮箱重新提交"
}

// route is the way through the table from the present state to the stated one.
func (r *replay) route(a *commitStep) []workflow.Hop {
	to := a.to
	if to == "" {
		to = r.state
	}
	newLead := r.pushes > 0 && changed(a, "承办单位") && a.after.Lead != r.lead
	switch {
	case to == r.state && newLead && r.state == workflow.Pushed:
		return []workflow.Hop{{Row: r.first(workflow.Pushed, workflow.Pushed), From: workflow.Pushed,
			To: workflow.Pushed}}
	case to == r.state:
		return nil
	}
	if row := r.pick(a, to); row != nil {
		return []workflow.Hop{{Row: row, From: r.state, To: to}}
	} else if r.state == workflow.FedBack && to == workflow.LongTerm {
		return []workflow.Hop{{From: r.state, To: to}}
	}
	ways := r.table.Ways(r.state, to)
	for _, way := range ways {
		if r.mayGo(a, way) && r.complete(a, way) {
			return way
		}
	}
	for _, way := range ways {
		if r.complete(a, way) {
			return way // the way is clear, and who may not go it is told so
		}
	}
	return []workflow.Hop{{From: r.state, To: to}}
}

// first is the first row that leads straight from one state to another; nil if
// none does.
func (r *replay) first(from, to workflow.State) *workflow.Row {
	for i := range r.table.Rows {
		if row := &r.table.Rows[i]; row.Leads(from, to) {
			return row
		}
	}
	return nil
}

// pick finds the row that leads straight to a state. 已反馈 → 长期推进 is either
// a decision (11) or a return (14): what comes with it tells.
func (r *replay) pick(a *commitStep, to workflow.State) *workflow.Row {
	m := r.move(a, r.state, to)
	first := r.first(r.state, to)
	if r.state == workflow.FedBack && to == workflow.LongTerm {
		for i := range r.table.Rows {
			row := &r.table.Rows[i]
			if row.Leads(r.state, to) && (row.Mark != workflow.Returns && m.PutOff() || row.Mark == workflow.Returns &&
				r.feedbackFrom == workflow.LongTerm) {
				return row
			}
		}
		return nil
	}
	for i := range r.table.Rows {
		if row := &r.table.Rows[i]; row.Leads(r.state, to) && len(row.Missing(m)) == 0 {
			return row
		}
	}
	return first
}

// move is a row about to be taken by an act.
func (r *replay) move(a *commitStep, from, to workflow.State) *workflow.Move {
	m := &workflow.Move{Before: a.before, After: a.after, From: from, To: to, Lead: r.lead, Origin: r.feedbackFrom,
		LongTerm: r.limits().LongTerm, Today: r.today(), Calendar: r.env.Calendar}
	for i := range r.clocks.filings {
		if f := &r.clocks.filings[i]; f.overtaken && f.decision == "" {
			m.Overtaken = append(m.Overtaken, f.ID)
		}
	}
	return m
}

// mayGo reports whether the act's author may take each row of a way.
func (r *replay) mayGo(a *commitStep, way []workflow.Hop) bool {
	for _, h := range way {
		if t := r.takes(a, h); t.rule != "" || t.proxy && r.proxyEntry(a, t.unit) == nil {
			return false
		}
	}
	return true
}

// complete reports whether the landing brings what each row of a way needs.
func (r *replay) complete(a *commitStep, way []workflow.Hop) bool {
	for _, h := range way {
		if len(h.Row.Missing(r.move(a, h.From, h.To))) > 0 {
			return false
		}
	}
	return true
}

// hop takes one row.
func (r *replay) hop(a *commitStep, h workflow.Hop, t authorised) {
	if h.Row == nil {
		r.illegal(a, h)
	} else {
		if t.rule != "" {
			r.fault(t.rule, "状态", a.who.unit(), t.message, t.fix)
		}
		for _, l := range h.Row.Missing(r.move(a, h.From, h.To)) {
			r.fault(l.Rule, l.Key, t.unit, l.Message, l.Fix)
		}
	}
	title, reason := describe(h, a)
	row := 0
	if h.Row != nil {
		row = h.Row.N
	}
	e := workflow.Event{Row: row, Kind: workflow.Transition, From: h.From, To: h.To, Unit: t.unit, Proxy: t.proxy,
		Title: title, Reason: reason}
	for _, ch := range a.changes {
		if h.Covers(ch) && isRecord(ch) {
			e.Entries = r.enterInto(e.Entries, a, ch)
		}
	}
	r.event(a, e)
	day := workday.Of(a.at)
	for _, ch := range a.changes {
		if h.Covers(ch) && isRecord(ch) {
			r.record(a, ch, t.unit, day)
		}
	}
	if a.who.is(r.lead) || t.proxy && t.unit == r.lead {
		r.stop(r.clocks.accept, day)
	}
	r.effects(a, h, day)
	r.enter(h.To)
}

func (r *replay) illegal(a *commitStep, h workflow.Hop) {
	from := string(h.From)
	if from == "" {
		from = "（新登记）"
	}
	var next []string
	for i := range r.table.Rows {
		if row := &r.table.Rows[i]; row.Leaves(h.From) {
			for _, to := range row.To {
				if !slices.Contains(next, string(to)) {
					next = append(next, string(to))
				}
			}
		}
	}
	fix := "改由联席办以“更正”说明"
	if len(next) > 0 {
		fix = "下一步可以是：" + join(next) + "；确需如此的，由联席办写一条“更正”"
	}
	r.fault("transition-illegal", "状态", a.who.unit(), "状态不能由“"+from+"”直接改为“"+string(h.To)+"”", fix)
}

func (r *replay) enter(s workflow.State) { r.state = s }

// event records what happened.
func (r *replay) event(a *commitStep, e workflow.Event) {
	landing := &r.env.Landings[a.landing]
	e.N = len(r.life.Events) + 1
	e.At, e.Landing, e.Commit, e.Author = timeline.MomentOf(a.at), a.landing, a.commit, a.who.email
	e.Pending, e.Counted = landing.Pending, r.counted
	if e.From == "" && e.Kind != workflow.Transition {
		e.From, e.To = r.state, r.state
	}
	r.life.Events = append(r.life.Events, e)
}

func (r *replay) fault(rule, key, unit, message, fix string) {
	r.life.Faults = append(r.life.Faults, problem.Problem{Rule: rule, Key: key, Unit: unit, Event: len(r.life.Events) +
		1,
		Commit: r.commit, Author: r.author, Landing: r.landing, Message: message, Fix: fix})
}

func changed(a *commitStep, key string) bool {
	return slices.ContainsFunc(a.changes, func(ch record.Change) bool { return ch.Key == key })
}

func join(names []string) string { return strings.Join(names, "、") }
