package record

import (
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
)

func of[O any](where func(*O) any) func(any) any { return frontmatter.At(where) }

// by is the right of a party in some states.
func by(p frontmatter.Party, in []string) frontmatter.Right { return frontmatter.Right{By: p, In: in} }

func listOf[T comparable](where func(*Case) *[]T) *frontmatter.Entries {
	e := frontmatter.ListOf(where)
	e.Same = func(a, b any) bool { return frontmatter.SameMultiset(*where(a.(*Case)), *where(b.(*Case))) }
	return e
}

func unitsOf[T comparable](where func(*Case) *[]T, unit func(*T) *string) *frontmatter.Entries {
	e := listOf(where)
	e.Unit = func(entry any) *string { return unit(entry.(*T)) }
	return e
}

// registrationKeys are those of the registration, the state and the push.
var registrationKeys = []Key{
	{Name: "编号", Type: CaseID, Required: true, Note: "与文件名相同：收集年月-单位代码-序号，如 202607-NFZX-012",
		At: of(func(c *Case) any { return &c.ID }), Write: by(Collector, beforePush),
		Ledger: Column{Width: 19, Aliases: "诉求编号 事项编号 案件编号"}},
	{Name: "标题", Required: true, Line: true, Note: "4 至 60 个字，不写姓名和企业名称",
		At: of(func(c *Case) any { return &c.Title }), Write: by(Collector, always),
		Ledger: Column{Width: 40, Wrap: true, Aliases: "诉求标题 事项 事项名称 诉求事项 诉求概要 主要诉求 问题 名称"}},
	{Name: "性质", Type: Enum, Required: true, Values: []string{"诉求", "舆情"},
		At: of(func(c *Case) any { return &c.Nature }), Write: by(Collector, beforePush),
		Page: Page{Label: "性质"}, Ledger: Column{Width: 6, Aliases: "类型 诉求性质 诉求舆情"}},
	{Name: "渠道", Type: Channel, Required: true, Note: "收集单位负责的渠道",
		At: of(func(c *Case) any { return &c.Channel }), Write: by(Collector, beforePush),
		Page:   Page{Label: "渠道"},
		Ledger: Column{Width: 20, Wrap: true, Aliases: "来源 来源渠道 收集渠道 诉求渠道 诉求来源"}},
	{Name: "收集单位", Type: Unit, Required: true, At: of(func(c *Case) any { return &c.Collector }),
		Write: by(Collector, beforePush), Page: Page{Label: "收集"},
		Ledger: Column{Width: 18, Wrap: true, Aliases: "登记单位 报送单位 收集部门 收集科室 提交单位"}},
	{Name: "收集日期", Type: Day, Required: true, At: of(func(c *Case) any { return &c.Collected }),
		Write: by(Collector, beforePush), Page: Page{Label: "收集"},
		Ledger: Column{Width: 12, Aliases: "收集时间 登记日期 登记时间 受理日期 受理时间 日期 时间 收到日期 " +
			"反映时间 反映日期 来电时间 接收时间 接收日期 提出时间 提出日期"}},
	{Name: "件数", Type: Count, Default: "1", Note: "代表的工单件数，不填为 1",
		At: of(func(c *Case) any { return &c.Tickets }), Write: by(Collector, beforePush),
		Page: Page{Label: "件数", Unit: " 件"}, Ledger: Column{Width: 9, Aliases: "数量 工单数 工单件数"}},
	{Name: "属地", Type: Word, At: of(func(c *Case) any { return &c.Locality }),
		Write: by(Collector, beforePush), Page: Page{Label: "属地"},
		Ledger: Column{Width: 16, Aliases: "所属地区 地区 旗县 属地单位 主管税务机关"}},
	{Name: "税费种", Shape: Many, Type: Word, At: of(func(c *Case) any { return &c.Taxes }),
		Write: by(Collector, beforePush), Page: Page{Label: "税费种"},
		Ledger: Column{Width: 12, Aliases: "税种 费种 涉及税费种"}},
	{Name: "主题", Shape: Many, Type: Word, At: of(func(c *Case) any { return &c.Topics }),
		Write: by(Collector, beforePush), Page: Page{Label: "主题"},
		Ledger: Column{Width: 12, Aliases: "关键词 标签"}},
	{Name: "涉及系统", Shape: Many, Type: Word, Note: "涉及的信息系统，一个或多个",
		At: of(func(c *Case) any { return &c.Systems }), Write: by(Collector, beforePush),
		Page:   Page{Label: "涉及系统"},
		Ledger: Column{Width: 14, Aliases: "信息系统 涉及信息系统 业务系统"}},
	{Name: "原渠道单号", Shape: Many, Type: Word, Note: "原渠道工单号，一个或多个",
		At: of(func(c *Case) any { return &c.SourceNos }), Write: by(Collector, beforePush),
		Page:   Page{Label: "原渠道单号"},
		Ledger: Column{Width: 20, Aliases: "工单号 工单编号 单号 原单号 原工单号 流水号"}},
	{Name: "原渠道期限", Type: Day, Note: "原渠道要求的办结日期", At: of(func(c *Case) any { return &c.SourceDue }),
		Write: by(Collector, always), Page: Page{Label: "原渠道期限"},
		Ledger: Column{Width: 12, Aliases: "工单期限 原期限 渠道期限 办理期限 要求办结日期"}},
	{Name: "公开范围", Type: Enum, Values: []string{"全文", "仅要素"}, Note: "不填时按渠道和办理类别确定",
		At: of(func(c *Case) any { return &c.Scope }), Write: by(Collector, always),
		Ledger: Column{Width: 10, Aliases: "公开"}},

	{Name: "状态", Type: Enum, Required: true, Break: true, Values: states,
		Ask: "新登记的填“已登记”，已有的照原来的状态", At: of(func(c *Case) any { return &c.State }),
		Ledger: Column{Width: 11}},

	{Name: "任务清单", Type: Word, Break: true, Push: true, Note: "任务清单编号，如 RW202608-01",
		Ask: "任务清单编号，如 RW202608-01", At: of(func(c *Case) any { return &c.TaskList }),
		Write: by(Office, beforePush), Ledger: Column{Width: 14}},
	{Name: "办理类别", Type: Enum, Push: true,
		Values: []string{"政策业务类", "系统技术类", "征管流程类", "服务言行类", "服务质效类", "侵害权益类", "其他类"},
		At:     of(func(c *Case) any { return &c.Category }), Write: by(Office, beforePush),
		Ledger: Column{Width: 12}},
	{Name: "涉及面", Type: Enum, Push: true, Values: grades, At: of(func(c *Case) any { return &c.Reach }),
		Write: by(Office, beforePush), Page: Page{Label: "分级"}, Ledger: Column{Width: 8}},
	{Name: "影响度", Type: Enum, Push: true, Values: grades, At: of(func(c *Case) any { return &c.Impact }),
		Write: by(Office, beforePush), Page: Page{Label: "分级"}, Ledger: Column{Width: 8}},
	{Name: "复杂度", Type: Enum, Push: true, Values: grades, At: of(func(c *Case) any { return &c.Complexity }),
		Write: by(Office, beforePush), Page: Page{Label: "分级"}, Ledger: Column{Width: 8}},
	{Name: "紧急程度", Type: Enum, Push: true, Values: []string{"特急", "急", "一般", "缓"},
		At: of(func(c *Case) any { return &c.Urgency }), Write: by(Office, beforePush),
		Page: Page{Label: "紧急程度", After: "原渠道期限"}, Ledger: Column{Width: 10}},
	{Name: "分析单位", Shape: Many, Type: Unit, Push: true, Note: "参加分析团队的单位",
		At: of(func(c *Case) any { return &c.Analysts }), Write: by(Office, beforePush),
		Page: Page{Label: "分析单位"}},
	{Name: "承办单位", Type: Unit, Push: true, At: of(func(c *Case) any { return &c.Lead }),
		Write: by(Office, beforePush), Ledger: Column{Width: 18, Wrap: true}},
	{Name: "协办单位", Shape: Many, Type: Unit, Push: true, At: of(func(c *Case) any { return &c.Co }),
		Write: by(Office, open), Ledger: Column{Width: 24, Wrap: true}},
	{Name: "限办天数", Type: Count, Push: true, Note: "工作日，推送时确定，短于一般期限",
		At: of(func(c *Case) any { return &c.LimitDays }), Write: by(Office, beforePush),
		Page: Page{Label: "限办天数", Unit: " 个工作日"}},
	{Name: "调整原因", Push: true, Note: "联席办调整承办单位时填写",
		At: of(func(c *Case) any { return &c.AdjustReason }), Write: by(Office, beforePush),
		Page: Page{Label: "调整原因"}},
	{Name: "会议议定期限", Shape: Record, Push: true, Note: "一事一议",
		At: of(func(c *Case) any { return &c.Agreed }), Write: by(Office, beforePush),
		Page: Page{Label: "会议议定期限", After: "限办天数"}, Fields: []Key{
			{Name: "日期", Type: Day, At: of(func(x *Agreed) any { return &x.Date })},
			{Name: "依据", Type: Word, Note: "会议纪要或传签编号", Ask: basisAsked, Meeting: true,
				At: of(func(x *Agreed) any { return &x.Basis })},
		}},
}

// basisAsked is what a placeholder for 依据 asks for.
const basisAsked = "会议纪要或传签的编号，如 CQ2026-07"

// recordKeys are the records that units and the office write, and what closes a
// case. Decision keys are exactly 决定, 依据, 准延天数, 审核 and 退回原因 (section
// 3), so 依据 is one in 更正 too; in 改进 it says why, and identifies.
var recordKeys = []Key{
	{Name: "说明单", Shape: Records, Break: true, Moves: true, Note: "《税费服务诉求和舆情分析办理情况说明单》",
		List: listOf(func(c *Case) *[]Statement { return &c.Statements }), Check: checkDecision,
		Write: by(Lead, underWay), Decide: by(Office, always), Page: Page{Label: "办理情况说明单"}, Fields: []Key{
			{Name: "事由", Type: Enum, Values: []string{"异议", "无法解决", "协商未达成一致", "一事一议"},
				At: of(func(x *Statement) any { return &x.Reason })},
			{Name: "单位", Type: Unit, At: of(func(x *Statement) any { return &x.Unit })},
			{Name: "理由", At: of(func(x *Statement) any { return &x.Grounds })},
			{Name: "职责依据", Optional: true, At: of(func(x *Statement) any { return &x.DutyBasis })},
			{Name: "建议单位", Type: Unit, Optional: true, At: of(func(x *Statement) any { return &x.ProposedUnit })},
			{Name: "决定", Type: Enum, Decision: true,
				Values: []string{"成立", "不成立", "继续办理", "改派", "长期推进", "同意", "不同意"},
				At:     of(func(x *Statement) any { return &x.Decision })},
			{Name: "依据", Type: Word, Decision: true, Ask: basisAsked, Meeting: true,
				At: of(func(x *Statement) any { return &x.Basis })},
		}},

	{Name: "延期申请", Shape: Records, Break: true, Note: "《税费服务诉求和舆情分析办理延期申请单》",
		List: listOf(func(c *Case) *[]Extension { return &c.Extensions }), Check: checkGranted,
		Write: by(Lead, underWay), Decide: by(Office, always), Page: Page{Label: "办理延期申请单"}, Fields: []Key{
			{Name: "申请天数", Type: Count, Note: "工作日", Page: Page{Unit: " 个工作日"},
				At: of(func(x *Extension) any { return &x.Days })},
			{Name: "原因", At: of(func(x *Extension) any { return &x.Reason })},
			{Name: "措施", At: of(func(x *Extension) any { return &x.Measures })},
			{Name: "决定", Type: Enum, Decision: true, Values: []string{"同意", "不同意"},
				At: of(func(x *Extension) any { return &x.Decision })},
			{Name: "准延天数", Type: Count, Decision: true, Page: Page{Hidden: true},
				Note: "同意的工作日数，不超过申请天数；不填为照申请天数",
				At:   of(func(x *Extension) any { return &x.Granted })},
			{Name: "依据", Type: Word, Decision: true, Ask: basisAsked, Meeting: true,
				At: of(func(x *Extension) any { return &x.Basis })},
		}},

	{Name: "协办反馈", Shape: ByUnit, Break: true, Note: "每个协办单位只填自己的一项",
		List: unitsOf(func(c *Case) *[]CoFeedback { return &c.CoFeedback },
			func(f *CoFeedback) *string { return &f.Unit }),
		Units: func(c any) []string { return c.(*Case).Co }, Write: by(CoHandler, assisted),
		Page: Page{Label: "协办反馈"}, Fields: []Key{
			{Name: "结果", At: of(func(x *CoFeedback) any { return &x.Result })},
		}},

	{Name: "反馈", Shape: Records, Break: true, Moves: true,
		List: listOf(func(c *Case) *[]Feedback { return &c.Feedback }), Write: by(Lead, answerable),
		Decide: by(Office, []string{"已反馈"}), Page: Page{Label: "办理反馈"}, Fields: []Key{
			{Name: "结果", Type: Enum, Values: []string{"已解决", "部分解决", "解释说明", "暂未解决"},
				At: of(func(x *Feedback) any { return &x.Result })},
			{Name: "措施", At: of(func(x *Feedback) any { return &x.Measures })},
			{Name: "后续措施", Extra: true, Note: "部分解决时填写",
				At: of(func(x *Feedback) any { return &x.FollowUp })},
			{Name: "完成期限", Type: Day, Extra: true, Optional: true, Note: "部分解决时填写",
				At: of(func(x *Feedback) any { return &x.FollowUpDue })},
			{Name: "答复日期", Type: Day, Optional: true, At: of(func(x *Feedback) any { return &x.Answered })},
			{Name: "审核", Type: Enum, Decision: true, Values: []string{"通过", "退回"},
				At: of(func(x *Feedback) any { return &x.Review })},
			{Name: "退回原因", Decision: true, At: of(func(x *Feedback) any { return &x.ReturnReason })},
			{Name: "参照", Type: CaseID, Optional: true, Note: "照另一件的答复办理的，填该事项编号",
				At: of(func(x *Feedback) any { return &x.Follows })},
		}},

	{Name: "评估", Shape: Records, Break: true, List: listOf(func(c *Case) *[]Evaluation { return &c.Evaluations }),
		Write: by(Evaluator, []string{"评估中", "已办结"}), Page: Page{Label: "评估"}, Fields: []Key{
			{Name: "方式", Type: Enum,
				Values: []string{"12366回访", "第三方独立评估", "体验师体验", "实地调研", "调查问卷", "其他"},
				At:     of(func(x *Evaluation) any { return &x.Method })},
			{Name: "单位", Type: Unit, At: of(func(x *Evaluation) any { return &x.Unit })},
			{Name: "结果", Type: Enum, Values: []string{"满意", "基本满意", "不满意", "无法评价"},
				At: of(func(x *Evaluation) any { return &x.Result })},
		}},
	{Name: "不评估原因", Type: Enum, Values: []string{"未抽中", "无诉求人", "无法联系"},
		At: of(func(c *Case) any { return &c.NoEvaluation }), Page: Page{Label: "不评估原因"}},

	{Name: "改进", Shape: Records, Break: true, Moves: true, Note: "办理效果不佳的，督促改进",
		List: listOf(func(c *Case) *[]Improvement { return &c.Improvements }), Page: Page{Label: "督促改进"},
		Fields: []Key{
			{Name: "原因", At: of(func(x *Improvement) any { return &x.Reason })},
			{Name: "措施", At: of(func(x *Improvement) any { return &x.Measures })},
			{Name: "完成期限", Type: Day, Optional: true, At: of(func(x *Improvement) any { return &x.Due })},
			{Name: "依据", Type: Word, Optional: true, Note: "没有“不满意”评估的，填会议纪要、传签编号或审计、督察文书",
				Ask: basisAsked, Meeting: true, At: of(func(x *Improvement) any { return &x.Basis })},
		}},

	{Name: "督办", Shape: Records, Break: true, Note: "联席办督促单位办理，不改变状态，不影响时限",
		List:  listOf(func(c *Case) *[]Supervision { return &c.Supervisions }),
		Write: by(Office, always), Page: Page{Label: "督办"}, Fields: []Key{
			{Name: "单位", Type: Unit, Note: "被督办的单位", At: of(func(x *Supervision) any { return &x.Unit })},
			{Name: "方式", Type: Enum, Values: []string{"催办通知书", "电话", "通报"},
				At: of(func(x *Supervision) any { return &x.Method })},
			{Name: "内容", At: of(func(x *Supervision) any { return &x.Content })},
		}},
	{Name: "答复失效", Shape: Record, Note: "政策变化等，答复不再适用的",
		At: of(func(c *Case) any { return &c.Lapsed }), Write: by(Answerer, always),
		Page: Page{Label: "答复失效"}, Fields: []Key{
			{Name: "日期", Type: Day, Note: "自哪一天起不再适用", At: of(func(x *Lapse) any { return &x.Date })},
			{Name: "替代", Type: CaseID, Note: "改按哪一件的答复，填事项编号",
				At: of(func(x *Lapse) any { return &x.Replaces })},
		}},
	{Name: "不推送原因", Type: Enum,
		Values: []string{"原渠道已办结", "重复反映", "要素不全", "非税务职责", "仅供分析"},
		At:     of(func(c *Case) any { return &c.NotPushed }), Page: Page{Label: "不推送原因"}},
	{Name: "转办去向", Extra: true, Note: "仅供分析、转有关部门的，填写去向",
		At: of(func(c *Case) any { return &c.TransferTo }), Page: Page{Label: "转办去向"}},
	{Name: "并入", Type: CaseID, Note: "主件编号", At: of(func(c *Case) any { return &c.MergedInto })},
	{Name: "撤回原因", At: of(func(c *Case) any { return &c.WithdrawReason }), Page: Page{Label: "撤回原因"}},
	{Name: "下次研究日期", Type: Day, Note: "长期推进事项", At: of(func(c *Case) any { return &c.NextReview }),
		Write: by(Office, always), Page: Page{Label: "下次研究"}},
	{Name: "代录", Shape: Records, Note: "单位报来纸质材料，由联席办代为录入",
		List: listOf(func(c *Case) *[]Proxy { return &c.Proxies }), Write: by(Office, always),
		Page: Page{Label: "代录"}, Fields: []Key{
			{Name: "步骤", Type: Word, At: of(func(x *Proxy) any { return &x.Step })},
			{Name: "单位", Type: Unit, At: of(func(x *Proxy) any { return &x.Unit })},
			{Name: "收到日期", Type: Day, At: of(func(x *Proxy) any { return &x.Received })},
			{Name: "凭据", At: of(func(x *Proxy) any { return &x.Evidence })},
		}},
	{Name: "更正", Shape: Records, List: listOf(func(c *Case) *[]Correction { return &c.Corrections }),
		Write: by(Office, always), Decide: by(Office, always), Page: Page{Label: "更正"}, Fields: []Key{
			{Name: "事项", At: of(func(x *Correction) any { return &x.Matter })},
			{Name: "规则", Type: Word, Note: "更正所针对的规则", At: of(func(x *Correction) any { return &x.Rule })},
			{Name: "原因", At: of(func(x *Correction) any { return &x.Reason })},
			{Name: "依据", Type: Word, Decision: true, Ask: basisAsked, Meeting: true,
				At: of(func(x *Correction) any { return &x.Basis })},
		}},
	{Name: "承接", Shape: Record, Extra: true, Note: "启用本系统前已有的事项",
		At: of(func(c *Case) any { return &c.Inherited }), Fields: []Key{
			{Name: "推送日期", Type: Day, At: of(func(x *Inherited) any { return &x.Pushed })},
			{Name: "到期日", Type: Day, At: of(func(x *Inherited) any { return &x.Due })},
			{Name: "反馈日期", Type: Day, At: of(func(x *Inherited) any { return &x.FedBack })},
			{Name: "办结日期", Type: Day, At: of(func(x *Inherited) any { return &x.Closed })},
		}},
}

// decisionsOn says which 决定 a 说明单 of each 事由 may get.
var decisionsOn = map[string][]string{
	"异议":      {"成立", "不成立"},
	"无法解决":    {"继续办理", "改派", "长期推进"},
	"协商未达成一致": {"继续办理", "改派", "长期推进"},
	"一事一议":    {"同意", "不同意"},
}

// checkDecision tells of a 决定 that does not answer the 事由.
func checkDecision(entry any) []frontmatter.Fault {
	s := entry.(*Statement)
	may := decisionsOn[s.Reason]
	if s.Decision == "" || may == nil || slices.Contains(may, s.Decision) {
		return nil
	}
	choices := strings.Join(may, "、")
	return []frontmatter.Fault{{Field: "决定", Rule: "value-enum", Value: mdfile.Placeholder(choices),
		Message: "事由是“" + s.Reason + "”的说明单，“决定”应当是 " + choices + "，现为“" + s.Decision + "”"}}
}

// checkGranted tells of 准延天数 that a decision cannot grant.
func checkGranted(entry any) []frontmatter.Fault {
	e := entry.(*Extension)
	fault := frontmatter.Fault{Field: "准延天数", Rule: "value-type"}
	switch {
	case e.Granted == 0:
		return nil
	case e.Decision != "同意":
		fault.Message = "“准延天数”与“决定: 同意”同时填写；没有同意的不填"
	case e.Days > 0 && e.Granted > e.Days:
		fault.Value = strconv.Itoa(e.Days)
		fault.Message = "准延天数 " + strconv.Itoa(e.Granted) + " 超过申请天数 " + fault.Value
	default:
		return nil
	}
	return []frontmatter.Fault{fault}
}
