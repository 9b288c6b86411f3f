package history

// Proposer is, under Base, the last commit of the branch that says of a file
// what none of its parents says, be it that the file is gone. Where none does,
// the head answers for it.
func (h *History) Proposer(path string) (Step, error) {
	last := h.main.len() - 1
	if last < 0 || !h.Landings[last].Pending {
		return Step{}, nil
	}
	rd := h.db.reader()
	defer rd.close()
	by := h.main.commit(last)
	for _, m := range h.main.members(last) {
		own, err := rd.lookup(m.tree, path)
		if err != nil {
			return Step{}, err
		}
		says := len(m.parents) > 0 || own.mode != modeAbsent
		for _, p := range m.parents {
			there, err := rd.lookup(h.main.landed(p).tree, path)
			if err != nil {
				return Step{}, err
			}
			says = says && (there.hash != own.hash || there.mode != own.mode)
		}
		if says {
			by = m
		}
	}
	return step(by), nil
}
