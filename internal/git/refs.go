package git

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
func (r *Repo) resolve(ref, mainBranch string) (Hash, error) {
	if ref != "" {
		return r.named(ref)
	}
	mainBranch = cmp.Or(mainBranch, "main")
	local := "refs/heads/" + mainBranch
	head, at, err := r.follow(headRef)
	if err != nil {
		return ZeroHash, err
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
	return ZeroHash, r.unknown("找不到主分支 "+mainBranch, "请在 suqiu.yaml 的“主分支”中写明，或用 --ref 指定")
}

// MainTip is the tip of the main branch as origin has it, else of the local
// one; empty if there is neither.
func (r *Repo) MainTip(mainBranch string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name := cmp.Or(mainBranch, "main")
	for _, ref := range []string{"refs/remotes/origin/" + name, "refs/heads/" + name} {
		if h, ok, err := r.tip(ref); err != nil || ok {
			return h.String(), err
		}
	}
	return "", nil
}

// Branch is the tip of a local branch; empty if there is none.
func (r *Repo) Branch(name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok, err := r.tip("refs/heads/" + name)
	if !ok || err != nil {
		return "", err
	}
	return h.String(), nil
}

// HeadBranch is the branch that HEAD leads to, whether it has a commit or not;
// empty if HEAD is detached.
func (r *Repo) HeadBranch() (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	end, _, err := r.follow(headRef)
	name, ok := strings.CutPrefix(end, "refs/heads/")
	if !ok || err != nil {
		return "", err
	}
	return name, nil
}

// RefBehind is the reference to which a symbolic one leads, as a server may give one
// branch several names; any other is returned as it is.
func (r *Repo) RefBehind(ref string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	end, _, err := r.follow(ref)
	if errors.Is(err, errBrokenRef) {
		return ref, nil // whoever pushes to it mends it
	}
	return end, err
}

// OnMainlineOf reports whether a commit stands on the first-parent chain that
// ends with tip. What cannot be read stands on none.
func (r *Repo) OnMainlineOf(commit, tip string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	want, at := plumbing.NewHash(commit), plumbing.NewHash(tip)
	for at != want {
		c, err := r.reader.Commit(at, People{})
		if err != nil || len(c.Parents) == 0 {
			return false
		}
		at = c.Parents[0]
	}
	return true
}

// unknown says what there is instead of a name that was not found.
func (r *Repo) unknown(what, cure string) error {
	branches := r.branches()
	if len(branches) == 0 {
		return &Error{"仓库是空的，还没有任何提交", "请先提交 suqiu.yaml 和事项文件，或执行 git fetch",
			plumbing.ErrReferenceNotFound}
	}
	return &Error{what, cure + "；现有分支：" + strings.Join(branches, "、"), plumbing.ErrReferenceNotFound}
}

// Aliases are the local branches that are names for another one.
func (r *Repo) Aliases(branch string) (list []string) {
	refs, err := r.refsBelow("refs/heads/")
	if err != nil {
		return nil
	}
	for name, ref := range refs {
		if ref.target == "refs/heads/"+branch {
			list = append(list, strings.TrimPrefix(name, "refs/heads/"))
		}
	}
	slices.Sort(list)
	return list
}

// BranchTips are the commits that the local and remote branches name, each once,
// in the order of the branches' names. What cannot be read is left out.
func (r *Repo) BranchTips() ([]Hash, error) {
	refs, err := r.refsBelow("refs/heads/", "refs/remotes/")
	if err != nil {
		return nil, err
	}
	var list []Hash
	for _, name := range slices.Sorted(maps.Keys(refs)) {
		if tip, ok, err := r.tip(name); err == nil && ok && !slices.Contains(list, tip) {
			list = append(list, tip)
		}
	}
	return list, nil
}

// Tips are the commits and tags that references name, each once. References by which
// a platform keeps objects alive for itself are left out: their commits are on some
// branch as well, or were.
func (r *Repo) Tips() ([]Hash, error) {
	refs, err := r.refsBelow("refs/")
	if err != nil {
		return nil, err
	}
	var list []Hash
	seen := map[Hash]bool{}
	for name, ref := range refs {
		own := strings.HasPrefix(name, "refs/keep-around/") || strings.HasPrefix(name, "refs/pipelines/") ||
			strings.HasPrefix(name, "refs/environments/")
		if !own && ref.target == "" && !seen[ref.hash] {
			seen[ref.hash] = true
			list = append(list, ref.hash)
		}
	}
	return list, nil
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

// CheckWhole refuses a history that is not the one that was made: cut short,
// or with commits replaced by others.
func (r *Repo) CheckWhole() error {
	shallow, err := os.ReadFile(filepath.Join(r.Common, "shallow"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &Error{"浅克隆标记文件 shallow 无法读取（" + err.Error() + "）", "请重新完整克隆", err}
	}
	if len(bytes.TrimSpace(shallow)) > 0 {
		return &Error{"这是浅克隆（shallow clone），历史不完整，无法计算时限",
			"CI 中请设 GIT_DEPTH: 0；本地请执行 git fetch --unshallow", nil}
	}
	replaced, err := r.refsBelow("refs/replace/")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(replaced)) {
		object := strings.TrimPrefix(name, "refs/replace/")
		return &Error{"本仓库用 git replace 替换了对象 " + object + "，看到的不是原始历史",
			"请执行 git replace -d " + object + " 后重试", nil}
	}
	grafts := filepath.Join(r.Common, "info", "grafts")
	if data, err := os.ReadFile(grafts); err == nil && strings.TrimSpace(string(data)) != "" {
		return &Error{"本仓库用 info/grafts 改写了提交的先后关系，看到的不是原始历史", "请删除 " + grafts + " 后重试",
			nil}
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
	c, err := r.reader.Commit(h, People{})
	if err != nil {
		return nil, err
	}
	return r.reader.File(c.Tree, path)
}

// FoldersWith lists the folders at the top of a revision, as ResolveRef names it,
// that have a regular file of a name.
func (r *Repo) FoldersWith(rev, name string) (folders []string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve(rev, "")
	if err != nil {
		return nil, err
	}
	c, err := r.reader.Commit(h, People{})
	if err != nil {
		return nil, err
	}
	err = r.reader.EachEntry(c.Tree, func(folder []byte, e Entry) error {
		if e.Mode != ModeTree {
			return nil
		}
		there, err := r.reader.Lookup(e.Hash, name)
		if there.Mode.Regular() {
			folders = append(folders, string(folder))
		}
		return err
	})
	return folders, err
}
