package history

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/store"
)

// Each parses every case that ever landed and calls fn with its life,
// concurrently and in unspecified order; an error of fn ends it. canon resolves
// aliases of units; nil leaves names as they are.
//
// A landing that changes nothing of what a case says (layout, a move, content
// that cannot be read) is not among the case's landings. A deletion is, with
// After nil and one Step without Changes that names who deleted; so is the
// return, even if the content is the old one and there is no Step.
//
// Before it tells of a case, it asks whether that is known by its mark, and then
// goes on to the next; known may be nil. It, too, is called concurrently.
func (h *History) Each(ctx context.Context, canon func(string) string, known func(mark string) bool, fn func(*CaseHistory) error) error {
	a, rest := h.openArchive(livesFile, h.names)
	if err := h.findTouches(ctx, rest); err != nil {
		a.close(err)
		return err
	}
	err := h.tell(ctx, a, h.tracks, canon, known, fn)
	a.close(err)
	return err
}

// Only is Each for the cases of these 编号; one that never landed is left out.
func (h *History) Only(ctx context.Context, ids []string, canon func(string) string, fn func(*CaseHistory) error) error {
	var tracks []*track
	for _, id := range ids {
		if i, ok := h.find(id); ok {
			tracks = append(tracks, h.tracks[i])
		}
	}
	if err := h.findTouches(ctx, tracks); err != nil {
		return err
	}
	return h.tell(ctx, &archive{old: &store.Store{}}, tracks, canon, nil, fn)
}

// Again is Each by another canon, for who must read some of the past under the
// names of then. What it tells is kept, if Keep was called, under these names,
// a fingerprint of what canon resolves.
func (h *History) Again(ctx context.Context, names string, canon func(string) string, fn func(*CaseHistory) error) error {
	a, rest := h.openArchive(otherLives(names), names)
	err := h.findTouches(ctx, rest)
	if err == nil {
		err = h.tell(ctx, a, h.tracks, canon, nil, fn)
	}
	a.close(err)
	return err
}

func (h *History) find(id string) (int, bool) {
	id = fold(id)
	return slices.BinarySearchFunc(h.tracks, id, func(t *track, id string) int { return cmp.Compare(t.id, id) })
}

// Stands reports whether a case of that 编号 is there at the head.
func (h *History) Stands(id string) bool {
	i, ok := h.find(id)
	return ok && !h.tracks[i].last().IsZero()
}

// Proposed lists the 编号 whose files the branch under Base changes.
func (h *History) Proposed() []string {
	var ids []string
	for _, t := range h.tracks {
		if t.found != nil || t.registered && len(t.versions) > 0 {
			ids = append(ids, t.id)
		}
	}
	return ids
}

func (h *History) tell(ctx context.Context, a *archive, tracks []*track, canon func(string) string, known func(mark string) bool, fn func(*CaseHistory) error) error {
	h.mu.Lock()
	failed := h.failed
	h.mu.Unlock()
	if failed != nil {
		return failed
	}
	return h.read(ctx, len(tracks), 64, func(rd *git.Reader, i int) error {
		tr := tracks[i]
		mark := h.mark(tr)
		if known != nil && mark != "" && known(mark) {
			a.carry(tr)
			return nil
		}
		life := a.life(tr)
		if life == nil {
			// Already found, unless the record turned out to be damaged.
			if err := h.findTouches(ctx, []*track{tr}); err != nil {
				return err
			}
			t := teller{h: h, rd: rd, canon: canon, track: tr, parsed: map[git.Hash]*record.Case{}}
			var err error
			if life, err = t.tell(); err != nil || life == nil {
				return err // nil: only ever something else than a file
			}
			a.note(tr, life)
		}
		life.Mark = mark
		return fn(life)
	})
}

// teller tells the life of one case.
type teller struct {
	h      *History
	rd     *git.Reader
	canon  func(string) string
	track  *track
	parsed map[git.Hash]*record.Case

	suspicious map[git.Hash][]byte // contents that Options.Suspicious picked
}

func (t *teller) tell() (*CaseHistory, error) {
	if len(t.track.versions) == 0 {
		return nil, nil
	}
	life := &CaseHistory{ID: t.track.id, Path: t.track.path, Stale: t.track.stale}
	gone := false // deleted by the landing before in life
	for i := range t.track.versions {
		v := &t.track.versions[i]
		if v.blob.IsZero() {
			life.Head, life.Deleted = nil, true
			if life.Last != nil && !gone {
				life.Landings = append(life.Landings, CaseLanding{
					Landing: v.landing, Before: life.Last, Steps: []Step{t.deletion(v)},
				})
				gone = true
			}
			continue
		}
		now, err := t.parse(v.blob, v.path)
		if err != nil {
			return nil, err
		}
		deleted := life.Deleted
		life.Head, life.Deleted = now, false
		if now.Unreadable {
			continue // no step: the next readable content is compared with the last
		}
		before, pending := life.Last, t.h.Landings[v.landing].Pending
		if pending && t.track.stale {
			life.Deleted = deleted
			if before, err = t.parted(life, v); err != nil {
				return nil, err
			}
			life.Deleted = false
		}
		taken, err := t.takes(v, life.Last, now, gone)
		if err != nil {
			return nil, err
		}
		if taken != nil {
			life.Taken = append(life.Taken, *taken)
			if pending {
				// Judged as what it is: the registration of another appeal.
				life.Landings, life.Stale, before, gone = nil, false, nil, false
			}
		}
		life.Last = now
		changes := record.Diff(before, now)
		if len(changes) == 0 && !gone {
			continue
		}
		gone = false
		steps, err := t.steps(v, before, now, changes)
		if err != nil {
			return nil, err
		}
		life.Landings = append(life.Landings, CaseLanding{Landing: v.landing, Before: before, After: now, Steps: steps})
	}
	if lost, err := t.lost(); err != nil {
		return nil, err
	} else if lost != nil && len(life.Taken) == 0 {
		life.Taken = append(life.Taken, *lost)
	}
	life.Suspects = t.suspects()
	if err := t.compareFound(life); err != nil {
		return nil, err
	}
	return life, t.placeHead(life)
}

// compareFound notes what the branch under --base started from.
func (t *teller) compareFound(life *CaseHistory) error {
	found := t.track.found
	if found == nil {
		return nil
	}
	life.Touched = true
	if n := len(life.Taken); found.blob.IsZero() || n > 0 && !life.Taken[n-1].Lost && t.h.Landings[life.Taken[n-1].Landing].Pending {
		return nil // the branch made it
	}
	data, err := t.rd.Blob(found.blob)
	if err != nil {
		return err
	}
	life.Found = record.Parse(found.path, data, t.canon)
	return nil
}

// placeHead sees to it that the content at the head knows the path where it is
// now: equal content may have been parsed when it lay elsewhere.
func (t *teller) placeHead(life *CaseHistory) error {
	if life.Head == nil || life.Head.Path == life.Path {
		return nil
	}
	data, err := t.rd.Blob(t.track.last())
	if err != nil {
		return err
	}
	moved := record.Parse(life.Path, data, t.canon)
	if life.Last == life.Head {
		life.Last = moved
	}
	life.Head = moved
	return nil
}

// parse parses a blob once. Path is where its problems are told of.
func (t *teller) parse(blob git.Hash, path string) (*record.Case, error) {
	if c := t.parsed[blob]; c != nil {
		return c, nil
	}
	data, err := t.rd.Blob(blob)
	if err != nil {
		return nil, err
	}
	if t.h.suspicious != nil && t.h.suspicious(data) {
		if t.suspicious == nil {
			t.suspicious = map[git.Hash][]byte{}
		}
		t.suspicious[blob] = bytes.Clone(data)
	}
	c := record.Parse(path, data, t.canon)
	t.parsed[blob] = c
	return c, nil
}

// readable is the content of a blob, or otherwise if there is none that can be
// read.
func (t *teller) readable(blob git.Hash, path string, otherwise *record.Case) (*record.Case, error) {
	if blob.IsZero() {
		return otherwise, nil
	}
	c, err := t.parse(blob, path)
	if err != nil || c.Unreadable {
		return otherwise, err
	}
	return c, nil
}

// deletion names the commit that deleted the case in a landing.
func (t *teller) deletion(v *content) Step {
	by := t.h.main.commit(v.landing)
	if whole := t.h.touches.whole[v.landing]; whole != nil {
		by = whole
	}
	for _, c := range t.h.touches.found[v.landing][t.track] {
		if c.blob.IsZero() {
			by = c.commit
		}
	}
	return step(by)
}

func step(c *commit) Step {
	return Step{Commit: c.Hash.String(), Author: *c.Author, Authored: clock(c.Authored), Committed: clock(c.Committed)}
}
