package record

import (
	"testing"

	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

func sample() *Case {
	return &Case{
		Path: "cases/2026/07/202607-ZSGLK-004.md", ID: "202607-ZSGLK-004", Title: "征期末日电子税务局申报提交失败",
		Nature:  "诉求",
		Channel: "差评（电子税务局及APP）", Collector: "征收管理科", Collected: workday.New(2026, 7, 15), Tickets: 9,
		Locality:  "集宁区税务局",
		SourceNos: []string{"CP20260715003"}, Scope: "全文", State: "已反馈", TaskList: "RW202608-01",
		Category: "系统技术类",
		Reach:    "高", Impact: "高", Complexity: "中", Urgency: "急", Lead: "信息中心",
		Co: []string{"征收管理科", "第三税务分局"},
		Statements: []Statement{{Reason: "异议", Unit: "信息中心", Grounds: "后台由区局统一运维，我中心只有报障权限",
			Decision: "不成立", Basis: "CQ2026-07"}},
		Extensions: []Extension{{Days: 10, Reason: "区局扩容九月上旬完成", Measures: "末两日安排专人电话辅导"}},
		CoFeedback: []CoFeedback{{"征收管理科", "已向区局提出错峰提醒需求"}, {"第三税务分局", ""}},
		Feedback:   []Feedback{{Result: "已解决", Measures: "扩容: 完成 #1", Answered: workday.New(2026, 8, 12)}},
		Sections: []mdfile.Section{{Heading: "诉求内容", Text: "多次提交失败。"}, {Heading: "研判分析"},
			{Heading: "办理情况", Text: "已扩容。"}, {Heading: "反馈答复", Text: "已答复。"}},
	}
}

// What Print writes, Parse reads back as the same statement without a problem.
func TestParsePrinted(t *testing.T) {
	want := sample()
	got := Parse(want.Path, Print(want), nil)
	for _, p := range got.Problems {
		t.Errorf("%d:%d %s: %s", p.Line, p.Column, p.Rule, p.Message)
	}
	if d := Diff(want, got); d != nil {
		t.Errorf("read back differently: %+v\n%s", d, Print(want))
	}
}

func BenchmarkParse(b *testing.B) {
	src := Print(sample())
	path := sample().Path
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(path, src, nil)
	}
}
