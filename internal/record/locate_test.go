package record

import (
	"testing"

	"suqiu/internal/mdfile"
)

const located = `---
编号: 202607-NFZX-012
状态:
协办单位: [甲, 乙]
会议议定期限:
  日期: 2026-08-01
说明单:
  - 事由:
    决定:
  - 事由: 异议
    决定: 成立

  - 事由: 无法解决
    决定:
协办反馈:
  征收管理科:
    结果: 已核对
---

## 诉求内容

甲

## 办理情况
`

func TestPlaces(t *testing.T) {
	for _, c := range []struct {
		key            string
		line, col, end int
	}{
		{"编号", 2, 5, 2},
		{"状态", 3, 1, 3},
		{"会议议定期限.日期", 6, 7, 6},
		{"会议议定期限.依据", 5, 1, 5},   // not there: its record
		{"说明单[0].决定", 11, 9, 11}, // the empty form before it does not count
		{"说明单[1]", 13, 5, 14},
		{"说明单[1].决定", 14, 5, 14},
		{"说明单", 13, 5, 14}, // the last entry
		{"说明单[7]", 7, 1, 7},
		{"协办反馈.征收管理科.结果", 17, 9, 17},
		{"协办反馈.征收管理科", 16, 3, 16},
		{"## 办理情况", 24, 1, 24},
		{"## 反馈答复", 0, 0, 0},
		{"承办单位", 0, 0, 0},
		{"", 0, 0, 0},
	} {
		line, col, end := Schema().Places([]byte(located))(c.key)
		if line != c.line || col != c.col || end != c.end {
			t.Errorf("Schema().Places: %q = %d, %d, %d; want %d, %d, %d", c.key, line, col, end, c.line, c.col, c.end)
		}
	}
	if line, _, _ := Schema().Places([]byte("\xef\xbb\xbf---\r\n编号: 1\r\n状态：已登记\r\n---\r\n"))(
		"状态"); line != 3 {
		t.Errorf("with BOM, CRLF and a full-width colon: line %d, want 3", line)
	}
}

func TestIDOf(t *testing.T) {
	for path, want := range map[string]string{
		"cases/2026/07/202607-NFZX-012.md": "202607-NFZX-012",
		"cases/202607-NFZX-012.md":         "202607-NFZX-012", // misplaced, and still that case
		"cases/2026/07/第一件.md":             "第一件",
		"cases/2026/07/.md":                "",
		"cases/2026/07/x.MD":               "x", // one path with x.md (DESIGN 3)
		"meetings/HY2026-03.md":            "",
		"old/cases/2026/07/x.md":           "",
	} {
		if got, ok := IDOf(path); got != want || ok != (want != "") {
			t.Errorf("IDOf(%q) = %q, %v; want %q", path, got, ok, want)
		}
	}
	for id, want := range map[string]string{
		"202607-NFZX-012":  "cases/2026/07/202607-NFZX-012.md",
		"202612-DSFJ-1234": "cases/2026/12/202612-DSFJ-1234.md",
		"202613-NFZX-012":  "", "202600-NFZX-012": "", "202607-NFZX-12": "", "202607-nfzx-012": "", "202607-NFZX": "",
		"202607--012":       "",
		"202607-NFZX-012-1": "", "": "", "202607-9X-012": "",
	} {
		if got := PathOf(id); got != want {
			t.Errorf("PathOf(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestSuppressions(t *testing.T) {
	c := Parse("", []byte(`---
编号: 202607-NFZX-012
# suqiu:忽略 title-length 试点期间
# 另一条备注
标题: 慢
说明单:
  # suqiu:忽略 unit-unknown
  - 事由: 异议
    # suqiu：忽略 meeting-unknown 传签未录
    依据: CQ2026-07
---

## 诉求内容

<!-- suqiu:忽略 pii-phone 公开的办公电话 -->
0471-1234567
`), nil)
	want := []mdfile.Suppression{
		{Rule: "title-length", Key: "标题", Reason: "试点期间", Line: 3},
		{Rule: "unit-unknown", Key: "说明单[0]", Reason: "", Line: 7},
		{Rule: "meeting-unknown", Key: "说明单[0].依据", Reason: "传签未录", Line: 9},
		{Rule: "pii-phone", Key: "## 诉求内容", Reason: "公开的办公电话", Line: 15},
	}
	if len(c.Suppressions) != len(want) {
		t.Fatalf("%+v", c.Suppressions)
	}
	for i := range want {
		if c.Suppressions[i] != want[i] {
			t.Errorf("%+v, want %+v", c.Suppressions[i], want[i])
		}
	}
}
