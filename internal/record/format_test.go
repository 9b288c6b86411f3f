package record

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// canonOf knows two aliases.
func canonOf(name string) string {
	switch name {
	case "征管科":
		return "征收管理科"
	case "三分局":
		return "第三税务分局"
	}
	return name
}

// lines are the lines of text that have any of the words, trimmed of nothing.
func linesWith(text []byte, words ...string) string {
	var out []string
	for line := range strings.SplitSeq(string(text), "\n") {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(line, w) }) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// Each slip that section 3 calls safe to mend, and what becomes of it. before
// stands between 编号 and 状态 of a small file; has are words of the lines to
// look at.
func TestFormatMends(t *testing.T) {
	tests := []struct{ name, before, has, want string }{
		{"full-width colon", "标题：申报失败申报失败\n", "标题", "标题: 申报失败申报失败"},
		{"missing space", "标题:申报失败申报失败\n", "标题", "标题: 申报失败申报失败"},
		{"tab behind a colon", "标题:\t申报失败申报失败\n", "标题", "标题: 申报失败申报失败"},
		{"tab as indent", "会议议定期限:\n\t日期: 2026-07-01\n", "2026", "编号: 202607-NFZX-012\n  日期: 2026-07-01"},
		{"slashes in a date", "收集日期: 2026/7/1\n", "收集日期", "收集日期: 2026-07-01"},
		{"a date in Chinese", "收集日期: 2026年7月1日\n", "收集日期", "收集日期: 2026-07-01"},
		{"no such day stays", "收集日期: 2026/2/30\n", "收集日期", "收集日期: 2026/2/30"},
		{"units in a row", "协办单位: 征管科、三分局\n", "征收管理科 第三税务分局", "  - 征收管理科\n  - 第三税务分局"},
		{"flow list", "协办单位: [征管科, 三分局]  # 两家\n", "协办单位 征收管理科 第三税务分局",
			"协办单位:  # 两家\n  - 征收管理科\n  - 第三税务分局"},
		{"alias", "承办单位: 征管科\n", "承办单位", "承办单位: 征收管理科"},
		{"aliases of co-handlers", "协办反馈:\n  征管科: {结果：已办}\n", "征收管理科 已办",
			"  征收管理科:\n    结果: 已办"},
		{"alias in a record", "评估: [{方式: 其他, 单位: 三分局, 结果: 满意}]\n", "其他 第三税务分局 满意",
			"  - 方式: 其他\n    单位: 第三税务分局\n    结果: 满意"},
		{"leading zero", "原渠道单号: 0471202607\n", "0471", "  - 0471202607"},
		{"quotes that nothing needs", "标题: \"申报失败\"\n", "标题", "标题: 申报失败"},
		{"quotes that are needed", "标题: \"申报: 失败\"\n", "标题", "标题: '申报: 失败'"},
		{"a # that was part of the text", "标题: 拨打 #12366 无人接听\n", "标题", "标题: '拨打 #12366 无人接听'"},
		{"a title in brackets", "标题: 【急】[征期] 失败\n", "标题", "标题: 【急】[征期] 失败"},
		{"a value that begins with a sign", "标题: @某平台反映失败\n", "标题", "标题: '@某平台反映失败'"},
		{"unknown key", "来文字号: 甲〔2026〕1号  # 存\n", "来文字号", "来文字号: 甲〔2026〕1号  # 存"},
		{"comments", "# 注意\n渠道: 信访      # 来源\n", "注意 渠道:", "# 注意\n渠道: 信访      # 来源"},
		{"suppression", "# suqiu:忽略 pii-phone 单位总机\n标题: 电话 0474 无人接\n", "suqiu 标题",
			"# suqiu:忽略 pii-phone 单位总机\n标题: 电话 0474 无人接"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := []byte("---\n编号: 202607-NFZX-012\n" + test.before + "状态: 已登记\n---\n\n## 诉求内容\n\n内容\n")
			out, problems := Format(src, canonOf)
			if len(problems) > 0 {
				t.Fatalf("%+v", problems)
			}
			if got := linesWith(out, strings.Fields(test.has)...); got != test.want {
				t.Errorf("got\n%s\nwant\n%s\nin\n%s", got, test.want, out)
			}
			mustHold(t, src)
		})
	}
}

// A file that Notepad saved as ANSI comes back as UTF-8; one in two encodings
// does not.
func TestFormatGB18030(t *testing.T) {
	text := "---\n编号: 202607-NFZX-012\n状态: 已登记\n---\n\n## 诉求内容\n\n内容\n"
	src, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := Format([]byte(text), canonOf)
	if got, problems := Format(src, canonOf); len(problems) > 0 || string(got) != string(want) {
		t.Errorf("%+v\n%s", problems, got)
	}
	mixed := append([]byte("---\n标题: 发票额度\n"), src[len("---\n"):]...)
	if got, problems := Format(mixed, canonOf); len(problems) == 0 || string(got) != string(mixed) {
		t.Errorf("in two encodings: %+v\n%s", problems, got)
	}
}

// What one cannot read without guessing stays as it is, with the reason.
func TestFormatLeavesAlone(t *testing.T) {
	valid := "编号: 202607-NFZX-012\n状态: 已登记\n"
	for name, src := range map[string]string{
		"no front matter":     "# 标题\n",
		"empty":               "",
		"GB18030":             "---\n" + valid + "\xb1\xe0\xba\xc5: 1\n---\n",
		"GB18030 in the body": "---\n" + valid + "---\n\n## 诉求内容\n\n\xb1\xe0\n",
		"UTF-16":              "\xff\xfe-\x00-\x00",
		"key twice":           "---\n" + valid + "状态: 办理中\n---\n",
		"alias":               "---\n" + valid + "主题: [&a 甲, *a]\n---\n",
		"no key":              "---\n" + valid + "这是一句话\n---\n",
		"open quote":          "---\n" + valid + "\"标题: 甲\n---\n",
		"unit twice":          "---\n" + valid + "协办反馈:\n  征管科: {结果: 一}\n  征收管理科: {结果: 二}\n---\n",
		"a NUL":               "---\n" + valid + "---\n\x00\n",
		"open code block":     "---\n" + valid + "---\n\n## 诉求内容\n\n```\n\n## 研判分析\n",
	} {
		t.Run(name, func(t *testing.T) {
			out, problems := Format([]byte(src), canonOf)
			if string(out) != src {
				t.Errorf("changed to\n%s", out)
			}
			if len(problems) == 0 {
				t.Error("no reason given")
			}
			for _, p := range problems {
				if p.Message == "" || p.Rule == "" || p.Line < 1 {
					t.Errorf("says too little: %+v", p)
				}
			}
		})
	}
}

func TestFormatBOMAndCRLF(t *testing.T) {
	src := []byte("\ufeff" + strings.ReplaceAll(canonicalFull, "\n", "\r\n"))
	if out, problems := Format(src, nil); string(out) != canonicalFull {
		t.Errorf("%v %s", problems, firstDifference(string(out), canonicalFull))
	}
}

// An untidy file with everything in the wrong place.
func TestFormatWhole(t *testing.T) {
	src := []byte(`---
# 文件说明
状态: 办理中   # 勿改
编号: 202607-NFZX-012
自定: {甲: [1, 2], 乙: }
反馈:
# 第一次
- 审核: 退回
  结果: 部分解决   # 后续见下
  内部备注: 已电话核实
  措施: |
    一
    二: 三

    四
  # 尾注
# 承办
承办单位: 信息中心
说明单: []
协办反馈:
  # 甲科
  征管科:
    结果: 已办
  三分局:
# 结束
---
前言

## 备忘

自留

## 反馈答复
答复
## 诉求内容


内容  
续
`)
	const want = `---
编号: 202607-NFZX-012
标题:
性质:
渠道:
收集单位:
收集日期:
件数:
属地:
税费种:
主题:
涉及系统:
原渠道单号:
原渠道期限:
公开范围:
自定:
  甲:
    - 1
    - 2
  乙:

# 文件说明
状态: 办理中   # 勿改

任务清单:
办理类别:
涉及面:
影响度:
复杂度:
紧急程度:
分析单位:
# 承办
承办单位: 信息中心
协办单位:
限办天数:
调整原因:
会议议定期限:
  日期:
  依据:

说明单:

延期申请:

协办反馈:
  # 甲科
  征收管理科:
    结果: 已办

  第三税务分局:
    结果:

反馈:
  # 第一次
  - 结果: 部分解决   # 后续见下
    措施: |-
      一
      二: 三

      四
    答复日期:
    审核: 退回
    退回原因:
    参照:
    内部备注: 已电话核实
    # 尾注

评估:
不评估原因:

改进:

督办:
答复失效:
  日期:
  替代:
不推送原因:
并入:
撤回原因:
下次研究日期:
代录:
更正:
# 结束
---

前言

## 备忘

自留

## 诉求内容

内容  
续

## 研判分析

## 办理情况

## 反馈答复

答复
`
	out, problems := Format(src, canonOf)
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	if string(out) != want {
		t.Errorf("%s\n%s", firstDifference(string(out), want), out)
	}
}
