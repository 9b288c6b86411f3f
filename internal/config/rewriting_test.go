package config

import (
	"slices"
	"testing"
)

// TestRewritings: 历史更替 names what a cleaning of history put in whose place;
// two cleanings in turn lead from the first head to the last.
func TestRewritings(t *testing.T) {
	const a, b, c = "1111111111111111111111111111111111111111", "2222222222222222",
		"3333333333333333333333333333333333333333"
	cfg := Parse("suqiu.yaml", []byte(`名称: 试
单位: [{名称: 纳税服务科, 代码: NSFWK}]
历史更替:
  - {旧: `+a+`, 新: `+b+`, 移除: [cases/2026/07/202607-NFZX-001.md], 原因: 移除误入的身份证号码, 依据: CQ2026-07}
  - {旧: "`+b+`", 新: `+c+`, 原因: 再次清理}
`))
	if len(cfg.Problems) > 0 {
		t.Fatal(cfg.Problems)
	}
	for _, commit := range []string{a, a[:16], b} {
		if got := cfg.Successor(commit); got != c {
			t.Errorf("the successor of %s is %s, want %s", commit, got, c)
		}
	}
	for _, commit := range []string{c, a[:15], ""} { // 15 digits name no commit for certain
		if got := cfg.Successor(commit); got != commit {
			t.Errorf("%q has a successor, %s", commit, got)
		}
	}
	if w := cfg.RewritingOf(a); w.Basis != "CQ2026-07" ||
		!slices.Equal(w.Removed, []string{"cases/2026/07/202607-NFZX-001.md"}) {
		t.Errorf("%+v", w)
	}
	circle := Config{Rewritings: []Rewriting{{Old: a, New: b}, {Old: b, New: a}}}
	circle.Successor(a) // ends
}

// TestRewritingFaults: each entry has both heads, whole or 16 digits at least, and
// a reason; else it accounts for nothing.
func TestRewritingFaults(t *testing.T) {
	for entry, key := range map[string]string{
		"{新: 2222222222222222, 原因: 清理}":                      "历史更替[0].旧",
		"{旧: 1111111111111111, 新: 222222222222222, 原因: 清理}":  "历史更替[0].新",
		"{旧: 1111111111111111, 新: 2222222222222222}":         "历史更替[0].原因",
		"{旧: 111111111111111x, 新: 2222222222222222, 原因: 清理}": "历史更替[0].旧",
	} {
		cfg := Parse("suqiu.yaml",
			[]byte("名称: 试\n单位: [{名称: 纳税服务科, 代码: NSFWK}]\n历史更替:\n  - "+entry+"\n"))
		if len(cfg.Problems) == 0 || cfg.Problems[0].Key != key || len(cfg.Rewritings) > 0 {
			t.Errorf("%s: %+v", entry, cfg.Problems)
		}
	}
}
