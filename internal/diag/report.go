package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"suqiu/internal/problem"
)

// Rule is what a report says of a rule beside its findings. This package
// knows no rules: the caller hands over its catalogue.
type Rule struct {
	Slug     string           `json:"rule"`
	Group    string           `json:"group"`
	Severity problem.Severity `json:"severity"` // the gravest of its findings
	Title    string           `json:"title"`    // a few words
	Clause   string           `json:"clause"`   // of the regulation; may be empty
	Doc      string           `json:"doc"`      // why, a bad example, how to mend it
}

// Report is what the formats for other programs are written from: GitLab,
// JUnit, SARIF and GitHub.
//
// Suppressed findings were judged already, so GitLab, JUnit and GitHub, which
// would raise them again, leave them out; SARIF, which has a word for them,
// and JSON keep them. E-mail addresses stay in JSON alone: what these reports
// are shown in may be read by many.
type Report struct {
	Header
	Rules    []Rule            // in the order to show them
	Home     string            // the file at which a finding without one is shown
	Findings []problem.Problem // arranged
}

// open are the findings that still ask for something.
func (r *Report) open() []*problem.Problem {
	var open []*problem.Problem
	for i := range r.Findings {
		if f := &r.Findings[i]; !f.Suppressed {
			open = append(open, f)
		}
	}
	return open
}

// rule finds what is said of a rule; a slug that nobody described stands for
// itself.
func (r *Report) rule(slug string) Rule {
	for _, rule := range r.Rules {
		if rule.Slug == slug {
			return rule
		}
	}
	return Rule{Slug: slug, Title: slug}
}

// place is where a finding is shown in a format that cannot do without a file
// and a line.
func (r *Report) place(f *problem.Problem) (path string, line int) {
	if f.Path == "" {
		return r.Home, 1
	}
	return f.Path, max(f.Line, 1)
}

// prose is all that is said of a finding, for a format that has one text.
func prose(f *problem.Problem) string {
	text := strings.Join(lines(f.Message), "\n")
	if f.Fix != "" {
		sep := "\n改法："
		fix := lines(f.Fix)
		if len(fix) > 1 {
			sep += "\n"
		}
		text += sep + strings.Join(fix, "\n")
	}
	if label, whose := origin(f); label != "" {
		text += "\n" + label + "：" + whose
	}
	return text
}

// origin is the commit that a finding is of, with its unit, or the unit alone; an
// empty label: neither is known.
func origin(f *problem.Problem) (label, text string) {
	switch unit := shown([]rune(f.Unit)); {
	case f.Commit != "" && unit != "":
		return "提交", short(f.Commit) + "（" + unit + "）"
	case f.Commit != "":
		return "提交", short(f.Commit)
	case unit != "":
		return "单位", unit
	}
	return "", ""
}

// encode writes v as indented JSON in which Chinese and < > & stand as they are.
func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	return nil
}
