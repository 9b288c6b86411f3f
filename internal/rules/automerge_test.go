package rules_test

import (
	"strings"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
)

// DESIGN 15: a step merges by itself where 网页提交.自动合并 names it, never 登记, 撤回,
// 反馈, 评估 or anything with free text.
func TestUnmergeable(t *testing.T) {
	for name, want := range map[string]string{
		"接收办理": "", "决定延期": "",
		"反馈": "要有人看过才能合并", "登记": "要有人看过才能合并", "撤回": "要有人看过才能合并",
		"评估": "要有人看过才能合并", "提出异议": "要有人看过才能合并", "月报": "要有人看过才能合并",
		"接受办理": "不是步骤的名称", "全部": "不是步骤的名称",
	} {
		for _, asked := range []bool{false, true} {
			cfg := config.Parse("suqiu.yaml", []byte("网页提交: {自动合并: ["+name+"]}\n"))
			d := register.New(cfg, workday.New(2026, 7, 14), nil, nil)
			if asked { // a request that brings it
				d.Request, d.Proposed = true, cfg
				d.Config = config.Parse("suqiu.yaml", nil)
			}
			got := ""
			for _, f := range rules.Run(d) {
				if f.Rule != "value-enum" || f.Path != "suqiu.yaml" {
					continue
				}
				got = f.Message
				if f.Severity != problem.Error || !strings.Contains(f.Fix, "可以自动合并的：") ||
					!strings.Contains(f.Fix, "接收办理") || strings.Contains(f.Fix, "、反馈") {
					t.Errorf("%s: %s, to be mended by %s", name, f.Severity, f.Fix)
				}
				if name == "接受办理" && !strings.Contains(f.Fix, "是否应为“接收办理”") {
					t.Errorf("%s is not known: %s", name, f.Fix)
				}
			}
			if want == "" && got != "" || !strings.Contains(got, want) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
	}
}
