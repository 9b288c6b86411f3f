package history

import (
	"slices"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// AuthorOf finds who wrote a file that is no case as a landing left it: of the
// commits that the landing brought, the last that says so. What Git merged from two
// versions is the merge's own.
func (h *History) AuthorOf(landing int, path string) (timeline.Attribution, error) {
	by, _, err := h.authorOf(landing, path)
	if err != nil {
		return timeline.Attribution{}, err
	}
	return by.Attribution(), nil
}

// UndoneBy is who undid, by a merge within the branch that a landing brought, what
// had landed of a file; ok is false if nobody did.
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
// itself if no commit of its branch does. Undid means that the commit is a merge
// that took one side although the other had changed the file.
func (h *History) authorOf(landing int, path string) (by *mainline.Commit, undid bool, err error) {
	rd := h.reader()
	defer h.rest(rd)
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

// says reports whether a commit says that a file is as it has it: no parent has the
// file so, or the commit is a merge, one parent has another file, and no other parent
// changed it to this since the two parted (see merge.go).
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
