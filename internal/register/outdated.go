package register

import (
	"slices"

	"suqiu/internal/history"
	"suqiu/internal/mdfile"
)

// Outdated is a file that says, in a line which the request under check adds, that
// it was made from another version than the one that the base has.
type Outdated struct {
	Path string
	Line int
	Gone bool // the base has no such file
}

// findOutdated lists them. A line that the base has already tells what somebody
// pasted once, and was judged when it came.
func (d *Register) findOutdated(h *history.History) error {
	edits, err := h.EditsWith(".md", mdfile.Origin)
	for _, e := range edits {
		stood := mdfile.Origins(string(e.Before))
		for _, o := range mdfile.Origins(string(e.After)) {
			if o.Blob == e.Blob || slices.ContainsFunc(stood,
				func(s mdfile.OriginLine) bool { return s.Blob == o.Blob }) {
				continue
			}
			d.Outdated = append(d.Outdated, Outdated{e.Path, o.Line, e.Blob == ""})
			break
		}
	}
	return err
}
