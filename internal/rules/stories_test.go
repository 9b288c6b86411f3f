package rules_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/caserules"
	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/problem"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
)

// TestStories runs the rules over real histories, those of the register's own
// tests: one for each slug that any of them has the replay find. Each must
// come out as findings of a rule that there is, complete, once, and the same
// when it is done again.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("../register/testdata/stories/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	fault := regexp.MustCompile(`(?m)^  ! (\S+) `)
	told := map[string]bool{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fresh := ""
		for _, f := range archive.Files {
			for _, m := range fault.FindAllSubmatch(f.Data, -1) {
				if slug := string(m[1]); f.Name == "want" && !told[slug] {
					told[slug] = true
					fresh += slug + " "
				}
			}
		}
		if fresh == "" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			d := tell(t, archive)
			findings := rules.Run(d)
			found := map[string]bool{}
			prints := map[string]bool{}
			for _, f := range findings {
				found[f.Rule] = true
				if _, ok := caserules.Lookup(f.Rule); !ok {
					t.Errorf("no rule %s: %s", f.Rule, f.Message)
				}
				if f.Path == "" || f.Message == "" || f.Case == "" && strings.HasPrefix(f.Path, "cases/") {
					t.Errorf("incomplete finding: %+v", f)
				}
				if prints[f.Fingerprint] {
					t.Errorf("two findings of one fingerprint: %+v", f)
				}
				prints[f.Fingerprint] = true
				if f.Severity == problem.Error && d.Request && !f.New {
					t.Errorf("an error that the request does not bring: %+v", f)
				}
			}
			for slug := range strings.FieldsSeq(fresh) {
				if !found[slug] {
					t.Errorf("the replay found %s, the rules did not", slug)
				}
			}
			again := rules.Run(d)
			for i := range again {
				if again[i] != findings[i] {
					t.Errorf("finding %d differs the second time: %+v, %+v", i, findings[i], again[i])
				}
			}
		})
	}
	if len(told) < 20 {
		t.Errorf("the stories have only %d slugs", len(told))
	}
}

// tell makes the repository of a story and reads it.
func tell(t *testing.T, archive *txtar.Archive) *register.Register {
	t.Helper()
	config, err := os.ReadFile("../register/testdata/suqiu.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := gittest.Empty(t)
	files := map[string][]byte{"suqiu.yaml": config}
	for _, f := range archive.Files {
		if f.Name == "suqiu.yaml" || strings.HasPrefix(f.Name, "meetings/") {
			files[f.Name] = f.Data
		}
	}
	for name, data := range files {
		path := filepath.Join(r.Dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r.Run("at 2026-06-01 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 启用")
	if from := directive(archive, "from"); from != "" {
		r.Run(beginning(t, from))
	}
	r.Run(string(archive.Comment))
	if mark := directive(archive, "baseline"); mark != "" {
		r.Run("by 纳税服务科 <a@nsfwk.example>\nappend suqiu.yaml '基线: " + r.Rev("@"+mark) + "'\ncommit 基线")
	}
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	asOf, err := workday.Parse(directive(archive, "asof"))
	if err != nil {
		t.Fatal(err)
	}
	o := register.Options{AsOf: asOf, Now: asOf.Start().Add(10 * time.Hour)}
	if base := directive(archive, "base"); base != "" {
		o.Base, o.Ref = base, "HEAD"
	}
	d, err := register.Load(context.Background(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// directive reads `# name value` from a story's script; empty if it is not there.
func directive(archive *txtar.Archive, name string) string {
	m := regexp.MustCompile(`(?m)^# ` + name + ` (\S+)$`).FindSubmatch(archive.Comment)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// beginning is the script that leads to where a story starts: the parts of the
// register's beginnings up to the one of that name.
func beginning(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile("../register/testdata/beginnings.txtar")
	if err != nil {
		t.Fatal(err)
	}
	script := ""
	for _, f := range archive.Files {
		script += string(f.Data)
		if f.Name == name {
			return script
		}
	}
	t.Fatalf("no beginning %s", name)
	return ""
}
