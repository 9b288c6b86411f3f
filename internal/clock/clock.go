// Package clock keeps one limit of one case: where it starts, what happened to
// it since, and from these where it stands as of a day. It knows working days,
// and nothing of states or files.
package clock

import (
	"cmp"
	"slices"
	"strconv"

	"suqiu/internal/workday"
)

// Kind names a clock, as the JSON of show does.
type Kind string

// The clocks.
const (
	Feedback   Kind = "反馈"
	Objection  Kind = "异议"
	Statement  Kind = "说明"
	Accept     Kind = "接收"
	CoFeedback Kind = "协办反馈"
	Improve    Kind = "改进"
	Push       Kind = "推送"
	Confirm    Kind = "异议确认"
	Grant      Kind = "延期确认"
	Decide     Kind = "研究决定" // of a 说明单 of row 8, and of 一事一议
	Review     Kind = "审核"
	Evaluate   Kind = "评估"
	Channel    Kind = "原渠道"
	Promise    Kind = "承诺" // 完成期限 of a 部分解决
)

// The roles in which a unit is timed, as show tells them.
const (
	Lead   = "承办"
	Co     = "协办"
	Office = "联席办"
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
	Kind         Kind
	Unit         string       // whose limit it is
	Role         string       // 承办 协办 联席办 收集
	Push         int          // which push it belongs to, from 1; 0: none
	Pushed       workday.Date // the day of that push; zero: none. A resumed task has a later Start
	Start        workday.Date
	Limit        int // working days, before pauses and extensions; 0 if a date was fixed
	Ahead        int // co-handlers: working days before the lead's due day; else 0
	Due          workday.Date
	OriginalDue  workday.Date // before pauses, extensions and agreements
	Stopped      workday.Date // zero: still open
	Agreed       bool         // 会议议定期限 in force
	Unanswered   bool         // it ended because the task did (a new push, a closing), not by an answer
	Provisional  bool
	Status       Status
	PausedDays   int // working days
	ExtendedDays int // working days
	DaysLate     int // working days of Late; 0 too on the days off after the due day
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

// LateFrom is the first day on which a limit that missed a due day was 超期: until
// then what its unit sent could still arrive, grace working days long.
func (c *Clock) LateFrom(cal *workday.Calendar, due workday.Date, grace int) workday.Date {
	if !unitClock(c.Kind, c.Role) {
		grace = 0
	}
	return cal.Add(due, grace).AddDays(1)
}

// Move is one change of a due day.
type Move struct {
	On   workday.Date // the day of the event
	Days int          // working days that it was put off by; 0: to a date
	Due  workday.Date // the due day since
	Why  string
}

// Span is a stretch of days that did not count: (From, To], with the reason.
type Span struct {
	From, To workday.Date // To zero: still running
	Why      string
}

// Within reports whether a day lies in one of the spans; one that still runs ends,
// as far as is known, on the as-of day.
func Within(spans []Span, d, asOf workday.Date) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return d > s.From && d <= cmp.Or(s.To, asOf) })
}

// LateWords says how long a limit has passed: 超 3 个工作日; on the days off right
// after it 已过到期日.
func LateWords(days int) string {
	if days == 0 {
		return "已过到期日"
	}
	return "已超 " + strconv.Itoa(days) + " 个工作日"
}

// DayCount is one day of a limit, for showing how a due day was counted.
type DayCount struct {
	workday.Day
	N     int    // ordinal of the working day within the limit; 0 if it does not count
	Pause string // why it did not count although it is a working day
}

// Days lists the days from the day after Start to Due, each with what it counts.
func (c Clock) Days(cal *workday.Calendar) []DayCount {
	if c.Due <= c.Start {
		return nil
	}
	var days []DayCount
	n := 0
	for _, d := range cal.Days(c.Start, c.Due) {
		day := DayCount{Day: d}
		if d.Working {
			for _, p := range c.Pauses {
				if d.Date > p.From && (p.To == 0 || d.Date <= p.To) {
					day.Pause = p.Why
				}
			}
			if day.Pause == "" {
				n++
				day.N = n
			}
		}
		days = append(days, day)
	}
	return days
}
