package record

import "slices"

// Shape says how a key's value is built.
type Shape uint8

// The shapes of a value.
const (
	One     Shape = iota // one scalar
	Many                 // a list of scalars, one a line; `甲、乙` is read as well
	Record               // one map with the keys of Fields
	Records              // a list of maps with the keys of Fields
	ByUnit               // a map from a unit's name to a map with the keys of Fields
	Counts               // a map from names to whole numbers: 渠道收集量 of a monthly submission
)

// Type says what a scalar holds. Every scalar is the text that was typed; the
// type says which text is valid.
type Type uint8

// The types of a scalar.
const (
	Text    Type = iota // free text
	Word                // a short name or number that never contains a comment sign: 渠道, 任务清单, 规则
	CaseID              // 编号 of a case: 202607-NFZX-012
	Unit                // name or alias of a unit
	Day                 // 2026-07-15
	Count               // a whole number, at least 1
	Enum                // one of Values
	Month               // 2026-07
	Quarter             // 2026Q3
	Points              // a number that is not negative, with at most two decimals: 0.5
)

// Key is one key of a front matter. The table of a case file's keys is Schema;
// parse, diff, print, the editor schema and the site's forms all read it. The
// other files with front matter have tables of their own in package papers.
type Key struct {
	Name     string
	Shape    Shape
	Type     Type
	Values   []string // Enum: what may stand there, in the order to show it
	Fields   []Key    // Record, Records, ByUnit
	Break    bool     // a blank line goes before it in canonical form
	Required bool     // must be filled whatever the state
	Decision bool     // 决定 依据 准延天数 审核 退回原因 of a list's entry: filled once, no part of its identity
	Extra    bool     // printed only where it is stated; all others are printed even if empty
	Note     string   // for the editor schema and --help, Chinese
	Push     bool     // a push sets it, and so does whatever pushes again
	Write    Right    // of the key and, in a list of records, of a new entry
	Decide   Right    // of the decision keys of a record
}

// States lists 状态 in the order of DESIGN section 5.
func States() []string { return slices.Clone(states) }

// Headings lists the four sections that every body has, in order.
func Headings() []string { return slices.Clone(headings) }

// Schema returns the keys of a case file in canonical order. The caller must
// not change what Values and Fields point to.
func Schema() []Key { return slices.Clone(schema) }

// field returns the key of a list of keys with this name, nil if there is none.
func field(keys []Key, name string) *Key {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i]
		}
	}
	return nil
}

var states = []string{
	"已登记", "分析中", "已推送", "办理中", "异议待确认", "待研究决定", "已反馈", "评估中", "改进中", "长期推进",
	"已办结", "不推送", "已合并", "已撤回",
}

// Sets of states that rights are given in.
var (
	always     = append([]string{""}, states...) // also before there is one
	open       = states[:10]
	beforePush = states[:2]
	assisted   = states[2:10] // co-handlers have their part until the case is closed
	underWay   = []string{"已推送", "办理中"}
	answerable = []string{"已推送", "办理中", "改进中", "长期推进"}
)

var headings = []string{"诉求内容", "研判分析", "办理情况", "反馈答复"}

var grades = []string{"高", "中", "低"}

// schema is the one table of keys: order, groups, shapes, enumerations and
// decision keys. It is never written to.
var schema = []Key{
	{Name: "编号", Write: Right{Collector, beforePush}, Type: CaseID, Required: true, Note: "与文件名相同：收集年月-单位代码-序号，如 202607-NFZX-012"},
	{Name: "标题", Write: Right{Collector, always}, Type: Text, Required: true, Note: "4 至 60 个字，不写姓名和企业名称"},
	{Name: "性质", Write: Right{Collector, beforePush}, Type: Enum, Required: true, Values: []string{"诉求", "舆情"}},
	{Name: "渠道", Write: Right{Collector, beforePush}, Type: Word, Required: true, Note: "收集单位负责的渠道"},
	{Name: "收集单位", Write: Right{Collector, beforePush}, Type: Unit, Required: true},
	{Name: "收集日期", Write: Right{Collector, beforePush}, Type: Day, Required: true},
	{Name: "件数", Write: Right{Collector, beforePush}, Type: Count, Note: "代表的工单件数，不填为 1"},
	{Name: "属地", Write: Right{Collector, beforePush}, Type: Word},
	{Name: "税费种", Write: Right{Collector, beforePush}, Shape: Many, Type: Word},
	{Name: "主题", Write: Right{Collector, beforePush}, Shape: Many, Type: Word},
	{Name: "原渠道单号", Write: Right{Collector, beforePush}, Shape: Many, Type: Word, Note: "原渠道工单号，一个或多个"},
	{Name: "原渠道期限", Write: Right{Collector, always}, Type: Day, Note: "原渠道要求的办结日期"},
	{Name: "公开范围", Write: Right{Collector, always}, Type: Enum, Values: []string{"全文", "仅要素"}, Note: "不填时按渠道和办理类别确定"},

	{Name: "状态", Type: Enum, Required: true, Break: true, Values: states},

	{Name: "任务清单", Push: true, Write: Right{Office, beforePush}, Type: Word, Break: true, Note: "任务清单编号，如 RW202608-01"},
	{Name: "办理类别", Push: true, Write: Right{Office, beforePush}, Type: Enum, Values: []string{"政策业务类", "系统技术类", "征管流程类", "服务言行类", "服务质效类", "侵害权益类", "其他类"}},
	{Name: "涉及面", Push: true, Write: Right{Office, beforePush}, Type: Enum, Values: grades},
	{Name: "影响度", Push: true, Write: Right{Office, beforePush}, Type: Enum, Values: grades},
	{Name: "复杂度", Push: true, Write: Right{Office, beforePush}, Type: Enum, Values: grades},
	{Name: "紧急程度", Push: true, Write: Right{Office, beforePush}, Type: Enum, Values: []string{"特急", "急", "一般", "缓"}},
	{Name: "分析单位", Push: true, Write: Right{Office, beforePush}, Shape: Many, Type: Unit, Note: "参加分析团队的单位"},
	{Name: "承办单位", Push: true, Write: Right{Office, beforePush}, Type: Unit},
	{Name: "协办单位", Push: true, Write: Right{Office, open}, Shape: Many, Type: Unit},
	{Name: "限办天数", Push: true, Write: Right{Office, beforePush}, Type: Count, Note: "工作日，推送时确定，短于一般期限"},
	{Name: "调整原因", Push: true, Write: Right{Office, beforePush}, Type: Text, Note: "联席办调整承办单位时填写"},
	{Name: "会议议定期限", Push: true, Write: Right{Office, beforePush}, Shape: Record, Note: "一事一议", Fields: []Key{
		{Name: "日期", Type: Day},
		{Name: "依据", Type: Word, Note: "会议纪要或传签编号"},
	}},

	{Name: "说明单", Write: Right{Lead, underWay}, Decide: Right{Office, always}, Shape: Records, Break: true, Note: "《税费服务诉求和舆情分析办理情况说明单》", Fields: []Key{
		{Name: "事由", Type: Enum, Values: []string{"异议", "无法解决", "协商未达成一致", "一事一议"}},
		{Name: "单位", Type: Unit},
		{Name: "理由", Type: Text},
		{Name: "职责依据", Type: Text},
		{Name: "建议单位", Type: Unit},
		{Name: "决定", Type: Enum, Decision: true, Values: []string{"成立", "不成立", "继续办理", "改派", "长期推进", "同意", "不同意"}},
		{Name: "依据", Type: Word, Decision: true},
	}},

	{Name: "延期申请", Write: Right{Lead, underWay}, Decide: Right{Office, always}, Shape: Records, Break: true, Note: "《税费服务诉求和舆情分析办理延期申请单》", Fields: []Key{
		{Name: "申请天数", Type: Count, Note: "工作日"},
		{Name: "原因", Type: Text},
		{Name: "措施", Type: Text},
		{Name: "决定", Type: Enum, Decision: true, Values: []string{"同意", "不同意"}},
		{Name: "准延天数", Type: Count, Decision: true, Note: "同意的工作日数，不超过申请天数；不填为照申请天数"},
		{Name: "依据", Type: Word, Decision: true},
	}},

	{Name: "协办反馈", Write: Right{CoHandler, assisted}, Shape: ByUnit, Break: true, Note: "每个协办单位只填自己的一项", Fields: []Key{
		{Name: "结果", Type: Text},
	}},

	{Name: "反馈", Write: Right{Lead, answerable}, Decide: Right{Office, []string{"已反馈"}}, Shape: Records, Break: true, Fields: []Key{
		{Name: "结果", Type: Enum, Values: []string{"已解决", "部分解决", "解释说明", "暂未解决"}},
		{Name: "措施", Type: Text},
		{Name: "后续措施", Type: Text, Extra: true, Note: "部分解决时填写"},
		{Name: "完成期限", Type: Day, Extra: true, Note: "部分解决时填写"},
		{Name: "答复日期", Type: Day},
		{Name: "审核", Type: Enum, Decision: true, Values: []string{"通过", "退回"}},
		{Name: "退回原因", Type: Text, Decision: true},
	}},

	{Name: "评估", Write: Right{Evaluator, []string{"评估中", "已办结"}}, Shape: Records, Break: true, Fields: []Key{
		{Name: "方式", Type: Enum, Values: []string{"12366回访", "第三方独立评估", "体验师体验", "实地调研", "调查问卷", "其他"}},
		{Name: "单位", Type: Unit},
		{Name: "结果", Type: Enum, Values: []string{"满意", "基本满意", "不满意", "无法评价"}},
	}},
	{Name: "不评估原因", Type: Enum, Values: []string{"未抽中", "无诉求人", "无法联系"}},

	{Name: "改进", Shape: Records, Break: true, Note: "办理效果不佳的，督促改进", Fields: []Key{
		{Name: "原因", Type: Text},
		{Name: "措施", Type: Text},
		{Name: "完成期限", Type: Day},
		{Name: "依据", Type: Word, Note: "没有“不满意”评估的，填会议纪要、传签编号或审计、督察文书"},
	}},

	{Name: "不推送原因", Type: Enum, Break: true, Values: []string{"原渠道已办结", "重复反映", "要素不全", "非税务职责", "仅供分析"}},
	{Name: "转办去向", Type: Text, Extra: true, Note: "仅供分析、转有关部门的，填写去向"},
	{Name: "并入", Type: CaseID, Note: "主件编号"},
	{Name: "撤回原因", Type: Text},
	{Name: "下次研究日期", Write: Right{Office, always}, Type: Day, Note: "长期推进事项"},
	{Name: "代录", Write: Right{Office, always}, Shape: Records, Note: "单位报来纸质材料，由联席办代为录入", Fields: []Key{
		{Name: "步骤", Type: Word},
		{Name: "单位", Type: Unit},
		{Name: "收到日期", Type: Day},
		{Name: "凭据", Type: Text},
	}},
	{Name: "更正", Write: Right{Office, always}, Decide: Right{Office, always}, Shape: Records, Fields: []Key{
		{Name: "事项", Type: Text},
		{Name: "规则", Type: Word, Note: "更正所针对的规则"},
		{Name: "原因", Type: Text},
		{Name: "依据", Type: Word, Decision: true},
	}},
	{Name: "承接", Shape: Record, Extra: true, Note: "启用本系统前已有的事项", Fields: []Key{
		{Name: "推送日期", Type: Day},
		{Name: "到期日", Type: Day},
		{Name: "反馈日期", Type: Day},
		{Name: "办结日期", Type: Day},
	}},
}
