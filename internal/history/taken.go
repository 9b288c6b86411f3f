package history

import (
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/similar"
	"suqiu/internal/timeline"
)

// addition is a commit of the branch under Base that made a file of a 编号.
type addition struct {
	commit *mainline.Commit
	path   string
	blob   git.Hash
}

// registered notes, commit by commit, which 编号 the branch under Base registers,
// and which of those it removes again. Merges are left out: what they remove is a
// conflict that somebody resolved.
func (h *History) registered(rd *git.Reader) error {
	last := h.Len() - 1
	if last < 0 || !h.Landings[last].Pending {
		return nil
	}
	h.additions, h.removed = map[string][]addition{}, map[string]bool{}
	for _, m := range h.Members(last) {
		if len(m.Parents) > 1 {
			continue
		}
		before := git.ZeroHash
		if len(m.Parents) == 1 {
			before = h.Landed(m.Parents[0]).Tree
		}
		changes, err := casesChanged(rd, before, m.Tree)
		if err != nil {
			return err
		}
		stood := map[string]bool{} // there before the commit, perhaps under another path
		for _, ch := range changes {
			if id, ok := idOf(ch.Path); ok && !ch.Old.Blob().IsZero() {
				stood[id] = true
				h.removed[id] = h.removed[id] || ch.New.Blob().IsZero()
			}
		}
		for _, ch := range changes {
			if id, ok := idOf(ch.Path); ok && !stood[id] && !ch.New.Blob().IsZero() {
				h.additions[id] = append(h.additions[id], addition{m, ch.Path, ch.New.Blob()})
				h.removed[id] = false
			}
		}
	}
	for id := range h.additions {
		if i, ok := h.find(id); ok {
			h.tracks[i].registered = true
		}
	}
	return nil
}

// casesChanged lists what differs below cases/ between two trees.
func casesChanged(rd *git.Reader, old, new git.Hash) ([]git.Change, error) {
	was, err := casesTree(rd, old)
	if err != nil {
		return nil, err
	}
	is, err := casesTree(rd, new)
	if err != nil {
		return nil, err
	}
	return rd.ChangesBelow("cases/", was, is, map[string]string{})
}

// landedBefore are the contents that landed before a landing and can be read,
// the last one first.
func (b *builder) landedBefore(landing int) ([]*record.Case, error) {
	var list []*record.Case
	seen := map[git.Hash]bool{}
	for i := len(b.track.versions) - 1; i >= 0; i-- {
		v := &b.track.versions[i]
		if v.landing >= landing || seen[v.blob] {
			continue
		}
		seen[v.blob] = true
		c, err := b.readable(v.blob, v.path, nil)
		if err != nil {
			return nil, err
		}
		if c != nil {
			list = append(list, c)
		}
	}
	return list, nil
}

// sameAsAny reports whether a content is of the appeal of any other.
func sameAsAny(c *record.Case, others []*record.Case) bool {
	for _, other := range others {
		if record.SameAppeal(c, other) {
			return true
		}
	}
	return false
}

// forkContent is the content that the branch under Base started from, of a case that
// the base changed as well. The case is stale if the base has said more since, or
// deleted it. If part of the branch has landed already, squashed or cherry-picked, the
// branch counts as having started from what landed.
func (b *builder) forkContent(v *content, deleted bool) (c *record.Case, err error) {
	changes := b.h.changesOf(b.track, v.landing)
	own := len(b.track.versions) - 1
	for i := own - 1; c == nil && i >= 0 && b.track.versions[i].landing > b.h.ForkedAt; i-- {
		landed := &b.track.versions[i]
		if landed.blob.IsZero() ||
			!slices.ContainsFunc(changes, func(c blobChange) bool { return c.blob == landed.blob }) {
			continue
		}
		if c, err = b.readable(landed.blob, landed.path, nil); err != nil {
			return nil, err
		}
	}
	if c == nil {
		if b.track.fork.blob.IsZero() {
			return b.life.Last, nil // created on both sides
		}
		if c, err = b.readable(b.track.fork.blob, v.path, nil); err != nil {
			return nil, err
		}
	}
	b.life.Stale = deleted || len(record.Diff(c, b.life.Last)) > 0
	return c, nil
}

// taken tells whether a version gives the 编号 to another appeal. There are two
// ways: the file is created again, in a branch or after a deletion, or its text is
// replaced by one that has nothing to do with it. Nil: the appeal is the same.
func (b *builder) taken(v *content, before, now *record.Case) (*timeline.Taken, error) {
	if before == nil {
		return nil, nil
	}
	by, created, err := b.creation(v)
	if err != nil {
		return nil, err
	}
	if created == nil && !replaced(before, now) {
		return nil, nil
	}
	landed, err := b.landedBefore(v.landing)
	if err != nil || len(landed) == 0 || sameAsAny(now, landed) {
		return nil, err
	}
	if !replaced(before, now) {
		// A branch that was squashed and then continued creates the same appeal again.
		if sameAsAny(created, landed) {
			return nil, nil
		}
		for _, change := range b.h.changesOf(b.track, v.landing) {
			c, err := b.readable(change.blob, v.path, nil)
			if err != nil || c != nil && sameAsAny(c, landed) {
				return nil, err
			}
		}
	}
	return &timeline.Taken{Landing: v.landing, Attribution: by.Attribution(),
		First: timeline.AppealOf(landed[0]), Other: timeline.AppealOf(now), Path: v.path}, nil
}

// creation is the commit that created the file of a version, and what the file said
// then. Where the case was deleted before and no commit of the branch created it,
// the landing did. If nothing created it, the content is nil, and the commit is the
// last that changed the file.
func (b *builder) creation(v *content) (by *mainline.Commit, created *record.Case, err error) {
	by = b.h.answerable(v.landing)
	changes := b.h.changesOf(b.track, v.landing)
	for _, c := range changes {
		if c.blob.IsZero() || len(c.parents) > 1 {
			continue
		}
		if by = c.commit; !c.parents[0].IsZero() {
			continue
		}
		if created, err = b.readable(c.blob, v.path, nil); err != nil || created != nil {
			return by, created, err
		}
	}
	if b.gone && len(changes) == 0 {
		created, err = b.readable(v.blob, v.path, nil)
	}
	return by, created, err
}

// Titles and texts that share fewer pairs of characters than this are not of one
// appeal: somebody who words a text better keeps more of it.
const (
	otherTitle = 0.5
	otherText  = 0.3
)

// replaced reports whether a file now holds another appeal: its title and text have
// next to nothing in common with those before, and no 更正 explains that.
func replaced(before, now *record.Case) bool {
	if before.Title == now.Title || len(now.Corrections) > len(before.Corrections) {
		return false
	}
	was, is := before.Intake(), now.Intake()
	return was != "" && is != "" && was != is &&
		similar.Alike(before.Title, now.Title) < otherTitle && similar.Alike(was, is) < otherText
}

// dropped finds another appeal that the branch under Base registered under the 编号
// and of which a merge left nothing: a conflict was resolved in favour of what had
// landed. An appeal that the branch renumbered or removed is not dropped.
func (b *builder) dropped() (*timeline.Taken, error) {
	h := b.h
	if !b.track.registered || h.removed[b.track.id] {
		return nil, nil
	}
	last := h.Len() - 1
	landed, err := b.landedBefore(last)
	if err != nil || len(landed) == 0 {
		return nil, err
	}
	for _, a := range h.additions[b.track.id] {
		if a.path != b.track.path && !b.track.at(a.path).IsZero() {
			continue // a second file of that 编号, which has a finding of its own
		}
		c, err := b.readable(a.blob, a.path, nil)
		if err != nil {
			return nil, err
		}
		if c == nil || sameAsAny(c, landed) {
			continue
		}
		renumbered, err := b.underAnotherID(c)
		if err != nil || renumbered {
			return nil, err
		}
		return &timeline.Taken{Landing: last, Attribution: a.commit.Attribution(), First: timeline.AppealOf(landed[0]),
			Other: timeline.AppealOf(c), Dropped: true, Path: a.path}, nil
	}
	return nil, nil
}

// underAnotherID reports whether the branch registers the appeal of a content under
// another 编号 as well.
func (b *builder) underAnotherID(c *record.Case) (bool, error) {
	for _, tr := range b.h.tracks {
		if tr == b.track || tr.fork == nil || tr.last().IsZero() {
			continue // the branch left it alone, or removed it
		}
		other, err := b.readable(tr.last(), tr.path, nil)
		if err != nil {
			return false, err
		}
		if other != nil && record.SameAppeal(other, c) {
			return true, nil
		}
	}
	return false, nil
}
