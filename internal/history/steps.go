package history

import (
	"suqiu/internal/git"
	"suqiu/internal/record"
)

// steps says which commits of a landing said the changes it makes: for each
// change the last commit that says it. What no commit says is said by the
// landing: a squash, a text that Git merged from two.
func (t *teller) steps(v *content, before, after *record.Case, changes []record.Change) ([]Step, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	own := t.h.main.commit(v.landing)
	if whole := t.h.touches.whole[v.landing]; whole != nil {
		own = whole
	}
	said, err := t.said(t.h.touches.found[v.landing][t.track], v.path, before)
	if err != nil {
		return nil, err
	}
	by := make([][]record.Change, len(said)+1) // the last is the landing's own
	last := map[statement]int{}                // said by any commit
	alike := map[statement]int{}               // the same, of whichever of several equal entries
	for i, s := range said {
		for _, ch := range s.changes {
			exact := stated(ch)
			last[exact], alike[exact.anywhere()] = i, i
		}
	}
	for _, ch := range changes {
		exact := stated(ch)
		i, ok := last[exact]
		if !ok && ch.Kind != record.Set {
			i, ok = alike[exact.anywhere()]
		}
		if !ok {
			i = len(said)
		}
		by[i] = append(by[i], ch)
	}
	var steps []Step
	for i, list := range by {
		if len(list) == 0 {
			continue
		}
		s, state := step(own), stateIn(list)
		if i < len(said) {
			s, state = step(said[i].commit), stateIn(said[i].changes)
		}
		s.State, s.Changes = state, list
		// The landing may have said one thing itself and be answerable for another.
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

// saying is what one commit says that none of its parents says.
type saying struct {
	commit  *commit
	changes []record.Change
}

// said lists what the commits that touched a case say, in order. Where a parent
// has no content that can be read, the last one before it that could be counts:
// that of the landing before, if it was none of the branch's.
func (t *teller) said(touches []touch, path string, before *record.Case) ([]saying, error) {
	var list []saying
	unreadable := map[git.Hash]*record.Case{} // what counts instead
	at := func(blob git.Hash) (*record.Case, error) {
		if c, ok := unreadable[blob]; ok {
			return c, nil
		}
		return t.readable(blob, path, before)
	}
	for i := range touches {
		c := &touches[i]
		if c.blob.IsZero() {
			continue
		}
		now, err := t.parse(c.blob, path)
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
			if changes, err = t.saidByMerge(c, was, now, path); err != nil {
				return nil, err
			}
		}
		if len(changes) > 0 {
			list = append(list, saying{c.commit, changes})
		}
	}
	return list, nil
}

// saidByMerge is what a merge has otherwise than one of its parents and none of
// the others brought.
func (t *teller) saidByMerge(c *touch, was []*record.Case, now *record.Case, path string) ([]record.Change, error) {
	var list []record.Change
	known := map[statement]bool{}
	for p := range was {
		changes := record.Diff(was[p], now)
		for q := range was {
			if q == p || len(changes) == 0 || c.parents[q] == c.parents[p] {
				continue
			}
			for _, blob := range c.since(p, q) {
				base, err := t.readable(blob, path, nil)
				if err != nil {
					return nil, err
				}
				changes = without(changes, record.Diff(base, was[q]))
			}
		}
		for _, ch := range changes {
			if exact := stated(ch); !known[exact] {
				known[exact] = true
				list = append(list, ch)
			}
		}
	}
	return list, nil
}

// without are the changes that some others do not bring about. Of equal entries
// any stands for any, but each for one only.
func without(changes, others []record.Change) []record.Change {
	brought := make(map[statement]int, len(others))
	for _, ch := range others {
		brought[stated(ch).anywhere()]++
	}
	var list []record.Change
	for _, ch := range changes {
		s := stated(ch).anywhere()
		if brought[s] > 0 {
			brought[s]--
			continue
		}
		list = append(list, ch)
	}
	return list
}

// statement is what a change leaves behind, whatever was there before: a branch
// of two commits goes from 已登记 by way of 分析中 to 已推送, its landing goes
// from 已登记 to 已推送, and the second commit said so.
type statement struct {
	kind              record.ChangeKind
	key, field, entry string
	nth               int
	value             string
}

func stated(ch record.Change) statement {
	s := statement{ch.Kind, ch.Key, ch.Field, ch.Entry, ch.Nth, ch.New}
	if s.kind == record.Altered {
		s.kind = record.Decided // filled within the branch, then altered
	}
	return s
}

// anywhere is the statement for whichever of several equal entries: on another
// branch the same entry may have had another ordinal.
func (s statement) anywhere() statement {
	s.nth = -1
	return s
}

func stateIn(changes []record.Change) string {
	for _, ch := range changes {
		if ch.Key == "状态" {
			return ch.New
		}
	}
	return ""
}
