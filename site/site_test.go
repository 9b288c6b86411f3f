package site

import (
	"bytes"
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

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"suqiu/internal/fasthtml"
	"suqiu/internal/problem"
	"suqiu/internal/view"
	"suqiu/templates"
)

var update = flag.Bool("update", false, "rewrite the golden files")

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
