package record

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

// canonicalFull is the canonical form of section 3 with everything in it.
const canonicalFull = `---
编号: 202607-ZSGLK-004
标题: 征期末日电子税务局申报提交失败
性质: 诉求
渠道: 差评（电子税务局及APP）
收集单位: 征收管理科
收集日期: 2026-07-15
件数: 9
属地: 集宁区税务局
税费种:
主题:
涉及系统:
原渠道单号:
  - 0471202607
原渠道期限:
公开范围: 全文

状态: 办理中

任务清单: RW202608-01
办理类别: 系统技术类
涉及面: 高
影响度: 高
复杂度: 中
紧急程度: 急
分析单位:
承办单位: 信息中心
协办单位:
  - 征收管理科
  - 第三税务分局
限办天数:
调整原因:
会议议定期限:
  日期:
  依据:

说明单:
  - 事由: 异议
    单位: 信息中心
    理由: 后台由区局统一运维，我中心只有报障权限
    职责依据:
    建议单位:
    决定: 不成立
    依据: CQ2026-07

  - 事由: 无法解决
    单位: 信息中心
    理由: |-
      第一行
      第二行: 有冒号
    职责依据: '[系统] 运维'
    建议单位:
    决定:
    依据:

延期申请:
  - 申请天数: 10
    原因: 区局扩容九月上旬完成
    措施: 末两日安排专人电话辅导
    决定:
    准延天数:
    依据:

协办反馈:
  征收管理科:
    结果: 已向区局提出错峰提醒需求

  第三税务分局:
    结果:

反馈:
  - 结果: 部分解决
    措施: 扩容
    后续措施: 观察
    完成期限: 2026-09-30
    答复日期: 2026-08-12
    审核:
    退回原因:
    参照:

评估:
  - 方式: 12366回访
    单位: 督察内审科
    结果: 满意
不评估原因:

改进:
  - 原因: 回访不满意
    措施:
    完成期限: 2026-09-14
    依据:

督办:
答复失效:
  日期:
  替代:
不推送原因:
并入:
撤回原因:
下次研究日期:
代录:
  - 步骤: 反馈
    单位: 信息中心
    收到日期: 2026-08-12
    凭据: 纸质说明单
更正:
---

## 诉求内容

提交失败。

## 研判分析

## 办理情况

## 反馈答复
`

func fullCase() *Case {
	return &Case{
		ID: "202607-ZSGLK-004", Title: "征期末日电子税务局申报提交失败", Nature: "诉求",
		Channel: "差评（电子税务局及APP）", Collector: "征收管理科", Collected: workday.New(2026, 7, 15),
		Tickets: 9, Locality: "集宁区税务局", SourceNos: []string{"0471202607"}, Scope: "全文",
		State: "办理中", TaskList: "RW202608-01", Category: "系统技术类", Reach: "高", Impact: "高",
		Complexity: "中", Urgency: "急", Lead: "信息中心", Co: []string{"征收管理科", "第三税务分局"},
		Statements: []Statement{
			{Reason: "异议", Unit: "信息中心", Grounds: "后台由区局统一运维，我中心只有报障权限", Decision: "不成立",
				Basis: "CQ2026-07"},
			{Reason: "无法解决", Unit: "信息中心", Grounds: "第一行\n第二行: 有冒号", DutyBasis: "[系统] 运维"},
		},
		Extensions: []Extension{{Days: 10, Reason: "区局扩容九月上旬完成", Measures: "末两日安排专人电话辅导"}},
		CoFeedback: []CoFeedback{{"征收管理科", "已向区局提出错峰提醒需求"}, {"第三税务分局", ""}},
		Feedback: []Feedback{{Result: "部分解决", Measures: "扩容", FollowUp: "观察",
			FollowUpDue: workday.New(2026, 9, 30), Answered: workday.New(2026, 8, 12)}},
		Evaluations:  []Evaluation{{"12366回访", "督察内审科", "满意"}},
		Improvements: []Improvement{{Reason: "回访不满意", Due: workday.New(2026, 9, 14)}},
		Proxies:      []Proxy{{"反馈", "信息中心", workday.New(2026, 8, 12), "纸质说明单"}},
		Sections:     []mdfile.Section{{Heading: "诉求内容", Text: "提交失败。"}},
	}
}

func TestPrintIsSection3(t *testing.T) {
	if got := string(Print(fullCase())); got != canonicalFull {
		t.Errorf("Print:\n%s", firstDifference(got, canonicalFull))
	}
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "line " + strconv.Itoa(i+1) + ":\n got " + g[i] + "\nwant " + w[i]
		}
	}
	return "one text is the beginning of the other:\n" + got
}

// genText makes what a person can have typed and a reader keeps: no blanks at
// the ends.
func genText(extra string) *rapid.Generator[string] {
	return rapid.Map(rapid.StringOfN(rapid.SampledFrom([]rune("甲乙丙a1：:#-'\" "+extra)), 0, 8, -1), strings.TrimSpace)
}

func pick(values ...string) *rapid.Generator[string] {
	return rapid.SampledFrom(append(values, ""))
}

func genDay() *rapid.Generator[workday.Date] {
	return rapid.Custom(func(t *rapid.T) workday.Date {
		return workday.Date(rapid.SampledFrom([]int{0, 20000, 20500, 20650}).Draw(t, "day"))
	})
}

func enum(key string, fields ...string) *rapid.Generator[string] {
	k := frontmatter.Find(caseSchema.Keys, key)
	for _, name := range fields {
		k = frontmatter.Find(k.Fields, name)
	}
	return pick(k.Values...)
}

func genNames(names ...string) *rapid.Generator[[]string] {
	return rapid.Map(rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, rapid.ID),
		func(s []string) []string { return s })
}

func units() []string {
	return []string{"信息中心", "征收管理科", "第三税务分局", "纳税服务科"}
}

// genCase makes any case that a file can state. Records always state
// something: an entry without a value is none.
func genCase() *rapid.Generator[*Case] {
	return rapid.Custom(func(t *rapid.T) *Case {
		text := genText("\n，|>[{%@&*!?`\\")
		word := genText("")
		unit := pick(units()...)
		c := &Case{
			ID: "202607-ZSGLK-004", Title: text.Draw(t, "title"), Nature: enum("性质").Draw(t, "nature"),
			Channel:   word.Draw(t, "channel"),
			Collector: unit.Draw(t, "collector"), Collected: genDay().Draw(t, "collected"),
			Tickets:  rapid.IntRange(1, 3).Draw(t, "tickets"),
			Locality: word.Draw(t, "locality"), Taxes: genNames("增值税", "契税", "a #b").Draw(t, "taxes"),
			Systems:   genNames("电子税务局", "a: b").Draw(t, "systems"),
			SourceNos: genNames("0471", "1e3", "- x").Draw(t, "nos"),
			SourceDue: genDay().Draw(t, "due"), Scope: enum("公开范围").Draw(t, "scope"),
			State:    enum("状态").Draw(t, "state"),
			TaskList: word.Draw(t, "list"), Category: enum("办理类别").Draw(t, "category"),
			Urgency: enum("紧急程度").Draw(t, "urgency"),
			Lead:    unit.Draw(t, "lead"), Co: genNames(units()...).Draw(t, "co"),
			LimitDays: rapid.IntRange(0, 5).Draw(t,
				"limit"),
			AdjustReason: text.Draw(t, "adjust"), Agreed: Agreed{genDay().Draw(t, "agreed"), word.Draw(t, "basis")},
			NoEvaluation: enum("不评估原因").Draw(t, "no"), NotPushed: enum("不推送原因").Draw(t, "notpushed"),
			TransferTo:     text.Draw(t, "transfer"),
			WithdrawReason: text.Draw(t, "withdraw"), NextReview: genDay().Draw(t, "next"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "statements") {
			c.Statements = append(c.Statements, Statement{"异议", unit.Draw(t, "unit"), text.Draw(t, "grounds"),
				text.Draw(t, "duty"),
				unit.Draw(t, "proposed"), enum("说明单", "决定").Draw(t, "decision"), word.Draw(t, "basis")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "extensions") {
			c.Extensions = append(c.Extensions, Extension{rapid.IntRange(1, 20).Draw(t, "days"), text.Draw(t, "reason"),
				text.Draw(t, "measures"),
				enum("延期申请", "决定").Draw(t, "decision"), rapid.IntRange(0, 20).Draw(t, "granted"),
				word.Draw(t, "basis")})
		}
		for _, u := range genNames(units()...).Draw(t, "cofeedback") {
			c.CoFeedback = append(c.CoFeedback, CoFeedback{u, text.Draw(t, "result")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "feedback") {
			c.Feedback = append(c.Feedback, Feedback{"已解决", text.Draw(t, "measures"), text.Draw(t, "followup"),
				genDay().Draw(t, "followdue"),
				genDay().Draw(t, "answered"), enum("反馈", "审核").Draw(t, "review"), text.Draw(t, "return"),
				pick("202607-ZSGLK-003").Draw(t, "follows")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "evaluations") {
			c.Evaluations = append(c.Evaluations, Evaluation{"12366回访", unit.Draw(t, "unit"),
				enum("评估", "结果").Draw(t, "result")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "improvements") {
			c.Improvements = append(c.Improvements, Improvement{"原因", text.Draw(t, "measures"),
				genDay().Draw(t, "due"), text.Draw(t, "basis")})
		}
		c.Lapsed = Lapse{genDay().Draw(t, "lapsed"), pick("202607-ZSGLK-003").Draw(t, "replaces")}
		for range rapid.IntRange(0, 2).Draw(t, "supervisions") {
			c.Supervisions = append(c.Supervisions, Supervision{unit.Draw(t, "unit"), "电话", text.Draw(t, "content")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "proxies") {
			c.Proxies = append(c.Proxies, Proxy{"反馈", unit.Draw(t, "unit"), genDay().Draw(t, "received"),
				text.Draw(t, "evidence")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "corrections") {
			c.Corrections = append(c.Corrections, Correction{"事项", word.Draw(t, "rule"), text.Draw(t, "reason"),
				word.Draw(t, "basis")})
		}
		if rapid.Bool().Draw(t, "inherited") {
			c.Inherited = Inherited{Pushed: 20000, Due: genDay().Draw(t, "idue"), Closed: genDay().Draw(t, "iclosed")}
		}
		for _, h := range append(Headings(), "其他") {
			if rapid.Bool().Draw(t, h) {
				c.Sections = append(c.Sections, mdfile.Section{Heading: h, Text: text.Draw(t, "text")})
			}
		}
		return c
	})
}

func TestPrintStatesTheCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := genCase().Draw(t, "case")
		printed := Print(c)
		read := Parse("", printed, nil)
		if changes := Diff(c, read); len(changes) > 0 {
			t.Fatalf("read back otherwise: %+v\n%s", changes, printed)
		}
		if again := Print(read); !bytes.Equal(again, printed) {
			t.Fatalf("not idempotent: %s", firstDifference(string(again), string(printed)))
		}
		formatted, problems := Format(printed, nil)
		if len(problems) > 0 || !bytes.Equal(formatted, printed) {
			t.Fatalf("Format disagrees: %v %s", problems, firstDifference(string(formatted), string(printed)))
		}
	})
}

// Every key of the schema stands in the canonical form, in order, with a blank
// line before each group.
func TestPrintFollowsSchema(t *testing.T) {
	lines := strings.Split(string(Print(&Case{Inherited: Inherited{Pushed: 20000}, TransferTo: "甲"})), "\n")
	at := 0
	for _, key := range Schema().Keys {
		i := slices.IndexFunc(lines[at:], func(l string) bool { return strings.HasPrefix(l, key.Name+":") })
		if i < 0 {
			t.Fatalf("%s is missing or out of order", key.Name)
		}
		at += i
		if blank := lines[at-1] == ""; blank != key.Break {
			t.Errorf("blank line before %s: %v", key.Name, blank)
		}
	}
}
