package register

import (
	"context"
	"sync"

	"suqiu/internal/history"
	"suqiu/internal/provenance"
	"suqiu/internal/replay"
	"suqiu/internal/timeline"
)

// replayer follows cases through their landings.
type replayer struct {
	d     *Register
	env   replay.Env
	kept  *judgedCases
	all   collector
	mu    sync.Mutex // of the rest
	steps provenance.Said
	fresh []string // 编号 of the cases that were judged, not taken over
}

// replay follows every case through its landings, or, if it is to be narrow,
// those alone that the request changes. It adds
// to said which commits say something.
func (d *Register) replay(ctx context.Context, h *history.History, said provenance.Said, kept *judgedCases,
	narrow bool) error {
	r := &replayer{d: d, kept: kept, all: collector{d: d}, steps: said, env: d.Env()}
	canon := d.Names.Canon
	if narrow {
		d.stands = h.Stands
		d.more = func(id string) (found *Case) {
			// The landings were read when they were walked: what fails here was
			// damaged since, and a case that cannot be read is none.
			_ = h.CasesByID(ctx, []string{id}, canon, func(ch *timeline.CaseHistory) error {
				found = evaluate(ch, r.env)
				return nil
			})
			return found
		}
		return h.CasesByID(ctx, h.Proposed(), canon, r.judge)
	}
	r.kept.open(d)
	err := h.Cases(ctx, canon, r.known, r.judge)
	if err == nil {
		err = r.replayApart(ctx, h)
	}
	if err == nil {
		r.kept.save()
	}
	return err
}

// known takes over a case that was judged before.
func (r *replayer) known(fingerprint string) bool {
	j, frozen := r.kept.find(fingerprint)
	if j == nil {
		return false
	}
	r.all.add(j.Case, frozen)
	r.addSteps(j.ID, j.Steps)
	return true
}

// judge judges a case as of today, and as of each frozen quarter.
func (r *replayer) judge(ch *timeline.CaseHistory) error {
	c := evaluate(ch, r.env)
	frozen := make([]*Case, len(r.d.Published))
	for i, p := range r.d.Published {
		if p.Then != nil && !p.apart {
			frozen[i] = p.then(ch, c, r.d.Config)
		}
	}
	r.all.add(c, frozen)
	r.kept.note(c, ch, frozen)
	if c != nil && r.d.Config.Signature.Required {
		r.addSteps(ch.ID, stepsOf(ch))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fresh = append(r.fresh, ch.ID)
	return nil
}

func (r *replayer) addSteps(id string, steps []signedStep) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range steps {
		r.steps.Add(s.Landing, s.Commit, id)
	}
}

// replayApart follows the cases that were judged once more for each set of unit
// names by which a quarter was frozen and that have another meaning now.
func (r *replayer) replayApart(ctx context.Context, h *history.History) error {
	groups := map[string][]*Published{}
	for _, p := range r.d.Published {
		if p.Then != nil && p.apart {
			names := p.Then.Names.Text()
			groups[names] = append(groups[names], p)
		}
	}
	for _, group := range groups {
		err := h.CasesByID(ctx, r.fresh, group[0].Then.Names.Canon, func(ch *timeline.CaseHistory) error {
			for _, p := range group {
				c := p.then(ch, nil, nil)
				r.all.addThen(p, c)
				r.kept.noteApart(ch.ID, p, c)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
