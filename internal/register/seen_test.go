package register_test

import (
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/clock"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// TestSeenAtTheQuartersEnd: a return that lands after a quarter belongs to its
// own and changes nothing before (DESIGN 10, EXAMPLES 49): the third quarter
// goes on seeing the feedback of 09-22, whatever became of it.
func TestSeenAtTheQuartersEnd(t *testing.T) {
	archive := txtar.Parse([]byte(`# asof 2026-10-31
at 2026-09-10 09:00
by 纳税服务中心 <a@nfzx.example>
new 202609-NFZX-001
commit 登记
at 2026-09-11 10:00
by 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-001 状态=已推送 任务清单=RW202609-01 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心
commit 推送
at 2026-09-22 10:00
by 信息中心 <a@xxzx.example>
set 202609-NFZX-001 状态=已反馈
record 202609-NFZX-001 反馈 结果=已解决 措施=扩容 答复日期=2026-09-22 审核= 退回原因=
section 202609-NFZX-001 办理情况 已经扩容。
section 202609-NFZX-001 反馈答复 已经答复。
commit 反馈
at 2026-10-12 10:00
by 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-001 状态=办理中 反馈.审核=退回 反馈.退回原因=请补充依据
commit 退回
`))
	r := story(t, archive)
	last := workday.New(2026, time.September, 30)
	feedback := func(asOf string) (now, then clock.Clock) {
		c := loadAt(t, r, asOf).Case("202609-NFZX-001")
		for i := range c.Life.Clocks {
			if c.Life.Clocks[i].Kind == clock.Feedback {
				then, ok := c.Life.ClockAt(i, last)
				if !ok {
					t.Fatal("the third quarter does not see the clock")
				}
				return c.Life.Clocks[i], then
			}
		}
		t.Fatal("no clock")
		return
	}
	_, before := feedback("2026-10-09")
	if before.Status != clock.Met || before.Due.String() != "2026-09-24" || before.Stopped.String() != "2026-09-22" {
		t.Errorf("before the return: %+v", before)
	}
	now, then := feedback("2026-10-31")
	if now.Due.String() != "2026-10-14" || now.Stopped != 0 {
		t.Errorf("today: due %s, stopped %s", now.Due, now.Stopped)
	}
	if then.Status != clock.Met || then.Due != before.Due || then.Stopped != before.Stopped {
		t.Errorf("the third quarter sees %+v", then)
	}
}

// TestSeenAfterCorrection: only a 更正 changes what a quarter saw (DESIGN 10).
func TestSeenAfterCorrection(t *testing.T) {
	r := story(t, txtar.Parse([]byte(`# asof 2026-10-31
at 2026-09-10 09:00
by 纳税服务中心 <a@nfzx.example>
new 202609-NFZX-001
commit 登记
at 2026-09-11 10:00
by 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-001 状态=已推送 任务清单=RW202609-01 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=信息中心
commit 推送
at 2026-10-12 10:00
by 信息中心 <a@xxzx.example>
set 202609-NFZX-001 状态=办理中
commit 接收
at 2026-10-20 10:00
by 纳税服务科 <a@nsfwk.example>
set 202609-NFZX-001 状态=已登记
record 202609-NFZX-001 更正 事项=误推送 规则= 原因=重复登记 依据=CQ2026-09
commit 更正
`)))
	last := workday.New(2026, time.September, 30)
	for asOf, want := range map[string]bool{"2026-10-15": true, "2026-10-31": false} {
		c := loadAt(t, r, asOf).Case("202609-NFZX-001")
		pushed := false
		for i := range c.Life.Clocks {
			k, ok := c.Life.ClockAt(i, last)
			pushed = pushed || ok && k.Kind == clock.Feedback
		}
		if pushed != want {
			t.Errorf("as of %s the third quarter sees a push: %v", asOf, pushed)
		}
	}
}

func loadAt(t *testing.T, r *gittest.Repository, asOf string) *register.Register {
	t.Helper()
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	day, err := workday.Parse(asOf)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(t.Context(), repo, register.Options{AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
