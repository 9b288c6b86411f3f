package workflow

import (
	"slices"
	"strings"
	"suqiu/internal/clock"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Replay derives a case's life from its landings. It never fails: what does
// not fit the table is a Fault, and the state that landed holds.
func Replay(h *history.CaseHistory, env Env) Life {
	if env.Calendar == nil {
		env.Calendar = env.Config.Calendar
	}
	r := &replay{env: &env, h: h}
	for i := range h.Landings {
		r.land(&h.Landings[i])
	}
	r.finish()
	return r.life
}

// replay is the case as far as it has been followed.
type replay struct {
	env  *Env
	h    *history.CaseHistory
	life Life
	acts []act // so far, to start over when a correction undoes some

	found *history.CaseLanding // at the 基线, from which the acts go on; nil: the case is younger

	state        State
	lead         string
	leads        []string // every unit that has been in charge
	co           []string
	pushes       int
	feedbackFrom State // where row 13 came from
	rejected     bool  // an objection to this push was found unfounded
	last         time.Time
	landing      int // in hand
	commit       string
	author       string

	timers []*clock.Timer
	clocks ledger
	seq    int      // of the ops and timers so far
	coDone []string // co-handlers who have answered

	quarter   workday.Quarter // of the act in hand, as far as sights have come
	counted   workday.Date    // day in whose quarter that act is counted
	facts     Facts
	sights    []sight // at the ends of the quarters so far
	corrected bool    // a 更正 may have changed what they saw
	again     bool    // a quarter is looked at again: nothing is taken down
}

// act is one step, or consecutive steps of one unit in one landing.
type act struct {
	who           actor
	commit        string
	landing       int
	authored      time.Time
	committed     time.Time
	to            State // the 状态 it states; empty: none
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
func (r *replay) land(l *history.CaseLanding) {
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
		r.fault("case-deleted", "", r.lead, "事项文件被删除：入库的事项不得删除", "恢复该文件（入库的编号不得更改）；不再办理的改“状态”为“已撤回”“不推送”或“已合并”")
		return
	}
	if l.Landing <= r.env.Baseline {
		r.takeAsFound(l)
		return
	}
	acts := r.join(l)
	for i := range acts {
		r.take(&acts[i])
	}
}

// take lets one act happen: its rows in order, each with the records it
// brings, then what it changes without a change of state.
func (r *replay) take(a *act) {
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
		r.acts = append(r.acts, *a)
		return
	}
	hops := r.route(a)
	a.moves = len(hops) > 0
	takers := make([]taker, len(hops))
	for i, h := range hops {
		takers[i] = r.takerOf(a, h)
	}
	a.at = r.when(a, takers)
	r.last = a.at
	r.look(a)
	r.noteDelay(a, takers)
	if a.before == nil && r.state == "" && a.after.Inherited != nil {
		r.foundTooLate(a)
	}
	if len(takers) > 0 {
		r.tellWash(a, takers[0])
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
		r.hop(a, h, takers[i])
	}
	r.apply(a, late)
	r.fit(r.state, workday.Of(a.at)) // also what a record began where there was no place for it
	r.acts = append(r.acts, *a)
}

// registerFix is how an address becomes known. One that GitLab's web editor
// puts in for a person's own belongs to that person alone.
func registerFix(email string) string {
	if email == "" {
		return "请运行 git config user.email 写上本单位邮箱，再运行 git commit --amend --reset-author 重新提交"
	}
	if strings.Contains(strings.ToLower(email), "@users.noreply.") {
		return "这是 GitLab 网页编辑的代用邮箱：请在 GitLab“用户设置”中把提交邮箱改为单位邮箱，或请联席办在“人员”中登记 - {邮箱: " + email + ", 单位: 单位名称}"
	}
	return "请联席办在“单位”的“邮箱”或“人员”中登记，或改用本单位邮箱重新提交"
}

// route is the way through the table from the present state to the stated one.
func (r *replay) route(a *act) []hop {
	to := a.to
	if to == "" {
		to = r.state
	}
	newLead := r.pushes > 0 && changed(a, "承办单位") && a.after.Lead != r.lead
	switch {
	case to == r.state && newLead && r.state == Pushed:
		return []hop{{rowFor(Pushed, Pushed), Pushed, Pushed}}
	case to == r.state:
		return nil
	}
	if row := r.pick(a, to); row != nil {
		return []hop{{row, r.state, to}}
	} else if r.state == FedBack && to == LongTerm {
		return []hop{{nil, r.state, to}}
	}
	ways := paths(r.state, to)
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
	return []hop{{nil, r.state, to}}
}

// pick finds the row that leads straight to a state. 已反馈 → 长期推进 is either
// a decision (11) or a return (14): what comes with it tells.
func (r *replay) pick(a *act, to State) *Row {
	first := rowFor(r.state, to)
	if r.state == FedBack && to == LongTerm {
		// A decision, or a return to where the feedback came from.
		m := &move{r, a.before, a.after, r.state, to}
		switch f := m.lastFeedback(); {
		case m.decidedLongTerm(), f != nil && f.Result == "暂未解决" && f.Review == "通过":
			return first
		case r.feedbackFrom == LongTerm:
			return rowN(14)
		}
		return nil
	}
	for i := range table {
		row := &table[i]
		if row.leads(r.state, to) && len(row.lacks(&move{r, a.before, a.after, r.state, to})) == 0 {
			return row
		}
	}
	return first
}

// mayGo reports whether the act's author may take each row of a way.
func (r *replay) mayGo(a *act, way []hop) bool {
	for _, h := range way {
		if t := r.takerOf(a, h); t.rule != "" || t.proxy && r.proxyEntry(a, t.unit) == nil {
			return false
		}
	}
	return true
}

// complete reports whether the landing brings what each row of a way needs.
func (r *replay) complete(a *act, way []hop) bool {
	for _, h := range way {
		if len(h.row.lacks(&move{r, a.before, a.after, h.from, h.to})) > 0 {
			return false
		}
	}
	return true
}

// hop takes one row.
func (r *replay) hop(a *act, h hop, t taker) {
	if h.row == nil {
		r.illegal(a, h)
	} else {
		if t.rule != "" {
			r.fault(t.rule, "状态", a.who.unit(), t.message, t.fix)
		}
		for _, l := range h.row.lacks(&move{r, a.before, a.after, h.from, h.to}) {
			r.fault(l.rule, l.key, t.unit, l.message, l.fix)
		}
	}
	title, reason := describe(h, a)
	row := 0
	if h.row != nil {
		row = h.row.N
	}
	e := Event{Row: row, Kind: Transition, From: h.from, To: h.to, Unit: t.unit, Proxy: t.proxy, Title: title, Reason: reason}
	for _, ch := range a.changes {
		if covers(h, ch) && isRecord(ch) {
			e.Entries = r.enterInto(e.Entries, a, ch)
		}
	}
	r.event(a, e)
	day := workday.Of(a.at)
	for _, ch := range a.changes {
		if covers(h, ch) && isRecord(ch) {
			r.record(a, ch, t.unit, day)
		}
	}
	if a.who.is(r.lead) || t.proxy && t.unit == r.lead {
		r.stop(r.clocks.accept, day)
	}
	r.effects(a, h, day)
	r.enter(h.to)
}

func (r *replay) illegal(a *act, h hop) {
	from := string(h.from)
	if from == "" {
		from = "（新登记）"
	}
	var next []string
	for i := range table {
		row := &table[i]
		if h.from == "" && len(row.From) == 0 || slices.Contains(row.From, h.from) {
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
	r.fault("transition-illegal", "状态", a.who.unit(), "状态不能由“"+from+"”直接改为“"+string(h.to)+"”", fix)
}

func (r *replay) enter(s State) { r.state = s }

// when dates an act: the office's at the landing; a unit's at the author's
// time, but not before the working day that lies 收件宽限 before the landing's
// day, not after the landing, and not before the case's preceding step.
func (r *replay) when(a *act, takers []taker) time.Time {
	landing := r.env.Landings[a.landing].At
	at := landing
	if unit, proxy := r.actsForUnit(a, takers); proxy {
		if p := r.proxyEntry(a, unit); p != nil && p.Received != 0 {
			at = p.Received.End().Add(-time.Second)
		}
	} else if unit != "" {
		at = r.believed(a.authored, a.landing)
	}
	if at.After(landing) {
		at = landing
	}
	if at.Before(r.last) {
		at = r.last
	}
	return at
}

func (r *replay) believed(said time.Time, landing int) time.Time {
	return Believed(r.env.Calendar, r.env.ConfigAt(landing).Grace, said, r.env.Landings[landing].At)
}

// noteDelay tells the one who merged that a unit's act waited too long.
func (r *replay) noteDelay(a *act, takers []taker) {
	landing := &r.env.Landings[a.landing]
	if a.authored.After(landing.At.Add(10 * time.Minute)) {
		r.fault("commit-from-future", "", a.who.unit(), "提交时间 "+stamp(a.authored)+" 晚于入库时间 "+stamp(landing.At), "校准提交电脑的时钟后重新提交")
	}
	unit, proxy := r.actsForUnit(a, takers)
	if unit == "" || proxy {
		return
	}
	from := r.believed(a.authored, a.landing)
	switch {
	case !a.authored.Before(from):
	case !a.committed.Before(from):
		// Whoever merged had nothing to receive before that.
		r.fault("backdated", "", unit, "提交时间写的是 "+stamp(a.authored)+"，而这次提交生成于 "+stamp(a.committed)+"，与入库时间 "+stamp(landing.At)+" 不一致，按 "+workday.Of(from).String()+" 计", "多为变基、重新提交或电脑时钟不准所致，无须改动；确曾按时提交的，请联席办核对合并请求记录后写“更正”并注明依据")
	default:
		r.fault("receipt-delayed", "", r.env.officeUnit(), unit+" "+stamp(a.authored)+" 提交，"+stamp(landing.At)+" 才入库，超过收件宽限，按 "+workday.Of(from).String()+" 计", "收到合并请求后应在 "+itoa(r.env.ConfigAt(a.landing).Grace)+" 个工作日内合并")
	}
}

func stamp(t time.Time) string { return t.In(workday.Shanghai).Format("2006-01-02 15:04") }

// event records what happened.
func (r *replay) event(a *act, e Event) {
	landing := &r.env.Landings[a.landing]
	e.N = len(r.life.Events) + 1
	e.At, e.Landing, e.Commit, e.Author = history.MomentOf(a.at), a.landing, a.commit, a.who.email
	e.Pending, e.Counted = landing.Pending, r.counted
	if e.From == "" && e.Kind != Transition {
		e.From, e.To = r.state, r.state
	}
	r.life.Events = append(r.life.Events, e)
}

func (r *replay) fault(rule, key, unit, message, fix string) {
	r.life.Faults = append(r.life.Faults, problem.Problem{Rule: rule, Key: key, Unit: unit, Event: len(r.life.Events) + 1,
		Commit: r.commit, Author: r.author, Landing: r.landing, Message: message, Fix: fix})
}

func changed(a *act, key string) bool {
	return slices.ContainsFunc(a.changes, func(ch record.Change) bool { return ch.Key == key })
}

func join(names []string) string {
	out := ""
	for i, n := range names {
		if i > 0 {
			out += "、"
		}
		out += n
	}
	return out
}
