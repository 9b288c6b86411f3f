package casepage

import (
	"slices"
	"strconv"

	"suqiu/internal/draft"
	"suqiu/internal/record"
	"suqiu/internal/step"
	"suqiu/internal/view"
)

// Step is one legal next step with what to write for it.
type Step struct {
	ID, Title, Who, To, With, Clocks, Block string

	Form  string // where there is a form for it; empty without forms
	Whole bool   // Block is the whole new file
}

// next lists the legal next steps of an open case, and what may be added
// without one, each with the whole new file to copy. Of a closed case it lists
// what somebody still owes.
func (v *Maker) next(e *view.Case) []Step {
	t := e.Text
	scene := step.Scene{Case: t.Case, Life: t.Life}
	listed := scene.Listed()
	if !t.Life.State.IsOpen() {
		listed = slices.DeleteFunc(listed, func(n step.Step) bool { return n.Row != 0 })
	}
	if len(listed) == 0 {
		return nil
	}
	var file *draft.Draft
	if !t.Masked {
		file, _ = draft.New(record.Schema(), t.Source(), v.Config.Canon)
	}
	var steps []Step
	for _, n := range listed {
		s := Step{ID: "next-" + strconv.Itoa(len(steps)+1), Title: n.Title, Who: n.Who, To: string(n.To),
			With: n.With, Clocks: n.Clocks}
		s.Block, s.Whole = n.Asked(file)
		if v.Form != nil && e.Open() {
			s.Form = v.Form(n.Title, e)
		}
		steps = append(steps, s)
	}
	return steps
}
