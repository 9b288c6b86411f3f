package form

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/form/trail"
	"suqiu/internal/replay"
	"suqiu/internal/workday"
)

const bureau = `
名称: 某局
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 邮箱: ["*@nsfwk.example"], 角色: [联席办], 渠道: [投诉]}
  - {名称: 信息中心, 代码: XXZX, 邮箱: ["*@xxzx.example"], 渠道: [差评]}
`

// Steps beside cases are asked for and taken without a case: 月报, 申辩, 会议建议
// and the papers of a meeting, each with its path, the next number and its branch.
func TestPapers(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte(bureau))
	now := time.Date(2026, 11, 3, 10, 0, 0, 0, workday.Shanghai)
	data := trail.NewWriter(replay.Env{Config: cfg, Calendar: cfg.Calendar, AsOf: workday.Of(now)}).
		Bureau(40, []string{"202610-XXZX-002", "HY2026-04"})
	var e Engine
	ask := func(name string, request any) string {
		t.Helper()
		q, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		out, err := e.Call(name, q)
		if err != nil {
			return err.Error()
		}
		return string(out)
	}
	type object map[string]any
	ask("open", object{"bureau": json.RawMessage(data), "who": object{"unit": "XXZX"}, "now": now})
	for _, c := range []struct {
		q     object
		wants []string
	}{
		{object{"step": "月报"}, []string{`"number":"2026-10"`, `"path":"monthly/2026-10/XXZX.md"`,
			`"until":"2026-11-04"`, `"name":"差评","kind":"number","required":true`}},
		{object{"step": "月报", "number": "2026-10", "values": object{"差评": "3"}}, []string{`"faults":[]`,
			`"path":"monthly/2026-10/XXZX.md"`, `"blob":""`, `"branch":"suqiu/XXZX/2026-10-月报"`,
			`差评: 3\n\n零报告: 否\n`, `"subject":"月报：2026-10 信息中心"`}},
		{object{"step": "月报", "values": object{"差评": "0"}}, []string{`"field":"零报告"`, `"files":[]`}},
		{object{"step": "月报", "unit": "纳税服务科"}, []string{"由该单位提交"}},
		{object{"step": "申辩", "number": "2026Q3", "values": object{"扣分项": "月报迟报",
			"申辩": "已报"}},
			[]string{`"path":"appraisal/2026Q3.md"`, "- 单位: 信息中心"}},
		{object{"step": "申辩"}, []string{"没有写明季度"}},
		{object{"step": "会议建议", "taken": object{"HY2026": 6}}, []string{`"number":"HY2026-07"`}},
		{object{"step": "会议建议", "values": object{"事由": "请研究"}}, []string{`"path":"meetings/HY2026-05.md"`,
			`"branch":"suqiu/XXZX/HY2026-05-会议建议"`}},
		{object{"step": "落实情况", "number": "HY2026-03", "text": "---\n编号: HY2026-03\n" +
			"类型: 例会\n" +
			"召开日期: 2026-09-01\n\n议题:\n  - 事项: 扩容\n    决定: 完成\n    责任单位: 信息中心\n" +
			"    落实情况:\n---\n",
			"values": object{"落实情况": "已扩容"}}, []string{`落实情况: 已扩容`,
			`"branch":"suqiu/XXZX/HY2026-03-落实情况"`}},
		{object{"step": "会议决定", "kind": "传签"}, []string{"会议由联席办召集"}},
	} {
		got := ask("paper", c.q)
		for _, want := range c.wants {
			if !strings.Contains(got, want) {
				t.Errorf("%v does not answer %q:\n%s", c.q, want, got)
			}
		}
	}
}
