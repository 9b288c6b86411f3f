package step

import (
	"slices"

	"suqiu/internal/record"
)

// Strays are the keys of the first level, and the sections, in which a file differs
// from what the step started from though the step does not write there.
func (st *Step) Strays(before, after *record.Case) []string {
	var own, strays []string
	for _, o := range st.outputs {
		if own = append(own, topOf(o.key)); o.key == "协办单位" {
			own = append(own, "协办反馈") // see seeds
		}
	}
	for _, ch := range record.Diff(before, after) {
		if top := topOf(ch.Key); !slices.Contains(own, top) && !slices.Contains(strays, top) {
			strays = append(strays, top)
		}
	}
	return strays
}
