// Package workflow holds the transition table of the regulation and replays
// the steps of a case into its state, records and clocks.
package workflow

import (
	"time"

	"suqiu/internal/history"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// State is a 状态 of section 5.
type State string

// The states; the last four are closed.
const (
	Registered State = "已登记"
	Analysing  State = "分析中"
	Pushed     State = "已推送"
	Handling   State = "办理中"
	Objected   State = "异议待确认"
	Escalated  State = "待研究决定"
	FedBack    State = "已反馈"
	Evaluating State = "评估中"
	Improving  State = "改进中"
	LongTerm   State = "长期推进"
	Closed     State = "已办结"
	NotPushed  State = "不推送"
	Merged     State = "已合并"
	Withdrawn  State = "已撤回"
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
	At       history.Moment
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
func (e *Event) Landed(landings []history.Landing) time.Time {
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
	Granted int    // of one that was granted: 准延天数, else 申请天数
}

// ClockKind names a clock, as the JSON of show does.
type ClockKind string

// The clocks.
const (
	FeedbackClock   ClockKind = "反馈"
	ObjectionClock  ClockKind = "异议"
	StatementClock  ClockKind = "说明"
	AcceptClock     ClockKind = "接收"
	CoFeedbackClock ClockKind = "协办反馈"
	ImproveClock    ClockKind = "改进"
	PushClock       ClockKind = "推送"
	ConfirmClock    ClockKind = "异议确认"
	GrantClock      ClockKind = "延期确认"
	DecideClock     ClockKind = "研究决定" // of a 说明单 of row 8, and of 一事一议
	ReviewClock     ClockKind = "审核"
	EvaluateClock   ClockKind = "评估"
	SourceClock     ClockKind = "原渠道"
	PromiseClock    ClockKind = "承诺" // 完成期限 of a 部分解决
)

// Status is where a clock stands as of a day.
type Status string

// The statuses, as the JSON of show names them.
const (
	Running   Status = "running"
	Soon      Status = "soon"
	Overdue   Status = "overdue"
	Paused    Status = "paused"
	Pending   Status = "pending"  // a timely request is undecided: nothing becomes late
	Received  Status = "received" // 待收件: late by no more than 收件宽限
	Met       Status = "met"
	Missed    Status = "missed"
	Cancelled Status = "cancelled"
)

// Word names a status in Chinese.
func (s Status) Word() string {
	switch s {
	case Running:
		return "计时中"
	case Soon:
		return "临期"
	case Overdue:
		return "超期"
	case Paused:
		return "暂停"
	case Pending:
		return "待决定"
	case Received:
		return "待收件"
	case Met:
		return "按期"
	case Missed:
		return "逾期办理"
	}
	return "已终止"
}

// Class says where a limit comes from; only 制度规定 (and what a meeting, an
// improvement or the source channel fixed) is ever called 超期.
type Class string

// The classes of section 4.
const (
	Statutory Class = "制度规定"
	Agreed    Class = "会议议定"
	Source    Class = "原渠道"
	Local     Class = "本局口径"
	Internal  Class = "内部控制"
)

// Counts reports whether lateness against c is 超期 rather than 提示.
func (c Class) Counts() bool { return c == Statutory || c == Agreed || c == Source }

// Clock is one limit of one case. Days are civil days; the day of Start is
// not counted, and the limit ends at 24:00 of Due.
//
// What is counted of a clock is read from it and not from events again: Pushed
// is where a 办理时长 begins, Missed is the day whose quarter a lateness belongs
// to, Late are the days that it lasted, and Answers tell what became of each
// feedback.
type Clock struct {
	Kind         ClockKind
	Unit         string       // whose limit it is
	Role         string       // 承办 协办 联席办 收集
	Push         int          // which push it belongs to, from 1; 0: none
	Pushed       workday.Date // the day of that push; zero: none. A resumed task has a later Start
	Start        workday.Date
	Limit        int // working days, before pauses and extensions; 0 if a date was fixed
	Ahead        int // co-handlers: working days before the lead's due day; else 0
	Due          workday.Date
	OriginalDue  workday.Date // before pauses, extensions and agreements
	Agreed       bool         // 会议议定期限 in force
	Stopped      workday.Date // zero: still open
	Unanswered   bool         // it ended because the task did (a new push, a closing), not by an answer
	Status       Status
	PausedDays   int // working days
	ExtendedDays int // working days
	DaysLate     int // working days of Late; 0 too on the days off after the due day
	Provisional  bool
	Class        Class
	Clause       string // of the regulation: 三(四); empty for internal limits
	Pauses       []Span // what PausedDays are made of
	// Holds are the stretches in which a request waited and nothing became late,
	// without moving the due day.
	Holds []Span
	// Missed is the due day that passed first without an answer, in whose quarter
	// the task is late; zero: none did. A clock that a later grant gave another day
	// keeps it, while Status is Running again.
	Missed workday.Date
	// Late are the days late, as (From, To]: up to the grant that came too late,
	// and from the due day on until the answer, without the days of its review.
	Late    []Span
	Answers []Answer // that stopped it, oldest first
	Moves   []Move   // how Due came from OriginalDue, oldest first
}

// Answer is one feedback that stopped a clock.
type Answer struct {
	On       workday.Date
	Due      workday.Date // as it stood then
	InTime   bool         // no due day was missed until then
	Returned workday.Date // zero: it was not
}

// ReturnedLate reports whether the clock counted as answered in time, and then
// missed its due day after a return (退回后超期).
func (c *Clock) ReturnedLate() bool {
	return c.Missed != 0 && len(c.Answers) > 0 && c.Answers[0].InTime
}

// Move is one change of a due day.
type Move struct {
	On   workday.Date // the day of the event
	Days int          // working days that it was put off by; 0: to a date
	Due  workday.Date // the due day since
	Why  string
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
	Wait     ClockKind    // of the clock by which it should be decided
	Due      workday.Date // and that clock's due day; zero: it waits on none
	Ended    workday.Date // decided, withdrawn or overtaken by a feedback, or the task ended; zero: it waits
	Decision string       // 决定; empty: none
}

// Waits reports whether the filing waits for a decision.
func (f *Filing) Waits() bool { return f.Ended == 0 }

// Span is a stretch of days that did not count: (From, To], with the reason.
type Span struct {
	From, To workday.Date // To zero: still running
	Why      string
}

// Life is a case as of a day.
type Life struct {
	State  State
	Lead   string
	Pushes int
	Found  bool // taken over as it stood at the 基线, with the days of its 承接
	Events []Event
	Clocks []Clock
	// Filings are the 说明单 and 延期申请, in the order they were filed: those that
	// wait are what the joint meeting has to decide on the case.
	Filings []Filing
	Faults  []problem.Problem // against the workflow or a limit, as the replay met them
	Seen    []Seen            // by quarter: where one saw the case otherwise than it stands today
}
