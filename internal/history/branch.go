package history

import (
	"github.com/go-git/go-git/v5/plumbing"
)

// branch lists the commits that a landing brings beside itself, parents first.
func (w *walker) branch(c *commit, index int32) ([]*commit, error) {
	if len(c.parents) < 2 {
		return nil, nil
	}
	var list []*commit
	type frame struct {
		c    *commit
		next int
	}
	for _, p := range c.parents[1:] {
		if _, ok := w.landed[p]; ok {
			continue
		}
		first, err := w.rd.commit(p, w.names)
		if err != nil {
			return nil, err
		}
		w.landed[p] = index
		stack := []frame{{c: first}}
		for len(stack) > 0 {
			f := &stack[len(stack)-1]
			if f.next == len(f.c.parents) {
				list = append(list, f.c)
				stack = stack[:len(stack)-1]
				continue
			}
			p := f.c.parents[f.next]
			f.next++
			if _, ok := w.landed[p]; ok {
				continue
			}
			w.landed[p] = index
			pc, err := w.rd.commit(p, w.names)
			if err != nil {
				return nil, err
			}
			stack = append(stack, frame{c: pc})
		}
	}
	return list, nil
}

// propose adds the merge request under --base as one pending landing.
func (w *walker) propose(head plumbing.Hash) error {
	c, err := w.rd.commit(head, w.names)
	if err != nil {
		return err
	}
	w.h.tree, w.h.HeadTime = c.tree, w.o.Now
	if _, ok := w.landed[head]; ok {
		w.h.tree = w.h.commits[len(w.h.commits)-1].tree
		return nil
	}
	i := int32(len(w.h.commits))
	w.landed[head] = i
	virtual := *c
	virtual.parents = append([]plumbing.Hash{plumbing.NewHash(w.h.Base)}, c.parents...)
	branch, err := w.branch(&virtual, i)
	if err != nil {
		return err
	}
	branch = append(branch, c)
	var before plumbing.Hash
	if n := len(w.h.commits); n > 0 {
		before = w.h.commits[n-1].tree
	}
	// Where the branch last left or took in the mainline.
	fork, forkAt := before, int32(-1)
	for _, b := range branch {
		for _, p := range b.parents {
			if at, ok := w.landed[p]; ok && at < i && at > forkAt {
				forkAt = at
				pc, err := w.rd.commit(p, w.names)
				if err != nil {
					return err
				}
				fork = pc.tree
			}
		}
	}
	now := w.o.Now
	if n := len(w.h.Landings); n > 0 && now.Before(w.h.Landings[n-1].At) {
		now = w.h.Landings[n-1].At
	}
	l := landing(c, now)
	l.Committed, l.Pending = now, true
	w.h.commits = append(w.h.commits, c)
	w.h.Landings = append(w.h.Landings, l)
	w.turns = append(w.turns, turn{before: before, branch: branch, fork: fork, pending: true, headTree: c.tree})
	return nil
}

// target is the commit against which a merge request is judged: where HEAD is
// a merge made on the target's tip (a merged-results pipeline), its first parent.
func (w *walker) target(head, base plumbing.Hash) (string, error) {
	c, err := w.rd.commit(head, w.names)
	if err != nil {
		return "", err
	}
	if len(c.parents) > 1 && c.parents[0] != base {
		for at := base; ; {
			b, err := w.rd.commit(at, w.names)
			if err != nil {
				return "", err
			}
			if at == c.parents[0] {
				return at.String(), nil
			}
			if len(b.parents) == 0 || b.committed < c.committed-31*24*3600 {
				break
			}
			at = b.parents[0]
		}
	}
	return base.String(), nil
}
