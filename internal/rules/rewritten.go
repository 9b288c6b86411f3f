package rules

import "suqiu/internal/register"

// rewrittenHistory finds the heads written down in papers that the mainline
// does not go on from, and those of which it gives another day.
func rewrittenHistory(p *pass, tell func(hit)) {
	for _, w := range p.WrittenHeads {
		h := hit{path: w.Path, line: w.Line, column: 1, endLine: w.Line, landing: -1, unit: p.Config.OfficeUnit(),
			key: "留痕编号." + w.Commit[:register.TraceDigits], added: p.Request && w.Touched}
		switch {
		case w.Landing < 0:
			h.message = "这里写着主分支曾到提交 " + w.Commit[:register.TraceDigits] + "，现在的历史不是从它接着来的：历史被改写过，或者编号写错了"
			h.fix = "核对编号；历史确被改写的，从备份恢复主分支，或由联席办在 suqiu.yaml“历史更替”中写明旧、新、原因"
		case !w.Replaced && w.AsOf != 0 && w.AsOf < p.landedOn(w.Landing):
			h.message = "这里写着 " + w.AsOf.String() + " 主分支已到提交 " + w.Commit[:register.TraceDigits] +
				"，按现在的历史它 " + p.landedOn(w.Landing).String() + " 才入库"
			h.fix = "核对日期：应为 " + register.TraceID(&p.Landings[w.Landing])
		default:
			continue
		}
		tell(h)
	}
}
