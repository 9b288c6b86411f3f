package history

import (
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/record"
	"suqiu/internal/timeline"
)

// statement is what a change leaves behind, whatever was there before: a branch
// of two commits goes from 已登记 by way of 分析中 to 已推送, its landing goes
// from 已登记 to 已推送, and the second commit said so.
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

// anywhere is the statement for whichever of several equal entries: on another
// branch the same entry may have had another ordinal.
func (s statement) anywhere() statement {
	s.nth = -1
	return s
}

// commitChanges is what one commit says of a case that none of its parents says.
type commitChanges struct {
	commit  *mainline.Commit
	changes []record.Change
}

// steps attributes the changes that a landing makes to its commits: each change
// to the last commit that says it. What no commit says is the landing's own: a
// squash, a text that Git merged from two.
func (b *builder) steps(v *content, before, after *record.Case, changes []record.Change) ([]timeline.Step, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	said, err := b.branchChanges(v, before)
	if err != nil {
		return nil, err
	}
	last := map[statement]int{}  // by which commit
	alike := map[statement]int{} // the same, of whichever of several equal entries
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

// branchChanges lists what the commits of a landing say of the case, in order.
// Where a parent has no content that can be read, the last one before it that
// could be counts: that of the landing before, if it was none of the branch's.
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

// mergeChanges is what a merge has otherwise than one of its parents and none of
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

// without are the changes that some others do not bring about. Of equal entries
// any stands for any, but each for one only.
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

// AuthorOf finds who wrote what a landing left of a file that is no case: of the
// commits that it brought, the last that says what was left. What Git merged from
// two versions is the merge's own.
func (h *History) AuthorOf(landing int, path string) (timeline.Attribution, error) {
	by, _, err := h.authorOf(landing, path)
	if err != nil {
		return timeline.Attribution{}, err
	}
	return by.Attribution(), nil
}

// UndoneBy is who took back, by a merge within the branch that a landing brought,
// what had landed of a file; ok is false if nobody did.
func (h *History) UndoneBy(landing int, path string) (by timeline.Attribution, ok bool, err error) {
	members := h.Members(landing)
	isMerge := func(m *mainline.Commit) bool { return len(m.Parents) > 1 }
	if !slices.ContainsFunc(members[:max(0, len(members)-1)], isMerge) {
		return timeline.Attribution{}, false, nil
	}
	c, undid, err := h.authorOf(landing, path)
	if err != nil || !undid || c.Hash == h.Hash(landing) {
		return timeline.Attribution{}, false, err
	}
	return c.Attribution(), true, nil
}

// authorOf finds the commit that says what a landing left of a file: the landing
// itself if none of its branch does. Undid tells that this is a merge which took
// one side although the other had gone on.
func (h *History) authorOf(landing int, path string) (by *mainline.Commit, undid bool, err error) {
	rd := h.Repo.Reader()
	defer rd.Close()
	by = h.Commit(landing)
	left, err := rd.Lookup(by.Tree, path)
	if err != nil {
		return nil, false, err
	}
	for _, m := range h.Members(landing) {
		now, err := rd.Lookup(m.Tree, path)
		if err != nil {
			return nil, false, err
		}
		if now != left {
			continue
		}
		says, undoes, err := h.says(rd, m, now, path)
		if err != nil {
			return nil, false, err
		}
		if says {
			by, undid = m, undoes
		}
	}
	return by, undid, nil
}

// says reports whether a commit says that a file is what it is there: no parent
// has it so, or, of a merge, one has it otherwise and none of the others changed
// it to this since the two parted (see merge.go).
func (h *History) says(rd *git.Reader, m *mainline.Commit, now git.Entry, path string) (says, undoes bool, err error) {
	parents, was := make([]*mainline.Commit, len(m.Parents)), make([]git.Entry, len(m.Parents))
	for k, hash := range m.Parents {
		parents[k] = h.Landed(hash)
		if was[k], err = rd.Lookup(parents[k].Tree, path); err != nil {
			return false, false, err
		}
	}
	if !slices.Contains(was, now) {
		return len(parents) > 0 || now.Mode != git.ModeAbsent, false, nil
	}
	for p := range parents {
		if was[p] == now {
			continue
		}
		brought := false
		for q := range parents {
			if brought || was[q] != now {
				continue
			}
			if brought, err = h.changedSince(rd, parents[p], parents[q], now, path); err != nil {
				return false, false, err
			}
		}
		if !brought {
			return true, true, nil
		}
	}
	return false, false, nil
}

// changedSince reports whether a file is something else than at a merge base of
// two commits.
func (h *History) changedSince(rd *git.Reader, p, q *mainline.Commit, now git.Entry, path string) (bool, error) {
	bases := h.Bases(p, q)
	if len(bases) == 0 {
		return now.Mode != git.ModeAbsent, nil
	}
	for _, base := range bases {
		then, err := rd.Lookup(base.Tree, path)
		if err != nil || then != now {
			return err == nil, err
		}
	}
	return false, nil
}
