// Package config is suqiu.yaml: the organisation, its limits and its calendar.
package config

import (
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// KnownFormat is the newest format of a repository (格式) that this version knows.
const KnownFormat = 1

// Config is one version of suqiu.yaml, with defaults filled in.
type Config struct {
	Name       string // 名称
	MainBranch string // 主分支, default main
	URL        string // 网址, without a trailing slash; may be empty
	Baseline   string // 基线: commit, may be empty
	Grace      int    // 收件宽限, working days
	Units      []Unit // in display order
	People     []Person
	Bots       []string // 机器人
	Limits     Limits
	Appraisal  Appraisal // 考评
	Calendar   *workday.Calendar
	Restricted []string // 仅要素: channels and categories
	// Withholds is set where 仅要素 is not understood: then nobody can tell what the
	// 公开 edition may show, and it shows no case that does not say 全文 itself.
	Withholds  bool
	Signature  Signature
	Forms      Forms // 网页提交
	Ignores    []Ignore
	Rewritings []Rewriting       // 历史更替
	LandedAt   map[string]string // 落地时间: commit → RFC 3339 or "2006-01-02 15:04"

	lookup lookup

	Format int // 格式; 0: it says none, as repositories of the first days
	// Unreadable is set where not all of the file could be read.
	Unreadable *Unreadable
	Problems   []problem.Problem
}

// Unit is one member unit or county bureau.
type Unit struct {
	Name     string
	Code     string
	Aliases  []string
	Emails   []string
	Channels []string
	Roles    []Role
}

// Role is what a unit or person may do beyond handling its own tasks.
type Role string

// Path is where a case repository keeps its configuration.
const Path = "suqiu.yaml"

// The roles of section 4.
const (
	Office     Role = "联席办"
	Supervisor Role = "监督考评"
	Callback   Role = "回访"
	County     Role = "旗县"
)

// Person overrides 单位.邮箱 for one address within a span of days.
type Person struct {
	Email string
	// Account (账号) is the person's user name on the forge, as the server's hook
	// is told who pushes; empty: unknown.
	Account string
	Unit    string
	Roles   []Role
	From    workday.Date // 起, zero: always
	To      workday.Date // 止 (inclusive), zero: open
}

// Limits are the 时限 of section 4; plain ints count working days.
type Limits struct {
	Object          int    // 异议
	Escalate        int    // 说明
	Feedback        int    // 反馈
	ExtensionMode   string // 延期申请方式: 宽松 窗口 提前
	ExtensionAhead  int    // 延期提前
	ExtensionCap    int    // 延期上限, days
	ExtensionCount  int    // 延期次数
	Monthly         int    // 月报
	ObjectionPauses bool   // 异议计时 = 暂停
	Push            int    // 推送
	PushUrgent      int    // 急推送
	PushCritical    int    // 特急推送
	Accept          int    // 接收
	CoAhead         int    // 协办提前
	ConfirmObject   int    // 异议确认
	Decide          int    // 研究决定
	Review          int    // 审核
	Evaluate        int    // 评估
	Improve         int    // 改进
	Minutes         int    // 纪要印发
	Quarterly       int    // 季报
	SendUp          int    // 报送
	Plea            int    // 申辩
	LongTerm        int    // 长期研究
	Soon            int    // 临期
}

// Signature is the 签名 policy.
type Signature struct {
	Required    bool
	Signers     string // 签名人: path of the allowed-signers file
	PlatformKey string // 平台签名: a public key, or the path of a file of them
}

// Forms is 网页提交: how forms and commands reach the forge.
type Forms struct {
	Platform string // 平台: GitLab Gitea Forgejo
	URL      string // 地址, if it is not that of 网址
	App      string // 应用编号: of the OAuth application; empty: forms only copy
	// Auto (自动合并) are the steps that may merge by themselves.
	Auto []string
}

// Ignore is one entry of 忽略.
type Ignore struct {
	Rule, Path, Reason string
}

// Rewriting is one entry of 历史更替: a cleaning of history put one head in the
// place of another.
type Rewriting struct {
	Old, New string   // 旧, 新: commits, 16 digits or more
	Removed  []string // 移除: the paths whose content was taken out
	Reason   string   // 原因
	Basis    string   // 依据: 编号 of the decision; may be empty
}

// Actor is who stands behind an e-mail address on a day.
type Actor struct {
	Units []string // names, in display order; empty: unknown
	Roles []Role   // roles held through those units or as a person
	Bot   bool
}
