package mainline

import (
	"slices"

	"suqiu/internal/git"
)

// Bases are the merge bases of two commits that landed or are proposed: the
// common ancestors that are ancestors of no other one. Branches that cross have
// several; histories that have nothing in common have none.
func (m *chain) Bases(p, q *Commit) []*Commit {
	switch {
	case p.Hash == q.Hash:
		return []*Commit{p}
	case m.IsLanding(p):
		return m.forkPoints(p.Landing, q)
	case m.IsLanding(q):
		return m.forkPoints(q.Landing, p)
	}
	return m.commitsAt(git.MergeBases(p.order, q.order, m.parents))
}

// IsLanding reports whether a commit is a landing, so that whatever landed before is
// an ancestor of it. The head of a proposed branch is none: it need not descend from
// all of the mainline.
func (m *chain) IsLanding(c *Commit) bool {
	return !c.Proposed && c.Landing < m.Len() && m.Hash(c.Landing) == c.Hash
}

// forkPoints are the merge bases of a landing and some commit: where the commit's own
// history meets what had landed by then. As branches are short, this looks at a few
// commits only, however far the main branch has moved on.
func (m *chain) forkPoints(landing int, from *Commit) []*Commit {
	if from.Landing <= landing {
		return []*Commit{from}
	}
	var found []*Commit
	seen := map[git.Hash]bool{}
	for stack := []*Commit{from}; len(stack) > 0; {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, h := range c.Parents {
			if seen[h] {
				continue
			}
			seen[h] = true
			switch parent := m.Landed(h); {
			case parent == nil:
			case parent.Landing <= landing:
				found = append(found, parent)
			default:
				stack = append(stack, parent)
			}
		}
	}
	if len(found) < 2 {
		return found
	}
	// The last of them has the others among its ancestors if it is a landing.
	last := slices.MaxFunc(found, func(a, b *Commit) int { return a.order - b.order })
	if m.IsLanding(last) {
		return []*Commit{last}
	}
	numbers := make([]int, len(found))
	for i, c := range found {
		numbers[i] = c.order
	}
	return m.commitsAt(git.Independent(numbers, m.parents))
}
