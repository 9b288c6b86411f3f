// Package diag writes findings: as text with an excerpt, as JSON, and in the
// formats of GitLab Code Quality, JUnit, SARIF and GitHub Actions.
//
// It promises the same bytes for the same findings, in whatever order they
// come, on every machine and in every locale; and that nothing in a finding
// or in an excerpt reaches a terminal as a control sequence. It knows nothing
// of rules or cases.
package diag

import "suqiu/internal/problem"

// scale is what a severity is called in each format, and its colour in text.
type scale struct{ github, gitlab, sarif, colour string }

// scaleOf is that of a severity. An error, which keeps a merge request from
// being merged, is a blocker for GitLab.
func scaleOf(s problem.Severity) scale {
	switch s {
	case problem.Error:
		return scale{"error", "blocker", "error", red}
	case problem.Warning:
		return scale{"warning", "minor", "warning", yellow}
	default:
		return scale{"notice", "info", "note", cyan}
	}
}

// Summary counts findings by severity. Suppressed ones do not count.
type Summary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Count is the Summary of findings.
func Count(findings []problem.Problem) Summary {
	var s Summary
	for i := range findings {
		if findings[i].Suppressed {
			continue
		}
		switch findings[i].Severity {
		case problem.Error:
			s.Errors++
		case problem.Warning:
			s.Warnings++
		default:
			s.Infos++
		}
	}
	return s
}

// Total is the number of findings that count.
func (s Summary) Total() int { return s.Errors + s.Warnings + s.Infos }
