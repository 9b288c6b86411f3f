package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/caserules"
	"suqiu/internal/problem"
	"suqiu/internal/rules"
)

// TestRequestAdds holds that a request is blocked by what it adds and not by what
// stood there before, whichever files it touches.
func TestRequestAdds(t *testing.T) {
	const begin = `
# asof 2026-07-15
# base main
# from pushed
at 2026-07-08 09:00
by 信息中心 <a@xxzx.example>
set 202607-NFZX-001 状态=办理中
commit 接收
at 2026-07-09 09:00
by 纳税服务科 <a@nsfwk.example>
replace 202607-NFZX-001 '性质: 诉求' '性质: 投诉'
replace 202607-NFZX-001 '渠道: 12366热线' '渠道: 12366'
commit 直接入库
branch mr
at 2026-07-10 09:00
by 信息中心 <a@xxzx.example>
`
	for _, test := range []struct{ name, script, want string }{
		{"a step on a faulty file", "section 202607-NFZX-001 办理情况 正在扩容。\ncommit 办理情况",
			"warning channel-unknown, warning value-enum"},
		{"one more fault", "set 202607-NFZX-001 办理类别=系统类\ncommit 办理情况",
			"error value-enum, warning channel-unknown, warning value-enum"},
		{"another fault in the place of the old",
			"by 纳税服务科 <a@nsfwk.example>\nset 202607-NFZX-001 性质=建议\ncommit 改",
			"error value-enum, warning channel-unknown"},
		{"the fault mended", "by 纳税服务科 <a@nsfwk.example>\nset 202607-NFZX-001 性质=诉求 渠道=12366热线\ncommit 改",
			""},
		{"a fault of the same words in another file",
			"by 纳税服务中心 <a@nfzx.example>\nnew 202607-NFZX-002 性质=投诉\ncommit 登记",
			"error value-enum, warning channel-unknown, warning value-enum"},
		{"a fault that changes nothing of what it says",
			"replace 202607-NFZX-001 '件数: 1' '件数: 1\\n主责单位: 信息中心'\ncommit 备注",
			"error key-unknown, warning channel-unknown, warning value-enum"},
		{"the front matter damaged", "replace 202607-NFZX-001 '---\\n编号' '编号'\ncommit 删去",
			"error front-matter-missing, warning channel-unknown, warning value-enum"},
		{"moved lines", "replace 202607-NFZX-001 '件数: 1' '件数: 1\\n# 备注'\ncommit 备注",
			"warning channel-unknown, warning value-enum"},
	} {
		archive := txtar.Parse([]byte(begin + test.script + "\n"))
		var got []string
		for _, f := range rules.Run(tell(t, archive)) {
			if r, _ := caserules.Lookup(f.Rule); r.Group != caserules.Format && r.Group != caserules.References {
				continue
			}
			got = append(got, string(f.Severity)+" "+f.Rule)
			if f.New != (f.Severity == problem.Error) {
				t.Errorf("%s: %+v", test.name, f)
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s: %s; want %s", test.name, s, test.want)
		}
	}
}

// What a request takes away is missed where it was referred to.
func TestMissedReferences(t *testing.T) {
	archive := txtar.Parse([]byte(`
# asof 2026-07-15
# base main
# from pushed
at 2026-07-07 09:00
by 信息中心 <a@xxzx.example>
set 202607-NFZX-001 状态=异议待确认
record 202607-NFZX-001 说明单 事由=异议 单位=信息中心 理由=后台由区局统一运维 决定= 依据=
commit 异议
at 2026-07-08 09:00
by 纳税服务科 <a@nsfwk.example>
set 202607-NFZX-001 状态=办理中 说明单.决定=不成立 说明单.依据=CQ2026-07
commit 决定
branch mr
at 2026-07-09 09:00
rm meetings/CQ2026-07.md
commit 删去
-- meetings/CQ2026-07.md --
---
编号: CQ2026-07
类型: 传签

议题:
  - 事项: 异议
    诉求:
      - 202607-NFZX-001
    决定: 不成立
---
`))
	var missed []problem.Problem
	for _, f := range rules.Run(tell(t, archive)) {
		if f.Rule == "meeting-unknown" {
			missed = append(missed, f)
		}
	}
	if len(missed) != 1 || missed[0].Severity != problem.Error || !missed[0].New {
		t.Errorf("%+v", missed)
	}
}
