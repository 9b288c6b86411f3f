package scaffold_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/record"
	"suqiu/internal/scaffold"
	"suqiu/internal/workday"
)

var today = workday.New(2026, time.September, 30)

var city = scaffold.Bureau{Kind: scaffold.City}

func files(t *testing.T) []scaffold.File {
	t.Helper()
	list, err := scaffold.Files(city, today, "main")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func find(t *testing.T, list []scaffold.File, path string) []byte {
	t.Helper()
	i := slices.IndexFunc(list, func(f scaffold.File) bool { return f.Path == path })
	if i < 0 {
		t.Fatalf("no %s", path)
	}
	return list[i].Data
}

func TestFiles(t *testing.T) {
	list := files(t)
	var paths []string
	for _, f := range list {
		paths = append(paths, f.Path)
		if bytes.Contains(f.Data, []byte("\r")) || !bytes.HasSuffix(f.Data, []byte("\n")) {
			t.Errorf("%s: carriage returns, or no newline at the end", f.Path)
		}
		if strings.HasSuffix(f.Path, ".json") || strings.HasSuffix(f.Path, ".code-snippets") {
			if !json.Valid(f.Data) {
				t.Errorf("%s is no JSON", f.Path)
			}
		}
	}
	want := []string{
		".editorconfig", ".gitattributes", ".gitignore", ".gitlab-ci.yml", ".gitlab/CODEOWNERS",
		".gitlab/issue_templates/登记诉求.md", ".gitlab/issue_templates/督办提醒.md",
		".gitlab/issue_templates/系统问题.md",
		".gitlab/merge_request_templates/Default.md",
		".vscode/case.schema.json", ".vscode/extensions.json", ".vscode/settings.json", ".vscode/suqiu.code-snippets",
		".vscode/suqiu.schema.json",
		"README.md", "docs/示例.md", "suqiu.yaml",
	}
	if !slices.Equal(paths, want) {
		t.Errorf("files\n%q, want\n%q", paths, want)
	}
	again, err := scaffold.Files(city, today, "main")
	if err != nil || !slices.EqualFunc(list, again,
		func(a, b scaffold.File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) }) {
		t.Errorf("the same day gives other files: %v", err)
	}
}

// TestConfig: the bureau's configuration has all units of the sample and none
// of its addresses or people; uncommenting an address line makes it one.
func TestConfig(t *testing.T) {
	list, err := scaffold.Files(city, today, "master")
	if err != nil {
		t.Fatal(err)
	}
	src := find(t, list, "suqiu.yaml")
	c := config.Parse("suqiu.yaml", src)
	for _, p := range c.Problems {
		t.Errorf("line %d: %s", p.Line, p.Message)
	}
	if c.HasAddresses() || len(c.People) > 0 || len(c.Bots) > 0 || c.MainBranch != "master" || len(c.Units) != 27 {
		t.Errorf("addresses %v, %d people, branch %s, %d units", c.HasAddresses(), len(c.People), c.MainBranch,
			len(c.Units))
	}
	filled := config.Parse("suqiu.yaml", bytes.ReplaceAll(src, []byte("# 邮箱:"), []byte("邮箱:")))
	for _, u := range filled.Units {
		if len(u.Emails) != 1 {
			t.Errorf("%s has addresses %v", u.Name, u.Emails)
		}
	}
	if len(filled.Problems) > 0 {
		t.Errorf("%+v", filled.Problems)
	}
}

// TestExample: DESIGN section 7 wants an example where it is no case. What it
// shows parses, is canonical, and says where such a case belongs.
func TestExample(t *testing.T) {
	for _, day := range []workday.Date{today, workday.New(2027, time.January, 1)} {
		list, err := scaffold.Files(city, day, "main")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			if strings.HasPrefix(f.Path, "cases/") || strings.Contains(f.Path, "NSFWK-001") {
				t.Errorf("%s is a case", f.Path)
			}
		}
		src := string(find(t, list, "docs/示例.md"))
		_, shown, _ := strings.Cut(src, "```markdown\n")
		shown, _, _ = strings.Cut(shown, "```\n")
		path := record.PathOf(strings.ReplaceAll(day.String()[:7], "-", "") + "-NSFWK-001")
		c := record.Parse(path, []byte(shown), nil)
		if len(c.Problems) > 0 || c.State != "已登记" || c.Collected != day || string(record.Print(c)) != shown ||
			!strings.Contains(src, path) {
			t.Errorf("%+v\n%s", c.Problems, src)
		}
	}
}

// TestOwners: every unit has its section, and the office what only it lands.
func TestOwners(t *testing.T) {
	list := files(t)
	src := string(find(t, list, ".gitlab/CODEOWNERS"))
	for _, u := range config.Parse("suqiu.yaml", find(t, list, "suqiu.yaml")).Units {
		if !strings.Contains(src, "\n["+u.Name+"]\n") {
			t.Errorf("no section for %s", u.Name)
		}
	}
	for _, line := range []string{"/suqiu.yaml @suqiu/nsfwk", "/cases/**/*-NFZX-*.md @suqiu/nfzx",
		"/counties/JNQ/ @suqiu/jnq"} {
		if !strings.Contains(src, line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
}

// TestWrite: whatever stands in the way of a file or of a folder is named, and
// nothing is written; what does not is left alone.
func TestWrite(t *testing.T) {
	list := files(t)
	for name, lay := range map[string]func(dir string) error{
		"README.md": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "README.md"), []byte("mine"),
				0o644)
		},
		"suqiu.yaml": func(dir string) error { return os.Symlink("nowhere", filepath.Join(dir, "suqiu.yaml")) },
		"docs": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "docs"), []byte("mine"),
				0o644)
		},
		".editorconfig": func(dir string) error { return os.Mkdir(filepath.Join(dir, ".editorconfig"), 0o755) },
		"docs/示例.md": func(dir string) error {
			if err := os.MkdirAll(filepath.Join(dir, "docs"), 0o755); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, "docs", "示例.md"), []byte("mine"), 0o644)
		},
	} {
		dir := t.TempDir()
		if err := lay(dir); err != nil {
			t.Fatal(err)
		}
		before := tree(t, dir)
		err := scaffold.Write(dir, list)
		var mendable *scaffold.Error
		if !errors.As(err, &mendable) || !strings.Contains(err.Error(), filepath.FromSlash(name)) ||
			!strings.Contains(err.Error(), "没有写入任何内容") {
			t.Errorf("%s in the way: %v", name, err)
		}
		if after := tree(t, dir); !slices.Equal(before, after) {
			t.Errorf("%s in the way: %q became %q", name, before, after)
		}
	}

	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := os.MkdirAll(filepath.Join(dir, "docs"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "docs", "说明.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := scaffold.Write(dir, list); err != nil {
		t.Fatal(err)
	}
	if got := len(tree(t, dir)); got < len(list)+1 {
		t.Errorf("%d entries", got)
	}
	if err := scaffold.Write(dir, list); err == nil {
		t.Error("written twice")
	}
}

// TestWriteFails: what was written before a failure is taken back.
func TestWriteFails(t *testing.T) {
	dir := t.TempDir()
	list := append(files(t), scaffold.File{Path: "README.md/x"}) // below a file
	if err := scaffold.Write(dir, list); err == nil {
		t.Fatal("written")
	}
	if left := tree(t, dir); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// tree lists what is below a folder.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err == nil && name != dir {
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestLook: the top of a repository is fine, a folder within one is not.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	if p, err := scaffold.Look(t.Context(), nil, filepath.Join(dir, "new")); err != nil || p.Inside ||
		p.Branch != "main" {
		t.Errorf("a new folder: %+v %v", p, err)
	}
	run := exec.Command("git", "init", "-q", "-b", "trunk", dir)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if p, err := scaffold.Look(t.Context(), nil, dir); err != nil || !p.Inside || !p.Unborn || p.Branch != "trunk" {
		t.Errorf("an empty repository: %+v %v", p, err)
	}
	for _, within := range []string{"new", "a/b"} {
		if _, err := scaffold.Look(t.Context(), nil, filepath.Join(dir, within)); err == nil ||
			!strings.Contains(err.Error(), "另一个 Git 仓库") {
			t.Errorf("within a repository: %v", err)
		}
	}
}
