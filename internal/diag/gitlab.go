package diag

import "io"

// gitlabIssue is one entry of a Code Quality report, a subset of Code
// Climate's format. GitLab drops an entry whose fingerprint it has seen.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// GitLab writes a Code Quality report: artifacts:reports:codequality. An
// error, which keeps a merge request from being merged, is a blocker there.
func GitLab(w io.Writer, r Report) error {
	issues := []gitlabIssue{}
	for _, f := range r.open() {
		path, line := r.place(f)
		issues = append(issues, gitlabIssue{
			Description: prose(f),
			CheckName:   f.Rule,
			Fingerprint: f.Fingerprint,
			Severity:    scaleOf(f.Severity).gitlab,
			Location:    gitlabLocation{path, gitlabLines{line}},
		})
	}
	return encode(w, issues)
}
