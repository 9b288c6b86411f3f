package rules

import (
	"strconv"

	"suqiu/internal/config"
	"suqiu/internal/problem"
)

// unsigned finds commits without a signature, where suqiu.yaml demands one, and
// seals that nobody signed.
func unsigned(p *run, tell func(problem.Problem)) {
	p.unproven("signature-missing", true, tell)
	p.unsignedSeals(tell)
}

// badlySigned finds commits whose signature does not prove that the author
// made them, and signatures of seals that prove nothing.
func badlySigned(p *run, tell func(problem.Problem)) {
	p.unproven("signature-bad", false, tell)
	p.badSeals(tell)
}

// unproven tells of each commit once: at the first case that it says something
// of, else at suqiu.yaml, which demands the signature.
func (p *run) unproven(slug string, missing bool, tell func(problem.Problem)) {
	for _, u := range p.Unproven {
		if u.Missing != missing {
			continue
		}
		h := problem.Problem{Path: config.Path, Key: "签名", Landing: u.Landing, Commit: u.Commit,
			Author: u.Author,
			Unit:   p.unitOf(u.Author, u.Landing), New: p.pending(u.Landing), Fix: u.Fix}
		about := ""
		if len(u.Cases) > 0 {
			if c := p.Case(u.Cases[0]); c != nil {
				h.Case, h.Path, h.Key = c.ID, content(c).Path, "状态"
			}
			if len(u.Cases) > 1 {
				about = "，涉及 " + strconv.Itoa(len(u.Cases)) + " 件事项"
			}
		}
		if !h.New {
			h.Fix = landedFix(slug, h.Case != "")
		}
		h.Message = "提交 " + u.Commit[:min(10, len(u.Commit))] + "（" + u.Author + about + "）：" + u.Why
		tell(h)
	}
}

// landedFix is what can still be done about a commit that has landed: it
// cannot be signed any more.
func landedFix(slug string, inCase bool) string {
	if inCase {
		return "已经入库，不能补签；核实确为本人所为的，由联席办写一条“更正”，规则: " + slug
	}
	return "已经入库，不能补签；核实确为本人所为的，由联席办在 suqiu.yaml 的“忽略”中写明规则 " + slug + " 和原因"
}
