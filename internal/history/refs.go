package history

import (
	"cmp"
	"errors"
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
		if head, ok, headErr := r.tip(plumbing.HEAD); ok && headErr == nil {
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
	local := plumbing.NewBranchReferenceName(mainBranch)
	head, err := r.store.Reference(plumbing.HEAD)
	switch {
	case err != nil:
		return plumbing.ZeroHash, &Error{"仓库没有可用的 HEAD（" + err.Error() + "）", "请执行 git checkout " + mainBranch, err}
	case head.Type() == plumbing.HashReference:
		return head.Hash(), nil
	case head.Target() == local:
		if h, ok, err := r.tip(local); ok || err != nil {
			return h, err
		}
	}
	for _, name := range []plumbing.ReferenceName{plumbing.NewRemoteReferenceName("origin", mainBranch), local} {
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

// tip is the commit of a reference, if that exists.
func (r *Repo) tip(name plumbing.ReferenceName) (plumbing.Hash, bool, error) {
	for range 8 { // symbolic references may lead to others, but not for ever
		ref, err := r.store.Reference(name)
		if errors.Is(err, plumbing.ErrReferenceNotFound) {
			return plumbing.ZeroHash, false, nil
		}
		if err != nil {
			return plumbing.ZeroHash, false, &Error{"引用 " + name.String() + " 无法读取（" + err.Error() + "）", "请执行 git fsck 查看损坏情况，或重新克隆", err}
		}
		if ref.Type() == plumbing.HashReference {
			return ref.Hash(), true, nil
		}
		name = ref.Target()
	}
	return plumbing.ZeroHash, false, &Error{"引用 " + name.String() + " 循环指向", "请执行 git symbolic-ref 查看并改正", nil}
}

// named resolves what a user typed: branch, tag, hash, abbreviation, HEAD~2.
func (r *Repo) named(ref string) (plumbing.Hash, error) {
	if plumbing.IsHash(ref) && len(ref) == 40 {
		full := plumbing.NewHash(ref)
		_, err := r.store.reader.read(full)
		if errors.Is(err, errMissing) && !r.db.partial {
			return plumbing.ZeroHash, r.unknown("找不到提交 "+ref, "请先 git fetch 取得该提交（CI 中设 GIT_DEPTH: 0）")
		}
		if err == nil {
			_, err = r.store.reader.commit(full, persons{})
		}
		return full, err
	}
	found, err := r.revision(ref)
	var known *Error
	switch {
	case err == nil:
		return found, nil
	case errors.As(err, &known):
		return plumbing.ZeroHash, err
	}
	return plumbing.ZeroHash, r.unknown("找不到版本 "+ref, "请检查拼写；CI 中请设 GIT_DEPTH: 0 并先执行 git fetch origin")
}

// revision asks go-git, which knows Git's notations.
func (r *Repo) revision(ref string) (h plumbing.Hash, err error) {
	defer recovered(&err)
	if strings.Contains(ref, ":") {
		return plumbing.ZeroHash, plumbing.ErrReferenceNotFound // a file, which go-git takes for its commit
	}
	found, err := r.git.ResolveRevision(plumbing.Revision(ref))
	if err != nil {
		return plumbing.ZeroHash, err
	}
	return *found, nil
}

// branches are the local and remote branches, for messages: at most twelve.
func (r *Repo) branches() []string {
	refs, err := r.store.IterReferences()
	if err != nil {
		return nil
	}
	var names []string
	err = refs.ForEach(func(ref *plumbing.Reference) error {
		if n := ref.Name(); (n.IsBranch() || n.IsRemote()) && ref.Type() == plumbing.HashReference {
			names = append(names, n.Short())
		}
		return nil
	})
	if err != nil {
		return nil
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
	shallow, err := r.store.Shallow()
	if err != nil {
		return &Error{"浅克隆标记文件 shallow 无法读取（" + err.Error() + "）", "请重新完整克隆", err}
	}
	if len(shallow) > 0 {
		return &Error{"这是浅克隆（shallow clone），历史不完整，无法计算时限", "CI 中请设 GIT_DEPTH: 0；本地请执行 git fetch --unshallow", nil}
	}
	replaced := ""
	refs, err := r.store.IterReferences()
	if err == nil {
		err = refs.ForEach(func(ref *plumbing.Reference) error {
			if name, ok := strings.CutPrefix(ref.Name().String(), "refs/replace/"); ok {
				replaced = name
			}
			return nil
		})
	}
	if err != nil {
		return &Error{"引用无法读取（" + err.Error() + "）", "请执行 git fsck 查看损坏情况，或重新克隆", err}
	}
	if replaced != "" {
		return &Error{"本仓库用 git replace 替换了对象 " + replaced + "，看到的不是原始历史", "请执行 git replace -d " + replaced + " 后重试", nil}
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
	c, err := r.store.reader.commit(h, persons{})
	if err != nil {
		return nil, err
	}
	return r.store.reader.file(c.tree, path)
}

// file reads one regular file below a tree.
func (r *reader) file(tree plumbing.Hash, path string) ([]byte, error) {
	e, err := r.lookup(tree, path)
	if err != nil {
		return nil, err
	}
	if !e.mode.regular() {
		return nil, ErrNoFile
	}
	data, err := r.want(plumbing.BlobObject, e.hash)
	return slices.Clone(data), err
}
