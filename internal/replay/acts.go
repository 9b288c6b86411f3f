package replay

import (
	"slices"

	"suqiu/internal/record"
	"suqiu/internal/timeline"
	"suqiu/internal/workflow"
)

// join makes one act of consecutive steps of one unit, dated by the last.
func (r *replay) join(l *timeline.CaseLanding) []commitStep {
	var acts []commitStep
	states := r.chain(l)
	for i, s := range l.Steps {
		// Whose term it was is asked of the day on which the step can count.
		who := r.env.actor(s.Author.Email, r.believed(s.Authored, l.Landing))
		to := states[i]
		if n := len(acts); n > 0 && acts[n-1].who.same(who) {
			a := &acts[n-1]
			a.commit, a.authored, a.committed, a.who = s.Commit, s.Authored, s.Committed, who
			a.changes = append(a.changes, s.Changes...)
			if to != "" {
				a.to = to
			}
			continue
		}
		acts = append(acts, commitStep{who: who, commit: s.Commit, landing: l.Landing,
			authored: s.Authored, committed: s.Committed, to: to, changes: slices.Clone(s.Changes),
			before: l.Before, after: l.After})
	}
	return acts
}

// chain says which 状态 each step of a landing brought: of those that its commits
// stated, the way from the state before to the state after, loops cut out. So a
// state that was stated and taken back within one landing never was.
func (r *replay) chain(l *timeline.CaseLanding) []workflow.State {
	states := make([]workflow.State, len(l.Steps))
	before, after := workflow.State(""), workflow.State(l.After.State)
	if l.Before != nil {
		before = workflow.State(l.Before.State)
		if before == "" {
			before = r.state // what stood there was no state
		}
	}
	if before == after || after == "" {
		return states
	}
	type link struct {
		state workflow.State
		step  int
	}
	way := []link{{before, -1}}
	put := func(s workflow.State, step int) {
		if i := slices.IndexFunc(way, func(w link) bool { return w.state == s }); i >= 0 {
			way = way[:i+1]
			return
		}
		way = append(way, link{s, step})
	}
	said := len(l.Steps) - 1 // who said what landed
	for i := range l.Steps {
		to := workflow.State(l.Steps[i].State)
		for _, ch := range l.Steps[i].Changes {
			if ch.Key == "状态" && ch.Kind == record.Set {
				to = workflow.State(ch.New)
				said = i
			}
		}
		if to != "" {
			put(to, i)
		}
	}
	put(after, said)
	last := &way[len(way)-1]
	last.step = max(last.step, said, way[len(way)-2].step)
	for _, w := range way[1:] {
		if w.step >= 0 {
			states[w.step] = w.state
		}
	}
	return states
}
