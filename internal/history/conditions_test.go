package history

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
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
func landings(t *testing.T, dir string, o mainline.Options) (int, error) {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		return 0, err
	}
	h, err := Walk(context.Background(), repo, o)
	if err != nil {
		return 0, err
	}
	n := 0
	err = h.Cases(context.Background(), nil, nil, func(ch *timeline.CaseHistory) error {
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
		"packed refs only": func(t *testing.T) string {
			d := filepath.Join(tmp, "refs")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "pack-refs", "--all")
			if _, err := os.Stat(filepath.Join(d, ".git", "refs", "heads", "main")); err == nil {
				t.Fatal("the branch is not packed")
			}
			return d
		},
		"several packs and a broken temporary one": func(t *testing.T) string {
			d := filepath.Join(tmp, "packs")
			run(t, "clone", "-q", "--no-local", "--bare", r.Dir, d)
			run(t, "-C", d, "repack", "-q")
			if err := os.WriteFile(filepath.Join(d, "objects", "pack", "tmp_idx_x"), []byte("half"),
				0o644); err != nil {
				t.Fatal(err)
			}
			return d
		},
		"Chinese path": func(t *testing.T) string {
			d := filepath.Join(tmp, "诉求 仓库[1]*")
			run(t, "clone", "-q", "--no-local", r.Dir, d)
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
		"shared by a relative path, and its lender borrows too": func(t *testing.T) string {
			lender, d := filepath.Join(tmp, "lender"), filepath.Join(tmp, "borrower")
			run(t, "clone", "-q", "--shared", r.Dir, lender)
			run(t, "clone", "-q", "--shared", lender, d)
			name := filepath.Join(d, ".git", "objects", "info", "alternates")
			if err := os.WriteFile(name, []byte("../../../lender/.git/objects\n"), 0o644); err != nil {
				t.Fatal(err)
			}
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
			n, err := landings(t, layout(t), mainline.Options{})
			if err != nil || n != 2 {
				t.Errorf("%d landings, %v; want 2", n, err)
			}
		})
	}
}

// A `git gc` while the repository is open moves objects and hides none.
func TestRepackedMeanwhile(t *testing.T) {
	for _, before := range []string{"loose", "packed"} {
		t.Run(before, func(t *testing.T) {
			r := gittest.Repo(t, twoSteps)
			if before == "packed" {
				r.Git("repack", "-adq")
			}
			repo, err := git.Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			r.Run("branch more\ncommit 更多\ncheckout main\nrepack")
			h, err := Walk(context.Background(), repo, mainline.Options{})
			if err != nil || len(h.Landings) != 2 || len(lives(t, h)) != 1 {
				t.Errorf("%v", err)
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
		{"partial, without a tree", "部分克隆", "--filter", func() string {
			run(t, "-C", r.Dir, "config", "uploadpack.allowfilter", "true")
			d := filepath.Join(tmp, "treeless")
			run(t, "clone", "-q", "--no-checkout", "--filter=tree:0", "file://"+r.Dir, d)
			return d
		}},
		{"grafted", "grafts", "删除", func() string {
			d := filepath.Join(tmp, "grafted")
			run(t, "clone", "-q", r.Dir, d)
			if err := os.MkdirAll(filepath.Join(d, ".git", "info"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(d, ".git", "info", "grafts"), []byte(r.Rev("HEAD")+"\n"),
				0o644); err != nil {
				t.Fatal(err)
			}
			return d
		}},
		{"reftable", "reftable", "files", func() string {
			d := filepath.Join(tmp, "reftable")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "config", "core.repositoryformatversion", "1")
			run(t, "-C", d, "config", "extensions.refStorage", "reftable")
			return d
		}},
		{"an extension nobody knows", "extensions.future", "重新克隆", func() string {
			d := filepath.Join(tmp, "future")
			run(t, "clone", "-q", r.Dir, d)
			run(t, "-C", d, "config", "core.repositoryformatversion", "1")
			run(t, "-C", d, "config", "extensions.future", "true")
			return d
		}},
		{"the lender is gone", "借用", "重新克隆", func() string {
			d := filepath.Join(tmp, "orphan")
			run(t, "clone", "-q", r.Dir, d)
			name := filepath.Join(d, ".git", "objects", "info", "alternates")
			if err := os.WriteFile(name, []byte(filepath.Join(tmp, "nowhere")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			return d
		}},
		{"linked to nothing", ".git 文件", "worktree repair", func() string {
			d := t.TempDir()
			if err := os.WriteFile(filepath.Join(d, ".git"), []byte("gitdir: /nowhere/.git/worktrees/x\n"),
				0o644); err != nil {
				t.Fatal(err)
			}
			return d
		}},
		{"missing commit", "缺少提交", "git fsck", func() string {
			d := filepath.Join(tmp, "gap")
			run(t, "clone", "-q", "--no-local", r.Dir, d)
			unpack(t, d)
			c := r.Rev("HEAD~1")
			if err := os.Remove(filepath.Join(d, ".git", "objects", c[:2], c[2:])); err != nil {
				t.Fatal(err)
			}
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
			_, err := landings(t, c.dir(), mainline.Options{})
			var known *git.Error
			if !errors.As(err, &known) {
				t.Fatalf("error %v, want *git.Error", err)
			}
			if !strings.Contains(known.What, c.what) || !strings.Contains(known.Cure, c.cure) {
				t.Errorf("%q; %q\nwant %q and %q in it", known.What, known.Cure, c.what, c.cure)
			}
		})
	}
	t.Run("damage at any place of a pack", func(t *testing.T) {
		// Whatever byte is wrong: the right answer or an *git.Error, never another
		// answer and never a panic.
		d := filepath.Join(tmp, "damaged")
		run(t, "clone", "-q", "--no-local", "--bare", r.Dir, d)
		packs, _ := filepath.Glob(filepath.Join(d, "objects", "pack", "*.*"))
		refused := 0
		for _, name := range packs {
			whole, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			os.Chmod(name, 0o644)
			for at := 0; at < len(whole); at += 1 + len(whole)/150 {
				for _, damaged := range [][]byte{flipped(whole, at), whole[:at]} {
					if err := os.WriteFile(name, damaged, 0o644); err != nil {
						t.Fatal(err)
					}
					n, err := landings(t, d, mainline.Options{})
					var known *git.Error
					if err == nil && n != 2 || err != nil && !errors.As(err, &known) {
						t.Fatalf("%s at %d: %d landings, %v", filepath.Base(name), at, n, err)
					}
					if err != nil {
						refused++
					}
				}
			}
			if err := os.WriteFile(name, whole, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if refused < 100 {
			t.Errorf("only %d of the damages were seen", refused)
		}
	})
	t.Run("unknown revision", func(t *testing.T) {
		_, err := landings(t, r.Dir, mainline.Options{Ref: "nowhere"})
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

// flipped is data with one byte turned over.
func flipped(data []byte, at int) []byte {
	d := slices.Clone(data)
	d[at] ^= 0xff
	return d
}
