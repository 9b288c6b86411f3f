package rules

import (
	"cmp"
	"regexp"
	"slices"

	"suqiu/internal/caserules"
	"suqiu/internal/diag"
	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/provenance"
	"suqiu/internal/register"
)

// regressions finds what a request takes away from under files that it leaves alone,
// such as the minutes that a case refers to: faults of files that the base has
// not are the request's. The base is read only if there can be such faults.
func regressions(d *register.Register, findings []problem.Problem) []problem.Problem {
	if !d.Request || !undermines(d) {
		return findings
	}
	base := d.AtBase()
	if base == nil {
		return findings
	}
	rules := bySlug{}
	stood := map[complaint]int{}
	for _, f := range newRun(base, base.Source).findings() {
		if rules.of(&f).OfFiles() {
			stood[complaintOf(&f)]++
		}
	}
	for i := range findings {
		f := &findings[i]
		r := rules.of(f)
		if !r.OfFiles() || f.New || f.Commit != "" {
			continue
		}
		c := complaintOf(f)
		if stood[c]--; stood[c] < 0 {
			f.New, f.Severity = true, r.Grade(true, true)
		}
	}
	return diag.Arrange(findings)
}

// undermines reports whether a request changes what other files refer to.
func undermines(d *register.Register) bool {
	return slices.ContainsFunc(d.Guarded, func(g provenance.Guarded) bool {
		return d.Landings[g.Landing].Pending && isPaper(g.Path)
	}) || slices.ContainsFunc(d.Cases, func(c *register.Case) bool { return c.Deleted && c.Touched })
}

// isPaper reports whether a path is among those that other files refer to.
func isPaper(p string) bool { return history.Below(papers.Folders())(p) }

// bySlug keeps the rules that were looked up.
type bySlug map[string]*caserules.Rule

// of is the rule of a finding; one that nobody has written is about files, or
// about what a commit did.
func (m bySlug) of(f *problem.Problem) *caserules.Rule {
	if r := m[f.Rule]; r != nil {
		return r
	}
	r, known := caserules.Lookup(f.Rule)
	switch {
	case known:
		m[f.Rule] = &r
	case f.Commit != "":
		r = caserules.Rule{Slug: f.Rule, Group: caserules.Workflow, Severity: problem.Error}
	default:
		r = caserules.Rule{Slug: f.Rule, Group: caserules.Format, Severity: problem.Error}
	}
	return &r
}

// complaint is what makes a fault the same on both sides, wherever it stands.
type complaint struct{ rule, subject, key, message string }

var lineNumber = regexp.MustCompile(`第 \d+ 行`)

func complaintOf(f *problem.Problem) complaint {
	return complaint{f.Rule, cmp.Or(f.Case, f.Path), f.Key, lineNumber.ReplaceAllString(f.Message, "")}
}
