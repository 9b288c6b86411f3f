package cleaning

import (
	"fmt"
	"io"
	"strings"
)

// shortDigits is how much of a commit people are shown.
const shortDigits = 16

func short(commit string) string { return commit[:min(shortDigits, len(commit))] }

// Write tells people what was compared and what differs.
func (r *Report) Write(w io.Writer, a Account) {
	compared := fmt.Sprintf("旧历史到 %s 为止、新历史到 %s 为止，逐个提交核对了 %d 个",
		short(a.Old), short(a.New), r.Commits)
	switch {
	case a.Old == a.New:
		fmt.Fprintf(w, "没有换过：旧历史到 %s 为止，它就在现在的历史上\n", short(a.Old))
	case r.Found == 0:
		fmt.Fprintf(w, "相符：%s，除“移除”所列文件外没有不同\n", compared)
	default:
		fmt.Fprintf(w, "不符：%s，有 %d 处不同不在“移除”之列\n", compared, r.Found)
	}
	for _, d := range r.Differences {
		fmt.Fprintf(w, "  旧 %s，新 %s：%s\n", short(d.Old), short(d.New), strings.TrimSpace(d.What+"　"+d.Path))
	}
	if more := r.Found - len(r.Differences); more > 0 {
		fmt.Fprintf(w, "  另有 %d 处，先查清上面的\n", more)
	}
	for _, c := range r.Cleaned {
		how := "已全部移除"
		if c.Changed {
			how = "内容改过，改成了什么没有核对，请逐个看"
		}
		fmt.Fprintf(w, "移除之列：%s（%s）\n", c.Path, how)
	}
	if r.Found > 0 {
		fmt.Fprintln(w, "怎样办：漏写的文件补进 suqiu.yaml“历史更替”的“移除”；别的不同，"+
			"从旧历史重新清理，每个提交都要留着，说明、作者和时间都不改")
	}
}
