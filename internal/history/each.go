package history

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/sync/errgroup"

	"suqiu/internal/casefile"
)

// Each parses every case that ever landed and calls fn with its life,
// concurrently and in no order; an error of fn ends it. canon resolves aliases
// of units and may be nil.
func (h *History) Each(ctx context.Context, canon func(string) string, fn func(*CaseHistory) error) error {
	const batch = 64
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range h.workers {
		g.Go(func() error {
			rd := h.db.reader()
			defer rd.close()
			for ctx.Err() == nil {
				from := int(next.Add(batch)) - batch
				if from >= len(h.tracks) {
					return nil
				}
				for _, tr := range h.tracks[from:min(from+batch, len(h.tracks))] {
					p := teller{h: h, rd: rd, canon: canon, tr: tr, seen: map[plumbing.Hash]*casefile.Case{}}
					ch, err := p.tell()
					if err != nil {
						return err
					}
					if err := fn(ch); err != nil {
						return err
					}
				}
			}
			return ctx.Err()
		})
	}
	return g.Wait()
}

// teller tells the life of one case.
type teller struct {
	h     *History
	rd    *reader
	canon func(string) string
	tr    *track
	seen  map[plumbing.Hash]*casefile.Case
}

func (p *teller) tell() (*CaseHistory, error) {
	tr := p.tr
	ch := &CaseHistory{ID: tr.id, Path: tr.path, Stale: tr.stale}
	for i := range tr.touches {
		t := &tr.touches[i]
		if t.blob.IsZero() {
			ch.Head, ch.Deleted = nil, true
			ch.Landings = append(ch.Landings, CaseLanding{Landing: t.landing, Before: ch.Last})
			continue
		}
		now, err := p.content(t.blob, t.path)
		if err != nil {
			return nil, err
		}
		ch.Head, ch.Deleted = now, false
		if now.Unreadable {
			continue // no step: the next readable content is compared with the last
		}
		before := ch.Last
		if !t.before.IsZero() {
			if before, err = p.content(t.before, t.path); err != nil {
				return nil, err
			}
		}
		ch.Last = now
		landing, err := p.landing(t, before, now)
		if err != nil {
			return nil, err
		}
		if len(landing.Steps) > 0 {
			ch.Landings = append(ch.Landings, landing)
		}
	}
	// What stands at the head tells of its own path, not of where equal content
	// stood once.
	for _, c := range []**casefile.Case{&ch.Head, &ch.Last} {
		if *c != nil && (*c).Path != ch.Path && !ch.Deleted && *c == ch.Head {
			data, err := p.rd.want(plumbing.BlobObject, tr.touches[len(tr.touches)-1].blob)
			if err != nil {
				return nil, err
			}
			moved := casefile.Parse(ch.Path, data, p.canon)
			if ch.Last == ch.Head {
				ch.Last = moved
			}
			ch.Head = moved
		}
	}
	return ch, nil
}

// content parses a blob once.
func (p *teller) content(blob plumbing.Hash, path string) (*casefile.Case, error) {
	if c := p.seen[blob]; c != nil {
		return c, nil
	}
	data, err := p.rd.want(plumbing.BlobObject, blob)
	if err != nil {
		return nil, err
	}
	c := casefile.Parse(path, data, p.canon)
	p.seen[blob] = c
	return c, nil
}

// landing says who said what of the difference that a landing makes.
func (p *teller) landing(t *touch, before, after *casefile.Case) (CaseLanding, error) {
	l := CaseLanding{Landing: t.landing, Before: before, After: after}
	changes := casefile.Diff(before, after)
	if len(changes) == 0 {
		return l, nil
	}
	own := p.h.commits[t.landing]
	cands := t.candidates
	// The whole difference is the work of one commit: nothing to tell apart.
	if len(cands) == 0 || len(cands) == 1 && cands[0].blob == t.blob && len(cands[0].parents) == 1 && p.tr.previous(t) == cands[0].parents[0] {
		c := own
		if len(cands) == 1 {
			c = cands[0].commit
		}
		l.Steps = []Step{step(c, stated(changes), changes)}
		return l, nil
	}
	said := make([][]casefile.Change, len(cands))
	for i := range cands {
		var err error
		if said[i], err = p.said(&cands[i], t.path); err != nil {
			return l, err
		}
	}
	by := make([][]casefile.Change, len(cands)+1) // the last is the landing itself
	for _, ch := range changes {
		i := len(cands) - 1
		for i >= 0 && !slices.Contains(said[i], ch) {
			i--
		}
		if i < 0 {
			// A clean three-way merge may say a thing in other words (an ordinal,
			// the old value): the last who gave the key this value said it.
			i = len(cands) - 1
			for i >= 0 && !slices.ContainsFunc(said[i], func(s casefile.Change) bool { return alike(s, ch) }) {
				i--
			}
		}
		if i < 0 {
			i = len(cands)
		}
		by[i] = append(by[i], ch)
	}
	for i, c := range cands {
		if len(by[i]) > 0 {
			l.Steps = append(l.Steps, step(c.commit, stated(said[i]), by[i]))
		}
	}
	if last := by[len(cands)]; len(last) > 0 {
		l.Steps = append(l.Steps, step(own, stated(last), last))
	}
	return l, nil
}

// alike reports whether two changes end in the same statement.
func alike(a, b casefile.Change) bool {
	a.Old, b.Old, a.Nth, b.Nth = "", "", 0, 0
	return a == b
}

// previous is the content before a touch.
func (tr *track) previous(t *touch) plumbing.Hash {
	if !t.before.IsZero() {
		return t.before
	}
	for i := range tr.touches {
		if &tr.touches[i] == t && i > 0 {
			return tr.touches[i-1].blob
		}
	}
	return plumbing.ZeroHash
}

// said is what a commit states that none of its parents states.
func (p *teller) said(c *candidate, path string) ([]casefile.Change, error) {
	if c.blob.IsZero() {
		return nil, nil
	}
	now, err := p.content(c.blob, path)
	if err != nil || now.Unreadable {
		return nil, err
	}
	var said []casefile.Change
	for i, blob := range c.parents {
		var was *casefile.Case
		if !blob.IsZero() {
			if was, err = p.content(blob, path); err != nil {
				return nil, err
			}
			if was.Unreadable {
				was = nil
			}
		}
		diff := casefile.Diff(was, now)
		if i == 0 {
			said = diff
			continue
		}
		said = slices.DeleteFunc(said, func(s casefile.Change) bool {
			return !slices.ContainsFunc(diff, func(d casefile.Change) bool { return alike(d, s) })
		})
	}
	if len(c.parents) == 0 {
		said = casefile.Diff(nil, now)
	}
	return said, nil
}

func stated(changes []casefile.Change) string {
	for _, ch := range changes {
		if ch.Key == "状态" {
			return ch.New
		}
	}
	return ""
}

func step(c *commit, state string, changes []casefile.Change) Step {
	return Step{Commit: c.hash.String(), Author: c.author, Authored: clock(c.authored), State: state, Changes: changes}
}

// Touch is one landing of a file that is no case.
type Touch struct {
	Landing int
	Path    string
}

// Touches lists the landings of files below some folders, by path.
func (h *History) Touches(prefixes []string) []Touch {
	var list []Touch
	for path, versions := range h.others {
		if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(path, p) }) {
			continue
		}
		for _, v := range versions {
			list = append(list, Touch{v.landing, path})
		}
	}
	slices.SortFunc(list, func(a, b Touch) int {
		if a.Landing != b.Landing {
			return a.Landing - b.Landing
		}
		return strings.Compare(a.Path, b.Path)
	})
	return list
}
