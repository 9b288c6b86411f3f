package history

import (
	"cmp"
	"context"
	"iter"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/parallel"
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
	Landings []timeline.Landing
	Messages []Message // that are suspicious, in the order of landing

	suspicious func([]byte) bool

	keep       store.Dir
	worthwhile int

	repo        *git.Repo
	workers     int
	main        mainline             // the commits of the landings
	tree        git.Hash             // of the head; under Base of the base
	forks       []*commit            // under Base: where the branch left the mainline, the newest first,
	fork        git.Hash             // the tree there,
	forked      int                  // and the landing after which; -1: none
	overlay     map[string]git.Entry // under Base: what the branch changed
	tracks      []*track             // the cases, by 编号
	others      map[string][]version
	away        map[string]git.Mode // links and submodules under the name of a case
	blobChanges blobChanges

	additions map[string][]addition // under Base: by 编号, what the branch registers
	removed   map[string]bool       // and which of them it took back

	mu     sync.Mutex
	failed error // of a method that returns no error; Cases returns it
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
	entry   git.Entry
}

// Walk reads the mainline of a repository: its landings, and what each changed. It reads no
// file: parsing is Cases's.
func Walk(ctx context.Context, repo *git.Repo, o Options) (*History, error) {
	if err := repo.CheckWhole(); err != nil {
		return nil, err
	}
	o.MainBranch = cmp.Or(o.MainBranch, "main")
	var keep store.Dir
	if o.Build != "" {
		keep = Kept(repo, o.Build)
	}
	h := &History{
		repo: repo, workers: o.Workers, suspicious: o.Suspicious,
		keep: keep, worthwhile: cmp.Or(o.Worthwhile, store.Worthwhile),
		others: map[string][]version{}, away: map[string]git.Mode{},
	}
	if h.workers <= 0 {
		h.workers = runtime.GOMAXPROCS(0)
	}
	w := walker{h: h, o: o, rd: repo.Reader(), names: git.People{}, past: readWalk(keep, o)}
	h.main.past = w.past
	w.rd.KeepMessage = o.keepMessage
	defer w.rd.Close()
	if err := w.land(ctx); err != nil {
		return nil, err
	}
	h.Messages = h.messages(o.MainBranch)
	w.rd.Close() // its cache; the comparers have their own
	changes, err := w.compare(ctx)
	if err != nil {
		return nil, err
	}
	if err := w.compareForks(changes); err != nil {
		return nil, err
	}
	w.remember(changes)
	h.collect(changes)
	rd := repo.Reader()
	defer rd.Close()
	return h, h.registered(rd)
}

// walker is a walk under way.
type walker struct {
	h     *History
	o     Options
	rd    *git.Reader
	names git.People
	past  *walkCache
}

// land lists the landings and the commits that each brought.
func (w *walker) land(ctx context.Context) error {
	ref := w.o.Ref
	if ref == "" && w.o.Base != "" {
		ref = "HEAD"
	}
	head, err := w.resolve(ref)
	if err != nil {
		return err
	}
	tip := head
	if w.o.Base != "" {
		if tip, err = w.resolve(w.o.Base); err != nil {
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
		if len(f.Parents) > 1 {
			members, err := w.brought(ctx, f.Parents[1:], f.landing)
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

// resolve finds the commit of a name, or without one the tip of the main branch.
func (w *walker) resolve(rev string) (git.Hash, error) {
	commit, err := w.h.repo.ResolveRef(rev, w.o.MainBranch)
	return git.NewHash(commit), err
}

// chain is the first-parent chain that ends with tip.
func (w *walker) chain(ctx context.Context, tip git.Hash) (mainline, error) {
	m := mainline{past: w.past}
	for at := tip; ; {
		if i, ok := w.past.index(at); ok {
			m.shared = i + 1
			break
		}
		if len(m.fresh)%4096 == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
		c, err := read(w.rd, at, w.names)
		if err != nil {
			return m, err
		}
		m.fresh = append(m.fresh, freshLanding{commit: c})
		if len(c.Parents) == 0 {
			break
		}
		at = c.Parents[0]
	}
	slices.Reverse(m.fresh)
	return m, nil
}

// compare lists what each of the fresh landings changed.
// Workers take stretches of the mainline: within one, each tree is read once.
func (w *walker) compare(ctx context.Context) ([][]git.Change, error) {
	const stretch = 256
	h := w.h
	total, shared := h.main.len(), h.main.shared
	changes := make([][]git.Change, total-shared)
	var done atomic.Int64
	done.Store(int64(shared))
	err := parallel.Run(ctx, h.workers, total-shared, stretch, func(items iter.Seq[int]) (err error) {
		rd := h.repo.Reader()
		defer rd.Close()
		paths := map[string]string{}
		for i := range items {
			if changes[i], err = rd.Changes(h.before(shared+i), h.main.tree(shared+i), paths); err != nil {
				return err
			}
			if n := int(done.Add(1)); w.o.Progress != nil && (n%stretch == 0 || n == total) {
				w.o.Progress(n, total)
			}
		}
		return nil
	})
	return changes, err
}

// remember keeps the mainline for the next walk, if that is worth the while.
// What the branch under Base has not landed yet is no part of it.
func (w *walker) remember(fresh [][]git.Change) {
	m := &w.h.main
	landed := m.len()
	if landed > 0 && w.h.Landings[landed-1].Pending {
		landed--
	}
	if w.h.keep == (store.Dir{}) || landed-m.shared < w.h.worthwhile {
		return
	}
	p := newWalkWriter()
	var known []git.Change
	for i := range landed {
		if i < m.shared {
			known = w.past.changes(i, known[:0])
			p.add(m.brought(i), known)
		} else {
			p.add(m.brought(i), fresh[i-m.shared])
		}
	}
	if !p.lacks {
		store.Write(w.h.keep, walkFile, walkLabel(w.o), []*walkCache{p.cache()})
	}
}

// before is the tree that landing i is compared with.
func (h *History) before(i int) git.Hash {
	switch {
	case h.Landings[i].Pending:
		return h.fork
	case i == 0:
		return git.ZeroHash
	}
	return h.main.tree(i - 1)
}
