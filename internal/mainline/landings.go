package mainline

import (
	"encoding/hex"
	"strings"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/timeline"
)

// landings makes the Landing of each commit of the chain.
func (m *chain) landings(landedAt map[string]time.Time) []timeline.Landing {
	n := m.Len()
	list := make([]timeline.Landing, n, n+1) // one more under Base
	// One text for all hashes takes less room than one for each.
	var digits strings.Builder
	digits.Grow(2 * 20 * n)
	for i := range n {
		h := m.Hash(i)
		var name [2 * 20]byte
		hex.Encode(name[:], h[:])
		digits.Write(name[:])
	}
	hashes := digits.String()
	for i := range list {
		l := &list[i]
		if i < m.shared {
			n := m.past.own(i)
			*l = timeline.Landing{
				Author: &m.past.People[m.past.Authors[n]], Authored: timeline.Moment(m.past.Authored[n]),
				Committer: &m.past.People[m.past.Committers[n]], Committed: timeline.Moment(m.past.Committed[n]),
				Request: int(m.past.Requests[n]),
			}
		} else {
			*l = newLanding(&m.fresh[i-m.shared].Commit.Commit)
		}
		l.Commit = hashes[40*i : 40*i+40]
	}
	timeline.Stamp(list, landedAt)
	return list
}

// LandingOf is a commit as a landing by itself, which counts when it was committed.
func LandingOf(c *git.Commit) timeline.Landing {
	l := newLanding(c)
	l.Commit, l.At = c.Hash.String(), l.Committed.Time()
	return l
}

// newLanding is a landing without its hash and the time at which it counts.
func newLanding(c *git.Commit) timeline.Landing {
	return timeline.Landing{Author: c.Author, Authored: timeline.Moment(c.Authored), Committer: c.Committer,
		Committed: timeline.Moment(c.Committed), Request: c.Request}
}
