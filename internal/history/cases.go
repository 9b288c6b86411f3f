package history

import (
	"cmp"
	"context"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/store"
)

// Canon resolves aliases of units; nil leaves names as they are.
type Canon func(name string) string

// Cases parses every case that ever landed and calls fn with its history,
// concurrently and in unspecified order; an error of fn ends it.
//
// A landing that changes nothing of what a case says (layout, a move, content
// that cannot be read) is not among the case's landings. A deletion is, with
// After nil and one Step without Changes that names who deleted; so is the
// return, even if the content is the old one and there is no Step.
//
// Cases that the caller knows by their mark are passed over; known may be nil.
// It, too, is called concurrently.
func (h *History) Cases(ctx context.Context, canon Canon, known func(mark string) bool,
	fn func(*CaseHistory) error) error {
	a, rest := h.openArchive(livesFile, h.names)
	return h.buildCases(ctx, a, rest, caseWork{h.tracks, canon, known, fn})
}

// CasesByID is Cases for these 编号; one that never landed is left out.
func (h *History) CasesByID(ctx context.Context, ids []string, canon Canon, fn func(*CaseHistory) error) error {
	var tracks []*track
	for _, id := range ids {
		if i, ok := h.find(id); ok {
			tracks = append(tracks, h.tracks[i])
		}
	}
	return h.buildCases(ctx, &archive{old: &store.Store{}}, tracks, caseWork{tracks, canon, nil, fn})
}

// CasesUnderNames is Cases by another canon: callers that recompute a frozen
// quarter pass the unit names of that time, and a fingerprint of them, under which
// the histories are kept if Keep was called.
func (h *History) CasesUnderNames(ctx context.Context, names string, canon Canon, fn func(*CaseHistory) error) error {
	a, rest := h.openArchive(otherLives(names), names)
	return h.buildCases(ctx, a, rest, caseWork{h.tracks, canon, nil, fn})
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

// caseWork says which cases to build, and for whom.
type caseWork struct {
	tracks []*track
	canon  Canon
	known  func(mark string) bool
	fn     func(*CaseHistory) error
}

// buildCases calls fn with each case, from the archive or built anew as the rest is.
func (h *History) buildCases(ctx context.Context, a *archive, rest []*track, w caseWork) (err error) {
	defer func() { a.close(err) }()
	if err := h.findBlobChanges(ctx, rest); err != nil {
		return err
	}
	h.mu.Lock()
	failed := h.failed
	h.mu.Unlock()
	if failed != nil {
		return failed
	}
	return h.read(ctx, len(w.tracks), 64, func(rd *git.Reader, i int) error {
		tr := w.tracks[i]
		mark := h.mark(tr)
		if w.known != nil && mark != "" && w.known(mark) {
			a.carry(tr)
			return nil
		}
		life := a.life(tr)
		if life == nil {
			// Already found, unless the record turned out to be damaged.
			if err := h.findBlobChanges(ctx, []*track{tr}); err != nil {
				return err
			}
			b := builder{h: h, rd: rd, canon: w.canon, track: tr, parsed: map[git.Hash]*record.Case{}}
			var err error
			if life, err = b.build(); err != nil || life == nil {
				return err // nil: only ever something else than a file
			}
			a.note(tr, life)
		}
		life.Mark = mark
		return w.fn(life)
	})
}
