package mainline

import (
	"suqiu/internal/git"
)

// chain is that of landings, oldest first: those that the cache knows,
// which become commits only when they are asked for, and then those read anew.
type chain struct {
	past    *walkCache
	shared  int // how many landings are the cache's
	fresh   []freshLanding
	byHash  map[git.Hash]*Commit // what the fresh ones brought,
	ordered []*Commit            // and in which order
}

// freshLanding is a landing that was read.
type freshLanding struct {
	*Commit
	members []*Commit // see mainline.members
}

func (m *chain) Len() int { return m.shared + len(m.fresh) }

// cut drops all landings but the first n.
func (m *chain) cut(n int) {
	m.fresh = m.fresh[:max(0, n-m.shared)]
	m.shared = min(m.shared, n)
}

// commit is that of a landing.
func (m *chain) Commit(i int) *Commit {
	if i < m.shared {
		return m.past.commit(m.past.own(i))
	}
	return m.fresh[i-m.shared].Commit
}

func (m *chain) Hash(i int) (h git.Hash) {
	if i < m.shared {
		return hashAt(m.past.Hashes, m.past.own(i))
	}
	return m.fresh[i-m.shared].Hash
}

func (m *chain) Tree(i int) git.Hash {
	if i < m.shared {
		return hashAt(m.past.Trees, m.past.own(i))
	}
	return m.fresh[i-m.shared].Tree
}

// branched reports whether a landing brought more than itself: it is a merge,
// or the branch under Base.
func (m *chain) Branched(i int) bool {
	if i < m.shared {
		own := m.past.own(i)
		return int(m.past.ParentsEnd[own])-before(m.past.ParentsEnd, own) > 1
	}
	return len(m.fresh[i-m.shared].members) > 0
}

// members are the commits that a landing brought, parents first, itself the
// last; nil: itself alone.
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

// brought are the members, or the landing itself.
func (m *chain) Brought(i int) []*Commit {
	if list := m.Members(i); list != nil {
		return list
	}
	return []*Commit{m.Commit(i)}
}

// landed finds a commit that landed, under Base one of the branch too; nil if it
// did not.
func (m *chain) Landed(h git.Hash) *Commit {
	if c := m.byHash[h]; c != nil {
		return c
	}
	if n, ok := m.past.find(h); ok && n < before(m.past.Ends, m.shared) {
		return m.past.commit(n)
	}
	return nil
}

// number says in which order the fresh commits landed, behind those that the
// cache knows.
func (m *chain) number() {
	m.ordered = m.ordered[:0]
	known := before(m.past.Ends, m.shared)
	for i := range m.fresh {
		for _, c := range m.Brought(m.shared + i) {
			c.order = known + len(m.ordered)
			m.ordered = append(m.ordered, c)
		}
	}
}

// at is the commit that landed as the n-th.
func (m *chain) at(n int) *Commit {
	if known := before(m.past.Ends, m.shared); n >= known {
		return m.ordered[n-known]
	}
	return m.past.commit(n)
}

// numbered are the commits that landed in some places.
func (m *chain) numbered(places []int) []*Commit {
	var list []*Commit
	for _, n := range places {
		list = append(list, m.at(n))
	}
	return list
}

// parents are the places of a commit's parents, as far as they landed.
func (m *chain) parents(n int) []int {
	var list []int
	for _, h := range m.at(n).Parents {
		if c := m.Landed(h); c != nil {
			list = append(list, c.order)
		}
	}
	return list
}

// note makes a commit one that landed.
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
