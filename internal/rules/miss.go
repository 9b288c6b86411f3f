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
	"suqiu/internal/register"
)

// miss finds what a request takes away from under files that it leaves alone,
// such as the minutes that a case refers to: faults of files that the base has
// not are the request's. The base is read only if there can be such faults.
func miss(d *register.Register, findings []problem.Problem) []problem.Problem {
	if !d.Request || !undermines(d) {
		return findings
	}
	base := d.AtBase()
	if base == nil {
		return findings
	}
	rules := bySlug{}
	stood := map[complaint]int{}
	for _, f := range run(newPass(base, base.Source)) {
		if rules.of(f.Rule).OfFiles() {
			stood[complaintOf(&f)]++
		}
	}
	for i := range findings {
		f := &findings[i]
		r := rules.of(f.Rule)
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
	return slices.ContainsFunc(d.Guarded, func(g register.Guarded) bool {
		return d.Landings[g.Landing].Pending && isPaper(g.Path)
	}) || slices.ContainsFunc(d.Cases, func(c *register.Case) bool { return c.Deleted && c.Touched })
}

// isPaper reports whether a path is among those that other files refer to.
func isPaper(p string) bool { return history.Below(papers.Folders())(p) }

// bySlug keeps the rules that were looked up.
type bySlug map[string]*caserules.Rule

// of is the rule of a slug; one that nobody has written is about files.
func (m bySlug) of(slug string) *caserules.Rule {
	r := m[slug]
	if r == nil {
		r = &caserules.Rule{Slug: slug, Group: caserules.Format, Severity: problem.Error}
		if known, ok := caserules.Lookup(slug); ok {
			r = &known
		}
		m[slug] = r
	}
	return r
}

// complaint is what makes a fault the same on both sides, wherever it stands.
type complaint struct{ rule, subject, key, message string }

var lineNumber = regexp.MustCompile(`第 \d+ 行`)

func complaintOf(f *problem.Problem) complaint {
	return complaint{f.Rule, cmp.Or(f.Case, f.Path), f.Key, lineNumber.ReplaceAllString(f.Message, "")}
}
