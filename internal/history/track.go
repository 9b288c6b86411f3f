package history

import (
	"cmp"
	"iter"
	"slices"
	"sort"

	"suqiu/internal/git"
)

// track follows the files of one 编号 from landing to landing.
type track struct {
	id       string
	paths    []string       // all that it ever had on the mainline
	states   []pathState    // of each of them
	index    map[string]int // of paths, once they are many
	live     int            // how many paths have a file; more than one: the 编号 stands twice
	created  int            // how often a path got a file
	path     string         // of the file that is read, or was last
	versions []content
	stale    bool
	changes  []git.Change // of the landing at hand, while they are collected
	fork     *content     // under --base, if the branch changed the file: what it started from
	// registered is set under --base if a commit of the branch makes the file.
	registered bool
}

// pathState says what lies at a path of a case.
type pathState struct {
	blob  git.Hash // zero: nothing
	since int      // when the file was created, counted by track.created
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
	var touched []*track
	for i, list := range changes {
		touched = touched[:0]
		for _, ch := range list {
			id, ok := idOf(ch.Path)
			if !ok {
				h.note(i, ch)
				continue
			}
			if ch.New.Mode.LeadsAway() {
				h.away[ch.Path] = ch.New.Mode
			} else {
				delete(h.away, ch.Path)
			}
			t := byID[id]
			if t == nil {
				t = &track{id: id}
				byID[id] = t
				h.tracks = append(h.tracks, t)
			}
			if len(t.changes) == 0 {
				touched = append(touched, t)
			}
			t.changes = append(t.changes, ch)
		}
		pending := h.Landings[i].Pending
		for _, t := range touched {
			if pending {
				t.propose(i, h.ForkedAt, t.changes)
			} else {
				t.land(i, t.changes)
			}
			t.changes = nil
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

// land notes what one landing did to a case. The file at the path that was read
// before is read on; if it is gone, the oldest of the others. A mere move is no new
// version.
func (t *track) land(landing int, list []git.Change) {
	for _, ch := range list {
		t.set(ch.Path, ch.New.Blob())
	}
	now := content{landing: landing, path: t.path}
	if now.blob = t.at(t.path); now.blob.IsZero() && t.live > 0 {
		i := t.oldest()
		now.path, now.blob = t.paths[i], t.states[i].blob
	}
	t.add(now)
}

// at is the content at a path; zero if there is none.
func (t *track) at(path string) git.Hash {
	if i := t.pathIndex(path); i >= 0 {
		return t.states[i].blob
	}
	return git.ZeroHash
}

// oldest is the index of the path whose file has been there longest.
func (t *track) oldest() int {
	first := -1
	for i := range t.states {
		if !t.states[i].blob.IsZero() && (first < 0 || t.states[i].since < t.states[first].since) {
			first = i
		}
	}
	return first
}

// propose notes what the branch under --base did to a case since it left the
// mainline, after the landing forked. The case is stale if the base changed it
// meanwhile.
func (t *track) propose(landing, forked int, list []git.Change) {
	now, at := content{landing: landing, path: t.path}, t.change(list)
	if at < 0 && !t.had(forked) {
		at = t.creates(list)
	}
	for _, ch := range list {
		t.set(ch.Path, ch.New.Blob())
	}
	if at < 0 {
		return // the branch adds a second file of the 编号; the one that landed is read
	}
	t.fork = &content{landing: landing}
	for i, ch := range list {
		if b := ch.Old.Blob(); !b.IsZero() && (i == at || t.fork.blob.IsZero()) {
			t.fork.path, t.fork.blob = ch.Path, b
		}
	}
	fork := t.fork.blob
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

// change is the index of the change that decides what the branch made of the case:
// the change of the file that is read, else of one that the branch edited, else of
// one that replaces the file or removes it. It is -1 if the branch only adds another
// file of the same 编号.
func (t *track) change(list []git.Change) int {
	at, removed := -1, false
	for i, ch := range list {
		was, is := !ch.Old.Blob().IsZero(), !ch.New.Blob().IsZero()
		switch {
		case was && is && (at < 0 || ch.Path == t.path):
			at = i
		case was:
			removed = true
		}
	}
	if at >= 0 {
		return at
	}
	if stands := !t.at(t.path).IsZero(); stands && !removed {
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

// creates is the index of the change that creates a file, if possible at the path
// that is read; -1: none does.
func (t *track) creates(list []git.Change) int {
	at := -1
	for i, ch := range list {
		if !ch.New.Blob().IsZero() && (at < 0 || ch.Path == t.path) {
			at = i
		}
	}
	return at
}

// last is the content after the last landing; zero if there is none.
func (t *track) last() git.Hash {
	if n := len(t.versions); n > 0 {
		return t.versions[n-1].blob
	}
	return git.ZeroHash
}

// add notes the content after a landing, and reports whether it is a new one.
func (t *track) add(now content) bool {
	t.path = now.path
	if now.blob == t.last() {
		return false
	}
	if t.versions == nil {
		t.versions = make([]content, 0, fewVersions)
	}
	t.versions = append(t.versions, now)
	return true
}

// set notes the content at a path; a zero blob removes it.
func (t *track) set(path string, blob git.Hash) {
	i := t.pathIndex(path)
	if i < 0 {
		i = len(t.paths)
		t.paths, t.states = append(t.paths, path), append(t.states, pathState{})
		if t.index != nil {
			t.index[path] = i
		}
	}
	if t.path == "" {
		t.path = path
	}
	at := &t.states[i]
	switch was := at.blob.IsZero(); {
	case was && !blob.IsZero():
		t.live++
		t.created++
		at.since = t.created
	case !was && blob.IsZero():
		t.live--
	}
	at.blob = blob
}

// fewVersions is how many most cases have.
const fewVersions = 8

// fewPaths is up to how many paths are looked through one after another.
const fewPaths = 16

// pathIndex is the index of a path; -1: the case never had it.
func (t *track) pathIndex(path string) int {
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
