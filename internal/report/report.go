// Package report computes the indicators of a quarter from a docket.
//
// Every figure is a sum over cases as of the end of the quarter (or the
// docket's own day, if the quarter still runs), so that the figures of a
// finished quarter do not move as time goes on; only a landed 更正 moves them.
// What a 更正 undid does not count. Every indicator carries its formula and its
// n; below MinBase it has counts only, no percentage and no comparison.
//
// A case that was deleted is left out and told of in Quarterly.Deleted; so are
// steps of a merge request that has not landed.
package report

import (
	"suqiu/internal/docket"
	"suqiu/internal/workday"
)

// MinBase is the least n for which a percentage, an average or a comparison is
// shown.
const MinBase = 5

// Quarterly is the figures of one quarter.
type Quarterly struct {
	Quarter workday.Quarter
	AsOf    workday.Date // the last day that counts: the quarter's, or the docket's day before it
	Running bool         // the quarter has not ended on the docket's day

	Balance    Balance
	Funnel     Funnel
	Deadlines  Deadlines
	Steps      Steps
	Evaluation Evaluation
	Indicators []Indicator
	Months     []MonthRow
	Units      []UnitRow  // configured order, units with something to show
	Categories []GroupRow // order of the case file's schema
	Channels   []GroupRow // configured order
	Deleted    int        // cases whose file was deleted, in no figure
}

// Balance is the flow of tasks through a span of days. A task is a case from
// its first push; Opening + Pushed = Done + Other + Closing, always.
type Balance struct {
	Opening  int // 期初未结
	Pushed   int // 本期推送: first pushes, and Reopened
	Reopened int // of Pushed: closed before the span, taken up again (督促改进)
	Done     int // 本期办结
	Other    int // 其他终结: 已合并, 已撤回 and what a 更正 took back
	Closing  int // 期末未结
	LongTerm int // of Closing: 长期推进
}

// Funnel follows the cases registered in the quarter to its end.
type Funnel struct {
	Tickets    int // 收集（件）
	Registered int // 登记（事项）
	Pushed     int // of those, 推送
	Done       int // of those, 办结
	NotPushed  int // of those, closed without a push: 不推送, 已合并, 已撤回
}

// Deadlines counts the tasks (a push each) whose due day lies in the quarter.
type Deadlines struct {
	Due      int // 应办量 = OnTime + LateDone + LateOpen + NotYet
	OnTime   int // fed back by the due day
	LateDone int // 超期已办, also what was merged, withdrawn or reassigned when late
	LateOpen int // 超期未办
	NotYet   int // not due yet, or a timely request waits for its decision
	Original int // fed back by the original due day, before pauses and extensions
}

// Base is the denominator of the shares of d: what is settled either way.
func (d Deadlines) Base() int { return d.OnTime + d.LateDone + d.LateOpen }

// Steps counts what was done in the quarter.
type Steps struct {
	Extensions int // 延期申请
	Granted    int // 同意
	Objections int // 异议 by the unit in charge
	Upheld     int // 成立
	Reassigned int // 改派: pushes after the first
	Returned   int // 退回
	Improved   int // 督促改进
	Proxies    int // 代录
	Corrected  int // 更正
}

// Evaluation counts the 评估 of the quarter.
type Evaluation struct {
	All          int
	Satisfied    int // 满意
	Fair         int // 基本满意
	Dissatisfied int // 不满意
	Unrated      int // 无法评价
	Accepted     int // cases whose feedback was accepted in the quarter
	Covered      int // of Accepted, evaluated by the end of the quarter
}

// MonthRow is one month of the quarter.
type MonthRow struct {
	Month      workday.Month
	Tickets    int
	Registered int
	Balance    Balance
}

// UnitRow is one 承办单位. Stock and flow belong to the unit in charge at the
// end of the quarter, deadlines to the unit whose limit it is, steps to the
// unit in charge when they were taken.
type UnitRow struct {
	Unit        string
	Balance     Balance
	Deadlines   Deadlines
	CoDeadlines Deadlines // as 协办单位
	Steps       Steps
	OnTime      Share
}

// GroupRow is one 办理类别 or one 渠道.
type GroupRow struct {
	Name       string
	Tickets    int // registered in the quarter
	Registered int
	Balance    Balance
	Deadlines  Deadlines
	OnTime     Share
}

// Compute returns the figures of q as of d's day.
func Compute(d *docket.Docket, q workday.Quarter) Quarterly {
	return open(d).quarterly(q)
}

// ComputeAll returns the figures of every quarter of Quarters, in that order.
func ComputeAll(d *docket.Docket) []Quarterly {
	b := open(d)
	quarters := b.quarters()
	list := make([]Quarterly, len(quarters))
	for i, q := range quarters {
		list[i] = b.quarterly(q)
	}
	return list
}

// Quarters lists the quarters from the first registration to d's day, newest
// first; none if nothing was registered.
func Quarters(d *docket.Docket) []workday.Quarter { return open(d).quarters() }

func (b *book) quarters() []workday.Quarter {
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

func (b *book) quarterly(q workday.Quarter) Quarterly {
	t := b.tally(q)
	r := Quarterly{
		Quarter: q, AsOf: t.cut, Running: b.d.AsOf < q.Last(),
		Balance: t.balance, Funnel: t.funnel, Deadlines: t.deadlines, Steps: t.steps, Evaluation: t.evaluation,
		Indicators: indicators(t, b.tally(q.Add(-1)), b.tally(q.Add(-4))),
		Units:      t.unitRows(b), Categories: t.categories.rows(categoryOrder()), Channels: t.channels.rows(channelOrder(b.d.Config)),
		Deleted: b.deleted,
	}
	for _, m := range q.Months() {
		row := MonthRow{Month: m}
		from, to := m.First(), min(m.Last(), t.cut)
		for i := range b.tracks {
			if from > to {
				break // a month to come
			}
			tr := &b.tracks[i]
			if tr.registered >= from && tr.registered <= to {
				row.Registered++
				row.Tickets += tr.tickets()
			}
			row.Balance.add(tr.flow(from, to))
		}
		r.Months = append(r.Months, row)
	}
	return r
}
