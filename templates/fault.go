package templates

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// Error is a template that cannot be used: most often an override in
// the case repository's templates/ folder.
type Error struct {
	File string // as the one who writes it knows it
	Line int    // 0 if unknown
	What string
	Cure string
}

func (e *Error) Error() string {
	place := e.File
	if e.Line > 0 {
		place += " 第 " + strconv.Itoa(e.Line) + " 行"
	}
	return place + "：" + e.What + "；" + e.Cure
}

// fileName names a template as the one who writes it knows it.
func fileName(fsys fs.FS, name string) string {
	if o, ok := fsys.(interface{ Overridden(string) bool }); ok && o.Overridden("pages/"+name) {
		return "templates/" + name
	}
	return "内置模板 " + name
}

// The messages of text/template and html/template that a person who writes a
// template meets, with what to do about them.
var faults = []struct {
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

// Explain turns an error of the template packages into one that says
// in Chinese what is wrong and where. Other errors pass unchanged.
func Explain(fsys fs.FS, err error) error {
	text := err.Error()
	place := templatePlace.FindStringSubmatch(text)
	if place == nil {
		return err
	}
	line, _ := strconv.Atoi(place[2])
	e := &Error{File: fileName(fsys, place[1]), Line: line}
	for _, fault := range faults {
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
