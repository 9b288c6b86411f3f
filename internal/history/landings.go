package history

import (
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/workday"
)

// landings are those of a mainline: each counts at the committer's time or the
// one that mends it, but never before the landing before.
func (m *mainline) landings(landedAt map[string]time.Time) []Landing {
	n := m.len()
	list := make([]Landing, n, n+1) // one more under Base
	// One text for all hashes takes less room than one for each.
	digits := make([]byte, 0, 2*20*n)
	for i := range n {
		h := m.hash(i)
		digits = hex.AppendEncode(digits, h[:])
	}
	hashes := string(digits)
	for i := range list {
		l := &list[i]
		if i < m.shared {
			n := m.past.own(i)
			*l = Landing{
				Author: &m.past.People[m.past.Authors[n]], Authored: Moment(m.past.Authored[n]),
				Committer: &m.past.People[m.past.Committers[n]], Committed: Moment(m.past.Committed[n]),
				Request: int(m.past.Requests[n]),
			}
		} else {
			*l = newLanding(&m.fresh[i-m.shared].Commit)
		}
		l.Commit = hashes[40*i : 40*i+40]
	}
	stamp(list, landedAt)
	return list
}

func newLanding(c *git.Commit) Landing {
	return Landing{Author: c.Author, Authored: Moment(c.Authored), Committer: c.Committer,
		Committed: Moment(c.Committed), Request: c.Request}
}

// stamp says when landings count, from the first on.
func stamp(list []Landing, landedAt map[string]time.Time) {
	for i := range list {
		l := &list[i]
		if l.Pending {
			continue
		}
		l.At = l.Committed.Time()
		for sha, t := range landedAt {
			if len(sha) >= 7 && strings.HasPrefix(l.Commit, strings.ToLower(sha)) {
				l.At = t.In(workday.Shanghai)
				break
			}
		}
		if i > 0 && l.At.Before(list[i-1].At) {
			l.At = list[i-1].At
		}
	}
}

// Restamped are landings from the first on as they count under other mended
// times than Options.LandedAt.
func Restamped(landings []Landing, landedAt map[string]time.Time) []Landing {
	list := slices.Clone(landings)
	stamp(list, landedAt)
	return list
}
