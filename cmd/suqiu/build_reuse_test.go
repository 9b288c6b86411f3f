package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/cli"
)

// TestBuildAgain builds one folder over and over, from commits of the sample
// forwards and back and from changes of every kind: what an earlier build left
// there never shows.
func TestBuildAgain(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	kept := filepath.Join(t.TempDir(), "kept")
	build := func(out string, args ...string) {
		t.Helper()
		var errs bytes.Buffer
		code := run(t.Context(), append([]string{"-C", dir, "build", "--out", out}, args...), cli.Env{
			Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &errs, Build: "this",
			Now: func() time.Time { return day.Start().Add(9 * time.Hour) },
		})
		if code != exitClean {
			t.Fatalf("build %v: %d\n%s", args, code, &errs)
		}
	}
	compare := func(what string, args ...string) {
		t.Helper()
		build(kept, args...)
		fresh := filepath.Join(t.TempDir(), "fresh")
		build(fresh, append(args, "--no-cache")...)
		if diff := cmp.Diff(contents(t, fresh), contents(t, kept)); diff != "" {
			t.Fatalf("%s: an old page shows (-fresh +kept):\n%.4000s", what, diff)
		}
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git",
			append([]string{"-C", dir, "-c", "user.name=联席办", "-c", "user.email=lianxiban@nsfwk.example"},
				args...)...)
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2026-09-30T08:00:00+08:00",
			"GIT_COMMITTER_DATE=2026-09-30T08:00:00+08:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	change := func(what string, edit func(path string, text string) string, paths ...string) {
		t.Helper()
		for _, p := range paths {
			name := filepath.Join(dir, filepath.FromSlash(p))
			text, _ := os.ReadFile(name)
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(edit(p, string(text))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		git("add", "-A")
		git("commit", "-q", "-m", what)
		compare(what)
	}

	for _, rev := range []string{"main~60", "main~30", "main~8", "main~1", "main", "main~8", "main"} {
		compare(rev, "--ref", rev)
	}

	cases, err := filepath.Glob(filepath.Join(dir, "cases", "2026", "0[678]", "*.md"))
	if err != nil || len(cases) < 3 {
		t.Fatal(cases, err)
	}
	page := func(i int) string {
		return filepath.Join(kept, "cases", strings.TrimSuffix(filepath.Base(cases[i]), ".md")+".html")
	}
	path := func(i int) string {
		p, err := filepath.Rel(dir, cases[i])
		if err != nil {
			t.Fatal(err)
		}
		return filepath.ToSlash(p)
	}

	// A page that nothing landed on is not made again: not even this shows.
	info, err := os.Stat(page(0))
	if err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(page(0))
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.Replace(was, []byte("<title>"), []byte("<TITLE>"), 1)
	overwrite := func(data []byte, at time.Time) {
		t.Helper()
		if err := os.WriteFile(page(0), data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(page(0), at, at); err != nil {
			t.Fatal(err)
		}
	}
	overwrite(forged, info.ModTime())
	build(kept)
	if got, _ := os.ReadFile(page(0)); !bytes.Equal(got, forged) {
		t.Error("a page was made again although nothing had changed")
	}
	overwrite(forged, info.ModTime().Add(time.Second))
	compare("a page changed by hand")
	if err := os.Remove(page(1)); err != nil {
		t.Fatal(err)
	}
	compare("a page removed by hand")
	compare("the next day", "--as-of", "2026-10-01")
	compare("the other edition", "--edition", "监督")
	compare("this edition again")

	replace := func(old, new string) func(string, string) string {
		return func(p, text string) string {
			if !strings.Contains(text, old) {
				t.Fatalf("%s has no %q", p, old)
			}
			return strings.Replace(text, old, new, 1)
		}
	}
	change("a case of the same topic, which another text leads to", func(p, text string) string {
		if p != path(0) {
			return strings.ReplaceAll(must(t, cases[2]), strings.TrimSuffix(filepath.Base(cases[2]), ".md"),
				"202606-NFZX-900")
		}
		return text + "\n参见[新的一件](202606-NFZX-900.md)。\n"
	}, "cases/2026/06/202606-NFZX-900.md", path(0))
	change("another title of a case that another was merged into", replace("标题: ", "标题: 改过的"), mainCase(t, dir))
	change("that case gone, and its page", func(string, string) string { return "" },
		"cases/2026/06/202606-NFZX-900.md")
	git("rm", "-q", "cases/2026/06/202606-NFZX-900.md")
	git("commit", "-q", "-m", "remove")
	compare("removed")
	change("another day off", replace("放假: []", "放假: [2026-08-12]"), "suqiu.yaml")
	change("a meeting", func(string, string) string { return must(t, first(t, dir, "meetings/*.md")) },
		"meetings/2026/HY2026-90.md")
	change("a template", func(string, string) string {
		return `{{define "main"}}<h1>{{.Case.ID}}</h1>{{end}}`
	}, "templates/case.html")
	git("revert", "--no-edit", "HEAD")
	compare("without the template")
}

// mainCase is the file of a case that another was merged into: that one's page
// has its title.
func mainCase(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "cases", "*", "*", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if m := regexp.MustCompile(`(?m)^并入: ((\d{4})(\d\d)\S+)$`).FindStringSubmatch(must(t, name)); m != nil {
			return "cases/" + m[2] + "/" + m[3] + "/" + m[1] + ".md"
		}
	}
	t.Fatal("no case was merged")
	return ""
}

func must(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func first(t *testing.T, dir, pattern string) string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(list) == 0 {
		t.Fatal(pattern, list, err)
	}
	return list[0]
}

// contents are all files below a folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[p] = must(t, filepath.Join(dir, p))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
