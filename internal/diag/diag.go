// Package diag writes findings: as text with an excerpt, as JSON, and in the
// formats of GitLab Code Quality, JUnit, SARIF and GitHub Actions.
//
// It promises the same bytes for the same findings, in whatever order they
// come, on every machine and in every locale; and that nothing in a finding
// or in an excerpt reaches a terminal as a control sequence. It knows nothing
// of rules or cases.
package diag

// Severity orders findings: errors first.
type Severity string

// The severities. An error is what an edit can mend today.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Label is the severity as users read it: 错误, 警告, 提示.
func (s Severity) Label() string {
	switch s {
	case Error:
		return "错误"
	case Warning:
		return "警告"
	default:
		return "提示"
	}
}

// rank sorts errors before warnings before infos.
func (s Severity) rank() int {
	switch s {
	case Error:
		return 0
	case Warning:
		return 1
	default:
		return 2
	}
}

// AtMost lowers s to limit if s is graver.
func (s Severity) AtMost(limit Severity) Severity {
	if s.rank() < limit.rank() {
		return limit
	}
	return s
}

// Finding is one result of check, with the fields of its JSON. Lines and
// columns count from one, columns in characters; zero means unknown.
type Finding struct {
	Rule        string   `json:"rule"`
	Severity    Severity `json:"severity"`
	Case        string   `json:"case"`
	Unit        string   `json:"unit"`
	Path        string   `json:"path"`
	Line        int      `json:"line"`
	Column      int      `json:"column"`
	EndLine     int      `json:"end_line"`
	Commit      string   `json:"commit"`
	Author      string   `json:"author"`
	Message     string   `json:"message"`
	Fix         string   `json:"fix"`
	New         bool     `json:"new"`
	Suppressed  bool     `json:"suppressed"`
	Fingerprint string   `json:"fingerprint"`

	Key string `json:"-"` // key path, for the fingerprint and the place
}

// Summary counts findings by severity. Suppressed ones do not count.
type Summary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Infos    int `json:"infos"`
}

// Count is the Summary of findings.
func Count(findings []Finding) Summary {
	var s Summary
	for i := range findings {
		if findings[i].Suppressed {
			continue
		}
		switch findings[i].Severity {
		case Error:
			s.Errors++
		case Warning:
			s.Warnings++
		default:
			s.Infos++
		}
	}
	return s
}

// Total is the number of findings that count.
func (s Summary) Total() int { return s.Errors + s.Warnings + s.Infos }
