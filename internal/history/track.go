package history

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"suqiu/internal/git"
)

// track is where the content of one 编号 lay, from landing to landing.
type track struct {
	id       string
	paths    []string       // all it ever had on the mainline
	places   []placed       // what lies at each of them
	index    map[string]int // of paths, once they are many
	live     int            // how many places have a file; more than one: the 编号 stands twice
	sets     int            // how often a place got a file
	path     string         // where it is, or was last
	versions []content
	stale    bool
	found    *content // under --base, if the branch changed the file: what it started from
	// registered is set under --base if a commit of the branch makes the file.
	registered bool
}

// placed is what lies at a path of a case.
type placed struct {
	blob  git.Hash // zero: nothing
	since int      // when it came to lie there, in the order of track.sets
}

// content is a landing after which the content of a case is another blob.
type content struct {
	landing int
	path    string
	blob    git.Hash // zero: deleted
}

// collect turns the changes of the landings into tracks of cases and versions of
// other files, in the order of the landings.
func (h *History) collect(changes iter.Seq2[int, []git.Change]) {
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
	var groups []group
	at := map[*track]int{} // in groups
	for i, list := range changes {
		pending := h.Landings[i].Pending
		if len(list) == 1 && !pending { // as most are
			if id, ok := idOf(list[0].Path); ok && !list[0].New.Mode.LeadsAway() && len(h.away) == 0 {
				trackOf(id).land(i, list)
				continue
			}
		}
		groups = groups[:0]
		clear(at)
		for _, ch := range list {
			id, ok := idOf(ch.Path)
			if !ok {
				h.note(i, ch)
				continue
			}
			if ch.New.Mode.LeadsAway() {
				h.away[ch.Path] = ch.New.Mode
			} else if len(h.away) > 0 {
				delete(h.away, ch.Path)
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
		for _, g := range groups {
			if pending {
				g.track.propose(i, h.ForkedAt, g.changes)
			} else {
				g.track.land(i, g.changes)
			}
		}
		if pending {
			h.overlay = make(map[string]git.Entry, len(list))
			for _, ch := range list {
				h.overlay[ch.Path] = ch.New
			}
		}
	}
	slices.SortFunc(h.tracks, func(a, b *track) int { return cmp.Compare(a.id, b.id) })
}

// group is what one landing changed of one case.
type group struct {
	track   *track
	changes []git.Change
}

// note keeps a version of a file that is no case, unless it is the one before.
func (h *History) note(landing int, ch git.Change) {
	list := h.others[ch.Path]
	var last git.Entry
	if n := len(list); n > 0 {
		last = list[n-1].entry
	}
	if last != ch.New {
		h.others[ch.Path] = append(list, version{landing, ch.New})
	}
}

// land notes what one landing did to a case. A move alone makes no other content.
func (t *track) land(landing int, list []git.Change) {
	for _, ch := range list {
		t.set(ch.Path, ch.New.Blob())
	}
	now := content{landing: landing, path: t.path}
	if now.blob = t.at(t.path); now.blob.IsZero() && t.live > 0 {
		i := t.oldest()
		now.path, now.blob = t.paths[i], t.places[i].blob
	}
	t.add(now)
}

// at is the content at a path; zero if there is none.
func (t *track) at(path string) git.Hash {
	if i := t.place(path); i >= 0 {
		return t.places[i].blob
	}
	return git.ZeroHash
}

// oldest is the place of the file that has been there longest.
func (t *track) oldest() int {
	first := -1
	for i := range t.places {
		if !t.places[i].blob.IsZero() && (first < 0 || t.places[i].since < t.places[first].since) {
			first = i
		}
	}
	return first
}

// propose notes what the branch under --base did to a case, as seen from where
// the branch left the mainline, after the landing forked. If the base moved on
// meanwhile, it is stale.
func (t *track) propose(landing, forked int, list []git.Change) {
	now, at := content{landing: landing, path: t.path}, t.change(list)
	if at < 0 && !t.had(forked) {
		at = t.made(list)
	}
	for _, ch := range list {
		t.set(ch.Path, ch.New.Blob())
	}
	if at < 0 {
		return // another file of that 编号: the one that landed is read
	}
	t.found = &content{landing: landing}
	for i, ch := range list {
		if b := ch.Old.Blob(); !b.IsZero() && (i == at || t.found.blob.IsZero()) {
			t.found.path, t.found.blob = ch.Path, b
		}
	}
	fork := t.found.blob
	if b := list[at].New.Blob(); !b.IsZero() {
		now.path, now.blob = list[at].Path, b
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
func (t *track) change(list []git.Change) int {
	at, lost := -1, false
	for i, ch := range list {
		was, is := !ch.Old.Blob().IsZero(), !ch.New.Blob().IsZero()
		switch {
		case was && is && (at < 0 || ch.Path == t.path):
			at = i
		case was:
			lost = true
		}
	}
	if at >= 0 {
		return at
	}
	if lands := !t.at(t.path).IsZero(); lands && !lost {
		return -1
	}
	for i, ch := range list {
		if at < 0 || !ch.New.Blob().IsZero() && list[at].New.Blob().IsZero() {
			at = i
		}
	}
	return at
}

// had reports whether there was a file after a landing.
func (t *track) had(landing int) bool {
	n := sort.Search(len(t.versions), func(i int) bool { return t.versions[i].landing > landing })
	return n > 0 && !t.versions[n-1].blob.IsZero()
}

// made is the index of the change that makes a file: at the path that is read,
// if that is one of them.
func (t *track) made(list []git.Change) int {
	at := -1
	for i, ch := range list {
		if !ch.New.Blob().IsZero() && (at < 0 || ch.Path == t.path) {
			at = i
		}
	}
	return at
}

func (t *track) last() git.Hash {
	if n := len(t.versions); n > 0 {
		return t.versions[n-1].blob
	}
	return git.ZeroHash
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
func (t *track) set(path string, blob git.Hash) {
	i := t.place(path)
	if i < 0 {
		i = len(t.paths)
		t.paths, t.places = append(t.paths, path), append(t.places, placed{})
		if t.index != nil {
			t.index[path] = i
		}
	}
	if t.path == "" {
		t.path = path
	}
	at := &t.places[i]
	switch was := at.blob.IsZero(); {
	case was && !blob.IsZero():
		t.live++
		t.sets++
		at.since = t.sets
	case !was && blob.IsZero():
		t.live--
	}
	at.blob = blob
}

// fewPaths is up to how many paths are looked through one after another.
const fewPaths = 16

// place is the index of a path; -1: it never had one.
func (t *track) place(path string) int {
	if len(t.paths) <= fewPaths {
		return slices.Index(t.paths, path)
	}
	if t.index == nil {
		t.index = make(map[string]int, 2*len(t.paths))
		for i, p := range t.paths {
			t.index[p] = i
		}
	}
	if i, ok := t.index[path]; ok {
		return i
	}
	return -1
}
