package report

import (
	"fmt"
	"strconv"
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

// Share is n of a whole.
type Share struct {
	N  int `json:"n"`
	Of int `json:"of"`
}

// Percent is the share with one decimal, 92.3%; only from MinBase on.
func (s Share) Percent() (string, bool) {
	if s.Of < MinBase {
		return "", false
	}
	return tenths(1000*s.N, s.Of) + "%", true
}

// Known reports whether there is anything to count.
func (s Share) Known() bool { return s.Of > 0 }

// Large reports whether a percentage may be shown.
func (s Share) Large() bool { return s.Of >= MinBase }

// Text is the percentage, or the bare counts, as String.
func (s Share) Text() string { return s.String() }

// String is the percentage, or the bare counts if the whole is too small; "—"
// of nothing.
func (s Share) String() string {
	if s.Of == 0 {
		return "—"
	}
	if p, ok := s.Percent(); ok {
		return p
	}
	return fmt.Sprintf("%d/%d", s.N, s.Of)
}

// tenths is n/of/10 with one decimal, rounded half away from zero, in whole
// numbers: the same on every machine.
func tenths(n, of int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	t := (2*n + of) / (2 * of)
	if t == 0 {
		sign = ""
	}
	return fmt.Sprintf("%s%d.%d", sign, t/10, t%10)
}

const nothing = "—"

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

// definition is one indicator: its words and how to read it from a tally.
type definition struct {
	key, name, formula, unit string
	read                     func(*tally) measure
}

func definitions() []definition {
	counted := func(n int) measure { return measure{plain, n, 0} }
	return []definition{
		{"due", "应办量", "到期日（含暂停、延期后）在本季度的推送任务数；季末待决定的不计，一项任务只计一次", "", func(t *tally) measure { return counted(t.deadlines.Due) }},
		{"on-time", "按期反馈率", "按期反馈 ÷ 应办量（不含尚未到期的）", "", func(t *tally) measure {
			return measure{share, t.deadlines.OnTime, t.deadlines.Base()}
		}},
		{"on-time-original", "按期反馈率（按原到期日）", "原到期日前反馈 ÷ 应办量（不含尚未到期的）", "", func(t *tally) measure {
			return measure{share, t.deadlines.Original, t.deadlines.Base()}
		}},
		{"late-done", "超期已办", "应办量中超过到期日才反馈或终结的", "", func(t *tally) measure { return counted(t.deadlines.LateDone) }},
		{"late-open", "超期未办", "应办量中期末仍未反馈的", "", func(t *tally) measure { return counted(t.deadlines.LateOpen) }},
		{"late-again", "退回后超期", "以前季度按期反馈，退回后在本季度超期的任务，不在应办量", "", func(t *tally) measure { return counted(t.deadlines.LateAgain) }},
		{"pending", "待决定", "期末延期、说明单尚未决定的任务，不在应办量", "", func(t *tally) measure { return counted(t.deadlines.Pending) }},
		{"done-rate", "办结率", "本期办结 ÷（期初未结 + 本期推送）", "", func(t *tally) measure {
			return measure{share, t.balance.Done, t.balance.Opening + t.balance.Pushed}
		}},
		{"handling", "平均办理时长", "推送（给反馈的承办单位）至审核通过的反馈，工作日，合计 ÷ 件数", "个工作日", func(t *tally) measure { return mean(t.handling) }},
		{"handling-median", "办理时长中位数", "推送（给反馈的承办单位）至审核通过的反馈，工作日，居中的一件", "个工作日", func(t *tally) measure { return middle(t.handling) }},
		{"whole", "全程用时", "收集至答复，自然日，合计 ÷ 件数", "天", func(t *tally) measure { return mean(t.whole) }},
		{"whole-median", "全程用时中位数", "收集至答复，自然日，居中的一件", "天", func(t *tally) measure { return middle(t.whole) }},
		{"extensions", "延期申请", "本季度提出的延期申请", "", func(t *tally) measure { return counted(t.steps.Extensions) }},
		{"granted", "同意延期", "本季度同意的延期申请", "", func(t *tally) measure { return counted(t.steps.Granted) }},
		{"objections", "异议", "本季度承办、协办单位提出的异议", "", func(t *tally) measure { return counted(t.steps.Objections) }},
		{"upheld", "异议成立", "本季度确认成立的异议", "", func(t *tally) measure { return counted(t.steps.Upheld) }},
		{"escalations", "报研究决定", "本季度提出的无法解决、协商未达成一致的说明", "", func(t *tally) measure { return counted(t.steps.Escalations) }},
		{"reassigned", "改派", "首次推送以后的推送", "", func(t *tally) measure { return counted(t.steps.Reassigned) }},
		{"returned", "退回", "本季度审核退回的反馈", "", func(t *tally) measure { return counted(t.steps.Returned) }},
		{"improved", "督促改进", "本季度转入改进的事项", "", func(t *tally) measure { return counted(t.steps.Improved) }},
		{"satisfied", "满意率", "（满意 + 基本满意）÷（评估数 − 无法评价）；一轮办理只计办结前最后一次评估", "", func(t *tally) measure {
			e := t.evaluation
			return measure{share, e.Satisfied + e.Fair, e.All - e.Unrated}
		}},
		{"covered", "评估覆盖率", "已评估 ÷ 本季度审核通过的事项", "", func(t *tally) measure {
			return measure{share, t.evaluation.Covered, t.evaluation.Accepted}
		}},
		{"monthly", "月报及时率", "按时报送 ÷ 本季度各月应报份数（次月前 3 个工作日内报送；尚缺的不计）", "", func(t *tally) measure {
			m := t.monthly.InTime()
			return measure{share, m.N, m.Of}
		}},
	}
}

// middle is the median of sorted durations.
func middle(days []int) measure {
	m := measure{kind: median, of: len(days)}
	if n := len(days); n > 0 {
		m.n = days[(n-1)/2] + days[n/2]
	}
	return m
}

func spread(days []int) Spread {
	return Spread{N: len(days), Sum: mean(days).n, MedianTwo: middle(days).n}
}

func mean(days []int) measure {
	m := measure{kind: average, of: len(days)}
	for _, d := range days {
		m.n += d
	}
	return m
}

// indicators puts the figures of a quarter into words, beside those of the
// quarter before it and the same quarter of the year before.
func indicators(now, before, lastYear *tally) []Indicator {
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
		return Share{m.n, m.of}.String()
	case average:
		switch {
		case m.of == 0:
			return nothing
		case m.of < MinBase:
			return strconv.Itoa(m.of) + " 件，不计平均"
		}
		return tenths(10*m.n, m.of) + " " + unit
	case median:
		if m.of < MinBase {
			return nothing
		}
		return tenths(10*m.n, 2) + " " + unit
	}
	return strconv.Itoa(m.n)
}

// against is the change from a base: percentage points of a share, days of an
// average, per cent of a count. Where either n is too small there is none.
func (m measure) against(base measure, unit string) string {
	switch m.kind {
	case share, average:
		if m.of < MinBase || base.of < MinBase {
			return nothing
		}
		scale, unit := 10, " "+unit
		if m.kind == share {
			scale, unit = 1000, " 个百分点"
		}
		return signed(scale*(m.n*base.of-base.n*m.of), m.of*base.of) + unit
	case median:
		if m.of < MinBase || base.of < MinBase {
			return nothing
		}
		return signed(10*(m.n-base.n), 2) + " " + unit
	}
	if base.n < MinBase || m.n < MinBase {
		return nothing
	}
	return signed(1000*(m.n-base.n), base.n) + "%"
}

func signed(n, of int) string {
	s := tenths(n, of)
	if n > 0 && s != "0.0" {
		return "+" + s
	}
	return s
}
