package register

import (
	"sync"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/workflow"
)

// collector gathers the cases that several goroutines judge.
type collector struct {
	d  *Register
	mu sync.Mutex
	keeper
}

// add adds a case, which may be nil, and what it was when each quarter was
// frozen. Those that are judged anew are moved into slabs.
func (k *collector) add(c *Case, past []*Case, fresh bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if c != nil {
		if fresh {
			k.keep(c)
		}
		k.d.Cases = append(k.d.Cases, c)
	}
	for i, p := range k.d.Published {
		if past[i] == nil {
			continue
		}
		if fresh && past[i] != c {
			k.keep(past[i])
		}
		p.Then.Cases = append(p.Then.Cases, past[i])
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

// keeper moves what is large and lasts of a case into slabs.
type keeper struct {
	contents slab[record.Case]
	events   slab[workflow.Event]
	clocks   slab[clock.Clock]
}

func (k *keeper) keep(c *Case) {
	if c.Case != c.Broken { // whose content is that of the head
		c.Case = k.contents.one(c.Case)
	}
	c.Life.Events, c.Life.Clocks = k.events.keep(c.Life.Events), k.clocks.keep(c.Life.Clocks)
}
