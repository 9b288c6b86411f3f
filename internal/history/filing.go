package history

import (
	"slices"
	"time"

	"suqiu/internal/git"
)

// Filing is who wrote a landed version of a file that is no case, and when.
type Filing struct {
	Author   git.Person
	Authored time.Time
}

// Filing finds who wrote what a landing left of a file: of the commits that it
// brought, the last that says what was left. What Git merged from two versions
// is the merge's own.
func (h *History) Filing(landing int, path string) (Filing, error) {
	by, _, err := h.authorOf(landing, path)
	if err != nil {
		return Filing{}, err
	}
	return Filing{*by.Author, clock(by.Authored)}, nil
}

// Undoer is who took back, by a merge within the branch that a landing brought,
// what had landed of a file; ok is false if nobody did.
func (h *History) Undoer(landing int, path string) (s Step, ok bool, err error) {
	members := h.main.members(landing)
	if !slices.ContainsFunc(members[:max(0, len(members)-1)], func(m *commit) bool { return len(m.Parents) > 1 }) {
		return Step{}, false, nil
	}
	by, undid, err := h.authorOf(landing, path)
	if err != nil || !undid || by.Hash == h.main.hash(landing) {
		return Step{}, false, err
	}
	return step(by), true, nil
}

// authorOf finds the commit that says what a landing left of a file: the landing
// itself if none of its branch does. Undid tells that this is a merge which took
// one side although the other had gone on.
func (h *History) authorOf(landing int, path string) (by *commit, undid bool, err error) {
	rd := h.repo.Reader()
	defer rd.Close()
	by = h.main.commit(landing)
	left, err := rd.Lookup(by.Tree, path)
	if err != nil {
		return nil, false, err
	}
	for _, m := range h.main.members(landing) {
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
// it to this since the two parted (see merge).
func (h *History) says(rd *git.Reader, m *commit, now git.Entry, path string) (says, undoes bool, err error) {
	parents := make([]*commit, len(m.Parents))
	was := make([]git.Entry, len(parents))
	took := false // what a parent has
	for k, hash := range m.Parents {
		parents[k] = h.main.landed(hash)
		if was[k], err = rd.Lookup(parents[k].Tree, path); err != nil {
			return false, false, err
		}
		took = took || was[k] == now
	}
	if !took {
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
func (h *History) changedSince(rd *git.Reader, p, q *commit, now git.Entry, path string) (bool, error) {
	bases := h.main.bases(p, q)
	if len(bases) == 0 {
		return now.Mode != git.ModeAbsent, nil
	}
	for _, b := range bases {
		then, err := rd.Lookup(b.Tree, path)
		if err != nil || then != now {
			return err == nil, err
		}
	}
	return false, nil
}
