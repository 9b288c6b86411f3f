package report

import (
	"strconv"

	"suqiu/internal/document"
)

// Indicator is one figure with how it was made.
type Indicator struct {
	Key     string `json:"key"` // stable: on-time, done-rate …
	Name    string `json:"name"`
	Formula string `json:"formula"`    // in words
	N       int    `json:"n"`          // numerator, or the count
	Of      int    `json:"of"`         // denominator; 0 for a plain count
	Value   string `json:"value"`      // 92.3%, 3/4, 6.5 个工作日, 12
	Year    string `json:"on_year"`    // 同比, "—" if there is nothing to compare
	Quarter string `json:"on_quarter"` // 环比, likewise
}

// measure is one figure of one quarter, before it is put into words.
type measure struct {
	kind  measureKind
	n, of int
}

type measureKind uint8

const (
	plain   measureKind = iota // a count
	share                      // n of of
	average                    // the mean of `of` durations that sum to n
	median                     // n is twice the median of `of` durations
)

// definition is one indicator: its words and how to read it from the figures.
type definition struct {
	key, name, unit string
	read            func(*Quarterly) measure
	formula         string
}

func count(of func(*Quarterly) int) func(*Quarterly) measure {
	return func(q *Quarterly) measure { return measure{plain, of(q), 0} }
}

func shareOf(of func(*Quarterly) document.Share) func(*Quarterly) measure {
	return func(q *Quarterly) measure { s := of(q); return measure{share, s.N, s.Of} }
}

func mean(s Spread) measure { return measure{average, s.Sum, s.N} }

func middle(s Spread) measure { return measure{median, s.MedianTwo, s.N} }

// definitions are all indicators, as the annex lists them.
func definitions() []definition {
	return []definition{
		{"due", "应办量", "", count(func(q *Quarterly) int { return q.Deadlines.Due }),
			"到期日（含暂停、延期后）在本季度的推送任务数；季末待决定的不计，一项任务只计一次"},
		{"on-time", "按期反馈率", "", shareOf(func(q *Quarterly) document.Share { return q.Deadlines.InTime() }),
			"按期反馈 ÷ 应办量（不含尚未到期的）"},
		{"on-time-original", "按期反馈率（按原到期日）", "",
			shareOf(func(q *Quarterly) document.Share { return q.Deadlines.InOriginalTime() }),
			"原到期日前反馈 ÷ 应办量（不含尚未到期的）"},
		{"late-done", "超期已办", "", count(func(q *Quarterly) int { return q.Deadlines.LateDone }),
			"应办量中超过到期日才反馈或终结的"},
		{"late-open", "超期未办", "", count(func(q *Quarterly) int { return q.Deadlines.LateOpen }),
			"应办量中期末仍未反馈的"},
		{"late-again", "退回后超期", "", count(func(q *Quarterly) int { return q.Deadlines.LateAgain }),
			"以前季度按期反馈，退回后在本季度超期的任务，不在应办量"},
		{"pending", "待决定", "", count(func(q *Quarterly) int { return q.Deadlines.Pending }),
			"期末延期、说明单尚未决定的任务，不在应办量"},
		{"done-rate", "办结率", "", shareOf(func(q *Quarterly) document.Share { return q.Balance.DoneRate() }),
			"本期办结 ÷（期初未结 + 本期推送）"},
		{"handling", "平均办理时长", "个工作日", func(q *Quarterly) measure { return mean(q.Handling) },
			"推送（给反馈的承办单位）至审核通过的反馈，工作日，合计 ÷ 件数"},
		{"handling-median", "办理时长中位数", "个工作日", func(q *Quarterly) measure { return middle(q.Handling) },
			"推送（给反馈的承办单位）至审核通过的反馈，工作日，居中的一件"},
		{"whole", "全程用时", "天", func(q *Quarterly) measure { return mean(q.Whole) },
			"收集至答复，自然日，合计 ÷ 件数"},
		{"whole-median", "全程用时中位数", "天", func(q *Quarterly) measure { return middle(q.Whole) },
			"收集至答复，自然日，居中的一件"},
		{"extensions", "延期申请", "", count(func(q *Quarterly) int { return q.Steps.Extensions }),
			"本季度提出的延期申请"},
		{"granted", "同意延期", "", count(func(q *Quarterly) int { return q.Steps.Granted }),
			"本季度同意的延期申请"},
		{"objections", "异议", "", count(func(q *Quarterly) int { return q.Steps.Objections }),
			"本季度承办、协办单位提出的异议"},
		{"upheld", "异议成立", "", count(func(q *Quarterly) int { return q.Steps.Upheld }),
			"本季度确认成立的异议"},
		{"escalations", "报研究决定", "", count(func(q *Quarterly) int { return q.Steps.Escalations }),
			"本季度提出的无法解决、协商未达成一致的说明"},
		{"reassigned", "改派", "", count(func(q *Quarterly) int { return q.Steps.Reassigned }),
			"首次推送以后的推送"},
		{"returned", "退回", "", count(func(q *Quarterly) int { return q.Steps.Returned }),
			"本季度审核退回的反馈"},
		{"improved", "督促改进", "", count(func(q *Quarterly) int { return q.Steps.Improved }),
			"本季度转入改进的事项"},
		{"satisfied", "满意率", "", shareOf(func(q *Quarterly) document.Share { return q.Evaluation.Satisfaction() }),
			"（满意 + 基本满意）÷（评估数 − 无法评价）；一轮办理只计办结前最后一次评估"},
		{"covered", "评估覆盖率", "", shareOf(func(q *Quarterly) document.Share { return q.Evaluation.Coverage() }),
			"已评估 ÷ 本季度审核通过的事项"},
		{"monthly", "月报及时率", "", shareOf(func(q *Quarterly) document.Share { return q.Monthly.InTime() }),
			"按时报送 ÷ 本季度各月应报份数（次月前 3 个工作日内报送；尚缺的不计）"},
	}
}

// spread measures sorted durations.
func spread(days []int) Spread {
	s := Spread{N: len(days)}
	for _, d := range days {
		s.Sum += d
	}
	if n := len(days); n > 0 {
		s.MedianTwo = days[(n-1)/2] + days[n/2]
	}
	return s
}

// indicators puts the figures of a quarter into words, beside those of the
// quarter before it and the same quarter of the year before.
func indicators(now, before, lastYear *Quarterly) []Indicator {
	var list []Indicator
	for _, d := range definitions() {
		m := d.read(now)
		list = append(list, Indicator{
			Key: d.key, Name: d.name, Formula: d.formula, N: m.n, Of: m.of, Value: m.value(d.unit),
			Year: m.against(d.read(lastYear), d.unit), Quarter: m.against(d.read(before), d.unit),
		})
	}
	return list
}

func (m measure) value(unit string) string {
	switch m.kind {
	case share:
		return document.Share{N: m.n, Of: m.of}.String()
	case average:
		switch {
		case m.of == 0:
			return nothing
		case m.of < document.MinBase:
			return strconv.Itoa(m.of) + " 件，不计平均"
		}
		return document.Tenths(10*m.n, m.of) + " " + unit
	case median:
		if m.of < document.MinBase {
			return nothing
		}
		return document.Tenths(10*m.n, 2) + " " + unit
	}
	return strconv.Itoa(m.n)
}

// against is the change from a base: percentage points of a share, days of an
// average, per cent of a count. Where either n is too small there is none.
func (m measure) against(base measure, unit string) string {
	size, other := m.of, base.of
	if m.kind == plain {
		size, other = m.n, base.n
	}
	if size < document.MinBase || other < document.MinBase {
		return nothing
	}
	switch m.kind {
	case share:
		return signed(1000*(m.n*base.of-base.n*m.of), m.of*base.of) + " 个百分点"
	case average:
		return signed(10*(m.n*base.of-base.n*m.of), m.of*base.of) + " " + unit
	case median:
		return signed(10*(m.n-base.n), 2) + " " + unit
	}
	return signed(1000*(m.n-base.n), base.n) + "%"
}

func signed(n, of int) string {
	s := document.Tenths(n, of)
	if n > 0 && s != "0.0" {
		return "+" + s
	}
	return s
}
