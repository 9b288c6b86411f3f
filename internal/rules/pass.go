package rules

import (
	"slices"
	"strings"
	"sync"
	"time"

	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
)

// pass is one run over a register, with what several rules look up.
type pass struct {
	*register.Register
	source   func(path string) []byte
	told     map[string][]hit // by slug: what parsers and the replay found
	baseline int              // the last landing whose cases are taken as found; -1: none

	published func() []report.Standing // every frozen quarter, verified once
}

// hit is one offence before it is placed and graded.
type hit struct {
	c     *register.Case // nil: of a file that is no case
	path  string         // for c nil
	paper *papers.File   // for c nil, if the file is a paper
	key   string

	line, column, endLine int // zero: where key stands

	unit, commit, author string
	message, fix         string
	landing              int  // that did it; -1: none
	added                bool // by the request under check
	past                 bool // done by a landing, and no edit can mend it
}

func newPass(d *register.Register, source func(path string) []byte) *pass {
	p := &pass{Register: d, source: source, told: map[string][]hit{}, baseline: d.Baseline()}
	p.published = sync.OnceValue(func() []report.Standing { return report.Standings(d) })
	for _, c := range d.Cases {
		p.hear(c)
	}
	p.hearPapers()
	for _, f := range d.Files {
		for _, told := range f.Problems {
			h := problemHit(told, nil, f.Path)
			h.added = d.Request && f.Touched
			p.told[told.Rule] = append(p.told[told.Rule], h)
		}
	}
	cfg := d.Config
	if d.Request && d.Proposed != nil {
		cfg = d.Proposed // judged as a file, though nothing is judged by it
	}
	for _, told := range cfg.Problems {
		h := problemHit(told, nil, register.ConfigPath)
		h.added = cfg == d.Proposed
		p.told[told.Rule] = append(p.told[told.Rule], h)
	}
	p.hearPersonal()
	if b := d.Config.Baseline; b != "" && p.baseline < 0 {
		p.told["value-type"] = append(p.told["value-type"], hit{path: register.ConfigPath, key: "基线", landing: -1,
			message: "“基线”" + b + " 不是主分支上的提交，没有起作用：启用前已有的事项会被逐步追究",
			fix:     "基线: 在 GitLab 主分支的“提交”页面复制编号；合并请求里的，写合并提交的编号"})
	}
	return p
}

// hear takes over what the parser and the replay found in one case.
func (p *pass) hear(c *register.Case) {
	if !c.Deleted {
		found := foundProblems(c)
		for _, told := range content(c).Problems {
			h := problemHit(told, c, "")
			at := faultOf(told)
			found[at]--
			h.added = p.Request && c.Touched && found[at] < 0
			p.told[told.Rule] = append(p.told[told.Rule], h)
		}
	}
	for _, fault := range c.Life.Faults {
		p.told[fault.Rule] = append(p.told[fault.Rule], p.faultHit(fault, c))
	}
}

// faultAt is what is wrong and where, whatever line that is now.
type faultAt struct{ rule, key, message string }

func faultOf(p problem.Problem) faultAt {
	return faultAt{p.Rule, p.Key, lineNumber.ReplaceAllString(p.Message, "")}
}

// foundProblems counts what was wrong with a case before the request under
// check touched it: nobody has to mend what he did not break.
func foundProblems(c *register.Case) map[faultAt]int {
	n := map[faultAt]int{}
	if c.Found != nil {
		for _, told := range c.Found.Problems {
			n[faultOf(told)]++
		}
	}
	return n
}

// brings reports whether the request under check states one of the keys of a
// case, or all of it.
func (p *pass) brings(c *register.Case, keys ...string) bool {
	if !p.Request || !c.Touched {
		return false
	}
	if c.Found == nil || c.Found.Unreadable {
		return true
	}
	for _, change := range record.Diff(c.Found, c.Case) {
		top, _, _ := strings.Cut(change.Key, ".")
		if slices.Contains(keys, top) {
			return true
		}
	}
	return false
}

func problemHit(told problem.Problem, c *register.Case, path string) hit {
	return hit{c: c, path: path, key: told.Key, landing: -1,
		line: told.Line, column: told.Column, endLine: told.EndLine,
		message: told.Message, fix: told.Fix}
}

func (p *pass) faultHit(f problem.Problem, c *register.Case) hit {
	h := hit{c: c, key: f.Key, unit: f.Unit, commit: f.Commit, author: f.Author,
		landing: f.Landing, message: f.Message, fix: f.Fix}
	if f.Commit == "" {
		h.landing = -1
	}
	h.added = p.pending(h.landing)
	return h
}

// pending reports whether a landing is the request under check.
func (p *pass) pending(landing int) bool {
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
