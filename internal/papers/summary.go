package papers

import (
	"slices"

	"suqiu/internal/workday"
)

// SummaryVersion is the version of the summary's schema that this program
// writes. It reads the older ones as well: version 1 had neither
// balance.improving, funnel.collected, deadlines.pending, deadlines.late_again
// nor monthly.awaited.
const SummaryVersion = 2

// Summary is the figures of one bureau for one quarter as it hands them in to
// the bureau above (三(六)): counties/JNQ/2026Q3.json, written by
// `suqiu report 2026Q3 --summary`. All figures are counts, so that summaries
// add up: rates and averages are worked out from sums, never averaged. Package
// report counts the quarterly report in the same values.
type Summary struct {
	Version int             `json:"version"`
	Tool    string          `json:"tool"`  // suqiu 0.1.0
	Head    string          `json:"head"`  // commit; empty for a sum
	AsOf    workday.Date    `json:"as_of"` // last day that counts
	Unit    string          `json:"unit"`  // name of the bureau
	Code    string          `json:"code"`  // of the bureau in the repository above; empty for a sum
	Quarter workday.Quarter `json:"-"`
	Name    string          `json:"quarter"` // Quarter as 2026Q3

	Balance    SummaryBalance    `json:"balance"`
	Funnel     SummaryFunnel     `json:"funnel"`
	Deadlines  SummaryDeadlines  `json:"deadlines"`
	Steps      SummarySteps      `json:"steps"`
	Evaluation SummaryEvaluation `json:"evaluation"`
	Durations  SummaryDurations  `json:"durations"`
	Monthly    SummaryMonthly    `json:"monthly"`
	Categories []SummaryRow      `json:"categories"`
	Channels   []SummaryRow      `json:"channels"`

	// Parts names the bureaus that a sum is made of; of what one bureau hands
	// in, empty.
	Parts []SummaryPart `json:"parts,omitempty"`
}

// Since returns a figure that the schema has since a version; ok is false if the
// bureau's older suqiu did not count it. A sum has what was counted.
func (s *Summary) Since(version, n int) (int, bool) { return n, s.Version == 0 || s.Version >= version }

// SummaryBalance is the flow of tasks:
// opening + pushed = done + other + closing.
type SummaryBalance struct {
	Opening   int `json:"opening"`   // 期初未结
	Pushed    int `json:"pushed"`    // 本期推送: first pushes, and Reopened
	Reopened  int `json:"reopened"`  // of Pushed: had ended, and was taken up again by a 更正
	Done      int `json:"done"`      // 本期办结
	Other     int `json:"other"`     // 其他终结: 已合并, 已撤回 and what a 更正 took back
	Closing   int `json:"closing"`   // 期末未结
	LongTerm  int `json:"long_term"` // of Closing: 长期推进
	Improving int `json:"improving"` // 改进中 at the end, done before or not
}

// SummaryFunnel follows what was registered in the quarter.
type SummaryFunnel struct {
	Collected  int `json:"collected"`  // 月报收集（件）: what the 月报 of the quarter's months say
	Tickets    int `json:"tickets"`    // 登记的事项合多少件
	Registered int `json:"registered"` // 登记（事项）
	Pushed     int `json:"pushed"`     // of those, 推送
	Done       int `json:"done"`       // of those, 办结
	NotPushed  int `json:"not_pushed"` // of those, closed without a push: 不推送, 已合并, 已撤回
}

// SummaryDeadlines counts the tasks that were due:
// due = on_time + late_done + late_open + not_yet.
type SummaryDeadlines struct {
	Due       int `json:"due"`        // 应办量 = OnTime + LateDone + LateOpen + NotYet
	OnTime    int `json:"on_time"`    // fed back by the due day
	LateDone  int `json:"late_done"`  // 超期已办, also what was merged, withdrawn or reassigned when late
	LateOpen  int `json:"late_open"`  // 超期未办
	NotYet    int `json:"not_yet"`    // not due yet, or may still be received; none once receipt has ended
	Original  int `json:"original"`   // fed back by the original due day, before pauses and extensions
	Pending   int `json:"pending"`    // 待决定 on the last day, not in Due
	LateAgain int `json:"late_again"` // 退回后超期: counted as on time earlier, and late after a return; not in Due
}

// SummarySteps counts what was done in the quarter.
type SummarySteps struct {
	Extensions  int `json:"extensions"`  // 延期申请
	Granted     int `json:"granted"`     // 同意
	Refused     int `json:"refused"`     // 不同意
	Objections  int `json:"objections"`  // 异议, of units in charge and of co-handlers
	Upheld      int `json:"upheld"`      // 成立
	Rejected    int `json:"rejected"`    // 不成立
	Escalations int `json:"escalations"` // 报研究决定: 无法解决, 协商未达成一致
	Reassigned  int `json:"reassigned"`  // 改派: pushes after the first
	Returned    int `json:"returned"`    // 退回
	Improved    int `json:"improved"`    // 督促改进
	Proxies     int `json:"proxies"`     // 代录
	Corrected   int `json:"corrected"`   // 更正
}

// SummaryEvaluation counts 评估:
// all = satisfied + fair + dissatisfied + unrated.
type SummaryEvaluation struct {
	All          int `json:"all"`
	Satisfied    int `json:"satisfied"`    // 满意
	Fair         int `json:"fair"`         // 基本满意
	Dissatisfied int `json:"dissatisfied"` // 不满意
	Unrated      int `json:"unrated"`      // 无法评价
	Accepted     int `json:"accepted"`     // cases whose feedback was accepted in the quarter
	Covered      int `json:"covered"`      // of Accepted, evaluated by the end of the quarter
}

// SummaryDurations are sums of days with the number of cases that they are of.
type SummaryDurations struct {
	HandlingDays int `json:"handling_days"` // working days, push to accepted feedback
	Handled      int `json:"handled"`
	WholeDays    int `json:"whole_days"` // calendar days, collection to answer
	Answered     int `json:"answered"`
}

// SummaryMonthly counts the monthly submissions that were due in the quarter.
type SummaryMonthly struct {
	Due     int `json:"due"` // 应报 = OnTime + Late + Awaited + Missing
	OnTime  int `json:"on_time"`
	Late    int `json:"late"`
	Awaited int `json:"awaited"` // 尚缺: not here, and may still be received
}

// SummaryRow is one 办理类别 or 渠道; what has none yet is a row of its own. The
// rows of a table add up to funnel.tickets, funnel.registered and balance.done.
type SummaryRow struct {
	Name       string `json:"name"`
	Tickets    int    `json:"tickets"`
	Registered int    `json:"registered"`
	Done       int    `json:"done"`
}

// SummaryPart is one bureau in a sum.
type SummaryPart struct {
	Code string       `json:"code"`
	Unit string       `json:"unit"`
	Head string       `json:"head"`
	AsOf workday.Date `json:"as_of"`
}

// Add returns the sum of summaries of one quarter under the name of a bureau.
// Its day is the earliest of theirs: up to it, all of them are complete.
func Add(unit, code, tool string, q workday.Quarter, list []*Summary) *Summary {
	s := &Summary{Version: SummaryVersion, Tool: tool, Unit: unit, Code: code, Quarter: q, Name: q.String(),
		Parts: []SummaryPart{}}
	for i, x := range list {
		if i == 0 || x.AsOf < s.AsOf {
			s.AsOf = x.AsOf
		}
		to, from := s.figures(), x.figures()
		for j := range to {
			*to[j].n += *from[j].n
		}
		s.Categories = addRows(s.Categories, x.Categories)
		s.Channels = addRows(s.Channels, x.Channels)
		if len(x.Parts) > 0 {
			s.Parts = append(s.Parts, x.Parts...)
			continue
		}
		s.Parts = append(s.Parts, SummaryPart{x.Code, x.Unit, x.Head, x.AsOf})
	}
	return s
}

// addRows adds rows by name, keeping the order in which names first came.
func addRows(to, more []SummaryRow) []SummaryRow {
	for _, row := range more {
		i := slices.IndexFunc(to, func(r SummaryRow) bool { return r.Name == row.Name })
		if i < 0 {
			to = append(to, row)
			continue
		}
		to[i].Tickets += row.Tickets
		to[i].Registered += row.Registered
		to[i].Done += row.Done
	}
	return to
}

// figure is one number of a summary, by its path in the JSON.
type figure struct {
	path  string
	n     *int
	since int // the first version of the schema that has it; 0: all
}

// figures lists every number of a summary, in the order of the schema.
func (s *Summary) figures() []figure {
	b, f, d, e, t, u, m := &s.Balance, &s.Funnel, &s.Deadlines, &s.Evaluation, &s.Steps, &s.Durations, &s.Monthly
	return []figure{
		{"balance.opening", &b.Opening, 0}, {"balance.pushed", &b.Pushed, 0}, {"balance.reopened", &b.Reopened, 0},
		{"balance.done", &b.Done, 0},
		{"balance.other", &b.Other, 0}, {"balance.closing", &b.Closing, 0}, {"balance.long_term", &b.LongTerm, 0},
		{"balance.improving", &b.Improving, 2},
		{"funnel.collected", &f.Collected, 2}, {"funnel.tickets", &f.Tickets, 0}, {"funnel.registered", &f.Registered,
			0}, {"funnel.pushed", &f.Pushed, 0}, {"funnel.done", &f.Done, 0}, {"funnel.not_pushed", &f.NotPushed, 0},
		{"deadlines.due", &d.Due, 0}, {"deadlines.on_time", &d.OnTime, 0}, {"deadlines.late_done", &d.LateDone, 0},
		{"deadlines.late_open", &d.LateOpen, 0},
		{"deadlines.not_yet", &d.NotYet, 0}, {"deadlines.original", &d.Original, 0},
		{"deadlines.pending", &d.Pending, 2}, {"deadlines.late_again", &d.LateAgain, 2},
		{"steps.extensions", &t.Extensions, 0}, {"steps.granted", &t.Granted, 0}, {"steps.refused", &t.Refused, 0},
		{"steps.objections", &t.Objections, 0}, {"steps.upheld", &t.Upheld, 0},
		{"steps.rejected", &t.Rejected, 0}, {"steps.escalations", &t.Escalations, 0},
		{"steps.reassigned", &t.Reassigned, 0}, {"steps.returned", &t.Returned, 0}, {"steps.improved", &t.Improved, 0},
		{"steps.proxies", &t.Proxies, 0}, {"steps.corrected", &t.Corrected, 0},
		{"evaluation.all", &e.All, 0}, {"evaluation.satisfied", &e.Satisfied, 0}, {"evaluation.fair", &e.Fair, 0},
		{"evaluation.dissatisfied", &e.Dissatisfied, 0},
		{"evaluation.unrated", &e.Unrated, 0}, {"evaluation.accepted", &e.Accepted, 0},
		{"evaluation.covered", &e.Covered, 0},
		{"durations.handling_days", &u.HandlingDays, 0}, {"durations.handled", &u.Handled, 0},
		{"durations.whole_days", &u.WholeDays, 0}, {"durations.answered", &u.Answered, 0},
		{"monthly.due", &m.Due, 0}, {"monthly.on_time", &m.OnTime, 0}, {"monthly.late", &m.Late, 0},
		{"monthly.awaited", &m.Awaited, 2},
	}
}
