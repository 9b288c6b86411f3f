package papers_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
)

// places are one path of each kind of paper.
var places = []string{
	"monthly/2026-07/NFZX.md", "meetings/HY2026-03.md", "meetings/CQ2026-07.md", "risks/2026-07.md",
	"submissions/2026Q3.md",
	"appraisal/2026Q3.md", "reports/2026Q3.md", "counties/JNQ/2026Q3.json",
}

// TestFormatMends shows what fmt makes of papers as people type them.
func TestFormatMends(t *testing.T) {
	gb := func(s string) string {
		b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	july := "---\n单位: 纳税服务中心\n月份: 2026-07\n\n渠道收集量:\n  12366热线: 46\n  网络舆情:\n\n零报告: 否\n\n" +
		"风险点:\n---\n"
	for _, x := range []struct{ name, path, typed, want string }{
		{"slips", places[0], "\ufeff---\r\n零报告：否\r\n月份: 2026年7月\r\n单位: NFZX\r\n渠道收集量:\r\n    " +
			"12366热线: ４６件\r\n    网络舆情:\r\n---\r\n", july},
		{"numbers as a list", places[0], "---\n单位: NFZX\n月份: 2026-07\n渠道收集量:\n- 12366热线: 46件\n- 网络舆情:" +
			"\n零报告: 否\n---\n", july},
		{"a text behind keys without an end", places[4], "---\n季度: 2026Q3\n报送对象: 区局\n内容: 报告\n\n" +
			"报告全文见附件，共三页。\n",
			"---\n季度: 2026Q3\n报送对象: 区局\n文号:\n内容: 报告\n---\n\n报告全文见附件，共三页。\n"},
		{"headings of chapters", places[6], "---\n季度: 2026Q3\n---\n\n# 一、基本情况\n\n甲\n\n＃＃三、热点难点\n\n**" +
			"乙**\n",
			"---\n季度: 2026Q3\n---\n\n## 一、基本情况\n\n甲\n\n## 三、热点难点\n\n**乙**\n"},
		{"ANSI of Notepad", places[0], gb("---\r\n单位: 纳税服务中心\r\n月份: 2026-07\r\n渠道收集量:\r\n  12366热线: " +
			"46\r\n  网络舆情:\r\n零报告: 否\r\n---\r\n"), july},
		{"a remark, a key of somebody's own and a body", places[3],
			"---\n月份: 2026-07\n# 与征管科核对过\n风险点:\n  - 转送单位: 信息中心、征管科\n    内容: 甲 # 乙\n经办: " +
				"丙\n---\n\n\n说明  \n\n\n第二段\n\n",
			"---\n月份: 2026-07\n\n# 与征管科核对过\n风险点:\n  - 内容: '甲 # 乙'\n    转送单位:\n      - 信息中心\n " +
				"     - 征收管理科\n    反馈:\n经办: 丙\n---\n\n说明  \n\n\n第二段\n"},
		{"appraisal", places[5], "---\n季度: 2026年第三季度\n申辩:\n  - 单位: 信息中心\n    核定扣分: ０.5分\n    " +
			"扣分项: 审核退回\n    申辩: 甲\n    核实结论: 减轻扣分\n---\n",
			"---\n季度: 2026Q3\n\n申辩:\n  - 单位: 信息中心\n    诉求:\n    扣分项: 审核退回\n    申辩: 甲\n    " +
				"核实结论: 减轻扣分\n    核定扣分: 0.5\n    核实说明:\n    依据:\n---\n"},
		{"a report without front matter", places[6], gb("## 一、基本情况\r\n\r\n甲\r\n"),
			"---\n季度:\n---\n\n## 一、基本情况\n\n甲\n"},
		{"figures", places[7], "\ufeff{\"version\":1,\r\n\"unit\":\"集宁区税务局\"}",
			"{\n  \"version\": 1,\n  \"unit\": \"集宁区税务局\"\n}\n"},
	} {
		got, problems := papers.Format(x.path, []byte(x.typed), canon)
		if diff := cmp.Diff(x.want, string(got)); diff != "" || len(problems) > 0 {
			t.Errorf("%s: %+v\n%s", x.name, problems, diff)
		}
	}
}

// TestFormatLeavesAlone: what cannot be read without guessing stays as it was,
// and says why.
func TestFormatLeavesAlone(t *testing.T) {
	for _, x := range []struct{ path, typed string }{
		{places[0], "单位 纳税服务中心"},
		{places[0], "---\n单位: 纳税服务中心\n单位: 信息中心\n月份: 2026-07\n---\n"},
		{places[1], "---\n编号: HY2026-03\n<<<<<<< HEAD\n类型: 例会\n=======\n类型: 专题\n>>>>>>> x\n---\n"},
		{places[1], "---\n编号: HY2026-03\n主持: \xff\xfe\n---\n"},
		{places[7], "{\"version\": 1,}"},
	} {
		got, problems := papers.Format(x.path, []byte(x.typed), canon)
		if string(got) != x.typed || len(problems) == 0 {
			t.Errorf("%q: %+v\n%q", x.typed, problems, got)
		}
	}
	if papers.Formats("reports/2026Q3.json") || papers.Formats("meetings/README.md") ||
		papers.Formats("cases/2026/07/202607-NFZX-001.md") {
		t.Error("what is frozen, what is no paper and cases are not papers to format")
	}
}

// FuzzFormat holds that formatting any bytes as any paper loses no letter,
// changes nothing of what is stated, and is done after one time.
func FuzzFormat(f *testing.F) {
	err := filepath.WalkDir("testdata", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
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
		"\ufeff---\r\n零报告：否\r\n月份: 2026年7月\r\n单位: NFZX\r\n渠道收集量: {12366热线: ４６件, 网络舆情: }\r\n-" +
			"--\r\n",
		"---\n编号: HY2026-03\n议题:\n  - 事项: |\n      甲\n      乙\n    诉求: 202607-NFZX-012、202607-NFZX-013\n  " +
			"  # 丙\n    完成期限: 2026/10/1\n---\n正文 # 丁\n",
		"---\n季度: 2026年第三季度\n申辩:\n  单位: 信息中心\n  核定扣分: 0.5分 # 戊\n---\n## 一、基本情况\n\n甲\n",
		"---\n报送对象: [区局\n---\n", "## 甲\n", "{\"a\":[1,{\"b\":null}]}",
		"---\n风险点:\n  # 甲\n  - # 乙\n    内容: 丙\n    # 丁\n---\n",
		"---\n渠道收集量:\n  # suqiu:忽略 value-type 甲\n  乙: 1 # 丙\n  丁: {戊: 1}\n  己: [1]\n---\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, p := range places {
			mustKeep(t, p, src)
		}
	})
}

func mustKeep(t *testing.T, p string, src []byte) {
	t.Helper()
	out, problems := papers.Format(p, src, canon)
	if len(problems) > 0 {
		if !bytes.Equal(out, src) {
			t.Fatalf("%s: changed what it could not read: %q\n%q", p, src, out)
		}
		return
	}
	again, problems := papers.Format(p, out, canon)
	if len(problems) > 0 || !bytes.Equal(again, out) {
		t.Fatalf("%s: not idempotent: %+v\n%q\n%q\n%q", p, problems, src, out, again)
	}
	if !utf8.Valid(src) {
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(src)
		if err != nil {
			t.Fatalf("%s: mended what is not GB18030: %q", p, src)
		}
		src = text
	}
	if schema := papers.SchemaAt(p); schema != nil && p != "reports/2026Q3.md" {
		before, after := frontmatter.Read(schema, src, canon, schema.New()), frontmatter.Read(schema, out, canon,
			schema.New())
		if before.Body != after.Body {
			t.Fatalf("%s: another body: %q\n%q", p, src, out)
		}
	}
	// Every letter and digit is still there; keys and aliases may come to it.
	have := map[rune]int{}
	for _, r := range string(out) {
		have[r]++
	}
	for _, r := range plainText(src) {
		if have[r]--; have[r] < 0 {
			t.Fatalf("%s: lost %q\n%q\n%q", p, r, src, out)
		}
	}
}

// plainText is a text without what fmt may mend: width, marks, words of dates
// and numbers, and names that are resolved.
func plainText(src []byte) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' || strings.ContainsRune("年月日第一二三四季度件个分Qq\ufeff", r) ||
			!unicode.IsLetter(r) || r < 0x4e00 {
			return -1
		}
		return r
	}, strings.NewReplacer("征管科", "", "信息科", "", "纳服中心", "", "集宁区局", "").Replace(string(src)))
}
