package history

import (
	"context"
	"slices"
	"sync"

	"suqiu/internal/git"
	"suqiu/internal/mainline"
)

// blobChange is a commit within a landing that may have said something about a
// case: its content is none of its parents' contents, or it is a merge that kept one
// parent's content although the other parent had changed the case since the two
// parted.
type blobChange struct {
	commit  *mainline.Commit
	blob    git.Hash   // zero: absent
	parents []git.Hash // the blobs at its parents
	// bases are the blobs at the merge bases of each two parents of a merge; nil if
	// it has too many parents.
	bases map[[2]int][]git.Hash
}

// at are the blobs at the merge bases of two parents of a merge.
func (c *blobChange) at(p, q int) []git.Hash { return c.bases[[2]int{min(p, q), max(p, q)}] }

// blobChanges are looked for landing by landing, when the first case that needs them
// is built; if all cases come from the cache, never.
type blobChanges struct {
	mu sync.Mutex // held while they are looked for; what was found does not change
	of []mergedChanges
}

// mergedChanges are the blob changes of the commits that one landing brought.
type mergedChanges struct {
	wanted []*track // the cases it changed, where more than one commit may have
	known  bool
	found  map[*track][]blobChange // the commits in order
	only   *mainline.Commit        // set if one commit said all of it
}

// changesOf are the blob changes of a case that a landing brought.
func (h *History) changesOf(tr *track, landing int) []blobChange {
	return h.blobChanges.of[landing].found[tr]
}

// answerable is the commit that is answerable for what a landing does and no commit
// of its branch says: the landing, or the only commit that it merged.
func (h *History) answerable(landing int) *mainline.Commit {
	if only := h.blobChanges.of[landing].only; only != nil {
		return only
	}
	return h.Commit(landing)
}

// findBlobChanges looks into the branches of all landings of the cases.
func (h *History) findBlobChanges(ctx context.Context, tracks []*track) error {
	t := &h.blobChanges
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(tracks) == 0 {
		return nil
	}
	if t.of == nil {
		t.of = make([]mergedChanges, h.Len())
		for _, tr := range h.tracks {
			for _, v := range tr.versions {
				if at := &t.of[v.landing]; h.Branched(v.landing) {
					at.wanted = append(at.wanted, tr)
				}
			}
		}
	}
	var work []int
	for _, tr := range tracks {
		for _, v := range tr.versions {
			if at := &t.of[v.landing]; !at.known && len(at.wanted) > 0 {
				at.known = true
				work = append(work, v.landing)
			}
		}
	}
	slices.Sort(work) // neighbours share trees
	err := h.Read(ctx, len(work), h.stretch(len(work), 32), func(rd *git.Reader, i int) error {
		return h.lookIntoBranch(ctx, rd, work[i])
	})
	if err != nil {
		for _, i := range work {
			t.of[i].known = false
		}
	}
	return err
}

// lookIntoBranch finds which commits of a landing changed the cases it changed.
func (h *History) lookIntoBranch(ctx context.Context, rd *git.Reader, landing int) error {
	of := &h.blobChanges.of[landing]
	members := h.Members(landing)
	if !h.Landings[landing].Pending && len(members) == 2 {
		// One commit, merged into the landing that it was made on: it said all.
		c, merge := members[0], members[1]
		if len(c.Parents) == 1 && len(merge.Parents) == 2 && c.Tree == merge.Tree &&
			h.Landed(c.Parents[0]).Tree == h.TreeBefore(landing) {
			of.only = c
			return nil
		}
	}
	b := branchWalk{h: h, rd: rd, wanted: make(map[string]*track, len(of.wanted)),
		paths: map[*track][]string{}, found: map[*track][]blobChange{}}
	for _, tr := range of.wanted {
		b.wanted[tr.id] = tr
	}
	for _, m := range members {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.commit(m); err != nil {
			return err
		}
	}
	of.found = b.found
	return nil
}

// branchWalk goes through the commits that a landing brought, parents first.
type branchWalk struct {
	h      *History
	rd     *git.Reader
	wanted map[string]*track
	paths  map[*track][]string // that the cases had within the branch
	found  map[*track][]blobChange
}

// commit adds the blob changes of one commit.
func (b *branchWalk) commit(m *mainline.Commit) error {
	roots := []git.Hash{m.Tree}
	for _, p := range m.Parents {
		roots = append(roots, b.h.Landed(p).Tree)
	}
	if len(roots) == 1 {
		roots = append(roots, git.ZeroHash) // the first commit of a history
	}
	cases := make([]git.Hash, len(roots))
	for k, root := range roots {
		var err error
		if cases[k], err = casesTree(b.rd, root); err != nil {
			return err
		}
	}
	here, err := b.differences(m, cases)
	if err != nil {
		return err
	}
	if len(m.Parents) > 1 {
		return b.merge(m, roots, cases, here)
	}
	for tr, c := range here {
		if c.parents[0] != c.blob {
			b.found[tr] = append(b.found[tr], *c)
		}
	}
	return nil
}

// differences are the cases in which a commit differs from each of its parents. The
// trees of cases/ are its own and its parents'.
func (b *branchWalk) differences(m *mainline.Commit, cases []git.Hash) (map[*track]*blobChange, error) {
	here := map[*track]*blobChange{}
	err := b.rd.Compare("cases/", cases[0], cases[1:], func(path []byte, new git.Entry, old []git.Entry) error {
		id, ok := idOf(string(path))
		tr := b.wanted[id]
		if !ok || tr == nil {
			return nil
		}
		c := here[tr]
		if c == nil {
			c = &blobChange{commit: m, parents: make([]git.Hash, len(old))}
			here[tr] = c
		}
		if paths := b.paths[tr]; len(paths) < mostPaths && !slices.Contains(paths, string(path)) {
			b.paths[tr] = append(paths, string(path))
		}
		if blob := new.Blob(); !blob.IsZero() {
			c.blob = blob
		}
		for k, e := range old {
			if blob := e.Blob(); !blob.IsZero() {
				c.parents[k] = blob
			}
		}
		return nil
	})
	return here, err
}

// merge adds the blob changes of a merge.
func (b *branchWalk) merge(m *mainline.Commit, roots, cases []git.Hash, here map[*track]*blobChange) error {
	mg := merge{h: b.h, rd: b.rd, commit: m, paths: b.paths, trees: roots}
	wanted, err := mg.doubtful(cases, b.wanted)
	if err != nil {
		return err
	}
	for _, tr := range wanted {
		c, err := mg.change(tr, here[tr])
		if err != nil {
			return err
		}
		if c != nil {
			b.found[tr] = append(b.found[tr], *c)
		}
	}
	return nil
}

// casesTree is the tree of the folder cases/ below a root, zero if there is none.
func casesTree(rd *git.Reader, root git.Hash) (git.Hash, error) {
	e, err := rd.Lookup(root, "cases")
	if err != nil || e.Mode != git.ModeTree {
		return git.ZeroHash, err
	}
	return e.Hash, nil
}
