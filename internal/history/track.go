package history

import (
	"cmp"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/casefile"
	"suqiu/internal/store"
)

// track is where the content of one 编号 lay, from landing to landing.
type track struct {
	id       string
	live     []livePath // oldest first; more than one: the 编号 stands twice
	paths    []string   // all it ever had on the mainline
	path     string     // where it is, or was last
	versions []content
	stale    bool
	key      store.Key // see History.key; zero: not known yet
	found    *content  // under --base, if the branch changed the file: what it started from
}

type livePath struct {
	path string
	blob plumbing.Hash
}

// content is a landing after which the content of a case is another blob.
type content struct {
	landing int
	path    string
	blob    plumbing.Hash // zero: deleted
}

// collect turns the changes of the landings, of which those of the fresh ones
// are given, into tracks of cases and versions of other files, in the order of
// the landings.
func (h *History) collect(fresh [][]change) {
	byID := map[string]*track{}
	trackOf := func(id string) *track {
		t := byID[id]
		if t == nil {
			t = &track{id: id}
			byID[id] = t
			h.tracks = append(h.tracks, t)
		}
		return t
	}
	var known []change
	var groups []group
	at := map[*track]int{} // in groups
	for i := range h.main.len() {
		var list []change
		if i < h.main.shared {
			known = h.main.past.changes(i, known[:0])
			list = known
		} else {
			list = fresh[i-h.main.shared]
		}
		if len(list) == 1 && i < h.main.shared { // as most are
			if id, ok := casefile.IDOf(list[0].path); ok && !list[0].new.mode.leadsAway() && len(h.away) == 0 {
				trackOf(id).land(i, list)
				continue
			}
		}
		groups = groups[:0]
		clear(at)
		for _, ch := range list {
			id, ok := casefile.IDOf(ch.path)
			if !ok {
				h.note(i, ch)
				continue
			}
			if ch.new.mode.leadsAway() {
				h.away[ch.path] = ch.new.mode
			} else if len(h.away) > 0 {
				delete(h.away, ch.path)
			}
			t := trackOf(id)
			n, begun := at[t]
			if !begun {
				n = len(groups)
				at[t] = n
				groups = slices.Grow(groups, 1)[:n+1]
				groups[n].track, groups[n].changes = t, groups[n].changes[:0]
			}
			groups[n].changes = append(groups[n].changes, ch)
		}
		pending := h.Landings[i].Pending
		for _, g := range groups {
			if pending {
				g.track.propose(i, g.changes)
			} else {
				g.track.land(i, g.changes)
			}
		}
		if pending {
			h.overlay = make(map[string]entry, len(list))
			for _, ch := range list {
				h.overlay[ch.path] = ch.new
			}
		}
	}
	slices.SortFunc(h.tracks, func(a, b *track) int { return cmp.Compare(a.id, b.id) })
}

// group is what one landing changed of one case.
type group struct {
	track   *track
	changes []change
}

// note keeps a version of a file that is no case, unless it is the one before.
func (h *History) note(landing int, ch change) {
	list := h.others[ch.path]
	var last entry
	if n := len(list); n > 0 {
		last = list[n-1].entry
	}
	if !last.same(ch.new) {
		h.others[ch.path] = append(list, version{landing, ch.new})
	}
}

// land notes what one landing did to a case. A move alone makes no other content.
func (t *track) land(landing int, list []change) {
	for _, ch := range list {
		t.set(ch.path, ch.new.blob())
	}
	now := content{landing: landing, path: t.path}
	if i := slices.IndexFunc(t.live, func(l livePath) bool { return l.path == t.path }); i >= 0 {
		now.blob = t.live[i].blob
	} else if len(t.live) > 0 {
		now.path, now.blob = t.live[0].path, t.live[0].blob
	}
	t.add(now)
}

// propose notes what the branch under --base did to a case, as seen from where
// the branch left the mainline. If the base moved on meanwhile, it is stale.
func (t *track) propose(landing int, list []change) {
	now, at := content{landing: landing, path: t.path}, t.change(list)
	for _, ch := range list {
		t.set(ch.path, ch.new.blob())
	}
	if at < 0 {
		return // another file of that 编号: the one that landed is read
	}
	t.found = &content{landing: landing}
	for i, ch := range list {
		if b := ch.old.blob(); !b.IsZero() && (i == at || t.found.blob.IsZero()) {
			t.found.path, t.found.blob = ch.path, b
		}
	}
	fork := t.found.blob
	if b := list[at].new.blob(); !b.IsZero() {
		now.path, now.blob = list[at].path, b
	}
	if now.blob == fork {
		if !now.blob.IsZero() {
			t.path = now.path // moved
		}
		return
	}
	if base := t.last(); t.add(now) {
		t.stale = base != fork
	}
}

// change is the index of the change that says what the branch made of the
// case: that of the file which is read; else of one that the branch edited, put
// in its place or removed. It is -1 if the branch only adds another file of the
// same 编号.
func (t *track) change(list []change) int {
	at, lost := -1, false
	for i, ch := range list {
		was, is := !ch.old.blob().IsZero(), !ch.new.blob().IsZero()
		switch {
		case was && is && (at < 0 || ch.path == t.path):
			at = i
		case was:
			lost = true
		}
	}
	if at >= 0 {
		return at
	}
	if lands := slices.ContainsFunc(t.live, func(l livePath) bool { return l.path == t.path }); lands && !lost {
		return -1
	}
	for i, ch := range list {
		if at < 0 || !ch.new.blob().IsZero() && list[at].new.blob().IsZero() {
			at = i
		}
	}
	return at
}

func (t *track) last() plumbing.Hash {
	if n := len(t.versions); n > 0 {
		return t.versions[n-1].blob
	}
	return plumbing.ZeroHash
}

// add tells whether the content is another one.
func (t *track) add(now content) bool {
	t.path = now.path
	if now.blob == t.last() {
		return false
	}
	t.versions = append(t.versions, now)
	return true
}

// set notes the content at a path; a zero blob removes it.
func (t *track) set(path string, blob plumbing.Hash) {
	if !slices.Contains(t.paths, path) {
		t.paths = append(t.paths, path)
	}
	if t.path == "" {
		t.path = path
	}
	i := slices.IndexFunc(t.live, func(l livePath) bool { return l.path == path })
	switch {
	case blob.IsZero() && i >= 0:
		t.live = slices.Delete(t.live, i, i+1)
	case blob.IsZero():
	case i >= 0:
		t.live[i].blob = blob
	default:
		t.live = append(t.live, livePath{path, blob})
	}
}
