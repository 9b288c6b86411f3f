package history

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/caseid"
	"suqiu/internal/git"
	"suqiu/internal/record"
)

// Numbers are the 编号 of one month and unit that are in use.
type Numbers struct {
	Prefix   string // 202607-NFZX-
	Highest  int    // sequence number
	Branches int    // that were searched, beside all that ever landed
}

// NumberPrefix is what the 编号 of a month and unit begin with; empty if id is
// not well formed.
func NumberPrefix(id string) string {
	if id = fold(id); record.PathOf(id) == "" {
		return ""
	}
	return id[:strings.LastIndexByte(id, '-')+1]
}

// Next is the n-th 编号 after the highest.
func (n Numbers) Next(nth int) string {
	return caseid.Make(strings.TrimSuffix(n.Prefix, "-"), n.Highest+nth)
}

// See notes a 编号 that is in use.
func (n *Numbers) See(id string) {
	number, ok := strings.CutPrefix(fold(id), n.Prefix)
	if !ok || record.PathOf(n.Prefix+number) == "" {
		return
	}
	if sequence, err := strconv.Atoi(number); err == nil {
		n.Highest = max(n.Highest, sequence)
	}
}

// Numbers finds the 编号 of a prefix that are in use: in all that ever landed,
// in the branch under Base, and in every branch that the repository knows.
func (h *History) Numbers(prefix string) (Numbers, error) {
	found := Numbers{Prefix: prefix}
	from, _ := slices.BinarySearchFunc(h.tracks, prefix, func(t *track, id string) int { return cmp.Compare(t.id, id) })
	for ; from < len(h.tracks) && strings.HasPrefix(h.tracks[from].id, prefix); from++ {
		found.See(h.tracks[from].id)
	}
	var err error
	found.Branches, err = h.onBranches(found.See)
	return found, err
}

// HighestNumbers are the highest of each prefix that are in use, as Numbers finds
// them; the prefixes have no dash at their end.
func (h *History) HighestNumbers() (map[string]int, error) {
	highest := map[string]int{}
	see := func(id string) {
		if prefix := NumberPrefix(id); prefix != "" {
			n := Numbers{Prefix: prefix}
			n.See(id)
			name := strings.TrimSuffix(prefix, "-")
			highest[name] = max(highest[name], n.Highest)
		}
	}
	for _, t := range h.tracks {
		see(t.id)
	}
	_, err := h.onBranches(see)
	return highest, err
}

// onBranches tells of every 编号 on a branch that the head has not so, and counts
// the branches.
func (h *History) onBranches(see func(id string)) (branches int, err error) {
	tips, err := h.Repo.BranchTips()
	if err != nil {
		return 0, err
	}
	rd := h.Repo.Reader()
	defer rd.Close()
	for _, tip := range tips {
		tree, err := rd.TreeOf(tip)
		if err != nil {
			continue // whoever asks for that branch is told that it cannot be read
		}
		branches++
		changes, err := casesChanged(rd, h.HeadTree, tree)
		if err != nil {
			return branches, err
		}
		for _, ch := range changes {
			if id, ok := idOf(ch.Path); ok && ch.New.Mode != git.ModeAbsent {
				see(id)
			}
		}
	}
	return branches, nil
}

// AtFork is a file, under Base, where the branch left the mainline or last merged it;
// git.ErrNoFile if it was not there.
func (h *History) AtFork(path string) ([]byte, error) {
	if h.Fork.IsZero() {
		return nil, git.ErrNoFile
	}
	rd := h.Repo.Reader()
	defer rd.Close()
	return rd.File(h.Fork, path)
}
