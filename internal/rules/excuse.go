package rules

import (
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workflow"
)

// excused reports whether a 更正 or a 忽略 takes a finding out of the count.
func (p *pass) excused(r *caserules.Rule, h *hit, f *problem.Problem) bool {
	return corrected(r, h) || p.ignored(f) || ignoredInCase(r, h)
}

// corrected reports whether a 更正 of the case names the rule and came no
// earlier than the offence: one that was written before excuses nothing that
// came after it.
func corrected(r *caserules.Rule, h *hit) bool {
	if h.c == nil || !r.Excusable() || r.OfHistory && h.added {
		return false // what has not landed is to be mended
	}
	named := -1
	for i, correction := range h.c.Corrections {
		if correction.Rule == r.Slug {
			named = i
		}
	}
	if named < 0 || h.landing < 0 {
		return named >= 0
	}
	// 更正 only grows. If each entry came with an event of its own, that event
	// dates it; else the last event dates them all.
	var at []int
	for _, e := range h.c.Life.Events {
		if e.Row == workflow.Correct {
			at = append(at, e.Landing)
		}
	}
	switch {
	case len(at) == 0:
		return false
	case len(at) == len(h.c.Corrections):
		return at[named] >= h.landing
	}
	return at[len(at)-1] >= h.landing
}

// ignored reports whether 忽略 in suqiu.yaml names the rule and the path. An
// entry without a path holds everywhere; one without a reason, nowhere.
func (p *pass) ignored(f *problem.Problem) bool {
	return p.Config.Ignored(f.Rule, f.Path)
}

// ignoredInCase reports whether the file itself silences the rule, with a
// reason, at the key of the offence or above it, or in its body section.
func ignoredInCase(r *caserules.Rule, h *hit) bool {
	if h.paper != nil && r.Suppressible() {
		return slices.ContainsFunc(h.paper.Suppressions, func(s record.Suppression) bool {
			return s.Rule == r.Slug && s.Reason != "" && record.Within(h.key, s.Key)
		})
	}
	if h.c == nil || !r.Suppressible() {
		return false
	}
	return slices.ContainsFunc(content(h.c).Suppressions, func(s record.Suppression) bool {
		return s.Rule == r.Slug && s.Reason != "" && (record.Within(h.key, s.Key) || inSection(h.c, s.Key, h.line))
	})
}

// inSection reports whether a line lies in the body section that a key names:
// what is wrong with a line of prose has a place and no key.
func inSection(c *register.Case, key string, line int) bool {
	heading, ok := strings.CutPrefix(key, "## ")
	if !ok {
		return false
	}
	in := false
	for _, s := range content(c).Sections {
		if s.Line > line {
			break
		}
		in = s.Heading == heading
	}
	return in
}
