// Package fasthtml executes templates of html/template several times faster
// than html/template does.
//
// It does not parse or escape: html/template does, and says in the Tree of a
// template what is to be written how. A Program is that tree compiled for data
// of one Go type, so that fields are found once and not for every page, and
// so that text in which no character needs escaping is written as it is. Text
// that needs it goes through html/template itself (see escaper).
//
// It promises the same bytes or none. What it does not know (maps, interface
// values, functions of one's own) Compile refuses, and where Execute meets
// what html/template would complain of it gives up; in both cases the caller
// executes the template as usual, and gets the result or the complaint from
// the one who knows.
package fasthtml

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// ErrUnsure means that the program did not finish, and that html/template has
// to say what the result is.
var ErrUnsure = errors.New("fasthtml: left to html/template")

// Program is a template compiled for one type of data. It may be executed by
// several goroutines at once.
type Program struct {
	data reflect.Type
	root *routine
}

// Compile compiles the template of that name, which t has or refers to, for
// data of a pointer type. An error means no more than that html/template has
// to execute it.
func Compile(t *template.Template, name string, data reflect.Type) (p *Program, err error) {
	if data.Kind() != reflect.Pointer {
		return nil, fmt.Errorf("fasthtml: %v is no pointer", data)
	}
	// A template is escaped when it is first executed. Without data that may
	// end in an error, but not before the escaping.
	_ = t.ExecuteTemplate(discard{}, name, reflect.Zero(data).Interface())
	defer func() {
		if r := recover(); r != nil {
			refusal, ok := r.(refusal)
			if !ok {
				panic(r)
			}
			p, err = nil, fmt.Errorf("fasthtml: template %s: %s", name, string(refusal))
		}
	}()
	c := &compiler{set: t, routines: map[call]*routine{}, escapers: map[string]*escaper{}}
	return &Program{data, c.routine(name, shape{data, true})}, nil
}

// Execute appends what the template makes of data to b. If it returns an
// error, which is ErrUnsure, b is as it was.
func (p *Program) Execute(b *bytes.Buffer, data any) (err error) {
	v := reflect.ValueOf(data)
	if v.Type() != p.data {
		return ErrUnsure
	}
	start := b.Len()
	defer func() {
		// Whatever went wrong, a nil pointer or an index out of range:
		// html/template has words for it.
		if recover() != nil {
			b.Truncate(start)
			err = ErrUnsure
		}
	}()
	p.root.call(&run{Buffer: b}, v)
	return nil
}

// discard takes what nobody reads.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// run is one execution.
type run struct {
	*bytes.Buffer
	vars  []reflect.Value // of the routines that are under way, innermost last
	base  int             // where those of the innermost begin
	depth int             // how many are under way
}

// deepest is how far templates may call each other: one that calls itself
// without end is html/template's to complain of.
const deepest = 1000

// step writes one node of a template.
type step func(r *run, dot reflect.Value)

// routine is one template compiled for one type of dot.
type routine struct {
	steps []step
	vars  int
}

func (p *routine) call(r *run, dot reflect.Value) {
	if r.depth++; r.depth > deepest {
		panic(ErrUnsure)
	}
	base := r.base
	r.base = len(r.vars)
	for range p.vars {
		r.vars = append(r.vars, reflect.Value{})
	}
	r.vars[r.base] = dot // $
	for _, s := range p.steps {
		s(r, dot)
	}
	r.vars = r.vars[:r.base]
	r.base = base
	r.depth--
}

// call is a template and what it is called with.
type call struct {
	name string
	dot  shape
}

// shape is what is known of a value before there is one.
type shape struct {
	reflect.Type
	addressable bool // methods of the pointer can be called
}

// refusal is the reason why a template is not compiled; the compiler panics
// with it.
type refusal string

type compiler struct {
	set      *template.Template
	routines map[call]*routine
	escapers map[string]*escaper
}

func (c *compiler) routine(name string, dot shape) *routine {
	key := call{name, dot}
	if p := c.routines[key]; p != nil {
		return p // under way, if it calls itself
	}
	t := c.set.Lookup(name)
	if t == nil || t.Tree == nil {
		panic(refusal("no template " + name))
	}
	p := &routine{}
	c.routines[key] = p
	s := &scope{compiler: c, routine: p}
	s.declare("$", dot)
	p.steps = s.list(t.Tree.Root, dot)
	return p
}

// scope is where in a routine the compiler is.
type scope struct {
	*compiler
	routine *routine
	names   []variable
}

type variable struct {
	name string
	shape
}

func (s *scope) declare(name string, of shape) (slot int) {
	s.names = append(s.names, variable{name, of})
	s.routine.vars = max(s.routine.vars, len(s.names))
	return len(s.names) - 1
}

// list compiles nodes one after the other. Variables that they declare end
// with them.
func (s *scope) list(l *parse.ListNode, dot shape) (steps []step) {
	if l == nil {
		return nil
	}
	depth := len(s.names)
	for _, n := range l.Nodes {
		if step := s.node(n, dot); step != nil {
			steps = append(steps, step)
		}
	}
	s.names = s.names[:depth]
	return steps
}

func do(steps []step, r *run, dot reflect.Value) {
	for _, s := range steps {
		s(r, dot)
	}
}
