package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/printer"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mutant is one change of one place. All changes of a package are compiled
// together; a program makes the one whose number its environment names.
type mutant struct {
	id      int
	key     string // file, function and change: what survivors.txt names it by
	outcome outcome
}

// operators are the functions of switches.go that stand for an operator, with
// what they change it to.
var operators = map[token.Token]struct {
	function string
	to       []string
}{
	token.LSS:  {"mutateLess", []string{"<=", ">="}},
	token.LEQ:  {"mutateLessEqual", []string{"<", ">"}},
	token.GTR:  {"mutateMore", []string{">=", "<="}},
	token.GEQ:  {"mutateMoreEqual", []string{">", "<"}},
	token.LAND: {"mutateAnd", []string{"||"}},
	token.LOR:  {"mutateOr", []string{"&&"}},
	token.ADD:  {"mutateAdd", []string{"-"}},
	token.SUB:  {"mutateSub", []string{"+"}},
	token.MUL:  {"mutateMul", []string{"/"}},
	token.QUO:  {"mutateQuo", []string{"*"}},
	token.REM:  {"mutateRem", []string{"*"}},
}

// assigned are the operators of statements that assign.
var assigned = map[token.Token]token.Token{token.INC: token.ADD, token.DEC: token.SUB,
	token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB}

// edit replaces the bytes from at to end; one that closes what another opened
// comes before all else at its place, the innermost first.
type edit struct {
	at, end int
	text    string
	closes  bool
}

// collector gathers the mutants of one file, and the edits that make the file
// hold them all.
type collector struct {
	set      *token.FileSet
	info     *types.Info
	file     string
	source   []byte
	function string
	times    map[string]int // how often the same change was met in this function
	first    int            // the number of the file's first mutant
	mutants  []*mutant
	edits    []edit
}

// mutate lists the mutants of one file, from top to bottom, numbered from
// first, and returns the file that holds them.
func mutate(set *token.FileSet, info *types.Info, file *ast.File, path string, first int) ([]*mutant, []byte, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	c := &collector{set: set, info: info, file: path, source: source, first: first}
	for _, decl := range file.Decls {
		c.function, c.times = name(decl), map[string]int{}
		if g, ok := decl.(*ast.GenDecl); ok && (g.Tok == token.IMPORT || g.Tok == token.CONST || g.Tok == token.TYPE) {
			continue
		}
		ast.Inspect(decl, c.visit)
	}
	return c.mutants, c.apply(), nil
}

// name is how the keys call a declaration: a function by its receiver's type
// and name.
func name(decl ast.Decl) string {
	f, ok := decl.(*ast.FuncDecl)
	if !ok {
		return "var"
	}
	if f.Recv == nil {
		return f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}
	return fmt.Sprintf("%s.%s", receiver, f.Name.Name)
}

func (c *collector) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		c.binary(n)
	case *ast.UnaryExpr:
		c.unary(n)
	case *ast.Ident:
		if other, ok := map[string]string{"true": "false", "false": "true"}[n.Name]; ok {
			id := c.add(n, n.Name, other)
			c.around(n, "(", fmt.Sprintf(" != mutateOn(%d))", id))
		}
	case *ast.IncDecStmt:
		if c.number(n.X) {
			to := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
			c.replace(n.TokPos, n.Tok, fmt.Sprintf(" = %s(%d, %s, 1)", operators[assigned[n.Tok]].function,
				c.add(n, n.Tok.String(), to), c.raw(n.X)))
		}
	case *ast.AssignStmt:
		if by, ok := assigned[n.Tok]; ok && c.number(n.Lhs[0]) {
			id := c.add(n, n.Tok.String(), operators[by].to[0]+"=")
			c.replace(n.TokPos, n.Tok, fmt.Sprintf("= %s(%d, %s,", operators[by].function, id, c.raw(n.Lhs[0])))
			c.around(n.Rhs[0], "", ")")
		}
	case *ast.BlockStmt:
		c.drops(n.List)
	case *ast.CaseClause:
		c.drops(n.Body)
	case *ast.CommClause:
		c.drops(n.Body)
	}
	return true
}

// binary changes the operator between two operands.
func (c *collector) binary(n *ast.BinaryExpr) {
	if c.info.Types[n].Value != nil {
		return
	}
	switch n.Op {
	case token.EQL, token.NEQ:
		to := map[token.Token]string{token.EQL: "!=", token.NEQ: "=="}[n.Op]
		c.around(n, "((", fmt.Sprintf(") != mutateOn(%d))", c.add(n, n.Op.String(), to)))
		return
	case token.ADD, token.SUB, token.MUL, token.QUO, token.REM:
		if !c.number(n) {
			return
		}
	}
	by, ok := operators[n.Op]
	if !ok {
		return
	}
	id := c.add(n, n.Op.String(), by.to...)
	between, after := ", ", ")"
	if n.Op == token.LAND || n.Op == token.LOR {
		between, after = ", func() bool { return (", ") })"
	}
	c.around(n, fmt.Sprintf("%s(%d, ", by.function, id), after)
	c.replace(n.OpPos, n.Op, between)
}

// unary drops an operator before its operand.
func (c *collector) unary(n *ast.UnaryExpr) {
	switch {
	case n.Op == token.NOT:
		c.around(n, "(", fmt.Sprintf(" != mutateOn(%d))", c.add(n, "!", "nothing")))
	case n.Op == token.SUB && c.number(n):
		c.around(n, fmt.Sprintf("mutateNegative(%d, ", c.add(n, "-", "nothing")), ")")
		c.replace(n.OpPos, n.Op, "")
	}
}

// drops takes each statement out that assigns or calls.
func (c *collector) drops(list []ast.Stmt) {
	for _, n := range list {
		switch s := n.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
		case *ast.ExprStmt:
			// Without its panic a function may lack a return.
			if call, ok := s.X.(*ast.CallExpr); ok && c.raw(call.Fun) == "panic" {
				continue
			}
		default:
			continue
		}
		c.around(n, fmt.Sprintf("if !mutateOn(%d) { ", c.named(c.text(n)+": dropped")), " }")
	}
}

// number tells whether an expression is of a number's type.
func (c *collector) number(e ast.Expr) bool {
	is, ok := c.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && is.Info()&types.IsNumeric != 0
}

// add notes what an operator may be changed to; shown is the node around it.
func (c *collector) add(shown ast.Node, from string, to ...string) (id int) {
	id = c.first + len(c.mutants)
	for _, other := range to {
		c.named(fmt.Sprintf("%s: %s → %s", c.text(shown), from, other))
	}
	return id
}

func (c *collector) named(change string) (id int) {
	c.times[change]++
	if n := c.times[change]; n > 1 {
		change = fmt.Sprintf("%s (%d)", change, n)
	}
	id = c.first + len(c.mutants)
	c.mutants = append(c.mutants, &mutant{id: id, key: filepath.ToSlash(c.file) + " " + c.function + " " + change})
	return id
}

// around puts text before and behind a node.
func (c *collector) around(n ast.Node, before, behind string) {
	from, to := c.set.Position(n.Pos()).Offset, c.set.Position(n.End()).Offset
	c.edits = append(c.edits, edit{from, from, before, false}, edit{to, to, behind, true})
}

func (c *collector) replace(at token.Pos, operator token.Token, text string) {
	offset := c.set.Position(at).Offset
	c.edits = append(c.edits, edit{offset, offset + len(operator.String()), text, false})
}

// apply is the file with the edits made. Those at one place stand in the order
// in which nodes are visited, outer before inner, or reversed where they close.
func (c *collector) apply() []byte {
	order := make([]int, len(c.edits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := c.edits[i], c.edits[j]
		switch {
		case a.at != b.at:
			return cmp.Compare(a.at, b.at)
		case a.closes && b.closes:
			return cmp.Compare(j, i)
		case a.closes != b.closes:
			return map[bool]int{true: -1, false: 1}[a.closes]
		}
		return cmp.Compare(i, j)
	})
	var out []byte
	done := 0
	for _, i := range order {
		e := c.edits[i]
		out = append(append(out, c.source[done:e.at]...), e.text...)
		done = e.end
	}
	return append(out, c.source[done:]...)
}

// raw is a node as it is written.
func (c *collector) raw(n ast.Node) string {
	return string(c.source[c.set.Position(n.Pos()).Offset:c.set.Position(n.End()).Offset])
}

// text is a node on one line.
func (c *collector) text(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, c.set, n); err != nil {
		return err.Error()
	}
	line := []rune(strings.Join(strings.Fields(b.String()), " "))
	if len(line) > 90 {
		line = append(line[:90], '…')
	}
	return string(line)
}
