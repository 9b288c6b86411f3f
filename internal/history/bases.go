package history

import (
	"container/heap"
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
	return m.commonAncestors(p, q)
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
	return m.independent(found)
}

// The marks of a commit on the way down from two others.
const (
	ofFirst  = 1 << iota // the first, or an ancestor of it
	ofSecond             // of the second
	below                // an ancestor of a common ancestor that is found
)

// commonAncestors walks down from both commits, children before parents, until
// all that is left lies below what was found.
func (m *mainline) commonAncestors(p, q *commit) []*commit {
	marks := map[git.Hash]int{}
	var next descent
	open := 0 // in next, and not below what was found
	reach := func(c *commit, add int) {
		was, seen := marks[c.Hash]
		marks[c.Hash] = was | add
		if !seen {
			heap.Push(&next, c)
		}
		switch {
		case seen && was&below == 0 && add&below != 0:
			open--
		case !seen && add&below == 0:
			open++
		}
	}
	reach(p, ofFirst)
	reach(q, ofSecond)
	var found []*commit
	for open > 0 {
		c := heap.Pop(&next).(*commit)
		pass := marks[c.Hash]
		if pass&below == 0 {
			open--
			if pass == ofFirst|ofSecond {
				found = append(found, c)
				pass |= below
			}
		}
		m.eachParent(c, func(parent *commit) { reach(parent, pass) })
	}
	return found
}

// independent are those of some commits that are ancestors of no other, the one
// that landed last first.
func (m *mainline) independent(list []*commit) []*commit {
	var next descent
	seen, ancestors := map[git.Hash]bool{}, map[git.Hash]bool{}
	for _, c := range list {
		heap.Push(&next, c)
		seen[c.Hash] = true
	}
	var found []*commit
	for waiting := len(list); waiting > 0; {
		c := heap.Pop(&next).(*commit)
		if slices.ContainsFunc(list, func(l *commit) bool { return l.Hash == c.Hash }) {
			waiting--
			if !ancestors[c.Hash] {
				found = append(found, c)
			}
		}
		m.eachParent(c, func(parent *commit) {
			ancestors[parent.Hash] = true
			if !seen[parent.Hash] {
				seen[parent.Hash] = true
				heap.Push(&next, parent)
			}
		})
	}
	return found
}

func (m *mainline) eachParent(c *commit, do func(parent *commit)) {
	for _, h := range c.Parents {
		if parent := m.landed(h); parent != nil {
			do(parent)
		}
	}
}

// descent gives the commit that came last first: no parent before its children.
type descent []*commit

func (d descent) Len() int           { return len(d) }
func (d descent) Less(i, j int) bool { return d[i].order > d[j].order }
func (d descent) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *descent) Push(x any)        { *d = append(*d, x.(*commit)) }
func (d *descent) Pop() any {
	last := len(*d) - 1
	c := (*d)[last]
	*d = (*d)[:last]
	return c
}
