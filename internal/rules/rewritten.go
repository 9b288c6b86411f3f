package rules

import (
	"suqiu/internal/problem"
	"suqiu/internal/register"
)

// rewrittenHistory finds the heads written down in papers that the mainline
// does not go on from, and those of which it gives another day.
func rewrittenHistory(p *run, tell func(problem.Problem)) {
	for _, w := range p.WrittenHeads {
		h := problem.Problem{Path: w.Path, Line: w.Line, Column: 1, EndLine: w.Line, Unit: p.Config.OfficeUnit(),
			Key: "留痕编号." + w.Commit[:register.TraceDigits], New: p.Request && w.Touched}
		switch {
		case w.Landing < 0:
			h.Message = "这里写着主分支曾到提交 " + w.Commit[:register.TraceDigits] +
				"，现在的历史不是从它接着来的：历史被改写过，或者编号写错了"
			h.Fix = "核对编号；历史确被改写的，从备份恢复主分支，或由联席办在 suqiu.yaml“历史更替”中写明旧、新、原因"
		case !w.Replaced && w.AsOf != 0 && w.AsOf < p.landedOn(w.Landing):
			h.Message = "这里写着 " + w.AsOf.String() + " 主分支已到提交 " + w.Commit[:register.TraceDigits] +
				"，按现在的历史它 " + p.landedOn(w.Landing).String() + " 才入库"
			h.Fix = "核对日期：应为 " + register.TraceID(&p.Landings[w.Landing])
		default:
			continue
		}
		tell(h)
	}
}
