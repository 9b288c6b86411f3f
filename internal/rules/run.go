package rules

import (
	"maps"
	"slices"
	"strings"

	"suqiu/internal/caserules"
	"suqiu/internal/diag"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/yamltext"
)

// Run judges a register by every rule. The findings are placed, graded, marked
// where a 更正 or 忽略 excuses them, fingerprinted and in their one order.
func Run(d *register.Register) []problem.Problem {
	findings := miss(d, run(newPass(d, d.Source)))
	if d.Config.Unreadable == nil {
		return findings
	}
	// By a suqiu.yaml that cannot be read there are no units and no channels: what
	// every case does wrong by it would hide what is to be mended.
	byItself := map[string]bool{}
	for _, r := range caserules.All() {
		byItself[r.Slug] = r.Group == caserules.Format || r.Group == caserules.Privacy
	}
	return slices.DeleteFunc(findings, func(f problem.Problem) bool { return f.Path != register.ConfigPath && !byItself[f.Rule] })
}

func run(p *pass) []problem.Problem {
	var findings []problem.Problem
	all := caserules.All()
	for i := range all {
		r := &all[i]
		tell := func(h hit) { findings = append(findings, p.finding(r, h)) }
		if check := checks[r.Slug]; check != nil {
			check(p, tell)
		}
		p.checkCases(r, tell)
		for _, h := range p.told[r.Slug] {
			tell(h)
		}
		delete(p.told, r.Slug)
	}
	// What nobody has written a rule for is told all the same.
	for _, slug := range slices.Sorted(maps.Keys(p.told)) {
		for _, h := range p.told[slug] {
			r := &caserules.Rule{Slug: slug, Group: caserules.Format, Severity: problem.Error}
			if h.commit != "" {
				r.Group = caserules.Workflow
			}
			findings = append(findings, p.finding(r, h))
		}
	}
	return diag.Arrange(findings)
}

// finding places and grades one offence.
func (p *pass) finding(r *caserules.Rule, h hit) problem.Problem {
	f := problem.Problem{
		Rule: r.Slug, Severity: r.Grade(h.added, p.Request), Unit: h.unit, Path: h.path, Key: h.key,
		Line: h.line, Column: h.column, EndLine: h.endLine, Commit: h.commit, Author: h.author,
		Message: h.message, Fix: h.fix, New: h.added,
	}
	if h.c != nil {
		f.Case, f.Path = h.c.ID, content(h.c).Path
	}
	if r.Slug == "improvement-overdue" && h.c != nil && !fixedImprovement(h.c) {
		f.Severity = problem.Info // 10 working days are the office's own limit, not the regulation's
	}
	if f.Line == 0 && f.Key != "" && f.Path != "" && (h.c == nil || !h.c.Deleted) {
		f.Line, f.Column, f.EndLine = p.locate(f.Path, f.Key)
	}
	f.EndLine = max(f.EndLine, f.Line)
	if f.Path != "" {
		f.Fix = placed(p.source(f.Path), f.Line, f.Fix)
	}
	if h.past {
		f.Severity = f.Severity.AtMost(problem.Warning)
	}
	f.Suppressed = p.excused(r, &h, &f)
	for _, text := range []*string{&f.Case, &f.Message, &f.Fix, &f.Key, &f.Unit, &f.Path} { // the path last
		*text = discreet(r, f.Path, *text)
	}
	return f
}

// locate finds a key in a file.
func (p *pass) locate(path, key string) (line, column, endLine int) {
	src := p.source(path)
	if src == nil {
		return 0, 0, 0
	}
	if keys, ok := papers.KeysOf(path); ok {
		return record.LocateIn(keys, src, key)
	}
	if path != register.ConfigPath {
		return record.Locate(src, key)
	}
	root, _ := yamltext.Parse(src, 1)
	top, _, _ := strings.Cut(key, ".")
	if f := root.Get(top); f != nil {
		return f.Line, f.Column, f.Line
	}
	return 0, 0, 0
}
