package report_test

import (
	"strings"
	"testing"

	"suqiu/internal/appraisal"
	"suqiu/internal/gittest"
	. "suqiu/internal/report"
	"suqiu/internal/workday"
)

// The histories here are those of EXAMPLES 31, 40 and 47 to 55, and what is
// expected of them is written there or follows from the sentence of DESIGN 10
// that each cites; nothing is taken from what the program prints. 2026-10-01 to
// 10-07 are off, 09-20 and 10-10 are worked, 09-25 to 09-27 are off.

var fourth = workday.Quarter{Year: 2026, Q: 4}

const (
	officeBy    = "by 纳税服务科 <a@nsfwk.example>\n"
	centreBy    = "by 信息中心 <a@xxzx.example>\n"
	collectorBy = "by 纳税服务中心 <a@nfzx.example>\n"
)

// TestExample47: a quarter is what was received by the end of receipt, leaving
// out what counts after its last day.
func TestExample47(t *testing.T) {
	r := lived(t, "", pushed("202609-NFZX-001", "2026-09-16").fedBack("2026-09-30", "2026-10-08"))
	each(t, r, third, Deadlines{Due: 1, OnTime: 1, Original: 1}, "2026-10-08", "2026-10-09", "2026-11-30")
	// Until it has landed it may still be received.
	each(t, r, third, Deadlines{Due: 1, NotYet: 1}, "2026-09-30", "2026-10-07")

	r = lived(t, "", pushed("202609-NFZX-001", "2026-09-16").fedBack("2026-09-30", "2026-10-09"))
	each(t, r, third, Deadlines{Due: 1, LateOpen: 1}, "2026-10-09", "2026-11-30")
	each(t, r, fourth, Deadlines{}, "2026-10-09", "2026-11-30", "2027-01-31")
}

// TestExample48: what is undecided on the last day is 待决定, in no 应办量, and
// counts in the quarter of its due day after the decision.
func TestExample48(t *testing.T) {
	for _, decision := range []string{"同意", "不同意"} {
		a := pushed("202609-NFZX-001", "2026-09-16").
			record("2026-09-30 10:00", centreBy, "",
				"延期申请 申请天数=5 原因=等待扩容 措施=电话辅导 决定= 准延天数= 依据=")
		values := []string{"延期申请.决定=" + decision, "延期申请.依据=CQ2026-09"}
		if decision == "同意" {
			values = append(values, "延期申请.准延天数=1")
		}
		a.set("2026-10-12 10:00", officeBy, values...).fedBack("2026-10-13")
		r := lived(t, "", a)
		each(t, r, third, Deadlines{Pending: 1}, "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-12", "2026-11-30")
		due := Deadlines{Due: 1, OnTime: 1}
		each(t, r, fourth, due, "2026-10-13", "2026-12-31", "2027-01-31")
	}
}

// TestExample49: a task counts once as 应办; of one that counted as on time, a due
// day missed after a return is 退回后超期.
func TestExample49(t *testing.T) {
	begin := func() *acts {
		return pushed("202609-NFZX-001", "2026-09-11").fedBack("2026-09-22").returned("2026-10-12")
	}
	onTime := Deadlines{Due: 1, OnTime: 1, Original: 1}
	r := lived(t, "", begin().fedBack("2026-10-14").closed("2026-10-15"))
	each(t, r, third, onTime, "2026-09-30", "2026-10-09", "2026-10-13", "2026-11-30")
	each(t, r, fourth, Deadlines{}, "2026-10-13", "2026-10-14", "2026-11-30", "2027-01-31")
	if got := charges(t, r, fourth, "2026-11-30"); got != "审核退回 0.5" {
		t.Errorf("fed back in time, charged with %s", got)
	}

	r = lived(t, "", begin().fedBack("2026-10-16").closed("2026-10-19"))
	each(t, r, third, onTime, "2026-09-30", "2026-10-13", "2026-11-30")
	each(t, r, fourth, Deadlines{LateAgain: 1}, "2026-10-16", "2026-11-30", "2027-01-31")
	// Charged as 超期已办: 1, and 10-15 and 10-16 at 0.1.
	if got := charges(t, r, fourth, "2026-11-30"); got != "审核退回 0.5，超期已办 1.2" {
		t.Errorf("late after a return, charged with %s", got)
	}
	if got := charges(t, r, third, "2026-11-30"); got != "" {
		t.Errorf("the third quarter charges %s", got)
	}
}

// TestExample50: a return that lands later changes nothing before.
func TestExample50(t *testing.T) {
	r := lived(t, "", pushed("202609-NFZX-001", "2026-09-04").fedBack("2026-09-22").returned("2026-10-15").fedBack(
		"2026-10-16").closed("2026-10-19"))
	each(t, r, third, Deadlines{Due: 1, LateDone: 1}, "2026-10-10", "2026-10-31")
	each(t, r, fourth, Deadlines{}, "2026-10-31", "2027-01-31")
	// 3 days late in the third quarter, the fourth day in the fourth.
	if got := charges(t, r, third, "2026-10-31"); got != "超期已办 1.3" {
		t.Errorf("the third quarter charges %s", got)
	}
	if got := charges(t, r, fourth, "2026-10-31"); got != "超期已办 0.1，审核退回 0.5" {
		t.Errorf("the fourth quarter charges %s", got)
	}
}

// TestLateGrantCountsOnce: after a late grant the clock runs until the new day,
// but the task counts in the quarter of the day first missed, and not again
// (DESIGN 6; the days late are those of (due, grant]).
func TestLateGrantCountsOnce(t *testing.T) {
	// Due 09-20, a worked Sunday: asked for on 09-23, granted on 09-28, so that
	// 09-21 to 09-24 and 09-28 are late; the new day is 10-10.
	a := pushed("202609-NFZX-001", "2026-09-07").
		record("2026-09-23 10:00", centreBy, "", "延期申请 申请天数=10 原因=等待扩容 措施=电话辅导 决定= "+
			"准延天数= 依据=").
		set("2026-09-28 10:00", officeBy, "延期申请.决定=同意",
			"延期申请.依据=CQ2026-09").fedBack("2026-10-09").closed("2026-10-10")
	r := lived(t, "", a)
	each(t, r, third, Deadlines{Due: 1, LateOpen: 1}, "2026-09-30", "2026-10-09", "2026-11-30")
	each(t, r, fourth, Deadlines{}, "2026-10-09", "2026-11-30", "2027-01-31")
	if got := charges(t, r, third, "2026-11-30"); got != "超期已办 1.5，逾期提出 0.5" {
		t.Errorf("charged with %s", got)
	}
	if got := charges(t, r, fourth, "2026-11-30"); got != "" {
		t.Errorf("the fourth quarter charges %s", got)
	}
}

// TestExample51: the base in the quarter of the due day, the difference in that
// of the tenth working day late, each day in its own, the cap over all.
func TestExample51(t *testing.T) {
	for _, test := range []struct{ fed, most, third, fourth string }{
		{"2026-10-14", "5", "超期已办 1.6", "超期未办 1.6"},
		{"2026-10-10", "5", "超期已办 1.6", "超期已办 0.3"},
		{"2026-10-14", "2", "超期已办 1.6", "超期未办 0.4"},
		// Fed back on the tenth working day late: not unanswered at its end.
		{"2026-10-12", "5", "超期已办 1.6", "超期已办 0.4"},
	} {
		settings := "考评: {超期已办: 1, 超期未办: 2, 超期每日: 0.1, 超期上限: " + test.most + "}\n"
		r := lived(t, settings, pushed("202609-NFZX-001", "2026-09-08").fedBack(test.fed).closed("2026-10-15"))
		for _, asOf := range []string{"2026-10-09", "2026-10-31"} {
			if got := charges(t, r, third, asOf); got != test.third {
				t.Errorf("fed back %s, at most %s: the third quarter charges %q as of %s, want %q", test.fed,
					test.most, got, asOf, test.third)
			}
		}
		if got := charges(t, r, fourth, "2026-10-31"); got != test.fourth {
			t.Errorf("fed back %s, at most %s: the fourth quarter charges %q, want %q", test.fed, test.most, got,
				test.fourth)
		}
		each(t, r, third, Deadlines{Due: 1, LateOpen: 1}, "2026-10-09", "2026-10-31")
		each(t, r, fourth, Deadlines{}, "2026-10-31")
		carried := Compose(registerAt(t, r, "2026-10-31"), fourth, Options{Supervision: true}).Annexes[2]
		if carried.Key != "overdue" || len(carried.Table.Rows) != 1 || carried.Table.Rows[0][0] != "202609-NFZX-001" {
			t.Errorf("the fourth quarter's table of overdue tasks does not show what was carried over: %v",
				carried.Table.Rows)
		}
	}
}

// TestExample52: what a 更正 undoes of a frozen quarter comes back as 更正返还; of
// one that is not frozen, it is computed anew.
func TestExample52(t *testing.T) {
	write := func() *acts {
		return pushed("202609-NFZX-001", "2026-09-15", "限办天数=3").fedBack("2026-09-22").closed("2026-09-23")
	}
	correct := "at 2026-10-20 10:00\n" + officeBy + "unset 202609-NFZX-001 限办天数\n" +
		"record 202609-NFZX-001 更正 事项=限办天数 规则= 原因=推送时误填 依据=CQ2026-09\ncommit 更正\n"
	r := lived(t, "", write())
	if got := charges(t, r, third, "2026-10-15"); got != "超期已办 1.3" {
		t.Fatalf("the third quarter charges %s", got)
	}
	freeze(t, r, "2026-10-15", nil)
	r.Run(correct)
	s := standing(t, r, "2026-11-30")
	if s.Problem != "" || len(s.Drift) > 0 || s.Was.Figures.Deadlines.LateDone != 1 {
		t.Errorf("%s %+v: published %+v", s.Problem, s.Drift, s.Was.Figures.Deadlines)
	}
	beside := map[string]string{}
	for _, d := range s.Corrected {
		beside[d.Key] = d.Published + " → " + d.Now
	}
	if beside["late-done"] != "1 → 0" || beside["on-time"] != "0/1 → 1/1" {
		t.Errorf("更正后: %v", beside)
	}
	if got := charges(t, r, fourth, "2026-11-30"); got != "更正返还 -1.3" {
		t.Errorf("the fourth quarter charges %s", got)
	}
	for _, u := range appraisal.Of(registerAt(t, r, "2026-11-30"), fourth).Units {
		if u.Unit == "信息中心" && u.Final != -130 {
			t.Errorf("%+v", u)
		}
	}

	r = lived(t, "", write())
	r.Run(correct)
	if got := charges(t, r, third, "2026-11-30") + charges(t, r, fourth, "2026-11-30"); got != "" {
		t.Errorf("not frozen, so computed anew: charged with %s", got)
	}
	each(t, r, third, Deadlines{Due: 1, OnTime: 1, Original: 1}, "2026-11-30")
}

// TestExample53: 月报 belong to the months they report; until 收件宽限 after the
// last is due the quarter says 尚缺, then 未报.
func TestExample53(t *testing.T) {
	begin := func() *gittest.Repository {
		r := lived(t, "", pushed("202608-NFZX-001", "2026-08-03").fedBack("2026-08-05").closed("2026-08-06"))
		handIn(t, r, monthlyPaper{"2026-07", "2026-08-05", "9"})
		handIn(t, r, monthlyPaper{"2026-08", "2026-09-03", "4"})
		return r
	}
	want := func(r *gittest.Repository, asOf string, s Submissions) {
		t.Helper()
		if got := Compute(registerAt(t, r, asOf), third).Monthly; got != s {
			t.Errorf("as of %s: %+v, want %+v", asOf, got, s)
		}
	}
	r := begin()
	for _, asOf := range []string{"2026-10-09", "2026-10-10", "2026-10-12"} {
		want(r, asOf, Submissions{Due: 3, OnTime: 2, Awaited: 1})
	}
	want(r, "2026-10-13", Submissions{Due: 3, OnTime: 2})
	text := string(Compose(registerAt(t, r, "2026-10-09"), third, Options{}).Markdown())
	if !strings.Contains(text, "尚缺1份") || strings.Contains(text, "未报1份") {
		t.Error("the report of 10-09 does not say 尚缺1份")
	}
	text = string(Compose(registerAt(t, r, "2026-10-13"), third, Options{}).Markdown())
	if strings.Contains(text, "尚缺1份") || !strings.Contains(text, "未报1份") {
		t.Error("the report of 10-13 does not say 未报1份")
	}
	// What lands when nobody waits for it any more moves nothing.
	handIn(t, r, monthlyPaper{"2026-09", "2026-10-20", "6"})
	want(r, "2026-10-31", Submissions{Due: 3, OnTime: 2})

	r = begin()
	handIn(t, r, monthlyPaper{"2026-09", "2026-10-10", "6"})
	want(r, "2026-10-10", Submissions{Due: 3, OnTime: 3})
	want(r, "2026-10-31", Submissions{Due: 3, OnTime: 3})
	if got := Compute(registerAt(t, r, "2026-10-31"), fourth).Monthly; got != (Submissions{}) {
		t.Errorf("the fourth quarter counts 月报 of September: %+v", got)
	}

	r = begin()
	handIn(t, r, monthlyPaper{"2026-09", "2026-10-12", "6"})
	want(r, "2026-10-31", Submissions{Due: 3, OnTime: 2, Late: 1})
}

// TestExample54: 收集 tells both, what the 月报 collected and what was registered.
func TestExample54(t *testing.T) {
	a := pushed("202608-NFZX-001", "2026-08-03", "件数=3")
	b := pushed("202608-NFZX-002", "2026-08-04")
	r := lived(t, "", a, b)
	handIn(t, r, monthlyPaper{"2026-07", "2026-08-05", "13"})
	handIn(t, r, monthlyPaper{"2026-08", "2026-09-03", "0"})
	handIn(t, r, monthlyPaper{"2026-09", "2026-10-09", "6"})
	d := registerAt(t, r, "2026-10-31")
	if f := Compute(d, third).Funnel; f.Collected != 19 || f.Registered != 2 || f.Tickets != 4 {
		t.Errorf("%+v", f)
	}
	if text := string(Compose(d, third, Options{}).Markdown()); !strings.Contains(text, "月报收集19件，登记2项合4件") {
		t.Error("the report does not tell both")
	}
}

// TestExample55: the months add up to the quarter, and what is improved after
// 办结 stays done.
func TestExample55(t *testing.T) {
	a := pushed("202607-NFZX-001", "2026-07-06").fedBack("2026-07-10").closed("2026-07-13").
		record("2026-08-10 10:00", officeBy, "改进中", "改进 原因=又有反映 措施= 完成期限= 依据=HY2026-08")
	a.fedBack("2026-08-12").closed("2026-08-13")
	r := lived(t, "", a)
	q := Compute(registerAt(t, r, "2026-10-31"), third)
	if want := (Balance{Pushed: 1, Done: 1}); q.Balance != want {
		t.Errorf("%+v, want %+v", q.Balance, want)
	}
	var sum Balance
	for i, m := range q.Months {
		sum.Pushed, sum.Done, sum.Other = sum.Pushed+m.Balance.Pushed, sum.Done+m.Balance.Done,
			sum.Other+m.Balance.Other
		if i > 0 && m.Balance.Opening != q.Months[i-1].Balance.Closing {
			t.Errorf("%s does not open as the month before ended", m.Month)
		}
	}
	if sum.Pushed != 1 || sum.Done != 1 || sum.Other != 0 {
		t.Errorf("the months add up to %+v", sum)
	}
	if b := Compute(registerAt(t, r, "2026-08-11"), third).Balance; b != (Balance{Pushed: 1, Done: 1, Improving: 1}) {
		t.Errorf("while it is improved: %+v", b)
	}
}

// TestExample31: one 评估 a case and round counts, the last before it closes.
func TestExample31(t *testing.T) {
	evaluate := func(result string) string {
		return "评估 方式=12366回访 单位=纳税服务中心 结果=" + result
	}
	a := pushed("202607-NFZX-001", "2026-07-06").fedBack("2026-07-15").
		set("2026-07-16 10:00", officeBy, "状态=评估中", "反馈.审核=通过").
		record("2026-07-20 10:00", collectorBy, "", evaluate("不满意")).
		record("2026-07-22 10:00", officeBy, "已办结", evaluate("满意")).
		record("2026-07-23 10:00", collectorBy, "", evaluate("基本满意"))
	q := Compute(registerAt(t, lived(t, "", a), "2026-10-31"), third)
	if want := (Evaluation{All: 1, Satisfied: 1, Accepted: 1, Covered: 1}); q.Evaluation != want {
		t.Errorf("%+v, want %+v", q.Evaluation, want)
	}
}

// TestExample40: 办理时长 counts from the push to the lead who answered, never from
// a resume; so does the table of tasks.
func TestExample40(t *testing.T) {
	decide := func(a *acts) *acts {
		return a.record("2026-07-08 10:00", centreBy, "待研究决定",
			"说明单 事由=无法解决 单位=信息中心 理由=无权限 职责依据= 建议单位= 决定= 依据=").
			set("2026-07-10 10:00", officeBy, "状态=长期推进", "说明单.决定=长期推进", "说明单.依据=HY2026-07",
				"下次研究日期=2026-09-10").
			set("2026-09-10 10:00", officeBy, "状态=办理中", "会议议定期限.日期=2026-09-30",
				"会议议定期限.依据=HY2026-09").
			fedBack("2026-09-29").closed("2026-09-30")
	}
	d := registerAt(t, lived(t, "", decide(pushed("202607-NFZX-001", "2026-07-06"))), "2026-10-31")
	if h := Compute(d, third).Handling; h.N != 1 || h.Sum != 61 {
		t.Errorf("handled in %+v, want 61 days", h)
	}
	tasks := Compose(d, third, Options{}).Annexes[1]
	if len(tasks.Table.Rows) != 1 || tasks.Table.Rows[0][5] != "2026-07-06" {
		t.Errorf("annex 2 gives the resume for a push: %v", tasks.Table.Rows)
	}

	moved := pushed("202607-NFZX-001", "2026-07-06").
		set("2026-07-13 10:00", officeBy, "承办单位=征收管理科", "调整原因=职责不符")
	moved.b.WriteString(strings.ReplaceAll((&acts{id: "202607-NFZX-001"}).fedBack("2026-07-17").b.String(), centreBy,
		"by 征收管理科 <a@zsglk.example>\n"))
	moved.closed("2026-07-20")
	if h := Compute(registerAt(t, lived(t, "", moved), "2026-10-31"), third).Handling; h.N != 1 || h.Sum != 4 {
		t.Errorf("handled in %+v, want 4 days", h)
	}
}
