package history

import (
	"maps"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// Draft is what one commit of the branch under Base made of a file that is no case.
// Nil: the file was not there.
type Draft struct {
	timeline.Attribution
	Before, After []byte
}

// Drafts lists, under Base, the commits of the branch that say something about a file
// of which something is left in what the branch proposes, and the last of those that
// say anything. If no commit does, the head answers for the difference.
func (h *History) Drafts(path string) ([]Draft, error) {
	last := h.Len() - 1
	if last < 0 || !h.Landings[last].Pending {
		return nil, nil
	}
	rd := h.Repo.Reader()
	defer rd.Close()
	base, err := textAt(rd, h.Fork, path)
	if err != nil {
		return nil, err
	}
	head := h.Commit(last)
	final, err := textAt(rd, head.Tree, path)
	if err != nil {
		return nil, err
	}
	var list []Draft
	for _, m := range h.Members(last) {
		before, says, err := h.onTopOf(rd, m, path, last)
		if err != nil {
			return nil, err
		}
		if !says {
			continue
		}
		after, err := textAt(rd, m.Tree, path)
		if err != nil {
			return nil, err
		}
		list = append(list, Draft{m.Attribution(), before, after})
	}
	if len(list) == 0 {
		return []Draft{{head.Attribution(), base, final}}, nil
	}
	end := list[len(list)-1]
	changed := hunks(base, final)
	if !explained(changed, list) {
		// A merge took one side where both had changed the file. That is the step of
		// that side's authors, judged on top of the other side.
		for i := range list {
			list[i].Before, list[i].After = base, final
		}
		return list, nil
	}
	list = slices.DeleteFunc(list, func(d Draft) bool { return d.Commit != end.Commit && !survives(d, changed) })
	return list, nil
}

// onTopOf is the file before a commit, if the commit says something about it. A merge
// is compared with a parent that has another file, if possible one that had landed:
// what the target branch changed meanwhile is not the merge's step.
func (h *History) onTopOf(rd *git.Reader, m *mainline.Commit, path string, pending int) (
	before []byte, says bool, err error,
) {
	own, err := rd.Lookup(m.Tree, path)
	if err != nil {
		return nil, false, err
	}
	if says, _, err = h.says(rd, m, own, path); err != nil || !says {
		return nil, false, err
	}
	tree, best := git.ZeroHash, -1
	for _, hash := range m.Parents {
		parent := h.Landed(hash)
		there, err := rd.Lookup(parent.Tree, path)
		if err != nil {
			return nil, false, err
		}
		rank := 0
		if there != own {
			rank += 2
		}
		if parent.Landing < pending {
			rank++
		}
		if rank > best {
			tree, best = parent.Tree, rank
		}
	}
	before, err = textAt(rd, tree, path)
	return before, true, err
}

// textAt is a file of a tree, or the target of a link; nil if there is neither.
func textAt(rd *git.Reader, tree git.Hash, path string) ([]byte, error) {
	e, err := rd.Lookup(tree, path)
	if err != nil || e.Mode == git.ModeAbsent || e.Mode == git.ModeModule || e.Mode == git.ModeTree {
		return nil, err
	}
	data, err := rd.Blob(e.Hash)
	return append([]byte{}, data...), err
}

// survives reports whether something that a commit says is left in what the
// branch changes.
func survives(d Draft, changed []hunk) bool {
	added, removed := extraLines(d.After, d.Before), extraLines(d.Before, d.After)
	return slices.ContainsFunc(changed, func(h hunk) bool {
		return slices.ContainsFunc(h.added, func(line string) bool { return added[line] }) ||
			slices.ContainsFunc(h.lost(), func(line string) bool { return removed[line] })
	})
}

// explained reports whether the drafts together say all that the branch changes.
func explained(changed []hunk, drafts []Draft) bool {
	added, removed := map[string]bool{}, map[string]bool{}
	for _, d := range drafts {
		maps.Copy(added, extraLines(d.After, d.Before))
		maps.Copy(removed, extraLines(d.Before, d.After))
	}
	return !slices.ContainsFunc(changed, func(h hunk) bool {
		return slices.ContainsFunc(h.added, func(line string) bool { return !added[line] }) ||
			slices.ContainsFunc(h.lost(), func(line string) bool { return !removed[line] })
	})
}
