package git

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/index"
)

// Staged is what the next commit would say.
type Staged struct {
	Commit string   // a revision for Options.Ref, of this Repo alone: it is in no repository
	Born   bool     // there is a commit before it
	Paths  []string // that it changes, against HEAD
}

// Stage makes a commit of what an index holds, on top of HEAD and of what is
// being merged into it, without writing anything. An empty name means the
// repository's own index. The author is told as Git does: Name <e-mail> seconds
// zone. It must come before the first Walk.
func (r *Repo) Stage(indexFile, author string) (*Staged, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if indexFile == "" {
		indexFile = filepath.Join(r.GitDir, "index")
	}
	idx, err := readStage(indexFile)
	if err != nil {
		return nil, err
	}
	made := map[Hash]object{}
	tree := stageTree(made, idx.Entries, "")
	parents, err := r.stageParents()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "tree %s\n", tree)
	for _, p := range parents {
		fmt.Fprintf(&b, "parent %s\n", p)
	}
	fmt.Fprintf(&b, "author %s\ncommitter %s\n\n暂存的修改\n", author, author)
	commit := keepMade(made, plumbing.CommitObject, b.Bytes())
	r.db.made = made
	paths, err := r.changedSince(parents, tree)
	return &Staged{Commit: commit.String(), Born: len(parents) > 0, Paths: paths}, err
}

// changedSince lists the paths that a tree has otherwise than the first parent.
func (r *Repo) changedSince(parents []Hash, tree Hash) ([]string, error) {
	before := ZeroHash
	if len(parents) > 0 {
		var err error
		if before, err = r.reader.TreeOf(parents[0]); err != nil {
			return nil, err
		}
	}
	changes, err := r.reader.Changes(before, tree, map[string]string{})
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, ch := range changes {
		paths = append(paths, ch.Path)
	}
	return paths, nil
}

// stageTree makes the tree of the entries, all of which lie below prefix. They
// are sorted by path, which is the order of trees.
func stageTree(made map[Hash]object, entries []*index.Entry, prefix string) Hash {
	var b bytes.Buffer
	for i := 0; i < len(entries); {
		e := entries[i]
		name, _, folder := strings.Cut(e.Name[len(prefix):], "/")
		if !folder {
			// A conflict has stages and is no content; what is only announced
			// (git add -N) is not in the commit.
			if e.Stage == 0 && !e.IntentToAdd {
				fmt.Fprintf(&b, "%o %s\x00", uint32(e.Mode), name)
				b.Write(e.Hash[:])
			}
			i++
			continue
		}
		below := prefix + name + "/"
		if e.Name == below { // a folder as a whole, of a sparse index
			fmt.Fprintf(&b, "%o %s\x00", uint32(ModeTree), name)
			b.Write(e.Hash[:])
			i++
			continue
		}
		n := i
		for n < len(entries) && strings.HasPrefix(entries[n].Name, below) {
			n++
		}
		tree := stageTree(made, entries[i:n], below)
		if len(made[tree].data) > 0 {
			fmt.Fprintf(&b, "%o %s\x00", uint32(ModeTree), name)
			b.Write(tree[:])
		}
		i = n
	}
	return keepMade(made, plumbing.TreeObject, b.Bytes())
}

func keepMade(made map[Hash]object, t plumbing.ObjectType, data []byte) Hash {
	h := plumbing.ComputeHash(t, data)
	made[h] = object{t, data}
	return h
}

// stageParents are HEAD, if it has a commit, and what is being merged into it.
func (r *Repo) stageParents() ([]Hash, error) {
	head, ok, err := r.tip(headRef)
	if !ok || err != nil {
		return nil, err
	}
	parents := []Hash{head}
	data, err := os.ReadFile(filepath.Join(r.GitDir, "MERGE_HEAD"))
	if errors.Is(err, fs.ErrNotExist) {
		return parents, nil
	}
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Fields(string(data)) {
		if plumbing.IsHash(line) {
			parents = append(parents, plumbing.NewHash(line))
		}
	}
	return parents, nil
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

// RefBehind is the reference that a name leads to on a server that gives one
// branch several names; itself if it is not symbolic.
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

// Bare reports whether the repository has no work tree.
func (r *Repo) Bare() bool { return r.Dir == r.GitDir }
