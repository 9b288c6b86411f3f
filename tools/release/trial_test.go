package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// dist is what make release made. make trial makes it first.
const dist = "../../dist"

// made is the file of the release with that ending.
func made(t *testing.T, ending string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dist, "*"+ending))
	if err != nil || len(names) != 1 {
		t.Skipf("%s has no one file *%s: make release", dist, ending)
	}
	name, err := filepath.Abs(names[0])
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// program is that of a platform, unpacked.
func program(t *testing.T, p platform) string {
	dir := t.TempDir()
	if p.os == "windows" {
		succeeds(t, "", "unzip", "-q", made(t, p.String()+".zip"), "-d", dir)
		return filepath.Join(dir, "bin", "suqiu.exe")
	}
	succeeds(t, "", "tar", "-xzf", made(t, p.String()+".tar.gz"), "-C", dir)
	return filepath.Join(dir, "bin", "suqiu")
}

// unpacked is the folder that the offline bundle unpacks to.
func unpacked(t *testing.T) string {
	bundle, dir := made(t, "-offline.tar"), t.TempDir()
	succeeds(t, "", "tar", "-xf", bundle, "-C", dir)
	return filepath.Join(dir, strings.TrimSuffix(filepath.Base(bundle), ".tar"))
}

// succeeds runs a program in a folder and returns what it says.
func succeeds(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	said, err := says(t, dir, name, args...)
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said)
	}
	return said
}

func says(t *testing.T, dir, name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// needs skips where a program is not to be had.
func needs(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
}

// TestReproducible makes the release once more, from a clone in another folder and
// with nothing that was compiled before, under another umask, zone and language.
func TestReproducible(t *testing.T) {
	want, err := os.ReadFile(made(t, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	clone := filepath.Join(t.TempDir(), "另一个目录")
	succeeds(t, "../..", "git", "clone", "-q", ".", clone)
	for name, value := range map[string]string{"GOCACHE": t.TempDir(), "GOFLAGS": "-tags=none", "TZ": "Asia/Shanghai",
		"LC_ALL": "zh_CN.UTF-8", "SOURCE_DATE_EPOCH": "1", "GOAMD64": "v3"} {
		t.Setenv(name, value)
	}
	t.Chdir(clone)
	succeeds(t, "", "sh", "-c", "umask 077 && make release")
	got, err := os.ReadFile(filepath.Join("dist", "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("made twice, the release is\n%s\nand\n%s", want, got)
	}
}

// TestNothingHalfMade: a release that fails leaves the one before as it was.
func TestNothingHalfMade(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "dist")
	if err := os.Mkdir(out, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run(ctx, out); err == nil {
		t.Error("a release was made that was told to stop")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
