//go:build unix

package record

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLargeMatter (issue L 5.2): ten times the front matter takes ten times the
// time of the processor, and not a hundred times. It runs under make long: what
// others do on the machine shows in the figures.
func TestLargeMatter(t *testing.T) {
	if os.Getenv("SUQIU_LONG") == "" {
		t.Skip("make long")
	}
	const head = "---\n编号: 202609-NFZX-001\n标题: 征期末日申报失败\n性质: 诉求\n渠道: 12366热线\n收集单位: " +
		"纳税服务中心\n收集日期: 2026-09-01\n\n状态: 已登记\n\n"
	const tail = "---\n\n## 诉求内容\n\n甲\n"
	lines := func(first, format string) func(int) string {
		return func(n int) string {
			b := []byte(first)
			for i := 0; len(b) < n; i++ {
				b = fmt.Appendf(b, format, i)
			}
			return string(b) + "\n"
		}
	}
	texts := map[string]func(int) string{
		"records":            lines("反馈:\n", "  - 结果: 已解决\n    措施: 第%d次\n"),
		"records in flow":    lines("反馈:\n", "  - {结果: 已解决, 措施: 第%d次}\n"),
		"co-handlers":        lines("协办单位:\n", "  - 单位%d\n"),
		"their answers":      lines("协办反馈:\n", "  单位%d:\n    结果: 好\n"),
		"a list on one line": func(n int) string { return strings.TrimSpace(lines("主题: [", "词%d, ")(n)) + "]\n" },
		"words on one line":  lines("主题: ", "词%d、"),
		"unknown keys":       lines("", "键%d: 值\n"),
		"full-width colons":  lines("", "键%d：值\n"),
		"tabs":               lines("", "\t键%d: 值\n"),
		"open quotes":        lines("", "键%d: \"值\n"),
		"anchors":            lines("", "键%[1]d: &a%[1]d 值\n"),
		"comments":           lines("", "# suqiu:忽略 title-length 因%d\n"),
		"no keys":            lines("", "文字%d\n"),
	}
	doors := map[string]func([]byte){
		"check": func(src []byte) { Parse("", src, nil) },
		"fmt":   func(src []byte) { Format(src, func(s string) string { return s }) },
		"steps": func(src []byte) { c := Parse("", src, nil); Diff(Parse("", []byte(head+tail), nil), c) },
		"place": func(src []byte) { Schema().Places(src)("反馈[100].措施"); Schema().KeysAt(src)(20) },
	}
	spent := func(do func([]byte), src string) time.Duration {
		var before, after syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before)
		do([]byte(src))
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
		return time.Duration(after.Utime.Nano() - before.Utime.Nano())
	}
	for name, text := range texts {
		for door, do := range doors {
			const n = 30_000
			small, large := spent(do, head+text(n)+tail), spent(do, head+text(10*n)+tail)
			if large > 30*small+200*time.Millisecond {
				t.Errorf("%s, %s: %d bytes take %v, ten times as many %v", name, door, n, small, large)
			}
		}
	}
}
