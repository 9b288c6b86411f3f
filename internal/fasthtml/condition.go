package fasthtml

import (
	"cmp"
	"reflect"
	"text/template/parse"
)

// condition compiles what an if asks.
func (s *scope) condition(p *parse.PipeNode, dot shape) func(r *run, dot reflect.Value) bool {
	if len(p.Cmds) != 1 {
		panic(refusal("pipeline " + p.String()))
	}
	return s.holds(p.Cmds[0], dot)
}

// holds compiles a command of which only the truth matters; "or" and "and" may
// then have operands of any types.
func (s *scope) holds(c *parse.CommandNode, dot shape) func(r *run, dot reflect.Value) bool {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	if ok && len(c.Args) > 1 && (name.Ident == "or" || name.Ident == "and") {
		var parts []func(*run, reflect.Value) bool
		for _, a := range c.Args[1:] {
			if p, ok := a.(*parse.PipeNode); ok && len(p.Decl) == 0 {
				parts = append(parts, s.condition(p, dot))
				continue
			}
			parts = append(parts, whether(s.operand(a, dot)))
		}
		wanted := name.Ident == "or"
		return func(r *run, dot reflect.Value) bool {
			for _, p := range parts {
				if p(r, dot) == wanted {
					return wanted
				}
			}
			return !wanted
		}
	}
	if ok {
		var operands []expr
		for _, a := range c.Args[1:] {
			operands = append(operands, s.operand(a, dot))
		}
		if p := predicate(name.Ident, operands); p != nil {
			return p
		}
	}
	return whether(s.command(c, dot))
}

func whether(e expr) func(r *run, dot reflect.Value) bool {
	holds := truth(e)
	return func(r *run, dot reflect.Value) bool { return holds(e.eval(r, dot)) }
}

// truth tells of a value what template.IsTrue does.
func truth(e expr) func(reflect.Value) bool {
	switch e.Kind() {
	case reflect.Bool:
		return reflect.Value.Bool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(v reflect.Value) bool { return v.Int() != 0 }
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return func(v reflect.Value) bool { return v.Uint() != 0 }
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return func(v reflect.Value) bool { return v.Len() > 0 }
	case reflect.Pointer, reflect.Func:
		return func(v reflect.Value) bool { return !v.IsNil() }
	case reflect.Struct:
		return func(reflect.Value) bool { return true }
	}
	panic(refusal("truth of " + e.String()))
}

// predicate is a function that says yes or no; nil if it is none, or one of
// operands that are not compared here.
func predicate(name string, operands []expr) func(r *run, dot reflect.Value) bool {
	if name == "not" && len(operands) == 1 {
		holds := whether(operands[0])
		return func(r *run, dot reflect.Value) bool { return !holds(r, dot) }
	}
	if len(operands) != 2 {
		return nil
	}
	passes := map[string]func(int) bool{
		"eq": func(c int) bool { return c == 0 }, "ne": func(c int) bool { return c != 0 },
		"lt": func(c int) bool { return c < 0 }, "le": func(c int) bool { return c <= 0 },
		"gt": func(c int) bool { return c > 0 }, "ge": func(c int) bool { return c >= 0 },
	}[name]
	if passes == nil {
		return nil
	}
	a, b := operands[0], operands[1]
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return func(r *run, dot reflect.Value) bool {
			return passes(cmp.Compare(a.eval(r, dot).String(), b.eval(r, dot).String()))
		}
	case a.integer() && b.integer():
		return func(r *run, dot reflect.Value) bool {
			return passes(cmp.Compare(a.eval(r, dot).Int(), b.eval(r, dot).Int()))
		}
	}
	return nil
}

// integer reports whether values of the shape are signed integers.
func (s shape) integer() bool { return s.Kind() >= reflect.Int && s.Kind() <= reflect.Int64 }
