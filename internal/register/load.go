package register

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"suqiu/internal/config"
	"suqiu/internal/git"
	"suqiu/internal/history"
	"suqiu/internal/mainline"
	"suqiu/internal/papers"
	"suqiu/internal/privacy"
	"suqiu/internal/replay"
	"suqiu/internal/store"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// ConfigPath is where a case repository keeps its configuration.
const ConfigPath = "suqiu.yaml"

// ErrNotCases means that the repository has no suqiu.yaml.
var ErrNotCases = errors.New("这个 Git 仓库里没有 suqiu.yaml，不是诉求办理仓库；请用 -C 指定仓库目录")

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
		if err := d.findMismatches(ctx, repo, o); err != nil {
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
	said := signedSteps{}
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
	if d.Guarded, err = d.guarded(h); err != nil {
		return nil, err
	}
	if err := d.judgeSignatures(ctx, h, said, o.Push); err != nil {
		return nil, err
	}
	d.checkKeys()
	d.index()
	if !narrow {
		d.history = h
	}
	return d, nil
}

// walk reads the history, and the configuration from it.
func walk(ctx context.Context, repo *git.Repo, o Options) (*Register, *history.History, error) {
	source, boot, err := bootConfig(repo, o)
	if err != nil {
		return nil, nil, err
	}
	h, err := history.Walk(ctx, repo, mainline.Options{
		Ref: o.Ref, Base: o.Base, MainBranch: boot.MainBranch, AsOf: o.AsOf, Now: o.Now,
		Push: o.Push, LandedAt: landedAt(boot.LandedAt), Suspicious: privacy.Any, Build: o.Build,
		Worthwhile: o.Worthwhile, Workers: o.Workers, Progress: o.Progress,
	})
	if err != nil {
		return nil, nil, err
	}
	d := &Register{Head: h.Head, AsOf: o.AsOf, Landings: h.Landings, Messages: h.Messages, Request: o.Base != "",
		source: h.Snapshot().ReadFile}
	d.settings = configVersions(h)
	d.Revision = len(d.settings)
	d.Config = boot
	if n := len(d.settings); n > 0 {
		d.Config = d.settings[n-1].config
	}
	if boot.Unreadable != nil && source == nil {
		d.Config = boot // what stands in the place of the file now is none
	}
	d.SettingsHash = d.settingsHash(h, source)
	var landing int
	if d.Proposed, landing = proposed(h); d.Config.Unreadable != nil && d.Proposed != nil &&
		d.Proposed.Unreadable == nil {
		// Nobody can be judged by what cannot be read: whoever mends it is judged by
		// what he writes.
		d.Config = d.Proposed
		d.SettingsHash = "" // as nothing that is kept
		d.settings = append(d.settings, version{landing, d.Proposed})
	}
	d.unitNames = append(d.settings[:len(d.settings):len(d.settings)], version{config: d.Config}).unitNames()
	if o.Build != "" && o.Ref == "" && o.Base == "" {
		d.Vanished = vanished(repo, d.Landings)
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
	return ConfigOf(repo, rev)
}

// ConfigOf is suqiu.yaml of a revision as it stands there, and what it says: its
// Unreadable is set where it cannot be read. The error is ErrNotCases if there is
// none.
func ConfigOf(repo *git.Repo, rev string) ([]byte, *config.Config, error) {
	src, err := repo.ReadFile(rev, ConfigPath)
	var other *git.NotAFile
	switch {
	case errors.As(err, &other):
		return nil, config.NotAFile(ConfigPath, "它是"+other.What), nil
	case errors.Is(err, git.ErrNoFile):
		return nil, nil, notHere(repo, rev)
	case err != nil:
		return nil, nil, err
	}
	return src, config.Parse(ConfigPath, src), nil
}

// notHere is ErrNotCases, with the folder where suqiu.yaml stands instead if it is
// one folder down.
func notHere(repo *git.Repo, rev string) error {
	folders, err := repo.FoldersWith(rev, ConfigPath)
	if err != nil || len(folders) == 0 {
		return ErrNotCases // what the repository has instead is no more than a hint
	}
	return &nested{folders[0]}
}

// nested is ErrNotCases of a repository that holds its cases one folder down.
type nested struct{ folder string }

func (m *nested) Error() string {
	return "这个 Git 仓库的最上层没有 suqiu.yaml，它在子目录 " + m.folder +
		" 中；suqiu.yaml、cases/ 等要放在仓库的最上层：请把 " + m.folder +
		" 里的文件移到最上层后提交，或用 suqiu init 在别处另建一个仓库，把这些文件复制过去"
}

// Is makes it ErrNotCases to whoever asks.
func (m *nested) Is(err error) bool { return err == ErrNotCases }

func landedAt(mended map[string]string) map[string]time.Time {
	if len(mended) == 0 {
		return nil
	}
	times := make(map[string]time.Time, len(mended))
	for sha, text := range mended {
		for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04"} {
			if t, err := time.ParseInLocation(layout, text, workday.Shanghai); err == nil {
				times[sha] = t
				break
			}
		}
	}
	return times
}

// proposed is the suqiu.yaml that the request under check brings, with its
// landing; nil if it brings none.
func proposed(h *history.History) (*config.Config, int) {
	for _, v := range h.Versions(ConfigPath) {
		switch {
		case !h.Landings[v.Landing].Pending:
		case v.Data == nil:
			return config.NotAFile(ConfigPath, "它被删去了，或者换成了别的东西（目录、符号链接、子模块）"), v.Landing
		default:
			return config.Parse(ConfigPath, v.Data), v.Landing
		}
	}
	return nil, 0
}

// undermined reports whether the request under Base changes a file by which cases
// that it leaves alone are judged, or that is judged by all cases: the settings,
// minutes that grounds refer to, what units say to their deductions, what was
// published.
func (d *Register) undermined(h *history.History) bool {
	judged := history.Below([]string{ConfigPath, "meetings/", "appraisal/", "reports/"})
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
