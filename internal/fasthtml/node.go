package fasthtml

import (
	"reflect"
	"text/template/parse"
)

// node compiles one node; nil if it writes nothing.
func (s *scope) node(n parse.Node, dot shape) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run, _ reflect.Value) { r.Write(text) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return s.action(n, dot)
	case *parse.IfNode:
		return s.choice(&n.BranchNode, dot)
	case *parse.WithNode:
		return s.with(&n.BranchNode, dot)
	case *parse.RangeNode:
		return s.loop(&n.BranchNode, dot)
	case *parse.TemplateNode:
		if n.Pipe == nil {
			panic(refusal("template without data"))
		}
		e := s.pipe(n.Pipe, dot)
		p := s.compiler.routine(n.Name, e.shape)
		return func(r *run, dot reflect.Value) { p.call(r, e.eval(r, dot)) }
	}
	panic(refusal("node " + n.String()))
}

// action writes a value or sets a variable.
func (s *scope) action(n *parse.ActionNode, dot shape) step {
	if len(n.Pipe.Decl) > 0 {
		e := s.pipe(n.Pipe, dot)
		slot := s.assign(n.Pipe, e.shape)
		return func(r *run, dot reflect.Value) { r.vars[r.base+slot] = e.eval(r, dot) }
	}
	if len(n.Pipe.Cmds) < 2 {
		panic(refusal("not escaped: " + n.String()))
	}
	e := s.command(n.Pipe.Cmds[0], dot)
	write := s.escaper(n.Pipe.Cmds[1:]).of(e.Type)
	return func(r *run, dot reflect.Value) { write(r, e.eval(r, dot)) }
}

// assign gives the one variable that a pipe declares its place.
func (s *scope) assign(p *parse.PipeNode, of shape) (slot int) {
	if p.IsAssign || len(p.Decl) != 1 || len(p.Decl[0].Ident) != 1 {
		panic(refusal("assignment " + p.String()))
	}
	return s.declare(p.Decl[0].Ident[0], of)
}

func (s *scope) choice(n *parse.BranchNode, dot shape) step {
	if len(n.Pipe.Decl) > 0 {
		panic(refusal("variable of an if"))
	}
	holds := s.condition(n.Pipe, dot)
	yes, no := s.list(n.List, dot), s.list(n.ElseList, dot)
	return func(r *run, dot reflect.Value) {
		if holds(r, dot) {
			do(yes, r, dot)
		} else {
			do(no, r, dot)
		}
	}
}

func (s *scope) with(n *parse.BranchNode, dot shape) step {
	depth := len(s.names)
	e := s.pipe(n.Pipe, dot)
	holds := truth(e)
	slot := -1
	if len(n.Pipe.Decl) > 0 {
		slot = s.assign(n.Pipe, e.shape)
	}
	yes, no := s.list(n.List, e.shape), s.list(n.ElseList, dot)
	s.names = s.names[:depth]
	return func(r *run, dot reflect.Value) {
		v := e.eval(r, dot)
		if slot >= 0 {
			r.vars[r.base+slot] = v
		}
		if holds(v) {
			do(yes, r, v)
		} else {
			do(no, r, dot)
		}
	}
}

func (s *scope) loop(n *parse.BranchNode, dot shape) step {
	depth := len(s.names)
	e := s.pipe(n.Pipe, dot)
	if e.Kind() != reflect.Slice || n.Pipe.IsAssign {
		panic(refusal("range over " + e.String()))
	}
	element := shape{e.Elem(), true}
	index, value := -1, -1
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		value = s.declare(decl[0].Ident[0], element)
	case 2:
		index = s.declare(decl[0].Ident[0], shape{reflect.TypeFor[int](), false})
		value = s.declare(decl[1].Ident[0], element)
	}
	each, none := s.list(n.List, element), s.list(n.ElseList, dot)
	s.names = s.names[:depth]
	return func(r *run, dot reflect.Value) {
		list := e.eval(r, dot)
		size := list.Len()
		if size == 0 {
			do(none, r, dot)
		}
		for i := range size {
			v := list.Index(i)
			if index >= 0 {
				r.vars[r.base+index] = reflect.ValueOf(i)
			}
			if value >= 0 {
				r.vars[r.base+value] = v
			}
			do(each, r, v)
		}
	}
}
