package diag

import (
	"io"

	"suqiu/internal/problem"
)

// Header is what stands above the findings in JSON.
type Header struct {
	Tool string // name and version: suqiu 0.1.0
	Head string // full hash of the commit that was judged
	AsOf string // day, 2006-01-02
}

// report is the JSON of check, version 1.
type report struct {
	Version  int               `json:"version"`
	Tool     string            `json:"tool"`
	Head     string            `json:"head"`
	AsOf     string            `json:"as_of"`
	Summary  Summary           `json:"summary"`
	Findings []problem.Problem `json:"findings"`
}

// JSON writes arranged findings, suppressed ones too, as one JSON document.
// Chinese text and < > & stand as they are; there is always an array.
func JSON(w io.Writer, h Header, findings []problem.Problem) error {
	if findings == nil {
		findings = []problem.Problem{}
	}
	return encode(w, report{1, h.Tool, h.Head, h.AsOf, Count(findings), findings})
}
