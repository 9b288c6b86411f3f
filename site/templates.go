package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"suqiu/internal/fasthtml"
	"suqiu/templates"
)

// pageTemplate is one parsed page template with the type of page it takes.
type pageTemplate[T any] struct {
	tmpl  *template.Template
	entry string            // the template in it that makes the page
	quick *fasthtml.Program // the same; nil: an override does what only html/template can
}

// render writes page.
func (s pageTemplate[T]) render(b *bytes.Buffer, page *T) error {
	if p, ok := any(page).(framed); ok {
		f := p.frame()
		var err error
		if f.Masthead, err = f.mastheads.of(s.tmpl, f); err != nil {
			return err
		}
	}
	if s.quick != nil && s.quick.Execute(b, page) == nil {
		return nil
	}
	return s.tmpl.ExecuteTemplate(b, s.entry, page)
}

// mastheadCache holds the mastheads of each kind of page. Twenty thousand cases have the
// same, and its navigation is a good part of what there is to fill in.
type mastheadCache struct {
	mu   sync.Mutex
	made map[mastheadKey]template.HTML
}

// mastheadKey is all that a masthead follows from within a build.
type mastheadKey struct {
	of         *template.Template
	root, here string
}

func (m *mastheadCache) of(t *template.Template, f *Frame) (template.HTML, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := mastheadKey{t, f.Root, f.Here}
	if html, ok := m.made[key]; ok || t.Lookup("masthead") == nil {
		return html, nil
	}
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, "masthead", f); err != nil {
		return "", err
	}
	m.made[key] = template.HTML(b.String())
	return m.made[key], nil
}

// pageTemplates are all page templates, parsed once for a build.
type pageTemplates struct {
	index     pageTemplate[indexPage]
	office    pageTemplate[officePage]
	tasks     pageTemplate[tasksPage]
	unitTasks pageTemplate[unitTasksPage]
	list      pageTemplate[listPage]
	overdue   pageTemplate[overduePage]
	kase      pageTemplate[casePage]
	reports   pageTemplate[reportsPage]
	report    pageTemplate[reportPage]
	appraisal pageTemplate[appraisalPage]
	alone     pageTemplate[standalonePage]
	units     pageTemplate[unitsPage]
	unit      pageTemplate[unitPage]
	meetings  pageTemplate[meetingsPage]
	meeting   pageTemplate[meetingPage]
	monthly   pageTemplate[monthlyPage]
	risks     pageTemplate[risksPage]
	upward    pageTemplate[upwardPage]
	counties  pageTemplate[countiesPage]
	clauses   pageTemplate[clausesPage]
	checks    pageTemplate[checksPage]
	filling   pageTemplate[fillingPage]
	rules     pageTemplate[rulesPage]
	quality   pageTemplate[qualityPage]
	search    pageTemplate[searchPage]
	missing   pageTemplate[missingPage]
}

// TemplateError is a template that cannot be used: most often an override in
// the case repository's templates/ folder.
type TemplateError struct {
	File string // as the one who writes it knows it
	Line int    // 0 if unknown
	What string
	Cure string
}

func (e *TemplateError) Error() string {
	place := e.File
	if e.Line > 0 {
		place += " 第 " + strconv.Itoa(e.Line) + " 行"
	}
	return place + "：" + e.What + "；" + e.Cure
}

// parseTemplates parses the templates of fsys. The built-in ones are parsed once for
// all builds.
func parseTemplates(fsys fs.FS) (*pageTemplates, error) {
	if templates.AreBuiltin(fsys) {
		return builtin()
	}
	return parse(fsys)
}

var builtin = sync.OnceValues(func() (*pageTemplates, error) { return parse(templates.Builtin()) })

// Prepare parses the built-in templates, so that a build finds it done.
func Prepare() { _, _ = builtin() } // which tells of an error again

func parse(fsys fs.FS) (*pageTemplates, error) {
	base := template.New("")
	for _, name := range []string{"layout.html", "parts.html"} {
		if err := parseInto(base, fsys, name); err != nil {
			return nil, err
		}
	}
	var s pageTemplates
	err := errors.Join(
		load(fsys, base, "index.html", &s.index),
		load(fsys, base, "office.html", &s.office),
		load(fsys, base, "tasks.html", &s.tasks),
		load(fsys, base, "unit-tasks.html", &s.unitTasks),
		load(fsys, base, "list.html", &s.list),
		load(fsys, base, "overdue.html", &s.overdue),
		load(fsys, base, "case.html", &s.kase),
		load(fsys, base, "reports.html", &s.reports),
		load(fsys, base, "report.html", &s.report),
		load(fsys, base, "appraisal.html", &s.appraisal),
		load(fsys, base, "standalone.html", &s.alone),
		load(fsys, base, "units.html", &s.units),
		load(fsys, base, "unit.html", &s.unit),
		load(fsys, base, "meetings.html", &s.meetings),
		load(fsys, base, "meeting.html", &s.meeting),
		load(fsys, base, "monthly.html", &s.monthly),
		load(fsys, base, "risks.html", &s.risks),
		load(fsys, base, "submissions.html", &s.upward),
		load(fsys, base, "counties.html", &s.counties),
		load(fsys, base, "clauses.html", &s.clauses),
		load(fsys, base, "checks.html", &s.checks),
		load(fsys, base, "filling.html", &s.filling),
		load(fsys, base, "rules.html", &s.rules),
		load(fsys, base, "quality.html", &s.quality),
		load(fsys, base, "search.html", &s.search),
		load(fsys, base, "404.html", &s.missing),
	)
	return &s, err
}

func load[T any](fsys fs.FS, base *template.Template, name string, into *pageTemplate[T]) error {
	t, err := base.Clone()
	if err != nil {
		return err
	}
	if err := parseInto(t, fsys, name); err != nil {
		return err
	}
	if t.Lookup("main") == nil {
		return &TemplateError{File: templateFile(fsys, name), What: "没有定义 main",
			Cure: `页面内容应写在 {{define "main"}} 和 {{end}} 之间`}
	}
	into.tmpl, into.entry = t, "main"
	if _, ok := any(new(T)).(framed); ok {
		into.entry = "layout"
	}
	// What it refuses html/template executes, as it does what it gives up.
	into.quick, _ = fasthtml.Compile(t, into.entry, reflect.TypeFor[*T]())
	return nil
}

func parseInto(t *template.Template, fsys fs.FS, name string) error {
	src, err := fs.ReadFile(fsys, "pages/"+name)
	if err != nil {
		return fmt.Errorf("读取模板 %s：%w", name, err)
	}
	if _, err := t.New(name).Parse(string(src)); err != nil {
		return templateError(fsys, err)
	}
	return nil
}

// templateFile names a template as the one who writes it knows it.
func templateFile(fsys fs.FS, name string) string {
	if o, ok := fsys.(interface{ Overridden(string) bool }); ok && o.Overridden("pages/"+name) {
		return "templates/" + name
	}
	return "内置模板 " + name
}

// The messages of text/template and html/template that a person who writes a
// template meets, with what to do about them.
var templateFaults = []struct {
	match      *regexp.Regexp
	what, cure string
}{
	{regexp.MustCompile(`can't evaluate field (\S+)`), "页面没有“$1”这一项", "请对照内置模板核对字段名（区分大小写）"},
	{regexp.MustCompile(`function "([^"]+)" not defined`), "没有函数“$1”", "请删去它，或对照内置模板核对写法"},
	{regexp.MustCompile(`template "([^"]+)" not defined|no such template "([^"]+)"`), "没有名为“$1$2”的片段",
		"请核对 {{template}} 后面的名字"},
	{regexp.MustCompile(`unexpected EOF`), "{{if}}、{{range}}、{{with}} 或 {{define}} 没有写 {{end}}",
		"请在相应位置补上 {{end}}"},
	{regexp.MustCompile(`unexpected \{\{end\}\}`), "多了一个 {{end}}", "请删去多余的 {{end}}"},
	{regexp.MustCompile(`unclosed action`), "{{ 没有对应的 }}", "请在同一行补上 }}"},
	{regexp.MustCompile(`undefined variable "([^"]+)"`), "没有变量“$1”", "请先用 {{$$名 := …}} 定义它"},
	{regexp.MustCompile(`ends in a non-text context|in unquoted attr|appears in an ambiguous|` +
		`branches end in different contexts`), "HTML 标签或引号没有写完整", "请检查这一行附近的标签和引号是否成对"},
}

var (
	templatePlace   = regexp.MustCompile(`template: ?([^:\s]+\.html):(\d+)`)
	templateMessage = regexp.MustCompile(`template: ?[^:\s]+\.html:\d+(?::\d+)?: (.*)`)
)

// templateError turns an error of the template packages into one that says
// in Chinese what is wrong and where. Other errors pass unchanged.
func templateError(fsys fs.FS, err error) error {
	text := err.Error()
	place := templatePlace.FindStringSubmatch(text)
	if place == nil {
		return err
	}
	line, _ := strconv.Atoi(place[2])
	e := &TemplateError{File: templateFile(fsys, place[1]), Line: line}
	for _, fault := range templateFaults {
		if m := fault.match.FindStringSubmatchIndex(text); m != nil {
			e.What = string(fault.match.ExpandString(nil, fault.what, text, m))
			e.Cure = fault.cure
			return e
		}
	}
	if m := templateMessage.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	e.What = "模板写法有误（" + strings.TrimSpace(text) + "）"
	e.Cure = "请对照内置模板修改，或删去这个文件改用内置模板"
	return e
}
