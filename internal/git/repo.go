package git

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/gitconfig"
)

// Repo is an opened repository. Its methods may be called from any goroutine.
type Repo struct {
	Dir    string // the work tree's top folder, or the bare repository
	GitDir string // the folder that holds HEAD
	Common string // the folder that holds objects/ and refs/
	db     *database

	mu     sync.Mutex // guards what follows
	reader *Reader
}

// Open opens the repository whose work tree dir lies in, or the bare one that
// dir is. A repository that could give wrong dates is refused by Walk, one that
// cannot be read at all here. Objects may lie in further folders: what a push
// brings waits in one of its own until it is accepted.
func Open(dir string, objects ...string) (*Repo, error) {
	top, gitDir, err := find(dir)
	if err != nil {
		return nil, err
	}
	common, err := commonDir(gitDir)
	if err != nil {
		return nil, err
	}
	partial, err := checkConfig(common)
	if err != nil {
		return nil, err
	}
	dirs, err := objectDirs(append([]string{filepath.Join(common, "objects")}, objects...))
	if err != nil {
		return nil, err
	}
	r := &Repo{Dir: top, GitDir: gitDir, Common: common, db: &database{dirs: dirs, partial: partial}}
	if _, err := r.db.loadPacks(); err != nil {
		return nil, err
	}
	r.reader = r.db.reader()
	return r, nil
}

// Bare reports whether the repository has no work tree.
func (r *Repo) Bare() bool { return r.Dir == r.GitDir }

// Objects are the folders that the repository's objects lie in.
func (r *Repo) Objects() []string { return slices.Clone(r.db.dirs) }

// Reader is a reader of the repository's objects. Each goroutine has its own, and
// closes it.
func (r *Repo) Reader() *Reader { return r.db.reader() }

// find looks for a repository in dir and above it.
func find(dir string) (top, gitDir string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", "", err
	}
	if info, err := os.Stat(abs); err != nil {
		return "", "", &Error{"找不到目录 " + dir, "请用 -C 指定仓库所在的目录", err}
	} else if !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	for at := abs; ; at = filepath.Dir(at) {
		dot := filepath.Join(at, ".git")
		if info, err := os.Stat(dot); err == nil {
			if info.IsDir() && isGitDir(dot) {
				return at, dot, nil
			}
			if info.Mode().IsRegular() { // from a pipe no answer may ever come
				gitDir, err := followFile(dot)
				return at, gitDir, err
			}
		}
		if isGitDir(at) {
			return at, at, nil
		}
		if at == filepath.Dir(at) {
			return "", "", &Error{dir + " 不在 Git 仓库中",
				"请进入仓库目录，或用 -C 指定；还没有仓库时先执行 suqiu init", nil}
		}
	}
}

// isGitDir tells whether a folder is what Git takes for a repository.
func isGitDir(dir string) bool {
	if _, err := os.Lstat(filepath.Join(dir, "HEAD")); err != nil {
		return false
	}
	if _, err := os.Stat(filepath.Join(dir, "commondir")); err == nil {
		return true
	}
	for _, sub := range []string{"objects", "refs"} {
		if info, err := os.Stat(filepath.Join(dir, sub)); err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}

// followFile reads the .git file of a linked work tree or submodule.
func followFile(dot string) (string, error) {
	data, err := os.ReadFile(dot)
	if err != nil {
		return "", err
	}
	target, ok := strings.CutPrefix(strings.TrimSpace(string(data)), "gitdir: ")
	if ok {
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(dot), target)
		}
		if isGitDir(target) {
			return target, nil
		}
	}
	return "", &Error{"工作区的 .git 文件指向的仓库不存在：" + strings.TrimSpace(string(data)),
		"请在主仓库执行 git worktree repair，或重新克隆", nil}
}

// commonDir is the main repository's folder of a linked work tree, else gitDir.
func commonDir(gitDir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(gitDir, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return gitDir, nil
	}
	if err != nil {
		return "", err
	}
	dir := strings.TrimSpace(string(data))
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(gitDir, dir)
	}
	return dir, nil
}

// objectDirs are folders of objects and their alternates, each once.
func objectDirs(own []string) ([]string, error) {
	var dirs []string
	seen := map[string]bool{}
	for _, dir := range own {
		if dir = filepath.Clean(dir); !seen[dir] {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	for i := 0; i < len(dirs); i++ {
		data, err := os.ReadFile(filepath.Join(dirs[i], "info", "alternates"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, line := range strings.Split(string(data), "\n") {
			line = strings.TrimRight(line, "\r")
			if line == "" || line[0] == '#' {
				continue
			}
			if !filepath.IsAbs(line) {
				line = filepath.Join(dirs[i], line)
			}
			line = filepath.Clean(line)
			if info, err := os.Stat(line); err != nil || !info.IsDir() {
				return nil, &Error{"仓库借用的对象目录不存在：" + line,
					"请恢复该目录，或不带 --shared、--reference 重新克隆", err}
			}
			if !seen[line] {
				seen[line] = true
				dirs = append(dirs, line)
			}
		}
	}
	return dirs, nil
}

// readableExtensions are those that change nothing about what is read here.
var readableExtensions = []string{"worktreeconfig", "noop", "noop-v1", "preciousobjects", "compatobjectformat",
	"relativeworktrees"}

// checkConfig refuses what this package cannot read. It tells whether objects
// may be missing because a remote promises them.
func checkConfig(common string) (partial bool, err error) {
	name := filepath.Join(common, "config")
	c, err := gitconfig.Read(name)
	if err != nil {
		return false, &Error{"仓库配置文件 " + name + " 无法读取（" + err.Error() + "）",
			"请执行 git config --list 查看错误位置并改正", err}
	}
	if v, ok := c.Last("core", "repositoryformatversion"); ok && v.Value != "" && v.Value != "0" && v.Value != "1" {
		return false, &Error{"仓库格式版本 " + v.Value + " 不受支持", "请用普通格式重新克隆", nil}
	}
	for _, o := range c {
		value := strings.ToLower(o.Value)
		switch {
		case o.Section == "remote" && o.Key == "promisor":
			partial = partial || o.Yes()
		case o.Section != "extensions" || o.Sub != "":
		case o.Key == "objectformat" && value != "sha1":
			return false, &Error{"仓库使用 " + strings.ToUpper(value) + " 对象格式，本程序只支持 SHA-1",
				"请新建 SHA-1 仓库：git init --object-format=sha1", nil}
		case o.Key == "refstorage" && value != "files":
			return false, &Error{"仓库使用 " + value + " 引用存储格式，本程序不支持",
				"请执行 git refs migrate --ref-format=files，或用 git clone --ref-format=files 重新克隆", nil}
		case o.Key == "partialclone":
			partial = true
		case slices.Contains(readableExtensions, o.Key), o.Key == "objectformat", o.Key == "refstorage":
		default:
			return false, &Error{"仓库使用了不认识的扩展 extensions." + o.Key, "请用普通格式重新克隆", nil}
		}
	}
	return partial, nil
}
