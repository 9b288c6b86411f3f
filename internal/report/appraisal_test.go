package report_test

import (
	"suqiu/internal/appraisal"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/workflow"
)

// TestAppraise: what is deducted is explained, adds up, and no right costs
// anything.
func TestAppraise(t *testing.T) {
	d := hand(t, "2026-11-24")
	d.Appraisals = []*register.Appraisal{{Appraisal: &papers.Appraisal{Quarter: third, Pleas: []papers.Plea{
		{Unit: "征收管理科", Case: "B", Item: "审核退回", Plea: "已补正", Verdict: papers.Waived, Reason: "当日补正"},
		{Unit: "征收管理科", Case: "D", Item: "超期未办", Plea: "系统故障", Verdict: papers.Mitigated, Points: "1.5"},
		{Unit: "征收管理科", Case: "B", Item: "超期已办", Plea: "等待会商"},
		{Unit: "信息中心", Case: "A", Item: "审核退回", Plea: "没有这回事", Verdict: papers.Upheld},
	}}}}
	a := appraisal.Of(d, third)
	got := map[string]string{}
	for _, x := range a.Deductions {
		got[x.Unit+" "+x.Case+" "+x.Item] = x.Points.String() + " " + x.Final.String()
		if x.Reason == "" || x.Clause == "" || x.Day == 0 {
			t.Errorf("%+v explains nothing", x)
		}
	}
	// B was due on 07-23 and fed back on 07-30: 5 working days; D was due on
	// 09-16 and open on 09-30: 09-17 to 09-30 less the festival of 09-25 and
	// the week-ends, with 09-20 worked.
	want := map[string]string{
		"征收管理科 B 超期已办":  "1.5 1.5",
		"征收管理科 B 审核退回":  "0.5 0",
		"征收管理科 B 评估不满意": "0.5 0.5",
		"征收管理科 B 督促改进":  "0.5 0.5",
		"征收管理科 D 超期未办":  "3 1.5",
		"信息中心 C 督促改进":   "0.5 0.5",
	}
	for key, points := range want {
		if got[key] != points {
			t.Errorf("%s: %q, want %q", key, got[key], points)
		}
		delete(got, key)
	}
	for key := range got {
		t.Errorf("nothing should be deducted for %s", key)
	}
	if a.Undecided != 1 || len(a.Unmatched) != 1 {
		t.Errorf("undecided %d, unmatched %+v", a.Undecided, a.Unmatched)
	}
	for _, u := range a.Units {
		if u.Unit == "征收管理科" && (u.Count != 5 || u.Deducted != 600 || u.Final != 400 || u.Score != 9600) {
			t.Errorf("%+v", u)
		}
	}
	// In configured order, whatever the points.
	if a.Units[0].Unit != "纳税服务科" && a.Units[0].Unit != "征收管理科" {
		t.Errorf("%+v", a.Units)
	}
}

// TestRejectedAndLateRequests: an objection that was heard costs nothing, one
// that was rejected does, and so does a request after its limit.
func TestRejectedAndLateRequests(t *testing.T) {
	a := newCase("A", "12366热线", "系统技术类", 1).step("2026-08-03", 1, workflow.Registered).step("2026-08-04", 3,
		workflow.Pushed).
		clock("信息中心", "2026-08-04", "2026-08-19", "2026-08-19", "2026-08-12", clock.Met).
		step("2026-08-05", 5, workflow.Objected).with(filed("说明单", "异议", "信息中心")).
		step("2026-08-06", 7, workflow.Handling).with(decided("说明单", "不成立", "信息中心")).
		record("2026-08-10", filed("延期申请", "", "信息中心"))
	a.c.Life.Faults = []problem.Problem{{Rule: "extension-late", Unit: "信息中心", Event: 5, Message: "晚了"},
		{Rule: "transition-actor", Unit: "信息中心", Event: 5}}
	x := appraisal.Of(registerOf(t, "2026-10-15", a), third)
	var items []string
	for _, d := range x.Deductions {
		items = append(items, d.Item+d.Day.String())
	}
	if len(items) != 2 || items[0] != "异议不成立2026-08-06" || items[1] != "逾期提出2026-08-10" {
		t.Errorf("%v", items)
	}
}
