package record

import (
	"slices"

	"suqiu/internal/frontmatter"
	"suqiu/internal/mdfile"
)

// hintOf is stateHint of what was typed: not of what is still to be filled in,
// and of a number of 并入 whatever it was meant to be.
func hintOf(typed *Case, f *frontmatter.File) (what, to string) {
	if slices.ContainsFunc([]string{"说明单", "反馈", "改进", "评估"}, f.Left) {
		return "", ""
	}
	c := *typed
	if text := f.Typed("并入"); c.MergedInto == "" && !mdfile.HasPlaceholder(text) {
		c.MergedInto = text
	}
	if c.State == "" {
		return "", ""
	}
	return c.stateHint()
}

// stateHint returns what was filled in and the state that it leads to; to is empty
// if the state goes with the records. Records that lead from one state to the
// next are followed to their end; those that lead in a circle contradict each
// other, and which holds only their authors know.
func (c *Case) stateHint() (what, to string) {
	at := *c
	for range states {
		next, then := at.hintOnce()
		if then == "" {
			return what, to
		}
		what, to, at.State = next, then, then
	}
	return "", ""
}

func (c *Case) hintOnce() (what, to string) {
	for _, look := range []func() (string, string){c.hintClosing, c.hintAnswer, c.hintStatement, c.hintFeedback,
		c.hintImprovement} {
		if what, to := look(); to != "" && to != c.State {
			return what, to
		}
	}
	return "", ""
}

// hintAnswer: row 13. A feedback withdraws a filing that waits.
func (c *Case) hintAnswer() (what, to string) {
	n := len(c.Feedback)
	if n == 0 || c.Feedback[n-1].Result == "" || c.Feedback[n-1].Review != "" ||
		!slices.Contains([]string{"已推送", "办理中", "改进中", "长期推进", "异议待确认", "待研究决定"}, c.State) {
		return "", ""
	}
	return "反馈", "已反馈"
}

// hintClosing: rows 19 to 21 of the table.
func (c *Case) hintClosing() (what, to string) {
	registered, open := slices.Contains(beforePush, c.State), slices.Contains(open, c.State)
	switch {
	case c.WithdrawReason != "" && open:
		return "撤回原因", "已撤回"
	case c.MergedInto != "" && open:
		return "并入", "已合并"
	case c.NotPushed != "" && registered:
		return "不推送原因", "不推送"
	}
	return "", ""
}

// hintStatement: rows 5 to 11.
func (c *Case) hintStatement() (what, to string) {
	waiting := c.State == "异议待确认" || c.State == "待研究决定"
	var last *Statement
	for i := range c.Statements {
		s := &c.Statements[i]
		if s.Reason == "" || s.Reason == "一事一议" || s.Unit != c.Lead && slices.Contains(c.Co, s.Unit) {
			continue
		}
		last = s
	}
	if last == nil {
		return "", ""
	}
	switch {
	case last.Decision == "" && len(c.Feedback) > 0:
		// A feedback withdraws what nobody decided; which came first cannot be told.
	case last.Decision == "" && (c.State == "已推送" || c.State == "办理中"):
		if last.Reason == "异议" {
			return "说明单", "异议待确认"
		}
		return "说明单", "待研究决定"
	case last.Decision != "" && waiting:
		return "说明单”的“决定：" + last.Decision, map[string]string{
			"成立": "已推送", "改派": "已推送", "不成立": "办理中", "继续办理": "办理中",
			"长期推进": "长期推进"}[last.Decision]
	}
	return "", ""
}

// hintFeedback: rows 14 and 15.
func (c *Case) hintFeedback() (what, to string) {
	if len(c.Feedback) == 0 {
		return "", ""
	}
	last := c.Feedback[len(c.Feedback)-1]
	if last.Result == "" {
		return "", ""
	}
	switch {
	case last.Review == "通过" && c.State == "已反馈":
		switch {
		case last.Result == "暂未解决":
			return "审核：通过", "长期推进"
		case c.NoEvaluation != "":
			return "不评估原因", "已办结"
		}
		return "审核：通过", "评估中"
	case last.Review == "退回" && c.State == "已反馈":
		if len(c.Improvements) > 0 {
			return "审核：退回", "改进中"
		}
		return "审核：退回", "办理中"
	}
	return "", ""
}

// hintImprovement: row 17. Every improvement ends with an accepted feedback
// of its own, so fewer of these than improvements plus one mean that the last
// improvement has just been asked for. Mended histories do not count that way.
func (c *Case) hintImprovement() (what, to string) {
	if len(c.Improvements) == 0 || len(c.Corrections) > 0 || c.Inherited != (Inherited{}) ||
		c.State != "评估中" && c.State != "已办结" {
		return "", ""
	}
	accepted := 0
	for _, f := range c.Feedback {
		if f.Review == "通过" {
			accepted++
		}
	}
	if accepted > 0 && accepted <= len(c.Improvements) {
		return "改进", "改进中"
	}
	return "", ""
}
