// Package mainline reads the mainline of a repository, the chain of first parents:
// which commits landed, what each landing brought, and which paths it changed. It
// knows nothing of cases; package history builds their lives on it.
//
// Walk compares the trees of the mainline by hash and reads no file. It works on
// as many goroutines as it is given, each with an object reader of its own, and
// writes nothing but the cache that Options.Build asks for.
package mainline

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/store"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Options say which history to walk, and as of when.
type Options struct {
	Ref        string       // revision to read; empty: the rule of ResolveRef, under Base HEAD
	Base       string       // judge what Ref has and Base has not as landing Now
	MainBranch string       // 主分支; empty: main
	AsOf       workday.Date // landings until its 24:00 are seen; zero, or under Base: all
	Now        time.Time    // when the branch under Base lands
	// Push says that Ref is to become the tip of the main branch, which Base is:
	// Base is taken as it is, even if Ref is a merge made on an older one.
	Push bool
	// LandedAt (落地时间) mends accidents of the clock: full hash of a landing,
	// or its first seven digits or more, → time.
	LandedAt map[string]time.Time
	// Suspicious picks the texts that are kept beside what they say: messages
	// of commits, files, names of files. It is called from several goroutines
	// and must not keep its argument. Nil: none.
	Suspicious func(text []byte) bool
	// Build names this build of the program. With it Walk keeps what it read in
	// the folder suqiu/ of the repository, so that the next walk reads only what
	// is new; what it finds is the same. One build has one Suspicious at most.
	// Empty: no cache.
	Build string
	// Worthwhile is how much a cache must lack before it is written anew; 0: so much
	// as takes more time than to write the file of a large repository.
	Worthwhile int
	Workers    int                   // goroutines; 0: one a processor
	Progress   func(done, total int) // landings compared; called from several goroutines
}

// Mainline is a walked mainline. Its methods may be called from any goroutine.
type Mainline struct {
	Head     string // the last landing that is seen, under Base what is proposed; "" if there is none
	Base     string // under Options.Base: the commit judged against
	HeadTime time.Time
	// Follows says, under Options.Base, how the head goes on from the base; Coming
	// are the commits that would be landings if it became the tip of the main
	// branch, newest first, where it goes straight on.
	Follows  Following
	Coming   []string
	Landings []timeline.Landing
	Messages []Message // that are suspicious, in the order of landing
	Repo     *git.Repo
	Workers  int      // goroutines that read it
	HeadTree git.Hash // under Base of the base
	Fork     git.Hash // under Base: the tree where the branch left the mainline,
	ForkedAt int      // and the landing after which; -1: none

	chain           // the commits of the landings
	forks []*Commit // under Base: where the branch left the mainline, the newest first
}

// Following says how one commit goes on from another.
type Following int

// The ways: a main branch may only go straight on. If it goes on by a side
// road, through a later parent of a merge, Git has nothing against it, but what
// had landed is then as if it had come in with that merge, at its time.
const (
	Astray   Following = iota // it leaves the other behind: a forced push
	SideRoad                  // the other is an ancestor, but not along first parents
	Straight                  // the other is on the chain of first parents
)

// Message is a commit's message that Options.Suspicious picked.
type Message struct {
	Landing int // that brought the commit
	timeline.Attribution
	Text []byte
}

// Walk reads the mainline of a repository. The second result are the paths that
// each landing changed, in the order of landing; a list holds until the next.
func Walk(ctx context.Context, repo *git.Repo, o Options) (*Mainline, iter.Seq2[int, []git.Change], error) {
	if err := repo.CheckWhole(); err != nil {
		return nil, nil, err
	}
	o.MainBranch = cmp.Or(o.MainBranch, "main")
	o.Worthwhile = cmp.Or(o.Worthwhile, store.Worthwhile)
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	var keep store.Dir
	if o.Build != "" {
		keep = Kept(repo, o.Build)
	}
	w := walker{o: o, rd: repo.Reader(), names: git.People{}, keep: keep, past: readWalk(keep, o)}
	w.m = &Mainline{Repo: repo, Workers: o.Workers}
	w.rd.KeepMessage = o.keepMessage
	defer w.rd.Close()
	if err := w.land(ctx); err != nil {
		return nil, nil, err
	}
	w.m.Messages = w.m.messages(o.MainBranch, o.Suspicious)
	w.rd.Close() // its cache; the comparers have their own
	fresh, err := w.compare(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := w.compareForks(fresh); err != nil {
		return nil, nil, err
	}
	return w.m, w.m.changes(w.remember(fresh)), nil
}

// changes are those of all landings, given those that past does not hold.
func (m *Mainline) changes(fresh [][]git.Change) iter.Seq2[int, []git.Change] {
	return func(yield func(int, []git.Change) bool) {
		var list []git.Change
		known := m.compared()
		for i := range m.Len() {
			if i < known {
				list = m.past.changes(i, list[:0])
			} else {
				list = fresh[i-known]
			}
			if !yield(i, list) {
				return
			}
		}
	}
}
