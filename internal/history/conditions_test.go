package history

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"suqiu/internal/gittest"
)

const twoSteps = `
at 2026-07-01 09:00
by 中心 <a@nfzx.example>
new 202607-NFZX-001
commit 登记
at 2026-07-02 09:00
set 202607-NFZX-001 状态=分析中
commit 分析
`

// landings walks a repository and counts what landed on its one case.
func landings(t *testing.T, dir string, o Options) (int, error) {
	t.Helper()
	repo, err := Open(dir)
	if err != nil {
		return 0, err
	}
	h, err := repo.Walk(context.Background(), o)
	if err != nil {
		return 0, err
	}
	n := 0
	err = h.Each(context.Background(), nil, func(ch *CaseHistory) error {
		n += len(ch.Landings)
		return nil
	})
	return n, err
}

func run(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Env = gittest.Environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// What can be read wherever it lies: packed, bare, borrowed, linked, detached.
func TestReadable(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	tmp := t.TempDir()
	layouts := map[string]func(t *testing.T) string{
		"loose": func(t *testing.T) string { return r.Dir },
		"below": func(t *testing.T) string { return filepath.Join(r.Dir, "cases") },
		"packed": func(t *testing.T) string {
			d := filepath.Join(tmp, "packed")
			run(t, "clone", "-q", "--no-local", r.Dir, d)
			run(t, "-C", d, "gc", "-q")
			return d
		},
		"bare": func(t *testing.T) string {
			d := filepath.Join(tmp, "bare.git")
			run(t, "clone", "-q", "--bare", r.Dir, d)
			return d
		},
		"shared": func(t *testing.T) string {
			d := filepath.Join(tmp, "shared")
			run(t, "clone", "-q", "--shared", r.Dir, d)
			return d
		},
		"worktree": func(t *testing.T) string {
			d := filepath.Join(tmp, "linked")
			run(t, "-C", r.Dir, "worktree", "add", "-q", "--detach", d)
			return d
		},
		"detached with only origin/main": func(t *testing.T) string {
			d := filepath.Join(tmp, "ci")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "checkout", "-q", "--detach", "HEAD")
			run(t, "-C", d, "branch", "-q", "-D", "main")
			return d
		},
		"explicit SHA-1": func(t *testing.T) string {
			d := filepath.Join(tmp, "explicit")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "config", "core.repositoryformatversion", "1")
			run(t, "-C", d, "config", "extensions.objectformat", "sha1")
			run(t, "-C", d, "config", "extensions.worktreeConfig", "true")
			return d
		},
	}
	for name, layout := range layouts {
		t.Run(name, func(t *testing.T) {
			n, err := landings(t, layout(t), Options{})
			if err != nil || n != 2 {
				t.Errorf("%d landings, %v; want 2", n, err)
			}
		})
	}
}

// What would give a wrong date is refused, in one sentence that names the cure.
func TestRefused(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	tmp := t.TempDir()
	conditions := []struct {
		name, what, cure string
		dir              func() string
	}{
		{"no repository", "不在 Git 仓库中", "-C", func() string { return t.TempDir() }},
		{"shallow", "浅克隆", "GIT_DEPTH: 0", func() string {
			d := filepath.Join(tmp, "shallow")
			run(t, "clone", "-q", "--depth=1", "file://"+r.Dir, d)
			return d
		}},
		{"partial", "部分克隆", "--filter", func() string {
			run(t, "-C", r.Dir, "config", "uploadpack.allowfilter", "true")
			d := filepath.Join(tmp, "partial")
			run(t, "clone", "-q", "--no-checkout", "--filter=blob:none", "file://"+r.Dir, d)
			return d
		}},
		{"SHA-256", "SHA256", "SHA-1", func() string {
			d := filepath.Join(tmp, "sha256")
			run(t, "init", "-q", "--object-format=sha256", d)
			return d
		}},
		{"empty", "空的", "提交", func() string {
			d := filepath.Join(tmp, "empty")
			run(t, "init", "-q", "-b", "main", d)
			return d
		}},
		{"replaced", "git replace", "git replace -d", func() string {
			d := filepath.Join(tmp, "replaced")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "replace", "HEAD", "HEAD~1")
			return d
		}},
		{"missing object", "缺少", "git fsck", func() string {
			d := filepath.Join(tmp, "missing")
			run(t, "clone", "-q", "--no-local", r.Dir, d)
			unpack(t, d)
			blob := strings.TrimSpace(r.Git("rev-parse", "HEAD:cases/2026/07/202607-NFZX-001.md"))
			if err := os.Remove(filepath.Join(d, ".git", "objects", blob[:2], blob[2:])); err != nil {
				t.Fatal(err)
			}
			return d
		}},
		{"corrupt object", "损坏", "git fsck", func() string {
			d := filepath.Join(tmp, "corrupt")
			run(t, "clone", "-q", "--no-local", r.Dir, d)
			unpack(t, d)
			blob := strings.TrimSpace(r.Git("rev-parse", "HEAD:cases/2026/07/202607-NFZX-001.md"))
			name := filepath.Join(d, ".git", "objects", blob[:2], blob[2:])
			if err := os.Chmod(name, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte("no zlib"), 0o644); err != nil {
				t.Fatal(err)
			}
			return d
		}},
	}
	for _, c := range conditions {
		t.Run(c.name, func(t *testing.T) {
			_, err := landings(t, c.dir(), Options{})
			var known *Error
			if !errors.As(err, &known) {
				t.Fatalf("error %v, want *Error", err)
			}
			if !strings.Contains(known.What, c.what) || !strings.Contains(known.Cure, c.cure) {
				t.Errorf("%q; %q\nwant %q and %q in it", known.What, known.Cure, c.what, c.cure)
			}
		})
	}
	t.Run("unknown revision", func(t *testing.T) {
		_, err := landings(t, r.Dir, Options{Ref: "nowhere"})
		if err == nil || !strings.Contains(err.Error(), "main") {
			t.Errorf("error %v, want one that names the branches there are", err)
		}
	})
}

func unpack(t *testing.T, dir string) {
	t.Helper()
	packs, _ := filepath.Glob(filepath.Join(dir, ".git", "objects", "pack", "*.pack"))
	for _, p := range packs {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, ext := range []string{".pack", ".idx", ".rev"} {
			os.Remove(strings.TrimSuffix(p, ".pack") + ext)
		}
		cmd := exec.Command("git", "-C", dir, "unpack-objects", "-q")
		cmd.Env = gittest.Environ()
		cmd.Stdin = strings.NewReader(string(data))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("unpack-objects: %v\n%s", err, out)
		}
	}
}
