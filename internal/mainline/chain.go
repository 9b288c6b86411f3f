package mainline

import (
	"suqiu/internal/git"
)

// chain has the landings, oldest first: those in the form of the cache, which become
// commits only when they are asked for, and then those that were read.
type chain struct {
	past    *walkCache
	shared  int // how many landings past has
	fresh   []freshLanding
	byHash  map[git.Hash]*Commit // what the fresh ones brought,
	ordered []*Commit            // and in which order
}

// freshLanding is a landing that was read.
type freshLanding struct {
	*Commit
	members []*Commit // see chain.Members
}

// Len is how many landings there are.
func (m *chain) Len() int { return m.shared + len(m.fresh) }

// compared is of how many landings the changes are known.
func (m *chain) compared() int { return min(m.shared, len(m.past.ChangedEnd)) }

// cut drops all landings but the first n.
func (m *chain) cut(n int) {
	m.fresh = m.fresh[:max(0, n-m.shared)]
	m.shared = min(m.shared, n)
}

// Commit is the commit of a landing.
func (m *chain) Commit(i int) *Commit {
	if i < m.shared {
		return m.past.commit(m.past.own(i))
	}
	return m.fresh[i-m.shared].Commit
}

// Hash is the hash of a landing's commit.
func (m *chain) Hash(i int) (h git.Hash) {
	if i < m.shared {
		return hashAt(m.past.Hashes, m.past.own(i))
	}
	return m.fresh[i-m.shared].Hash
}

// Tree is the tree of a landing.
func (m *chain) Tree(i int) git.Hash {
	if i < m.shared {
		return hashAt(m.past.Trees, m.past.own(i))
	}
	return m.fresh[i-m.shared].Tree
}

// Branched reports whether a landing brought more than itself: it is a merge,
// or the branch under Base.
func (m *chain) Branched(i int) bool {
	if i < m.shared {
		own := m.past.own(i)
		return int(m.past.ParentsEnd[own])-start(m.past.ParentsEnd, own) > 1
	}
	return len(m.fresh[i-m.shared].members) > 0
}

// Members are the commits that a landing brought, parents first, the landing itself
// last; nil if it brought only itself.
func (m *chain) Members(i int) []*Commit {
	switch {
	case i >= m.shared:
		return m.fresh[i-m.shared].members
	case !m.Branched(i):
		return nil
	}
	var list []*Commit
	for n := m.past.first(i); n <= m.past.own(i); n++ {
		list = append(list, m.past.commit(n))
	}
	return list
}

// Brought are the commits that a landing brought, parents first, the landing itself
// last.
func (m *chain) Brought(i int) []*Commit {
	if list := m.Members(i); list != nil {
		return list
	}
	return []*Commit{m.Commit(i)}
}

// Landed finds a commit that landed or, under Base, is of the branch; nil if there is
// none.
func (m *chain) Landed(h git.Hash) *Commit {
	if c := m.byHash[h]; c != nil {
		return c
	}
	if n, ok := m.past.find(h); ok && n < start(m.past.Ends, m.shared) {
		return m.past.commit(n)
	}
	return nil
}

// number numbers the fresh commits in the order in which they landed, after those of
// the cache.
func (m *chain) number() {
	m.ordered = m.ordered[:0]
	known := start(m.past.Ends, m.shared)
	for i := range m.fresh {
		for _, c := range m.Brought(m.shared + i) {
			c.order = known + len(m.ordered)
			m.ordered = append(m.ordered, c)
		}
	}
}

// at is the commit that landed as the n-th.
func (m *chain) at(n int) *Commit {
	if known := start(m.past.Ends, m.shared); n >= known {
		return m.ordered[n-known]
	}
	return m.past.commit(n)
}

// commitsAt are the commits of some numbers.
func (m *chain) commitsAt(numbers []int) []*Commit {
	var list []*Commit
	for _, n := range numbers {
		list = append(list, m.at(n))
	}
	return list
}

// parents are the numbers of a commit's parents, as far as they landed.
func (m *chain) parents(n int) []int {
	var list []int
	for _, h := range m.at(n).Parents {
		if c := m.Landed(h); c != nil {
			list = append(list, c.order)
		}
	}
	return list
}

// note adds a commit to those that landed.
func (m *chain) note(c *Commit) {
	if m.byHash == nil {
		m.byHash = map[git.Hash]*Commit{}
	}
	m.byHash[c.Hash] = c
}

// index is which landing a commit is; -1: none.
func (m *chain) index(h git.Hash) int {
	if i, ok := m.past.index(h); ok && i < m.shared {
		return i
	}
	for i := range m.fresh {
		if m.fresh[i].Hash == h {
			return m.shared + i
		}
	}
	return -1
}
