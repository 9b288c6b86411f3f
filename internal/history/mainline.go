package history

import (
	"suqiu/internal/git"
)

// mainline is the chain of landings, oldest first: those that the cache knows,
// which become commits only when they are asked for, and then those read anew.
type mainline struct {
	past    *walkCache
	shared  int // how many landings are the cache's
	fresh   []freshLanding
	byHash  map[git.Hash]*commit // what the fresh ones brought,
	ordered []*commit            // and in which order
}

// freshLanding is a landing that was read.
type freshLanding struct {
	*commit
	members []*commit // see mainline.members
}

func (m *mainline) len() int { return m.shared + len(m.fresh) }

// cut drops all landings but the first n.
func (m *mainline) cut(n int) {
	m.fresh = m.fresh[:max(0, n-m.shared)]
	m.shared = min(m.shared, n)
}

// commit is that of a landing.
func (m *mainline) commit(i int) *commit {
	if i < m.shared {
		return m.past.commit(m.past.own(i))
	}
	return m.fresh[i-m.shared].commit
}

func (m *mainline) hash(i int) (h git.Hash) {
	if i < m.shared {
		return hashAt(m.past.Hashes, m.past.own(i))
	}
	return m.fresh[i-m.shared].Hash
}

func (m *mainline) tree(i int) git.Hash {
	if i < m.shared {
		return hashAt(m.past.Trees, m.past.own(i))
	}
	return m.fresh[i-m.shared].Tree
}

// branched reports whether a landing brought more than itself: it is a merge,
// or the branch under Base.
func (m *mainline) branched(i int) bool {
	if i < m.shared {
		own := m.past.own(i)
		return int(m.past.ParentsEnd[own])-before(m.past.ParentsEnd, own) > 1
	}
	return len(m.fresh[i-m.shared].members) > 0
}

// members are the commits that a landing brought, parents first, itself the
// last; nil: itself alone.
func (m *mainline) members(i int) []*commit {
	switch {
	case i >= m.shared:
		return m.fresh[i-m.shared].members
	case !m.branched(i):
		return nil
	}
	var list []*commit
	for n := m.past.first(i); n <= m.past.own(i); n++ {
		list = append(list, m.past.commit(n))
	}
	return list
}

// brought are the members, or the landing itself.
func (m *mainline) brought(i int) []*commit {
	if list := m.members(i); list != nil {
		return list
	}
	return []*commit{m.commit(i)}
}

// landed finds a commit that landed, under Base one of the branch too; nil if it
// did not.
func (m *mainline) landed(h git.Hash) *commit {
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
func (m *mainline) number() {
	m.ordered = m.ordered[:0]
	known := before(m.past.Ends, m.shared)
	for i := range m.fresh {
		for _, c := range m.brought(m.shared + i) {
			c.order = known + len(m.ordered)
			m.ordered = append(m.ordered, c)
		}
	}
}

// at is the commit that landed as the n-th.
func (m *mainline) at(n int) *commit {
	if known := before(m.past.Ends, m.shared); n >= known {
		return m.ordered[n-known]
	}
	return m.past.commit(n)
}

// numbered are the commits that landed in some places.
func (m *mainline) numbered(places []int) []*commit {
	var list []*commit
	for _, n := range places {
		list = append(list, m.at(n))
	}
	return list
}

// parents are the places of a commit's parents, as far as they landed.
func (m *mainline) parents(n int) []int {
	var list []int
	for _, h := range m.at(n).Parents {
		if c := m.landed(h); c != nil {
			list = append(list, c.order)
		}
	}
	return list
}

// note makes a commit one that landed.
func (m *mainline) note(c *commit) {
	if m.byHash == nil {
		m.byHash = map[git.Hash]*commit{}
	}
	m.byHash[c.Hash] = c
}

// index is which landing a commit is; -1: none.
func (m *mainline) index(h git.Hash) int {
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
