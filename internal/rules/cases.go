package rules

import (
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/register"
)

// checkCases finds the offences of a rule in each case by itself.
func (p *pass) checkCases(r *caserules.Rule, tell func(hit)) {
	if !r.OneCase() {
		return
	}
	for _, c := range p.Cases {
		if c.Deleted || !readable(c) && r.Group != caserules.Hints {
			continue
		}
		r.Check(&caserules.Case{Case: c.Case, Life: &c.Life, Config: p.Config}, func(o caserules.Offence) {
			h := p.ofCase(c, o.Key, o.Message, o.Fix, o.RestsOn...)
			h.unit = o.Unit
			if e := o.Event; e != nil {
				h.commit, h.author, h.landing, h.added = e.Commit, e.Author, e.Landing, p.pending(e.Landing)
			}
			h.past = o.Settled && !h.added
			if h.added || !o.RequestOnly {
				tell(h)
			}
		})
	}
}

// ofCase is an offence of what a case says at the head. The request under check
// brings it if it states that key, or one of the keys it rests on.
func (p *pass) ofCase(c *register.Case, key, message, fix string, rests ...string) hit {
	top, _, _ := strings.Cut(key, ".")
	top, _, _ = strings.Cut(top, "[")
	return hit{c: c, key: key, message: message, fix: fix, landing: -1, added: p.brings(c, append(rests, top)...)}
}
