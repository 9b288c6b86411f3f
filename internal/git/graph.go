package git

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"slices"
)

// MergeBases are the common ancestors of two commits that are ancestors of no
// other one. Branches that cross have several; histories that have nothing in
// common have none. Commits are numbers here, a parent's less than its child's.
func MergeBases(p, q int, parents func(n int) []int) []int {
	const (
		ofFirst  = 1 << iota // the first, or an ancestor of it
		ofSecond             // of the second
		below                // an ancestor of a common ancestor that was found
	)
	marks := map[int]int{}
	next := newQueue(func(a, b int) bool { return a > b })
	open := 0 // how many in next are not below
	reach := func(n, add int) {
		was, seen := marks[n]
		marks[n] = was | add
		if !seen {
			heap.Push(next, n)
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
	var found []int
	for open > 0 {
		n := heap.Pop(next).(int)
		mark := marks[n]
		if mark&below == 0 {
			open--
			if mark == ofFirst|ofSecond {
				found = append(found, n)
				mark |= below
			}
		}
		for _, parent := range parents(n) {
			reach(parent, mark)
		}
	}
	return found
}

// Independent are those of some commits that are ancestors of no other, the one
// with the highest number first.
func Independent(list []int, parents func(n int) []int) []int {
	next := newQueue(func(a, b int) bool { return a > b }, list...)
	seen, ancestors := map[int]bool{}, map[int]bool{}
	for _, n := range list {
		seen[n] = true
	}
	var found []int
	for waiting := len(list); waiting > 0; {
		n := heap.Pop(next).(int)
		if slices.Contains(list, n) {
			waiting--
			if !ancestors[n] {
				found = append(found, n)
			}
		}
		for _, parent := range parents(n) {
			ancestors[parent] = true
			if !seen[parent] {
				seen[parent] = true
				heap.Push(next, parent)
			}
		}
	}
	return found
}

// Unknown reads the commits that are reachable from some and not known, parents before
// children and otherwise the earlier first.
func (r *Reader) Unknown(ctx context.Context, from []Hash, known func(Hash) bool, names People) ([]*Commit, error) {
	found := map[Hash]*Commit{}
	for stack := slices.Clone(from); len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if found[at] != nil || known(at) {
			continue
		}
		if len(found)%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c, err := r.Commit(at, names)
		if err != nil {
			return nil, err
		}
		found[at] = c
		stack = append(stack, c.Parents...)
	}
	children := map[Hash][]*Commit{}
	waiting := map[Hash]int{} // parents that are not listed yet
	ready := newQueue(func(a, b *Commit) bool {
		return cmp.Or(cmp.Compare(a.Committed, b.Committed), bytes.Compare(a.Hash[:], b.Hash[:])) < 0
	})
	for _, c := range found {
		for _, p := range c.Parents {
			if found[p] != nil {
				children[p] = append(children[p], c)
				waiting[c.Hash]++
			}
		}
		if waiting[c.Hash] == 0 {
			heap.Push(ready, c)
		}
	}
	list := make([]*Commit, 0, len(found))
	for ready.Len() > 0 {
		c := heap.Pop(ready).(*Commit)
		list = append(list, c)
		for _, child := range children[c.Hash] {
			if waiting[child.Hash]--; waiting[child.Hash] == 0 {
				heap.Push(ready, child)
			}
		}
	}
	return list, nil
}

// NewestFirst visits up to most commits that are reachable from some, later ones
// first, until visit says that it has seen enough. What is no commit among those to
// begin with is passed over.
func (r *Reader) NewestFirst(ctx context.Context, from []Hash, most int,
	visit func(*Commit) (enough bool, err error)) error {
	names := People{}
	seen := map[Hash]bool{}
	next := newQueue(func(a, b *Commit) bool {
		return cmp.Or(cmp.Compare(b.Committed, a.Committed), bytes.Compare(a.Hash[:], b.Hash[:])) < 0
	})
	for _, h := range from {
		if c, err := r.Commit(h, names); err == nil && !seen[h] {
			seen[h] = true
			heap.Push(next, c)
		}
	}
	for ; next.Len() > 0 && most > 0; most-- {
		if err := ctx.Err(); err != nil {
			return err
		}
		c := heap.Pop(next).(*Commit)
		if enough, err := visit(c); enough || err != nil {
			return err
		}
		for _, parent := range c.Parents {
			if seen[parent] {
				continue
			}
			seen[parent] = true
			p, err := r.Commit(parent, names)
			if err != nil {
				return err
			}
			heap.Push(next, p)
		}
	}
	return nil
}

// queue is a heap for container/heap.
type queue[T any] struct {
	items  []T
	before func(a, b T) bool
}

func newQueue[T any](before func(a, b T) bool, items ...T) *queue[T] {
	q := &queue[T]{slices.Clone(items), before}
	heap.Init(q)
	return q
}

func (q *queue[T]) Len() int           { return len(q.items) }
func (q *queue[T]) Less(i, j int) bool { return q.before(q.items[i], q.items[j]) }
func (q *queue[T]) Swap(i, j int)      { q.items[i], q.items[j] = q.items[j], q.items[i] }
func (q *queue[T]) Push(x any)         { q.items = append(q.items, x.(T)) }
func (q *queue[T]) Pop() any {
	last := q.items[len(q.items)-1]
	q.items = q.items[:len(q.items)-1]
	return last
}
