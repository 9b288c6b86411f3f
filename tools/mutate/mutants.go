package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// mutant is one change of one file: the bytes from start to end are replaced.
type mutant struct {
	file        string
	start, end  int
	line        int
	replacement string
	key         string // file, function and change: what survivors.txt names it by
	outcome     outcome
}

// replacements are what an operator is changed to.
var replacements = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD}, token.MUL: {token.QUO}, token.QUO: {token.MUL},
	token.REM: {token.MUL}, token.INC: {token.DEC}, token.DEC: {token.INC},
	token.ADD_ASSIGN: {token.SUB_ASSIGN}, token.SUB_ASSIGN: {token.ADD_ASSIGN},
}

// collector gathers the mutants of one file.
type collector struct {
	set      *token.FileSet
	file     string
	source   []byte
	function string
	times    map[string]int // how often the same change was met in this function
	mutants  []*mutant
}

// mutate lists the mutants of one file, from top to bottom.
func mutate(path string) ([]*mutant, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &collector{set: token.NewFileSet(), file: path, source: source}
	file, err := parser.ParseFile(c.set, path, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		c.function, c.times = name(decl), map[string]int{}
		if g, ok := decl.(*ast.GenDecl); ok && (g.Tok == token.IMPORT || g.Tok == token.CONST || g.Tok == token.TYPE) {
			continue
		}
		ast.Inspect(decl, c.visit)
	}
	return c.mutants, nil
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
		for _, to := range replacements[n.Op] {
			c.replace(n.OpPos, n.Op.String(), to.String(), n)
		}
	case *ast.IncDecStmt:
		c.replace(n.TokPos, n.Tok.String(), replacements[n.Tok][0].String(), n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT || n.Op == token.SUB {
			c.replace(n.OpPos, n.Op.String(), "", n)
		}
	case *ast.Ident:
		if n.Name == "true" || n.Name == "false" {
			c.replace(n.Pos(), n.Name, map[string]string{"true": "false", "false": "true"}[n.Name], n)
		}
	case *ast.AssignStmt:
		for _, to := range replacements[n.Tok] {
			c.replace(n.TokPos, n.Tok.String(), to.String(), n)
		}
		if n.Tok != token.DEFINE {
			c.drop(n)
		}
	case *ast.ExprStmt:
		c.drop(n)
	}
	return true
}

// replace changes what stands at a place; shown is the node around it.
func (c *collector) replace(at token.Pos, from, to string, shown ast.Node) {
	start := c.set.Position(at)
	c.add(start, start.Offset+len(from), to, fmt.Sprintf("%s: %s → %s", c.text(shown), from, or(to, "nothing")))
}

// drop takes a statement out. What it assigns is still used, or it would not
// compile.
func (c *collector) drop(n ast.Stmt) {
	start, used := c.set.Position(n.Pos()), ""
	if a, ok := n.(*ast.AssignStmt); ok {
		for _, value := range a.Rhs {
			if id, ok := value.(*ast.Ident); ok && id.Name != "nil" && id.Name != "true" && id.Name != "false" {
				used += "_ = " + id.Name + ";"
			}
		}
	}
	c.add(start, c.set.Position(n.End()).Offset, used, c.text(n)+": dropped")
}

func (c *collector) add(at token.Position, end int, replacement, change string) {
	c.times[change]++
	if n := c.times[change]; n > 1 {
		change = fmt.Sprintf("%s (%d)", change, n)
	}
	c.mutants = append(c.mutants, &mutant{file: c.file, start: at.Offset, end: end, line: at.Line,
		replacement: replacement,
		key:         filepath.ToSlash(c.file) + " " + c.function + " " + change})
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

// or is a text, or another if it is empty.
func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// apply is the file with the change made.
func (m *mutant) apply() ([]byte, error) {
	source, err := os.ReadFile(m.file)
	if err != nil {
		return nil, err
	}
	return []byte(string(source[:m.start]) + m.replacement + string(source[m.end:])), nil
}
