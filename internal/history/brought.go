package history

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"maps"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// brought lists the commits that are reachable from the given ones and have
// not landed yet, parents before children, ties by committer time and hash, and
// notes that they land now. Over a whole walk each commit is read once.
func (w *walker) brought(ctx context.Context, from []plumbing.Hash, landing int) ([]*commit, error) {
	found := map[plumbing.Hash]*commit{}
	children := map[plumbing.Hash][]*commit{}
	waiting := map[plumbing.Hash]int{} // parents that are not listed yet
	stack := append([]plumbing.Hash(nil), from...)
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if w.h.main.landed(at) != nil {
			continue
		}
		if len(found)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c, err := w.rd.commit(at, w.names)
		if err != nil {
			return nil, err
		}
		c.landing = landing
		w.h.main.note(c)
		found[at] = c
		stack = append(stack, c.parents...)
	}
	if len(found) == 0 {
		return nil, nil
	}
	var ready queue
	for _, c := range found {
		for _, p := range c.parents {
			if found[p] != nil {
				children[p] = append(children[p], c)
				waiting[c.hash]++
			}
		}
		if waiting[c.hash] == 0 {
			ready = append(ready, c)
		}
	}
	heap.Init(&ready)
	list := make([]*commit, 0, len(found))
	for len(ready) > 0 {
		c := heap.Pop(&ready).(*commit)
		list = append(list, c)
		for _, child := range children[c.hash] {
			if waiting[child.hash]--; waiting[child.hash] == 0 {
				heap.Push(&ready, child)
			}
		}
	}
	return list, nil
}

// queue gives the earliest commit first.
type queue []*commit

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[i].committed, q[j].committed), bytes.Compare(q[i].hash[:], q[j].hash[:])) < 0
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(*commit)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}

// target is the commit that a merge request is judged against. Where HEAD is a
// merge made on the target (a merged-results pipeline), that is its first
// parent: a commit of base's mainline, or of the main branch's beyond base.
func (w *walker) target(ctx context.Context, head, base plumbing.Hash) (plumbing.Hash, error) {
	c, err := w.rd.commit(head, w.names)
	if err != nil {
		return base, err
	}
	if len(c.parents) < 2 || c.parents[0] == base {
		return base, nil
	}
	first := c.parents[0]
	chain, err := w.chain(ctx, base)
	if err != nil {
		return base, err
	}
	if at := chain.index(first); at >= 0 {
		ahead, err := w.bringsLater(ctx, &chain, at, c.parents[1:])
		if err != nil || ahead {
			return base, err
		}
		return first, nil
	}
	// The target moved on after base was noted.
	tip, err := w.repo.mainTip(w.o.MainBranch)
	if err != nil || tip.IsZero() {
		return base, err
	}
	if chain, err = w.chain(ctx, tip); err != nil {
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
func (w *walker) bringsLater(ctx context.Context, chain *mainline, landing int, from []plumbing.Hash) (bool, error) {
	if landing == chain.len()-1 {
		return false, nil
	}
	index := make(map[plumbing.Hash]int, chain.len())
	for i := range chain.len() {
		index[chain.hash(i)] = i
	}
	seen := map[plumbing.Hash]bool{}
	for stack := slices.Clone(from); len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if i, on := index[at]; on && i > landing {
			return true, nil
		} else if on || seen[at] {
			continue
		}
		seen[at] = true
		if err := ctx.Err(); err != nil {
			return false, err
		}
		c, err := w.rd.commit(at, w.names)
		if err != nil {
			return false, err
		}
		stack = append(stack, c.parents...)
	}
	return false, nil
}

// mainTip is the tip of the main branch as origin has it, else the local one.
func (r *Repo) mainTip(mainBranch string) (plumbing.Hash, error) {
	name := cmp.Or(mainBranch, "main")
	for _, ref := range []string{"refs/remotes/origin/" + name, "refs/heads/" + name} {
		if h, ok, err := r.tip(ref); ok || err != nil {
			return h, err
		}
	}
	return plumbing.ZeroHash, nil
}

// propose adds what head has and the base has not as one pending landing. There
// is none if the base has it all.
func (w *walker) propose(ctx context.Context, head plumbing.Hash) error {
	c, err := w.rd.commit(head, w.names)
	if err != nil {
		return err
	}
	w.h.Head = head.String()
	m := &w.h.main
	i := m.len()
	members, err := w.brought(ctx, []plumbing.Hash{head}, i)
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
	l := newLanding(c)
	l.Commit, l.At, l.Committed, l.Pending = w.h.Head, at, MomentOf(at), true
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
	h.fork, h.forked = bases[0].tree, bases[0].landing
	if !h.main.heads(bases[0]) {
		h.forked-- // what was merged with that commit came after it
	}
}

// compareForks says what the branch under Base changed where it has several merge
// bases with the mainline, as it has on top of two branches that landed: as Git
// does, against what a merge of the bases would have.
func (w *walker) compareForks(changes [][]change) error {
	h := w.h
	if len(h.forks) < 2 {
		return nil
	}
	rd := h.db.reader()
	defer rd.close()
	paths := map[string]bool{}
	head := h.main.tree(h.main.len() - 1)
	for _, fork := range h.forks {
		more, err := rd.changes(fork.tree, head, map[string]string{})
		if err != nil {
			return err
		}
		for _, ch := range more {
			paths[ch.path] = true
		}
	}
	var list []change
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		ch := change{path: p}
		var err error
		if ch.new, err = rd.lookup(head, p); err != nil {
			return err
		}
		if ch.old, err = w.forkedFrom(rd, p); err != nil {
			return err
		}
		ch.old.name, ch.new.name = nil, nil
		if !ch.new.same(ch.old) {
			list = append(list, ch)
		}
	}
	changes[len(changes)-1] = list
	return nil
}

// forkedFrom is what a merge of the merge bases has at a path: what one of two
// changed and the other left alone. Where both did, the newer.
func (w *walker) forkedFrom(rd *reader, path string) (entry, error) {
	forks := w.h.forks
	merged, err := rd.lookup(forks[0].tree, path)
	if err != nil {
		return entry{}, err
	}
	for _, fork := range forks[1:] {
		other, err := rd.lookup(fork.tree, path)
		if err != nil {
			return entry{}, err
		}
		if other.same(merged) {
			continue
		}
		for _, b := range w.h.main.bases(forks[0], fork) {
			before, err := rd.lookup(b.tree, path)
			if err != nil {
				return entry{}, err
			}
			if before.same(merged) {
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
	at := h.main.landed(head.hash)
	for at != nil && at.hash != base && at.landing == landed && len(at.parents) > 0 {
		coming = append(coming, at.hash.String())
		at = h.main.landed(at.parents[0])
	}
	if at != nil && at.hash == base {
		return Straight, coming
	}
	for _, m := range members {
		if slices.Contains(m.parents, base) {
			return SideRoad, nil
		}
	}
	return Astray, nil
}
