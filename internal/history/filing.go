package history

import (
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Filing is who wrote a landed version of a file that is no case, and when.
type Filing struct {
	Author   Person
	Authored time.Time
}

// Filing finds who wrote what a landing left of a file: of the commits that it
// brought, the last whose version is the landed one and none of its parents'.
// What Git merged from two versions is the landing's own.
func (h *History) Filing(landing int, path string) (Filing, error) {
	rd := h.db.reader()
	defer rd.close()
	own := h.main.commit(landing)
	landed, err := rd.lookup(own.tree, path)
	if err != nil {
		return Filing{}, err
	}
	by := own
	for _, m := range h.main.members(landing) {
		now, err := rd.lookup(m.tree, path)
		if err != nil {
			return Filing{}, err
		}
		if now.blob() != landed.blob() || len(m.parents) > 1 {
			continue
		}
		said := true
		for _, p := range m.parents {
			was := plumbing.ZeroHash
			if c := h.main.landed(p); c != nil {
				e, err := rd.lookup(c.tree, path)
				if err != nil {
					return Filing{}, err
				}
				was = e.blob()
			}
			said = said && was != now.blob()
		}
		if said {
			by = m
		}
	}
	return Filing{*by.author, clock(by.authored)}, nil
}
