// Package report computes the indicators of a quarter from a register.
//
// Every figure is a sum over cases as they were seen at the end of receipt, 收件宽限
// working days after the last day of the quarter, leaving out what counts after
// that day (of a quarter that still runs, as of the register's own day). What lands
// later belongs to its own quarter and moves nothing before; only a 更正 does, and
// what it undid does not count. 月报 belong to the months that they report, and
// are waited for until 收件宽限 after the last is due. Every indicator carries its
// formula and its n; below document.MinBase it has counts only, no percentage and no
// comparison.
//
// A case that was deleted by then is left out and told of in Quarterly.Deleted;
// so are steps of a merge request that has not landed.
package report

import (
	"suqiu/internal/clock"
	"suqiu/internal/document"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Quarterly is the figures of one quarter.
type Quarterly struct {
	Quarter workday.Quarter `json:"quarter"`
	AsOf    workday.Date    `json:"as_of"`   // the last day that counts: the quarter's, or the register's day before it
	Running bool            `json:"running"` // the quarter has not ended on the register's day

	Balance    Balance     `json:"balance"`
	Funnel     Funnel      `json:"funnel"`
	Deadlines  Deadlines   `json:"deadlines"`
	Handling   Spread      `json:"handling"` // working days, push → accepted feedback
	Whole      Spread      `json:"whole"`    // calendar days, 收集 → 答复
	Steps      Steps       `json:"steps"`
	Evaluation Evaluation  `json:"evaluation"`
	Monthly    Submissions `json:"monthly"`
	Indicators []Indicator `json:"indicators"`
	Months     []MonthRow  `json:"months"`     // those that have begun
	Units      []UnitRow   `json:"units"`      // configured order, units with something to show
	Categories []GroupRow  `json:"categories"` // order of the case file's schema
	Channels   []GroupRow  `json:"channels"`   // configured order
	Methods    []MethodRow `json:"methods"`    // order of the case file's schema
	Limits     []LimitRow  `json:"limits"`     // every limit but 反馈, 异议 and 说明
	Deleted    int         `json:"deleted"`    // cases whose file was deleted, in no figure
}

// Balance is the flow of tasks through a span of days. A task is a case from
// its first push to 办结; what is improved afterwards stays done. Opening +
// Pushed = Done + Other + Closing, always, and spans add up.
type Balance papers.SummaryBalance

// DoneRate is 办结率.
func (b Balance) DoneRate() document.Share {
	return document.Share{N: b.Done, Of: b.Opening + b.Pushed}
}

// Funnel follows the cases registered in the quarter to its end.
type Funnel papers.SummaryFunnel

// Waiting is what was registered and neither pushed nor closed.
func (f Funnel) Waiting() int { return f.Registered - f.Pushed - f.NotPushed }

// Deadlines counts the tasks (a push each) whose due day lies in the quarter. A
// task is counted once: in the quarter of the day that it first missed, or else
// of its due day as that quarter saw it.
type Deadlines papers.SummaryDeadlines

// Base is the denominator of the shares of d: what is settled either way.
func (d Deadlines) Base() int { return d.OnTime + d.LateDone + d.LateOpen }

// InTime is 按期反馈率.
func (d Deadlines) InTime() document.Share { return document.Share{N: d.OnTime, Of: d.Base()} }

// InOriginalTime is 按期反馈率 by the due days before pauses and extensions.
func (d Deadlines) InOriginalTime() document.Share {
	return document.Share{N: d.Original, Of: d.Base()}
}

// Late is what was or is late, of tasks due in the quarter or late after a return.
func (d Deadlines) Late() int { return d.LateDone + d.LateOpen + d.LateAgain }

// Spread is how long things took.
type Spread struct {
	N         int `json:"n"`
	Sum       int `json:"sum"`        // days
	MedianTwo int `json:"median_two"` // twice the median, so that it is a whole number
}

// Mean is the average, with one decimal.
func (s Spread) Mean() string { return document.Tenths(10*s.Sum, s.N) }

// Median is the middle one, with one decimal.
func (s Spread) Median() string { return document.Tenths(10*s.MedianTwo, 2) }

// Steps counts what was done in the quarter.
type Steps papers.SummarySteps

// Evaluation counts the 评估 of the quarter.
type Evaluation papers.SummaryEvaluation

// Satisfaction is 满意率.
func (e Evaluation) Satisfaction() document.Share {
	return document.Share{N: e.Satisfied + e.Fair, Of: e.All - e.Unrated}
}

// Coverage is 评估覆盖率.
func (e Evaluation) Coverage() document.Share { return document.Share{N: e.Covered, Of: e.Accepted} }

// FewCovered reports whether less than half of what could be evaluated was.
func (e Evaluation) FewCovered() bool {
	return e.Accepted >= document.MinBase && e.Covered*2 < e.Accepted
}

// Submissions counts the 月度报送 of the quarter's months.
type Submissions papers.SummaryMonthly

// Missing is 未报.
func (s Submissions) Missing() int { return s.Due - s.OnTime - s.Late - s.Awaited }

// InTime is the share of 月报及时率: of what was due and is not awaited.
func (s Submissions) InTime() document.Share {
	return document.Share{N: s.OnTime, Of: s.Due - s.Awaited}
}

// MonthRow is one month of the quarter.
type MonthRow struct {
	Month      workday.Month `json:"month"`
	Collected  int           `json:"collected"` // 月报收集（件）
	Tickets    int           `json:"tickets"`
	Registered int           `json:"registered"`
	Balance    Balance       `json:"balance"`
}

// UnitRow is one 承办单位. Stock and flow belong to the unit in charge at the
// end of the quarter, deadlines to the unit whose limit it is, records to the
// unit that filed them or whose they are, 改派 to the unit that received it.
type UnitRow struct {
	Unit        string         `json:"unit"`
	Balance     Balance        `json:"balance"`
	Deadlines   Deadlines      `json:"deadlines"`
	CoDeadlines Deadlines      `json:"co_deadlines"` // as 协办单位
	Steps       Steps          `json:"steps"`
	Evaluation  Evaluation     `json:"evaluation"` // of what it handled
	Monthly     Submissions    `json:"monthly"`
	OnTime      document.Share `json:"on_time"`
}

// GroupRow is one 办理类别 or one 渠道.
type GroupRow struct {
	Name       string         `json:"name"`
	Collected  int            `json:"collected"` // 月报收集（件）; of a 渠道
	Tickets    int            `json:"tickets"`   // registered in the quarter
	Registered int            `json:"registered"`
	Balance    Balance        `json:"balance"`
	Deadlines  Deadlines      `json:"deadlines"`
	OnTime     document.Share `json:"on_time"`
}

// MethodRow is one 方式 of 评估.
type MethodRow struct {
	Method     string     `json:"method"`
	Evaluation Evaluation `json:"evaluation"`
}

// LimitRow is one kind of limit with what became of those due in the quarter.
type LimitRow struct {
	Kind      clock.Kind  `json:"kind"`
	Class     clock.Class `json:"class"`
	Deadlines Deadlines   `json:"deadlines"`
}

// Compute returns the figures of q as of d's day.
func Compute(d *register.Register, q workday.Quarter) Quarterly { return Open(d).Compute(q) }

// Quarters lists the quarters from the first registration to the register's day,
// newest first; none if nothing was registered.
func (b *Book) Quarters() []workday.Quarter {
	var first workday.Date
	for i := range b.tracks {
		if r := b.tracks[i].registered; first == 0 || r < first {
			first = r
		}
	}
	if first == 0 {
		return nil
	}
	var list []workday.Quarter
	for q := workday.QuarterOf(b.d.AsOf); q.Last() >= first; q = q.Add(-1) {
		list = append(list, q)
	}
	return list
}

// Compute returns the figures of q as of the register's day.
func (b *Book) Compute(q workday.Quarter) Quarterly {
	r := b.Tally(q).Quarterly
	r.Indicators = indicators(&r, &b.Tally(q.Add(-1)).Quarterly, &b.Tally(q.Add(-4)).Quarterly)
	return r
}
