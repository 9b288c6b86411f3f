package history

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"suqiu/internal/workday"
)

// Options say which history to walk, and as of when.
type Options struct {
	Ref        string // revision to read; empty: see ResolveRef
	Base       string // judge what Ref has and Base has not as landing Now
	MainBranch string // 主分支; empty: main
	AsOf       workday.Date
	Now        time.Time            // when the branch under Base lands
	LandedAt   map[string]time.Time // 落地时间: commit (or its beginning) → time
	Workers    int                  // goroutines; 0: one a processor
	Progress   func(done, total int)
}

// History is a walked mainline. Its methods may be called from any goroutine.
type History struct {
	Head     string // commit that was read
	Base     string // under Options.Base: the commit judged against
	HeadTime time.Time
	Landings []Landing

	db      *database
	workers int
	tree    plumbing.Hash // of the head
	commits []*commit     // of the landings
	tracks  []*track      // cases, by 编号
	others  map[string][]fileVersion
}

// fileVersion is one landed version of a file that is no case.
type fileVersion struct {
	landing int
	blob    plumbing.Hash
}

// folders are the places whose history is kept beside cases/.
var folders = []string{"monthly/", "meetings/", "risks/", "submissions/", "counties/", "reports/", "appraisal/", "templates/"}

// wanted reports whether a path (folders end in "/") takes part in the history.
func wanted(path string) bool {
	if strings.HasPrefix(path, "cases/") || path == "suqiu.yaml" {
		return true
	}
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(path, f) })
}

// Walk reads the mainline: its landings, and which content each case and file
// had from which landing on. It reads no case.
func (r *Repo) Walk(ctx context.Context, o Options) (*History, error) {
	if err := r.refuse(); err != nil {
		return nil, err
	}
	rd := r.db.reader()
	defer rd.close()
	h := &History{db: r.db, workers: o.Workers, others: map[string][]fileVersion{}}
	if h.workers <= 0 {
		h.workers = runtime.GOMAXPROCS(0)
	}
	w := walker{h: h, rd: rd, o: o, landed: map[plumbing.Hash]int32{}, names: persons{}}
	if err := w.mainline(ctx, r); err != nil {
		return nil, err
	}
	if err := w.compareAll(ctx); err != nil {
		return nil, err
	}
	w.collect()
	return h, nil
}

// walker is a walk under way.
type walker struct {
	h      *History
	rd     *reader
	names  persons
	o      Options
	landed map[plumbing.Hash]int32 // commit → index of the landing that brought it
	turns  []turn                  // one a landing
}

// turn is what one landing brings.
type turn struct {
	before   plumbing.Hash // tree of the mainline before it; zero: none
	branch   []*commit     // what it brings beside itself, parents first
	fork     plumbing.Hash // pending landings: tree where the branch left the mainline
	changes  []fileChange
	touched  map[string][]candidate // case paths that the branch changed
	pending  bool
	headTree plumbing.Hash
}

// mainline lists the landings, oldest first, and what each brings.
func (w *walker) mainline(ctx context.Context, r *Repo) error {
	head, err := r.ResolveRef(w.o.Ref, w.o.MainBranch)
	if err != nil {
		return err
	}
	tip := head
	if w.o.Base != "" {
		if w.o.Ref == "" {
			if head, err = r.resolve("HEAD"); err != nil {
				return err
			}
		}
		if tip, err = r.resolve(w.o.Base); err != nil {
			return err
		}
		if tip, err = w.target(plumbing.NewHash(head), plumbing.NewHash(tip)); err != nil {
			return err
		}
		w.h.Base = tip
	}
	w.h.Head = head
	var chain []*commit
	for at := plumbing.NewHash(tip); ; {
		if len(chain)%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c, err := w.rd.commit(at, w.names)
		if err != nil {
			return err
		}
		chain = append(chain, c)
		if len(c.parents) == 0 {
			break
		}
		at = c.parents[0]
	}
	slices.Reverse(chain)
	if err := w.land(chain); err != nil {
		return err
	}
	if w.o.Base == "" {
		if n := len(w.h.commits); n > 0 {
			w.h.Head, w.h.tree = w.h.commits[n-1].hash.String(), w.h.commits[n-1].tree
			w.h.HeadTime = w.h.Landings[n-1].At
		}
		return nil
	}
	return w.propose(plumbing.NewHash(head))
}

// land dates the commits of the mainline as far as the as-of day sees them.
func (w *walker) land(chain []*commit) error {
	var last time.Time
	var before plumbing.Hash
	end := time.Time{}
	if w.o.AsOf != 0 {
		end = w.o.AsOf.End()
	}
	for _, c := range chain {
		at := clock(c.committed)
		for sha, t := range w.o.LandedAt {
			if strings.HasPrefix(c.hash.String(), sha) {
				at = t
			}
		}
		if at.Before(last) {
			at = last
		}
		if !end.IsZero() && !at.Before(end) {
			break
		}
		last = at
		i := len(w.h.commits)
		w.landed[c.hash] = int32(i)
		branch, err := w.branch(c, int32(i))
		if err != nil {
			return err
		}
		w.h.commits = append(w.h.commits, c)
		w.h.Landings = append(w.h.Landings, landing(c, at))
		w.turns = append(w.turns, turn{before: before, branch: branch, headTree: c.tree})
		before = c.tree
	}
	return nil
}

func landing(c *commit, at time.Time) Landing {
	return Landing{Commit: c.hash.String(), At: at, Committed: clock(c.committed), Author: c.author, Authored: clock(c.authored),
		Committer: c.committer, Subject: c.subject, Request: c.request}
}
