package templates

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"

	"suqiu/internal/fasthtml"
)

// Page is a page template and the data that it shows: pages/NAME.html and a
// value, mostly empty, of the type that Execute will be given.
type Page struct {
	Name string
	Data any  // a pointer
	Bare bool // not laid into layout.html
}

// Sheets are page templates, parsed and compiled.
type Sheets struct {
	byName map[string]*sheet
}

type sheet struct {
	tmpl  *template.Template
	entry string            // the template in it that makes the page
	quick *fasthtml.Program // the same; nil: an override does what only html/template can
}

// Parse parses the templates of pages, which fsys holds as Overlay returns it.
// What is wrong with them is told as Errors.
func Parse(fsys fs.FS, pages []Page) (*Sheets, error) {
	base := template.New("")
	if err := errors.Join(parseInto(base, fsys, "layout.html"), parseInto(base, fsys, "parts.html")); err != nil {
		return nil, err
	}
	s := &Sheets{map[string]*sheet{}}
	var wrong []error
	for _, p := range pages {
		one, err := load(fsys, base, p)
		if err != nil {
			wrong = append(wrong, err)
		}
		s.byName[p.Name] = one
	}
	return s, errors.Join(wrong...)
}

func load(fsys fs.FS, base *template.Template, p Page) (*sheet, error) {
	name := p.Name + ".html"
	t, err := base.Clone()
	if err != nil {
		return nil, err
	}
	if err := parseInto(t, fsys, name); err != nil {
		return nil, err
	}
	if t.Lookup("main") == nil {
		return nil, &Error{File: fileName(fsys, name), What: "没有定义 main",
			Cure: `页面内容应写在 {{define "main"}} 和 {{end}} 之间`}
	}
	s := &sheet{tmpl: t, entry: "layout"}
	if p.Bare {
		s.entry = "main"
	}
	// What cannot be compiled html/template executes.
	s.quick, _ = fasthtml.Compile(t, s.entry, reflect.TypeOf(p.Data))
	return s, nil
}

func parseInto(t *template.Template, fsys fs.FS, name string) error {
	src, err := fs.ReadFile(fsys, "pages/"+name)
	if err != nil {
		return fmt.Errorf("读取模板 %s：%w", name, err)
	}
	if _, err := t.New(name).Parse(string(src)); err != nil {
		return Explain(fsys, err)
	}
	return nil
}

// Execute appends the page of a name to b.
func (s *Sheets) Execute(b *bytes.Buffer, name string, data any) error {
	t := s.byName[name]
	if t.quick != nil && t.quick.Execute(b, data) == nil {
		return nil
	}
	return t.tmpl.ExecuteTemplate(b, t.entry, data)
}

// Part is what one of the templates that a page consists of makes of data; empty
// if the page has no such part.
func (s *Sheets) Part(name, part string, data any) (template.HTML, error) {
	t := s.byName[name].tmpl
	if t.Lookup(part) == nil {
		return "", nil
	}
	var b bytes.Buffer
	err := t.ExecuteTemplate(&b, part, data)
	return template.HTML(b.String()), err
}
