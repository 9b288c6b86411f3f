// Package rules is every rule of check, each as one value: slug, group,
// severity, title, clause, doc and the function that finds its offences.
//
// What a file says wrongly is found by its parser, and what an act did wrongly
// by the replay; the rules of those slugs give such offences their severity,
// place and identity. References between files, and what only the whole register
// shows, the rules find themselves. Nothing that was found is dropped in
// silence: what a 更正 or a 忽略 excuses is marked as suppressed.
package rules

import (
	"slices"

	"suqiu/internal/problem"
)

// Group is a part of the catalogue, named as users read it.
type Group string

// The groups of section 8.
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
	// depends on whether the request under check adds it: see grade.
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
	Doc      string // Chinese: 为什么, 反例 (a hint: 举例), 怎么改

	// ofHistory marks a rule of Format that is about what landings did: once
	// landed, no edit of the file mends it.
	ofHistory bool

	check func(p *pass, slug string) []hit
}

// All returns the catalogue, in the order of its groups.
func All() []Rule { return catalogue() }

// Lookup finds a rule by its slug.
func Lookup(slug string) (Rule, bool) {
	all := catalogue()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Slug == slug })
	if i < 0 {
		return Rule{}, false
	}
	return all[i], true
}

// Nearest is the slug that somebody who typed s most likely meant; empty if
// none is near.
func Nearest(s string) string {
	var slugs []string
	for _, r := range catalogue() {
		slugs = append(slugs, r.Slug)
	}
	return nearest(s, slugs)
}

// Suppressible reports whether a 忽略 in a case file may silence the rule.
// What was done, when, and what proves it cannot be silenced there.
func (r *Rule) Suppressible() bool {
	return r.ofFiles() || r.Group == Hints
}

// Excusable reports whether a 更正 that names the rule excuses what the rule
// finds. A 更正 without grounds does not excuse itself.
func (r *Rule) Excusable() bool {
	return (r.Group == Workflow || r.Group == Evidence || r.ofHistory) && r.Slug != "correction-unfounded"
}

// grade is the severity of one finding. An error is what an edit can mend
// today: a file as it stands, and what the request under check would add to
// history. What has landed is a warning, and so is, while a request is judged,
// what that request has not brought. Time alone is never an error: the
// Severity of such rules is a warning at most.
func (r *Rule) grade(added, request bool) problem.Severity {
	s := problem.Warning
	switch {
	case added:
		s = problem.Error
	case !request && (r.ofFiles() || r.Mendable):
		s = problem.Error
	}
	return s.AtMost(r.Severity)
}
