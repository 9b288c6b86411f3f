package history

import (
	"slices"
	"sort"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
)

// A merge says what it has otherwise than a parent, unless another parent
// brought that: changed it since the two parted. So a clean merge says nothing,
// and neither does taking one side of what both changed. But what one parent
// changed, the other left alone and the result lacks was undone by whoever made
// the merge (git merge -s ours, a conflict solved by taking the whole file), and
// what neither parent has is that author's too.
//
// Where two parents have several merge bases (a criss-cross), a parent brought
// what it has otherwise than any of them: it descends from them all, so one of
// the commits between that base and it said so. Where they have none, each
// brought all that it has.

// merge is one merge commit, asked about case after case.
type merge struct {
	h      *History
	rd     *git.Reader
	commit *mainline.Commit
	paths  map[*track][]string           // of the cases within the branch
	trees  []git.Hash                    // its own, and its parents'
	bases  map[[2]int][]*mainline.Commit // of each two parents, as they are asked for
}

// mostParents is for how many parents of a merge it is asked where they parted.
// No more are merged at once by people; of more than that, all that differs from
// a parent counts as said by the merge.
const mostParents = 64

// mostPaths is how many of the paths that a case ever had are looked up in a
// tree. A file is moved a few times in its life.
const mostPaths = 64

// change is what the merge did to a case; nil if it did nothing that its parents
// had not done. Seen is what the walk found of it, if its content there is none
// of the parents' at the same path.
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
				continue // neither has what the other lacks
			}
			blobs, err := m.blobsAtBases(p, q, tr)
			if err != nil {
				return nil, err
			}
			c.bases[[2]int{p, q}] = blobs
		}
	}
	for p, was := range c.parents {
		if was != c.blob && !c.took(p) {
			return &c, nil
		}
	}
	return nil, nil
}

// clean tells of most merges into the main branch, without reading a tree, that
// nothing is undone of a case: it did not change there since the branch parted.
// It asks for no case whose content is none of the parents'.
func (m *merge) clean(tr *track) bool {
	i := m.commit.Landing
	if m.commit.Proposed || len(m.commit.Parents) != 2 || !m.h.IsLanding(m.commit) {
		return false
	}
	// What the landing has otherwise than the one before is then the branch's.
	bases := m.basesOf(0, 1)
	if len(bases) != 1 || !m.h.IsLanding(bases[0]) {
		return false
	}
	before := sort.Search(len(tr.versions), func(n int) bool { return tr.versions[n].landing >= i })
	return before == 0 || tr.versions[before-1].landing <= bases[0].Landing
}

// fewCases is up to how many cases are looked at one by one. Of more, those that
// a merge did anything to are found by comparing the trees.
const fewCases = 8

// doubtful are those of some cases that the merge may have done something to.
// The folders are its own and its parents'.
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
				list = []*mainline.Commit{{}} // nothing
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

// took reports whether the merge only took over what other parents did to the
// content of parent p: one changed it, and p had not changed it, or both had
// removed it.
func (c *blobChange) took(p int) bool {
	for q, blob := range c.parents {
		if blob != c.blob || q == p {
			continue
		}
		for _, base := range c.since(p, q) {
			if base == c.parents[p] || c.blob.IsZero() && !base.IsZero() {
				return true
			}
		}
	}
	return false
}

// find fills in a blob that is zero from any path of a case that has one.
func (m *merge) find(at *git.Hash, tree git.Hash, tr *track) error {
	if !at.IsZero() {
		return nil
	}
	return blobAtAnyPath(m.rd, at, tree, tr.paths[max(0, len(tr.paths)-mostPaths):], m.paths[tr])
}

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

// blobsAtBases are the contents of a case where two parents parted.
func (m *merge) blobsAtBases(p, q int, tr *track) ([]git.Hash, error) {
	bases := m.basesOf(p, q)
	if len(bases) == 0 {
		return []git.Hash{git.ZeroHash}, nil // what either has, it brought
	}
	blobs := make([]git.Hash, len(bases))
	for i, b := range bases {
		if err := m.find(&blobs[i], b.Tree, tr); err != nil {
			return nil, err
		}
	}
	return blobs, nil
}
