package register

import (
	"context"
	"sync"

	"suqiu/internal/history"
	"suqiu/internal/timeline"
)

// past is the walked history of a register. It takes a fifth of the memory of a
// large register, and few need it.
type past struct {
	mu   sync.Mutex
	h    *history.History
	walk func(context.Context) (*history.History, error) // nil: a request is judged, or there is no repository
}

// again is the history, walked once more if it was let go.
func (p *past) again(ctx context.Context) (h *history.History, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.h == nil && p.walk != nil {
		p.h, err = p.walk(ctx)
	}
	return p.h, err
}

// History is what the next step on a case is judged by; nil if there is none.
func (d *Register) History(ctx context.Context, id string) (found *timeline.CaseHistory, err error) {
	h, err := d.past.again(ctx)
	if h == nil {
		return nil, err
	}
	err = h.CasesByID(ctx, []string{id}, d.Names.Canon, func(h *timeline.CaseHistory) error {
		found = h
		return nil
	})
	return found, err
}

// ReleaseHistory lets the history go, for whoever has no more to ask of it: the
// next question has the repository walked again.
func (d *Register) ReleaseHistory() {
	d.past.mu.Lock()
	defer d.past.mu.Unlock()
	d.past.h = nil
}
