package diag

import (
	"io"
	"net/url"
	"strings"

	"suqiu/internal/problem"
)

// The types below are the part of SARIF 2.1.0 (OASIS) that is written here.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool      `json:"tool"`
		Language   string         `json:"language"`
		ColumnKind string         `json:"columnKind"`
		Properties sarifRunFacts  `json:"properties"`
		Results    []sarifFinding `json:"results"`
	}
	sarifRunFacts struct {
		Head string `json:"head"`
		AsOf string `json:"as_of"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string         `json:"id"`
		Short   sarifText      `json:"shortDescription"`
		Help    *sarifText     `json:"help,omitempty"`
		Default sarifLevel     `json:"defaultConfiguration"`
		Facts   sarifRuleFacts `json:"properties"`
	}
	sarifRuleFacts struct {
		Group  string `json:"group,omitempty"`
		Clause string `json:"clause,omitempty"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifFinding struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions"`
		Facts        sarifFacts         `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
	}
	sarifSuppression struct {
		Kind string `json:"kind"`
	}
	sarifFacts struct {
		Case   string `json:"case,omitempty"`
		Unit   string `json:"unit,omitempty"`
		Commit string `json:"commit,omitempty"`
		New    bool   `json:"new,omitempty"`
	}
)

// sarifSchema is where the format's schema is published.
const sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"

// SARIF writes a log in SARIF 2.1.0 with the rules' own docs. Columns count
// characters, paths are relative URIs below %SRCROOT%. What excuses a finding
// (更正, 忽略) is written in the repository, so its suppression is inSource.
func SARIF(w io.Writer, r Report) error {
	name, version, _ := strings.Cut(r.Tool, " ")
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: name, Version: version, Rules: []sarifRule{}}},
		Language:   "zh-CN",
		ColumnKind: "unicodeCodePoints",
		Properties: sarifRunFacts{r.Head, r.AsOf},
		Results:    []sarifFinding{},
	}
	index := map[string]int{}
	list := func(rule Rule) {
		index[rule.Slug] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, rule.sarif())
	}
	for _, rule := range r.Rules {
		list(rule)
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if _, listed := index[f.Rule]; !listed {
			list(Rule{Slug: f.Rule, Title: f.Rule, Severity: f.Severity})
		}
		run.Results = append(run.Results, sarifResult(f, index[f.Rule]))
	}
	return encode(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func (rule Rule) sarif() sarifRule {
	s := sarifRule{
		ID:      rule.Slug,
		Short:   sarifText{rule.Title},
		Default: sarifLevel{scaleOf(rule.Severity).sarif},
		Facts:   sarifRuleFacts{rule.Group, rule.Clause},
	}
	if rule.Doc != "" {
		s.Help = &sarifText{rule.Doc}
	}
	return s
}

func sarifResult(f *problem.Problem, rule int) sarifFinding {
	s := sarifFinding{
		RuleID: f.Rule, RuleIndex: rule, Level: scaleOf(f.Severity).sarif, Message: sarifText{prose(f)},
		Locations:    []sarifLocation{},
		Fingerprints: map[string]string{"suqiu/v1": f.Fingerprint},
		Suppressions: []sarifSuppression{},
		Facts:        sarifFacts{f.Case, f.Unit, f.Commit, f.New},
	}
	if f.Path != "" {
		at := sarifPhysical{Artifact: sarifArtifact{relativeURI(f.Path), "%SRCROOT%"}}
		if f.Line > 0 {
			at.Region = &sarifRegion{StartLine: f.Line, StartColumn: max(f.Column, 0), EndLine: max(f.EndLine, f.Line)}
		}
		s.Locations = append(s.Locations, sarifLocation{at})
	}
	if f.Suppressed {
		s.Suppressions = append(s.Suppressions, sarifSuppression{"inSource"})
	}
	return s
}

// relativeURI is a path of the repository as a URI: Chinese and blanks
// percent-encoded, and never taken for a scheme.
func relativeURI(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	if segments[0] == "" || strings.Contains(segments[0], ":") {
		segments = append([]string{"."}, segments...)
	}
	return strings.Join(segments, "/")
}
