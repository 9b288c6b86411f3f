package register

import (
	"cmp"
	"crypto/sha256"
	"reflect"
	"sync"

	"suqiu/internal/store"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Judged cases are kept, so that their past need neither be read nor replayed
// again until something lands on them or the settings change. A case whose clocks
// have all stopped stands the same on every later day: most do. The others are kept
// as of one day, in a file of their own that is written anew each day.
const (
	settledFile = "settled"
	todayFile   = "today"
)

// judgedCase is what is kept of a case.
type judgedCase struct {
	ID          string
	Fingerprint string
	Settled     bool
	Since       workday.Date // if Settled: the first day on which it stands so
	Case        *Case
	Frozen      []frozenCase // as it stood when each quarter was frozen
	Steps       []signedStep // where signatures are demanded
}

// frozenCase is a case as it stood when a quarter was frozen.
type frozenCase struct {
	Quarter string // Published.fingerprint
	Same    bool   // as it stands now
	Case    *Case  // nil, unless Same: it was not there yet
}

// signedStep is a commit that says something of a case.
type signedStep struct {
	Landing int
	Commit  string
}

// judgedCases are those of a repository.
type judgedCases struct {
	d              *Register
	keep           store.Dir
	settled, today func(label string) []*judgedCase // see begin
	worthwhile     int
	known          map[string]*judgedCase // by fingerprint

	mu    sync.Mutex
	used  []*judgedCase          // of the known
	fresh map[string]*judgedCase // by 编号
}

// beginJudged begins to read what was kept: best before the history is walked,
// which leaves processors idle.
func beginJudged(keep store.Dir, worthwhile int) *judgedCases {
	return &judgedCases{
		keep: keep, worthwhile: cmp.Or(worthwhile, store.Worthwhile),
		known: map[string]*judgedCase{}, fresh: map[string]*judgedCase{},
		settled: store.Begin[*judgedCase](keep, settledFile), today: store.Begin[*judgedCase](keep, todayFile),
	}
}

// open takes over what was kept of cases under the settings of a register. Where
// those cannot be told, nothing is kept.
func (k *judgedCases) open(d *Register) {
	k.d = d
	if d.Settings.Hash == "" {
		k.keep = store.Dir{}
		return
	}
	for _, list := range [][]*judgedCase{k.settled(d.Settings.Hash), k.today(k.label())} {
		for _, j := range list {
			k.known[j.Fingerprint] = j
		}
	}
}

// label is that of the cases that are not settled.
func (k *judgedCases) label() string { return k.d.Settings.Hash + k.d.AsOf.String() }

// find is a known case and what it was when each quarter was frozen; nil if it has
// to be judged anew.
func (k *judgedCases) find(fingerprint string) (now *judgedCase, frozen []*Case) {
	j := k.known[fingerprint]
	if j == nil || k.d.AsOf < j.Since {
		return nil, nil
	}
	frozen = make([]*Case, len(k.d.Published))
	for i, p := range k.d.Published {
		if p.Then == nil {
			continue
		}
		was := j.frozen(p)
		switch {
		case was == nil:
			return nil, nil // the quarter was frozen since
		case was.Same:
			frozen[i] = j.Case
		default:
			frozen[i] = was.Case
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.used = append(k.used, j)
	return j, frozen
}

func (j *judgedCase) frozen(p *Published) *frozenCase {
	for i := range j.Frozen {
		if j.Frozen[i].Quarter == p.fingerprint {
			return &j.Frozen[i]
		}
	}
	return nil
}

// note keeps a case that was judged, and how it stood when quarters were frozen; of
// a narrow register, which opens nothing, none.
func (k *judgedCases) note(c *Case, ch *timeline.CaseHistory, frozen []*Case) {
	if k == nil || k.keep == (store.Dir{}) || ch.Fingerprint == "" || c == nil {
		return
	}
	j := &judgedCase{ID: ch.ID, Fingerprint: ch.Fingerprint, Case: c}
	j.Settled = len(ch.Landings) > 0 && settled(&c.Life, k.d.AsOf)
	if j.Settled {
		for i := range c.Life.Clocks {
			j.Since = max(j.Since, c.Life.Clocks[i].Stopped+1)
		}
	}
	for i, p := range k.d.Published {
		if p.Then != nil && !p.apart {
			j.freeze(p, frozen[i])
		}
	}
	if k.d.Config.Signature.Required {
		j.Steps = stepsOf(ch)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fresh[ch.ID] = j
}

// noteApart notes how a case stood when a quarter was frozen that is read by other
// names of units.
func (k *judgedCases) noteApart(id string, p *Published, frozen *Case) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if j := k.fresh[id]; j != nil {
		j.freeze(p, frozen)
	}
}

func (j *judgedCase) freeze(p *Published, c *Case) {
	was := frozenCase{Quarter: p.fingerprint, Case: c}
	if c != nil {
		now := *c // a case of then has no fingerprint, nor what stood in its contents later
		now.Fingerprint, now.Taken, now.Suspects = j.Case.Fingerprint, j.Case.Taken, j.Case.Suspects
		if reflect.DeepEqual(&now, j.Case) {
			was.Same, was.Case = true, nil
		}
	}
	j.Frozen = append(j.Frozen, was)
}

// save writes the files of which enough is new.
func (k *judgedCases) save() {
	for _, file := range []struct {
		name, label string
		settled     bool
	}{{settledFile, k.d.Settings.Hash, true}, {todayFile, k.label(), false}} {
		var list []*judgedCase
		for _, j := range k.fresh {
			if j.Settled == file.settled {
				list = append(list, j)
			}
		}
		if len(list) < k.worthwhile {
			continue
		}
		for _, j := range k.used {
			if j.Settled == file.settled {
				list = append(list, j)
			}
		}
		store.Write(k.keep, file.name, file.label, list)
	}
}

// stepsOf are the commits that say something of a case.
func stepsOf(ch *timeline.CaseHistory) (list []signedStep) {
	for _, l := range ch.Landings {
		for _, s := range l.Steps {
			list = append(list, signedStep{l.Landing, s.Commit})
		}
	}
	return list
}

// fingerprintOf stands for a frozen quarter.
func fingerprintOf(data []byte) string {
	sum := sha256.Sum256(data)
	return string(sum[:])
}
