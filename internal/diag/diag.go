// Package diag writes findings: as text with an excerpt, and as JSON.
package diag

// Severity orders findings: errors first.
type Severity string

// The severities. An error is what an edit can mend today.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Finding is one result of check, with the fields of its JSON.
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
