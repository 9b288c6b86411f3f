package history

import (
	"cmp"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
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
// Cases whose fingerprint the caller knows are passed over; known may be nil. It,
// too, is called concurrently.
func (h *History) Cases(ctx context.Context, canon Canon, known func(fingerprint string) bool,
	fn func(*timeline.CaseHistory) error,
) error {
	rest := h.tracks
	if known != nil {
		found := make([]bool, len(h.tracks))
		err := h.Read(ctx, len(h.tracks), 64, func(_ *git.Reader, i int) error {
			of := h.fingerprint(h.tracks[i])
			found[i] = of != "" && known(of)
			return nil
		})
		if err != nil {
			return err
		}
		rest = nil
		for i, t := range h.tracks {
			if !found[i] {
				rest = append(rest, t)
			}
		}
	}
	return h.buildCases(ctx, rest, canon, fn)
}

// CasesByID is Cases for these 编号; one that never landed is left out.
func (h *History) CasesByID(ctx context.Context, ids []string, canon Canon,
	fn func(*timeline.CaseHistory) error,
) error {
	var tracks []*track
	for _, id := range ids {
		if i, ok := h.find(id); ok {
			tracks = append(tracks, h.tracks[i])
		}
	}
	return h.buildCases(ctx, tracks, canon, fn)
}

// fingerprint is a hash of everything that the history of a case is derived from,
// except canon; empty if the branch under Base has a part in it. The hash of a
// landing covers all commits that are reachable from it.
func (h *History) fingerprint(t *track) string {
	if t.fork != nil || t.stale || t.registered {
		return ""
	}
	of := make([]byte, 0, 1<<10)
	text := func(s string) {
		of = binary.BigEndian.AppendUint64(of, uint64(len(s)))
		of = append(of, s...)
	}
	text(t.id)
	text(t.path)
	of = binary.BigEndian.AppendUint64(of, uint64(len(t.paths)))
	for _, p := range t.paths {
		text(p)
	}
	for i := range t.versions {
		v := &t.versions[i]
		if h.Landings[v.landing].Pending {
			return ""
		}
		landed := h.Hash(v.landing)
		of = append(append(of, landed[:]...), v.blob[:]...)
		text(v.path)
	}
	sum := sha1.Sum(of)
	return string(sum[:])
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
		if t.fork != nil || t.registered && len(t.versions) > 0 {
			ids = append(ids, t.id)
		}
	}
	return ids
}

// buildCases calls fn with each case.
func (h *History) buildCases(ctx context.Context, tracks []*track, canon Canon,
	fn func(*timeline.CaseHistory) error,
) error {
	if err := h.findBlobChanges(ctx, tracks); err != nil {
		return err
	}
	h.mu.Lock()
	failed := h.failed
	h.mu.Unlock()
	if failed != nil {
		return failed
	}
	return h.Read(ctx, len(tracks), h.stretch(len(tracks), 64), func(rd *git.Reader, i int) error {
		b := builder{h: h, rd: rd, canon: canon, track: tracks[i], parsed: map[git.Hash]*record.Case{}}
		life, err := b.build()
		if err != nil || life == nil {
			return err // nil: only ever something else than a file
		}
		life.Fingerprint = h.fingerprint(tracks[i])
		return fn(life)
	})
}

// stretch is how many neighbours of n a worker takes at once: many, as the trees of
// landings, and the cases of a month, are deltas to each other; but so few that all
// workers end together, if not less than least.
func (h *History) stretch(n, least int) int { return min(max(n/(8*h.Workers), least), 1024) }
