package fasthtml_test

import (
	"bytes"
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"testing"

	"suqiu/internal/fasthtml"
)

type word string

type day int32

func (d day) String() string { return fmt.Sprintf("第%d日", int32(d)) }

type base struct{ Shared string }

type Inner struct {
	Name string
	Day  day
	*base
}

func (i *Inner) Loud() string         { return i.Name + "!" }
func (i Inner) Times(n int) string    { return strings.Repeat(i.Name, n) }
func (i *Inner) Others() []Inner      { return []Inner{{Name: "甲"}, {Name: "乙 & 丙"}} }
func (i *Inner) Next() *Inner         { return nil }
func (i *Inner) Two() (string, error) { return i.Name, nil }

type data struct {
	Text  string
	Word  word
	HTML  template.HTML
	URL   string
	Fixed template.URL
	N     int
	Day   day
	Yes   bool
	One   Inner
	Ref   *Inner
	None  *Inner
	List  []Inner
	Refs  []*Inner
	Words []string
	Map   map[string]string
	Any   any
	Ready func() string
}

func sample() *data {
	common := &base{"共有"}
	return &data{
		Text: `税 "务" <b>&amp;'+`, Word: "词", HTML: `<b title="x">粗 &amp; '+</b>`,
		URL: "../列表/a b.html?x=1&y=%zz#三", N: 3, Day: 7, Yes: true,
		One: Inner{"一<", 1, common}, Ref: &Inner{"二", 2, common}, List: []Inner{{"子", 3, nil}, {"丑", 4, common}},
		Refs:  []*Inner{{Name: "寅"}},
		Words: []string{"木", "<火>"}, Map: map[string]string{"a": "b"}, Any: "任何",
	}
}

// Each is executed by both and has to come out the same.
var known = []string{
	`直接写`,
	`{{.Text}} {{.Word}} {{.HTML}} {{.N}} {{.Day}}`,
	`<a title="{{.Text}} {{.HTML}} {{.N}}" class="{{.Word}} x {{.Day}}">`,
	`<title>{{.Text}} {{.HTML}}</title><textarea>{{.Text}}</textarea>`,
	`<a href="{{.URL}}">1</a><a href="x/{{.URL}}">2</a><a href="?q={{.URL}}&n={{.N}}">3</a><a href="#{{.Text}}">4</a>` +
		`<a href="{{.Text}}">5</a><img src="{{.Word}}/{{.URL}}">`,
	`{{.One.Name}}{{.One.Loud}}{{.One.Times 2}}{{.Ref.Name}}{{.Ref.Loud}}{{.Ref.Times 3}}{{.One.Shared}}{{.Ref.` +
		`Shared}}`,
	`{{if .Yes}}是{{else}}否{{end}}{{if .None}}有{{else}}无{{end}}{{if .Words}}有{{end}}{{if .N}}有{{end}}{{if .Day}}` +
		`有{{end}}{{if .One}}有{{end}}{{if .Text}}有{{else if .N}}数{{end}}`,
	`{{if not .Yes}}否{{end}}{{if and .Yes .Text .Ref}}都{{end}}{{if and .Yes .None}}都{{else}}缺{{end}}{{if or .` +
		`None .N}}或{{end}}{{if and .Yes (not .None)}}是{{end}}`,
	`{{if eq .N 3}}a{{end}}{{if ne .Text "x"}}b{{end}}{{if gt .N 2}}c{{end}}{{if lt .N 2}}d{{end}}{{if le .N 3}}e{{` +
		`end}}{{if ge .N 4}}f{{end}}{{if eq .Word "词"}}g{{end}}{{if eq .One.Day 1}}h{{end}}`,
	`{{with .Ref}}{{.Name}}{{$.Text}}{{end}}{{with .None}}有{{else}}无{{end}}{{with $r := .Ref}}{{$r.Name}}{{.Loud}}{` +
		`{end}}{{with .Text}}{{.}}{{end}}{{with .Day}}{{.}}{{end}}`,
	`{{range .List}}{{.Name}}{{.Loud}}{{.Day}}{{$.N}};{{end}}{{range .Refs}}{{.Name}}{{.Loud}}{{end}}{{range .Words}}` +
		`<li title="{{.}}">{{.}}{{end}}`,
	`{{range $i, $w := .Words}}{{if $i}}、{{end}}{{if eq $i 0}}首{{end}}{{$w}}{{end}}{{range $l := .List}}{{$l.Name}}` +
		`{{.Name}}{{range $w := $.Words}}{{$l.Day}}{{$w}}{{end}}{{end}}`,
	`{{range .One.Others}}{{.Name}}{{.Times 1}}{{else}}空{{end}}{{with .One.Next}}有{{else}}无{{end}}`,
	`{{$t := .Text}}{{$n := len .Words}}{{$t}}{{$n}}{{len .List}}{{len .Text}}{{or .Text "没有"}}{{or .One.Name .` +
		`Text}}{{and .Text "末"}}`,
	`{{define "part"}}{{.Name}}{{with .Day}}{{.}}{{end}}{{$.Name}}{{end}}{{template "part" .One}}{{template "part" .` +
		`Ref}}{{range .List}}{{template "part" .}}{{end}}`,
	`{{define "word"}}{{$x := .}}{{$x}}|{{end}}{{range $i, $w := .Words}}{{template "word" $w}}{{$i}}{{$w}}{{end}}{{` +
		`template "word" .Text}}{{template "word" .Word}}`,
	`{{/* nothing */}}{{- if .Yes -}} 是 {{- end}}`,
	`{{.Text | html}}{{"常量 <"}}{{3}}`,
}

func TestSame(t *testing.T) {
	for _, text := range known {
		tmpl := template.Must(template.New("page").Parse(text))
		p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]())
		if strings.Contains(text, "| html") {
			if err == nil {
				t.Errorf("%s\nis compiled; its escaping is decided when it runs", text)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s\n%v", text, err)
			continue
		}
		same(t, tmpl, p, text, sample())
		same(t, tmpl, p, text, &data{Ref: &Inner{base: &base{}}, One: Inner{base: &base{}}})
	}
}

func same(t *testing.T, tmpl *template.Template, p *fasthtml.Program, text string, of *data) {
	t.Helper()
	var want, got bytes.Buffer
	if err := tmpl.Execute(&want, of); err != nil {
		t.Errorf("%s\n%v", text, err)
		return
	}
	got.WriteString("前")
	if err := p.Execute(&got, of); err != nil {
		t.Errorf("%s\n%v", text, err)
	}
	if got.String() != "前"+want.String() {
		t.Errorf("%s\ngives %s\nwant  %s", text, got.String(), want.String())
	}
}

func TestRefuses(t *testing.T) {
	for _, text := range []string{
		`{{.Any}}`, `{{if .Any}}{{end}}`, `{{.Map.a}}`, `{{range .Map}}{{end}}`, `{{index .Words 0}}`,
		`{{printf "%s" .Text}}`, `{{call .Ready}}`,
		`{{.Fixed}}`, `{{.Yes}}`, `{{.One}}`, `{{.Words}}`, `{{.One.Two}}`, `{{.Missing}}`, `{{template "none" .}}`,
		`{{eq .Text .Word .Text}}`,
		`<p onclick="{{.Text}}">`, `<script>{{.Text}}</script>`, `<style>{{.Text}}</style>`, `<p {{.Text}}>`,
		`<p title={{.Text}}>`, `<!-- {{.Text}} -->`,
		`{{range .Words}}{{break}}{{end}}`, `{{$x := .Text}}{{$x = "b"}}{{$x}}`, `{{(.One).Name}}`, `{{or .Text .N}}`,
		`{{range 3}}{{end}}`,
	} {
		tmpl, err := template.New("page").Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]()); err == nil || p != nil {
			t.Errorf("%s is compiled", text)
		}
	}
}

func TestGivesUp(t *testing.T) {
	for _, text := range []string{`a{{.None.Name}}`, `a{{.None.Loud}}`, `a{{range .List}}{{.Shared}}{{end}}`,
		`a{{with .One.Next}}{{end}}{{.One.Next.Name}}`,
		`{{define "again"}}a{{template "again" .}}{{end}}{{template "again" .}}`} {
		tmpl := template.Must(template.New("page").Parse(text))
		p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]())
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		b := bytes.NewBufferString("前")
		if err := p.Execute(b, sample()); err != fasthtml.ErrUnsure || b.String() != "前" {
			t.Errorf("%s: error %v, text %q", text, err, b)
		}
	}
	tmpl := template.Must(template.New("page").Parse(`a`))
	p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Execute(new(bytes.Buffer), &Inner{}); err != fasthtml.ErrUnsure {
		t.Errorf("data of another type: %v", err)
	}
}

// places are where text stands in the pages of a site.
const places = `<title>{{.Text}}</title><a class="x {{.Text}}" href="{{.Text}}">{{.Text}}</a><a href="../{{.Text}}.` +
	`html">{{.Word}}</a><a href="?q={{.Text}}">{{.HTML}}</a><p title="{{.HTML}}">`

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "中文", `<script>alert("x")</script>`, "javascript:alert(1)", "HTTP://a/b c",
		"a+b='c'&d;", "\x00\xff\xfe", "%e4%b8%ad%zz", "mailto:x", "\u2028\ufeff\ufffe", "a:b/c", "//x"} {
		f.Add(s)
	}
	tmpl := template.Must(template.New("page").Parse(places))
	p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		same(t, tmpl, p, s, &data{Text: s, Word: word(s), HTML: template.HTML(s)})
	})
}

// FuzzTemplate draws templates: what is compiled has to come out the same.
func FuzzTemplate(f *testing.F) {
	for _, text := range known {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tmpl, err := template.New("page").Parse(text)
		if err != nil {
			return
		}
		p, err := fasthtml.Compile(tmpl, "page", reflect.TypeFor[*data]())
		if err != nil {
			return
		}
		var want, got bytes.Buffer
		trouble := tmpl.Execute(&want, sample())
		if err := p.Execute(&got, sample()); err != nil {
			return
		}
		if trouble != nil || got.String() != want.String() {
			t.Errorf("gives %q\nwant  %q, %v", got.String(), want.String(), trouble)
		}
	})
}
