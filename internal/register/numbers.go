package register

import (
	"slices"

	"suqiu/internal/history"
)

// findNumbers looks for what may be used instead of each 编号 that was taken
// twice: a number of its own for each.
func (d *Register) findNumbers(h *history.History) error {
	var ids []string
	for _, c := range d.Cases {
		if len(c.Taken) > 0 {
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	known, given := map[string]history.Numbers{}, map[string]int{}
	d.next = map[string]Number{}
	for _, id := range ids {
		prefix := history.NumberPrefix(id)
		if prefix == "" {
			continue // another finding says so
		}
		in, ok := known[prefix]
		if !ok {
			var err error
			if in, err = h.Numbers(prefix); err != nil {
				return err
			}
			known[prefix] = in
		}
		given[prefix]++
		d.next[id] = Number{in.Next(given[prefix]), in.Branches}
	}
	return nil
}
