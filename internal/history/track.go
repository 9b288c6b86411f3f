package history

import (
	"cmp"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/casefile"
)

// track is where one case's content lay from landing to landing.
type track struct {
	id      string
	live    []livePath // oldest first; more than one: the 编号 stands twice
	touches []touch
	path    string // where it is, or was last
	stale   bool
}

type livePath struct {
	path string
	blob plumbing.Hash
}

// touch is one landing after which a case's content is another blob.
type touch struct {
	landing    int
	path       string
	blob       plumbing.Hash // zero: deleted
	before     plumbing.Hash // pending landings: the content at the fork, if the base moved on
	candidates []candidate
}

// collect turns the comparisons into tracks, in the order of the landings.
func (w *walker) collect() {
	byID := map[string]*track{}
	for i := range w.turns {
		t := &w.turns[i]
		changed := map[*track]plumbing.Hash{} // → content at the fork
		var order []*track
		for _, ch := range t.changes {
			id, ok := casefile.IDOf(ch.path)
			if !ok {
				w.h.others[ch.path] = append(w.h.others[ch.path], fileVersion{i, ch.new})
				continue
			}
			tr := byID[id]
			if tr == nil {
				tr = &track{id: id}
				byID[id] = tr
				w.h.tracks = append(w.h.tracks, tr)
			}
			if _, ok := changed[tr]; !ok {
				changed[tr] = plumbing.ZeroHash
				order = append(order, tr)
			}
			if !ch.old.IsZero() {
				changed[tr] = ch.old
			}
			if t.pending && ch.new.IsZero() {
				tr.remove(ch.path)
				continue
			}
			tr.set(ch.path, ch.new)
		}
		for _, tr := range order {
			tr.touch(i, t, changed[tr])
		}
		*t = turn{}
	}
	slices.SortFunc(w.h.tracks, func(a, b *track) int { return cmp.Compare(a.id, b.id) })
}

func (tr *track) remove(path string) {
	tr.live = slices.DeleteFunc(tr.live, func(l livePath) bool { return l.path == path })
}

// set notes the content at a path; a zero blob removes it.
func (tr *track) set(path string, blob plumbing.Hash) {
	if blob.IsZero() {
		tr.remove(path)
		return
	}
	for i := range tr.live {
		if tr.live[i].path == path {
			tr.live[i].blob = blob
			return
		}
	}
	tr.live = append(tr.live, livePath{path, blob})
}

// touch notes a landing if the case's content is another one after it.
func (tr *track) touch(landing int, t *turn, fork plumbing.Hash) {
	var last plumbing.Hash
	if n := len(tr.touches); n > 0 {
		last = tr.touches[n-1].blob
	}
	now := touch{landing: landing, path: tr.path}
	if len(tr.live) > 0 {
		now.path, now.blob = tr.live[0].path, tr.live[0].blob
	}
	tr.path = now.path
	if now.blob == last {
		return
	}
	now.candidates = t.touched[tr.id]
	if t.pending && fork != last {
		tr.stale = true
		now.before = fork
	}
	tr.touches = append(tr.touches, now)
}
