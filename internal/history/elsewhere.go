package history

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Elsewhere lists, by path, the regular files at the head that stand in none of
// some top folders (each with a slash at its end), nor in one whose name begins
// with a dot. New reports whether the branch under Base brings a file.
func (h *History) Elsewhere(folders []string) (paths []string, isNew func(path string) bool, err error) {
	isNew = func(p string) bool { _, ok := h.overlay[p]; return ok }
	if h.main.len() == 0 {
		return nil, isNew, nil
	}
	rd := h.db.reader()
	defer rd.close()
	outside := func(p string) bool {
		return !strings.HasPrefix(p, ".") && !slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(p, f) })
	}
	all := map[string]bool{}
	if !h.tree.IsZero() {
		raw, err := rd.want(plumbing.TreeObject, h.tree)
		if err != nil {
			return nil, isNew, err
		}
		c := cursor{rest: slices.Clone(raw)}
		for err = c.peek(); c.size > 0 && err == nil; err = c.next() {
			name := string(c.name)
			switch {
			case c.mode.regular() && outside(name):
				all[name] = true
			case c.mode == modeTree && outside(name+"/"):
				below, err := h.entries(rd, name+"/")
				if err != nil {
					return nil, isNew, err
				}
				for p, e := range below {
					all[p] = e.mode.regular()
				}
			}
		}
		if err != nil {
			return nil, isNew, h.db.explain("目录对象 "+h.tree.String()+" ", err)
		}
	}
	for p, e := range h.overlay {
		if outside(p) {
			all[p] = e.mode.regular()
		}
	}
	maps.DeleteFunc(all, func(_ string, there bool) bool { return !there })
	return slices.Sorted(maps.Keys(all)), isNew, nil
}
