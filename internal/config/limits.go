package config

import (
	"slices"
	"strconv"

	"suqiu/internal/yamltext"
)

// DefaultLimits are the 时限 that apply where suqiu.yaml sets none (三(二) to
// 三(五) for the 制度规定 ones).
func DefaultLimits() Limits {
	return Limits{
		Object: 2, Escalate: 3, Feedback: 10,
		ExtensionMode: "宽松", ExtensionAhead: 2, ExtensionCap: 20, ExtensionCount: 1,
		Monthly: 3, ObjectionPauses: true,
		Push: 5, PushUrgent: 2, PushCritical: 1,
		Accept: 1, CoAhead: 3, ConfirmObject: 3, Decide: 5, Review: 3, Evaluate: 10, Improve: 10,
		Minutes: 5, Quarterly: 10, SendUp: 15, Plea: 5, LongTerm: 60, Soon: 2,
	}
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
	days := func(n int) string { return strconv.Itoa(n) + " 个工作日" }
	timing := "暂停"
	if !l.ObjectionPauses {
		timing = "连续"
	}
	return []LimitInfo{
		{"异议", "推送 → 说明单（异议）", "制度规定 三(三)", days(l.Object)},
		{"说明", "推送 → 说明单（无法解决、协商未达成一致）", "制度规定 三(四)", days(l.Escalate)},
		{"反馈", "推送 → 审核通过的反馈", "制度规定 三(四)", days(l.Feedback)},
		{"延期申请方式", "宽松：到期日前；窗口：到期前 " + strconv.Itoa(l.ExtensionAhead) + " 个工作日起至到期日；提前：至少提前 " + strconv.Itoa(l.ExtensionAhead) + " 个工作日", "制度规定 三(四)", l.ExtensionMode},
		{"延期上限", "一次推送内全部延期（会议议定期限除外）", "制度规定 三(四)", days(l.ExtensionCap)},
		{"延期次数", "一次推送内", "制度规定 三(四)", strconv.Itoa(l.ExtensionCount) + " 次"},
		{"月报", "次月第几个工作日前报送", "制度规定 三(二)", "第 " + strconv.Itoa(l.Monthly) + " 个工作日"},
		{"异议计时", "异议、说明单待决定期间", "本局口径", timing},
		{"推送", "登记（或当月月报日，以晚者为准）→ 推送", "内部控制", days(l.Push)},
		{"急推送", "登记 → 推送（急）", "内部控制", days(l.PushUrgent)},
		{"特急推送", "登记 → 推送（特急）", "内部控制", days(l.PushCritical)},
		{"接收", "推送 → 承办单位第一个动作", "内部控制", days(l.Accept)},
		{"协办提前", "协办反馈早于承办到期日", "内部控制", days(l.CoAhead)},
		{"异议确认", "提出异议、延期申请 → 决定", "内部控制", days(l.ConfirmObject)},
		{"研究决定", "报研究 → 决定", "内部控制", days(l.Decide)},
		{"审核", "反馈 → 审核", "内部控制", days(l.Review)},
		{"评估", "审核通过 → 评估", "内部控制", days(l.Evaluate)},
		{"改进", "督促改进 → 反馈（未写完成期限的）", "内部控制", days(l.Improve)},
		{"纪要印发", "召开会议 → 印发纪要", "内部控制", days(l.Minutes)},
		{"季报", "季度终了 → 分析报告", "内部控制", days(l.Quarterly)},
		{"报送", "季度终了 → 报送区局", "内部控制", days(l.SendUp)},
		{"申辩", "考评文件入库 → 留存季度数字，期满以前不得留存", "内部控制", days(l.Plea)},
		{"长期研究", "下次研究日期最远", "内部控制", days(l.LongTerm)},
		{"临期", "到期前提示", "内部控制", days(l.Soon)},
	}
}

// limits reads 时限; a limit that is not set keeps its default.
func (r *reader) limits(n *yamltext.Node) {
	if empty(n) {
		return
	}
	if n.Kind != yamltext.Map {
		r.tell("value-type", "时限", n, "“时限”应逐项写成“名称: 天数”", "时限: {反馈: 10}")
		return
	}
	l := &r.c.Limits
	counts := map[string]*int{
		"异议": &l.Object, "说明": &l.Escalate, "反馈": &l.Feedback, "延期提前": &l.ExtensionAhead, "延期上限": &l.ExtensionCap,
		"延期次数": &l.ExtensionCount, "月报": &l.Monthly, "推送": &l.Push, "急推送": &l.PushUrgent, "特急推送": &l.PushCritical,
		"接收": &l.Accept, "协办提前": &l.CoAhead, "异议确认": &l.ConfirmObject, "研究决定": &l.Decide, "审核": &l.Review, "评估": &l.Evaluate,
		"改进": &l.Improve, "纪要印发": &l.Minutes, "季报": &l.Quarterly, "报送": &l.SendUp, "申辩": &l.Plea, "长期研究": &l.LongTerm, "临期": &l.Soon,
	}
	names := []string{"延期提前"} // part of 延期申请方式 in Describe
	for _, info := range l.Describe() {
		names = append(names, info.Key)
	}
	r.known(n, "时限", names...)
	for _, f := range n.Fields {
		key := "时限." + f.Key
		switch f.Key {
		case "延期申请方式":
			if v := r.scalar(key, f.Value); v == "宽松" || v == "窗口" || v == "提前" {
				l.ExtensionMode = v
			} else if v != "" {
				r.tell("value-enum", key, f.Value, "“延期申请方式”不能是“"+v+"”", "延期申请方式: 〔请填：宽松、窗口、提前〕")
			}
		case "异议计时":
			switch v := r.scalar(key, f.Value); v {
			case "", "暂停":
			case "连续":
				l.ObjectionPauses = false
			default:
				r.tell("value-enum", key, f.Value, "“异议计时”不能是“"+v+"”", "异议计时: 暂停（或 连续）")
			}
		default:
			if to := counts[f.Key]; to != nil {
				least := 1
				if slices.Contains([]string{"延期次数", "延期上限", "延期提前", "协办提前", "临期"}, f.Key) {
					least = 0
				}
				r.count(key, f.Value, least, to)
			}
		}
	}
}
