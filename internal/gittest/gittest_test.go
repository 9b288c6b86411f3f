package gittest

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const tour = `
at 2026-07-15 09:00
by 纳税服务中心 <lin@nfzx.example>
new 202607-NFZX-001 '标题=申报 卡顿'
write suqiu.yaml
commit 登记 202607-NFZX-001
mark base
pack-refs

branch push
at +2h
by o@nsfwk.example
set 202607-NFZX-001 状态=已推送 承办单位=信息中心 协办单位=征收管理科、第三税务分局
set 202607-NFZX-001 协办反馈.征收管理科.结果= 会议议定期限.日期=2026-09-30
commit 推送
mark push
checkout main
at +1d
by bot@pages.example
merge --mr 12 push

branch side @base
section 202607-NFZX-001 研判分析 一行\n二行
commit 分析
checkout main
merge --no-commit side
append 202607-NFZX-001 尾
commit 合并分析
branch q1 @base
text a.txt 一
commit a
branch q2 @base
text b.txt 二
commit b
checkout main
merge q1 q2
cherry-pick @push
revert @push
branch squashed @base
text c.txt 三
commit c
checkout main
merge --squash squashed
committed +10m
commit 压缩 (#7)
rm c.txt
mv a.txt 中文/甲.txt
commit 移动
repack
-- suqiu.yaml --
名称: 试
`

// The hashes are pinned: a script means the same history on every machine.
func TestRepoIsDeterministic(t *testing.T) {
	r := Repo(t, tour)
	if got, again := r.Rev("HEAD"), Repo(t, tour).Rev("HEAD"); got != again {
		t.Fatalf("two runs: %s and %s", got, again)
	}
	if got, want := r.Rev("@base"), "6f5f973523fd966a5eae1f67080d9fc01770918a"; got != want {
		t.Errorf("first commit is %s, want %s", got, want)
	}
	log := r.Git("log", "--first-parent", "--reverse", "--date=iso-strict", "--format=%P|%ad|%cd|%ae|%s")
	lines := strings.Split(log, "\n")
	var shape []string
	for _, l := range lines {
		f := strings.SplitN(l, "|", 5)
		shape = append(shape, strings.Join([]string{string(rune('0' + len(strings.Fields(f[0])))), f[1][:16], f[2][:16],
			f[3], f[4]}, " "))
	}
	want := []string{
		"0 2026-07-15T09:00 2026-07-15T09:00 lin@nfzx.example 登记 202607-NFZX-001",
		"2 2026-07-16T11:00 2026-07-16T11:00 bot@pages.example Merge branch 'push' into 'main'",
		"2 2026-07-16T11:00 2026-07-16T11:00 bot@pages.example 合并分析",
		"3 2026-07-16T11:00 2026-07-16T11:00 bot@pages.example Merge branches 'q1' and 'q2'",
		"1 2026-07-15T11:00 2026-07-16T11:00 o@nsfwk.example 推送",
		"1 2026-07-16T11:00 2026-07-16T11:00 bot@pages.example Revert \"推送\"",
		"1 2026-07-16T11:00 2026-07-16T11:10 bot@pages.example 压缩 (#7)",
		"1 2026-07-16T11:00 2026-07-16T11:10 bot@pages.example 移动",
	}
	if d := cmp.Diff(want, shape); d != "" {
		t.Error(d)
	}
	if got := r.Git("ls-tree", "-r", "--name-only",
		"HEAD"); got != "b.txt\ncases/2026/07/202607-NFZX-001.md\nsuqiu.yaml\n中文/甲.txt" {
		t.Errorf("files:\n%s", got)
	}
	text := r.Git("show", r.Marks["push"]+":"+CasePath("202607-NFZX-001")) +
		r.Git("show", "HEAD:"+CasePath("202607-NFZX-001")) + "\n"
	for _, want := range []string{"标题: 申报 卡顿\n", "状态: 已推送\n", "协办单位: 征收管理科、第三税务分局\n",
		"协办反馈:\n  征收管理科:\n    结果:\n", "会议议定期限:\n  日期: 2026-09-30\n  依据:\n", "## 研判分析\n\n" +
			"一行\n二行\n", "\n尾\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestEdit(t *testing.T) {
	src := "---\n状态: 办理中\n反馈:\n改进:\n---\n\n## 办理情况\n"
	edit := func(f func(string) (string, error)) {
		t.Helper()
		out, err := f(src)
		if err != nil {
			t.Fatal(err)
		}
		src = out
	}
	edit(func(s string) (string, error) { return Record(s, "反馈", "结果=已解决", "措施=一\n二") })
	edit(func(s string) (string, error) { return Record(s, "反馈", "结果=解释说明") })
	edit(func(s string) (string, error) {
		return Set(s, "反馈.审核=通过", "反馈[0].结果=暂未解决", "状态=已反馈", "并入=X")
	})
	src = SetSection(src, "办理情况", "已办")
	src = SetSection(src, "反馈答复", "已答")
	want := `---
状态: 已反馈
反馈:
  - 结果: 暂未解决
    措施: |-
      一
      二

  - 结果: 解释说明
    审核: 通过
改进:
并入: X
---

## 办理情况

已办

## 反馈答复

已答
`
	if d := cmp.Diff(want, src); d != "" {
		t.Fatal(d)
	}
	edit(func(s string) (string, error) { return Unset(s, "反馈[0]", "并入") })
	edit(func(s string) (string, error) { return Set(s, "反馈=") })
	want = "---\n状态: 已反馈\n反馈:\n改进:\n---\n\n## 办理情况\n\n已办\n\n## 反馈答复\n\n已答\n"
	if d := cmp.Diff(want, src); d != "" {
		t.Fatal(d)
	}
}
