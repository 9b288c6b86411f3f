// Package caserules is the catalogue of every rule of check, and the checks of
// those that need one case alone. It reads no repository, so that a form in the
// browser judges what is typed as the check of a request does.
//
// A rule is one value: slug, group, severity, title, clause and function. Its
// Chinese doc lies in docs.md of package rules, which is not sent to browsers.
package caserules

import (
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// Group is a part of the catalogue, named as users read it.
type Group string

// The groups of DESIGN section 8.
const (
	Format     Group = "格式"
	References Group = "引用"
	Workflow   Group = "流程"
	Deadlines  Group = "时限"
	Evidence   Group = "留痕"
	Privacy    Group = "隐私"
	Hints      Group = "提示"
)

// Rule is one rule.
type Rule struct {
	Slug  string
	Group Group
	// Severity is the gravest that a finding of the rule can have. What it has
	// depends on whether the request under check adds it: see Grade.
	Severity problem.Severity
	Title    string // Chinese, a few words
	// Clause is what the rule serves: of the regulation, 三(四), or where that
	// says nothing of it the law or standard that does, 《电子签名法》第十三条.
	// That a limit serves a clause does not make it one of the regulation's:
	// which are is in section 4.
	Clause string
	// Mendable is set for a rule of what has landed that an edit of today can
	// still settle: it stays an error.
	Mendable bool
	// OfHistory is set for a rule that is about what landings did, not about who did
	// it: once landed, no edit of the file mends it, and before no 更正 excuses it.
	OfHistory bool

	check check
}

// check finds the offences of a rule in one case.
type check func(c *Case, tell func(Offence))

// Case is one case as of a day, as the checks see it.
type Case struct {
	*record.Case
	Life   *workflow.Life
	Config *config.Config
}

// Offence is a problem of one case, with what it takes to tell whether the
// request under check brings it.
type Offence struct {
	problem.Problem          // without Case and Path, which the caller knows
	RestsOn         []string // keys beside Key whose change brings the offence as well
	// Settled is set where a request that brings the offence is at fault, while
	// one that has landed can no longer be mended and is a warning.
	Settled bool
	// RequestOnly is set where only the request that brings it is told of it.
	RequestOnly bool
}

// Check finds the offences of a rule in one case. A hint may be about a case that
// can no longer be read, the others are about what it says today.
func (r *Rule) Check(c *Case, tell func(Offence)) {
	if r.check != nil {
		r.check(c, tell)
	}
}

// OneCase reports whether Check looks for offences of the rule.
func (r *Rule) OneCase() bool { return r.check != nil }

// Lookup finds a rule by its slug.
func Lookup(slug string) (Rule, bool) {
	all := All()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Slug == slug })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// NearestSlug is the slug that somebody who typed s most likely meant; empty if
// none is near.
func NearestSlug(s string) string {
	var slugs []string
	for _, r := range All() {
		slugs = append(slugs, r.Slug)
	}
	return Nearest(s, slugs)
}

// OfFiles reports whether a rule is about what files say, not about acts or time.
func (r *Rule) OfFiles() bool {
	return !r.OfHistory && (r.Group == Format || r.Group == References || r.Group == Privacy)
}

// Suppressible reports whether a 忽略 in a case file may silence the rule.
// What was done, when, and what proves it cannot be silenced there.
func (r *Rule) Suppressible() bool { return r.OfFiles() || r.Group == Hints }

// Excusable reports whether a 更正 that names the rule excuses what the rule
// finds. A 更正 without grounds does not excuse itself.
func (r *Rule) Excusable() bool {
	return (r.Group == Workflow || r.Group == Evidence || r.OfHistory) && r.Slug != "correction-unfounded"
}

// AsksWho reports whether a rule is about who did something.
func AsksWho(slug string) bool {
	return slices.Contains([]string{"transition-actor", "author-unknown", "self-review", "self-evaluation",
		"config-actor"}, slug)
}

// Grade is the severity of one finding. An error is what an edit can mend
// today: a file as it stands, and what the request under check would add to
// history. What has landed is a warning, and so is, while a request is judged,
// what that request has not brought. Time alone is never an error: the
// Severity of such rules is a warning at most.
func (r *Rule) Grade(added, request bool) problem.Severity {
	s := problem.Warning
	if added || !request && (r.OfFiles() || r.Mendable) {
		s = problem.Error
	}
	return s.AtMost(r.Severity)
}
