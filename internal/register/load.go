package register

import (
	"cmp"
	"context"
	"slices"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/mainline"
	"suqiu/internal/papers"
	"suqiu/internal/privacy"
	"suqiu/internal/provenance"
	"suqiu/internal/replay"
	"suqiu/internal/settings"
	"suqiu/internal/store"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Options say what to read and as of when.
type Options struct {
	Ref  string // --ref; empty: the rule of section 7
	Base string // --base: judge what Ref adds to it
	AsOf workday.Date
	Now  time.Time // when a request under Base is taken to land
	// Push says that Ref is to follow Base as the tip of the main branch.
	Push bool
	// Pusher is the user of the forge who pushed the request under Base; empty:
	// unknown.
	Pusher string
	// Narrow leaves out of Cases what the request under Base does not change; Case
	// finds all the same. A request that changes what others are judged by is read
	// whole.
	Narrow bool
	// Build names this build of the program, for the cache of the history; empty:
	// none is kept.
	Build      string
	Worthwhile int // see mainline.Options
	// Workers is how many goroutines parse; 0: as many as there are processors.
	Workers  int
	Progress func(done, total int)
}

// Mainline reads of a repository what it takes to tell its landings: history
// and configuration, but no case and no paper.
func Mainline(ctx context.Context, repo *git.Repo, o Options) (*Register, error) {
	d, _, err := walk(ctx, repo, o)
	return d, err
}

// Load reads a repository: history, configuration, meetings and every case.
func Load(ctx context.Context, repo *git.Repo, o Options) (*Register, error) {
	var keep store.Dir
	if o.Build != "" {
		keep = mainline.Kept(repo, o.Build)
	}
	var kept *judgedCases
	if o.Base == "" {
		kept = beginJudged(keep, o.Worthwhile)
	}
	d, h, err := walk(ctx, repo, o)
	if err != nil {
		return nil, err
	}
	if o.Base != "" {
		base := h.Base
		d.atBase = func() (*Register, error) {
			// All of it, as the request was judged on top of all of it.
			return Load(ctx, repo, Options{Ref: base, AsOf: max(o.AsOf, workday.Of(o.Now)), Workers: o.Workers})
		}
		d.Follows, d.Coming = h.Follows, h.Coming
		if n := len(h.Landings); n > 0 && h.Landings[n-1].Pending {
			d.Brought = h.MergedCommits(n - 1)
		}
		if d.Mismatches, err = provenance.OfRequest(ctx, repo, d.Config, o.Pusher, d.Brought,
			workday.Of(o.Now)); err != nil {
			return nil, err
		}
		if err := d.findOutdated(h); err != nil {
			return nil, err
		}
	}
	if err := d.readPapers(h); err != nil {
		return nil, err
	}
	if err := d.readSeals(h); err != nil {
		return nil, err
	}
	d.WrittenHeads = d.writtenHeads()
	narrow := o.Narrow && o.Base != "" && !d.undermined(h)
	if narrow {
		d.Published = nil // what was frozen is no affair of a request's
	}
	touches := h.FileChanges(history.Below(papers.Folders()))
	for _, p := range d.Published {
		if p.locate(d); p.Then != nil {
			if err := p.Then.readPapersOf(h, touches); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range d.Published {
		if p.Then != nil {
			p.Then.Published = d.publishedBefore(p)
		}
	}
	said := provenance.Said{}
	if kept == nil && !narrow {
		kept = beginJudged(keep, o.Worthwhile)
	}
	if err := d.replay(ctx, h, said, kept, narrow); err != nil {
		return nil, err
	}
	if err := d.findNumbers(h); err != nil {
		return nil, err
	}
	for _, s := range h.UnreadableEntries() {
		d.stray(s)
	}
	if err := d.findMisplaced(h); err != nil {
		return nil, err
	}
	if d.Suspects, err = h.FlaggedFiles(paperFolders); err != nil {
		return nil, err
	}
	if err := d.findAuthors(ctx, h, said, o.Push); err != nil {
		return nil, err
	}
	d.index()
	if d.past.walk != nil {
		d.past.h = h
	}
	return d, nil
}

// findAuthors finds what landed without a right or without proof.
func (d *Register) findAuthors(ctx context.Context, h *history.History, said provenance.Said, push bool) error {
	in := provenance.In{History: h, Settings: &d.Settings, Narrow: d.more != nil, Push: push}
	var err error
	if d.Guarded, err = in.Guarded(); err != nil {
		return err
	}
	if d.Unproven, err = in.Unproven(ctx, said, d.Guarded); err != nil {
		return err
	}
	for _, f := range in.KeyFiles(d.Guarded, d.source) {
		d.Files = append(d.Files, File{Path: f.Path, Problems: f.Problems, Touched: f.Touched})
	}
	return nil
}

// walk reads the history, and the configuration from it.
func walk(ctx context.Context, repo *git.Repo, o Options) (*Register, *history.History, error) {
	source, boot, err := bootConfig(repo, o)
	if err != nil {
		return nil, nil, err
	}
	options := mainline.Options{
		Ref: o.Ref, Base: o.Base, MainBranch: boot.MainBranch, AsOf: o.AsOf, Now: o.Now,
		Push: o.Push, LandedAt: settings.LandedAt(boot), Suspicious: privacy.Any, Build: o.Build,
		Worthwhile: o.Worthwhile, Workers: o.Workers, Progress: o.Progress,
	}
	h, err := history.Walk(ctx, repo, options)
	if err != nil {
		return nil, nil, err
	}
	d := &Register{Head: h.Head, AsOf: o.AsOf, Settings: settings.Of(h, boot, source), Landings: h.Landings,
		Messages: h.Messages, Request: o.Base != "", source: h.Snapshot().ReadFile}
	if o.Build != "" && o.Ref == "" && o.Base == "" {
		d.Vanished = vanished(repo, d.Landings)
	}
	if o.Base == "" {
		options.Ref, options.Progress = h.Head, nil // whatever lands meanwhile
		d.past.walk = func(ctx context.Context) (*history.History, error) {
			return history.Walk(ctx, repo, options)
		}
	}
	return d, h, nil
}

// bootConfig is the configuration that says how to read the history: the main
// branch's name and the landing times. It comes from the tree that is asked for.
func bootConfig(repo *git.Repo, o Options) ([]byte, *config.Config, error) {
	rev := cmp.Or(o.Base, o.Ref)
	if rev == "" {
		var err error
		if rev, err = repo.ConfigRef(); err != nil {
			return nil, nil, err
		}
	}
	return settings.ConfigOf(repo, rev)
}

// undermined reports whether the request under Base changes a file by which cases
// that it leaves alone are judged, or that is judged by all cases: the settings,
// minutes that grounds refer to, what units say to their deductions, what was
// published.
func (d *Register) undermined(h *history.History) bool {
	judged := history.Below([]string{config.Path, "meetings/", "appraisal/", "reports/"})
	return slices.ContainsFunc(h.FileChanges(judged), func(t history.FileChange) bool {
		return d.Landings[t.Landing].Pending
	})
}

// evaluate makes the case of one history; nil if nothing of it was ever readable.
func evaluate(ch *timeline.CaseHistory, env replay.Env) *Case {
	c := &Case{Case: ch.Last, Fingerprint: ch.Fingerprint, Deleted: ch.Deleted, Stale: ch.Stale, Touched: ch.Touched,
		AtFork: ch.AtFork, Taken: ch.Taken, Suspects: ch.Flagged}
	if ch.Head != nil && ch.Head.Unreadable {
		c.Broken = ch.Head
	}
	if c.Case == nil {
		if c.Broken == nil {
			return nil
		}
		c.Case = c.Broken
		c.ID = ch.ID
	}
	if c.ID == "" {
		c.ID = ch.ID // whoever emptied the line did not take the number away
	}
	c.Life = replay.Case(ch, env)
	if n := len(ch.Landings); n > 0 {
		first, last := env.Landings[ch.Landings[0].Landing], env.Landings[ch.Landings[n-1].Landing]
		c.Registered, c.LastChange = workday.Of(first.At), workday.Of(last.At)
		c.Landing = ch.Landings[n-1].Landing
	}
	screenCase(c, ch.Flagged, env)
	return c
}

// paperFolders are those of the files beside the cases that people write text in.
var paperFolders = []string{"meetings/", "reports/", "risks/", "submissions/", "appraisal/", "monthly/", "counties/"}

// index sorts the cases and lays out the look-ups.
func (d *Register) index() {
	slices.SortFunc(d.Cases,
		func(a, b *Case) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Path, b.Path)) })
	d.byID = make(map[string]*Case, len(d.Cases))
	for _, c := range d.Cases {
		d.byID[c.ID] = c
	}
	for _, p := range d.Published {
		if p.Then != nil && p.Then.byID == nil { // one that an earlier one knows is laid out already
			p.Then.index()
		}
	}
	d.meetings = make(map[string]*Meeting, len(d.Meetings))
	for _, m := range d.Meetings {
		m.Upcoming = m.Held > d.AsOf
		d.meetings[m.ID] = m
	}
}
