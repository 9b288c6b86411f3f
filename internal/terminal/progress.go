package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// Progress tells how far a long piece of work is. It writes
// only to a terminal, and only if the work takes longer than a moment.
type Progress struct {
	out    io.Writer
	now    func() time.Time
	what   string
	mu     sync.Mutex
	next   time.Time
	showed bool
}

const (
	progressDelay = 400 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// NewProgress tells on a terminal of what, by a clock; a nil terminal is told
// nothing.
func NewProgress(out io.Writer, what string, now func() time.Time) *Progress {
	return &Progress{out: out, what: what, now: now, next: now().Add(progressDelay)}
}

// Update may be called from several goroutines.
func (p *Progress) Update(done, total int) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next, p.showed = now.Add(progressEvery), true
	fmt.Fprintf(p.out, "\r\x1b[K%s %d/%d", p.what, done, total)
}

// Clear takes the line away again.
func (p *Progress) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.showed {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.showed = false
	}
}
