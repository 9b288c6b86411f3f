package fasthtml

import (
	"reflect"
	"slices"
	"text/template/parse"
)

// expr is something that has a value.
type expr struct {
	shape
	eval func(r *run, dot reflect.Value) reflect.Value
}

// known refuses what has another type in each execution.
func (e expr) known() expr {
	if e.Kind() == reflect.Interface {
		panic(refusal("interface value"))
	}
	return e
}

func constant(v any) expr {
	value := reflect.ValueOf(v)
	return expr{shape{value.Type(), false}, func(*run, reflect.Value) reflect.Value { return value }}
}

// pipe compiles a pipeline of one command: html/template adds others only to
// what is written.
func (s *scope) pipe(p *parse.PipeNode, dot shape) expr {
	if len(p.Cmds) != 1 {
		panic(refusal("pipeline " + p.String()))
	}
	return s.command(p.Cmds[0], dot)
}

func (s *scope) command(c *parse.CommandNode, dot shape) expr {
	first, args := c.Args[0], c.Args[1:]
	switch n := first.(type) {
	case *parse.IdentifierNode:
		return s.function(n.Ident, args, dot)
	case *parse.FieldNode:
		return s.chain(here(dot), n.Ident, args, dot)
	case *parse.VariableNode:
		return s.chain(s.variable(n.Ident[0]), n.Ident[1:], args, dot)
	}
	if len(args) > 0 {
		panic(refusal("arguments of " + first.String()))
	}
	return s.operand(first, dot)
}

// operand compiles an argument.
func (s *scope) operand(n parse.Node, dot shape) expr {
	switch n := n.(type) {
	case *parse.DotNode:
		return here(dot)
	case *parse.FieldNode:
		return s.chain(here(dot), n.Ident, nil, dot)
	case *parse.VariableNode:
		return s.chain(s.variable(n.Ident[0]), n.Ident[1:], nil, dot)
	case *parse.PipeNode:
		return s.pipe(n, dot)
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt {
			return constant(int(n.Int64))
		}
	}
	panic(refusal("operand " + n.String()))
}

func here(dot shape) expr {
	return expr{dot, func(_ *run, dot reflect.Value) reflect.Value { return dot }}
}

func (s *scope) variable(name string) expr {
	for slot := len(s.names) - 1; slot >= 0; slot-- {
		if s.names[slot].name == name {
			return expr{s.names[slot].shape, func(r *run, _ reflect.Value) reflect.Value { return r.vars[r.base+slot] }}
		}
	}
	panic(refusal("variable " + name))
}

// chain follows names from a value, as .Case.Lead does. The last may be a
// method with arguments.
func (s *scope) chain(e expr, names []string, args []parse.Node, dot shape) expr {
	for i, name := range names {
		if i == len(names)-1 {
			e = s.member(e.known(), name, args, dot)
		} else {
			e = s.member(e.known(), name, nil, dot)
		}
	}
	if len(names) == 0 && len(args) > 0 {
		panic(refusal("a variable is called"))
	}
	return e.known()
}

// member is a method or field of a value, sought in the order in which
// text/template seeks them.
func (s *scope) member(e expr, name string, args []parse.Node, dot shape) expr {
	if m, ok := e.MethodByName(name); ok {
		return s.method(e.eval, m, args, dot)
	}
	through := e.eval
	if e.Kind() == reflect.Pointer {
		// A nil pointer has no elements and a panic for it.
		inner := e.eval
		through = func(r *run, dot reflect.Value) reflect.Value { return element(inner(r, dot)) }
		e = expr{shape{e.Elem(), true}, through}
	} else if e.addressable {
		if m, ok := reflect.PointerTo(e.Type).MethodByName(name); ok {
			return s.method(func(r *run, dot reflect.Value) reflect.Value { return through(r, dot).Addr() }, m, args,
				dot)
		}
	}
	if e.Kind() != reflect.Struct || len(args) > 0 {
		panic(refusal("no " + name + " in " + e.String()))
	}
	f, ok := e.FieldByName(name)
	if !ok || !f.IsExported() {
		panic(refusal("no " + name + " in " + e.String()))
	}
	if len(f.Index) == 1 {
		i := f.Index[0]
		return expr{shape{f.Type, e.addressable}, func(r *run, dot reflect.Value) reflect.Value {
			return through(r, dot).Field(i)
		}}
	}
	// Through an embedded pointer it is addressable whatever it is in; of that
	// nothing is made.
	return expr{shape{f.Type, e.addressable}, func(r *run, dot reflect.Value) reflect.Value {
		return through(r, dot).FieldByIndex(f.Index)
	}}
}

func element(p reflect.Value) reflect.Value {
	if p.IsNil() {
		panic(ErrUnsure)
	}
	return p.Elem()
}

func (s *scope) method(recv func(*run, reflect.Value) reflect.Value, m reflect.Method, args []parse.Node,
	dot shape) expr {
	t := m.Type
	if t.IsVariadic() || t.NumOut() != 1 || t.NumIn() != len(args)+1 {
		panic(refusal("method " + m.Name))
	}
	given := make([]expr, len(args))
	for i, a := range args {
		given[i] = s.operand(a, dot)
		if given[i].Type != t.In(i+1) {
			panic(refusal("argument of method " + m.Name))
		}
	}
	function := m.Func
	if t.In(0).Kind() == reflect.Pointer {
		inner := recv
		recv = func(r *run, dot reflect.Value) reflect.Value {
			v := inner(r, dot)
			if v.IsNil() {
				panic(ErrUnsure)
			}
			return v
		}
	}
	return expr{shape{t.Out(0), false}, func(r *run, dot reflect.Value) reflect.Value {
		in := make([]reflect.Value, 1, 4)
		in[0] = recv(r, dot)
		for _, a := range given {
			in = append(in, a.eval(r, dot))
		}
		return function.Call(in)[0]
	}}.known()
}

// function is one of those that every template has.
func (s *scope) function(name string, args []parse.Node, dot shape) expr {
	operands := make([]expr, len(args))
	for i, a := range args {
		operands[i] = s.operand(a, dot)
	}
	switch name {
	case "len":
		if len(operands) == 1 && slices.Contains([]reflect.Kind{reflect.Slice, reflect.String}, operands[0].Kind()) {
			of := operands[0].eval
			return expr{shape{reflect.TypeFor[int](), false},
				func(r *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(of(r, dot).Len()) }}
		}
	case "or", "and":
		return either(operands, name == "or")
	case "not", "eq", "ne", "lt", "le", "gt", "ge":
		if holds := predicate(name, operands); holds != nil {
			return expr{shape{reflect.TypeFor[bool](), false},
				func(r *run, dot reflect.Value) reflect.Value { return reflect.ValueOf(holds(r, dot)) }}
		}
	}
	panic(refusal("function " + name))
}

// either is the first operand that holds (or), or that does not hold (and);
// failing that the last.
func either(operands []expr, wanted bool) expr {
	if len(operands) == 0 {
		panic(refusal("no operands"))
	}
	last := len(operands) - 1
	tests := make([]func(reflect.Value) bool, len(operands))
	for i, e := range operands {
		if e.Type != operands[0].Type {
			panic(refusal("operands of different types"))
		}
		tests[i] = truth(e)
	}
	return expr{shape{operands[0].Type, false}, func(r *run, dot reflect.Value) reflect.Value {
		for i := range last {
			if v := operands[i].eval(r, dot); tests[i](v) == wanted {
				return v
			}
		}
		return operands[last].eval(r, dot)
	}}
}
