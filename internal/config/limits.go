package config

import (
	"fmt"
	"strconv"
)

// limit is one 时限: where it is kept, what it is where suqiu.yaml says nothing,
// and what people are told of it.
type limit struct {
	name    string
	to      any // *int, *string, *bool
	normal  int // of an *int
	least   int
	words   string // how its number is said
	span    string // from → to
	class   string // 制度规定 三(三), 本局口径, 内部控制
	choices []string
}

// table lists the limits in the order of section 4; 延期提前, which belongs to
// 延期申请方式, has no span.
func (l *Limits) table() []limit {
	const (
		days      = "%d 个工作日"
		statutory = "制度规定 "
		internal  = "内部控制"
	)
	ahead := strconv.Itoa(l.ExtensionAhead) + " 个工作日"
	return []limit{
		{"异议", &l.Object, 2, 1, days, "推送 → 说明单（异议）", statutory + "三(三)", nil},
		{"说明", &l.Escalate, 3, 1, days, "推送 → 说明单（无法解决、协商未达成一致）", statutory + "三(四)", nil},
		{"反馈", &l.Feedback, 10, 1, days, "推送 → 审核通过的反馈", statutory + "三(四)", nil},
		{"延期申请方式", &l.ExtensionMode, 0, 0, "",
			"宽松：到期日前；窗口：到期前 " + ahead + "起至到期日；提前：至少提前 " + ahead,
			statutory + "三(四)", []string{"宽松", "窗口", "提前"}},
		{"延期提前", &l.ExtensionAhead, 2, 0, days, "", "", nil},
		{"延期上限", &l.ExtensionCap, 20, 0, days, "一次推送内全部延期（会议议定期限除外）", statutory + "三(四)", nil},
		{"延期次数", &l.ExtensionCount, 1, 0, "%d 次", "一次推送内", statutory + "三(四)", nil},
		{"月报", &l.Monthly, 3, 1, "第 %d 个工作日", "次月第几个工作日前报送", statutory + "三(二)", nil},
		{"异议计时", &l.ObjectionPauses, 0, 0, "", "异议、说明单待决定期间", "本局口径", []string{"暂停", "连续"}},
		{"推送", &l.Push, 5, 1, days, "登记（或当月月报日，以晚者为准）→ 推送", internal, nil},
		{"急推送", &l.PushUrgent, 2, 1, days, "登记 → 推送（急）", internal, nil},
		{"特急推送", &l.PushCritical, 1, 1, days, "登记 → 推送（特急）", internal, nil},
		{"接收", &l.Accept, 1, 1, days, "推送 → 承办单位第一个动作", internal, nil},
		{"协办提前", &l.CoAhead, 3, 0, days, "协办反馈早于承办到期日", internal, nil},
		{"异议确认", &l.ConfirmObject, 3, 1, days, "提出异议、延期申请 → 决定", internal, nil},
		{"研究决定", &l.Decide, 5, 1, days, "报研究 → 决定", internal, nil},
		{"审核", &l.Review, 3, 1, days, "反馈 → 审核", internal, nil},
		{"评估", &l.Evaluate, 10, 1, days, "审核通过 → 评估", internal, nil},
		{"改进", &l.Improve, 10, 1, days, "督促改进 → 反馈（未写完成期限的）", internal, nil},
		{"纪要印发", &l.Minutes, 5, 1, days, "召开会议 → 印发纪要", internal, nil},
		{"季报", &l.Quarterly, 10, 1, days, "季度终了 → 分析报告", internal, nil},
		{"报送", &l.SendUp, 15, 1, days, "季度终了 → 报送区局", internal, nil},
		{"申辩", &l.Plea, 5, 1, days, "考评文件入库 → 留存季度数字，期满以前不得留存", internal, nil},
		{"长期研究", &l.LongTerm, 60, 1, days, "下次研究日期最远", internal, nil},
		{"临期", &l.Soon, 2, 0, days, "到期前提示", internal, nil},
	}
}

// DefaultLimits are the 时限 that apply where suqiu.yaml sets none (三(二) to
// 三(五) for the 制度规定 ones).
func DefaultLimits() Limits {
	l := Limits{ExtensionMode: "宽松", ObjectionPauses: true}
	for _, row := range l.table() {
		if to, ok := row.to.(*int); ok {
			*to = row.normal
		}
	}
	return l
}

// LimitInfo describes one 时限 for the rules page.
type LimitInfo struct {
	Key   string
	Span  string // from → to
	Class string // 制度规定 三(三), 本局口径, 内部控制
	Value string // in words: 10 个工作日
}

// Describe lists the limits in force, in the order of section 4.
func (l Limits) Describe() []LimitInfo {
	var list []LimitInfo
	for _, row := range l.table() {
		if row.span != "" {
			list = append(list, LimitInfo{row.name, row.span, row.class, row.value()})
		}
	}
	return list
}

// value is a limit in words.
func (row *limit) value() string {
	switch to := row.to.(type) {
	case *string:
		return *to
	case *bool:
		if *to {
			return row.choices[0]
		}
		return row.choices[1]
	}
	return fmt.Sprintf(row.words, *row.to.(*int))
}

// keys are those of 时限; a limit that is not set keeps its default.
func (l *Limits) keys() []Key {
	var keys []Key
	for _, row := range l.table() {
		k := Key{Name: row.name, Optional: true, Values: row.choices, Least: row.least, To: row.to,
			Note: row.span + "；默认 " + row.value() + "（" + row.class + "）"}
		if row.span == "" {
			k.With, k.Note = "延期申请方式", "工作日，用于 窗口 和 提前"
		}
		keys = append(keys, k)
	}
	return keys
}
