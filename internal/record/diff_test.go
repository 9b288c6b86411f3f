package record

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/mdfile"
	"suqiu/internal/workday"
)

func TestDiff(t *testing.T) {
	objection := Statement{Reason: "异议", Unit: "信息中心", Grounds: "无权限"}
	const objectionText = "事由: 异议\n单位: 信息中心\n理由: 无权限"
	decided := objection
	decided.Decision, decided.Basis = "不成立", "CQ2026-07"
	altered := decided
	altered.Decision = "成立"
	feedback := Feedback{Result: "已解决", Answered: workday.New(2026, 8, 12)}
	const feedbackText = "结果: 已解决\n答复日期: 2026-08-12"
	returned := feedback
	returned.Review, returned.ReturnReason = "退回", "不详"

	tests := []struct {
		name     string
		old, new Case
		want     []Change
	}{
		{"scalar", Case{State: "已登记"}, Case{State: "分析中"},
			[]Change{{Kind: Set, Key: "状态", Old: "已登记", New: "分析中"}}},
		{"one ticket is the default", Case{}, Case{Tickets: 1}, nil},
		{"tickets", Case{}, Case{Tickets: 3}, []Change{{Key: "件数", Old: "1", New: "3"}}},
		{"date", Case{}, Case{Collected: workday.New(2026, 7, 5)}, []Change{{Key: "收集日期", New: "2026-07-05"}}},
		{"agreed: two keys", Case{}, Case{Agreed: Agreed{workday.New(2026, 7, 5), "HY2026-03"}},
			[]Change{{Key: "会议议定期限.日期", New: "2026-07-05"}, {Key: "会议议定期限.依据", New: "HY2026-03"}}},
		{"inherited", Case{}, Case{Inherited: Inherited{Due: workday.New(2026, 7, 5)}},
			[]Change{{Key: "承接.到期日", New: "2026-07-05"}}},
		{"order of names", Case{Co: []string{"甲", "乙"}}, Case{Co: []string{"乙", "甲"}}, nil},
		{"names", Case{Co: []string{"乙", "甲"}}, Case{Co: []string{"丙", "乙"}},
			[]Change{{Key: "协办单位", Old: "乙、甲", New: "丙、乙"}}},
		{"added", Case{}, Case{Statements: []Statement{objection}},
			[]Change{{Kind: Added, Key: "说明单", Entry: objectionText}}},
		{"added and decided", Case{}, Case{Statements: []Statement{decided}}, []Change{
			{Kind: Added, Key: "说明单", Entry: objectionText},
			{Kind: Decided, Key: "说明单", Field: "决定", Entry: objectionText, New: "不成立"},
			{Kind: Decided, Key: "说明单", Field: "依据", Entry: objectionText, New: "CQ2026-07"}}},
		{"decided", Case{Statements: []Statement{objection}}, Case{Statements: []Statement{decided}}, []Change{
			{Kind: Decided, Key: "说明单", Field: "决定", Entry: objectionText, New: "不成立"},
			{Kind: Decided, Key: "说明单", Field: "依据", Entry: objectionText, New: "CQ2026-07"}}},
		{"altered", Case{Statements: []Statement{decided}}, Case{Statements: []Statement{altered}}, []Change{
			{Kind: Altered, Key: "说明单", Field: "决定", Entry: objectionText, Old: "不成立", New: "成立"}}},
		{"emptied", Case{Statements: []Statement{decided}}, Case{Statements: []Statement{objection}}, []Change{
			{Kind: Altered, Key: "说明单", Field: "决定", Entry: objectionText, Old: "不成立"},
			{Kind: Altered, Key: "说明单", Field: "依据", Entry: objectionText, Old: "CQ2026-07"}}},
		{"removed", Case{Statements: []Statement{decided}}, Case{},
			[]Change{{Kind: Removed, Key: "说明单", Entry: objectionText}}},
		{"another identity", Case{Extensions: []Extension{{Days: 5}}}, Case{Extensions: []Extension{{Days: 10}}},
			[]Change{
				{Kind: Removed, Key: "延期申请", Entry: "申请天数: 5"},
				{Kind: Added, Key: "延期申请", Entry: "申请天数: 10"}}},
		{"review and its reason", Case{Feedback: []Feedback{feedback}}, Case{Feedback: []Feedback{returned}}, []Change{
			{Kind: Decided, Key: "反馈", Field: "审核", Entry: feedbackText, New: "退回"},
			{Kind: Decided, Key: "反馈", Field: "退回原因", Entry: feedbackText, New: "不详"}}},
		{"basis of a correction is a decision", Case{Corrections: []Correction{{Matter: "甲"}}},
			Case{Corrections: []Correction{{Matter: "甲", Basis: "乙"}}}, []Change{
				{Kind: Decided, Key: "更正", Field: "依据", Entry: "事项: 甲", New: "乙"}}},
		{"entries in another order", Case{Statements: []Statement{decided, objection}},
			Case{Statements: []Statement{objection, decided}}, nil},
		{"one more of the same", Case{Feedback: []Feedback{returned}}, Case{Feedback: []Feedback{returned, feedback}},
			[]Change{
				{Kind: Added, Key: "反馈", Entry: feedbackText, Nth: 1}}},
		{"the second of two equals, wherever it stands", Case{Feedback: []Feedback{returned, feedback}},
			Case{Feedback: []Feedback{{Result: "已解决", Answered: feedback.Answered, Review: "通过"}, returned}},
			[]Change{
				{Kind: Decided, Key: "反馈", Field: "审核", Entry: feedbackText, Nth: 1, New: "通过"}}},
		{"one of two undecided equals", Case{Feedback: []Feedback{feedback, feedback}},
			Case{Feedback: []Feedback{feedback, returned}}, []Change{
				{Kind: Decided, Key: "反馈", Field: "审核", Entry: feedbackText, New: "退回"},
				{Kind: Decided, Key: "反馈", Field: "退回原因", Entry: feedbackText, New: "不详"}}},
		{"one less of the same", Case{Feedback: []Feedback{feedback, feedback}}, Case{Feedback: []Feedback{feedback}},
			[]Change{
				{Kind: Removed, Key: "反馈", Entry: feedbackText, Nth: 1}}},
		{"seeding co-feedback", Case{}, Case{CoFeedback: []CoFeedback{{Unit: "甲"}, {Unit: "乙"}}}, nil},
		{"co-feedback", Case{CoFeedback: []CoFeedback{{"甲", ""}, {"丙", "好"}}},
			Case{CoFeedback: []CoFeedback{{"乙", "二"}, {"甲", "一"}}}, []Change{
				{Key: "协办反馈", Field: "乙", New: "二"}, {Key: "协办反馈", Field: "甲", New: "一"},
				{Key: "协办反馈", Field: "丙", Old: "好"}}},
		{"empty sections", Case{}, Case{Sections: []mdfile.Section{{Heading: "办理情况", Line: 9}}}, nil},
		{"layout of a section", Case{Sections: []mdfile.Section{{Heading: "办理情况", Text: "一  \r\n二"}}},
			Case{Sections: []mdfile.Section{{Heading: "办理情况", Text: "\n一\n二\n\n"}}}, nil},
		{"sections in another order",
			Case{Sections: []mdfile.Section{{Heading: "甲", Text: "一"}, {Heading: "乙", Text: "二"}}},
			Case{Sections: []mdfile.Section{{Heading: "乙", Text: "二"}, {Heading: "甲", Text: "一"}}}, nil},
		{"sections", Case{Sections: []mdfile.Section{{Heading: "其他", Text: "一"}}},
			Case{Sections: []mdfile.Section{{Heading: "办理情况", Text: "二"}}}, []Change{
				{Key: "## 办理情况", New: "二"}, {Key: "## 其他", Old: "一"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff(test.want, Diff(&test.old, &test.new)); d != "" {
				t.Error(d)
			}
		})
	}
}

// Every key of the schema is compared, in the order of the schema.
func TestDiffKnowsEveryKey(t *testing.T) {
	full := fullCase()
	full.Taxes, full.Topics, full.Systems, full.Analysts = []string{"甲"}, []string{"甲"}, []string{"甲"},
		[]string{"甲"}
	full.SourceDue, full.NextReview = 1, 1
	full.LimitDays, full.AdjustReason = 5, "甲"
	full.Agreed = Agreed{1, "甲"}
	full.NoEvaluation, full.NotPushed, full.TransferTo, full.MergedInto, full.WithdrawReason = "甲", "甲", "甲", "甲",
		"甲"
	full.Corrections = []Correction{{Matter: "甲"}}
	full.Lapsed = Lapse{1, "甲"}
	full.Supervisions = []Supervision{{Method: "电话"}}
	full.Inherited = Inherited{1, 2, 3, 4}
	var got, want []string
	for _, c := range Diff(nil, full) {
		got = append(got, c.Key)
	}
	for _, k := range Schema().Keys {
		if k.Shape != Record {
			want = append(want, k.Name)
			continue
		}
		for _, f := range k.Fields {
			want = append(want, k.Name+"."+f.Name)
		}
	}
	want = append(want, "## 诉求内容")
	if d := cmp.Diff(want, slices.Compact(got)); d != "" {
		t.Error(d)
	}
}

// Versions that state the same differ in nothing, however they are laid out;
// and a difference is told of from both sides.
func TestDiffLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := genCase().Draw(t, "a"), genCase().Draw(t, "b")
		shuffled := *b
		shuffled.Statements = rapid.Permutation(b.Statements).Draw(t, "statements")
		shuffled.Feedback = rapid.Permutation(b.Feedback).Draw(t, "feedback")
		shuffled.Co = rapid.Permutation(b.Co).Draw(t, "co")
		shuffled.CoFeedback = rapid.Permutation(b.CoFeedback).Draw(t, "cofeedback")
		shuffled.Sections = rapid.Permutation(b.Sections).Draw(t, "sections")
		if d := Diff(b, &shuffled); d != nil {
			t.Fatalf("layout shows: %+v", d)
		}
		forth, again := Diff(a, b), Diff(a, &shuffled)
		if len(forth) != len(again) {
			t.Fatalf("%d changes, shuffled %d", len(forth), len(again))
		}
		for _, c := range again {
			if !slices.Contains(forth, c) {
				t.Fatalf("only when shuffled: %+v", c)
			}
		}
		if (forth == nil) != (Diff(b, a) == nil) {
			t.Fatal("a difference is told of from one side only")
		}
	})
}

func TestDiffOfEqualsAllocatesNothing(t *testing.T) {
	a, b := fullCase(), fullCase()
	b.Co = slices.Clone(b.Co)
	slices.Reverse(b.Co)
	slices.Reverse(b.Statements)
	if n := testing.AllocsPerRun(100, func() {
		if Diff(a, b) != nil {
			t.Fatal("they differ")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkDiffEqual(b *testing.B) {
	x, y := fullCase(), fullCase()
	b.ReportAllocs()
	for b.Loop() {
		Diff(x, y)
	}
}

func BenchmarkDiffOneStep(b *testing.B) {
	x, y := fullCase(), fullCase()
	y.State = "已反馈"
	y.Feedback[0].Review = "通过"
	b.ReportAllocs()
	for b.Loop() {
		Diff(x, y)
	}
}
