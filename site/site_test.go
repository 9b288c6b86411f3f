package site

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"html/template"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/diag"
	"suqiu/internal/fasthtml"
	"suqiu/internal/form/engine"
	"suqiu/internal/mdfile"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/sitedir"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
	"suqiu/templates"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func day(s string) workday.Date {
	d, err := workday.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func at(s string) time.Time { return day(s).Start().Add(10 * time.Hour) }

// Words of the hidden case that no file of the 公开 edition may hold. Its
// channel is not among them: the configuration names every channel.
var secrets = []string{"机密标题", "机密正文", "机密理由", "机密措施", "机密属地", "机密单号7788", "机密回访",
	"机密协办", "机密暂停", "机密小节", "机密事项",
	"机密议题", "机密决定", "机密落实", "机密事由", "机密纪要", "机密风险", "机密反馈",
	"someone@example", "张某某"}

const hiddenID = "202609-BGS-001"

// sample is a register with an open case late, a closed one, one waiting, one
// merged, and one that is 仅要素 with a secret word in every field.
func sample() *register.Register {
	cfg := config.Parse("suqiu.yaml", []byte(`名称: 试验局税费服务诉求和舆情分析办理
格式: 1
网址: https://git.example/office/cases
单位:
  - {名称: 纳税服务科, 代码: NSFWK, 渠道: [办税服务厅, 投诉], 角色: [联席办, 监督考评]}
  - {名称: 办公室, 代码: BGS, 渠道: [信访], 角色: [监督考评]}
  - {名称: 信息中心, 代码: XXZX, 渠道: [日常工作]}
  - {名称: 集宁区税务局, 代码: JNQ, 角色: [旗县]}
仅要素: [投诉, 信访]
`))
	asOf := day("2026-09-30")
	timed := func(kind clock.Kind, unit string, start, due string, status clock.Status, class clock.Class) clock.Clock {
		return clock.Clock{Kind: kind, Unit: unit, Role: "承办", Push: 1, Start: day(start), Limit: 10, Due: day(due),
			OriginalDue: day(due), Status: status, Class: class}
	}
	head := strings.Repeat("0123456789", 4)
	landings := []timeline.Landing{{Commit: head, Request: 7, At: at("2026-07-15")}}
	event := func(n int, on, title string, from, to workflow.State) workflow.Event {
		landings = append(landings, timeline.Landing{Commit: head, Request: 7, At: at(on)})
		return workflow.Event{N: n, Row: n, At: timeline.MomentOf(at(on)), Commit: strings.Repeat("ab", 20),
			Landing: len(landings) - 1,
			Author:  "someone@example", Unit: "纳税服务科", Kind: workflow.Transition, From: from, To: to, Title: title}
	}
	late := timed(clock.Feedback, "信息中心", "2026-09-01", "2026-09-15", clock.Overdue, clock.Statutory)
	late.DaysLate = 10
	held := timed(clock.Feedback, "信息中心", "2026-09-18", "2026-10-09", clock.Paused, clock.Statutory)
	held.Pauses = []clock.Span{{From: day("2026-09-21"), Why: "异议待确认"}}
	secret := timed(clock.Feedback, "信息中心", "2026-09-18", "2026-10-09", clock.Paused, clock.Statutory)
	secret.Pauses = []clock.Span{{From: day("2026-09-21"), Why: "机密暂停"}}
	met := timed(clock.Feedback, "信息中心", "2026-08-03", "2026-08-17", clock.Met, clock.Statutory)
	met.Stopped = day("2026-08-10")
	review := timed(clock.Review, "纳税服务科", "2026-09-10", "2026-09-15", clock.Overdue, clock.Internal)
	review.DaysLate = 9

	cases := []*register.Case{
		{Case: &record.Case{Path: "cases/2026/08/202608-NSFWK-001.md", ID: "202608-NSFWK-001",
			Title: "办结的 <b>一件</b>", Nature: "诉求", Channel: "办税服务厅",
			Collector: "纳税服务科", Collected: day("2026-08-01"), Tickets: 2, State: "已办结", TaskList: "RW202608-01",
			Category: "系统技术类", Lead: "信息中心",
			Feedback: []record.Feedback{{Result: "已解决", Measures: "已修复", Answered: day("2026-08-10"),
				Review: "通过"}},
			Evaluations: []record.Evaluation{{Method: "12366回访", Unit: "纳税服务中心", Result: "满意"}},
			Sections: []mdfile.Section{{Heading: "诉求内容", Text: "**纳税人：**张三反映，依据**《税收征收管理法" +
				"》**第三十二条。\n\n### 小节\n\n<script>alert(1)</script> [坏](javascript:alert(1)) [同类](202609-" +
				"NSFWK-001.md)"},
				{Heading: "办理情况", Text: "第一行\n第二行"}}},
			Life: workflow.Life{State: workflow.Closed, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{met},
				Events: []workflow.Event{event(1, "2026-08-01", "登记", "", workflow.Registered),
					event(3, "2026-08-03", "推送至信息中心", workflow.Registered, workflow.Pushed),
					event(16, "2026-08-20", "办结", workflow.Evaluating, workflow.Closed)}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-001.md", ID: "202609-NSFWK-001", Title: "超期的一件",
			Channel: "办税服务厅", Collector: "纳税服务科", Tickets: 1,
			State: "办理中", TaskList: "RW202609-01", Category: "政策业务类", Urgency: "急", Lead: "信息中心",
			Co: []string{"集宁区税务局"}},
			Life: workflow.Life{State: workflow.Handling, Lead: "信息中心", Pushes: 1,
				Clocks: []clock.Clock{late, review},
				Events: []workflow.Event{event(3, "2026-09-01", "推送至信息中心", workflow.Registered,
					workflow.Pushed)}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-002.md", ID: "202609-NSFWK-002", Title: "等待确认的一件",
			Channel: "办税服务厅", Tickets: 1, State: "异议待确认",
			TaskList: "RW202609-01", Category: "政策业务类", Lead: "信息中心",
			Statements: []record.Statement{{Reason: "异议", Unit: "信息中心", Grounds: "不属本单位"}},
			Sections:   []mdfile.Section{{Heading: "诉求内容", Text: "见正文"}}},
			Life: workflow.Life{State: workflow.Objected, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{held},
				Filings: objected()}},
		{Case: &record.Case{Path: "cases/2026/09/" + hiddenID + ".md", ID: hiddenID, Title: "机密标题", Channel: "信访",
			Collector: "办公室", Tickets: 1, Locality: "机密属地",
			SourceNos: []string{"机密单号7788"}, State: "异议待确认", TaskList: "RW202609-01", Category: "侵害权益类",
			Lead: "信息中心", Urgency: "特急",
			Statements:  []record.Statement{{Reason: "异议", Grounds: "机密理由"}},
			Feedback:    []record.Feedback{{Result: "已解决", Measures: "机密措施"}},
			Evaluations: []record.Evaluation{{Method: "机密回访"}},
			CoFeedback:  []record.CoFeedback{{Unit: "办公室", Result: "机密协办"}},
			Corrections: []record.Correction{{Matter: "机密事项", Reason: "机密理由"}},
			Sections:    []mdfile.Section{{Heading: "机密小节", Text: "机密正文 张某某"}}},
			Life: workflow.Life{State: workflow.Objected, Lead: "信息中心", Pushes: 1, Clocks: []clock.Clock{secret},
				Filings: objected(),
				Events: []workflow.Event{{N: 1, At: timeline.MomentOf(at("2026-09-18")), Landing: -1,
					Author: "someone@example", Kind: workflow.Transition, To: workflow.Pushed, Title: "机密标题",
					Reason: "机密理由"}}}},
		{Case: &record.Case{Path: "cases/2026/09/202609-NSFWK-003.md", ID: "202609-NSFWK-003", Title: "并入的一件",
			Channel: "办税服务厅", Tickets: 1, State: "已合并",
			MergedInto: "202609-NSFWK-001", Category: "政策业务类", Lead: "信息中心"},
			Life: workflow.Life{State: workflow.Merged, Lead: "信息中心"}},
	}
	d := register.New(cfg, asOf, cases, nil)
	d.Head, d.Landings = head, landings
	d.Papers = samplePapers()
	return d
}

// objected is an objection that waits.
func objected() []workflow.Filing {
	return []workflow.Filing{{Key: "说明单", Reason: "异议", Unit: "信息中心", Role: "承办", Push: 1,
		Filed: day("2026-09-21"), Timely: true, Wait: clock.Confirm}}
}

func findings() []problem.Problem {
	return []problem.Problem{{Rule: "feedback-overdue", Severity: problem.Warning, Case: hiddenID, Unit: "信息中心",
		Path:   "cases/2026/09/" + hiddenID + ".md",
		Author: "someone@example", Message: "机密标题超期", Fingerprint: "f1"}}
}

// catalogue is a part of the rules of check.
func catalogue() []diag.Rule {
	return []diag.Rule{
		{Slug: "value-enum", Severity: problem.Error, Title: "内容不在可选范围", Group: "格式", Clause: "三(三)",
			Doc: "为什么：写法不一无法归类统计。\n怎么改：从选项中选一个。"},
		{Slug: "signature-bad", Severity: problem.Error, Title: "提交的签名不能证明是本人", Group: "留痕",
			Clause: "《电子签名法》第十三条", Doc: "为什么：邮箱谁都可以填写。"},
	}
}

// TestFindingsNameTheirRule: the rule of a finding leads to its text, where the
// site has one.
func TestFindingsNameTheirRule(t *testing.T) {
	in := input(view.Supervision)
	in.Findings = append(in.Findings, problem.Problem{Rule: "value-enum", Severity: problem.Error, Path: "suqiu.yaml",
		Message: "甲", Fingerprint: "f2"})
	out := t.TempDir()
	build(t, in, out)
	files := tree(t, out)
	page := files["quality/index.html"]
	if !strings.Contains(page, `<a href="../rules/checks.html#value-enum">`) ||
		!strings.Contains(files["rules/checks.html"], `id="value-enum"`) {
		t.Error("no link to the rule")
	}
	if strings.Contains(page, "checks.html#feedback-overdue") {
		t.Error("a link to a rule that the page of rules has not")
	}
}

// testInput is an Input whose register a test may change before it is viewed.
type testInput struct {
	Input
	Register *register.Register
	Edition  view.Edition
}

func (in testInput) ready() Input {
	in.View, in.Book = view.New(in.Register, in.Edition), report.Open(in.Register)
	return in.Input
}

func (in testInput) builder() *builder {
	ready := in.ready()
	return newBuilder(&ready)
}

func input(e view.Edition) testInput {
	return testInput{Input: Input{Findings: findings(), Rules: catalogue(), Tool: "suqiu 0.1.0",
		Engine: &engine.Files{Module: []byte("\x1f\x8b"), Worker: []byte("'use strict';\n")}},
		Register: sample(), Edition: e}
}

func build(t *testing.T, in testInput, out string) sitedir.Result {
	t.Helper()
	result, err := Build(context.Background(), in.ready(), out)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// tree reads every file below dir.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameInputSameBytes(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	in := input(view.Supervision)
	in.Workers = 1
	build(t, in, a)
	in = input(view.Supervision)
	in.Workers = 8
	build(t, in, b)
	if diff := cmp.Diff(tree(t, a), tree(t, b)); diff != "" {
		t.Error(diff)
	}
}

// attribute values that hold an address
var addresses = map[string]bool{"href": true, "src": true, "action": true, "data": true, "poster": true,
	"xlink:href": true}

// Every page is one that the program compiled from its template and
// html/template itself make alike.
func TestQuickPagesAreTheSame(t *testing.T) {
	builtin := templates.Builtin()
	for _, p := range sheets {
		if p.Bare {
			continue
		}
		tmpl := template.Must(template.ParseFS(builtin, "pages/layout.html", "pages/parts.html",
			"pages/"+p.Name+".html"))
		if _, err := fasthtml.Compile(tmpl, "layout", reflect.TypeOf(p.Data)); err != nil {
			t.Error(err)
		}
	}
	layout, err := fs.ReadFile(builtin, "pages/layout.html")
	if err != nil {
		t.Fatal(err)
	}
	// A template that is called without data is not compiled.
	slow := templates.Overlay(fstest.MapFS{"layout.html": {Data: append(bytes.Replace(layout, []byte("</body>"),
		[]byte(`{{template "nothing"}}</body>`), 1), `{{define "nothing"}}{{end}}`...)}})
	for _, e := range []view.Edition{view.Public, view.Supervision} {
		in, dir := input(e), t.TempDir()
		build(t, in, filepath.Join(dir, "quick"))
		in.Templates = slow
		build(t, in, filepath.Join(dir, "slow"))
		sameFolders(t, string(e), filepath.Join(dir, "slow"), filepath.Join(dir, "quick"))
	}
}

func TestPagesAreSoundAndLinked(t *testing.T) {
	for _, edition := range []view.Edition{view.Public, view.Supervision} {
		out := t.TempDir()
		build(t, input(edition), out)
		files := tree(t, out)
		docs, ids := map[string]*html.Node{}, map[string]map[string]bool{}
		for name, content := range files {
			if !strings.HasSuffix(name, ".html") {
				continue
			}
			doc, err := html.Parse(strings.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			docs[name], ids[name] = doc, map[string]bool{}
			for n := range doc.Descendants() {
				for _, a := range n.Attr {
					if a.Key == "id" {
						if ids[name][a.Val] {
							t.Errorf("%s: id %s twice", name, a.Val)
						}
						ids[name][a.Val] = true
					}
				}
			}
		}
		for name, doc := range docs {
			csp, h1 := "", 0
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				switch {
				case n.Data == "meta" && attr(n, "http-equiv") == "Content-Security-Policy":
					csp = attr(n, "content")
				case n.Data == "h1":
					h1++
				case n.Data == "iframe":
					t.Errorf("%s: <%s>", name, n.Data)
				case (n.Data == "style" || n.Data == "script" && attr(n, "src") == "") &&
					(name != "404.html" || !strings.Contains(csp, "'"+digest(n.FirstChild.Data)+"'")):
					t.Errorf("%s: <%s> that the policy does not name", name, n.Data)
				case n.Data == "form" && attr(n, "role") != "search":
					t.Errorf("%s: a form that is not for searching", name)
				case n.Data == "table" && !strings.Contains(attr(n, "class"), "cal") &&
					(n.FirstChild == nil || firstElement(n).Data != "caption"):
					t.Errorf("%s: a table without caption", name)
				case n.Data == "th" && attr(n, "scope") == "":
					t.Errorf("%s: th without scope", name)
				}
				for _, a := range n.Attr {
					if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
						t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
					}
					if addresses[a.Key] {
						checkLink(t, name, n.Data, a.Val, files, ids)
					}
				}
			}
			if name == "step.html" { // which alone runs WebAssembly
				csp = strings.Replace(csp, "'wasm-unsafe-eval'", "", 1)
			}
			if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("%s: no strict Content-Security-Policy", name)
			}
			if h1 != 1 {
				t.Errorf("%s: %d h1", name, h1)
			}
			for _, trace := range []string{"&amp;lt;", "&amp;amp;", "ZgotmplZ", "%!", "<no value>", "&lt;nil&gt;",
				"1970-01-01"} {
				if strings.Contains(files[name], trace) {
					t.Errorf("%s holds %s", name, trace)
				}
			}
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return &html.Node{}
}

func checkLink(t *testing.T, from, element, href string, files map[string]string, ids map[string]map[string]bool) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Errorf("%s: %q: %v", from, href, err)
		return
	}
	switch {
	case href == "data:,":
	case u.IsAbs():
		if element != "a" || !strings.HasPrefix(href, "https://git.example/office/cases/-/") {
			t.Errorf("%s: <%s> leads away to %s", from, element, href)
		}
	case strings.HasPrefix(href, "/"):
		t.Errorf("%s: %s is not relative", from, href)
	default:
		target := from
		if u.Path != "" {
			target = path.Join(path.Dir(from), u.Path)
		}
		if _, ok := files[target]; !ok {
			t.Errorf("%s: %s leads nowhere", from, href)
		} else if strings.HasPrefix(u.Fragment, "?") { // a filter, see site.js
			if !strings.Contains(files[target], "data-list") {
				t.Errorf("%s: %s filters a page without a list", from, href)
			}
		} else if u.Fragment != "" && target != "step.html" && !ids[target][u.Fragment] {
			t.Errorf("%s: %s: no such anchor", from, href)
		}
	}
}

func TestInternalLatenessIsNeverCalledOverdue(t *testing.T) {
	in := input(view.Supervision)
	v := in.builder()
	for _, e := range v.Cases {
		for i := range e.Clocks {
			k := &e.Clocks[i]
			if !k.Counts() && strings.Contains(k.Light.Text, "超期") {
				t.Errorf("%s %s: %s", e.ID, k.Kind, k.Light.Text)
			}
		}
	}
	late, _, _ := v.deadlines()
	late = slices.DeleteFunc(late, func(d view.Duty) bool { return d.Case == nil })
	if len(late) != 1 || late[0].Case.ID != "202609-NSFWK-001" {
		t.Errorf("late: %v", late)
	}
	if page := v.overduePage().(*overduePage); len(page.Hints) != 1 {
		t.Errorf("hints: %d, want the review", len(page.Hints))
	}
}

func TestRebuildTouchesOnlyWhatChanged(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	in := input(view.Public)
	result := build(t, in, out)
	if result.Written != result.Files {
		t.Errorf("first build: %+v", result)
	}
	result = build(t, in, out)
	if result.Written != 0 || result.Removed != 0 {
		t.Errorf("same input: %+v", result)
	}
	in.Register.Cases = slices.DeleteFunc(in.Register.Cases,
		func(c *register.Case) bool { return c.ID == "202609-NSFWK-003" })
	result = build(t, in, out)
	if result.Removed != 1 || result.Written == 0 || result.Written == result.Files {
		t.Errorf("one case less: %+v", result)
	}
	files := tree(t, out)
	if _, ok := files["cases/202609-NSFWK-003.html"]; ok {
		t.Error("the page of the removed case is still there")
	}
	if beside := below(t, filepath.Dir(out)); !slices.Equal(beside, []string{"public"}) {
		t.Errorf("beside the site: %v", beside)
	}
}

// below are the names in a folder.
func below(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestForeignFilesAreRefused: a folder that is replaced as a whole holds nothing
// that would go with it, whether suqiu has built there before or not.
func TestForeignFilesAreRefused(t *testing.T) {
	for _, c := range []struct {
		name  string
		built bool
		make  func(out string) error
		file  string
	}{
		{"a page of somebody", false, func(out string) error {
			return os.WriteFile(filepath.Join(out, "index.html"),
				[]byte("mine"), 0o644)
		}, "index.html"},
		{"a file of another kind", false, func(out string) error {
			return os.WriteFile(filepath.Join(out, "Makefile"),
				nil, 0o644)
		}, "Makefile"},
		{"a file beside the pages", true, func(out string) error {
			return os.WriteFile(filepath.Join(out, "CNAME"),
				[]byte("x"), 0o644)
		}, "CNAME"},
		{"a file among the pages", true,
			func(out string) error { return os.WriteFile(filepath.Join(out, "cases", "x.md"), nil, 0o644) },
			"cases/x.md"},
		{"a link", true, func(out string) error { return os.Symlink("index.html", filepath.Join(out, "link")) },
			"link"},
		{"a link in the place of a page", true, func(out string) error {
			name := filepath.Join(out, "index.html")
			return errors.Join(os.Remove(name), os.Symlink(filepath.Join(out, "404.html"), name))
		}, "index.html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			if c.built {
				build(t, input(view.Public), out)
			} else if err := os.Mkdir(out, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := c.make(out); err != nil {
				t.Fatal(err)
			}
			before := tree(t, out)
			in := input(view.Public)
			in.Register.Cases[0].Title = "改过的标题"
			_, err := Build(t.Context(), in.ready(), out)
			var foreign *sitedir.ForeignFilesError
			if !errors.As(err, &foreign) || !slices.Equal(foreign.Names, []string{c.file}) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("the folder changed: %s", diff)
			}
			if names := below(t, filepath.Dir(out)); !slices.Equal(names, []string{"out"}) {
				t.Errorf("left beside it: %v", names)
			}
		})
	}
}

func TestManifestCannotReachOutside(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "keep.txt")
	os.WriteFile(outside, []byte("keep"), 0o644)
	out := filepath.Join(dir, "public")
	os.Mkdir(out, 0o755)
	os.WriteFile(filepath.Join(out, ".suqiu-site"), []byte("../keep.txt\n/etc/x\na/../../keep.txt\n"), 0o644)
	build(t, input(view.Public), out)
	if _, err := os.Stat(outside); err != nil {
		t.Error(err)
	}
}

func TestBrokenOverride(t *testing.T) {
	for _, c := range []struct{ name, file, src, line, what string }{
		{"field", "case.html", "{{define \"main\"}}<h1>x</h1>\n{{.Titel}}{{end}}", "templates/case.html 第 2 行",
			"Titel"},
		{"end", "index.html", "{{define \"main\"}}\n{{if .Open}}\n{{end}}\n", "templates/index.html", "{{end}}"},
		{"function", "tasks.html", "{{define \"main\"}}\n\n{{upper .Title}}{{end}}", "templates/tasks.html 第 3 行",
			"upper"},
		{"fragment", "unit.html", "{{define \"main\"}}{{template \"nothing\"}}{{end}}", "templates/unit.html 第 1 行",
			"nothing"},
		{"no main", "rules.html", "hello", "templates/rules.html", "main"},
		{"open tag", "office.html", "{{define \"main\"}}<a href=\"{{if .Title}}\n\"{{end}}>{{end}}",
			"templates/office.html", "HTML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			build(t, input(view.Public), out)
			before := tree(t, out)
			in := input(view.Public)
			in.Register.Cases[0].Title = "改过的标题"
			in.Templates = templates.Overlay(fstest.MapFS{c.file: {Data: []byte(c.src)}})
			_, err := Build(context.Background(), in.ready(), out)
			var broken *templates.Error
			if !errors.As(err, &broken) {
				t.Fatalf("got %v, want a templates.Error", err)
			}
			if text := err.Error(); !strings.Contains(text, c.line) || !strings.Contains(text, c.what) {
				t.Errorf("%s\nlacks %q or %q", text, c.line, c.what)
			}
			if diff := cmp.Diff(before, tree(t, out)); diff != "" {
				t.Errorf("the old site changed: %s", diff)
			}
		})
	}
}

// TestEveryOverrideIsChecked breaks each page template in turn: none may wait
// for the first page that uses it, and the message names the file and line.
func TestEveryOverrideIsChecked(t *testing.T) {
	entries, err := fs.ReadDir(templates.Builtin(), "pages")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ".html" {
			continue
		}
		over := templates.Overlay(fstest.MapFS{e.Name(): {Data: []byte("{{define \"main\"}}\n{{.Nothing\n{{end}}")}})
		var broken *templates.Error
		if _, err := parse(over); !errors.As(err, &broken) || broken.File != "templates/"+e.Name() ||
			broken.Line == 0 {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
	if len(entries) < 20 {
		t.Errorf("only %d templates", len(entries))
	}
}

func TestOverrideReplacesOneFile(t *testing.T) {
	out := t.TempDir()
	in := input(view.Public)
	in.Templates = templates.Overlay(fstest.MapFS{"style.css": {Data: []byte("/* ours */")},
		"unknown.html": {Data: []byte("{{")}})
	build(t, in, out)
	files := tree(t, out)
	if files["style.css"] != "/* ours */" || files["site.js"] == "" {
		t.Error("style.css is not the override, or site.js is gone")
	}
}

func TestCancelledBuildLeavesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	out := filepath.Join(t.TempDir(), "public")
	if _, err := Build(ctx, input(view.Public).ready(), out); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder was made")
	}
}

func TestGolden(t *testing.T) {
	out := t.TempDir()
	build(t, input(view.Public), out)
	files := tree(t, out)
	for _, name := range []string{"index.html", "cases/202608-NSFWK-001.html", "cases/" + hiddenID + ".html",
		"tasks/RW202609-01.html", "data/cases.json"} {
		golden := filepath.Join("testdata", "golden", strings.ReplaceAll(name, "/", "_"))
		if *update {
			os.MkdirAll(filepath.Dir(golden), 0o755)
			if err := os.WriteFile(golden, []byte(files[name]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, []byte(files[name])) {
			t.Errorf("%s differs (run with -update if that is meant):\n%s", name, cmp.Diff(string(want), files[name]))
		}
	}
}
