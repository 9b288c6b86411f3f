package rules

import (
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// suppressed reports whether a 更正 or a 忽略 takes a finding out of the count.
func (p *run) suppressed(r *caserules.Rule, f *problem.Problem) bool {
	return p.corrected(r, f) || p.Config.Ignored(f.Rule, f.Path) || p.suppressedInFile(r, f)
}

// corrected reports whether a 更正 of the case names the rule and came no
// earlier than the offence: one that was written before excuses nothing that
// came after it.
func (p *run) corrected(r *caserules.Rule, f *problem.Problem) bool {
	if f.Case == "" || !r.Excusable() || r.OfHistory && f.New {
		return false // what has not landed is to be mended
	}
	c := p.Case(f.Case)
	named := -1
	for i, correction := range c.Corrections {
		if correction.Rule == r.Slug {
			named = i
		}
	}
	if named < 0 || f.Commit == "" {
		return named >= 0
	}
	// 更正 only grows. If each entry came with an event of its own, that event
	// dates it; else the last event dates them all.
	var at []int
	for _, e := range c.Life.Events {
		if e.Mark() == workflow.CorrectsPast {
			at = append(at, e.Landing)
		}
	}
	switch {
	case len(at) == 0:
		return false
	case len(at) == len(c.Corrections):
		return at[named] >= f.Landing
	}
	return at[len(at)-1] >= f.Landing
}

// suppressedInFile reports whether the file itself silences the rule, with a
// reason, at the key of the offence or above it, or in its body section.
func (p *run) suppressedInFile(r *caserules.Rule, f *problem.Problem) bool {
	if !r.Suppressible() {
		return false
	}
	var list []mdfile.Suppression
	var sections []mdfile.Section
	if paper := p.byPath[f.Path]; paper != nil {
		list = paper.Suppressions
	} else if f.Case != "" {
		c := content(p.Case(f.Case))
		list, sections = c.Suppressions, c.Sections
	}
	return slices.ContainsFunc(list, func(s mdfile.Suppression) bool {
		return s.Rule == r.Slug && s.Reason != "" &&
			(record.Within(f.Key, s.Key) || inSection(sections, s.Key, f.Line))
	})
}

// inSection reports whether a line lies in the body section that a key names:
// what is wrong with a line of prose has a place and no key.
func inSection(sections []mdfile.Section, key string, line int) bool {
	heading, ok := strings.CutPrefix(key, "## ")
	if !ok {
		return false
	}
	in := false
	for _, s := range sections {
		if s.Line > line {
			break
		}
		in = s.Heading == heading
	}
	return in
}
