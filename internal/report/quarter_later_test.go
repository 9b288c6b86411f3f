package report_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/bureaus"
	"suqiu/internal/papers"
	. "suqiu/internal/report"
	"suqiu/internal/workday"
)

// TestFeedbackOnADayOffWhileItWaits: an undecided 说明单 pauses until the feedback
// withdraws it, on whatever day that is: 06-19 to 06-21 are off, so that the days
// given back end on 06-18, and the feedback of 06-20 is on time all the same.
func TestFeedbackOnADayOffWhileItWaits(t *testing.T) {
	r := lived(t, "", pushed("202606-NFZX-001", "2026-06-10", "限办天数=2").
		record("2026-06-12 10:00", centreBy, "待研究决定",
			"说明单 事由=无法解决 单位=信息中心 理由=无权限 职责依据= 建议单位= 决定= 依据=").
		fedBack("2026-06-20").closed("2026-06-29"))
	each(t, r, workday.Quarter{Year: 2026, Q: 2}, Deadlines{Due: 1, OnTime: 1}, "2026-06-30", "2026-10-31")
}

// TestRefundedOnce: what came back in a quarter that is frozen itself does not
// come back again when the same case is corrected once more.
func TestRefundedOnce(t *testing.T) {
	r := lived(t, "", pushed("202609-NFZX-001", "2026-09-15", "限办天数=3").fedBack("2026-09-22").closed("2026-09-23"))
	freeze(t, r, "2026-10-15", nil)
	r.Run("at 2026-10-20 10:00\n" + officeBy + "unset 202609-NFZX-001 限办天数\n" +
		"record 202609-NFZX-001 更正 事项=限办天数 规则= 原因=推送时误填 依据=CQ2026-09\ncommit 更正\n")
	freezeOf(t, r, fourth, "2027-01-20", nil)
	r.Run("at 2027-02-08 10:00\n" + officeBy + "set 202609-NFZX-001 标题=改正后的标题一则\n" +
		"record 202609-NFZX-001 更正 事项=标题 规则= 原因=标题有误 依据=CQ2027-01\ncommit 更正\n")
	for q, want := range map[workday.Quarter]string{fourth: "更正返还 -1.3", {Year: 2027, Q: 1}: ""} {
		if got := charges(t, r, q, "2027-03-31"); got != want {
			t.Errorf("%s charges %q, want %q", q, got, want)
		}
	}
}

// TestWaivedBindsLater: 核定 binds later quarters: a lateness that is not to be
// charged costs nothing in the next quarter either.
func TestWaivedBindsLater(t *testing.T) {
	r := lived(t, "", pushed("202609-NFZX-001", "2026-09-08").fedBack("2026-10-14").closed("2026-10-15"))
	verdict := func(word, points string) {
		text := "---\n季度: 2026Q3\n\n申辩:\n  - 单位: 信息中心\n    诉求: 202609-NFZX-001\n    扣分项: " +
			"超期已办\n    申辩: 系统故障\n    核实结论: " + word +
			"\n    核定扣分: " + points + "\n    核实说明: 属实\n    依据:\n---\n"
		if err := os.MkdirAll(filepath.Join(r.Dir, "appraisal"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(r.Dir, "appraisal", "2026Q3.md"), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	verdict("不予扣分", "")
	r.Run("at 2026-10-16 10:00\n" + officeBy + "commit 核实\n")
	if got := charges(t, r, fourth, "2026-10-31"); got != "" {
		t.Errorf("the fourth quarter charges %s", got)
	}
	// A milder verdict leaves the days of the next quarter, under the cap of what
	// was charged before it.
	verdict("减轻扣分", "0.5")
	r.Run("at 2026-10-19 10:00\n" + officeBy + "commit 改核实\n")
	if got := charges(t, r, fourth, "2026-10-31"); got != "超期未办 1.6" {
		t.Errorf("the fourth quarter charges %s", got)
	}
}

// TestDeletedLater: a file that is deleted after a quarter was in it all the same.
func TestDeletedLater(t *testing.T) {
	r := lived(t, "", pushed("202609-NFZX-001", "2026-09-08").fedBack("2026-09-14").closed("2026-09-15"))
	r.Run("at 2026-10-20 10:00\n" + officeBy + "rm 202609-NFZX-001\ncommit 删除\n")
	for _, asOf := range []string{"2026-10-15", "2026-11-30"} {
		q := Compute(registerAt(t, r, asOf), third)
		if q.Deleted != 0 || q.Balance != (Balance{Pushed: 1, Done: 1}) || q.Deadlines.OnTime != 1 {
			t.Errorf("as of %s: deleted %d, %+v", asOf, q.Deleted, q.Balance)
		}
	}
	if q := Compute(registerAt(t, r, "2026-11-30"), fourth); q.Deleted != 1 {
		t.Errorf("the fourth quarter tells of %d deleted cases", q.Deleted)
	}
}

// TestOlderSummary: what a bureau's older suqiu did not count is no zero.
func TestOlderSummary(t *testing.T) {
	c := bureaus.Comparison{Quarter: third, List: []*papers.Summary{{Version: 1, Unit: "甲局"},
		{Version: 2, Unit: "乙局", Funnel: papers.SummaryFunnel{Collected: 3}}}}
	var got []string
	for _, row := range c.Tables()[0].Table.Rows {
		got = append(got, row[1])
	}
	if diff := cmp.Diff([]string{"—", "3", "3"}, got); diff != "" {
		t.Error(diff)
	}
}
