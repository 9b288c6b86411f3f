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

// refuse tells of what would make a date or a deletion wrong: a shallow clone,
// replaced or grafted commits.
func (r *Repo) refuse() error {
	r.mu.Lock()
	shallow, err := r.store.Shallow()
	r.mu.Unlock()
	if err != nil {
		return &Error{"无法读取仓库的 shallow 文件（" + err.Error() + "）", "请重新完整克隆", err}
	}
	if len(shallow) > 0 {
		return &Error{"这是浅克隆，历史不完整，无法确定各步骤的日期", "在 .gitlab-ci.yml 中设 GIT_DEPTH: 0；本机执行 git fetch --unshallow", nil}
	}
	if data, err := os.ReadFile(filepath.Join(r.common, "info", "grafts")); err == nil && len(strings.TrimSpace(string(data))) > 0 {
		return &Error{"仓库用 info/grafts 改接了历史", "删除 " + filepath.Join(r.common, "info", "grafts") + " 后重试", nil}
	}
	refs, err := r.references()
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if strings.HasPrefix(ref.Name().String(), "refs/replace/") {
			return &Error{"仓库用 git replace 替换了提交，历史不可信", "执行 git replace -l 查看，用 git replace -d 删除后重试", nil}
		}
	}
	return nil
}

func (r *Repo) references() ([]*plumbing.Reference, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	iter, err := r.store.IterReferences()
	if err != nil {
		return nil, &Error{"无法读取仓库的分支（" + err.Error() + "）", "请执行 git fsck 查看损坏情况", err}
	}
	var refs []*plumbing.Reference
	err = iter.ForEach(func(ref *plumbing.Reference) error {
		refs = append(refs, ref)
		return nil
	})
	return refs, err
}

// ResolveRef finds the commit to read: ref if it is given; else HEAD where it
// is detached or on the main branch, else origin's main branch, else the local
// one.
func (r *Repo) ResolveRef(ref, mainBranch string) (string, error) {
	mainBranch = cmp.Or(mainBranch, "main")
	if ref != "" {
		return r.resolve(ref)
	}
	r.mu.Lock()
	head, err := r.store.Reference(plumbing.HEAD)
	r.mu.Unlock()
	if err == nil && (head.Type() == plumbing.HashReference || head.Target() == plumbing.NewBranchReferenceName(mainBranch)) {
		if hash, err := r.resolve("HEAD"); err == nil {
			return hash, nil
		}
	}
	for _, name := range []string{"refs/remotes/origin/" + mainBranch, "refs/heads/" + mainBranch} {
		if hash, err := r.resolve(name); err == nil {
			return hash, nil
		}
	}
	names, err := r.branches()
	if err != nil {
		return "", err
	}
	if len(names) == 0 {
		return "", &Error{"仓库是空的，还没有任何提交", "请先提交 suqiu.yaml 和事项文件，或执行 git fetch", nil}
	}
	return "", &Error{"找不到主分支 " + mainBranch, "现有分支：" + strings.Join(names, "、") + "；请在 suqiu.yaml 的“主分支”中写明，或用 --ref 指定", nil}
}

// resolve finds the commit of a revision.
func (r *Repo) resolve(rev string) (string, error) {
	r.mu.Lock()
	hash, err := r.git.ResolveRevision(plumbing.Revision(rev))
	r.mu.Unlock()
	if err == nil {
		return hash.String(), nil
	}
	var known *Error
	if errors.As(err, &known) {
		return "", err
	}
	names, err2 := r.branches()
	if err2 != nil {
		return "", err2
	}
	if len(names) == 0 {
		return "", &Error{"仓库是空的，还没有任何提交", "请先提交 suqiu.yaml 和事项文件，或执行 git fetch", err}
	}
	return "", &Error{"找不到版本 " + rev, "现有分支：" + strings.Join(names, "、") + "；CI 中请设 GIT_DEPTH: 0 并先执行 git fetch origin", err}
}

// branches names the branches that are there, local ones first.
func (r *Repo) branches() ([]string, error) {
	refs, err := r.references()
	if err != nil {
		return nil, err
	}
	var local, remote []string
	for _, ref := range refs {
		switch n := ref.Name(); {
		case n.IsBranch():
			local = append(local, n.Short())
		case n.IsRemote() && ref.Type() == plumbing.HashReference:
			remote = append(remote, n.Short())
		}
	}
	slices.Sort(local)
	slices.Sort(remote)
	all := append(local, remote...)
	return all[:min(len(all), 12)], nil
}

// ReadFile reads a file of a revision; ErrNoFile if there is none.
func (r *Repo) ReadFile(rev, path string) ([]byte, error) {
	hash, err := r.resolve(rev)
	if err != nil {
		return nil, err
	}
	rd := r.db.reader()
	defer rd.close()
	c, err := rd.commit(plumbing.NewHash(hash), persons{})
	if err != nil {
		return nil, err
	}
	return rd.file(c.tree, path)
}
