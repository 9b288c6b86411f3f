package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/dossier"
	"suqiu/internal/gittest"
)

// TestFormat1: issue R, 3: a repository of today's format is kept, history
// included (testdata/format1, 2026-11-28); every later version gives the same
// states, due days and frozen figures. What is kept is never written anew: a wanted
// change is a migration that says so.
func TestFormat1(t *testing.T) {
	t.Parallel()
	dir := format1(t)
	kept, err := os.ReadFile("testdata/format1/standing.txt")
	if err != nil {
		t.Fatal(err)
	}
	const days, cases = 13, 77 // of the last day, all that ever were
	var days1, lastDay int
	for block := range strings.SplitSeq(strings.TrimSpace(string(kept)), "\n\n") {
		day, want, _ := strings.Cut(block, "\n")
		days1++
		lastDay = strings.Count(want, "\n") + 1
		if got := standing(t, dir, day); got != want {
			t.Errorf("on %s\n%s", day, firstDifference(got, want))
		}
	}
	if days1 != days || lastDay != cases {
		t.Errorf("%d days, %d cases on the last one", days1, lastDay)
	}
	code, out, errs := invoke(t.Context(), "-C", dir, "check", "--no-cache", "--as-of", "2026-11-27",
		"--format", "json")
	if code == exitFailed || strings.Contains(out, "report-drift") || strings.Contains(out, "history-rewritten") {
		t.Errorf("frozen figures are not the same: %d\n%s", code, errs)
	}
	if n := len(files(t, filepath.Join(dir, "reports"), ".json")); n < 2 {
		t.Errorf("%d quarters are frozen", n)
	}
}

// format1 is the kept repository.
func format1(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Open("testdata/format1/history.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	history, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"fast-import", "--quiet"},
		{"reset", "-q", "--hard", "main"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir, cmd.Env = dir, gittest.Environ()
		if args[0] == "fast-import" {
			cmd.Stdin = history
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	return dir
}

// standing is what each case stood at on a day, a line each.
func standing(t *testing.T, dir, day string) string {
	t.Helper()
	code, out, errs := invoke(t.Context(), "-C", dir, "list", "--no-cache", "--as-of", day, "--format", "json")
	if code != exitClean {
		t.Fatalf("list on %s: %d\n%s", day, code, errs)
	}
	var list struct{ Items []dossier.Item }
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	lines := make([]string, len(list.Items))
	for i, x := range list.Items {
		lines[i] = strings.TrimSpace(fmt.Sprint(x.Case, " ", x.State, " ", x.Due, " ", x.Status))
	}
	return strings.Join(lines, "\n")
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

func files(t *testing.T, dir, extension string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*"+extension))
	if err != nil {
		t.Fatal(err)
	}
	return list
}
