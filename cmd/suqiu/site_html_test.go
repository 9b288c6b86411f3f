package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// policyIsOpaque is the checker's view of 'self' for a file without an address,
// and of digests; the browser's is proven by its visits.
const policyIsOpaque = `.*Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) .*` +
	` blocked by .*|.*Inline (style|script) violates Content Security Policy .*nonce/hash.*`

// validate has the Nu checker read one page of every kind in one run.
func validate(t *testing.T, root string, pages []page) {
	jar := installed(t, filepath.Join("vnu-jar", "build", "dist", "vnu.jar"))
	java, err := exec.LookPath("java")
	if err != nil {
		lacks(t, "Java")
	}
	broken := filepath.Join(t.TempDir(), "broken.html")
	if err := os.WriteFile(broken, []byte(`<!DOCTYPE html><html lang="zh-CN"><title>x</title><p><div></p>`),
		0o644); err != nil {
		t.Fatal(err)
	}
	// The run is short: compile little, collect in one thread. The checker's
	// patterns recurse deeper than the usual stack.
	args := []string{"-Xss16m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--format", "gnu",
		"--exit-zero-always", "--filterpattern", policyIsOpaque, broken}
	for _, p := range pages {
		file, _, _ := strings.Cut(p.path, "?")
		args = append(args, filepath.Join(root, p.edition, filepath.FromSlash(file)))
	}
	out, err := exec.CommandContext(t.Context(), java, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	caught := false
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "broken.html") {
			caught = true
			continue
		}
		t.Errorf("%s", strings.TrimSpace(line))
	}
	if !caught {
		t.Error("the checker finds nothing wrong with a broken page")
	}
}

// installed is the path of a file that .ci/install puts into node_modules.
func installed(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "node_modules", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		lacks(t, name)
	}
	return path
}

// lacks ends a test that needs what this machine has not got.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("no %s: .ci/install should have installed it", what)
	}
	t.Skipf("no %s on this machine", what)
}
