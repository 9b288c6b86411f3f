package rules

import (
	"strconv"

	"suqiu/internal/register"
)

// emptyCorrections finds 更正 that excuse nothing: they name no rule that there
// is, or a lateness without the 依据 that undoing it takes. What the replay
// found wrong with a 更正 that changes something comes first.
func emptyCorrections(p *pass, slug string) []hit {
	hits := told(p, slug)
	faulty := map[*register.Case]bool{}
	for i := range hits {
		faulty[hits[i].c] = true
	}
	for _, c := range p.Cases {
		if !readable(c) || faulty[c] {
			continue
		}
		for i, entry := range c.Corrections {
			if entry.Rule == "" {
				continue
			}
			key := "更正[" + strconv.Itoa(i) + "]"
			r, known := Lookup(entry.Rule)
			switch {
			case !known:
				fix := "“规则”填写检查结果方括号中的英文名称，如 transition-actor；不针对某条规则的，留空"
				if meant := Nearest(entry.Rule); meant != "" {
					fix = "规则: " + meant
				}
				hits = append(hits, p.ofCase(c, key+".规则", "没有规则“"+entry.Rule+"”，这条更正不起作用", fix))
			case r.Group == Deadlines && entry.Basis == "":
				hits = append(hits, p.ofCase(c, key+".依据", "免去“"+r.Title+"”须写明“依据”（会议纪要或传签的编号）", "依据: CQ2026-07"))
			}
		}
	}
	return hits
}
