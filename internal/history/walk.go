package history

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/sync/errgroup"

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
	Build      string
	worthwhile int                   // instead of the constant, for tests
	Workers    int                   // goroutines; 0: one a processor
	Progress   func(done, total int) // landings compared; called from several goroutines
}

// History is a walked mainline. Its methods may be called from any goroutine.
type History struct {
	Head     string // the last landing that is seen, under Base what is proposed; "" if there is none
	Base     string // under Options.Base: the commit judged against
	HeadTime time.Time
	// Follows says, under Options.Base, how the head goes on from the base; Coming
	// are the commits that would be landings if it became the tip of the main
	// branch, newest first, where it goes straight on.
	Follows  Following
	Coming   []string
	Landings []Landing
	Messages []Message // that are suspicious, in the order of landing

	suspicious func([]byte) bool

	common, build string // where the caches lie, and for which build of the program
	worthwhile    int
	keep          bool   // Each uses the cache of lives,
	names         string // for a canon of this fingerprint

	db      *database
	workers int
	commits []*commit        // of the landings
	members [][]*commit      // by landing: a merge's commits, parents first, itself the last; nil: itself alone
	tree    plumbing.Hash    // of the head; under Base of the base
	fork    plumbing.Hash    // under Base: tree where the branch left the mainline
	overlay map[string]entry // under Base: what the branch changed
	tracks  []*track         // the cases, by 编号
	others  map[string][]version
	touches touches

	byHash   map[plumbing.Hash]*commit // see landed
	indexing sync.Once

	mu     sync.Mutex
	failed error // of a method that returns no error; Each returns it
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

// version is one landed state of a path that is no case.
type version struct {
	landing int
	entry   entry
}

// change is one path that a landing changed.
type change struct {
	path     string
	old, new entry // without names
}

// Walk reads the mainline: its landings, and what each changed. It reads no
// file: parsing is Each's.
func (r *Repo) Walk(ctx context.Context, o Options) (*History, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.checkWhole(); err != nil {
		return nil, err
	}
	h := &History{
		db: r.db, workers: o.Workers, suspicious: o.Suspicious,
		common: r.common, build: o.Build, worthwhile: cmp.Or(o.worthwhile, worthwhile),
		others: map[string][]version{},
	}
	if h.workers <= 0 {
		h.workers = runtime.GOMAXPROCS(0)
	}
	w := walker{h: h, o: o, repo: r, rd: r.db.reader(), names: persons{}, past: r.recall(o)}
	w.rd.suspicious = o.Suspicious
	defer w.rd.close()
	if err := w.land(ctx); err != nil {
		return nil, err
	}
	h.Messages = h.messages()
	w.rd.close() // its cache; the comparers have their own
	changes, err := w.compare(ctx)
	if err != nil {
		return nil, err
	}
	w.remember(changes)
	h.collect(changes)
	return h, nil
}

// walker is a walk under way.
type walker struct {
	h      *History
	o      Options
	repo   *Repo
	rd     *reader
	names  persons
	past   *past
	shared int // how many landings were taken over from past
}

// land lists the landings and the commits that each brought.
func (w *walker) land(ctx context.Context) error {
	ref := w.o.Ref
	if ref == "" && w.o.Base != "" {
		ref = "HEAD"
	}
	head, err := w.repo.resolve(ref, w.o.MainBranch)
	if err != nil {
		return err
	}
	tip := head
	if w.o.Base != "" {
		if tip, err = w.repo.named(w.o.Base); err != nil {
			return err
		}
		if !w.o.Push {
			if tip, err = w.target(ctx, head, tip); err != nil {
				return err
			}
		}
		w.h.Base = tip.String()
	}
	chain, shared, err := w.chain(ctx, tip)
	if err != nil {
		return err
	}
	w.h.Landings = make([]Landing, 0, len(chain)+1) // one more under Base
	for i, at := range w.times(chain) {
		if w.o.Base == "" && w.o.AsOf != 0 && !at.Before(w.o.AsOf.End()) {
			chain = chain[:i]
			break
		}
		w.h.Landings = append(w.h.Landings, landing(chain[i], at))
	}
	w.h.commits = chain
	w.shared = min(shared, len(chain))
	w.h.members = make([][]*commit, len(chain), len(chain)+1)
	copy(w.h.members, w.past.members[:w.shared])
	for i, c := range chain {
		c.landing = i
		for _, m := range w.h.members[i] {
			m.landing = i
		}
		if i < w.shared {
			continue
		}
		w.h.landed()[c.hash] = c
		if len(c.parents) > 1 {
			members, err := w.brought(ctx, c.parents[1:], i)
			if err != nil {
				return err
			}
			w.h.members[i] = append(members, c)
		}
	}
	if n := len(chain); n > 0 {
		w.h.Head, w.h.tree, w.h.HeadTime = chain[n-1].hash.String(), chain[n-1].tree, w.h.Landings[n-1].At
	}
	if w.o.Base != "" {
		return w.propose(ctx, head)
	}
	return nil
}

// landed are all commits that landed, under Base the branch's as well. A walk
// that has everything from the cache, and a history of which everything is
// told, do without.
func (h *History) landed() map[plumbing.Hash]*commit {
	h.indexing.Do(func() {
		h.byHash = make(map[plumbing.Hash]*commit, len(h.commits)*3/2)
		for i, c := range h.commits {
			h.byHash[c.hash] = c
			for _, m := range h.members[i] {
				h.byHash[m.hash] = m
			}
		}
	})
	return h.byHash
}

// chain is the first-parent chain that ends with tip, oldest first, and how many
// of its commits come from the cache.
func (w *walker) chain(ctx context.Context, tip plumbing.Hash) (_ []*commit, shared int, _ error) {
	var chain []*commit
	for at := tip; ; {
		if i, ok := w.past.index[at]; ok {
			slices.Reverse(chain)
			return slices.Concat(w.past.commits[:i+1], chain), i + 1, nil
		}
		if len(chain)%4096 == 0 && ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		c, err := w.rd.commit(at, w.names)
		if err != nil {
			return nil, 0, err
		}
		chain = append(chain, c)
		if len(c.parents) == 0 {
			slices.Reverse(chain)
			return chain, 0, nil
		}
		at = c.parents[0]
	}
}

// times are when the commits of the mainline count: at the committer's time or
// the one that mends it, but never before the landing before.
func (w *walker) times(chain []*commit) []time.Time {
	times := make([]time.Time, len(chain))
	for i, c := range chain {
		times[i] = mended(c.hash.String(), clock(c.committed), w.o.LandedAt)
		if i > 0 && times[i].Before(times[i-1]) {
			times[i] = times[i-1]
		}
	}
	return times
}

// mended is when a commit says that it was made, or what mends it.
func mended(hash string, committed time.Time, landedAt map[string]time.Time) time.Time {
	for sha, t := range landedAt {
		if len(sha) >= 7 && strings.HasPrefix(hash, strings.ToLower(sha)) {
			return t.In(workday.Shanghai)
		}
	}
	return committed
}

// Restamped are landings from the first on as they count under other mended
// times than Options.LandedAt.
func Restamped(landings []Landing, landedAt map[string]time.Time) []Landing {
	list := slices.Clone(landings)
	for i := range list {
		l := &list[i]
		if !l.Pending {
			l.At = mended(l.Commit, l.Committed, landedAt)
		}
		if i > 0 && l.At.Before(list[i-1].At) {
			l.At = list[i-1].At
		}
	}
	return list
}

func landing(c *commit, at time.Time) Landing {
	return Landing{
		Commit: c.hash.String(), At: at, Committed: clock(c.committed),
		Author: *c.author, Authored: clock(c.authored), Committer: *c.committer,
		Subject: c.subject, Request: c.request,
	}
}

// compare lists what each landing changed, as far as the cache does not know.
// Workers take stretches of the mainline: within one, each tree is read once.
func (w *walker) compare(ctx context.Context) ([][]change, error) {
	const stretch = 256
	h := w.h
	total := len(h.commits)
	changes := make([][]change, total)
	copy(changes, w.past.changes[:w.shared])
	var next, done atomic.Int64
	next.Store(int64(w.shared))
	done.Store(int64(w.shared))
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, min(h.workers, (total-w.shared+stretch-1)/stretch)) {
		g.Go(func() error {
			rd := h.db.reader()
			defer rd.close()
			paths := map[string]string{}
			for {
				from := int(next.Add(stretch)) - stretch
				if from >= total {
					return nil
				}
				to := min(from+stretch, total)
				for i := from; i < to; i++ {
					if err := ctx.Err(); err != nil {
						return err
					}
					var err error
					if changes[i], err = rd.changes(h.before(i), h.commits[i].tree, paths); err != nil {
						return err
					}
				}
				if n := done.Add(int64(to - from)); w.o.Progress != nil {
					w.o.Progress(int(n), total)
				}
			}
		})
	}
	return changes, g.Wait()
}

// remember keeps the mainline for the next walk, if that is worth the while.
// What the branch under Base has not landed yet is no part of it.
func (w *walker) remember(changes [][]change) {
	landed := len(w.h.commits)
	if landed > 0 && w.h.Landings[landed-1].Pending {
		landed--
	}
	if w.o.Build == "" || landed-w.shared < w.h.worthwhile {
		return
	}
	w.repo.remember(w.o.Build, &past{commits: w.h.commits[:landed], members: w.h.members, changes: changes, kept: w.o.Suspicious != nil})
}

// before is the tree that landing i is compared with.
func (h *History) before(i int) plumbing.Hash {
	switch {
	case h.Landings[i].Pending:
		return h.fork
	case i == 0:
		return plumbing.ZeroHash
	}
	return h.commits[i-1].tree
}

// changes lists the paths that differ between two trees, in Git's order. Equal
// paths share the strings in paths.
func (r *reader) changes(old, new plumbing.Hash, paths map[string]string) ([]change, error) {
	var list []change
	c := comparer{reader: r}
	err := c.each(new, []plumbing.Hash{old}, 0, func(path []byte, to entry, from []entry) error {
		p, ok := paths[string(path)]
		if !ok {
			p = string(path)
			paths[p] = p
		}
		ch := change{path: p, old: from[0], new: to}
		ch.old.name, ch.new.name = nil, nil // they would keep whole trees in memory
		list = append(list, ch)
		return nil
	})
	return list, err
}
