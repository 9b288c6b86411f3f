// Package problem holds the one type for a fault: the readers of files, the
// replay and the rules make it, check grades it, and diag writes it.
//
// Who finds a fault fills in what he knows of it; what he does not know stays
// empty until somebody does. Nothing is told twice and nothing looked up again.
package problem

import "strings"

// Problem is one fault: what is wrong, where, and how to mend it. Its JSON is
// that of a finding of check.
type Problem struct {
	Rule        string   `json:"rule"`        // slug of DESIGN section 8
	Severity    Severity `json:"severity"`    // empty until the rules grade it
	Case        string   `json:"case"`        // 编号
	Unit        string   `json:"unit"`        // whose it is to mend
	Path        string   `json:"path"`        // slash-separated, in the repository
	Line        int      `json:"line"`        // from one; 0: unknown
	Column      int      `json:"column"`      // from one, in characters; 0: unknown
	EndLine     int      `json:"end_line"`    // at least Line
	Commit      string   `json:"commit"`      // that did it; empty: it is of the files
	Author      string   `json:"author"`      // e-mail, of Commit
	Message     string   `json:"message"`     // what is wrong, in Chinese
	Fix         string   `json:"fix"`         // what to do, or the line to paste instead; may be empty
	New         bool     `json:"new"`         // the request under check adds it
	Suppressed  bool     `json:"suppressed"`  // a 更正 or 忽略 answers for it
	Fingerprint string   `json:"fingerprint"` // the same for the same fault tomorrow

	Key     string `json:"-" cbor:"key"`     // key path: 状态, 说明单[0].决定, "## 办理情况"; empty: the whole file
	Landing int    `json:"-" cbor:"landing"` // of Commit: index into the history's landings
	Event   int    `json:"-" cbor:"event"`   // of the case's life, from one; 0: none
}

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

// Rank sorts errors before warnings before infos.
func (s Severity) Rank() int {
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
	if s.Rank() < limit.Rank() {
		return limit
	}
	return s
}

// Clip keeps a message short.
func Clip(text string) string { return ClipTo(text, 20) }

// ClipTo cuts a text to so many characters, on one line.
func ClipTo(text string, limit int) string {
	r := []rune(strings.ReplaceAll(text, "\n", " "))
	if len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return string(r)
}
