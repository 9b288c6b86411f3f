package step

import "slices"

// Together are the fields of steps that are taken together, each once: what one of
// them needs is needed, and what one of them offers may be chosen.
func Together(list []*Step) []Field {
	var all []Field
	for _, st := range list {
		for _, f := range st.Fields {
			at := slices.IndexFunc(all, func(o Field) bool { return o.Name == f.Name })
			if at < 0 {
				all = append(all, f)
				continue
			}
			all[at].Required = all[at].Required || f.Required
			all[at].Choices = union(all[at].Choices, f.Choices)
		}
	}
	return all
}

// Own are the values of steps that are taken together without those that only others
// of them ask for.
func (st *Step) Own(values map[string]string, together []Field) map[string]string {
	asks := func(list []Field, name string) bool {
		return slices.ContainsFunc(list, func(f Field) bool { return f.Name == name })
	}
	own := map[string]string{}
	for name, value := range values {
		if asks(st.Fields, name) || !asks(together, name) {
			own[name] = value
		}
	}
	return own
}

// union are the names of two lists, each once.
func union(a, b []string) []string {
	list := slices.Clone(a)
	for _, name := range b {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}
