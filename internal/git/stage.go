package git

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/index"

	"suqiu/internal/gitindex"
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
	idx, err := readIndex(indexFile)
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

// readIndex reads an index; its error says how to mend it.
func readIndex(name string) (*index.Index, error) {
	idx, err := gitindex.Read(name)
	if err != nil {
		return nil, &Error{"暂存区 " + name + " 无法读取（" + err.Error() + "）",
			"请把 " + name + " 移走，再执行 git reset 重新生成（不改动工作区的文件）", err}
	}
	return idx, nil
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
