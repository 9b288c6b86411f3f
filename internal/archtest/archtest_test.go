package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows says which packages of this module a package may import. What it may
// import it need not.
var arrows = map[string][]string{
	"internal/workday":   {},
	"internal/invisible": {},
	"internal/bounds":    {},
	"internal/charset":   {},
	"internal/bestmatch": {},
	"internal/caseid":    {},
	"internal/changes":   shown,
	"internal/doctor": append([]string{"internal/gate", "internal/seal", "internal/terminal", "templates"},
		register...),
	"internal/seal":     {"internal/problem", "internal/signature", "internal/workday", "internal/yamltext"},
	"internal/holidays": {"internal/problem", "internal/workday", "internal/yamltext"},
	"internal/slip":     {"internal/bestmatch", "internal/workday"},
	"internal/problem":  {},
	"internal/yamltext": {"internal/invisible", "internal/problem"},
	"internal/record": {"internal/caseid", "internal/slip", "internal/frontmatter", "internal/mdfile",
		"internal/workday", "internal/yamltext",
		"internal/problem"},
	"internal/draft": {"internal/frontmatter", "internal/mdfile", "internal/yamltext"},
	"internal/config": {"internal/charset",
		"internal/bestmatch", "internal/workday", "internal/yamltext", "internal/problem"},
	"internal/papers": {"internal/charset",
		"internal/frontmatter", "internal/mdfile", "internal/workday", "internal/yamltext",
		"internal/problem"},
	"internal/store":     {"internal/parallel", "internal/publish", "internal/workday"},
	"internal/people":    {},
	"internal/gitconfig": {},
	"internal/gitindex":  {},
	"internal/gitpack":   {},
	"internal/git":       {"internal/gitconfig", "internal/gitindex", "internal/gitpack", "internal/people"},
	"internal/timeline":  {"internal/people", "internal/record", "internal/workday"},
	"internal/parallel":  {},
	"internal/mainline": {"internal/git", "internal/people", "internal/timeline", "internal/parallel",
		"internal/store", "internal/workday"},
	"internal/history": {"internal/caseid", "internal/git", "internal/mainline", "internal/timeline",
		"internal/problem",
		"internal/record", "internal/similar"},
	"internal/push":      {"internal/git", "internal/mainline", "internal/record", "internal/timeline"},
	"internal/signature": {"internal/workday", "internal/yamltext", "internal/problem"},
	"internal/clock":     {"internal/workday"},
	"internal/workflow": {"internal/clock", "internal/draft",
		"internal/timeline", "internal/frontmatter", "internal/mdfile",
		"internal/record",
		"internal/config", "internal/problem", "internal/workday"},
	"internal/replay": {"internal/clock", "internal/workflow", "internal/timeline", "internal/frontmatter",
		"internal/mdfile",
		"internal/record", "internal/config", "internal/problem", "internal/workday"},
	"internal/regulation": {"internal/workflow"},
	"internal/submit":     {},
	"internal/proposal": {"internal/caserules", "internal/config", "internal/papers", "internal/privacy",
		"internal/record", "internal/step", "internal/workflow"},
	"internal/form": {"internal/caseid", "internal/caserules", "internal/config", "internal/form/trail",
		"internal/mdfile", "internal/papers", "internal/people", "internal/privacy", "internal/problem",
		"internal/proposal", "internal/record", "internal/replay", "internal/step", "internal/timeline",
		"internal/workday"},
	"internal/form/trail": {"internal/caseid", "internal/config", "internal/mdfile", "internal/papers",
		"internal/people",
		"internal/record", "internal/replay", "internal/timeline", "internal/workday"},
	"internal/form/engine": {},
	"cmd/form":             {"internal/form"},
	"internal/ask":         {"internal/step"},
	"internal/desk": append([]string{"internal/analysis", "internal/caseid", "internal/gate", "internal/misuse",
		"internal/proposal",
		"internal/rules",
		"internal/step", "internal/submit"}, register...),
	"internal/deskcmd": append([]string{"internal/ask",
		"internal/charset", "internal/caseid", "internal/cli", "internal/desk",
		"internal/diag", "internal/dossier", "internal/holidays", "internal/migration", "internal/misuse",
		"internal/proposal", "internal/rules",
		"internal/seal", "internal/step",
		"internal/submit", "internal/terminal"}, register...),
	"internal/migration": append([]string{"internal/dossier"}, register...),
	"internal/analysis":  {"internal/ledger", "internal/office", "internal/record", "internal/step"},
	"internal/handin":    append([]string{"internal/desk", "internal/misuse"}, register...),
	"internal/step": {"internal/caserules", "internal/clock", "internal/config", "internal/draft",
		"internal/papers", "internal/frontmatter",
		"internal/mdfile", "internal/misuse", "internal/people", "internal/privacy", "internal/timeline",
		"internal/problem", "internal/record",
		"internal/replay", "internal/workday", "internal/workflow"},
	"internal/settings": {"internal/config", "internal/git", "internal/history", "internal/timeline",
		"internal/workday"},
	"internal/provenance": {"internal/config", "internal/git", "internal/history", "internal/problem", "internal/push",
		"internal/replay", "internal/settings", "internal/signature", "internal/timeline", "internal/workday"},
	"internal/register": {"internal/caserules", "internal/seal", "internal/signature",
		"internal/replay", "internal/problem", "internal/clock", "internal/store",
		"internal/workflow", "internal/privacy", "internal/git", "internal/mainline", "internal/history",
		"internal/people", "internal/provenance", "internal/settings", "internal/timeline", "internal/papers",
		"internal/frontmatter", "internal/mdfile", "internal/record", "internal/config", "internal/workday",
		"internal/yamltext"},
	"internal/diag":     {"internal/problem"},
	"internal/privacy":  {},
	"internal/search":   {},
	"internal/fasthtml": {},
	"internal/prose":    {"internal/bounds"},
	"internal/draw":     {"internal/clock", "internal/workday", "internal/workflow"},
	"internal/sitedir":  {"internal/office", "internal/publish", "internal/search", "internal/store"},
	"internal/similar":  {},
	"internal/publish":  {},
	"internal/worktree": {"internal/config", "internal/papers", "internal/publish"},
	"internal/terminal": {"internal/invisible"},
	"internal/overdue":  append([]string{"internal/office", "internal/terminal"}, register...),
	"internal/dossier":  append([]string{"internal/misuse", "internal/terminal"}, register...),
	"internal/renumber": append([]string{"internal/misuse", "internal/worktree"}, register...),
	"internal/minutes":  append([]string{"internal/terminal", "internal/misuse", "internal/worktree"}, register...),
	"internal/tidy": {"internal/config", "internal/papers", "internal/problem", "internal/record",
		"internal/worktree"},
	"internal/remind": append([]string{"internal/cli", "internal/misuse", "internal/office", "internal/overdue",
		"internal/terminal"}, register...),
	"internal/cli": append([]string{"internal/diag", "internal/gate", "internal/misuse", "internal/terminal",
		"internal/worktree"}, register...),
	"internal/intake": append([]string{"internal/ledger", "internal/worktree"}, register...),
	"internal/filing": append([]string{"internal/terminal", "internal/appraisal", "internal/bureaus",
		"internal/report", "internal/worktree"}, register...),
	"internal/trace":    append([]string{"internal/misuse", "internal/dossier", "internal/seal"}, register...),
	"internal/cleaning": {"internal/config", "internal/git"},
	"internal/preview":  {"internal/workday", "internal/worktree"},
	"internal/heap":     {},
	"internal/misuse":   {},
	"internal/gate": append([]string{"internal/caserules", "internal/misuse", "internal/rules",
		"internal/worktree"}, register...),
	"internal/office":    {"internal/bounds", "internal/prose", "internal/invisible", "internal/workday"},
	"internal/view":      append([]string{"internal/form/trail", "internal/seal"}, register...),
	"internal/ledger":    append([]string{"internal/charset", "internal/office", "internal/invisible"}, shown...),
	"internal/forms":     append([]string{"internal/misuse", "internal/office", "internal/register"}, shown...),
	"internal/document":  {"internal/office", "internal/seal", "internal/workday"},
	"internal/appraisal": append([]string{"internal/document", "internal/report"}, register...),
	"internal/bureaus": append([]string{"internal/terminal", "internal/document", "internal/misuse",
		"internal/office", "internal/report"}, register...),
	"internal/topics": {"internal/document", "internal/workday"},
	"internal/report": append([]string{"internal/document", "internal/office", "internal/topics"}, register...),
	"internal/caserules": {"internal/privacy", "internal/bestmatch", "internal/clock", "internal/config",
		"internal/problem", "internal/frontmatter", "internal/mdfile", "internal/record",
		"internal/workflow"},
	"internal/rules": append([]string{"internal/appraisal", "internal/caserules", "internal/diag",
		"internal/report", "internal/seal", "internal/similar", "internal/step"}, register...),
	"site": append([]string{"internal/appraisal", "internal/changes",
		"internal/diag", "internal/document", "internal/draft",
		"internal/draw",
		"internal/form/engine", "internal/forms", "internal/ledger", "internal/office", "internal/prose",
		"internal/regulation",
		"internal/report", "internal/search", "internal/sitedir", "internal/step", "internal/store", "templates",

		"internal/topics", "site/answered",
		"site/casepage", "site/daily", "site/dueday", "site/help",
		"site/facts", "site/feeds", "site/guide", "site/lookup", "site/morning",
		"site/opendata", "site/quality", "site/quarter",
		"site/worklist",
		"site/returns"}, shown...),
	"site/casepage": append([]string{"internal/draft", "internal/forms", "internal/prose", "internal/regulation",
		"internal/sitedir", "internal/step", "site/answered", "site/dueday", "site/facts"}, shown...),
	"site/answered": append([]string{"internal/caseid", "internal/document", "internal/office",
		"internal/similar", "internal/sitedir", "internal/topics"}, shown...),
	"site/daily": append([]string{"internal/changes", "internal/office", "internal/store", "site/dueday"},
		shown...),
	"site/dueday":   append([]string{"internal/draw"}, shown...),
	"site/facts":    append([]string{"internal/prose"}, shown...),
	"site/help":     {"docs", "internal/prose"},
	"site/opendata": shown, "site/quality": shown, "site/worklist": shown,
	"site/lookup": append([]string{"internal/office", "internal/search"}, shown...),
	"site/feeds":  append([]string{"internal/changes", "internal/office"}, shown...),
	"site/morning": append([]string{"internal/changes", "internal/sitedir", "internal/step", "site/dueday"},
		shown...),
	"site/guide": {"internal/config", "internal/diag", "internal/regulation", "internal/workday",
		"internal/workflow"},
	"site/quarter": append([]string{"internal/document", "internal/draw", "internal/prose", "internal/report",
		"internal/seal"},
		shown...),
	"site/returns": append([]string{"internal/bureaus", "internal/document", "internal/report", "site/quarter"},
		shown...),
	"templates": {"internal/fasthtml"},
	"cases":     {},
	"docs":      {},
	"internal/demo": {"cases", "internal/papers", "internal/frontmatter", "internal/mdfile", "internal/record",
		"internal/config",
		"internal/workday"},
	"internal/schema": {"internal/frontmatter", "internal/mdfile", "internal/record", "internal/config",
		"internal/workday",
		"internal/yamltext"},
	"internal/scaffold": {"cases", "internal/frontmatter", "internal/mdfile", "internal/record", "internal/yamltext",
		"internal/config", "internal/schema",
		"internal/workday"},
	"internal/gittest":   {},
	"internal/forgetest": {},
	"internal/archtest":  {},
	"internal/mdfile":    {"internal/bounds", "internal/invisible", "internal/problem", "internal/yamltext"},
	"internal/frontmatter": {"internal/charset",
		"internal/caseid", "internal/slip",
		"internal/mdfile", "internal/bounds", "internal/invisible", "internal/workday",
		"internal/yamltext",
		"internal/problem",
	},
	"cmd/suqiu": append([]string{
		"internal/analysis", "internal/doctor", "internal/form/engine",
		"internal/appraisal", "internal/bureaus", "internal/forms", "internal/ledger", "internal/office",
		"internal/caserules",
		"internal/caseid", "internal/diag", "internal/document", "internal/publish", "internal/rules",
		"internal/report", "internal/demo", "internal/scaffold", "internal/schema", "internal/sitedir", "internal/view",
		"internal/holidays", "internal/invisible", "internal/proposal", "internal/seal", "site", "templates",
	}, slices.Concat(commands, register)...),
}

// register is the register with everything below it.
var register = []string{
	"internal/register", "internal/provenance", "internal/settings",
	"internal/replay", "internal/clock", "internal/workflow", "internal/privacy", "internal/git",
	"internal/mainline", "internal/history", "internal/people", "internal/push", "internal/timeline",
	"internal/papers", "internal/frontmatter", "internal/mdfile", "internal/record", "internal/config",
	"internal/signature",
	"internal/problem", "internal/workday", "internal/yamltext",
}

// commands are the packages that do the work of single commands.
var commands = []string{
	"internal/ask", "internal/desk", "internal/deskcmd", "internal/handin", "internal/step", "internal/submit",
	"internal/cli", "internal/dossier", "internal/gate", "internal/minutes", "internal/overdue", "internal/renumber",
	"internal/terminal", "internal/tidy", "internal/worktree",
	"internal/intake", "internal/filing", "internal/trace", "internal/preview", "internal/heap", "internal/misuse",
	"internal/cleaning", "internal/migration", "internal/remind",
}

// shown is a view with what its values are made of: whoever makes something for
// people may not look behind it, into the register or the history.
var shown = []string{
	"internal/view", "internal/clock", "internal/config", "internal/frontmatter", "internal/mdfile",
	"internal/papers", "internal/problem",
	"internal/record",
	"internal/workday", "internal/workflow",
}

// reserved names foreign packages that only some packages may import.
var reserved = map[string][]string{
	"github.com/adrg/frontmatter": {"internal/mdfile"},
	"github.com/go-git/go-git":    {"internal/git", "internal/gitindex", "internal/demo", "internal/gittest"},
	"os/exec": {"internal/scaffold", "internal/demo", "internal/doctor", "internal/gittest", "internal/forgetest",
		"internal/seal", "internal/submit"},
	"github.com/spf13":         {"cmd/suqiu", "internal/cli", "internal/deskcmd", "internal/remind"},
	"golang.org/x/term":        {"cmd/suqiu"},
	"github.com/chromedp":      {},
	"github.com/rogpeppe":      {"internal/gittest"},
	"pgregory.net/rapid":       {},
	"github.com/google/go-cmp": {"internal/gittest"},
	"log":                      {},
	"testing":                  {"internal/gittest", "internal/forgetest"},
	"html/template": {"internal/draw", "internal/fasthtml", "internal/prose", "site", "site/casepage", "site/dueday",
		"site/quarter",
		"templates"},
	"github.com/yuin/goldmark":  {"internal/office", "internal/prose"},
	"github.com/xuri/excelize":  {"internal/ledger"},
	"go.yaml.in/yaml":           {"internal/yamltext", "internal/regulation"},
	"github.com/hiddeco/sshsig": {"internal/signature"},
	"github.com/ProtonMail":     {"internal/signature"},
	"golang.org/x/crypto":       {"internal/signature"},
}

// outside names what only cmd may touch: below it, days and text come in as
// arguments.
var outside = map[string][]string{
	"time": {"Now", "Since", "Until", "Local", "LoadLocation", "After", "Tick", "NewTimer", "NewTicker", "Sleep"},
	"os": {"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Exit", "Args", "Stdin", "Stdout", "Stderr", "UserHomeDir",
		"UserCacheDir", "Getwd"},
	"fmt": {"Print", "Println", "Printf", "Scan", "Scanln", "Scanf"},
}

// excused may touch some of it all the same, because they run git.
var excused = map[string][]string{
	"internal/demo":    {"os.Environ"},
	"internal/gittest": {"os.Environ", "os.Getenv"},
}

// maxLines keeps a file to what a reader can hold, and maxPackage a package.
const (
	maxLines   = 400
	maxPackage = 3000
)

const module = "suqiu/"

func TestHouse(t *testing.T) {
	files := goFiles(t, filepath.Join("..", ".."))
	seen := map[string]bool{}
	documented := map[string]bool{}
	lines := map[string]int{}
	for _, f := range files {
		allowed, listed := arrows[f.pkg]
		if !listed && !seen[f.pkg] {
			t.Errorf("package %s is in no arrow: enter it in the table of this test", f.pkg)
		}
		seen[f.pkg] = true
		documented[f.pkg] = documented[f.pkg] || f.Doc != nil
		lines[f.pkg] += f.lines
		if f.lines > maxLines {
			t.Errorf("%s has %d lines, more than %d", f.path, f.lines, maxLines)
		}
		for _, imported := range f.imports() {
			if own, ok := strings.CutPrefix(imported, module); ok {
				if listed && !slices.Contains(allowed, own) {
					t.Errorf("%s imports %s, against the arrows", f.path, own)
				}
				continue
			}
			for prefix, packages := range reserved {
				if (imported == prefix || strings.HasPrefix(imported, prefix+"/")) &&
					!slices.Contains(packages, f.pkg) {
					t.Errorf("%s imports %s, which is for %v alone", f.path, imported, packages)
				}
			}
		}
		for _, what := range f.reaches() {
			t.Errorf("%s: %s belongs into cmd", f.set.Position(what.Pos()), name(what))
		}
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: no init functions here", f.set.Position(fn.Pos()))
			}
		}
	}
	for pkg := range seen {
		if !documented[pkg] {
			t.Errorf("package %s has no package comment", pkg)
		}
		if lines[pkg] > maxPackage && pkg != "internal/gittest" {
			t.Errorf("package %s has %d lines, more than %d", pkg, lines[pkg], maxPackage)
		}
	}
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("package %s is in the table, but not in the tree", pkg)
		}
	}
}

// TestArrowsLead makes sure that the table itself has no circle, and that an
// allowed import is a package of the table.
func TestArrowsLead(t *testing.T) {
	const (
		open = 1 + iota
		done
	)
	state := map[string]int{}
	var visit func(pkg string, trail []string)
	visit = func(pkg string, trail []string) {
		switch {
		case state[pkg] == open:
			t.Fatalf("the arrows turn in a circle: %v", append(trail, pkg))
		case state[pkg] == done:
			return
		}
		if _, ok := arrows[pkg]; !ok {
			t.Errorf("%v leads to %s, which is not in the table", trail, pkg)
		}
		state[pkg] = open
		for _, next := range arrows[pkg] {
			visit(next, append(trail, pkg))
		}
		state[pkg] = done
	}
	for pkg := range arrows {
		visit(pkg, nil)
	}
}

// file is one parsed file of production code.
type file struct {
	*ast.File
	set   *token.FileSet
	path  string // slash-separated, from the top of the module
	pkg   string // folder
	lines int
}

// goFiles parses every Go file of the module but tests and nested modules.
func goFiles(t *testing.T, top string) []file {
	t.Helper()
	var files []file
	err := filepath.WalkDir(top, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			base := entry.Name()
			if rel != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules" ||
				rel == "tools" || rel == "demo") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		lines := set.File(parsed.Pos()).LineCount()
		files = append(files, file{parsed, set, rel, path.Dir(rel), lines})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

// imports lists the paths that f imports.
func (f file) imports() []string {
	var paths []string
	for _, spec := range f.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// reaches lists where f touches what is outside.
func (f file) reaches() []*ast.SelectorExpr {
	if strings.HasPrefix(f.pkg, "cmd/") {
		return nil
	}
	packages := map[string]string{} // the name in this file → the path
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		local := path.Base(p)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		packages[local] = p
	}
	var found []*ast.SelectorExpr
	ast.Inspect(f.File, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok {
			p := packages[x.Name]
			if slices.Contains(outside[p], sel.Sel.Name) && !slices.Contains(excused[f.pkg], p+"."+sel.Sel.Name) {
				found = append(found, sel)
			}
		}
		return true
	})
	return found
}

func name(sel *ast.SelectorExpr) string {
	if x, ok := sel.X.(*ast.Ident); ok {
		return x.Name + "." + sel.Sel.Name
	}
	return sel.Sel.Name
}

// TestReaches makes sure that the search finds what it looks for, under
// another name too, and leaves the command alone.
func TestReaches(t *testing.T) {
	const src = "package p\nimport (\"os\"; clock \"time\")\nvar _, _, _ = clock.Now, os.Getenv, os.ReadFile\n"
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	for pkg, want := range map[string]string{"site": "clock.Now os.Getenv", "cmd/suqiu": ""} {
		var got []string
		for _, sel := range (file{File: parsed, set: set, pkg: pkg}).reaches() {
			got = append(got, name(sel))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("in %s: found %v, want %q", pkg, got, want)
		}
	}
}
