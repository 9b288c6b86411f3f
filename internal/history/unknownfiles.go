package history

import (
	"maps"
	"slices"
	"strings"

	"suqiu/internal/git"
)

// UnknownFiles lists, by path, the regular files at the head that lie neither in one
// of some top folders (each with a slash at its end) nor in one whose name begins
// with a dot. IsNew reports whether the branch under Base brings a file.
func (h *History) UnknownFiles(folders []string) (paths []string, isNew func(path string) bool, err error) {
	isNew = func(p string) bool { _, ok := h.overlay[p]; return ok }
	if h.Len() == 0 {
		return nil, isNew, nil
	}
	rd := h.Repo.Reader()
	defer rd.Close()
	outside := func(p string) bool {
		return !strings.HasPrefix(p, ".") &&
			!slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(p, f) })
	}
	all := map[string]bool{}
	err = rd.EachEntry(h.HeadTree, func(n []byte, e git.Entry) error {
		name := string(n)
		switch {
		case e.Mode.Regular() && outside(name):
			all[name] = true
		case e.Mode == git.ModeTree && outside(name+"/"):
			below, err := h.entries(rd, name+"/")
			if err != nil {
				return err
			}
			for p, e := range below {
				all[p] = e.Mode.Regular()
			}
		}
		return nil
	})
	if err != nil {
		return nil, isNew, err
	}
	for p, e := range h.overlay {
		if outside(p) {
			all[p] = e.Mode.Regular()
		}
	}
	maps.DeleteFunc(all, func(_ string, there bool) bool { return !there })
	return slices.Sorted(maps.Keys(all)), isNew, nil
}
