package history

import (
	"context"
	"maps"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/timeline"
)

// brought lists the commits that are reachable from the given ones and have
// not landed yet, parents before children, and notes that they land now. Over a
// whole walk each commit is read once.
func (w *walker) brought(ctx context.Context, from []git.Hash, landing int) ([]*commit, error) {
	m := &w.h.main
	found, err := w.rd.Unknown(ctx, from, func(h git.Hash) bool { return m.landed(h) != nil }, w.names)
	if err != nil {
		return nil, err
	}
	var list []*commit
	for _, c := range found {
		list = append(list, &commit{Commit: *c, landing: landing})
		m.note(list[len(list)-1])
	}
	return list, nil
}

// target is the commit that a merge request is judged against. Where HEAD is a
// merge made on the target (a merged-results pipeline), that is its first
// parent: a commit of base's mainline, or of the main branch's beyond base.
func (w *walker) target(ctx context.Context, head, base git.Hash) (git.Hash, error) {
	c, err := read(w.rd, head, w.names)
	if err != nil {
		return base, err
	}
	if len(c.Parents) < 2 || c.Parents[0] == base {
		return base, nil
	}
	first := c.Parents[0]
	chain, err := w.chain(ctx, base)
	if err != nil {
		return base, err
	}
	if at := chain.index(first); at >= 0 {
		ahead, err := w.bringsLater(ctx, &chain, at, c.Parents[1:])
		if err != nil || ahead {
			return base, err
		}
		return first, nil
	}
	// The target moved on after base was noted.
	tip, err := w.h.repo.MainTip(w.o.MainBranch)
	if err != nil || tip == "" {
		return base, err
	}
	if chain, err = w.chain(ctx, git.NewHash(tip)); err != nil {
		return base, err
	}
	if noted := chain.index(base); noted >= 0 && chain.index(first) >= noted {
		return first, nil
	}
	return base, nil
}

// bringsLater reports whether some commits stand on the mainline beyond a
// landing: then a merge of them with that landing is none that the platform made
// to try a request, and holding it to that landing would overlook what it undoes
// of the later ones.
func (w *walker) bringsLater(ctx context.Context, chain *mainline, landing int, from []git.Hash) (bool, error) {
	if landing == chain.len()-1 {
		return false, nil
	}
	index := make(map[git.Hash]int, chain.len())
	for i := range chain.len() {
		index[chain.hash(i)] = i
	}
	later := false
	_, err := w.rd.Unknown(ctx, from, func(h git.Hash) bool {
		i, on := index[h]
		later = later || on && i > landing
		return on || later
	}, w.names)
	return later, err
}

// propose adds what head has and the base has not as one pending landing. There
// is none if the base has it all.
func (w *walker) propose(ctx context.Context, head git.Hash) error {
	c, err := read(w.rd, head, w.names)
	if err != nil {
		return err
	}
	w.h.Head = head.String()
	m := &w.h.main
	i := m.len()
	members, err := w.brought(ctx, []git.Hash{head}, i)
	if err != nil {
		return err
	}
	w.h.Follows, w.h.Coming = w.h.follows(c, members)
	if len(members) == 0 {
		return nil
	}
	for _, brought := range members {
		brought.proposed = true
	}
	m.fresh = append(m.fresh, freshLanding{members[len(members)-1], members})
	m.number()
	w.parted(m.entries(i-1, members[len(members)-1]))
	at := w.o.Now
	if i > 0 && at.Before(w.h.Landings[i-1].At) {
		at = w.h.Landings[i-1].At
	}
	l := newLanding(&c.Commit)
	l.Commit, l.At, l.Committed, l.Pending = w.h.Head, at, timeline.MomentOf(at), true
	w.h.Landings = append(w.h.Landings, l)
	w.h.HeadTime = at
	return nil
}

// parted notes where the branch left the mainline, or last took it in: its merge
// bases with it, the newest first.
func (w *walker) parted(bases []*commit) {
	h := w.h
	h.forks, h.forked = bases, -1
	if len(bases) == 0 {
		return
	}
	h.fork, h.forked = bases[0].Tree, bases[0].landing
	if !h.main.heads(bases[0]) {
		h.forked-- // what was merged with that commit came after it
	}
}

// compareForks says what the branch under Base changed where it has several merge
// bases with the mainline, as it has on top of two branches that landed: as Git
// does, against what a merge of the bases would have.
func (w *walker) compareForks(changes [][]git.Change) error {
	h := w.h
	if len(h.forks) < 2 {
		return nil
	}
	rd := h.repo.Reader()
	defer rd.Close()
	paths := map[string]bool{}
	head := h.main.tree(h.main.len() - 1)
	for _, fork := range h.forks {
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

// forkedFrom is what a merge of the merge bases has at a path: what one of two
// changed and the other left alone. Where both did, the newer.
func (w *walker) forkedFrom(rd *git.Reader, path string) (git.Entry, error) {
	forks := w.h.forks
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
		for _, b := range w.h.main.bases(forks[0], fork) {
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

// follows tells how head, which brings the members, goes on from the base, and,
// if that is straight, which of them will be landings, newest first.
func (h *History) follows(head *commit, members []*commit) (Following, []string) {
	landed := h.main.len()
	base := h.main.hash(landed - 1)
	var coming []string
	at := h.main.landed(head.Hash)
	for at != nil && at.Hash != base && at.landing == landed && len(at.Parents) > 0 {
		coming = append(coming, at.Hash.String())
		at = h.main.landed(at.Parents[0])
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
