package mainline

import (
	"context"
	"maps"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/timeline"
)

// brought lists the commits that are reachable from some and have not landed yet,
// parents first, and notes that they land now. Over a whole walk each commit is read
// once.
func (w *walker) brought(ctx context.Context, from []git.Hash, landing int) ([]*Commit, error) {
	m := w.m
	found, err := w.rd.Unknown(ctx, from, func(h git.Hash) bool { return m.Landed(h) != nil }, w.names)
	if err != nil {
		return nil, err
	}
	var list []*Commit
	for _, c := range found {
		list = append(list, &Commit{Commit: *c, Landing: landing})
		m.note(list[len(list)-1])
	}
	return list, nil
}

// base is the commit that head is judged against.
func (w *walker) base(ctx context.Context, head git.Hash) (git.Hash, error) {
	base, err := w.resolve(w.o.Base)
	if err != nil || w.o.Push {
		return base, err
	}
	return w.target(ctx, head, base)
}

// target is the commit that a merge request is judged against. If HEAD is a merge that
// the platform made to try the request (a merged-results pipeline), that is its first
// parent: a commit of the mainline of base, or of the main branch beyond base.
func (w *walker) target(ctx context.Context, head, base git.Hash) (git.Hash, error) {
	c, err := read(w.rd, head, w.names)
	if err != nil {
		return base, err
	}
	if len(c.Parents) < 2 || c.Parents[0] == base {
		return base, nil
	}
	first := c.Parents[0]
	chain, err := w.chainTo(ctx, base)
	if err != nil {
		return base, err
	}
	if at := chain.index(first); at >= 0 {
		ahead, err := w.hasLaterLandings(ctx, &chain, at, c.Parents[1:])
		if err != nil || ahead {
			return base, err
		}
		return first, nil
	}
	// The target moved on after base was noted.
	tip, err := w.m.Repo.MainTip(w.o.MainBranch)
	if err != nil || tip == "" {
		return base, err
	}
	if chain, err = w.chainTo(ctx, git.NewHash(tip)); err != nil {
		return base, err
	}
	if noted := chain.index(base); noted >= 0 && chain.index(first) >= noted {
		return first, nil
	}
	return base, nil
}

// hasLaterLandings reports whether some commits descend from landings after a given
// one. A merge of them with that landing was not made by the platform to try a
// request; judged against that landing, what it undoes of the later ones would be
// overlooked.
func (w *walker) hasLaterLandings(ctx context.Context, chain *chain, landing int, from []git.Hash) (bool, error) {
	if landing == chain.Len()-1 {
		return false, nil
	}
	index := make(map[git.Hash]int, chain.Len())
	for i := range chain.Len() {
		index[chain.Hash(i)] = i
	}
	later := false
	_, err := w.rd.Unknown(ctx, from, func(h git.Hash) bool {
		i, on := index[h]
		later = later || on && i > landing
		return on || later
	}, w.names)
	return later, err
}

// propose adds the commits that head has and the base lacks as one pending landing, if
// there are any.
func (w *walker) propose(ctx context.Context, head git.Hash) error {
	c, err := read(w.rd, head, w.names)
	if err != nil {
		return err
	}
	m := w.m
	m.Head = head.String()
	i := m.Len()
	members, err := w.brought(ctx, []git.Hash{head}, i)
	if err != nil {
		return err
	}
	m.Follows, m.Coming = m.follows(c, members)
	if len(members) == 0 {
		return nil
	}
	for _, brought := range members {
		brought.Proposed = true
	}
	m.fresh = append(m.fresh, freshLanding{members[len(members)-1], members})
	m.number()
	w.noteForks(m.forkPoints(i-1, members[len(members)-1]))
	at := w.o.Now
	if i > 0 && at.Before(m.Landings[i-1].At) {
		at = m.Landings[i-1].At
	}
	l := newLanding(&c.Commit)
	l.Commit, l.At, l.Committed, l.Pending = m.Head, at, timeline.MomentOf(at), true
	m.Landings = append(m.Landings, l)
	m.HeadTime = at
	return nil
}

// noteForks notes where the branch left the mainline, or last merged it: their merge
// bases, the newest first.
func (w *walker) noteForks(bases []*Commit) {
	m := w.m
	m.forks, m.ForkedAt = bases, -1
	if len(bases) == 0 {
		return
	}
	m.Fork, m.ForkedAt = bases[0].Tree, bases[0].Landing
	if !m.IsLanding(bases[0]) {
		m.ForkedAt-- // what was merged with that commit came after it
	}
}

// compareForks finds what the branch under Base changed if it has several merge bases
// with the mainline, for example because it is built on two branches that landed. It
// compares as Git does, with a merge of the bases.
func (w *walker) compareForks(changes [][]git.Change) error {
	m := w.m
	if len(m.forks) < 2 {
		return nil
	}
	rd := m.Repo.Reader()
	defer rd.Close()
	paths := map[string]bool{}
	head := m.Tree(m.Len() - 1)
	for _, fork := range m.forks {
		more, err := rd.Changes(fork.Tree, head, map[string]string{})
		if err != nil {
			return err
		}
		for _, ch := range more {
			paths[ch.Path] = true
		}
	}
	var list []git.Change
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		ch := git.Change{Path: p}
		var err error
		if ch.New, err = rd.Lookup(head, p); err != nil {
			return err
		}
		if ch.Old, err = w.forkedFrom(rd, p); err != nil {
			return err
		}
		if ch.New != ch.Old {
			list = append(list, ch)
		}
	}
	changes[len(changes)-1] = list
	return nil
}

// forkedFrom is what a merge of the merge bases has at a path: of two bases the one
// that changed it; if both did, the newer.
func (w *walker) forkedFrom(rd *git.Reader, path string) (git.Entry, error) {
	forks := w.m.forks
	merged, err := rd.Lookup(forks[0].Tree, path)
	if err != nil {
		return git.Entry{}, err
	}
	for _, fork := range forks[1:] {
		other, err := rd.Lookup(fork.Tree, path)
		if err != nil {
			return git.Entry{}, err
		}
		if other == merged {
			continue
		}
		for _, b := range w.m.Bases(forks[0], fork) {
			before, err := rd.Lookup(b.Tree, path)
			if err != nil {
				return git.Entry{}, err
			}
			if before == merged {
				merged = other
			}
		}
	}
	return merged, nil
}

// follows tells how head, which brings the members, goes on from the base and, if
// straight, which of them would be landings, newest first.
func (m *Mainline) follows(head *Commit, members []*Commit) (Following, []string) {
	landed := m.Len()
	base := m.Hash(landed - 1)
	var coming []string
	at := m.Landed(head.Hash)
	for at != nil && at.Hash != base && at.Landing == landed && len(at.Parents) > 0 {
		coming = append(coming, at.Hash.String())
		at = m.Landed(at.Parents[0])
	}
	if at != nil && at.Hash == base {
		return Straight, coming
	}
	for _, m := range members {
		if slices.Contains(m.Parents, base) {
			return SideRoad, nil
		}
	}
	return Astray, nil
}
