package record

import (
	"slices"
	"strings"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
)

// The schema of a case file is written in the words of package frontmatter.
type (
	Key    = frontmatter.Key
	Party  = frontmatter.Party
	Page   = frontmatter.Page
	Column = frontmatter.Column
)

const (
	Many    = frontmatter.Many
	Record  = frontmatter.Record
	Records = frontmatter.Records
	ByUnit  = frontmatter.ByUnit

	Word    = frontmatter.Word
	Channel = frontmatter.Channel
	CaseID  = frontmatter.CaseID
	Unit    = frontmatter.Unit
	Day     = frontmatter.Day
	Count   = frontmatter.Count
	Enum    = frontmatter.Enum
)

// The parties of section 5 that may write a key.
const (
	Office    Party = "联席办"
	Collector Party = "收集单位"      // until the push, and the office at any time
	Lead      Party = "承办单位"      // or the unit that the entry names, if it is a co-handler
	CoHandler Party = "协办单位"      // the one whose entry it is
	Handlers  Party = "承办单位或协办单位" // any of them, and the office
	Answerer  Party = "承办单位或联席办"
	Evaluator Party = "评估单位" // the unit that the entry names, the office, 回访

	Supervisor Party = "监督考评"
	Callback   Party = "回访单位"
)

// Schema is what a case file may say: every key one value. It is never written
// to.
func Schema() *frontmatter.Schema { return caseSchema }

var caseSchema = &frontmatter.Schema{
	Keys: slices.Concat(registrationKeys, recordKeys), Sections: sections, New: func() any { return &Case{} },
	Limit: maxRecords, Strict: true, Recognised: func(c any) bool { return recognised(c.(*Case)) },
}

// maxRecords is far more than the records of one kind that a case can come to.
const maxRecords = 300

// recognised reports whether the front matter says anything that identifies a
// case.
func recognised(c *Case) bool {
	return c.ID != "" || c.State != "" || c.Title != "" || c.Collector != "" || c.Channel != ""
}

// States lists 状态 in the order of DESIGN section 5.
func States() []string { return slices.Clone(states) }

// Headings lists the four sections that every body has, in order.
func Headings() []string { return caseSchema.Headings() }

// Categories lists 办理类别 in the order of the regulation.
func Categories() []string {
	return slices.Clone(frontmatter.Find(caseSchema.Keys, "办理类别").Values)
}

// KeyOf is the key that a Change is about: that of 会议议定期限 for
// 会议议定期限.日期, and that of a section for "## 办理情况". A section that is
// nobody's is the office's.
func KeyOf(path string) *Key {
	top, _, _ := strings.Cut(path, ".")
	k := caseSchema.Key(top)
	if k == nil && strings.HasPrefix(path, "##") {
		return &Key{Name: path, Write: by(Office, always)}
	}
	return k
}

// PlaceholderAt is what stands for a value of a case file's key at a path such
// as 反馈.结果.
func PlaceholderAt(path string) string {
	if k := caseSchema.Key(path); k != nil {
		return k.Placeholder()
	}
	return mdfile.Placeholder(path)
}

var states = []string{
	"已登记", "分析中", "已推送", "办理中", "异议待确认", "待研究决定", "已反馈", "评估中", "改进中", "长期推进",
	"已办结", "不推送", "已合并", "已撤回",
}

// Sets of states that rights are given in.
var (
	always        = append([]string{""}, states...) // also before there is one
	open          = states[:10]
	beforePush    = states[:2]
	assisted      = states[2:10] // co-handlers have their part until the case is closed
	underWay      = []string{"已推送", "办理中"}
	answerable    = []string{"已推送", "办理中", "改进中", "长期推进"}
	notEvaluating = slices.DeleteFunc(slices.Clone(open), func(s string) bool { return s == "评估中" })
)

var grades = []string{"高", "中", "低"}

// sections are the keys of the four sections that every body has, as a Change
// names them.
var sections = []Key{
	{Name: "## 诉求内容", Write: by(Collector, always), Ledger: Column{Width: 60,
		Aliases: "内容 诉求详情 问题描述 具体内容 诉求描述 详情 事项内容"}},
	{Name: "## 研判分析", Write: by(Collector, always)},
	// What passed stays as it was reviewed.
	{Name: "## 办理情况", Ask: "怎样办理的", Write: by(Handlers, notEvaluating)},
	{Name: "## 反馈答复", Ask: "怎样答复的", Write: by(Handlers, notEvaluating)},
}
