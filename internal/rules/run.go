package rules

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/yamltext"
)

// Run judges a register by every rule. The findings are placed, graded, marked
// where a 更正 or 忽略 answers for them, fingerprinted and in their one order.
func Run(d *register.Register) []problem.Problem {
	findings := regressions(d, newRun(d, d.Source).findings())
	if d.Config.Unreadable == nil {
		return findings
	}
	// By a suqiu.yaml that cannot be read there are no units and no channels: what
	// every case does wrong by it would hide what is to be mended.
	byItself := map[string]bool{}
	for _, r := range caserules.All() {
		byItself[r.Slug] = r.Group == caserules.Format || r.Group == caserules.Privacy
	}
	return slices.DeleteFunc(findings, func(f problem.Problem) bool {
		return f.Path != config.Path && !byItself[f.Rule]
	})
}

// run is one judgement of a register, with what several rules look up.
type run struct {
	*register.Register
	source   func(path string) []byte
	papers   []register.Paper
	byPath   map[string]*papers.File      // papers by path
	reported map[string][]problem.Problem // by slug: what parsers and the replay found
	baseline int                          // the last landing whose cases are taken as found; -1: none

	published func() []report.Standing // every frozen quarter, verified once
}

func newRun(d *register.Register, source func(path string) []byte) *run {
	p := &run{
		Register: d, source: source, papers: d.All(), byPath: map[string]*papers.File{},
		reported: map[string][]problem.Problem{}, baseline: d.Baseline(),
	}
	p.published = sync.OnceValue(func() []report.Standing { return report.Standings(d) })
	for _, c := range d.Cases {
		p.reportCase(c)
	}
	for _, x := range p.papers {
		p.byPath[x.Path] = x.File
		p.report(x.Problems, x.Path, d.Request && x.Touched)
	}
	for _, f := range d.Files {
		p.report(f.Problems, f.Path, d.Request && f.Touched)
	}
	cfg := d.Config
	if d.Request && d.Proposed != nil {
		cfg = d.Proposed // judged as a file, though nothing is judged by it
	}
	p.report(append(unmergeable(cfg), cfg.Problems...), config.Path, cfg == d.Proposed)
	p.reportPersonal()
	if b := d.Config.Baseline; b != "" && p.baseline < 0 {
		p.report([]problem.Problem{{Rule: "value-type", Key: "基线",
			Message: "“基线”" + b + " 不是主分支上的提交，没有起作用：启用前已有的事项会被逐步追究",
			Fix:     "基线: 在 GitLab 主分支的“提交”页面复制编号；合并请求里的，写合并提交的编号"}},
			config.Path, false)
	}
	return p
}

// report takes over what the parser of a file found.
func (p *run) report(found []problem.Problem, path string, added bool) {
	for _, f := range found {
		f.Path, f.New = path, added
		p.reported[f.Rule] = append(p.reported[f.Rule], f)
	}
}

// reportCase takes over what the parser and the replay found in one case. What
// was wrong before the request under check touched it is not the request's.
func (p *run) reportCase(c *register.Case) {
	add := func(f problem.Problem, added bool) {
		f.Case, f.Path, f.New = c.ID, content(c).Path, added
		p.reported[f.Rule] = append(p.reported[f.Rule], f)
	}
	if !c.Deleted {
		stood := map[complaint]int{}
		if c.AtFork != nil {
			for i := range c.AtFork.Problems {
				stood[complaintOf(&c.AtFork.Problems[i])]++
			}
		}
		for _, f := range content(c).Problems {
			at := complaintOf(&f)
			stood[at]--
			add(f, p.Request && c.Touched && stood[at] < 0)
		}
	}
	for _, f := range c.Life.Faults {
		add(f, f.Commit != "" && p.pending(f.Landing))
	}
}

// findings judges by every rule.
func (p *run) findings() []problem.Problem {
	var findings []problem.Problem
	rules := bySlug{}
	all := caserules.All()
	for i := range all {
		r := &all[i]
		tell := func(f problem.Problem) { findings = append(findings, p.finding(r, f)) }
		if check := checks[r.Slug]; check != nil {
			check(p, tell)
		}
		p.checkCases(r, tell)
		for _, f := range p.reported[r.Slug] {
			tell(f)
		}
		delete(p.reported, r.Slug)
	}
	// What nobody has written a rule for is told all the same.
	for _, slug := range slices.Sorted(maps.Keys(p.reported)) {
		for _, f := range p.reported[slug] {
			findings = append(findings, p.finding(rules.of(&f), f))
		}
	}
	p.locate(findings)
	for i := range findings {
		rules.of(&findings[i]).Mask(&findings[i], findings[i].Path == config.Path)
	}
	return diag.Arrange(findings)
}

// finding grades a problem, which may say itself how grave it is at most.
func (p *run) finding(r *caserules.Rule, f problem.Problem) problem.Problem {
	most := f.Severity
	f.Rule, f.Severity, f.EndLine = r.Slug, r.Grade(f.New, p.Request), max(f.EndLine, f.Line)
	if most != "" {
		f.Severity = f.Severity.AtMost(most)
	}
	if r.Slug == "improvement-overdue" && f.Case != "" && !fixedImprovement(p.Case(f.Case)) {
		f.Severity = problem.Info // 10 working days are the office's own limit, not the regulation's
	}
	f.Suppressed = p.suppressed(r, &f)
	return f
}

// locate finds the places of what has only a key, and indents what is to be
// pasted there. It reads each file once.
func (p *run) locate(findings []problem.Problem) {
	byPath := map[string][]*problem.Problem{}
	for i := range findings {
		if f := &findings[i]; f.Path != "" && (f.Line > 0 || f.Key != "") {
			byPath[f.Path] = append(byPath[f.Path], f)
		}
	}
	for path, list := range byPath {
		src := p.source(path)
		if src == nil {
			continue
		}
		place := sync.OnceValue(func() places { return placesIn(path, src) })
		for _, f := range list {
			if f.Line == 0 {
				f.Line, f.Column, f.EndLine = place()(f.Key)
			}
			f.Fix = placed(src, f.Line, f.Fix)
		}
	}
}

// places knows where a key stands in a file; 0, 0, 0 if it does not.
type places func(key string) (line, column, endLine int)

func placesIn(path string, src []byte) places {
	if schema := papers.SchemaAt(path); schema != nil {
		return schema.Places(src)
	}
	if path != config.Path {
		return record.Schema().Places(src)
	}
	root, _ := yamltext.Parse(src, 1)
	return func(key string) (line, column, endLine int) {
		top, _, _ := strings.Cut(key, ".")
		if f := root.Get(top); f != nil {
			return f.Line, f.Column, f.Line
		}
		return 0, 0, 0
	}
}

// brings reports whether the request under check states one of the keys of a
// case, or all of it.
func (p *run) brings(c *register.Case, keys ...string) bool {
	if !p.Request || !c.Touched {
		return false
	}
	if c.AtFork == nil || c.AtFork.Unreadable {
		return true
	}
	for _, change := range record.Diff(c.AtFork, c.Case) {
		top, _, _ := strings.Cut(change.Key, ".")
		if slices.Contains(keys, top) {
			return true
		}
	}
	return false
}

// pending reports whether a landing is the request under check.
func (p *run) pending(landing int) bool {
	return p.Request && landing >= 0 && landing < len(p.Landings) && p.Landings[landing].Pending
}

// content is what a case file says at the head, if only that it cannot be read.
func content(c *register.Case) *record.Case {
	if c.Broken != nil {
		return c.Broken
	}
	return c.Case
}

// readable reports whether a case is there at the head and can be read: else
// its references are not judged.
func readable(c *register.Case) bool {
	return c.Broken == nil && !c.Deleted && !c.Unreadable
}

// tolerance is how far clocks may differ before anybody is told.
const tolerance = 10 * time.Minute
