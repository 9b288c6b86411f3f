package diag_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"suqiu/internal/diag"
	"suqiu/internal/problem"
)

// report is the findings of this package's other golden files, with one whose
// path and text hold what each format has to escape.
func report() diag.Report {
	all := append(findings(), problem.Problem{
		Rule: "path-mismatch", Severity: problem.Error, Path: "cases/2026/07/一件：50%，新 建#1.md", Line: 1, Column: 1,
		EndLine: 3,
		Message: "文件名不合规则: 50%，<新建>\n第二行\x07", Fix: "改名",
	})
	return diag.Report{
		Header: diag.Header{Tool: "suqiu 0.1.0", Head: strings.Repeat("0f", 20), AsOf: "2026-09-30"},
		Rules: []diag.Rule{
			{Slug: "value-enum", Severity: problem.Error, Title: "内容不在可选范围", Group: "格式",
				Doc: "为什么：…\n怎么改：…"},
			{Slug: "feedback-overdue", Severity: problem.Warning, Title: "超期未反馈", Group: "时限", Clause: "三(四)",
				Doc: "为什么：…"},
			{Slug: "monthly-missing", Severity: problem.Warning, Title: "未报月报", Group: "时限", Clause: "三(二)",
				Doc: "为什么：…"},
			{Slug: "path-mismatch", Severity: problem.Error, Title: "文件放错了地方", Group: "格式", Doc: "为什么：…"},
		},
		Home:     "suqiu.yaml",
		Findings: diag.Arrange(all),
	}
}

// The findings of report: all of them, and those that nobody excused.
const (
	told = 11
	open = 10
)

// counted compares with a golden file, and refuses to write one that tells of
// another number of findings than the test states.
func counted(t *testing.T, name string, got []byte, findings, want int) {
	t.Helper()
	if findings != want {
		t.Fatalf("%s tells of %d findings, want %d:\n%s", name, findings, want, got)
	}
	golden(t, name, got)
}

func write(t *testing.T, format func(io.Writer, diag.Report) error, r diag.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGitLab holds what GitLab asks of a Code Quality report: an array, five
// properties, a severity of its scale, a line from one, and no fingerprint
// twice, because it drops the second.
func TestGitLab(t *testing.T) {
	got := write(t, diag.GitLab, report())
	var issues []map[string]any
	if err := json.Unmarshal(got, &issues); err != nil {
		t.Fatal(err)
	}
	counted(t, "gitlab.golden.json", got, len(issues), open)
	if bytes.HasPrefix(got, []byte("\ufeff")) {
		t.Error("GitLab refuses a byte-order mark")
	}
	seen := map[string]bool{}
	for _, issue := range issues {
		location := issue["location"].(map[string]any)
		begin := location["lines"].(map[string]any)["begin"].(float64)
		print := issue["fingerprint"].(string)
		switch {
		case issue["description"] == "", issue["check_name"] == "", location["path"] == "", print == "", seen[print]:
			t.Errorf("incomplete or repeated: %v", issue)
		case !slices.Contains([]any{"info", "minor", "major", "critical", "blocker"}, issue["severity"]):
			t.Errorf("severity %v", issue["severity"])
		case begin < 1 || begin != float64(int(begin)):
			t.Errorf("line %v", begin)
		}
		seen[print] = true
	}
	if empty := write(t, diag.GitLab, diag.Report{}); string(empty) != "[]\n" {
		t.Errorf("nothing found: %q", empty)
	}
}

// TestGitLabFingerprints holds that a finding is the same issue to GitLab when
// lines move above it and a day passes.
func TestGitLabFingerprints(t *testing.T) {
	prints := func(lines int, message string) []string {
		var list []string
		r := report()
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Line > 0 {
				f.Line, f.EndLine = f.Line+lines, f.EndLine+lines
			}
			r.Findings[i].Message += message
		}
		r.Findings = diag.Arrange(r.Findings)
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal(write(t, diag.GitLab, r), &issues); err != nil {
			t.Fatal(err)
		}
		for _, i := range issues {
			list = append(list, i.Fingerprint)
		}
		slices.Sort(list)
		return list
	}
	if !slices.Equal(prints(0, ""), prints(12, "，已过 3 个工作日")) {
		t.Error("moved lines or another day make other issues")
	}
}

type junitCase struct {
	Class   string `xml:"classname,attr"`
	Name    string `xml:"name,attr"`
	File    string `xml:"file,attr"`
	Failure *struct {
		Text string `xml:",chardata"`
	} `xml:"failure"`
	Output string `xml:"system-out"`
}

// TestJUnit holds what GitLab reads of JUnit: suites with cases, told apart by
// class and name; the text of a failure, none of its attributes.
func TestJUnit(t *testing.T) {
	got := write(t, diag.JUnit, report())
	var root struct {
		XMLName  xml.Name `xml:"testsuites"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Suites   []struct {
			Name  string      `xml:"name,attr"`
			Tests int         `xml:"tests,attr"`
			Cases []junitCase `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal(got, &root); err != nil {
		t.Fatal(err)
	}
	if len(root.Suites) != 1 {
		t.Fatalf("%d suites", len(root.Suites))
	}
	cases := root.Suites[0].Cases
	found, failed := 0, 0
	seen := map[string]bool{}
	for _, c := range cases {
		if key := c.Class + "\x00" + c.Name; seen[key] || c.Class == "" || c.Name == "" {
			t.Errorf("two test cases %s %s", c.Class, c.Name)
		} else {
			seen[key] = true
		}
		if c.Failure != nil {
			failed++
			if !strings.HasPrefix(c.Failure.Text, c.File+":") {
				t.Errorf("%s fails without its place: %q", c.Name, c.Failure.Text)
			}
		}
		if c.File != "" {
			found++
		}
	}
	counted(t, "junit.golden.xml", got, found, open)
	s := diag.Count(report().Findings)
	if failed != s.Errors || root.Failures != s.Errors || root.Tests != len(cases) ||
		root.Suites[0].Tests != len(cases) {
		t.Errorf("%d failures of %d cases, the attributes say %d of %d; want %d", failed, len(cases), root.Failures,
			root.Tests, s.Errors)
	}
	if !slices.ContainsFunc(cases, func(c junitCase) bool {
		return c.Class == "monthly-missing" && c.Failure == nil && c.Output == ""
	}) {
		t.Error("a rule that found nothing is no passed test")
	}
}

// TestGitHub reads the commands back as a runner does.
func TestGitHub(t *testing.T) {
	got := write(t, diag.GitHub, report())
	command := regexp.MustCompile(`^::(error|warning|notice) (file=[^:]*)::(.*)$`)
	all := strings.Split(strings.TrimSuffix(string(got), "\n"), "\n")
	counted(t, "github.golden", got, len(all), open)
	r := report()
	shown := slices.DeleteFunc(slices.Clone(r.Findings), func(f problem.Problem) bool { return f.Suppressed })
	for i, line := range all {
		m := command.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("no command: %q", line)
			continue
		}
		props := map[string]string{}
		for _, p := range strings.Split(m[2], ",") {
			key, value, _ := strings.Cut(p, "=")
			props[key] = unescape(value)
		}
		f := shown[i]
		if f.Path != "" && props["file"] != f.Path || f.Path == "" && props["file"] != "suqiu.yaml" {
			t.Errorf("file %q of %q", props["file"], f.Path)
		}
		if f.Line > 0 && props["line"] != strconv.Itoa(f.Line) {
			t.Errorf("line %q of %d", props["line"], f.Line)
		}
		if !strings.HasPrefix(props["title"], f.Rule) || !strings.Contains(unescape(m[3]), f.Fix) {
			t.Errorf("%q tells of %s", line, f.Rule)
		}
	}
}

// unescape undoes the escapes of a workflow command, as the runner does.
func unescape(s string) string {
	return strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(s)
}

// TestSARIF holds the log to the published schema and to what the schema
// cannot say: that rule and index agree, and that URIs are the paths.
func TestSARIF(t *testing.T) {
	got := write(t, diag.SARIF, report())
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID       string            `json:"ruleId"`
				RuleIndex    int               `json:"ruleIndex"`
				Fingerprints map[string]string `json:"partialFingerprints"`
				Suppressions []struct{ Kind string }
				Locations    []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(got, &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	counted(t, "sarif.golden.json", got, len(run.Results), told)
	r := report()
	for i, result := range run.Results {
		f := r.Findings[i]
		if rule := run.Tool.Driver.Rules[result.RuleIndex].ID; rule != result.RuleID || rule != f.Rule {
			t.Errorf("index %d is %s, not %s", result.RuleIndex, rule, f.Rule)
		}
		if f.Suppressed != (len(result.Suppressions) == 1) || result.Fingerprints["suqiu/v1"] != f.Fingerprint {
			t.Errorf("suppressed or fingerprint: %+v of %+v", result, f)
		}
		if f.Path == "" {
			if len(result.Locations) > 0 {
				t.Errorf("a place for %s", f.Rule)
			}
			continue
		}
		uri := result.Locations[0].PhysicalLocation.ArtifactLocation.URI
		u, err := url.Parse(uri)
		if err != nil || u.Path != f.Path || u.IsAbs() ||
			strings.ContainsFunc(uri, func(r rune) bool { return r > '~' || r <= ' ' }) {
			t.Errorf("URI %q of %q: %v", uri, f.Path, err)
		}
	}
	validate(t, got)
	validate(t, write(t, diag.SARIF, diag.Report{}))
}

// validate holds a log to OASIS's schema. .ci/install fetches the package
// that carries it; without it, this part is skipped, except in CI.
func validate(t *testing.T, log []byte) {
	t.Helper()
	name := filepath.Join("..", "..", "node_modules", "@microsoft", "jest-sarif", "lib", "schemas",
		"sarif-2.1.0-rtm.5.json")
	src, err := os.Open(name)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no schema of SARIF: %v", err)
		}
		t.Logf("not validated against the schema: %v", err)
		return
	}
	defer src.Close()
	schema, err := jsonschema.UnmarshalJSON(src)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(doc); err != nil {
		t.Errorf("against the schema of SARIF 2.1.0: %v", err)
	}
}

// TestFormatsTakeAnything holds that no text of a finding breaks a format:
// the document still parses and still tells of every finding.
func TestFormatsTakeAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\x00\x1b\r\n:,%<>&\"']]>"))))
		n := rapid.IntRange(0, 5).Draw(t, "n")
		var all []problem.Problem
		for range n {
			all = append(all, problem.Problem{Rule: text.Draw(t, "rule"), Severity: problem.Error,
				Case: text.Draw(t, "case"), Path: text.Draw(t, "path"),
				Line: rapid.IntRange(-1, 3).Draw(t, "line"), Key: text.Draw(t, "key"), Message: text.Draw(t, "message"),
				Fix: text.Draw(t, "fix")})
		}
		r := diag.Report{Home: "suqiu.yaml", Findings: diag.Arrange(all)}
		var b bytes.Buffer
		for name, format := range map[string]func(io.Writer, diag.Report) error{"gitlab": diag.GitLab,
			"sarif": diag.SARIF} {
			b.Reset()
			if err := format(&b, r); err != nil || !json.Valid(b.Bytes()) {
				t.Fatalf("%s: %v: %s", name, err, b.Bytes())
			}
		}
		b.Reset()
		if err := diag.GitHub(&b, r); err != nil || strings.Count(b.String(), "\n") != len(r.Findings) ||
			strings.ContainsAny(b.String(), "\x00\x1b\r") {
			t.Fatalf("github: %v: %q", err, b.String())
		}
		b.Reset()
		if err := diag.JUnit(&b, r); err != nil {
			t.Fatal(err)
		}
		var root struct {
			Cases []junitCase `xml:"testsuite>testcase"`
		}
		if err := xml.Unmarshal(b.Bytes(), &root); err != nil || len(root.Cases) != len(r.Findings) {
			t.Fatalf("junit: %v: %d cases: %q", err, len(root.Cases), b.String())
		}
	})
}

// FuzzFormats holds that no text of a finding, no path and no place breaks a
// format that another program reads.
func FuzzFormats(f *testing.F) {
	f.Add("cases/2026/07/一件：50%#1.md", "文件名\x00\ufffe\x1b[2J", "]]>::error\r\n", "信息中心", 1, 1)
	f.Add("../\xff", "\xff\xfe", "", "", -1, -5)
	f.Add("", "<![CDATA[", "%0A::set-output::", "a,b:c", 0, 1<<40)
	f.Fuzz(func(t *testing.T, path, message, fix, unit string, line, column int) {
		r := report()
		r.Findings = diag.Arrange([]problem.Problem{
			{Rule: "value-enum", Severity: problem.Error, Path: path, Message: message, Fix: fix, Unit: unit,
				Line: line, Column: column, EndLine: line},
			{Rule: message, Severity: problem.Info, Path: path, Message: fix, Commit: fix, Author: unit, Line: line},
		})
		for _, format := range []func(io.Writer, diag.Report) error{diag.GitLab, diag.SARIF} {
			if out := write(t, format, r); !json.Valid(out) {
				t.Fatalf("no JSON: %q", out)
			}
		}
		var b bytes.Buffer
		if err := diag.JSON(&b, r.Header, r.Findings); err != nil || !json.Valid(b.Bytes()) {
			t.Fatalf("no JSON: %v, %q", err, b.Bytes())
		}
		for d := xml.NewDecoder(bytes.NewReader(write(t, diag.JUnit, r))); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("no XML: %v", err)
			}
		}
		for command := range strings.Lines(string(write(t, diag.GitHub, r))) {
			if !strings.HasPrefix(command, "::") || strings.ContainsRune(command, '\r') {
				t.Fatalf("no workflow command: %q", command)
			}
		}
	})
}
