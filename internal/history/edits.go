package history

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Edit is a file as the branch under Base changes it.
type Edit struct {
	Path          string
	Blob          string // of the base; empty: there is no such file
	Before, After []byte
}

// EditsWith lists the files of a kind that the branch under Base changes and leaves
// with a mark in them, by path.
func (h *History) EditsWith(extension, mark string) ([]Edit, error) {
	rd := h.Repo.Reader()
	defer rd.Close()
	var list []Edit
	for _, p := range slices.Sorted(maps.Keys(h.overlay)) {
		if !h.overlay[p].Mode.Regular() || !strings.HasSuffix(p, extension) {
			continue
		}
		after, err := rd.Blob(h.overlay[p].Hash)
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(after, []byte(mark)) {
			continue
		}
		e := Edit{Path: p, After: slices.Clone(after)}
		base, err := rd.Lookup(h.HeadTree, p)
		if err != nil {
			return nil, err
		}
		if base.Mode.Regular() {
			before, err := rd.Blob(base.Hash)
			if err != nil {
				return nil, err
			}
			e.Blob, e.Before = base.Hash.String(), slices.Clone(before)
		}
		list = append(list, e)
	}
	return list, nil
}
