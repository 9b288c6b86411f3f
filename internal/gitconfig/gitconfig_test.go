package gitconfig

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/gittest"
)

// TestGitConfig compares the reading of configuration files with git config
// --list: what Git reads must not keep us from a repository ("a BOM in .git/config:
// read as Git reads them").
func TestGitConfig(t *testing.T) {
	for _, text := range []string{
		"", "\ufeff[core]\n\tbare = true\n", "[core]\nbare\n", "[core] bare = true\n", "[core]\r\n" +
			"\tbare = true\r\n", "[gc]auto=0\n",
		"[url \"https://a\\\"b/\"]\n\tinsteadOf = x\n", "[branch.Main]\n\tx = y\n", "[a]\n\tx = \"a;b\" ; c\n",
		"[alias]\n\tlg = log --oneline \\\n  --graph  \n", "[a]\n\tx = a\\tb\\n\n", "[a]\nx=\n", "[a \"b\"] x = 1\n" +
			"y = 2\n", "[user]\n name = 张三\n",
		"[a]\n x = a # c\n", "[a-b.c]\n x = 1", "[a]\nx = \\\\srv\\\\d\n", "[A \"X y\"]\n K-1 = v  w \n", "# c\n; d\n" +
			"[a]\n\n\n x = \"  b \" \" c\" \n", "[a]\nx # c\n",
		// faults
		"[a \"b\n", "[a\nx = 1\n", "[a]\n1x = 1\n", "[a]\nx 1\n", "[a]\nx = \"b\n", "[a]\nx = \\q\n", "[]\nx = 1\n",
	} {
		dir := t.TempDir()
		name := filepath.Join(dir, "config")
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("git", "config", "--file", name, "--list", "-z")
		cmd.Env = gittest.Environ()
		var out bytes.Buffer
		cmd.Stdout = &out
		failed := cmd.Run() != nil
		c, err := Read(name)
		if failed != (err != nil) {
			t.Errorf("%q: %v; Git fails: %v", text, err, failed)
			continue
		}
		var got strings.Builder
		for _, s := range c {
			got.WriteString(s.Section + ".")
			if s.Sub != "" {
				got.WriteString(s.Sub + ".")
			}
			got.WriteString(s.Key)
			if !s.Bare {
				got.WriteString("\n" + s.Value)
			}
			got.WriteByte(0)
		}
		if diff := cmp.Diff(out.String(), got.String()); !failed && diff != "" {
			t.Errorf("%q (-git +got):\n%s", text, diff)
		}
	}
}

// TestYes compares what is taken for true with git config --type=bool. What Git does
// not take for either is not true.
func TestYes(t *testing.T) {
	for _, line := range []string{"x", "x =", "x = true", "x = YES", "x = On", "x = 1", "x = -1", "x = 0", "x = no",
		"x = off", "x = false", "x = maybe"} {
		name := filepath.Join(t.TempDir(), "config")
		if err := os.WriteFile(name, []byte("[a]\n"+line+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("git", "config", "--file", name, "--type=bool", "a.x")
		cmd.Env = gittest.Environ()
		out, _ := cmd.Output()
		c, err := Read(name)
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := c.Last("a", "x"); !ok || s.Yes() != (string(out) == "true\n") {
			t.Errorf("%q: %v; Git says %q", line, s.Yes(), out)
		}
	}
}
