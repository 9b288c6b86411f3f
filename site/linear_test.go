package site

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"suqiu/internal/office"
	"suqiu/internal/prose"
	"suqiu/internal/record"
)

// pathological are texts of about n bytes that nobody writes, and that make some
// programs take time and memory with the square of n.
func pathological() map[string]func(n int) string {
	texts := map[string]func(n int) string{
		"square table": func(n int) string {
			k := n / 5
			return strings.Repeat("|a", k) + "|\n" + strings.Repeat("|-", k) + "|\n" + strings.Repeat("|\n", k/2)
		},
		"brackets": func(n int) string { return strings.Repeat("[", n/2) + strings.Repeat("]", n/2) },
		"ticks": func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString(strings.Repeat("`", i) + "a")
			}
			return b.String()
		},
		"lists in lists": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				b.WriteString(strings.Repeat("  ", i%90) + "- a\n")
			}
			return b.String()
		},
		"emphasis": func(n int) string { return strings.Repeat("a**b ", n/10) + strings.Repeat("_c* ", n/8) },
	}
	for _, s := range []string{
		"![a](", "[a](", "[a](<b", "[a](b \"\n", "[a](b (\n", "[", "![[", "*a_", "**a ", "~~a", "> ", "- ", "1. ", "a@",
		"13812345678 ",
		"|a", "[a]: b\n", "## a\n", "<a>", "<a ", "<!--", "<![CDATA[", "`a\n", "\u3000\u3000a\n", "a\n", "- a\n\n",
		"> a\n", "&amp;", "| a |\n|---|\n",
		"<!-- suqiu:忽略 x y -->\n", "〔请填：a〕\n", "＃＃ a\n", "a", "\n",
	} {
		texts[fmt.Sprintf("%q again and again", s)] = func(n int) string { return strings.Repeat(s, n/len(s)+1) }
	}
	return texts
}

// TestLinear (issue L 5.2): ten times the text takes ten times the memory, on every
// door, and not a hundred times. That it takes no more time is what the limits of
// package bounds see to, where memory does not show it.
func TestLinear(t *testing.T) {
	const head = "---\n编号: 202609-NFZX-001\n标题: 征期末日申报失败\n性质: 诉求\n渠道: 12366热线\n收集单位: " +
		"纳税服务中心\n" +
		"收集日期: 2026-09-01\n\n状态: 已登记\n---\n\n## 诉求内容\n\n"
	md := prose.NewRenderer("", func(string) bool { return false })
	doors := map[string]func(string){
		"page": func(s string) { md.HTML(s, "x") },
		"text": func(s string) { office.Plain(s) },
		"Word": func(s string) {
			d := office.NewDocument("x", office.Portrait)
			d.Markdown(s, 1)
			if err := d.Write(io.Discard); err != nil {
				t.Error(err)
			}
		},
		"check": func(s string) { record.Parse("cases/2026/09/202609-NFZX-001.md", []byte(head+s), nil) },
		"fmt":   func(s string) { record.Format([]byte(head+s), func(s string) string { return s }) },
	}
	const n, base = 4_000, 2 << 20 // bytes; what a document takes whatever it holds
	allocated := func(door func(string), text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		door(text)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for name, text := range pathological() {
		for door, read := range doors {
			read(text(n)) // what is made once is made
			if small, large := allocated(read, text(n)), allocated(read, text(10*n)); large > 20*small+base {
				t.Errorf("%s, %s: %d KB of text take %d KB, ten times as much %d KB", door, name, n>>10, small>>10,
					large>>10)
			}
		}
	}
}
