package archtest

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// tables are the files that may list states: the transition table itself, and
// the schema, whose key 状态 has them as its values (a test of package workflow
// holds both together) and whose checks look at files without a replay.
var tables = []string{"internal/workflow/states.go", "internal/workflow/rows.go",
	"internal/record/schema.go", "internal/record/check.go", "internal/record/hint.go"}

// Nothing but the transition table knows what a row's number means, or which
// states there are: who asks for a row by its number, or lists four states, has
// begun a second table, which would be forgotten when the first one grows.
func TestTableIsTheOnlyOne(t *testing.T) {
	files := goFiles(t, filepath.Join("..", ".."))
	states := stateNames(files)
	if len(states) < 2*14 {
		t.Fatalf("states found: %v", states)
	}
	for _, f := range files {
		if slices.Contains(tables, f.path) {
			continue
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if (n.Op == token.EQL || n.Op == token.NEQ) && isRowNumber(n.X) && isPositive(n.Y) {
					t.Errorf("%s: a row is known by its number", f.set.Position(n.Pos()))
				}
			case *ast.SwitchStmt:
				if n.Tag != nil && isRowNumber(n.Tag) && slices.ContainsFunc(n.Body.List, hasNumber) {
					t.Errorf("%s: a switch on a row's number", f.set.Position(n.Pos()))
				}
			case *ast.CaseClause:
				if countStates(n.List, states) > 2 {
					t.Errorf("%s: a list of states", f.set.Position(n.Pos()))
				}
			case *ast.CompositeLit:
				if countStates(n.Elts, states) > 3 {
					t.Errorf("%s: a list of states", f.set.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

// stateNames are the constants of the table's states and what they say.
func stateNames(files []file) map[string]bool {
	names := map[string]bool{}
	for _, f := range files {
		if f.path != tables[0] {
			continue
		}
		ast.Inspect(f.File, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == 1 {
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
					text, _ := strconv.Unquote(lit.Value)
					names[spec.Names[0].Name], names[text] = true, true
				}
			}
			return true
		})
	}
	return names
}

// isRowNumber reports whether an expression reads like the number of a row.
func isRowNumber(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && (s.Sel.Name == "Row" || s.Sel.Name == "N")
}

func isPositive(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && lit.Kind == token.INT && lit.Value != "0"
}

func hasNumber(s ast.Stmt) bool { return slices.ContainsFunc(s.(*ast.CaseClause).List, isPositive) }

// countStates counts the elements of a list, or their keys, that are states.
func countStates(list []ast.Expr, states map[string]bool) int {
	n := 0
	for _, e := range list {
		values := []ast.Expr{e}
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			values = []ast.Expr{pair.Key, pair.Value}
		}
		for _, v := range values {
			name := ""
			switch v := v.(type) {
			case *ast.SelectorExpr:
				if from, ok := v.X.(*ast.Ident); ok && from.Name == "workflow" {
					name = v.Sel.Name
				}
			case *ast.BasicLit:
				name, _ = strconv.Unquote(v.Value)
			}
			if states[name] {
				n++
			}
		}
	}
	return n
}
