package history

import (
	"bytes"
	"maps"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// Draft is what one commit of the branch under Base says of a file that is no
// case: what it left, on top of what. Nil: the file was not there.
type Draft struct {
	timeline.Attribution
	Before, After []byte
}

// Drafts lists, under Base, the commits of the branch that say something of a
// file, as far as something of it is left in what the branch proposes; the last of
// them in any case. Where none does, the head answers for the difference.
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
		// A merge took one side of what both had changed: that is the step of that
		// side's authors, judged on top of the other.
		for i := range list {
			list[i].Before, list[i].After = base, final
		}
		return list, nil
	}
	list = slices.DeleteFunc(list, func(d Draft) bool { return d.Commit != end.Commit && !survives(d, changed) })
	return list, nil
}

// onTopOf is what a commit found of a file, if it says something of it. A merge is
// held to a parent that has it otherwise, to one that had landed before others:
// what the target changed meanwhile the merge does not say.
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

// textAt is a file of a tree; nil if there is no regular file of that path. What
// stands there otherwise, a link, is what it says.
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
	brought, taken := beyond(d.After, d.Before), beyond(d.Before, d.After)
	return slices.ContainsFunc(changed, func(h hunk) bool {
		return slices.ContainsFunc(h.added, func(line string) bool { return brought[line] }) ||
			slices.ContainsFunc(h.lost(), func(line string) bool { return taken[line] })
	})
}

// explained reports whether the drafts together say all that the branch changes.
func explained(changed []hunk, drafts []Draft) bool {
	brought, taken := map[string]bool{}, map[string]bool{}
	for _, d := range drafts {
		maps.Copy(brought, beyond(d.After, d.Before))
		maps.Copy(taken, beyond(d.Before, d.After))
	}
	return !slices.ContainsFunc(changed, func(h hunk) bool {
		return slices.ContainsFunc(h.added, func(line string) bool { return !brought[line] }) ||
			slices.ContainsFunc(h.lost(), func(line string) bool { return !taken[line] })
	})
}

// hunk is a place where two texts differ: lines without blanks around them, and
// without blank ones.
type hunk struct{ removed, added []string }

// lost are the old lines that count: where new lines stand in their place, those
// count alone, unless they are fewer.
func (h hunk) lost() []string {
	if len(h.removed) > len(h.added) {
		return h.removed
	}
	return nil
}

// hunks are the places where two texts differ, by their longest common part. Of
// texts that are too long to look for that, what differs is one place.
func hunks(old, new []byte) (list []hunk) {
	a, b := textLines(old), textLines(new)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	const most = 1 << 22
	if len(a)*len(b) > most {
		return []hunk{{a, b}}
	}
	common := make([][]int32, len(a)+1) // how many lines the rests have in common
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var at hunk
	end := func() {
		if len(at.removed)+len(at.added) > 0 {
			list = append(list, at)
		}
		at = hunk{}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			end()
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			at.removed = append(at.removed, a[i])
			i++
		default:
			at.added = append(at.added, b[j])
			j++
		}
	}
	end()
	return list
}

// textLines are the lines of a text that say something.
func textLines(text []byte) (list []string) {
	for line := range bytes.Lines(text) {
		if s := string(bytes.TrimSpace(line)); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// beyond are the lines that a text has more often than another one.
func beyond(text, other []byte) map[string]bool {
	count := map[string]int{}
	for _, line := range textLines(other) {
		count[line]++
	}
	more := map[string]bool{}
	for _, line := range textLines(text) {
		if count[line]--; count[line] < 0 {
			more[line] = true
		}
	}
	return more
}
