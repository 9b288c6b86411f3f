package archtest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// gitless are the packages that a page in the browser is made of: what it takes
// to parse one case, replay it and judge it. Whoever adds a package to them adds
// its name here.
const gitless = `workday people problem yamltext frontmatter record papers config timeline clock workflow replay
	caserules privacy draft step proposal form form/trail`

// TestGitless holds the gitless packages, with all that they import, foreign
// packages too, to what a browser has: no Git, no network, no other programs.
func TestGitless(t *testing.T) {
	for _, pkg := range strings.Fields(gitless) {
		for _, dep := range depsInBrowser(t, "suqiu/internal/"+pkg) {
			if dep == "net" || dep == "os/exec" || dep == "suqiu/internal/git" ||
				strings.HasPrefix(dep, "github.com/go-git/") {
				t.Errorf("%s reaches %s", pkg, dep)
			}
		}
	}
	if !slices.Contains(depsInBrowser(t, "suqiu/internal/history"), "suqiu/internal/git") {
		t.Error("the search does not see that history reaches git")
	}
}

// depsInBrowser lists what a package imports, and what that imports, when it is
// compiled for a browser.
func depsInBrowser(t *testing.T, pkg string) []string {
	t.Helper()
	list := exec.Command("go", "list", "-deps", pkg)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("%s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}
