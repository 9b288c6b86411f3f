package record

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the findings of the fixtures")

// alias stands for the configuration's canon.
func alias(name string) string {
	switch name {
	case "征管科":
		return "征收管理科"
	case "货劳科":
		return "货物和劳务税科"
	}
	return name
}

// findings are the problems of a case, three lines each.
func findings(c *Case) string {
	var b strings.Builder
	if c.Unreadable {
		b.WriteString("(unreadable)\n")
	}
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "%d:%d-%d %s %s\n  %s\n  %s\n", p.Line, p.Column, p.EndLine, p.Rule, p.Key, p.Message,
			strings.ReplaceAll(p.Fix, "\n", "\n  "))
	}
	return b.String()
}

// Every form that DESIGN section 3 names, tolerated and refused: what is said
// of it, where, and what to paste instead.
func TestFixtures(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			file := filepath.Join("testdata", filepath.FromSlash(f.name)+".md")
			seen[file] = true
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			path := f.path
			if path == "" {
				path = "cases/2026/07/202607-NFZX-012.md"
			}
			c := Parse(path, src, alias)
			got := findings(c)
			if len(c.Problems) != f.findings {
				t.Fatalf("%d findings, want %d:\n%s", len(c.Problems), f.findings, got)
			}
			rule := strings.Split(f.name, "/")[0]
			if rule != "tolerated" && !strings.Contains(got, " "+rule+" ") {
				t.Errorf("no finding of rule %s:\n%s", rule, got)
			}
			if f.findings == 0 {
				return
			}
			golden := strings.TrimSuffix(file, ".md") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got:\n%swant:\n%s", got, want)
			}
		})
	}
	files, err := filepath.Glob("testdata/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !seen[file] {
			t.Errorf("%s is not in the list of fixtures", file)
		}
	}
}
