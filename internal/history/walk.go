package history

import (
	"cmp"
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
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
	Build string
	// Worthwhile is how much a cache must lack before it is written anew; 0: so much
	// as takes more time than to write the file of a large repository.
	Worthwhile int
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
	main    mainline         // the commits of the landings
	tree    plumbing.Hash    // of the head; under Base of the base
	forks   []*commit        // under Base: where the branch left the mainline, the newest first,
	fork    plumbing.Hash    // the tree there,
	forked  int              // and the landing after which; -1: none
	overlay map[string]entry // under Base: what the branch changed
	tracks  []*track         // the cases, by 编号
	others  map[string][]version
	away    map[string]mode // links and submodules under the name of a case
	touches touches

	additions map[string][]addition // under Base: by 编号, what the branch registers
	removed   map[string]bool       // and which of them it took back

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
		common: r.common, build: o.Build, worthwhile: cmp.Or(o.Worthwhile, worthwhile),
		others: map[string][]version{}, away: map[string]mode{},
	}
	if h.workers <= 0 {
		h.workers = runtime.GOMAXPROCS(0)
	}
	w := walker{h: h, o: o, repo: r, rd: r.db.reader(), names: persons{}, past: r.recall(o)}
	h.main.past = w.past
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
	if err := w.compareForks(changes); err != nil {
		return nil, err
	}
	w.remember(changes)
	h.collect(changes)
	rd := h.db.reader()
	defer rd.close()
	return h, h.registered(rd)
}

// walker is a walk under way.
type walker struct {
	h     *History
	o     Options
	repo  *Repo
	rd    *reader
	names persons
	past  *past
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
	if w.h.main, err = w.chain(ctx, tip); err != nil {
		return err
	}
	chain := &w.h.main
	w.h.Landings = chain.landings(w.o.LandedAt)
	if w.o.Base == "" && w.o.AsOf != 0 {
		end := w.o.AsOf.End()
		n := sort.Search(chain.len(), func(i int) bool { return !w.h.Landings[i].At.Before(end) })
		chain.cut(n)
		w.h.Landings = w.h.Landings[:n]
	}
	for i := range chain.fresh {
		f := &chain.fresh[i]
		f.landing = chain.shared + i
		chain.note(f.commit)
		if len(f.parents) > 1 {
			members, err := w.brought(ctx, f.parents[1:], f.landing)
			if err != nil {
				return err
			}
			f.members = append(members, f.commit)
		}
	}
	if n := chain.len(); n > 0 {
		w.h.Head, w.h.tree, w.h.HeadTime = w.h.Landings[n-1].Commit, chain.tree(n-1), w.h.Landings[n-1].At
	}
	chain.number()
	if w.o.Base != "" {
		return w.propose(ctx, head)
	}
	return nil
}

// chain is the first-parent chain that ends with tip.
func (w *walker) chain(ctx context.Context, tip plumbing.Hash) (mainline, error) {
	m := mainline{past: w.past}
	for at := tip; ; {
		if i, ok := w.past.index(at); ok {
			m.shared = i + 1
			break
		}
		if len(m.fresh)%4096 == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
		c, err := w.rd.commit(at, w.names)
		if err != nil {
			return m, err
		}
		m.fresh = append(m.fresh, freshLanding{commit: c})
		if len(c.parents) == 0 {
			break
		}
		at = c.parents[0]
	}
	slices.Reverse(m.fresh)
	return m, nil
}

// compare lists what each of the fresh landings changed.
// Workers take stretches of the mainline: within one, each tree is read once.
func (w *walker) compare(ctx context.Context) ([][]change, error) {
	const stretch = 256
	h := w.h
	total, shared := h.main.len(), h.main.shared
	changes := make([][]change, total-shared)
	var next, done atomic.Int64
	next.Store(int64(shared))
	done.Store(int64(shared))
	g, ctx := errgroup.WithContext(ctx)
	for range max(1, min(h.workers, (total-shared+stretch-1)/stretch)) {
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
					if changes[i-shared], err = rd.changes(h.before(i), h.main.tree(i), paths); err != nil {
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
func (w *walker) remember(fresh [][]change) {
	m := &w.h.main
	landed := m.len()
	if landed > 0 && w.h.Landings[landed-1].Pending {
		landed--
	}
	if w.o.Build == "" || landed-m.shared < w.h.worthwhile {
		return
	}
	p := newPastWriter(w.o.Build, w.o.Suspicious != nil)
	var known []change
	for i := range landed {
		if i < m.shared {
			known = w.past.changes(i, known[:0])
			p.add(m.brought(i), known)
		} else {
			p.add(m.brought(i), fresh[i-m.shared])
		}
	}
	if data, ok := p.file(); ok {
		replaceFile(filepath.Join(w.repo.common, cacheDir), cacheFile, data)
	}
}

// before is the tree that landing i is compared with.
func (h *History) before(i int) plumbing.Hash {
	switch {
	case h.Landings[i].Pending:
		return h.fork
	case i == 0:
		return plumbing.ZeroHash
	}
	return h.main.tree(i - 1)
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
