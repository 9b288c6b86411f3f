package rules

import (
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/step"
)

// unmergeable finds names in 自动合并 that mean no step, or one that somebody must
// look at before it lands.
func unmergeable(cfg *config.Config) []problem.Problem {
	if len(cfg.Forms.Auto) == 0 {
		return nil
	}
	var list []problem.Problem
	quick, others := step.QuickSteps(cfg)
	for _, name := range cfg.Forms.Auto {
		if slices.Contains(quick, name) {
			continue
		}
		message := "“自动合并”里的“" + problem.Clip(name) + "”不是步骤的名称"
		fix := ""
		if slices.Contains(others, name) {
			message = "“自动合并”里的“" + name + "”要有人看过才能合并：登记、撤回、反馈、评估和要写文字的步骤都是"
			fix = "从“自动合并”中删去“" + name + "”；"
		} else if meant := caserules.Nearest(name, quick); meant != "" {
			fix = "是否应为“" + meant + "”；"
		}
		list = append(list, problem.Problem{Rule: "value-enum", Key: "网页提交", Message: message,
			Fix: fix + "可以自动合并的：" + strings.Join(quick, "、")})
	}
	return list
}
