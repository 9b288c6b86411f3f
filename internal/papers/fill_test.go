package papers_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
)

// TestFillKeepsWhatWasTyped holds that filling changes nothing but open numbers
// and absent channels, and does not guess where a file is not plain.
func TestFillKeepsWhatWasTyped(t *testing.T) {
	want := []frontmatter.Named{{Name: "12366热线", N: 3, Given: true}, {Name: "网络舆情", N: 1, Given: true}}
	head := "---\n单位: 纳服中心   # 我们\n月份: 2026-07\n"
	tail := "零报告: 否\n风险点:\n---\n\n备注。\n"
	for _, c := range []struct{ name, volumes, after string }{
		{"open and absent", "渠道收集量:\n  # 热线\n  12366热线:\n",
			"渠道收集量:\n  # 热线\n  12366热线: 3\n  网络舆情: 1\n"},
		{"typed", "渠道收集量:\n  12366热线: 40\n  网络舆情: 0  # 核过\n\n",
			"渠道收集量:\n  12366热线: 40\n  网络舆情: 0  # 核过\n\n"},
		{"another channel below", "渠道收集量:\n  网络舆情: 2\n  来信: 1\n",
			"渠道收集量:\n  网络舆情: 2\n  来信: 1\n  12366热线: 3\n"},
		{"none yet", "渠道收集量:\n", "渠道收集量:\n  12366热线: 3\n  网络舆情: 1\n"},
		{"CRLF", "渠道收集量:\r\n  12366热线:\r\n  网络舆情: 2\r\n",
			"渠道收集量:\r\n  12366热线: 3\r\n  网络舆情: 2\r\n"},
		{"in braces", "渠道收集量: {12366热线: 4}\n", ""},
		{"a remark in place of the number", "渠道收集量:\n  12366热线: # 待核\n  网络舆情: 1\n", ""},
		{"full-width", "渠道收集量：\n  12366热线: 4\n", ""},
		{"absent", "", ""},
	} {
		src := head + c.volumes + tail
		out, filled, ok := papers.FillMonthly("monthly/2026-07/NFZX.md", []byte(src), want, canon)
		if ok != (c.after != "") {
			t.Errorf("%s: ok is %v, filled %v", c.name, ok, filled)
			continue
		}
		expected := src
		if ok {
			expected = head + c.after + tail
		}
		if diff := cmp.Diff(expected, string(out)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if ok && (len(filled) > 0) != (c.volumes != c.after) {
			t.Errorf("%s: filled %s", c.name, strings.Join(filled, " "))
		}
	}
}
