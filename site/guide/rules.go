package guide

import (
	"strconv"
	"strings"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// LimitGroup is the limits of one class.
type LimitGroup struct {
	Class, Note string
	Limits      []Limit
}

// Limit is one limit in force.
type Limit struct{ Name, Value, Span, Clause string }

// RuleRow is one row of the transition table in words.
type RuleRow struct {
	N                                          int
	First                                      bool // of those with its number
	Title, From, To, Who, With, Clocks, Clause string
}

// Days is a limit in words.
func Days(n int) string { return strconv.Itoa(n) + " 个工作日" }

// YearNote says whether the holidays of a year are known.
type YearNote struct {
	Year  int
	Final bool
	Days  int // working days
}

// Limits are those in force.
func Limits(cfg *config.Config) []LimitGroup {
	l := cfg.Limits
	ask := map[string]string{
		"窗口": "到期前 " + strconv.Itoa(l.ExtensionAhead) + " 个工作日起至到期日",
		"提前": "到期至少 " + strconv.Itoa(l.ExtensionAhead) + " 个工作日前",
	}[l.ExtensionMode]
	if ask == "" {
		ask = "到期日前（含当日）"
	}
	counting := "连续计时"
	if l.ObjectionPauses {
		counting = "暂停计时"
	}
	return []LimitGroup{
		{"制度规定", "逾期称“超期”，计入考评", []Limit{
			{"异议", Days(l.Object), "推送 → 说明单（异议）", "三(三)"},
			{"说明", Days(l.Escalate), "推送 → 说明单（无法解决、协商未达成一致）", "三(四)"},
			{"反馈", Days(l.Feedback), "推送 → 审核通过的反馈", "三(四)"},
			{"延期申请", ask, "提出申请的时间", "三(四)"},
			{"延期上限", Days(l.ExtensionCap) + "，" + strconv.Itoa(l.ExtensionCount) + " 次", "每次推送合计",
				"三(四)"},
			{"月度报送", "次月第 " + strconv.Itoa(l.Monthly) + " 个工作日", "上月收集情况", "三(二)"},
			{"会议议定期限", "按日期", "一事一议", "三(四)"},
			{"督促改进", "按完成期限", "不得申请延期", "三(五)"},
		}},
		{"原渠道", "原渠道自身的期限同时计算", []Limit{{"原渠道期限", "按日期", "原渠道规定的办结日期", "三(二)"}}},
		{"本局口径", "制度未明确、由本局统一的做法", []Limit{
			{"异议计时", counting, "异议、说明单等待确认期间", ""},
			{"收件宽限", Days(cfg.Grace), "承办、协办单位提交到入库", ""},
		}},
		{"内部控制", "逾期只作提示，不称超期，不计入考评", []Limit{
			{"推送", "一般 " + Days(l.Push) + "；急 " + Days(l.PushUrgent) + "；特急 " + Days(l.PushCritical),
				"登记 → 推送", ""},
			{"接收", Days(l.Accept), "推送 → 承办单位第一次操作", ""},
			{"协办反馈", "承办到期日前 " + Days(l.CoAhead), "推送 → 协办反馈", ""},
			{"异议确认", Days(l.ConfirmObject), "提出 → 确认（延期申请同）", ""},
			{"研究决定", Days(l.Decide), "提请 → 决定", ""},
			{"审核", Days(l.Review), "反馈 → 审核", ""},
			{"评估", Days(l.Evaluate), "审核 → 评估", ""},
			{"改进", Days(l.Improve), "没有写完成期限的改进", ""},
			{"纪要印发", Days(l.Minutes), "会议 → 印发", ""},
			{"季度报告", Days(l.Quarterly), "季末 → 报告", ""},
			{"报送上级", Days(l.SendUp), "季末 → 报送", ""},
			{"考评申辩", Days(l.Plea), "考评文件入库 → 留存季度数字", ""},
			{"长期推进", Days(l.LongTerm), "两次研究之间最长", ""},
			{"临期提醒", Days(l.Soon), "到期前", ""},
		}},
	}
}

// Rows are the lines of the table.
func Rows(t *workflow.Table) []RuleRow {
	var rows []RuleRow
	for _, r := range t.Lines() {
		who := make([]string, len(r.Who))
		for i, w := range r.Who {
			who[i] = string(w)
		}
		from, to := fromText(t, r.From), stateNames(r.To)
		if r.N == t.Correction.N {
			from, to = "任一状态", "任一状态"
		}
		first := len(rows) == 0 || rows[len(rows)-1].N != r.N
		rows = append(rows, RuleRow{r.N, first, r.Title, from, to, strings.Join(who, "、"), r.With, r.Clocks, r.Clause})
	}
	return rows
}

// fromText shortens the long lists of rows that lead from nearly anywhere.
func fromText(t *workflow.Table, states []workflow.State) string {
	open, pushed := 0, 0
	for _, s := range t.States {
		switch {
		case s.Open && !s.BeforePush:
			pushed++
			fallthrough
		case s.Open:
			open++
		}
	}
	switch len(states) {
	case 0:
		return "（新建）"
	case open:
		return "各在办状态"
	case pushed:
		return "推送后各在办状态"
	}
	return stateNames(states)
}

func stateNames(states []workflow.State) string {
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = string(s)
	}
	return strings.Join(names, "、")
}

// Years tell of the year of a day and of those beside it.
func Years(calendar *workday.Calendar, of workday.Date) []YearNote {
	var list []YearNote
	for year := of.Year() - 1; year <= of.Year()+1; year++ {
		first := workday.New(year, time.January, 1)
		list = append(list, YearNote{year, !calendar.Provisional(first),
			calendar.Count(first.AddDays(-1), workday.New(year, time.December, 31))})
	}
	return list
}
