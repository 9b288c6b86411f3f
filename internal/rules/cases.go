package rules

import (
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/problem"
	"suqiu/internal/register"
)

// checkCases finds the offences of a rule in each case by itself.
func (p *run) checkCases(r *caserules.Rule, tell func(problem.Problem)) {
	if !r.OneCase() {
		return
	}
	for _, c := range p.Cases {
		if c.Deleted || !readable(c) && r.Group != caserules.Hints {
			continue
		}
		r.Check(&caserules.Case{Case: c.Case, Life: &c.Life, Config: p.Config}, func(o caserules.Offence) {
			f := o.Problem
			f.Case, f.Path, f.New = c.ID, content(c).Path, p.pending(f.Landing)
			if f.Commit == "" {
				f.New = p.brings(c, append(o.RestsOn, topKey(f.Key))...)
			}
			if o.Settled && !f.New {
				f.Severity = problem.Warning
			}
			if f.New || !o.RequestOnly {
				tell(f)
			}
		})
	}
}

// ofCase is an offence of what a case says at the head. The request under check
// brings it if it states that key.
func (p *run) ofCase(c *register.Case, key, message, fix string) problem.Problem {
	return problem.Problem{
		Case: c.ID, Path: content(c).Path, Key: key, Message: message, Fix: fix,
		New: p.brings(c, topKey(key)),
	}
}

// topKey is the first key of a path.
func topKey(path string) string {
	top, _, _ := strings.Cut(path, ".")
	top, _, _ = strings.Cut(top, "[")
	return top
}
