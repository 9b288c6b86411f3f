package step_test

import (
	"slices"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/step"
)

// DESIGN 15: never 登记, 撤回, 反馈, 评估 or anything with free text.
func TestQuickSteps(t *testing.T) {
	quick, others := step.QuickSteps(config.Parse("suqiu.yaml", nil))
	if !slices.Contains(quick, "接收办理") {
		t.Errorf("接收办理 is not among %v", quick)
	}
	for _, never := range []string{"登记", "撤回", "反馈", "评估", "提出异议", "申请延期", "推送", "退回反馈", "办结",
		"合并", "更正", "督办", "月报", "申辩", "协办反馈"} {
		if slices.Contains(quick, never) || !slices.Contains(others, never) {
			t.Errorf("%s is among %v, or not among %v", never, quick, others)
		}
	}
}
