package site

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/form/engine"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

func day(s string) workday.Date {
	d, err := workday.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string) time.Time { return day(s).Start().Add(10 * time.Hour) }

// Words of the hidden case that no file of the 公开 edition may hold. Its
// channel is not among them: the configuration names every channel.
var secrets = []string{"机密标题", "机密正文", "机密理由", "机密措施", "机密属地", "机密单号7788", "机密回访",
	"机密协办", "机密暂停", "机密小节", "机密事项",
	"机密议题", "机密决定", "机密落实", "机密事由", "机密纪要", "机密风险", "机密反馈",
	"someone@example", "张某某"}

const hiddenID = "202609-BGS-001"

// sample is a register with an open case late, a closed one, one waiting, one
// merged, and one that is 仅要素 with a secret word in every field.
func sample() *register.Register {
	cfg := config.Parse("suqiu.yaml", []byte(`名称: 试验局税费服务诉求和舆情分析办理
格式: 1
网址: https://git.example/office/cases
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅, 投诉], 角色: [联席办, 监督考评]}
  - {名称: 办公室, 代码: BGS, 渠道: [信访], 角色: [监督考评]}
  - {名称: 信息中心, 代码: XXZX, 渠道: [日常工作]}
  - {名称: 集宁区税务局, 代码: JNQ, 角色: [旗县]}
仅要素: [投诉, 信访]
`))
	asOf := day("2026-09-30")
	timed := func(kind clock.Kind, unit string, start, due string, status clock.Status, class clock.Class) clock.Clock {
		return clock.Clock{Kind: kind, Unit: unit, Role: "承办", Push: 1, Start: day(start), Limit: 10, Due: day(due),
			OriginalDue: day(due), Status: status, Class: class}
	}
	head := strings.Repeat("0123456789", 4)
	landings := []timeline.Landing{{Commit: head, Request: 7, At: at("2026-07-15")}}
	event := func(n int, on, title string, from, to workflow.State) workflow.Event {
		landings = append(landings, timeline.Landing{Commit: head, Request: 7, At: at(on)})
		return workflow.Event{N: n, Row: n, At: timeline.MomentOf(at(on)), Commit: strings.Repeat("ab", 20),
			Landing: len(landings) - 1,
			Author:  "someone@example", Unit: "纳税服务科", Kind: workflow.Transition, From: from, To: to, Title: title}
	}
	late := timed(clock.Feedback, "信息中心", "2026-09-01", "2026-09-15", clock.Overdue, clock.Statutory)
	late.DaysLate = 10
	held := timed(clock.Feedback, "信息中心", "2026-09-18", "2026-10-09", clock.Paused, clock.Statutory)
	held.Pauses = []clock.Span{{From: day("2026-09-21"), Why: "异议待确认"}}
	secret := timed(clock.Feedback, "信息中心", "2026-09-18", "2026-10-09", clock.Paused, clock.Statutory)
	secret.Pauses = []clock.Span{{From: day("2026-09-21"), Why: "机密暂停"}}
	met := timed(clock.Feedback, "信息中心", "2026-08-03", "2026-08-17", clock.Met, clock.Statutory)
	met.Stopped = day("2026-08-10")
	review := timed(clock.Review, "纳税服务科", "2026-09-10", "2026-09-15", clock.Overdue, clock.Internal)
	review.DaysLate = 9

	cases := []*register.Case{
		{Case: &record.Case{Path: "cases/2026/08/202608-NSFWK-001.md", ID: "202608-NSFWK-001",
			Title: "办结的 <b>一件</b>", Nature: "诉求", Channel: "办税服务厅",
			Collector: "纳税服务科", Collected: day("2026-08-01"), Tickets: 2, State: "已办结", TaskList: "RW202608-01",
			Category: "系统技术类", Lead: "信息中心",
			Feedback: []record.Feedback{{Result: "已解决", Measures: "已修复", Answered: day("2026-08-10"),
				Review: "通过"}},
			Evaluations: []record.Evaluation{{Method: "12366回访", Unit: "纳税服务中心", Result: "满意"}},
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "**纳税人：**张三反映，依据**《税收征收管理法" +
				"》**第三十二条。\n\n### 小节\n\n<script>alert(1)</script> [坏](javascript:alert(1)) [同类](202609-" +
				"NSFWK-001.md)"},
				{Heading: "办理情况", Text: "第一行\n第二行"}}},
			Life: workflow.Life{State: workflow.Closed, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{met},
				Events: []workflow.Event{event(1, "2026-08-01", "登记", "", workflow.Registered),
					event(3, "2026-08-03", "推送至信息中心", workflow.Registered, workflow.Pushed),
					event(16, "2026-08-20", "办结", workflow.Evaluating, workflow.Closed)}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-001.md", ID: "202609-NSFWK-001", Title: "超期的一件",
			Channel: "办税服务厅", Collector: "纳税服务科", Tickets: 1,
			State: "办理中", TaskList: "RW202609-01", Category: "政策业务类", Urgency: "急", Lead: "信息中心",
			Co: []string{"集宁区税务局"}},
			Life: workflow.Life{State: workflow.Handling, Lead: "信息中心", Pushes: 1,
				Clocks: []clock.Clock{late, review},
				Events: []workflow.Event{event(3, "2026-09-01", "推送至信息中心", workflow.Registered,
					workflow.Pushed)}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-002.md", ID: "202609-NSFWK-002", Title: "等待确认的一件",
			Channel: "办税服务厅", Tickets: 1, State: "异议待确认",
			TaskList: "RW202609-01", Category: "政策业务类", Lead: "信息中心",
			Statements: []record.Statement{{Reason: "异议", Unit: "信息中心", Grounds: "不属本单位"}},
			Sections:   []mdfile.Section{{Heading: "诉求内容", Text: "见正文"}}},
			Life: workflow.Life{State: workflow.Objected, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{held},
				Filings: objected()}},
		{Case: &record.Case{Path: "cases/2026/09/" + hiddenID + ".md", ID: hiddenID, Title: "机密标题", Channel: "信访",
			Collector: "办公室", Tickets: 1, Locality: "机密属地",
			SourceNos: []string{"机密单号7788"}, State: "异议待确认", TaskList: "RW202609-01", Category: "侵害权益类",
			Lead: "信息中心", Urgency: "特急",
			Statements:  []record.Statement{{Reason: "异议", Grounds: "机密理由"}},
			Feedback:    []record.Feedback{{Result: "已解决", Measures: "机密措施"}},
			Evaluations: []record.Evaluation{{Method: "机密回访"}},
			CoFeedback:  []record.CoFeedback{{Unit: "办公室", Result: "机密协办"}},
			Corrections: []record.Correction{{Matter: "机密事项", Reason: "机密理由"}},
			Sections:    []mdfile.Section{{Heading: "机密小节", Text: "机密正文 张某某"}}},
			Life: workflow.Life{State: workflow.Objected, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{secret},
				Filings: objected(),
				Events: []workflow.Event{{N: 1, At: timeline.MomentOf(at("2026-09-18")), Landing: -1,
					Author: "someone@example", Kind: workflow.Transition, To: workflow.Pushed, Title: "机密标题",
					Reason: "机密理由"}}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-003.md", ID: "202609-NSFWK-003", Title: "并入的一件",
			Channel: "办税服务厅", Tickets: 1, State: "已合并",
			MergedInto: "202609-NSFWK-001", Category: "政策业务类", Lead: "信息中心"},
			Life: workflow.Life{State: workflow.Merged, Lead: "信息中心"}},
	}
	d := register.New(cfg, asOf, cases, nil)
	d.Head, d.Landings = head, landings
	d.Papers = samplePapers()
	return d
}

// objected is an objection that waits.
func objected() []workflow.Filing {
	return []workflow.Filing{{Key: "说明单", Reason: "异议", Unit: "信息中心", Role: "承办", Push: 1,
		Filed: day("2026-09-21"), Timely: true, Wait: clock.Confirm}}
}

func findings() []problem.Problem {
	return []problem.Problem{{Rule: "feedback-overdue", Severity: problem.Warning, Case: hiddenID, Unit: "信息中心",
		Path:   "cases/2026/09/" + hiddenID + ".md",
		Author: "someone@example", Message: "机密标题超期", Fingerprint: "f1"}}
}

// catalogue is a part of the rules of check.
func catalogue() []diag.Rule {
	return []diag.Rule{
		{Slug: "value-enum", Severity: problem.Error, Title: "内容不在可选范围", Group: "格式", Clause: "三(三)",
			Doc: "为什么：写法不一无法归类统计。\n怎么改：从选项中选一个。"},
		{Slug: "signature-bad", Severity: problem.Error, Title: "提交的签名不能证明是本人", Group: "留痕",
			Clause: "《电子签名法》第十三条", Doc: "为什么：邮箱谁都可以填写。"},
	}
}

// testInput is an Input whose register a test may change before it is viewed.
type testInput struct {
	Input
	Register *register.Register
	Edition  view.Edition
}

func (in testInput) ready() Input {
	in.View, in.Book = view.New(in.Register, in.Edition), report.Open(in.Register)
	return in.Input
}

func (in testInput) builder() *builder {
	ready := in.ready()
	v := newBuilder(&ready)
	v.read()
	return v
}

func input(e view.Edition) testInput {
	return testInput{Input: Input{Findings: findings(), Rules: catalogue(), Tool: "suqiu 0.1.0",
		Engine: &engine.Files{Module: []byte("\x1f\x8b"), Worker: []byte("'use strict';\n")}},
		Register: sample(), Edition: e}
}

func build(t *testing.T, in testInput, out string) sitedir.Result {
	t.Helper()
	result, err := Build(context.Background(), in.ready(), out)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// tree reads every file below dir.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
