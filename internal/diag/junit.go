package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"

	"suqiu/internal/problem"
)

type junitSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Suite    junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
	Output  string        `xml:"system-out,omitempty"`
}

// junitFailure has all it says in its text: GitLab shows nothing else of it.
type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes one test case for each finding, named by what keeps its
// fingerprint, so that a runner can tell new failures from old; and one for
// each rule that found nothing. Only an error is a failure: a warning or hint
// passes and is told as its output.
func JUnit(w io.Writer, r Report) error {
	suite := junitSuite{Name: "suqiu check"}
	found := map[string][]*problem.Problem{}
	for _, f := range r.open() {
		found[f.Rule] = append(found[f.Rule], f)
	}
	for _, rule := range r.everyRule() {
		taken := map[string]int{}
		for _, f := range found[rule.Slug] {
			suite.add(r.testCase(f, rule, taken))
		}
		if len(found[rule.Slug]) == 0 {
			suite.add(junitCase{Class: rule.Slug, Name: rule.Title})
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(junitSuites{Name: suite.Name, Tests: suite.Tests, Failures: suite.Failures,
		Suite: suite}); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("writing findings: %w", err)
	}
	return nil
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	s.Cases = append(s.Cases, c)
}

// everyRule is the catalogue, and behind it what has findings and is not in it.
func (r *Report) everyRule() []Rule {
	all := append([]Rule{}, r.Rules...)
	known := map[string]bool{}
	for _, rule := range all {
		known[rule.Slug] = true
	}
	for _, f := range r.open() {
		if !known[f.Rule] {
			known[f.Rule] = true
			all = append(all, r.rule(f.Rule))
		}
	}
	return all
}

// testCase is one finding. Two test cases must not share class and name:
// taken counts those of the rule so far.
func (r *Report) testCase(f *problem.Problem, rule Rule, taken map[string]int) junitCase {
	subject := f.Case
	if subject == "" {
		subject, _ = r.place(f)
	}
	name := subject + " " + rule.Title
	if f.Key != "" {
		name += "（" + f.Key + "）"
	}
	if f.Commit != "" {
		name += " " + short(f.Commit)
	}
	name = shown([]rune(name))
	if taken[name]++; taken[name] > 1 {
		name += " #" + strconv.Itoa(taken[name])
	}
	path, line := r.place(f)
	text := path + ":" + strconv.Itoa(line) + "\n" + prose(f)
	c := junitCase{Class: f.Rule, Name: name, File: path}
	if f.Severity == problem.Error {
		c.Failure = &junitFailure{Message: lines(f.Message)[0], Text: text}
	} else {
		c.Output = f.Severity.Label() + "：" + text
	}
	return c
}
