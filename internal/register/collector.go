package register

import "sync"

// collector gathers the cases that several goroutines judge.
type collector struct {
	d  *Register
	mu sync.Mutex
}

// add adds a case, which may be nil, and what it was when each quarter was frozen.
func (k *collector) add(c *Case, past []*Case) {
	if c != nil {
		k.mu.Lock()
		k.d.Cases = append(k.d.Cases, c)
		k.mu.Unlock()
	}
	for i, p := range k.d.Published {
		k.addThen(p, past[i])
	}
}

// addThen adds a case, which may be nil, as it was when a quarter was frozen.
func (k *collector) addThen(p *Published, c *Case) {
	if c != nil {
		k.mu.Lock()
		defer k.mu.Unlock()
		p.Then.Cases = append(p.Then.Cases, c)
	}
}
