package history

import (
	"context"
	"slices"
	"sync"

	"suqiu/internal/git"
)

// touch is a commit within a landing that may have said something about a case:
// one whose content is none of its parents' contents, or a merge that took one
// parent's content although the other had gone on from where they parted.
type touch struct {
	commit  *commit
	blob    git.Hash   // zero: absent
	parents []git.Hash // the blobs at its parents
	// bases are, of a merge, the blobs at the merge bases of each two parents;
	// nil: too many parents to ask for.
	bases map[[2]int][]git.Hash
}

// since are the blobs from which parent q of a merge went its own way, as seen
// from parent p.
func (t *touch) since(p, q int) []git.Hash { return t.bases[[2]int{min(p, q), max(p, q)}] }

// touches are found landing by landing, when a case is first told of that needs
// them.
type touches struct {
	mu     sync.Mutex           // guards the finding; what is found does not change afterwards
	wanted [][]*track           // by landing: the cases it changed, where more than one commit may have
	known  []bool               // by landing
	found  []map[*track][]touch // by landing, the commits in order
	whole  []*commit            // by landing: the one commit that said all of it
}

// findTouches looks into the branches of all landings of the cases, in parallel.
func (h *History) findTouches(ctx context.Context, tracks []*track) error {
	t := &h.touches
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(tracks) == 0 {
		return nil
	}
	if t.known == nil {
		h.wantTouches()
	}
	var work []int
	for _, tr := range tracks {
		for _, v := range tr.versions {
			if i := v.landing; !t.known[i] && len(t.wanted[i]) > 0 {
				t.known[i] = true
				work = append(work, i)
			}
		}
	}
	slices.Sort(work) // neighbours share trees
	err := h.read(ctx, len(work), 32, func(rd *git.Reader, i int) error { return h.touchesOf(ctx, rd, work[i]) })
	if err != nil {
		for _, i := range work {
			t.known[i] = false
		}
	}
	return err
}

// wantTouches lays out the tables. Where all that is told comes from the cache
// of lives, they are never needed.
func (h *History) wantTouches() {
	t, landings := &h.touches, h.main.len()
	t.wanted = make([][]*track, landings)
	t.known = make([]bool, landings)
	t.found = make([]map[*track][]touch, landings)
	t.whole = make([]*commit, landings)
	for _, tr := range h.tracks {
		for _, v := range tr.versions {
			if h.main.branched(v.landing) {
				t.wanted[v.landing] = append(t.wanted[v.landing], tr)
			}
		}
	}
}

// touchesOf finds which commits of a landing touched the cases it changed.
func (h *History) touchesOf(ctx context.Context, rd *git.Reader, i int) error {
	t := &h.touches
	members := h.main.members(i)
	if !h.Landings[i].Pending && len(members) == 2 {
		// One commit, merged onto what it was made on: nothing to look for.
		c, merge := members[0], members[1]
		if len(c.Parents) == 1 && len(merge.Parents) == 2 && c.Tree == merge.Tree && h.main.landed(c.Parents[0]).Tree == h.before(i) {
			t.whole[i] = c
			return nil
		}
	}
	wanted := make(map[string]*track, len(t.wanted[i]))
	for _, tr := range t.wanted[i] {
		wanted[tr.id] = tr
	}
	found := map[*track][]touch{}
	known := map[*track][]string{} // paths within the branch
	for _, m := range members {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := h.touchesBy(rd, m, wanted, known, found); err != nil {
			return err
		}
	}
	t.found[i] = found
	return nil
}

// touchesBy adds the touches of one commit.
func (h *History) touchesBy(rd *git.Reader, m *commit, wanted map[string]*track, known map[*track][]string, found map[*track][]touch) error {
	roots := []git.Hash{m.Tree}
	for _, p := range m.Parents {
		roots = append(roots, h.main.landed(p).Tree)
	}
	if len(roots) == 1 {
		roots = append(roots, git.ZeroHash) // the first commit of a history
	}
	cases := make([]git.Hash, len(roots))
	for k, root := range roots {
		e, err := casesTree(rd, root)
		if err != nil {
			return err
		}
		cases[k] = e
	}
	here := map[*track]*touch{}
	var order []*track
	err := rd.Compare("cases/", cases[0], cases[1:], func(path []byte, new git.Entry, old []git.Entry) error {
		id, ok := idOf(string(path))
		tr := wanted[id]
		if !ok || tr == nil {
			return nil
		}
		t := here[tr]
		if t == nil {
			t = &touch{commit: m, parents: make([]git.Hash, len(old))}
			here[tr] = t
			order = append(order, tr)
		}
		if paths := known[tr]; len(paths) < mostPaths && !slices.Contains(paths, string(path)) {
			known[tr] = append(paths, string(path))
		}
		if b := new.Blob(); !b.IsZero() {
			t.blob = b
		}
		for k, e := range old {
			if b := e.Blob(); !b.IsZero() {
				t.parents[k] = b
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(m.Parents) > 1 {
		mg := merge{h: h, rd: rd, commit: m, known: known, tips: roots}
		if wanted, err = mg.doubtful(cases, wanted); err != nil {
			return err
		}
		for _, tr := range wanted {
			t, err := mg.touch(tr, here[tr])
			if err != nil {
				return err
			}
			if t != nil {
				found[tr] = append(found[tr], *t)
			}
		}
		return nil
	}
	for _, tr := range order {
		if t := here[tr]; t.parents[0] != t.blob {
			found[tr] = append(found[tr], *t)
		}
	}
	return nil
}

// casesTree is the tree of the folder cases/ below a root, zero if there is none.
func casesTree(rd *git.Reader, root git.Hash) (git.Hash, error) {
	if root.IsZero() {
		return root, nil
	}
	e, err := rd.Lookup(root, "cases")
	if err != nil || e.Mode != git.ModeTree {
		return git.ZeroHash, err
	}
	return e.Hash, nil
}

// blobAtAnyPath fills in a blob that is zero from any path that has one.
func blobAtAnyPath(rd *git.Reader, at *git.Hash, root git.Hash, lists ...[]string) error {
	for _, paths := range lists {
		for _, p := range paths {
			if !at.IsZero() || root.IsZero() {
				return nil
			}
			e, err := rd.Lookup(root, p)
			if err != nil {
				return err
			}
			*at = e.Blob()
		}
	}
	return nil
}
