package history

import (
	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/casefile"
)

// steps says which commits of a landing said the changes it makes: for each
// change the last commit that says it. What no commit says is said by the
// landing: a squash, a text that Git merged from two.
func (t *teller) steps(v *content, before, after *casefile.Case, changes []casefile.Change) ([]Step, error) {
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
	by := make([][]casefile.Change, len(said)+1) // the last is the landing's own
	last := map[statement]int{}                  // said by any commit
	plain := map[statement]int{}                 // said by one that is no merge
	for i, s := range said {
		for _, ch := range s.changes {
			exact := stated(ch)
			last[exact] = i
			if len(s.commit.parents) < 2 {
				plain[exact] = i
				plain[exact.anywhere()] = i
			}
		}
	}
	for _, ch := range changes {
		exact := stated(ch)
		var i int
		var ok bool
		if ch.Kind != casefile.Set {
			// Where Git put together equal entries of two branches, the merge seems
			// to add one more than either; a branch did.
			if i, ok = plain[exact]; !ok {
				i, ok = plain[exact.anywhere()]
			}
		}
		if !ok {
			i, ok = last[exact]
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
	changes []casefile.Change
}

// said lists what the commits that touched a case say, in order. Where a parent
// has no content that can be read, the last one before it that could be counts:
// that of the landing before, if it was none of the branch's.
func (t *teller) said(touches []touch, path string, before *casefile.Case) ([]saying, error) {
	var list []saying
	unreadable := map[plumbing.Hash]*casefile.Case{} // what counts instead
	at := func(blob plumbing.Hash) (*casefile.Case, error) {
		if c, ok := unreadable[blob]; ok {
			return c, nil
		}
		return t.readable(blob, path, before)
	}
	for _, c := range touches {
		if c.blob.IsZero() {
			continue
		}
		now, err := t.parse(c.blob, path)
		if err != nil {
			return nil, err
		}
		var changes []casefile.Change
		for k, blob := range c.parents {
			was, err := at(blob)
			if err != nil {
				return nil, err
			}
			if now.Unreadable {
				if _, ok := unreadable[c.blob]; !ok {
					unreadable[c.blob] = was
				}
				break
			}
			diff := casefile.Diff(was, now)
			if k == 0 {
				changes = diff
			} else {
				changes = both(changes, diff)
			}
		}
		if len(changes) > 0 {
			list = append(list, saying{c.commit, changes})
		}
	}
	return list, nil
}

// both are the changes of a that b states as well.
func both(a, b []casefile.Change) []casefile.Change {
	in := make(map[statement]bool, len(b))
	for _, ch := range b {
		in[stated(ch)] = true
	}
	var list []casefile.Change
	for _, ch := range a {
		if in[stated(ch)] {
			list = append(list, ch)
		}
	}
	return list
}

// statement is what a change leaves behind, whatever was there before: a branch
// of two commits goes from 已登记 by way of 分析中 to 已推送, its landing goes
// from 已登记 to 已推送, and the second commit said so.
type statement struct {
	kind              casefile.ChangeKind
	key, field, entry string
	nth               int
	value             string
}

func stated(ch casefile.Change) statement {
	s := statement{ch.Kind, ch.Key, ch.Field, ch.Entry, ch.Nth, ch.New}
	if s.kind == casefile.Altered {
		s.kind = casefile.Decided // filled within the branch, then altered
	}
	return s
}

// anywhere is the statement for whichever of several equal entries: on another
// branch the same entry may have had another ordinal.
func (s statement) anywhere() statement {
	s.nth = -1
	return s
}

func stateIn(changes []casefile.Change) string {
	for _, ch := range changes {
		if ch.Key == "状态" {
			return ch.New
		}
	}
	return ""
}
