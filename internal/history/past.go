package history

import (
	"math"

	"github.com/go-git/go-git/v5/plumbing"
)

// pastMagic begins the cache of a walk; its last byte is the format.
const pastMagic = "suqiu-H\x01"

// encodePast writes a past; false if it is none that decodePast could read.
//
// Commits are numbered as they are written: those that a landing brought, then
// its own. The parents of a commit have smaller numbers and are told as the
// distance to them.
func encodePast(p *past, build string) ([]byte, bool) {
	w := newFlatWriter()
	people := map[*Person]int{}
	var persons []*Person
	person := func(q *Person) {
		n, ok := people[q]
		if !ok {
			n = len(persons)
			people[q] = n
			persons = append(persons, q)
		}
		w.number(n)
	}
	number := map[plumbing.Hash]int{}
	w.number(len(p.commits))
	for i, own := range p.commits {
		members := p.members[i]
		w.number(len(members))
		if members == nil {
			members = []*commit{own}
		}
		for _, c := range members {
			n := len(number)
			w.hash(c.hash)
			w.hash(c.tree)
			w.number(len(c.parents))
			for _, parent := range c.parents {
				at, ok := number[parent]
				if !ok {
					return nil, false
				}
				w.number(n - at)
			}
			number[c.hash] = n
			person(c.author)
			w.number(int(c.authored))
			person(c.committer)
			w.number(int(c.committed))
			w.str(c.subject)
			w.number(c.request)
			w.str(string(c.message))
		}
		w.number(len(p.changes[i]))
		for _, ch := range p.changes[i] {
			w.str(ch.path)
			w.number(int(ch.new.mode))
			if ch.new.mode != modeAbsent {
				w.hash(ch.new.hash)
			}
		}
	}
	body := w.body
	w.body = nil
	w.number(len(persons))
	for _, q := range persons {
		w.str(q.Name)
		w.str(q.Email)
	}
	kept := 0
	if p.kept {
		kept = 1
	}
	w.number(kept)
	w.number(len(number))
	w.body = append(w.body, body...)
	return w.file(pastMagic, build), true
}

// decodePast reads a past; false if the file is not a whole one of this build.
func decodePast(data []byte, build string) (*past, bool) {
	r := newFlatReader(data, pastMagic, build)
	people := make([]Person, r.count(2))
	for i := range people {
		people[i] = Person{r.str(), r.str()}
	}
	person := func() *Person {
		if n := r.below(len(people)); !r.bad {
			return &people[n]
		}
		return new(Person)
	}
	kept := r.below(2) == 1
	const leastCommit, leastLanding = 2*20 + 8, 2*20 + 10
	all := make([]commit, 0, r.count(leastCommit))
	one := func() *commit {
		if r.bad || len(all) == cap(all) {
			r.bad = true
			return nil
		}
		c := commit{hash: r.hash(), tree: r.hash()}
		if n := r.count(1); n > 0 {
			c.parents = make([]plumbing.Hash, n)
		}
		for k := range c.parents {
			back := r.below(len(all) + 1)
			if back == 0 {
				r.bad = true
				return nil
			}
			c.parents[k] = all[len(all)-back].hash
		}
		c.author, c.authored = person(), int64(r.number())
		c.committer, c.committed = person(), int64(r.number())
		c.subject, c.request = r.str(), r.number()
		if s := r.str(); s != "" {
			c.message = []byte(s)
		}
		all = append(all, c)
		return &all[len(all)-1]
	}
	n := r.count(leastLanding)
	p := &past{kept: kept, commits: make([]*commit, 0, n), members: make([][]*commit, 0, n), changes: make([][]change, 0, n)}
	for i := 0; i < n && !r.bad; i++ {
		var members []*commit
		if k := r.count(leastCommit); k > 0 {
			members = make([]*commit, k)
			for m := range members {
				members[m] = one()
			}
			p.commits = append(p.commits, members[k-1])
		} else {
			p.commits = append(p.commits, one())
		}
		if r.bad || !follows(p.commits) {
			return nil, false
		}
		p.members = append(p.members, members)
		list := make([]change, r.count(2))
		for k := range list {
			list[k].path = r.str()
			if list[k].new.mode = mode(r.below(math.MaxUint32)); list[k].new.mode != modeAbsent {
				list[k].new.hash = r.hash()
			}
		}
		p.changes = append(p.changes, list)
	}
	if r.bad || len(r.rest) > 0 {
		return nil, false
	}
	return p, true
}

// follows reports whether the last commit of a mainline stands on the one
// before, or is a first one.
func follows(mainline []*commit) bool {
	n := len(mainline)
	c := mainline[n-1]
	if n == 1 {
		return len(c.parents) == 0
	}
	return len(c.parents) > 0 && c.parents[0] == mainline[n-2].hash
}
