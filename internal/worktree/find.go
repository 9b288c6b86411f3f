package worktree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"suqiu/internal/config"
	"suqiu/internal/papers"
)

// CasesFolder is where all cases of a case repository lie.
const CasesFolder = "cases"

// Folders are all folders of a case repository, each with a slash behind.
func Folders() []string { return append([]string{CasesFolder + "/"}, papers.Folders()...) }

// ErrNoConfig means that no folder at or above the one given has a suqiu.yaml.
var ErrNoConfig = errors.New("找不到 " + config.Path)

// Find is the folder with suqiu.yaml at or above dir, and what it says. One that
// cannot be read is an error: nothing is written by it.
func Find(dir string) (top string, cfg *config.Config, err error) {
	top, cfg, err = FindUnread(dir)
	if err == nil && cfg.Unreadable != nil {
		return "", nil, cfg.Unreadable
	}
	return top, cfg, err
}

// FindUnread is Find for what mends suqiu.yaml.
func FindUnread(dir string) (string, *config.Config, error) {
	top, err := filepath.Abs(dir)
	if err != nil {
		return "", nil, err
	}
	for at := top; ; at = filepath.Dir(at) {
		src, err := ReadFile(filepath.Join(at, config.Path))
		switch {
		case err == nil:
			return at, config.Parse(config.Path, src), nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", nil, fmt.Errorf("读不了 %s：%w", config.Path, err)
		case at == filepath.Dir(at):
			return "", nil, fmt.Errorf("%s 不在诉求仓库中（%w）：请用 -C 指定仓库", dir, ErrNoConfig)
		}
	}
}

// Below is the slash path of a file below the top; empty if it lies
// elsewhere.
func Below(top, file string) string {
	if top == "" {
		return ""
	}
	from, err := filepath.Abs(top)
	to, err2 := filepath.Abs(file)
	if err != nil || err2 != nil {
		return ""
	}
	rel, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// Shown is a path as whoever works in dir knows it: below it, with slashes.
func Shown(dir, file string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return filepath.ToSlash(file)
	}
	if full, err := filepath.Abs(file); err == nil {
		if rel, err := filepath.Rel(abs, full); err == nil && filepath.IsLocal(rel) {
			return filepath.ToSlash(rel)
		}
	}
	return filepath.ToSlash(file)
}

// Top is the folder with .git at or above dir; dir itself if there is
// none.
func Top(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return dir
	}
	for d := abs; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return d
		}
		if d == filepath.Dir(d) {
			return abs
		}
	}
}

// GitFolder is Git's folder of a work tree; the tree itself if it may be a bare
// repository.
func GitFolder(top string) string {
	git := filepath.Join(top, ".git")
	if text, err := ReadFile(git); err == nil { // a linked work tree
		if dir, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: "); ok {
			if git = dir; !filepath.IsAbs(git) {
				git = filepath.Join(top, git)
			}
		}
	} else if _, err := os.Stat(git); err != nil {
		return top
	}
	return git
}
