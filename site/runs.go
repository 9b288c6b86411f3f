package site

import "crypto/sha256"

// run is some cases that follow each other by 编号, and what they are made of.
type run struct {
	cases []*Element
	basis basis
}

// runLength is how many cases a run has on average.
const runLength = 128

// splitRuns splits the cases. Whether one begins a run is told by its 编号 alone:
// another that comes in changes no run but its own.
func splitRuns(cases []*Element) []run {
	var list []run
	from := 0
	for i, e := range cases {
		if sum := sha256.Sum256([]byte(e.ID)); i > from && sum[0]%runLength == 0 {
			list = append(list, newRun(cases[from:i]))
			from = i
		}
	}
	if from < len(cases) {
		list = append(list, newRun(cases[from:]))
	}
	return list
}

func newRun(cases []*Element) run {
	r := newRecipe()
	r.cases(cases)
	return run{cases, r.basis()}
}

// basisOfRuns is what a file of all cases is made of.
func (v *view) basisOfRuns() basis {
	r := newRecipe()
	for i := range v.runs {
		r.add(v.runs[i].basis)
	}
	return r.basis()
}
