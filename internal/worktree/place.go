package worktree

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// NotForSite says why no site may be built in a folder of which everything is
// replaced: the repository itself lies there, or the next commit would take it
// along. It is empty where nothing speaks against it. repo is the folder of the
// work tree, gitDir that of Git's own data.
func NotForSite(out, repo, gitDir string) (why string, err error) {
	place, err := realPath(out)
	if err != nil {
		return "", err
	}
	if filepath.Dir(place) == place {
		return "这是整个磁盘的根目录", nil
	}
	if slices.ContainsFunc(strings.Split(filepath.ToSlash(place), "/"), isDotGit) {
		return "它在 .git 目录中，那里是 Git 自己的数据", nil
	}
	top, err := realPath(repo)
	if err != nil {
		return "", err
	}
	if gitDir, err = realPath(gitDir); err != nil {
		return "", err
	}
	switch {
	case below(gitDir, place) || sameFolder(gitDir, place):
		return "它在 Git 的数据目录中", nil
	case below(place, top) || sameFolder(place, top):
		return "仓库本身就在这个目录中", nil
	case !below(top, place):
		return "", nil
	}
	own := childOf(top, place)
	for _, folder := range append(Folders(), "templates/", "seals/") {
		name := strings.TrimSuffix(folder, "/")
		if strings.EqualFold(filepath.Base(own), name) || sameFolder(own, filepath.Join(top, name)) {
			return "仓库的 " + name + " 目录放的是要提交的内容", nil
		}
	}
	return "", nil
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
