package record

import (
	"strings"
	"testing"

	"suqiu/internal/draft"
	"suqiu/internal/mdfile"
)

// Each write changes its own lines only, in canonical form; remarks and order
// stay (DESIGN section 15 on what a step does to a file).
func TestDraftWritesOnlyItsLines(t *testing.T) {
	src := strings.Replace(canonicalFull, "紧急程度: 急", "紧急程度: 急  # 待核", 1)
	for _, c := range []struct {
		name   string
		writes []draft.Write
		want   [][2]string // what goes, what comes
	}{
		{"a key", []draft.Write{{Key: "状态", Value: "已反馈"}}, [][2]string{{"状态: 办理中", "状态: 已反馈"}}},
		{"a remark stays", []draft.Write{{Key: "紧急程度", Value: "特急"}},
			[][2]string{{"紧急程度: 急  # 待核", "紧急程度: 特急  # 待核"}}},
		{"quoted where YAML would misread it", []draft.Write{{Key: "调整原因", Value: "一: 二 #3"}},
			[][2]string{{"调整原因:\n", "调整原因: '一: 二 #3'\n"}}},
		{"soft over something", []draft.Write{{Key: "任务清单", Value: "RW202609-01", Soft: true}}, nil},
		{"soft over nothing", []draft.Write{{Key: "主题", Value: "申报", Soft: true}},
			[][2]string{{"主题:\n", "主题:\n  - 申报\n"}}},
		{"a list", []draft.Write{{Key: "协办单位", Value: "法制科"}},
			[][2]string{{"协办单位:\n  - 征收管理科\n  - 第三税务分局\n", "协办单位:\n  - 法制科\n"}}},
		{"a key of a record", []draft.Write{{Key: "会议议定期限.日期", Value: "2026-09-30"},
			{Key: "会议议定期限.依据", Value: "CQ2026-07"}},
			[][2]string{{"  日期:\n  依据:\n", "  日期: 2026-09-30\n  依据: CQ2026-07\n"}}},
		{"a key of an entry", []draft.Write{{Key: "说明单[1].决定", Value: "改派"}},
			[][2]string{{"    建议单位:\n    决定:\n    依据:\n\n延期",
				"    建议单位:\n    决定: 改派\n    依据:\n\n延期"}}},
		{"a new entry", []draft.Write{{Key: "延期申请[+].申请天数", Value: "5"},
			{Key: "延期申请[+].原因", Value: "未完"}},
			[][2]string{{"    依据:\n\n协办反馈", "    依据:\n\n  - 申请天数: 5\n    原因: 未完\n    措施:\n    决定:" +
				"\n    准延天数:\n    依据:\n\n协办反馈"}}},
		{"the first entry", []draft.Write{{Key: "更正[+].事项", Value: "状态"}},
			[][2]string{{"更正:\n---", "更正:\n  - 事项: 状态\n    规则:\n    原因:\n    依据:\n---"}}},
		{"a co-handler", []draft.Write{{Key: "协办反馈.第三税务分局.结果", Value: "已办"}},
			[][2]string{{"  第三税务分局:\n    结果:\n", "  第三税务分局:\n    结果: 已办\n"}}},
		{"several lines", []draft.Write{{Key: "调整原因", Value: "一\n二"}},
			[][2]string{{"调整原因:\n", "调整原因: |-\n  一\n  二\n"}}},
		{"several lines in an entry", []draft.Write{{Key: "延期申请[+].申请天数", Value: "5"},
			{Key: "延期申请[+].原因", Value: "一\n二"}},
			[][2]string{{"    依据:\n\n协办反馈", "    依据:\n\n  - 申请天数: 5\n" +
				"    原因: |-\n      一\n      二\n" +
				"    措施:\n    决定:\n    准延天数:\n    依据:\n\n协办反馈"}}},
		{"several units", []draft.Write{{Key: "协办单位", Value: "法制科、所得税科"}},
			[][2]string{{"协办单位:\n  - 征收管理科\n  - 第三税务分局\n", "协办单位:\n  - 法制科\n  - 所得税科\n"}}},
		{"another co-handler", []draft.Write{{Key: "协办反馈.法制科.结果", Value: "已办"}},
			[][2]string{{"  第三税务分局:\n    结果:\n", "  第三税务分局:\n    结果:\n\n  法制科:\n    结果: 已办\n"}}},
	} {
		d, ok := draft.New(Schema(), []byte(src), nil)
		if !ok {
			t.Fatal("cannot be written into")
		}
		want := src
		for _, w := range c.want {
			if strings.Count(want, w[0]) != 1 {
				t.Fatalf("%s: %q stands %d times", c.name, w[0], strings.Count(want, w[0]))
			}
			want = strings.Replace(want, w[0], w[1], 1)
		}
		if got, ok := d.With(c.writes); !ok || got != want {
			t.Errorf("%s: %v\n%s", c.name, ok, got)
		}
	}
}

// Sections that say something are left to their authors; files and values in
// other forms are refused or written into as they stand.
func TestDraftInOtherForms(t *testing.T) {
	d, _ := draft.New(Schema(), []byte(strings.ReplaceAll(canonicalFull, "\n", "\r\n")), nil)
	for _, s := range Parse("", []byte(canonicalFull), nil).Sections {
		got, ok := d.With([]draft.Write{{Key: "## " + s.Heading, Value: "另写"}})
		if mdfile.HasText(s.Text) == ok {
			t.Errorf("%s: %v", s.Heading, ok)
		}
		if strings.Contains(got, "\r") {
			t.Error("a carriage return is left")
		}
	}
	if _, ok := draft.New(Schema(), []byte("编号：1"), nil); ok {
		t.Error("a file without front matter can be written into")
	}
	for _, form := range []string{"反馈: [{结果: 已解决}]", "反馈: {结果: 已解决}"} {
		src := "---\n编号: 202607-NFZX-012\n" + form + "\n---\n\n## 诉求内容\n"
		d, ok := draft.New(Schema(), []byte(src), nil)
		if !ok {
			t.Fatal(form)
		}
		if got, ok := d.With([]draft.Write{{Key: "反馈[+].结果", Value: "已解决"}}); ok {
			t.Errorf("%s was written into:\n%s", form, got)
		}
	}
	// A record and what units answer come below a key that says nothing, or is not there.
	bare := "---\n编号: 202607-NFZX-012\n协办反馈:\n---\n\n## 诉求内容\n\n一\n\n## 研判分析\n"
	d, _ = draft.New(Schema(), []byte(bare), nil)
	filled, ok := d.With([]draft.Write{{Key: "协办反馈.法制科.结果", Value: "已办"}, {Key: "协办反馈.所得税科.结果"},
		{Key: "答复失效.日期", Value: "2026-09-30"}, {Key: "答复失效.替代"},
		{Key: "## 诉求内容", Value: "二", More: true}})
	if want := "---\n编号: 202607-NFZX-012\n协办反馈:\n" +
		"  法制科:\n    结果: 已办\n\n  所得税科:\n    结果:\n" +
		"答复失效:\n  日期: 2026-09-30\n  替代:\n---\n\n## 诉求内容\n\n一\n\n二\n\n## 研判分析\n"; !ok ||
		filled != want {
		t.Errorf("%v\n%s", ok, filled)
	}
	// Keys that were left out come where they belong.
	d, _ = draft.New(Schema(), []byte("---\n编号: 202607-NFZX-012\n状态: 办理中\n更正:\n---\n\n## 诉求内容\n"), nil)
	got, ok := d.With([]draft.Write{{Key: "状态", Value: "已反馈"}, {Key: "反馈[+].结果", Value: "已解决"},
		{Key: "## 办理情况", Value: "已办"}})
	want := "---\n编号: 202607-NFZX-012\n状态: 已反馈\n反馈:\n  - 结果: 已解决\n    措施:\n    答复日期:\n    审核:\n" +
		"    退回原因:\n    参照:\n更正:\n---\n\n## 诉求内容\n\n## 办理情况\n\n已办\n"
	if !ok || got != want {
		t.Errorf("%v\n%s", ok, got)
	}
}
