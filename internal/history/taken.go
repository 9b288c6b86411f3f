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

// registered notes which 编号 the branch under Base registers, commit by commit,
// and which it removes again other than by a merge.
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
		stood := map[string]bool{} // moved within the commit, or was there before
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

// parted is the content that the branch under Base went on from, of a case that
// the base changed as well; it notes whether the base said more since. A branch
// of which a part landed already, squashed or picked, goes on from there.
func (b *builder) parted(life *timeline.CaseHistory, v *content) (*record.Case, error) {
	changes := b.h.changesOf(b.track, v.landing)
	own := len(b.track.versions) - 1
	for i := own - 1; i >= 0 && b.track.versions[i].landing > b.h.ForkedAt; i-- {
		landed := &b.track.versions[i]
		if landed.blob.IsZero() ||
			!slices.ContainsFunc(changes, func(c blobChange) bool { return c.blob == landed.blob }) {
			continue
		}
		c, err := b.readable(landed.blob, landed.path, nil)
		if err != nil {
			return nil, err
		}
		if c != nil {
			life.Stale = life.Deleted || len(record.Diff(c, life.Last)) > 0
			return c, nil
		}
	}
	if b.track.found.blob.IsZero() {
		return life.Last, nil // made on both sides
	}
	c, err := b.readable(b.track.found.blob, v.path, nil)
	if err == nil {
		life.Stale = life.Deleted || len(record.Diff(c, life.Last)) > 0
	}
	return c, err
}

// takes tells whether a version gives the 编号 to another appeal than the one
// that had it: by a file that was made anew, in a branch or after a deletion, or
// by a text that has nothing to do with the one before.
func (b *builder) takes(v *content, before, now *record.Case, gone bool) (*timeline.Taken, error) {
	if before == nil {
		return nil, nil
	}
	by, made, err := b.maker(v, gone)
	if err != nil {
		return nil, err
	}
	if made == nil && !replaced(before, now) {
		return nil, nil
	}
	landed, err := b.landedBefore(v.landing)
	if err != nil || len(landed) == 0 || sameAsAny(now, landed) {
		return nil, err
	}
	if !replaced(before, now) {
		// A branch that was squashed and goes on says what it first said.
		if sameAsAny(made, landed) {
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

// maker is the commit that made the file which a version has, and what the file
// said then: the landing itself where the case was gone. The content is nil if
// the file was there before; the commit is then who last touched it.
func (b *builder) maker(v *content, gone bool) (by *mainline.Commit, made *record.Case, err error) {
	by = b.h.answers(v.landing)
	changes := b.h.changesOf(b.track, v.landing)
	for _, c := range changes {
		if c.blob.IsZero() || len(c.parents) > 1 {
			continue
		}
		if by = c.commit; !c.parents[0].IsZero() {
			continue
		}
		if made, err = b.readable(c.blob, v.path, nil); err != nil || made != nil {
			return by, made, err
		}
	}
	if gone && len(changes) == 0 {
		made, err = b.readable(v.blob, v.path, nil)
	}
	return by, made, err
}

// Titles and texts that are less alike than this, by the pairs of characters
// that they have in common, are not of one appeal: what people make of a text
// when they put it better keeps more of it.
const (
	otherTitle = 0.5
	otherText  = 0.3
)

// replaced reports whether a file that was there became another appeal's: its
// title and its text have next to nothing in common with those before, and no
// 更正 says why.
func replaced(before, now *record.Case) bool {
	if before.Title == now.Title || len(now.Corrections) > len(before.Corrections) {
		return false
	}
	was, is := before.Intake(), now.Intake()
	return was != "" && is != "" && was != is &&
		similar.Alike(before.Title, now.Title) < otherTitle && similar.Alike(was, is) < otherText
}

// lost tells whether the branch under Base registered another appeal under the
// 编号, of which a merge left nothing: a conflict that was solved with what had
// landed. One that the branch renumbered or removed is not lost.
func (b *builder) lost() (*timeline.Taken, error) {
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
			continue // a second file of that 编号, which another finding tells of
		}
		c, err := b.readable(a.blob, a.path, nil)
		if err != nil {
			return nil, err
		}
		if c == nil || sameAsAny(c, landed) {
			continue
		}
		there, err := b.elsewhere(c)
		if err != nil || there {
			return nil, err
		}
		return &timeline.Taken{Landing: last, Attribution: a.commit.Attribution(), First: timeline.AppealOf(landed[0]),
			Other: timeline.AppealOf(c), Dropped: true, Path: a.path}, nil
	}
	return nil, nil
}

// elsewhere reports whether the branch registers the appeal of a content under
// another 编号 as well.
func (b *builder) elsewhere(c *record.Case) (bool, error) {
	for _, tr := range b.h.tracks {
		if tr == b.track || tr.found == nil || tr.last().IsZero() {
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
