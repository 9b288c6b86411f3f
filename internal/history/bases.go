package history

import (
	"slices"

	"suqiu/internal/git"
)

// bases are the merge bases of two commits that landed or are proposed: the
// common ancestors that are ancestors of no other one. Branches that cross have
// several; histories that have nothing in common have none.
func (m *mainline) bases(p, q *commit) []*commit {
	switch {
	case p.Hash == q.Hash:
		return []*commit{p}
	case m.heads(p):
		return m.entries(p.landing, q)
	case m.heads(q):
		return m.entries(q.landing, p)
	}
	return m.numbered(git.MergeBases(p.order, q.order, m.parents))
}

// heads reports whether a commit is a landing of the mainline: whatever landed
// up to it is then an ancestor of it. The head of a proposed branch is none, as
// it need not have all of the mainline.
func (m *mainline) heads(c *commit) bool {
	return !c.proposed && c.landing < m.len() && m.hash(c.landing) == c.Hash
}

// entries are the merge bases of a landing and some commit: where the commit's
// own history goes back to what had landed by then. As a branch is short, this
// looks at a few commits, however far the main branch has moved on.
func (m *mainline) entries(landing int, from *commit) []*commit {
	if from.landing <= landing {
		return []*commit{from}
	}
	var found []*commit
	seen := map[git.Hash]bool{}
	for stack := []*commit{from}; len(stack) > 0; {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, h := range c.Parents {
			if seen[h] {
				continue
			}
			seen[h] = true
			switch parent := m.landed(h); {
			case parent == nil:
			case parent.landing <= landing:
				found = append(found, parent)
			default:
				stack = append(stack, parent)
			}
		}
	}
	if len(found) < 2 {
		return found
	}
	// The landing that came last has all that landed before it.
	last := slices.MaxFunc(found, func(a, b *commit) int { return a.order - b.order })
	if m.heads(last) {
		return []*commit{last}
	}
	numbers := make([]int, len(found))
	for i, c := range found {
		numbers[i] = c.order
	}
	return m.numbered(git.Independent(numbers, m.parents))
}
