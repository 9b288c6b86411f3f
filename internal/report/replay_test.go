package report_test

import (
	"context"
	"os"
	"path/filepath"
	. "suqiu/internal/report"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// TestFromHistory counts a case that was lived through in Git. It guards the
// titles and rows by which the report knows what the replay made of a step.
func TestFromHistory(t *testing.T) {
	r := gittest.Empty(t)
	config := `名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅], 邮箱: ["*@nsfwk.example"], 角色: [联席办, 监督考评]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 邮箱: ["*@nfzx.example"], 角色: [回访]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"]}
  - {名称: 征收管理科, 代码: ZSGLK, 邮箱: ["*@zsglk.example"]}
`
	if err := os.WriteFile(filepath.Join(r.Dir, "suqiu.yaml"), []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	r.Run(`at 2026-06-01 09:00
by 纳税服务科 <a@nsfwk.example>
commit 启用
at 2026-07-01 09:00
by 纳税服务中心 <a@nfzx.example>
new 202607-NFZX-001
commit 登记
at 2026-07-06 10:00
by 纳税服务科 <a@nsfwk.example>
set 202607-NFZX-001 状态=已推送 任务清单=RW202607-01 办理类别=系统技术类 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 承办单位=征收管理科
commit 推送
at 2026-07-07 10:00
by 征收管理科 <a@zsglk.example>
set 202607-NFZX-001 状态=异议待确认
record 202607-NFZX-001 说明单 事由=异议 单位=征收管理科 理由=不属职责 职责依据= 建议单位= 决定= 依据=
commit 异议
at 2026-07-08 10:00
by 纳税服务科 <a@nsfwk.example>
set 202607-NFZX-001 状态=已推送 承办单位=信息中心 说明单.决定=成立 说明单.依据=CQ2026-07
commit 改派
at 2026-07-20 10:00
by 信息中心 <a@xxzx.example>
record 202607-NFZX-001 延期申请 申请天数=10 原因=等待扩容 措施=电话辅导 决定= 依据=
commit 延期
at 2026-07-21 10:00
by 纳税服务科 <a@nsfwk.example>
set 202607-NFZX-001 延期申请.决定=同意 延期申请.依据=CQ2026-07
commit 同意
at 2026-07-24 10:00
by 信息中心 <a@xxzx.example>
set 202607-NFZX-001 状态=已反馈
record 202607-NFZX-001 反馈 结果=已解决 措施=扩容 答复日期=2026-07-24 审核= 退回原因=
section 202607-NFZX-001 办理情况 已经扩容。
section 202607-NFZX-001 反馈答复 已经答复。
commit 反馈
at 2026-07-27 10:00
by 纳税服务科 <a@nsfwk.example>
set 202607-NFZX-001 状态=评估中 反馈.审核=通过
commit 审核
at 2026-07-28 10:00
by 纳税服务中心 <a@nfzx.example>
record 202607-NFZX-001 评估 方式=12366回访 单位=纳税服务中心 结果=不满意
commit 评估
at 2026-07-29 10:00
by 纳税服务科 <a@nsfwk.example>
record 202607-NFZX-001 评估 方式=实地调研 单位=纳税服务科 结果=基本满意
set 202607-NFZX-001 状态=已办结
commit 办结
`)
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(context.Background(), repo, register.Options{AsOf: day("2026-10-15")})
	if err != nil {
		t.Fatal(err)
	}
	got := Compute(d, workday.Quarter{Year: 2026, Q: 3})
	if want := (Steps{Extensions: 1, Granted: 1, Objections: 1, Upheld: 1, Reassigned: 1}); got.Steps != want {
		t.Errorf("steps %+v, want %+v", got.Steps, want)
	}
	// One a round: the last before it closes (EXAMPLES 31).
	if want := (Evaluation{All: 1, Fair: 1, Accepted: 1, Covered: 1}); got.Evaluation != want {
		t.Errorf("evaluation %+v, want %+v", got.Evaluation, want)
	}
	if want := (Balance{Pushed: 1, Done: 1}); got.Balance != want {
		t.Errorf("balance %+v, want %+v", got.Balance, want)
	}
	if want := (Deadlines{Due: 1, OnTime: 1}); got.Deadlines != want {
		t.Errorf("deadlines %+v, want %+v", got.Deadlines, want)
	}
	for _, i := range got.Indicators {
		// From the second push on 07-08 to 07-24: 12 working days.
		if i.Key == "handling" && (i.N != 12 || i.Of != 1) {
			t.Errorf("handling took %d days in %d cases", i.N, i.Of)
		}
	}
}
