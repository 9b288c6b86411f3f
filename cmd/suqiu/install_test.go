package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fakeInstaller stands for apt-get and npm: each verb of each fails as often as
// FAILS says, and every call is noted.
const fakeInstaller = `#!/bin/bash
verb=
for a in "$@"; do case $a in update | install) verb=$a ;; esac; done
echo "${0##*/} $verb" >>"$NOTES"
n=$(grep -c "^${0##*/} $verb$" "$NOTES")
case $FAILS in "${0##*/} $verb "*) [ "$n" -gt "${FAILS##* }" ] || { echo "E: the mirror does not answer" >&2; exit 100; } ;; esac
`

// TestInstall runs .ci/install on a machine that has nothing, beside mirrors
// that fail: what fails is tried three times, what cannot be had is named with
// the reason, and the script goes on and ends well.
func TestInstall(t *testing.T) {
	script, err := filepath.Abs(filepath.Join("..", "..", ".ci", "install"))
	if err != nil {
		t.Fatal(err)
	}
	if os.Getuid() != 0 {
		t.Skip("only root installs")
	}
	for _, c := range []struct {
		name, fails, without string
		calls                string // programs with their verbs, in order
		says                 []string
	}{
		{"well", "", "", "apt-get update, apt-get install, npm install", nil},
		{"late", "npm install 2", "", "apt-get update, apt-get install, npm install, npm install, npm install",
			[]string{"try 1 of 3", "try 2 of 3"}},
		{"stale", "apt-get update 9", "", "apt-get update, apt-get update, apt-get update, apt-get install, npm " +
			"install", []string{"try 2 of 3", "with what there is"}},
		{"never", "apt-get install 9", "", "apt-get update, apt-get install, apt-get install, apt-get install, npm " +
			"install",
			[]string{"try 2 of 3", "not installed", "chromium", "the mirror does not answer"}},
		{"without npm", "", "npm", "apt-get update, apt-get install", []string{"not installed", "vnu-jar",
			"needs npm"}},
		{"without apt-get", "", "apt-get", "npm install", []string{"not installed", "chromium",
			"needs root and apt-get"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			bin, notes := filepath.Join(dir, "bin"), filepath.Join(dir, "notes")
			for _, folder := range []string{bin, filepath.Join(dir, "repo", ".ci")} {
				if err := os.MkdirAll(folder, 0o755); err != nil {
					t.Fatal(err)
				}
			}
			put := func(name, content string) {
				if err := os.WriteFile(name, []byte(content), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			src, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			put(filepath.Join(dir, "repo", ".ci", "install"), string(src))
			put(notes, "")
			for _, name := range []string{"apt-get", "npm"} {
				if name != c.without {
					put(filepath.Join(bin, name), fakeInstaller)
				}
			}
			for _, name := range []string{"bash", "dirname", "grep", "id", "mktemp", "rm", "sed", "sleep", "tail"} {
				path, err := exec.LookPath(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Symlink(path, filepath.Join(bin, name)); err != nil {
					t.Fatal(err)
				}
			}
			cmd := exec.CommandContext(t.Context(), "bash", filepath.Join(dir, "repo", ".ci", "install"))
			cmd.Env = []string{"PATH=" + bin, "HOME=" + dir, "NOTES=" + notes, "FAILS=" + c.fails,
				"SUQIU_INSTALL_WAIT=0"}
			said, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v", err)
			}
			calls, err := os.ReadFile(notes)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(strings.TrimSpace(string(calls)), "\n", ", "); got != c.calls {
				t.Errorf("calls %s, want %s", got, c.calls)
			}
			for _, want := range c.says {
				if !strings.Contains(string(said), want) {
					t.Errorf("says nothing of %q", want)
				}
			}
			if len(c.says) == 0 && len(said) > 0 || t.Failed() {
				t.Errorf("says:\n%s", said)
			}
		})
	}
}
