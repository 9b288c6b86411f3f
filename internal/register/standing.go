package register

import (
	"suqiu/internal/history"
	"suqiu/internal/store"
	"suqiu/internal/workday"
)

// A case whose clocks have all stopped stands the same on every later day: most
// do. It is kept as it was judged, so that its past need neither be read nor
// replayed again, until something lands on it or the settings change.

// standingsFile is where judged cases are kept, in the folder of the cache.
const standingsFile = "standings"

// standing is what is kept of a case.
type standing struct {
	Settled bool         // else nothing but that it was not
	Since   workday.Date // the first day on which it stands so
	First   int          // its first landing that says something, and its last
	Last    int
	Case    Case
}

// standings are the judged cases of a repository.
type standings struct {
	d   *Register
	old *store.Store
	new *store.Writer // nil: the old ones will do
}

// openStandings opens them; nil where who signed what is judged, which takes the
// steps of every case.
func (d *Register) openStandings(h *history.History) *standings {
	if d.Config.Signature.Required {
		return nil
	}
	s := &standings{d: d}
	s.old, s.new = h.Kept(standingsFile, d.Terms)
	return s
}

// find is a case as it stands on the day of the register, and as it stood when
// each quarter was frozen; nil if it has to be judged anew.
func (s *standings) find(mark string) (now *Case, past []*Case) {
	var was standing
	if !s.old.GetWhole(keyOf(mark), &was) {
		return nil, nil
	}
	if !was.Settled || s.d.AsOf < was.Since {
		return nil, nil
	}
	past = make([]*Case, len(s.d.Published))
	for i, p := range s.d.Published {
		switch {
		case p.Then == nil || p.apart || was.First >= len(p.Then.Landings):
		case was.Last < len(p.Then.Landings) && p.same(&was.Case, s.d.Config):
			past[i] = &was.Case
		default:
			return nil, nil
		}
	}
	s.carry(mark)
	return &was.Case, past
}

func (s *standings) carry(mark string) {
	if s.new != nil {
		s.new.Carry(keyOf(mark))
	}
}

// note keeps a case that was judged.
func (s *standings) note(c *Case, ch *history.CaseHistory) {
	n := len(ch.Landings)
	if s.new == nil || ch.Mark == "" {
		return
	}
	was := standing{Settled: n > 0 && settled(&c.Life, s.d.AsOf)}
	if was.Settled {
		was.Case, was.First, was.Last = *c, ch.Landings[0].Landing, ch.Landings[n-1].Landing
		for i := range c.Life.Clocks {
			was.Since = max(was.Since, c.Life.Clocks[i].Stopped+1)
		}
	}
	s.new.Add(keyOf(ch.Mark), &was)
}

func (s *standings) close(err error) {
	if s.new != nil {
		s.new.Close(err)
		return
	}
	s.old.Close()
}

func keyOf(mark string) (key store.Key) {
	copy(key[:], mark)
	return key
}
