// Package workflow is the transition table of the regulation as one value: its
// states, its rows with all they ask for and do, the steps without a change of
// state, and the rules of each clock. Package replay follows it.
package workflow

import (
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/problem"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// EventKind says what an Event is.
type EventKind string

// The kinds, as the JSON of show names them.
const (
	Transition EventKind = "transition"
	Record     EventKind = "record"
	Decision   EventKind = "decision"
	Edit       EventKind = "edit"
)

// Event is one thing that happened to a case.
type Event struct {
	N        int // from 1
	Row      int // of the transition table; 0 for a change without a change of state
	At       timeline.Moment
	Commit   string // that said it
	Landing  int    // index into the history's landings
	Author   string // e-mail
	Unit     string // the unit that acted; empty if unknown
	Kind     EventKind
	From, To State
	Reason   string  // 理由, 原因, 退回原因 …; may be empty
	Title    string  // what happened, in a few Chinese words: 推送至信息中心
	Entries  []Entry // what it filed or decided, in the order of the change
	Proxy    bool    // 代录
	Pending  bool    // in the merge request under check, not landed
	Voided   bool    // undone by a later 更正

	Counted workday.Date // see Counts
}

// Day is the day that an event counts for.
func (e *Event) Day() workday.Date { return workday.Of(e.At.Time()) }

// Landed is when an event landed, of the landings that it is one of.
func (e *Event) Landed(landings []timeline.Landing) time.Time {
	if e.Landing < 0 || e.Landing >= len(landings) {
		return e.At.Time()
	}
	return landings[e.Landing].At
}

// Entry is what an event did to one entry of a list of the case: it filed it,
// or it filled in its decision.
type Entry struct {
	Key     string // 说明单 延期申请 反馈 评估 改进
	Decided bool   // the decision was filled in; else the entry is new
	Word    string // 事由 or 结果 of a new entry; what was decided: 成立, 同意, 通过, 退回 …
	Unit    string // that filed the entry, or made the 评估
	Method  string // 方式 of a 评估
	Days    int    // 申请天数 of a 延期申请, working days
}

// Filing is a 说明单 or 延期申请 of a case, and what became of it.
type Filing struct {
	Key      string // 说明单, 延期申请
	Reason   string // 事由 of a 说明单; empty: a 延期申请
	Unit     string // that filed it
	Role     string // 承办, 协办
	Push     int    // that it belongs to
	Filed    workday.Date
	Days     int          // 申请天数, working days
	Granted  int          // working days granted; 0: none
	Timely   bool         // in time by its own limit
	Wait     clock.Kind   // of the clock by which it should be decided
	Due      workday.Date // and that clock's due day; zero: it waits on none
	Ended    workday.Date // decided, withdrawn or overtaken by a feedback, or the task ended; zero: it waits
	Decision string       // 决定; empty: none
}

// Waits reports whether the filing waits for a decision.
func (f *Filing) Waits() bool { return f.Ended == 0 }

// Life is a case as of a day.
type Life struct {
	State     State
	Lead      string
	Pushes    int
	Inherited bool // taken over as it stood at the 基线, with the days of its 承接
	Events    []Event
	Clocks    []clock.Clock
	// Filings are the 说明单 and 延期申请, in the order they were filed: those that
	// wait are what the joint meeting has to decide on the case.
	Filings []Filing
	Faults  []problem.Problem // against the workflow or a limit, as the replay met them
	Seen    []Seen            // by quarter: where one saw the case otherwise than it stands today
}
