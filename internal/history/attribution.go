package history

import (
	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
)

// statement is what a change leaves behind, whatever was there before. A branch of
// two commits may go from 已登记 via 分析中 to 已推送; its landing goes from 已登记
// to 已推送, and that is what the second commit stated.
type statement struct {
	kind              record.ChangeKind
	key, field, entry string
	nth               int
	value             string
}

func statementOf(ch record.Change) statement {
	s := statement{ch.Kind, ch.Key, ch.Field, ch.Entry, ch.Nth, ch.New}
	if s.kind == record.Altered {
		s.kind = record.Decided // filled within the branch, then altered
	}
	return s
}

// anywhere is the statement without the ordinal among equal entries, which may be
// another one on another branch.
func (s statement) anywhere() statement {
	s.nth = -1
	return s
}

// commitChanges is what one commit says of a case that none of its parents says.
type commitChanges struct {
	commit  *mainline.Commit
	changes []record.Change
}

// steps attributes each change that a landing makes to the last of its commits that
// says it. What no commit says is the landing's own: a squash, or a text that Git
// merged from two.
func (b *builder) steps(v *content, before, after *record.Case, changes []record.Change) ([]timeline.Step, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	said, err := b.branchChanges(v, before)
	if err != nil {
		return nil, err
	}
	last := map[statement]int{}  // the commit that says it
	alike := map[statement]int{} // the commit that says it of any of several equal entries
	for i, s := range said {
		for _, ch := range s.changes {
			exact := statementOf(ch)
			last[exact], alike[exact.anywhere()] = i, i
		}
	}
	by := make([][]record.Change, len(said)+1) // the last is the landing's own
	for _, ch := range changes {
		exact := statementOf(ch)
		i, ok := last[exact]
		if !ok && ch.Kind != record.Set {
			i, ok = alike[exact.anywhere()]
		}
		if !ok {
			i = len(said)
		}
		by[i] = append(by[i], ch)
	}
	said = append(said, commitChanges{b.h.answerable(v.landing), by[len(said)]})
	var steps []timeline.Step
	for i, list := range by {
		if len(list) == 0 {
			continue
		}
		s := timeline.Step{Attribution: said[i].commit.Attribution(), State: stateIn(said[i].changes), Changes: list}
		// The landing may have said one thing itself and answer for another.
		if n := len(steps); n > 0 && steps[n-1].Commit == s.Commit {
			steps[n-1].Changes = append(steps[n-1].Changes, s.Changes...)
			if s.State != "" {
				steps[n-1].State = s.State
			}
			continue
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// branchChanges lists what the commits of a landing say of the case, in order. If a
// parent's content cannot be read, the last readable one before it counts: the
// branch's, else that of the landing before.
func (b *builder) branchChanges(v *content, before *record.Case) ([]commitChanges, error) {
	var list []commitChanges
	unreadable := map[git.Hash]*record.Case{} // what counts instead
	at := func(blob git.Hash) (*record.Case, error) {
		if c, ok := unreadable[blob]; ok {
			return c, nil
		}
		return b.readable(blob, v.path, before)
	}
	for _, c := range b.h.changesOf(b.track, v.landing) {
		if c.blob.IsZero() {
			continue
		}
		now, err := b.parse(c.blob, v.path)
		if err != nil {
			return nil, err
		}
		was := make([]*record.Case, len(c.parents))
		for k, blob := range c.parents {
			if was[k], err = at(blob); err != nil {
				return nil, err
			}
		}
		if now.Unreadable {
			if _, ok := unreadable[c.blob]; !ok {
				unreadable[c.blob] = was[0]
			}
			continue
		}
		changes := record.Diff(was[0], now)
		if len(was) > 1 {
			if changes, err = b.mergeChanges(&c, was, now, v.path); err != nil {
				return nil, err
			}
		}
		if len(changes) > 0 {
			list = append(list, commitChanges{c.commit, changes})
		}
	}
	return list, nil
}

// mergeChanges are the differences of a merge from one of its parents that none of
// the others brought.
func (b *builder) mergeChanges(c *blobChange, was []*record.Case, now *record.Case, path string) ([]record.Change,
	error) {
	var list []record.Change
	known := map[statement]bool{}
	for p := range was {
		changes := record.Diff(was[p], now)
		for q := range was {
			if q == p || len(changes) == 0 || c.parents[q] == c.parents[p] {
				continue
			}
			for _, blob := range c.at(p, q) {
				base, err := b.readable(blob, path, nil)
				if err != nil {
					return nil, err
				}
				changes = without(changes, record.Diff(base, was[q]))
			}
		}
		for _, ch := range changes {
			if exact := statementOf(ch); !known[exact] {
				known[exact] = true
				list = append(list, ch)
			}
		}
	}
	return list, nil
}

// without are the changes that are not among others. Equal entries match each other
// whatever their ordinal, each one other.
func without(changes, others []record.Change) []record.Change {
	brought := make(map[statement]int, len(others))
	for _, ch := range others {
		brought[statementOf(ch).anywhere()]++
	}
	var list []record.Change
	for _, ch := range changes {
		s := statementOf(ch).anywhere()
		if brought[s] > 0 {
			brought[s]--
			continue
		}
		list = append(list, ch)
	}
	return list
}

func stateIn(changes []record.Change) string {
	for _, ch := range changes {
		if ch.Key == "状态" {
			return ch.New
		}
	}
	return ""
}

// deletion is the step that deleted the case in a landing.
func (b *builder) deletion(v *content) timeline.Step {
	by := b.h.answerable(v.landing)
	for _, c := range b.h.changesOf(b.track, v.landing) {
		if c.blob.IsZero() {
			by = c.commit
		}
	}
	return timeline.Step{Attribution: by.Attribution()}
}
