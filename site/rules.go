package site

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"suqiu/internal/draw"
	"suqiu/internal/regulation"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// rulesPage is 制度与口径.
type rulesPage struct {
	Frame
	Limits  []LimitGroup
	Rows    []RuleRow
	Diagram template.HTML
	Grace   int
	Years   []YearNote
	Scope   []string // 仅要素
}

// Anchor is where the page of the regulation has a clause.
func (*rulesPage) Anchor(clause string) string { return regulation.Anchor(clause) }

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

// YearNote says whether the holidays of a year are known.
type YearNote struct {
	Year  int
	Final bool
	Days  int // working days
}

func (v *builder) rulesPage() framed {
	page := &rulesPage{Limits: v.limits(), Rows: ruleRows(workflow.Regulation()),
		Diagram: draw.Diagram(workflow.Regulation()), Grace: v.Config.Grace, Scope: v.Config.Restricted}
	for year := v.AsOf.Year() - 1; year <= v.AsOf.Year()+1; year++ {
		first := workday.New(year, time.January, 1)
		page.Years = append(page.Years, YearNote{year, !v.Calendar.Provisional(first),
			v.Calendar.Count(first.AddDays(-1), workday.New(year, time.December, 31))})
	}
	return page
}

func (v *builder) limits() []LimitGroup {
	l := v.Config.Limits
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
			{"异议", days(l.Object), "推送 → 说明单（异议）", "三(三)"},
			{"说明", days(l.Escalate), "推送 → 说明单（无法解决、协商未达成一致）", "三(四)"},
			{"反馈", days(l.Feedback), "推送 → 审核通过的反馈", "三(四)"},
			{"延期申请", ask, "提出申请的时间", "三(四)"},
			{"延期上限", days(l.ExtensionCap) + "，" + strconv.Itoa(l.ExtensionCount) + " 次", "每次推送合计",
				"三(四)"},
			{"月度报送", "次月第 " + strconv.Itoa(l.Monthly) + " 个工作日", "上月收集情况", "三(二)"},
			{"会议议定期限", "按日期", "一事一议", "三(四)"},
			{"督促改进", "按完成期限", "不得申请延期", "三(五)"},
		}},
		{"原渠道", "原渠道自身的期限同时计算", []Limit{{"原渠道期限", "按日期", "原渠道规定的办结日期", "三(二)"}}},
		{"本局口径", "制度未明确、由本局统一的做法", []Limit{
			{"异议计时", counting, "异议、说明单等待确认期间", ""},
			{"收件宽限", days(v.Config.Grace), "承办、协办单位提交到入库", ""},
		}},
		{"内部控制", "逾期只作提示，不称超期，不计入考评", []Limit{
			{"推送", "一般 " + days(l.Push) + "；急 " + days(l.PushUrgent) + "；特急 " + days(l.PushCritical),
				"登记 → 推送", ""},
			{"接收", days(l.Accept), "推送 → 承办单位第一次操作", ""},
			{"协办反馈", "承办到期日前 " + days(l.CoAhead), "推送 → 协办反馈", ""},
			{"异议确认", days(l.ConfirmObject), "提出 → 确认（延期申请同）", ""},
			{"研究决定", days(l.Decide), "提请 → 决定", ""},
			{"审核", days(l.Review), "反馈 → 审核", ""},
			{"评估", days(l.Evaluate), "审核 → 评估", ""},
			{"改进", days(l.Improve), "没有写完成期限的改进", ""},
			{"纪要印发", days(l.Minutes), "会议 → 印发", ""},
			{"季度报告", days(l.Quarterly), "季末 → 报告", ""},
			{"报送上级", days(l.SendUp), "季末 → 报送", ""},
			{"考评申辩", days(l.Plea), "考评文件入库 → 留存季度数字", ""},
			{"长期推进", days(l.LongTerm), "两次研究之间最长", ""},
			{"临期提醒", days(l.Soon), "到期前", ""},
		}},
	}
}

func ruleRows(t *workflow.Table) []RuleRow {
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
