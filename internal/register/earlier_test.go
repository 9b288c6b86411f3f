package register_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// owedOn is what was open and owed on a day, as one who looks on another day tells it.
func owedOn(t rapid.TB, dir string, asOf, day workday.Date) []string {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Load(context.Background(), repo, register.Options{Ref: "main", AsOf: asOf, Now: asOf.Start()})
	if err == nil && day != asOf {
		d, err = d.Earlier(context.Background(), day)
	}
	if err != nil || d == nil {
		return nil // nothing had landed
	}
	var list []string
	for _, c := range d.Cases {
		if !c.Deleted && c.Life.State.IsOpen() {
			list = append(list, fmt.Sprint(c.ID, " ", c.Life.State))
		}
	}
	for _, u := range d.Dues() {
		list = append(list, fmt.Sprintf("%s %s %s %s %s%d", u.ID(), u.Kind, u.Unit, u.Clock.Due, u.Status,
			u.DaysLate))
	}
	for _, w := range d.Undecided() {
		list = append(list, fmt.Sprint(w.Case.ID, " ", w.Source, " ", w.Days))
	}
	return list
}

// What is told of an earlier day is what was told on it. Of what came since, a feedback
// of that very day and a submission included, nothing shows.
func TestEarlier(t *testing.T) {
	const set = " 涉及面=高 影响度=中 复杂度=中 紧急程度=一般 办理类别=其他类 承办单位=信息中心 任务清单=RW202609-01"
	r := gittest.Repo(t, `
at 2026-09-01 09:00
by a@nsfwk.example
write suqiu.yaml
write monthly/2026-08/NFZX.md august
commit 启用
by a@nfzx.example
at 2026-09-16 09:00
new 202609-NFZX-001 渠道=12366热线 收集单位=纳税服务中心 标题=一
new 202609-NFZX-002 渠道=12366热线 收集单位=纳税服务中心 标题=二
commit 登记
by a@nsfwk.example
at 2026-09-18 09:00
set 202609-NFZX-001 状态=已推送`+set+`
set 202609-NFZX-002 状态=已推送`+set+`
commit 推送
by a@xxzx.example
at 2026-09-21 09:00
set 202609-NFZX-001 状态=办理中
commit 接收
at 2026-10-09 10:00
record 202609-NFZX-001 延期申请 申请天数=3 原因=扩容 措施=值守
commit 申请延期
at 2026-10-12 10:00
by a@nfzx.example
write monthly/2026-09/NFZX.md september
commit 月报
-- suqiu.yaml --
名称: 测试局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 角色: [联席办]}
  - {名称: 纳税服务中心, 代码: NFZX, 渠道: [12366热线], 邮箱: ["*@nfzx.example"]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"]}
-- august --
---
单位: 纳税服务中心
月份: 2026-08
渠道收集量: {12366热线: 1}
零报告: 否
---
-- september --
---
单位: 纳税服务中心
月份: 2026-09
渠道收集量: {12366热线: 2}
零报告: 否
---
`)
	now := workday.New(2026, 10, 13)
	// Pushed on 18 September, both are due on 9 October; the submission of September is
	// due on the third working day of October, the 10th, and still awaited on that day.
	want := []string{"202609-NFZX-001 办理中", "202609-NFZX-002 已推送",
		"202609-NFZX-001 反馈 信息中心 2026-10-09 soon0", "202609-NFZX-002 反馈 信息中心 2026-10-09 soon0"}
	var got []string
	for _, line := range owedOn(t, r.Dir, now, workday.New(2026, 10, 8)) {
		state := strings.Count(line, " ") == 1
		if strings.HasPrefix(line, "202609-") && (state || strings.Contains(line, " 反馈 ")) {
			got = append(got, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of 8 October (-want +got):\n%s", diff)
	}
	for day := workday.New(2026, 8, 31); day < now; day++ {
		if diff := cmp.Diff(owedOn(t, r.Dir, day, day), owedOn(t, r.Dir, now, day)); diff != "" {
			t.Errorf("%s (-on the day +later):\n%s", day, diff)
		}
	}
}
