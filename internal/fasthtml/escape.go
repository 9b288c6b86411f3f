package fasthtml

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
	"unicode/utf8"
)

// samples are places in which html/template escapes. Each stands for all
// places in which it escapes by the same functions.
var samples = []string{
	`<p>{{.}}</p>`,
	`<p title="{{.}}"></p>`,
	`<title>{{.}}</title>`,
	`<a href="{{.}}"></a>`,
	`<a href="x/{{.}}"></a>`,
	`<a href="x?{{.}}"></a>`,
}

// escaper writes as html/template does in one kind of place. What it knows of
// that place it has seen html/template do: which characters stay as they are.
// A text of no others is written at once; any other is put into a sample and
// cut out again.
type escaper struct {
	sample        *template.Template
	before, after int // bytes of the sample around what it escapes
	plain         [utf8.RuneSelf]bool
	wide          bool // characters beyond ASCII stay as they are
	apart         bool // each character is escaped whatever stands around it
	raw           bool // so does template.HTML
	pieces        sync.Pool
}

// escaper finds the one for the functions that html/template appended to an
// action.
func (c *compiler) escaper(functions []*parse.CommandNode) *escaper {
	if len(c.escapers) == 0 {
		for _, text := range samples {
			functions, e := newEscaper(text)
			c.escapers[functions] = e
		}
	}
	e := c.escapers[join(functions)]
	if e == nil {
		panic(refusal("escaped by " + join(functions)))
	}
	return e
}

func join(functions []*parse.CommandNode) string {
	var b strings.Builder
	for _, f := range functions {
		b.WriteString("|" + f.String())
	}
	return b.String()
}

func newEscaper(text string) (functions string, e *escaper) {
	e = &escaper{sample: template.Must(template.New("").Parse(text))}
	e.pieces.New = func() any { return new(bytes.Buffer) }
	var b bytes.Buffer
	if err := e.sample.Execute(&b, "a"); err != nil {
		panic(refusal(err.Error()))
	}
	nodes := e.sample.Tree.Root.Nodes
	e.before, e.after = len(nodes[0].(*parse.TextNode).Text), len(nodes[2].(*parse.TextNode).Text)
	const harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if e.keeps(harmless) { // at one look
		for _, c := range harmless {
			e.plain[c] = true
		}
	}
	for c := range e.plain {
		e.plain[c] = e.plain[c] || e.keeps(string(rune(c)))
	}
	e.wide = e.keeps("诉") && e.keeps("\u00e9") && e.keeps("\U0001f600") && e.keeps("\ufffd") && e.keeps("\ufeff") &&
		e.keeps("\u2028")
	e.raw = e.escape(template.HTML(`<a href="x">&amp;+'</a>`)) == `<a href="x">&amp;+'</a>`
	if !e.keeps("") {
		panic(refusal("a place that cannot be empty"))
	}
	functions = join(nodes[1].(*parse.ActionNode).Pipe.Cmds[1:])
	e.apart = functions == "|_html_template_htmlescaper" || functions == "|_html_template_attrescaper"
	return functions, e
}

func (e *escaper) keeps(s string) bool { return e.escape(s) == s }

// escape lets html/template do it.
func (e *escaper) escape(v any) string {
	b := e.pieces.Get().(*bytes.Buffer)
	defer e.pieces.Put(b)
	b.Reset()
	if err := e.sample.Execute(b, v); err != nil {
		panic(ErrUnsure)
	}
	return string(b.Bytes()[e.before : b.Len()-e.after])
}

// stretch is how much of a long text is escaped at once, in bytes: escaping copies
// what it is given a few times.
const stretch = 64 << 10

func (e *escaper) write(w io.StringWriter, s string) {
	for e.apart && len(s) > stretch {
		n := stretch
		for n > stretch-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		e.writeStretch(w, s[:n])
		s = s[n:]
	}
	e.writeStretch(w, s)
}

func (e *escaper) writeStretch(w io.StringWriter, s string) {
	for i := range len(s) {
		if c := s[i]; c < utf8.RuneSelf && !e.plain[c] || c >= utf8.RuneSelf && !e.wide {
			s = e.escape(s)
			break
		}
	}
	w.WriteString(s)
}

// of is how values of a type are written.
func (e *escaper) of(t reflect.Type) func(*run, reflect.Value) {
	switch {
	case t == reflect.TypeFor[template.HTML]():
		if !e.raw {
			return func(r *run, v reflect.Value) { r.WriteString(e.escape(template.HTML(v.String()))) }
		}
		return func(r *run, v reflect.Value) { r.WriteString(v.String()) }
	case t.PkgPath() == "html/template", t.Implements(reflect.TypeFor[error]()),
		t.Implements(reflect.TypeFor[fmt.Formatter]()):
	case t.Implements(reflect.TypeFor[fmt.Stringer]()):
		if t.Kind() != reflect.Pointer {
			return func(r *run, v reflect.Value) { e.write(r, v.Interface().(fmt.Stringer).String()) }
		}
	case t.Kind() == reflect.String:
		return func(r *run, v reflect.Value) { e.write(r, v.String()) }
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64:
		return func(r *run, v reflect.Value) { e.write(r, strconv.FormatInt(v.Int(), 10)) }
	}
	panic(refusal("written: " + t.String()))
}
