package register_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata/stories")

// A story is a txtar file: the script of gittest, a line `# asof DAY`, a line
// `# faults N` that states how many faults the replay must find, and the
// section `want` with every case's state, events, clocks and faults. The
// repository begins with testdata/suqiu.yaml, landed on 2026-06-01, and with
// `# from STATE` with the beginning that testdata/beginnings.txtar has for it.
// `# baseline MARK` makes the marked commit the 基线 once the script has run.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d := load(t, archive, story(t, archive))
			got, faults := print(d)
			if want := number(t, archive, "faults"); faults != want {
				t.Fatalf("the replay found %d faults, the story states %d:\n%s", faults, want, got)
			}
			if *update {
				rewrite(t, file, archive, got)
				return
			}
			if diff := cmp.Diff(section(archive, "want"), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func story(t *testing.T, archive *txtar.Archive) *gittest.Repository {
	t.Helper()
	config := section(archive, "suqiu.yaml")
	if config == "" {
		data, err := os.ReadFile("testdata/suqiu.yaml")
		if err != nil {
			t.Fatal(err)
		}
		config = string(data)
	}
	r := gittest.Empty(t)
	if err := os.WriteFile(filepath.Join(r.Dir, "suqiu.yaml"), []byte(config), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "meetings/") {
			path := filepath.Join(r.Dir, f.Name)
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, f.Data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	r.Run("at 2026-06-01 09:00\nby 纳税服务科 <a@nsfwk.example>\ncommit 启用")
	if from := directive(t, archive, "from"); from != "" {
		r.Run(beginning(t, from))
	}
	r.Run(string(archive.Comment))
	if mark := directive(t, archive, "baseline"); mark != "" {
		r.Run("by 纳税服务科 <a@nsfwk.example>\nappend suqiu.yaml '基线: " + r.Rev("@"+mark) + "'\ncommit 基线")
	}
	return r
}

// beginning joins the scripts up to the one of that name: each goes on where
// the one before it ends.
func beginning(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/beginnings.txtar")
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

func load(t *testing.T, archive *txtar.Archive, r *gittest.Repository) *register.Register {
	t.Helper()
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	asOf, err := workday.Parse(directive(t, archive, "asof"))
	if err != nil {
		t.Fatal(err)
	}
	o := register.Options{AsOf: asOf, Now: asOf.Start().Add(10 * time.Hour)}
	if base := directive(t, archive, "base"); base != "" {
		o.Base, o.Ref = base, "HEAD"
	}
	d, err := register.Load(context.Background(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// print writes what the replay made of every case, and counts the faults.
func print(d *register.Register) (string, int) {
	var b strings.Builder
	faults := 0
	for _, c := range d.Cases {
		fmt.Fprintf(&b, "%s %s", c.ID, c.Life.State)
		if c.Stale {
			b.WriteString(" 两边都改过")
		}
		if c.Life.Lead != "" {
			fmt.Fprintf(&b, " 承办 %s（第 %d 次推送）", c.Life.Lead, c.Life.Pushes)
		}
		b.WriteString("\n")
		for _, e := range c.Life.Events {
			fmt.Fprintf(&b, "  %d. %s %s %s", e.N, e.At.Time().Format("2006-01-02 15:04"), e.Unit, e.Title)
			if e.Kind == workflow.Transition {
				fmt.Fprintf(&b, " [%d %s→%s]", e.Row, e.From, e.To)
			} else {
				fmt.Fprintf(&b, " [%s]", e.Kind)
			}
			if e.Proxy {
				b.WriteString(" 代录")
			}
			if e.Pending {
				b.WriteString(" 待合并")
			}
			if e.Voided {
				b.WriteString(" 作废")
			}
			b.WriteString("\n")
		}
		for _, k := range c.Life.Clocks {
			fmt.Fprintf(&b, "  %s %s#%d %s→%s", k.Kind, k.Unit, k.Push, k.Start, k.Due)
			if k.OriginalDue != k.Due {
				fmt.Fprintf(&b, "（原 %s）", k.OriginalDue)
			}
			if k.Stopped != 0 {
				fmt.Fprintf(&b, " 止 %s", k.Stopped)
			}
			fmt.Fprintf(&b, " %s", k.Status)
			if k.PausedDays > 0 {
				fmt.Fprintf(&b, " 暂停%d", k.PausedDays)
			}
			if k.ExtendedDays > 0 {
				fmt.Fprintf(&b, " 延期%d", k.ExtendedDays)
			}
			if k.DaysLate > 0 {
				fmt.Fprintf(&b, " 逾%d", k.DaysLate)
			}
			if k.Provisional {
				b.WriteString(" 暂定")
			}
			b.WriteString("\n")
		}
		for _, f := range c.Life.Faults {
			faults++
			fmt.Fprintf(&b, "  ! %s %s：%s\n", f.Rule, f.Unit, f.Message)
		}
	}
	return b.String(), faults
}

func section(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// directive reads `# name value` from the script.
func directive(t *testing.T, archive *txtar.Archive, name string) string {
	t.Helper()
	m := regexp.MustCompile(`(?m)^# ` + name + ` (\S+)$`).FindSubmatch(archive.Comment)
	if m == nil {
		return ""
	}
	return string(m[1])
}

func number(t *testing.T, archive *txtar.Archive, name string) int {
	t.Helper()
	n := -1
	if _, err := fmt.Sscan(directive(t, archive, name), &n); err != nil {
		t.Fatalf("the story states no `# %s N`", name)
	}
	return n
}

func rewrite(t *testing.T, file string, archive *txtar.Archive, got string) {
	t.Helper()
	kept := archive.Files[:0:0]
	for _, f := range archive.Files {
		if f.Name != "want" {
			kept = append(kept, f)
		}
	}
	archive.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
