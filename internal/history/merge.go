package history

import (
	"slices"
	"sort"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
)

// A merge says what differs from one of its parents, unless another parent brought
// it, that is, changed it since the two parted. So a clean merge says nothing, and
// neither does a merge that takes one side of what both changed. But if one parent
// changed something, the other left it alone and the result lacks it, then whoever
// made the merge undid it (git merge -s ours, or a conflict resolved by taking the
// whole file). What neither parent has is that author's too.
//
// If two parents have several merge bases (a criss-cross), a parent brought whatever
// differs from any of them: it descends from them all, so a commit between that base
// and it said so. If they have none, each brought all that it has.

// merge is one merge commit, which is asked what it did to one case after another.
type merge struct {
	h      *History
	rd     *git.Reader
	commit *mainline.Commit
	paths  map[*track][]string           // that the cases had within the branch
	trees  []git.Hash                    // its own, and its parents'
	bases  map[[2]int][]*mainline.Commit // of each two parents, as they are asked for
}

// mostParents is up to how many parents a merge may have to be asked where they
// parted. People merge no more at once; if there are more, all that differs from a
// parent counts as said by the merge.
const mostParents = 64

// mostPaths is how many of the paths that a case ever had are looked up in a tree: a
// file is moved a few times in its life.
const mostPaths = 64

// change is what the merge did to a case; nil if it did only what its parents had
// done. Seen is not nil if the content differs from that of every parent at the same
// path.
func (m *merge) change(tr *track, seen *blobChange) (*blobChange, error) {
	if seen == nil && m.clean(tr) {
		return nil, nil
	}
	c := blobChange{commit: m.commit, parents: make([]git.Hash, len(m.commit.Parents))}
	if seen != nil {
		c = *seen
	}
	// A parent that moved the case has it at another path.
	for k, tree := range m.trees {
		at := &c.blob
		if k > 0 {
			at = &c.parents[k-1]
		}
		if err := m.find(at, tree, tr); err != nil {
			return nil, err
		}
	}
	if !slices.ContainsFunc(c.parents, func(p git.Hash) bool { return p != c.blob }) {
		return nil, nil
	}
	if len(c.parents) > mostParents {
		return &c, nil
	}
	c.bases = map[[2]int][]git.Hash{}
	for q := range c.parents {
		for p := range q {
			if c.parents[p] == c.parents[q] {
				continue // both say the same
			}
			blobs, err := m.blobsAtBases(p, q, tr)
			if err != nil {
				return nil, err
			}
			c.bases[[2]int{p, q}] = blobs
		}
	}
	for p, was := range c.parents {
		if was != c.blob && !c.takenOver(p) {
			return &c, nil
		}
	}
	return nil, nil
}

// clean recognises, without reading a tree, most merges into the main branch that
// undo nothing of a case: the case did not change there since the branch left it. It
// must not be asked about a case whose content is none of the parents'.
func (m *merge) clean(tr *track) bool {
	i := m.commit.Landing
	if m.commit.Proposed || len(m.commit.Parents) != 2 || !m.h.IsLanding(m.commit) {
		return false
	}
	// Whatever differs from the landing before is then the branch's.
	bases := m.basesOf(0, 1)
	if len(bases) != 1 || !m.h.IsLanding(bases[0]) {
		return false
	}
	before := sort.Search(len(tr.versions), func(n int) bool { return tr.versions[n].landing >= i })
	return before == 0 || tr.versions[before-1].landing <= bases[0].Landing
}

// fewCases is up to how many cases are looked at one by one. If there are more, a
// comparison of the trees finds those that a merge did something to.
const fewCases = 8

// doubtful are those of the wanted cases to which the merge may have done something.
// The folders are cases/ of the merge and of its parents.
func (m *merge) doubtful(folders []git.Hash, wanted map[string]*track) (map[string]*track, error) {
	if len(wanted) <= fewCases || !m.commit.Proposed && len(m.commit.Parents) == 2 && m.h.IsLanding(m.commit) ||
		len(m.commit.Parents) > mostParents {
		return wanted, nil
	}
	trees, of := slices.Clone(folders), map[git.Hash]int{}
	bases := map[[2]int][]int{}
	for q := range m.commit.Parents {
		for p := range q {
			list := m.basesOf(p, q)
			if len(list) == 0 {
				list = []*mainline.Commit{{}} // an empty tree
			}
			for _, b := range list {
				tree, err := casesTree(m.rd, b.Tree)
				if err != nil {
					return nil, err
				}
				i, known := of[tree]
				if !known {
					i = len(trees)
					of[tree], trees = i, append(trees, tree)
				}
				bases[[2]int{p, q}] = append(bases[[2]int{p, q}], i)
			}
		}
	}
	found := map[string]*track{}
	err := m.rd.Unclean("cases/", trees, len(m.commit.Parents), bases, func(path []byte) {
		if id, ok := idOf(string(path)); ok && wanted[id] != nil {
			found[id] = wanted[id]
		}
	})
	return found, err
}

// takenOver reports whether the merge only took over what another parent did to the
// content of parent p: the other changed it and p did not, or both removed it.
func (c *blobChange) takenOver(p int) bool {
	for q, blob := range c.parents {
		if blob != c.blob || q == p {
			continue
		}
		for _, base := range c.at(p, q) {
			if base == c.parents[p] || c.blob.IsZero() && !base.IsZero() {
				return true
			}
		}
	}
	return false
}

// find fills in a blob that is zero from the first path of a case that has one.
func (m *merge) find(at *git.Hash, tree git.Hash, tr *track) error {
	for _, paths := range [][]string{tr.paths[max(0, len(tr.paths)-mostPaths):], m.paths[tr]} {
		for _, p := range paths {
			if !at.IsZero() || tree.IsZero() {
				return nil
			}
			e, err := m.rd.Lookup(tree, p)
			if err != nil {
				return err
			}
			*at = e.Blob()
		}
	}
	return nil
}

// basesOf are the merge bases of two parents, given by their places.
func (m *merge) basesOf(p, q int) []*mainline.Commit {
	pair := [2]int{p, q}
	list, known := m.bases[pair]
	if !known {
		list = m.h.Bases(m.h.Landed(m.commit.Parents[p]), m.h.Landed(m.commit.Parents[q]))
		if m.bases == nil {
			m.bases = map[[2]int][]*mainline.Commit{}
		}
		m.bases[pair] = list
	}
	return list
}

// blobsAtBases are the contents of a case at the merge bases of two parents.
func (m *merge) blobsAtBases(p, q int, tr *track) ([]git.Hash, error) {
	bases := m.basesOf(p, q)
	if len(bases) == 0 {
		return []git.Hash{git.ZeroHash}, nil // each brought all that it has
	}
	blobs := make([]git.Hash, len(bases))
	for i, b := range bases {
		if err := m.find(&blobs[i], b.Tree, tr); err != nil {
			return nil, err
		}
	}
	return blobs, nil
}
