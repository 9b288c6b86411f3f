package papers

import (
	"os"
	"path/filepath"
	"testing"

	"suqiu/internal/problem"
)

// FuzzPrint holds that what was read of minutes, a submission or risk points,
// however broken, can be written and read again, and that a file at an
// unlikely path does no harm.
func FuzzPrint(f *testing.F) {
	err := filepath.WalkDir("testdata", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".md" {
			return err
		}
		src, err := os.ReadFile(name)
		if err == nil {
			f.Add(src)
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{
		"---\n单位: 纳税服务中心\n月份: 2026-07\n渠道收集量:\n  12366热线: 31\n零报告: 否\n风险点:\n  - 内容: 甲\n   " +
			" 转送单位: 信息中心\n---\n",
		"---\n编号: HY2026-03\n类型: 例会\n并轨会商: 是\n召开日期: 2026-09-25\n出席: 甲、乙\n议题:\n  - 事项: 丙\n   " +
			" 诉求: 202607-NFZX-012\n    完成期限: 2026-10-01\n---\n正文\n",
		"---\n风险点:\n  - 内容: 甲\n    转送单位: [乙]\n    反馈:\n---\n",
		"---\n报送对象: 区局\n文号: 1\n内容: 甲\n---\n",
		"---\n季度: 2026Q3\n申辩:\n  - 单位: 信息中心\n    核实结论: 维持扣分\n---\n## 一、基本情况\n甲\n### 乙\n",
		"---\n月份: 99999999-99\n渠道收集量: {甲: -1, 乙: 99999999999999999999}\n---",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		month := ParseMonthly("monthly/2026-07/NFZX.md", src, nil)
		meeting := ParseMeeting("meetings/HY2026-03.md", src, nil)
		risks := ParseRisks("risks/2026-07.md", src, nil)
		for _, file := range []File{
			month.File, meeting.File, risks.File,
			ParseSubmission("submissions/2026Q3.md", src, nil).File,
			ParseAppraisal("appraisal/2026Q3.md", src, nil).File,
			ParseReport("reports/2026Q3.md", src).File,
			ParseMeeting("meetings/.md", src, nil).File,
			ParseMonthly("monthly/", src, nil).File,
		} {
			sound(t, file.Problems)
		}
		sound(t, ParseMonthly("monthly/2026-07/NFZX.md", PrintMonthly(month), nil).Problems)
		sound(t, ParseMeeting("meetings/HY2026-03.md", PrintMeeting(meeting), nil).Problems)
		sound(t, ParseRisks("risks/2026-07.md", PrintRisks(risks), nil).Problems)
	})
}

// FuzzCounty holds that no file crashes the reader of summaries, and that
// whatever figures it takes over can be added up and written again.
func FuzzCounty(f *testing.F) {
	f.Add([]byte(`{"version":1,"tool":"suqiu","head":"","as_of":"2026-09-30","unit":"集宁区税务局","code":"JNQ",` +
		`"quarter":"2026Q3"}`))
	f.Add([]byte(`{"version":1e400,"funnel":{"collected":-1},"a":[[[[]]]],"a":"\ud800"}`))
	f.Add([]byte("\xef\xbb\xbf{\"version\":2}\n\n{}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		c := ParseCounty("counties/JNQ/2026Q3.json", src, nil)
		sound(t, c.Problems)
		sound(t, ParseCounty("counties/2026Q3.json", src, nil).Problems)
		if c.Summary == nil {
			return
		}
		again, err := WriteSummary(Add("乌兰察布市税务局", "WLCB", "t", c.Quarter, []*Summary{c.Summary, c.Summary}))
		if err != nil || len(again) == 0 {
			t.Fatalf("twice what was read cannot be written: %v", err)
		}
	})
}

func sound(t *testing.T, problems []problem.Problem) {
	t.Helper()
	for _, p := range problems {
		if p.Line < 1 || p.Column < 1 || p.EndLine < p.Line || p.Rule == "" || p.Message == "" {
			t.Fatalf("%+v", p)
		}
	}
}
