package demo

// step is what a word in a commit's header stands for. Everything that it
// copies comes from the life's preface; the commit's own facts come on top.
type step struct {
	state  string   // 状态 it leads to; empty: none
	copies []string // keys of the preface
	texts  []string // body sections of the preface
	record string   // list that gets an entry, or whose last entry is decided
	// message begins the commit's message. {键} stands for a fact of the life.
	message string
}

// steps are the words a life may use. Whatever a word does not say, the facts
// below the header do.
var steps = map[string]step{
	"登记": {state: "已登记", message: "登记：{标题}", texts: []string{"诉求内容"},
		copies: []string{"标题", "性质", "渠道", "收集单位", "收集日期", "件数", "属地", "税费种", "主题",
			"原渠道单号", "原渠道期限", "公开范围"}},
	"补充": {message: "补充要素：{标题}"},
	"分析": {state: "分析中", message: "转入分析：{标题}"},
	"推送": {state: "已推送", message: "推送：{标题}（{承办单位}）", texts: []string{"研判分析"},
		copies: []string{"任务清单", "办理类别", "分级", "紧急程度", "分析单位", "承办单位", "协办单位", "限办天数"}},
	"接收":    {state: "办理中", message: "接收任务：{标题}"},
	"异议":    {state: "异议待确认", record: "说明单", message: "报送说明单（异议）：{标题}"},
	"异议成立":  {state: "已推送", record: "说明单", message: "异议成立，改派：{标题}"},
	"异议不成立": {state: "办理中", record: "说明单", message: "异议不成立，继续办理：{标题}"},
	"报研究":   {state: "待研究决定", record: "说明单", message: "报联席会议研究：{标题}"},
	"继续办理":  {state: "办理中", record: "说明单", message: "研究决定继续办理：{标题}"},
	"改派":    {state: "已推送", record: "说明单", message: "研究决定改派：{标题}"},
	"长期推进":  {state: "长期推进", message: "转长期推进：{标题}"},
	"调整":    {state: "已推送", message: "调整承办单位：{标题}"},
	"申请延期":  {record: "延期申请", message: "申请延期：{标题}"},
	"批复延期":  {record: "延期申请", message: "批复延期申请：{标题}"},
	"协办反馈":  {message: "协办反馈：{标题}"},
	"办理":    {message: "补充办理情况：{标题}"},
	"反馈": {state: "已反馈", record: "反馈", message: "反馈办理情况：{标题}",
		texts: []string{"办理情况", "反馈答复"}},
	"退回":   {state: "办理中", record: "反馈", message: "退回补正：{标题}"},
	"审核":   {state: "评估中", record: "反馈", message: "审核通过：{标题}"},
	"评估":   {record: "评估", message: "评估：{标题}"},
	"办结":   {state: "已办结", message: "办结：{标题}"},
	"改进":   {state: "改进中", record: "改进", message: "督促改进：{标题}"},
	"恢复办理": {state: "办理中", message: "恢复办理：{标题}"},
	"不推送":  {state: "不推送", message: "不推送：{标题}"},
	"合并":   {state: "已合并", message: "合并：{标题}"},
	"撤回":   {state: "已撤回", message: "撤回：{标题}"},
	"更正":   {message: "更正：{标题}"},
	"修改":   {message: "修改：{标题}"},
}
