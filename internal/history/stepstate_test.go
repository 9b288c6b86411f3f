package history

import (
	"testing"

	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

// A step keeps the 状态 that its commit stated, though a later commit of the
// same landing moved on; a commit of which nothing else is left is no step.
func TestStepState(t *testing.T) {
	r := gittest.Repo(t, `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new 202607-NFZX-001
commit 登记
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 状态=办理中 属地=集宁区税务局
commit 一
by 征管 <a@zsglk.example>
set 202607-NFZX-001 状态=异议待确认
commit 二
by 信息 <a@xxzx.example>
set 202607-NFZX-001 状态=已反馈
commit 三
checkout main
at 2026-07-03 09:00
merge --mr 1 one
`)
	lives := histories(t, r.Dir, mainline.Options{})
	steps := lives["202607-NFZX-001"].Landings[1].Steps
	if len(steps) != 2 || steps[0].State != "办理中" || steps[1].State != "已反馈" {
		t.Fatalf("steps %+v", steps)
	}
	if k := steps[0].Changes; len(k) != 1 || k[0].Key != "属地" {
		t.Errorf("the first step has %v left", k)
	}
}
