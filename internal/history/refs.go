package history

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// ResolveRef is the full hash of the commit that ref names. An empty ref means
// HEAD when it is detached or on the main branch, else origin's main branch,
// else the local one: so that a stray check-out is not taken for what landed.
func (r *Repo) ResolveRef(ref, mainBranch string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve(ref, mainBranch)
	if err != nil {
		return "", err
	}
	return h.String(), nil
}

// ConfigRef is the commit whose suqiu.yaml says which branch is the main one:
// that of main by the rule of ResolveRef and, where no branch has that name,
// HEAD.
func (r *Repo) ConfigRef() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve("", "")
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		if head, ok, headErr := r.tip(headRef); ok && headErr == nil {
			return head.String(), nil
		}
	}
	if err != nil {
		return "", err
	}
	return h.String(), nil
}

// resolve is ResolveRef for a caller that holds the lock.
func (r *Repo) resolve(ref, mainBranch string) (plumbing.Hash, error) {
	if ref != "" {
		return r.named(ref)
	}
	mainBranch = cmp.Or(mainBranch, "main")
	local := "refs/heads/" + mainBranch
	head, at, err := r.follow(headRef)
	if err != nil {
		return plumbing.ZeroHash, err
	}
	main := local
	if end, _, err := r.follow(local); err == nil {
		main = end // one branch may have several names
	}
	if (head == headRef || head == main) && !at.IsZero() {
		return at, nil
	}
	for _, name := range []string{"refs/remotes/origin/" + mainBranch, local} {
		if h, ok, err := r.tip(name); ok || err != nil {
			return h, err
		}
	}
	return plumbing.ZeroHash, r.unknown("找不到主分支 "+mainBranch, "请在 suqiu.yaml 的“主分支”中写明，或用 --ref 指定")
}

// unknown says what there is instead of a name that was not found.
func (r *Repo) unknown(what, cure string) error {
	branches := r.branches()
	if len(branches) == 0 {
		return &Error{"仓库是空的，还没有任何提交", "请先提交 suqiu.yaml 和事项文件，或执行 git fetch", plumbing.ErrReferenceNotFound}
	}
	return &Error{what, cure + "；现有分支：" + strings.Join(branches, "、"), plumbing.ErrReferenceNotFound}
}

// branches are the local and remote branches, for messages: at most twelve.
func (r *Repo) branches() []string {
	refs, err := r.refsBelow("refs/heads/", "refs/remotes/")
	if err != nil {
		return nil
	}
	var names []string
	for name, ref := range refs {
		if ref.target == "" {
			_, short, _ := strings.Cut(strings.TrimPrefix(name, "refs/"), "/")
			names = append(names, short)
		}
	}
	slices.Sort(names)
	if len(names) > 12 {
		names = append(names[:12:12], "…")
	}
	return names
}

// checkWhole refuses a history that is not the one that was made: cut short,
// or with commits replaced by others.
func (r *Repo) checkWhole() error {
	shallow, err := os.ReadFile(filepath.Join(r.common, "shallow"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &Error{"浅克隆标记文件 shallow 无法读取（" + err.Error() + "）", "请重新完整克隆", err}
	}
	if len(bytes.TrimSpace(shallow)) > 0 {
		return &Error{"这是浅克隆（shallow clone），历史不完整，无法计算时限", "CI 中请设 GIT_DEPTH: 0；本地请执行 git fetch --unshallow", nil}
	}
	replaced, err := r.refsBelow("refs/replace/")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(replaced)) {
		object := strings.TrimPrefix(name, "refs/replace/")
		return &Error{"本仓库用 git replace 替换了对象 " + object + "，看到的不是原始历史", "请执行 git replace -d " + object + " 后重试", nil}
	}
	grafts := filepath.Join(r.common, "info", "grafts")
	if data, err := os.ReadFile(grafts); err == nil && strings.TrimSpace(string(data)) != "" {
		return &Error{"本仓库用 info/grafts 改写了提交的先后关系，看到的不是原始历史", "请删除 " + grafts + " 后重试", nil}
	}
	return nil
}

// ReadFile reads a file of the tree of a revision, as ResolveRef names it.
// Its error is ErrNoFile if the tree has no such regular file.
func (r *Repo) ReadFile(rev, path string) ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve(rev, "")
	if err != nil {
		return nil, err
	}
	c, err := r.reader.commit(h, persons{})
	if err != nil {
		return nil, err
	}
	return r.reader.file(c.tree, path)
}

// file reads one regular file below a tree.
func (r *reader) file(tree plumbing.Hash, path string) ([]byte, error) {
	e, err := r.lookup(tree, path)
	if err != nil {
		return nil, err
	}
	switch {
	case e.mode == modeAbsent:
		return nil, ErrNoFile
	case !e.mode.regular():
		return nil, &NotAFile{path, e.mode.what()}
	}
	data, err := r.want(plumbing.BlobObject, e.hash)
	return slices.Clone(data), err
}
