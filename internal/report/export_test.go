package report

import (
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Unbound lets every quarter look at every case, and says how many there are.
func (b *Book) Unbound() int {
	for i := range b.tracks {
		b.tracks[i].first, b.tracks[i].last = 0, never
	}
	return len(b.tracks)
}

// Unnamed stands for a case whose category or channel is not filled in.
const Unnamed = unnamed

// Add adds a balance.
func (b *Balance) Add(o Balance) { b.add(o) }

// StandingOf verifies one published quarter; nil if it was not published.
func StandingOf(d *register.Register, q workday.Quarter) *Standing {
	for _, s := range Standings(d) {
		if s.Published.Quarter == q {
			return &s
		}
	}
	return nil
}
