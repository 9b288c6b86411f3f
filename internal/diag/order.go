package diag

import (
	"cmp"
	"slices"

	"suqiu/internal/problem"
)

// Arrange brings findings into their one order, drops repetitions and gives
// each its fingerprint. It is idempotent, and the order in which findings
// come makes no difference. The slice is reused.
func Arrange(findings []problem.Problem) []problem.Problem {
	slices.SortFunc(findings, compare)
	findings = slices.CompactFunc(findings, same)
	fingerprint(findings)
	return findings
}

// compare is a total order: by file, then by place, then by everything else.
// Findings without a file come last.
func compare(a, b problem.Problem) int {
	return cmp.Or(
		cmp.Compare(pathless(a), pathless(b)),
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
		cmp.Compare(a.Severity.Rank(), b.Severity.Rank()),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Case, b.Case),
		cmp.Compare(a.Key, b.Key),
		cmp.Compare(a.Unit, b.Unit),
		cmp.Compare(a.Commit, b.Commit),
		cmp.Compare(a.Author, b.Author),
		cmp.Compare(a.EndLine, b.EndLine),
		cmp.Compare(a.Message, b.Message),
		cmp.Compare(a.Fix, b.Fix),
		cmp.Compare(flag(b.New), flag(a.New)),
		cmp.Compare(flag(a.Suppressed), flag(b.Suppressed)),
	)
}

// same reports whether b repeats a: the compared fields are equal but for how
// new and how suppressed they are, where the first in order speaks for both.
func same(a, b problem.Problem) bool {
	a.New, a.Suppressed, a.Fingerprint = b.New, b.Suppressed, b.Fingerprint
	return a == b
}

func pathless(f problem.Problem) int { return flag(f.Path == "") }

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
