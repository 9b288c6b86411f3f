package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"suqiu/internal/git"
	"suqiu/internal/papers"
)

// refuseOut refuses to build a site where the repository itself lies, or where
// the next commit would take it along: everything in the folder is replaced.
func (inv *invocation) refuseOut(out string) error {
	refused := func(why string) error {
		return fmt.Errorf("不能把网站生成到 %s：%s；请把 --out 写成别的目录，如 public", out, why)
	}
	if strings.TrimSpace(out) == "" {
		return misuse("--out 后面要写输出目录")
	}
	place, err := realPath(out)
	if err != nil {
		return err
	}
	if filepath.Dir(place) == place {
		return refused("这是整个磁盘的根目录")
	}
	if slices.ContainsFunc(strings.Split(filepath.ToSlash(place), "/"), isDotGit) {
		return refused("它在 .git 目录中，那里是 Git 自己的数据")
	}
	repo, err := git.Open(inv.dir)
	if err != nil {
		return err
	}
	top, err := realPath(repo.Dir)
	if err != nil {
		return err
	}
	gitDir, err := realPath(repo.GitDir)
	if err != nil {
		return err
	}
	switch {
	case below(gitDir, place) || sameFolder(gitDir, place):
		return refused("它在 Git 的数据目录中")
	case below(place, top) || sameFolder(place, top):
		return refused("仓库本身就在这个目录中")
	case !below(top, place):
		return nil
	}
	own := childOf(top, place)
	for _, folder := range append([]string{"cases/", "templates/", "seals/"}, papers.Folders()...) {
		name := strings.TrimSuffix(folder, "/")
		if strings.EqualFold(filepath.Base(own), name) || sameFolder(own, filepath.Join(top, name)) {
			return refused("仓库的 " + name + " 目录放的是要提交的内容")
		}
	}
	return nil
}

// isDotGit reports whether a part of a path is the folder of Git, on systems too
// that take upper case for lower.
func isDotGit(part string) bool { return strings.EqualFold(part, ".git") }

// realPath is the place of a file, links followed, whether there is one or not.
func realPath(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rest := ""
	for dir := abs; ; dir = filepath.Dir(dir) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest), nil
		}
		if dir == filepath.Dir(dir) {
			return abs, nil
		}
		rest = filepath.Join(filepath.Base(dir), rest)
	}
}

// below reports whether a place lies somewhere in a folder.
func below(folder, place string) bool {
	for dir := filepath.Dir(place); ; dir = filepath.Dir(dir) {
		if sameFolder(folder, dir) {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

// childOf is what a folder holds on the way to a place below it.
func childOf(folder, place string) string {
	for dir := place; ; dir = filepath.Dir(dir) {
		if up := filepath.Dir(dir); up == dir || sameFolder(folder, up) {
			return dir
		}
	}
}

// sameFolder reports whether two paths name one folder, however they are written.
func sameFolder(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}
