// Package record is one case file: its schema, in which each key is one value,
// and what loops over it. It parses with positions, prints the canonical form,
// and says what one version states that another did not.
//
// Parse never fails and never panics: what is wrong with a file are the
// Problems of the Case it returns.
package record

import (
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// Case is the content of one file as its author typed it: unit names with
// aliases resolved, everything else as text, plus the few typed values that
// the workflow computes with. A value that is absent or invalid is zero.
type Case struct {
	Path string // slash-separated path in the repository

	ID        string // 编号
	Title     string // 标题
	Nature    string // 性质
	Channel   string // 渠道
	Collector string // 收集单位
	Collected workday.Date
	Tickets   int // 件数, at least 1
	Locality  string
	Taxes     []string // 税费种
	Topics    []string // 主题
	Systems   []string // 涉及系统
	SourceNos []string // 原渠道单号
	SourceDue workday.Date
	Scope     string // 公开范围 as typed; empty: default of channel and category

	State string // 状态

	TaskList     string // 任务清单
	Category     string // 办理类别
	Reach        string // 涉及面
	Impact       string // 影响度
	Complexity   string // 复杂度
	Urgency      string // 紧急程度
	Analysts     []string
	Lead         string   // 承办单位
	Co           []string // 协办单位
	LimitDays    int      // 限办天数, 0 if unset
	AdjustReason string   // 调整原因
	Agreed       Agreed   // 会议议定期限

	Statements   []Statement   // 说明单
	Extensions   []Extension   // 延期申请
	CoFeedback   []CoFeedback  // 协办反馈, in file order
	Feedback     []Feedback    // 反馈
	Evaluations  []Evaluation  // 评估
	NoEvaluation string        // 不评估原因
	Improvements []Improvement // 改进

	Supervisions   []Supervision // 督办
	Lapsed         Lapse         // 答复失效
	NotPushed      string        // 不推送原因
	TransferTo     string        // 转办去向
	MergedInto     string        // 并入
	WithdrawReason string        // 撤回原因
	NextReview     workday.Date
	Proxies        []Proxy      // 代录
	Corrections    []Correction // 更正
	Inherited      Inherited    // 承接; nil if absent

	Sections []mdfile.Section // the body, in file order

	Suppressions []mdfile.Suppression // in file order

	// Unreadable is set when the front matter as a whole cannot be read: the
	// version states nothing and its other fields are empty.
	Unreadable bool
	Problems   []problem.Problem // in file order
}

// Agreed is a due day fixed by the joint meeting (一事一议, 三(四)).
type Agreed struct {
	Date  workday.Date
	Basis string // 编号 of a file in meetings/
}

// Statement is one 说明单.
type Statement struct {
	Reason       string // 事由: 异议 无法解决 协商未达成一致 一事一议
	Unit         string
	Grounds      string // 理由
	DutyBasis    string // 职责依据
	ProposedUnit string // 建议单位
	Decision     string // 决定: 成立 不成立 继续办理 改派 长期推进 同意 不同意
	Basis        string // 依据
}

// Extension is one 延期申请.
type Extension struct {
	Days     int // 申请天数, working days
	Reason   string
	Measures string
	Decision string // 同意 不同意
	Granted  int    // 准延天数, working days; 0: as asked
	Basis    string
}

// Allowed is how many working days a request was granted, if it was: what was
// written into 准延天数, and not more than was asked.
func (e *Extension) Allowed() int {
	if e.Granted > 0 {
		return min(e.Granted, e.Days)
	}
	return e.Days
}

// CoFeedback is what one co-handler answered.
type CoFeedback struct {
	Unit   string
	Result string
}

// Feedback is one 反馈 of the unit in charge.
type Feedback struct {
	Result       string // 已解决 部分解决 解释说明 暂未解决
	Measures     string
	FollowUp     string // 后续措施
	FollowUpDue  workday.Date
	Answered     workday.Date // 答复日期
	Review       string       // 审核: 通过 退回
	ReturnReason string
	Follows      string // 参照: 编号 of the answer that this one follows
}

// Evaluation is one 评估.
type Evaluation struct {
	Method string // 方式
	Unit   string
	Result string // 满意 基本满意 不满意 无法评价
}

// Improvement is one 改进 (三(五): 办理效果不佳).
type Improvement struct {
	Reason   string
	Measures string
	Due      workday.Date // 完成期限
	Basis    string       // 依据, where no 评估 不满意 stands; part of what the entry is
}

// Supervision is one 督办: the office urges a unit to act.
type Supervision struct {
	Unit    string
	Method  string // 方式: 催办通知书 电话 通报
	Content string // 内容
}

// Lapse says that the answer is no longer to be followed.
type Lapse struct {
	Date     workday.Date // 日期
	Replaces string       // 替代: 编号 of the answer to follow instead
}

// Proxy is one 代录: the office enters for a unit what came on paper.
type Proxy struct {
	Step     string // 步骤
	Unit     string
	Received workday.Date
	Evidence string // 凭据
}

// Correction is one 更正.
type Correction struct {
	Matter string // 事项
	Rule   string // 规则: the slug it excuses
	Reason string
	Basis  string
}

// Inherited are the dates of a case that existed before the 基线 commit.
type Inherited struct {
	Pushed, Due, FedBack, Closed workday.Date
}
