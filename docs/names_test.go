package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestNames: what the page of threats and the page for developers name is there:
// files, what the code declares, and tests; and each line against a threat names one.
func TestNames(t *testing.T) {
	code := declared(t)
	threats := read(t, "threats.md")
	for _, wrong := range append(unknown(threats, code), unknown(read(t, "code.md"), code)...) {
		t.Errorf("there is no %s", wrong)
	}
	defended, _, _ := strings.Cut(threats, "\n## 没有防住的\n")
	_, defended, _ = strings.Cut(defended, "\n## 冒名和越权\n")
	rows := 0
	for line := range strings.Lines(defended) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| --") || strings.HasPrefix(line, "| 防什么") {
			continue
		}
		if rows++; !test.MatchString(line) {
			t.Errorf("nothing shows %s", line)
		}
	}
	if rows < 30 {
		t.Errorf("only %d lines", rows)
	}
}

// TestNamesAreJudged makes sure that the test above finds what it looks for.
func TestNamesAreJudged(t *testing.T) {
	code := declared(t)
	for text, want := range map[string]string{
		"`docs.Pages` `docs/content.go` `docs`": "", "`internal/prose.Renderer.HTML`": "",
		"`docs.TestNames`": "", "`cmd/suqiu.TestScript/against`": "", "`suqiu check`": "", "`状态: 已推送`": "",
		"`docs.Sites`": "docs.Sites", "`docs/contents.go`": "docs/contents.go", "`internal/none`": "internal/none",
		"`internal/prose.Renderer.XML`": "internal/prose.Renderer.XML", "`docs.TestNone`": "docs.TestNone",
		"`cmd/suqiu.TestScript/none`": "cmd/suqiu.TestScript/none", "`Pages`": "Pages, without its package",
		"`suqiu.yaml` `.gitlab-ci.yml`": "", "`TestNames`": "TestNames, without its package",
	} {
		if got := strings.Join(unknown(text, code), " "); got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}

var (
	quoted    = regexp.MustCompile("`([^`\n]+)`")
	place     = regexp.MustCompile(`^(?:internal|site|cmd|docs|cases|templates|tools)(?:/[a-z0-9_./-]+[a-z0-9_])?`)
	bare      = regexp.MustCompile(`^[A-Z][A-Za-z]+(\.[A-Za-z]+)*$`)
	test      = regexp.MustCompile("`[a-z/]+\\.(Test|Fuzz)")
	subScript = regexp.MustCompile(`^cmd/suqiu\.TestScript/([a-z]+)$`)
)

// unknown are the names in a text that are not there.
func unknown(text string, code map[string]bool) (list []string) {
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		name := m[1]
		if sub := subScript.FindStringSubmatch(name); sub != nil {
			name = "cmd/suqiu/testdata/script/" + sub[1] + ".txtar"
		}
		_, err := os.Stat(filepath.Join("..", filepath.FromSlash(name)))
		switch {
		case bare.MatchString(name) && err != nil:
			list = append(list, name+", without its package")
		case place.MatchString(name) && err != nil && !code[name]:
			list = append(list, m[1])
		}
	}
	return list
}

// declared is what the code declares, tests included: package.Name and
// package.Type.Method, the package by its folder.
func declared(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, top := range []string{"cmd", "docs", "internal", "site", "templates", "cases", "tools"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || path.Ext(name) != ".go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			pkg, err := filepath.Rel("..", filepath.Dir(name))
			for _, d := range file.Decls {
				for _, declared := range namesOf(d) {
					names[filepath.ToSlash(pkg)+"."+declared] = true
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// namesOf are the names that a declaration declares.
func namesOf(d ast.Decl) (list []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		of := d.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		}
		if ident, ok := of.(*ast.Ident); ok {
			return []string{ident.Name + "." + d.Name.Name}
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				list = append(list, spec.Name.Name)
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					list = append(list, name.Name)
				}
			}
		}
	}
	return list
}
