//go:build unix

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"suqiu/internal/gittest"
)

// kills are how many programs a test kills, and how long it may take over it:
// under make long more, for longer.
func kills() (times int, within time.Duration) {
	if long() {
		return 600, 15 * time.Minute
	}
	return 20, 10 * time.Second
}

// child is the program as a process of its own.
func child(args ...string) *exec.Cmd {
	cmd := exec.Command("suqiu", args...)
	cmd.Env = gittest.Environ()
	return cmd
}

// killed starts the program and kills it after a while, unless it has ended.
func killed(t *testing.T, cmd *exec.Cmd, after time.Duration) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	timer.Stop()
}

// besides are the names in a folder that are none of those expected.
func besides(t *testing.T, dir string, expected ...string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(expected, e.Name()) {
			list = append(list, e.Name())
		}
	}
	return list
}

// TestBuildKilled (DESIGN 11: a killed build leaves what was there as it was):
// whenever it is killed, the site is the old one or the new one, entirely, and
// Git sees nothing beside it.
func TestBuildKilled(t *testing.T) {
	dir := sample(t)
	out := filepath.Join(dir, "public")
	git := func(args ...string) string {
		t.Helper()
		text, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, text)
		}
		return string(text)
	}
	build := func(edition, out string) *exec.Cmd {
		return child("-C", dir, "build", "--as-of", day.String(), "--edition", edition, "--out", out)
	}
	var sites []map[string]string
	for _, edition := range []string{"公开", "监督"} {
		fresh := filepath.Join(t.TempDir(), "fresh")
		if text, err := build(edition, fresh).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		sites = append(sites, contents(t, fresh))
	}
	begun := time.Now()
	if text, err := build("公开", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	took := time.Since(begun)

	times, within := kills()
	begun, n, changed, current := time.Now(), 0, 0, 0
	for ; n < times && (n < 10 || time.Since(begun) < within); n++ {
		next := 1 - current
		after := time.Duration(rand.Int64N(int64(took * 5 / 4)))
		killed(t, build([]string{"公开", "监督"}[next], out), after)
		switch got := contents(t, out); {
		case maps.Equal(got, sites[next]):
			current = next
			changed++
		case !maps.Equal(got, sites[current]):
			t.Fatalf("killed after %v: the site is neither the old one nor the new one (%d files)", after, len(got))
		}
		if status := git("status", "--porcelain", "--untracked-files=all", "--", ":!public"); status != "" {
			t.Fatalf("killed after %v: Git sees %s", after, status)
		}
	}
	t.Logf("%d killed, %d of them after the exchange", n, changed)
	if text, err := build("公开", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if !maps.Equal(contents(t, out), sites[0]) {
		t.Error("the next build does not make it good")
	}
	for _, name := range besides(t, dir) {
		if strings.HasPrefix(name, ".suqiu") {
			t.Errorf("left: %s", name)
		}
	}
}

// TestTwoBuilds: two builds of one folder at once are one after the other.
func TestTwoBuilds(t *testing.T) {
	dir := sample(t)
	top := t.TempDir()
	out := filepath.Join(top, "site")
	var running []*exec.Cmd
	for range 3 {
		for _, edition := range []string{"公开", "监督"} {
			cmd := child("-C", dir, "build", "--as-of", day.String(), "--edition", edition, "--out", out)
			cmd.Stderr = new(strings.Builder)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			running = append(running, cmd)
		}
	}
	waited := 0
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v\n%s", err, cmd.Stderr)
		}
		if strings.Contains(fmt.Sprint(cmd.Stderr), "另一个 suqiu 正在生成") {
			waited++
		}
	}
	if waited == 0 {
		t.Error("none of six builds at once said that it waits")
	}
	fresh := []map[string]string{}
	for _, edition := range []string{"公开", "监督"} {
		other := filepath.Join(t.TempDir(), "fresh")
		if text, err := child("-C", dir, "build", "--as-of", day.String(), "--edition", edition, "--out",
			other).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		fresh = append(fresh, contents(t, other))
	}
	if got := contents(t, out); !maps.Equal(got, fresh[0]) && !maps.Equal(got, fresh[1]) {
		t.Error("the site is neither edition")
	}
	if left := besides(t, top, "site"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// TestBuildInterrupted: Ctrl-C ends a build at once, and nothing is left of it.
func TestBuildInterrupted(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	top := t.TempDir()
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		for _, after := range []time.Duration{50, 150, 250, 350} {
			cmd := child("-C", dir, "build", "--no-cache", "--out", filepath.Join(top, "site"))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(after * time.Millisecond)
			_ = cmd.Process.Signal(signal)
			_ = cmd.Wait()
			if left := besides(t, top, "site"); len(left) > 0 {
				t.Errorf("%v after %d ms: left %v", signal, after, left)
			}
		}
	}
}

// TestImportKilled (DESIGN 11: a killed import leaves what was there as it was): all
// rows are written or none, whether their folders are there or not, and nothing
// lies about that a commit would take along.
func TestImportKilled(t *testing.T) {
	t.Parallel()
	original := sample(t)
	const rows = 120
	var ledger strings.Builder
	ledger.WriteString("标题,渠道,收集日期,诉求内容\n")
	for i := range rows {
		fmt.Fprintf(&ledger, "电子税务局第%d次申报失败,12366热线,2026-%02d-%02d,内容%d\n", i, 1+i%9, 1+i%28, i)
	}
	file := filepath.Join(t.TempDir(), "台账.csv")
	if err := os.WriteFile(file, []byte(ledger.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	clone := func() string {
		dir := filepath.Join(t.TempDir(), "repo")
		if out, err := exec.Command("git", "clone", "-q", original, dir).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return dir
	}
	imports := func(dir string) *exec.Cmd { return child("-C", dir, "--as-of", day.String(), "import", file) }
	written := func(dir string) int {
		out, err := exec.Command("git", "-C", dir, "-c", "core.quotePath=off", "status", "--porcelain",
			"--untracked-files=all").Output()
		if err != nil {
			t.Fatal(err)
		}
		n := strings.Count(string(out), "\n")
		for line := range strings.Lines(string(out)) {
			if !strings.HasPrefix(line, "?? cases/2026/") || !strings.HasSuffix(line, ".md\n") {
				t.Fatalf("Git sees %s", line)
			}
		}
		return n
	}
	dir := clone()
	begun := time.Now()
	if out, err := imports(dir).CombinedOutput(); err != nil || written(dir) != rows {
		t.Fatalf("%v: %d\n%.500s", err, written(dir), out)
	}
	took := time.Since(begun)
	times, within := kills()
	begun, n, whole := time.Now(), 0, 0
	dir = clone()
	for ; n < times && (n < 10 || time.Since(begun) < within/2); n++ {
		after := took/4 + time.Duration(rand.Int64N(int64(took)))
		killed(t, imports(dir), after)
		switch got := written(dir); got {
		case rows:
			whole++
			if out, err := exec.Command("git", "-C", dir, "clean", "-fdq", "cases").CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
		case 0:
		default:
			t.Fatalf("killed after %v: %d of %d files", after, got, rows)
		}
	}
	t.Logf("%d killed, %d of them after all was written", n, whole)
}

// TestFmtKilled: a file is the old one or the new one, and what is left lies
// where no commit sees it.
func TestFmtKilled(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	files, err := filepath.Glob(filepath.Join(dir, "cases", "*", "*", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	old, formatted := map[string]string{}, map[string]string{}
	for _, name := range files {
		formatted[name] = must(t, name)
		old[name] = strings.Replace(formatted[name], "\n## ", "\n\n\n\n## ", 1) + "\n\n\n"
	}
	begun, n := time.Now(), 0
	times, within := kills()
	for ; n < times && (n < 10 || time.Since(begun) < within/3); n++ {
		for name, text := range old {
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		killed(t, child("-C", dir, "fmt"), time.Duration(rand.Int64N(int64(300*time.Millisecond))))
		for _, name := range files {
			if got := must(t, name); got != old[name] && got != formatted[name] {
				t.Fatalf("%s is neither:\n%s", name, got)
			}
		}
		out, err := exec.Command("git", "-C", dir, "status", "--porcelain", "--untracked-files=all").Output()
		if err != nil || strings.Contains(string(out), "??") {
			t.Fatalf("Git sees %s, %v", out, err)
		}
	}
	t.Logf("%d killed", n)
}
