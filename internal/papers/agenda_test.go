package papers_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/papers"
)

// TestAgendaKeepsWhatWasTyped holds that an agenda is added to behind what a
// person wrote, that no letter of that changes, and that nothing is guessed
// where the file is not plain.
func TestAgendaKeepsWhatWasTyped(t *testing.T) {
	topics := []papers.Topic{{Matter: "新的", Source: "异议", Cases: []string{"202607-NFZX-001"},
		Units: []string{"信息中心"}}}
	added := "  - 事项: 新的\n    来源: 异议\n    诉求:\n      - 202607-NFZX-001\n    决定:\n    责任单位:\n      - " +
		"信息中心\n    完成期限:\n    落实情况:\n    提请党委会: 否\n"
	head := "---\n编号: HY2026-03\n类型: 例会\n主持: 召集人  # 已报\n"
	tail := "---\n\n会议说明，人写的。\n"
	for _, c := range []struct{ name, matter, after string }{
		{"behind the last", "追认: CQ2026-01\n\n议题:\n  - 事项: 旧的\n    决定:\n    提请党委会: 是  # 定了\n",
			"追认: CQ2026-01、CQ2026-02\n\n议题:\n  - 事项: 旧的\n    决定:\n    提请党委会: 是  # 定了\n\n" + added},
		{"none yet", "追认:\n\n议题:\n", "追认: CQ2026-02\n\n议题:\n" + added},
		{"an empty list", "追认: CQ2026-02\n议题: []\n", "追认: CQ2026-02\n议题:\n" + added},
		{"at the margin, one a line", "追认:\n  - CQ2026-01\n  - CQ2026-03\n议题:\n- 事项: 旧的\n  诉求: 202607-NFZX-" +
			"009\n",
			"追认:\n  - CQ2026-01\n  - CQ2026-03\n  - CQ2026-02\n议题:\n- 事项: 旧的\n  诉求: 202607-NFZX-009\n\n" +
				strings.ReplaceAll(strings.TrimPrefix(added, "  "), "\n  ", "\n")},
		{"no such keys", "出席: 信息中心\n", "出席: 信息中心\n议题:\n" + added + "追认: CQ2026-02\n"},
		{"a text of several lines", "追认: CQ2026-02\n议题:\n  - 事项: |\n      旧的\n      两行\n",
			"追认: CQ2026-02\n议题:\n  - 事项: |\n      旧的\n      两行\n\n" + added},
		{"in brackets", "议题: [{事项: 旧的}]\n", ""},
		{"a full-width colon", "议题：\n", ""},
		{"a bracket of names", "追认: [CQ2026-01]\n议题:\n", ""},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			lines := func(s string) string { return strings.ReplaceAll(s, "\n", end) }
			src := lines(head + c.matter + tail)
			out, ok := papers.AddToAgenda("meetings/HY2026-03.md", []byte(src), topics, []string{"CQ2026-02"}, canon)
			if ok != (c.after != "") {
				t.Errorf("%s (%q): ok is %v:\n%s", c.name, end, ok, out)
				continue
			}
			want := src
			if ok {
				want = lines(head + c.after + tail)
			}
			got := string(out)
			// where they go does not matter; that they are read does, which AddToAgenda holds
			if c.name == "no such keys" {
				if !strings.Contains(got, lines(added)) || !strings.Contains(got, "追认: CQ2026-02") {
					t.Errorf("%s: %s", c.name, got)
				}
				continue
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (%q): -want +got\n%s", c.name, end, diff)
			}
		}
	}
}
