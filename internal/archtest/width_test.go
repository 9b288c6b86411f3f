package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/width"
)

// maxColumns is how wide a line may be: a tab takes four columns, a Chinese
// character two.
const maxColumns = 120

// TestWidth holds every line of Go to what fits a screen. In tests, scripts and
// pages in raw strings are as wide as what they stand for.
func TestWidth(t *testing.T) {
	top := filepath.Join("..", "..")
	err := filepath.WalkDir(top, func(name string, entry os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case filepath.Ext(name) != ".go":
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		raw := map[int]bool{}
		if strings.HasSuffix(name, "_test.go") {
			raw, err = rawLines(name, source)
		}
		for i, line := range strings.Split(string(source), "\n") {
			if n := columns(line); n > maxColumns && !raw[i+1] {
				t.Errorf("%s:%d has %d columns, more than %d", name, i+1, n, maxColumns)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// rawLines are the lines of a file on which a raw string of several lines
// stands.
func rawLines(name string, source []byte) (map[int]bool, error) {
	set, lines := token.NewFileSet(), map[int]bool{}
	file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING && strings.HasPrefix(s.Value, "`") {
			from, to := set.Position(s.Pos()).Line, set.Position(s.End()).Line
			for line := from; line <= to && to > from; line++ {
				lines[line] = true
			}
		}
		return true
	})
	return lines, nil
}

// columns is how many columns of a screen a line takes.
func columns(line string) (n int) {
	for _, r := range line {
		switch kind := width.LookupRune(r).Kind(); {
		case r == '\t':
			n += 4
		case kind == width.EastAsianWide, kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func TestColumns(t *testing.T) {
	for line, want := range map[string]int{"": 0, "\tx": 5, "诉求 a": 6, "（甲）": 6, "“a”": 3} {
		if got := columns(line); got != want {
			t.Errorf("%q has %d columns, not %d", line, got, want)
		}
	}
}
