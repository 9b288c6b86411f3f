package history

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
)

// Histories whose branches cross: who said what must come out of the commits,
// not of the order in which they were merged.
func TestBranches(t *testing.T) {
	const (
		begin = `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new 202607-NFZX-001
new 202607-NFZX-002
commit 登记
mark base
`
		office = "checkout main\nby 联席办 <a@nsfwk.example>\n"
		first  = "登记 nfzx 07-01 …\n"
	)
	stories := []struct{ name, script, want string }{
		{"criss-cross", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
mark one
branch two @base
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
section 202607-NFZX-001 办理情况 已排查
commit 二
mark two
merge @one
checkout one
merge @two
at 2026-07-02 12:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 三
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
at 2026-07-04 09:00
merge --mr 2 two
`, first + "!1 xxzx 07-02 标题; zsglk 07-02 ## 办理情况; xxzx 07-02 属地"},

		{"a merge whose author edits the result", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
` + office + `
at 2026-07-03 09:00
merge --no-commit one
set 202607-NFZX-001 属地=集宁区税务局
commit 合并
`, first + "合并 xxzx 07-02 标题; nsfwk 07-03 属地"},

		{"a merge that undoes what it merges", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
` + office + `
at 2026-07-03 09:00
merge --ours one
`, "登记 nfzx 07-01 …"},

		{"a merge in the branch that undoes what had landed", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 一
` + office + `
at 2026-07-03 09:00
set 202607-NFZX-001 标题=改过的标题
commit 改标题
checkout one
at 2026-07-03 15:00
by 征管 <a@zsglk.example>
merge --ours main
` + office + `
at 2026-07-04 09:00
merge --mr 1 one
`, first + "改标题 nsfwk 07-03 标题\n!1 xxzx 07-02 属地; zsglk 07-03 标题"},

		{"a landing that undoes what had landed, of which its branch says nothing in the end", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=写错的标题
commit 一
mark one
revert @one
` + office + `
at 2026-07-03 09:00
set 202607-NFZX-001 标题=改过的标题
commit 改标题
at 2026-07-04 09:00
by 征管 <a@zsglk.example>
merge --no-commit one
git checkout one -- .
commit 合并
`, first + "改标题 nsfwk 07-03 标题\n合并 zsglk 07-04 标题"},

		{"both changed it, and the branch's is taken", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=另一个标题
commit 一
` + office + `
at 2026-07-03 09:00
set 202607-NFZX-001 标题=改过的标题
commit 改标题
at 2026-07-04 09:00
merge --no-commit one
git checkout one -- .
commit 合并
`, first + "改标题 nsfwk 07-03 标题\n合并 xxzx 07-02 标题"},

		{"a merge that drops a case, a record and a section", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 一
` + office + `
at 2026-07-03 09:00
record 202607-NFZX-001 改进 原因=甲
section 202607-NFZX-001 研判分析 已研判
commit 改进
checkout one
at 2026-07-03 15:00
by 征管 <a@zsglk.example>
merge --ours main
` + office + `
at 2026-07-04 09:00
merge --mr 1 one
`, first + "改进 nsfwk 07-03 改进+ ## 研判分析\n!1 xxzx 07-02 属地; zsglk 07-03 改进 ## 研判分析"},

		{"a foxtrot: main merged into a branch that then becomes main", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 一
` + office + `
at 2026-07-03 09:00
set 202607-NFZX-001 标题=改过的标题
commit 改标题
checkout one
at 2026-07-04 09:00
by 征管 <a@zsglk.example>
merge -m 拉取 main
checkout main
merge --ff one
`, first + "一 xxzx 07-02 属地\n拉取 nsfwk 07-03 标题"},

		{"the main branch of an old fork", begin + `
branch fork
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 一
` + office + `
at 2026-07-03 09:00
set 202607-NFZX-001 标题=改过的标题
commit 改标题
checkout fork
at 2026-07-03 10:00
by 信息 <a@xxzx.example>
merge main
set 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理
commit 二
` + office + `
at 2026-07-03 15:00
set 202607-NFZX-001 原渠道期限=2026-07-31
commit 改期限
checkout fork
at 2026-07-03 16:00
by 征管 <a@zsglk.example>
merge main
` + office + `
at 2026-07-04 09:00
merge --mr 1 fork
`, first + "改标题 nsfwk 07-03 标题\n改期限 nsfwk 07-03 原渠道期限\n!1 xxzx 07-02 属地; xxzx 07-03 协办反馈"},

		{"the last to say it on either branch", begin + `
branch one
at 2026-07-02 15:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
branch two @base
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
set 202607-NFZX-001 标题=改过的标题
commit 二
` + office + `
at 2026-07-03 09:00
merge one two
`, first + "Merge branches 'one' and 'two' xxzx 07-02 标题"},

		{"unreadable within the branch", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
mark one
text 202607-NFZX-001 弄坏了
commit 弄坏
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
git checkout @one -- cases/2026/07/202607-NFZX-001.md
set 202607-NFZX-001 属地=集宁区税务局
commit 修好
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 xxzx 07-02 标题; zsglk 07-02 属地"},

		{"a slip mended by another of the branch", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=写错的标题
commit 一
mark one
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
revert @one
set 202607-NFZX-001 属地=集宁区税务局
commit 二
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 zsglk 07-02 属地"},

		{"edited here, moved there", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
` + office + `
at 2026-07-02 10:00
mv 202607-NFZX-001 cases/归档/202607-NFZX-001.md
commit 移动
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 xxzx 07-02 标题"},

		{"moved by way of a third folder within the branch", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
mv 202607-NFZX-001 cases/甲/202607-NFZX-001.md
commit 移一
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
mv cases/甲/202607-NFZX-001.md cases/乙/202607-NFZX-001.md
set cases/乙/202607-NFZX-001.md 属地=集宁区税务局
commit 移二
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 xxzx 07-02 标题; zsglk 07-02 属地"},

		{"deleted in a branch, and back as it was", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
rm 202607-NFZX-001
commit 删除
mark gone
text 说明.txt 另一件
commit 其他
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
at 2026-07-04 09:00
revert @gone
`, first + "!1 - xxzx 07-02\nRevert \"删除\""},

		{"back by a branch, edited", begin + `
at 2026-07-02 09:00
rm 202607-NFZX-001
commit 删除
branch one
at 2026-07-03 09:00
by 信息 <a@xxzx.example>
new 202607-NFZX-001
commit 恢复
by 征管 <a@zsglk.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 改
` + office + `
at 2026-07-04 09:00
merge --mr 1 one
`, first + "删除 - nfzx 07-02\n!1 zsglk 07-03 属地"},

		{"two histories made one", begin + `
orphan other
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
new 202607-NFZX-003
commit 别处登记
` + office + `
at 2026-07-03 09:00
merge --allow-unrelated-histories --mr 1 other
`, "登记 nfzx 07-01 …"},

		{"request of requests", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-001 标题=改过的标题
commit 一
branch two @base
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
set 202607-NFZX-001 协办反馈.征收管理科.结果=已梳理
commit 二
checkout one
by 信息 <a@xxzx.example>
merge two
` + office + `
at 2026-07-03 09:00
merge --mr 3 one
`, first + "!3 xxzx 07-02 标题; zsglk 07-02 协办反馈"},

		{"the same entry twice, on two branches", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
record 202607-NFZX-001 评估 方式=12366回访 单位=督察内审科 结果=满意
commit 一
by 征管 <a@zsglk.example>
at 2026-07-02 10:00
record 202607-NFZX-001 评估 方式=12366回访 单位=督察内审科 结果=满意
commit 二
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 xxzx 07-02 评估+; zsglk 07-02 评估+"},

		{"equal entries of two branches, put together by Git", begin + `
record 202607-NFZX-001 改进 原因=甲
record 202607-NFZX-001 改进 原因=乙
record 202607-NFZX-001 改进 原因=丙
commit 铺垫
mark wide
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
replace 202607-NFZX-001 '  - 原因: 甲' '  - 原因: 丁\n\n  - 原因: 甲'
commit 一
branch two @wide
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
record 202607-NFZX-001 改进 原因=丁
commit 二
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
at 2026-07-04 09:00
merge --mr 2 two
`, first + "铺垫 nfzx 07-01 改进+ 改进+ 改进+\n!1 xxzx 07-02 改进+\n!2 zsglk 07-02 改进+"},

		{"one file by one commit, another by another", begin + `
branch one
at 2026-07-02 09:00
by 信息 <a@xxzx.example>
set 202607-NFZX-002 标题=改过的标题
commit 别的事项
at 2026-07-02 10:00
by 征管 <a@zsglk.example>
set 202607-NFZX-001 属地=集宁区税务局
commit 本事项
` + office + `
at 2026-07-03 09:00
merge --mr 1 one
`, first + "!1 zsglk 07-02 属地"},
	}
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := gittest.Repo(t, s.script)
			if diff := cmp.Diff(s.want, tell(t, r.Dir)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
