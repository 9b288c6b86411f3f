package history

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/problem"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// view is everything that a history says.
type view struct {
	Head, Base  string
	HeadTime    time.Time
	Landings    []timeline.Landing
	Messages    []mainline.Message
	Lives       map[string]*timeline.CaseHistory
	FileChanges []FileChange
	Versions    map[string][]FileVersion
	Stray       []problem.Problem
	Files       []File
	Away        []problem.Problem
}

func viewOf(t testing.TB, dir string, o mainline.Options) view {
	t.Helper()
	h := walk(t, dir, o)
	v := view{Head: h.Head, Base: h.Base, HeadTime: h.HeadTime, Landings: h.Landings, Messages: h.Messages,
		Lives: lives(t, h), FileChanges: h.FileChanges(Below([]string{""})), Versions: map[string][]FileVersion{}}
	for _, blobChange := range v.FileChanges {
		v.Versions[blobChange.Path] = h.Versions(blobChange.Path)
	}
	v.Stray = h.UnreadableEntries()
	if diff := cmp.Diff(strayInTree(t, h), v.Stray); diff != "" {
		t.Errorf("stray (-by the tree +by what landed):\n%s", diff)
	}
	var err error
	if v.Files, v.Away, err = h.Files(""); err != nil {
		t.Fatal(err)
	}
	return v
}

// strayInTree looks at every entry at the head.
func strayInTree(t testing.TB, h *History) []problem.Problem {
	t.Helper()
	rd := h.Repo.Reader()
	defer rd.Close()
	all, err := h.entries(rd, "cases/")
	if err != nil {
		t.Fatal(err)
	}
	modes, current := map[string]git.Mode{}, map[string]string{}
	for p, e := range all {
		modes[p] = e.Mode
	}
	for _, track := range h.tracks {
		if !track.last().IsZero() {
			current[track.id] = track.path
		}
	}
	return h.unreadableAmong(modes, current)
}

// TestCacheChangesNothing draws a history of any shape and walks it again and
// again, each time to another commit (further, back, or beside: as after a
// forced push), as of another day, with or without a base, with other landing
// times. What was read before must never show.
func TestCacheChangesNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		fastImport(t, r.Dir, drawCases(rt))
		if rapid.Bool().Draw(rt, "repack") {
			r.Git("repack", "-adq")
		}
		all := strings.Fields(r.Git("rev-list", "--all", "--reverse"))
		commit := rapid.SampledFrom(all)
		for range rapid.IntRange(2, 4).Draw(rt, "walks") {
			o := mainline.Options{Ref: commit.Draw(rt, "ref"), Workers: 2,
				Worthwhile: rapid.IntRange(1, 4).Draw(rt, "worthwhile")}
			switch rapid.IntRange(0, 2).Draw(rt, "mode") {
			case 0:
				o.AsOf = workday.Of(time.Unix(int64(firstClock+rapid.IntRange(0, 50).Draw(rt, "day")*hour*6), 0))
			case 1:
				o.Base, o.Now = commit.Draw(rt, "base"), time.Unix(firstClock+100*hour, 0)
			}
			if rapid.Bool().Draw(rt, "landed at") {
				o.LandedAt = map[string]time.Time{commit.Draw(rt,
					"mended")[:9]: time.Unix(int64(firstClock+rapid.IntRange(0, 300).Draw(rt, "to")*hour), 0)}
			}
			build := rapid.SampledFrom([]string{"one", "one", "one", "two"}).Draw(rt, "build")
			if rapid.IntRange(0, 3).Draw(rt, "suspicious") > 0 {
				o.Suspicious = func(text []byte) bool { return bytes.Contains(text, []byte("!")) }
			}
			want := viewOf(t, r.Dir, o)
			o.Build = build
			if diff := cmp.Diff(want, viewOf(t, r.Dir, o)); diff != "" {
				rt.Fatalf("the cache changes what is found (-without +with):\n%s", diff)
			}
		}
	})
}

const (
	hour       = 60 * 60
	firstClock = 1750000000
)

// drawCases is a fast-import stream of commits to a few cases and papers, on
// several branches with merges, some of them of several parents.
func drawCases(rt *rapid.T) []byte {
	var b bytes.Buffer
	n := rapid.IntRange(2, 30).Draw(rt, "commits")
	for mark := 1; mark <= n; mark++ {
		clock := firstClock + mark*hour*3 + rapid.IntRange(-8, 2).Draw(rt, "skew")*hour
		who := rapid.SampledFrom([]string{"甲 <a@x>", "乙 <b@y>"}).Draw(rt, "who")
		message := rapid.SampledFrom([]string{"登记", "Merge branch 'x'\n\nSee merge request a/b!7",
			"反馈 (!12)"}).Draw(rt, "message")
		fmt.Fprintf(&b, "commit refs/heads/b%d\nmark :%d\nauthor %s %d +0800\ncommitter %s %d +0800\ndata %d\n%s\n",
			mark, mark, who, clock-hour, who, clock, len(message), message)
		if mark > 1 && rapid.IntRange(0, 20).Draw(rt, "root") > 0 {
			parents := map[int]bool{}
			for range rapid.SampledFrom([]int{1, 1, 1, 2, 2, 3}).Draw(rt, "parents") {
				p := max(1, mark-rapid.IntRange(1, 5).Draw(rt, "back"))
				if !parents[p] {
					word := "merge"
					if len(parents) == 0 {
						word = "from"
					}
					parents[p] = true
					fmt.Fprintf(&b, "%s :%d\n", word, p)
				}
			}
		}
		for range rapid.IntRange(0, 3).Draw(rt, "edits") {
			id := fmt.Sprintf("202607-NFZX-%03d", rapid.IntRange(1, 3).Draw(rt, "case"))
			path := rapid.SampledFrom([]string{gittest.CasePath(id), gittest.CasePath(id), "cases/" + id + ".md",
				"cases/" + strings.ToLower(id) + ".md", "suqiu.yaml", "cases/说明.txt"}).Draw(rt, "path")
			if rapid.IntRange(0, 6).Draw(rt, "edit") == 0 {
				fmt.Fprintf(&b, "D %s\n", path)
				continue
			}
			text := "读不出来"
			if rapid.IntRange(0, 8).Draw(rt, "broken") > 0 {
				var err error
				text, err = gittest.NewCase(path, "编号="+id,
					"状态="+rapid.SampledFrom([]string{"已登记", "分析中", "已推送"}).Draw(rt, "state"),
					"标题="+rapid.SampledFrom([]string{"一", "二"}).Draw(rt, "title"))
				if err != nil {
					rt.Fatal(err)
				}
			}
			mode := "100644"
			if rapid.IntRange(0, 12).Draw(rt, "link") == 0 {
				mode = "120000"
			}
			fmt.Fprintf(&b, "M %s inline %s\ndata %d\n%s\n", mode, path, len(text), text)
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

// cached is a repository with a cache, and the file.
func cached(t testing.TB) (r *gittest.Repository, file string) {
	t.Helper()
	r = gittest.Repo(t, twoSteps+"branch b\nat +1h\nset 202607-NFZX-001 标题=二\ncommit 二\ncheckout main\n"+
		"merge --mr 3 b\n")
	viewOf(t, r.Dir, mainline.Options{Build: "one", Worthwhile: 1})
	return r, filepath.Join(r.Dir, ".git", "suqiu", "walk")
}

// TestCacheIsRead makes sure that a walk takes over what the cache knows: the
// objects themselves may be gone.
func TestCacheIsRead(t *testing.T) {
	r, _ := cached(t)
	first := r.Rev("main~1")
	if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", first[:2], first[2:])); err != nil {
		t.Fatal(err)
	}
	h := walk(t, r.Dir, mainline.Options{Build: "one"})
	if len(h.Landings) != 3 || h.Landings[1].Commit != first || h.Landings[2].Request != 3 {
		t.Errorf("landings: %+v", h.Landings)
	}
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, build := range []string{"", "two"} {
		if _, err := Walk(context.Background(), repo, mainline.Options{Build: build}); err == nil {
			t.Errorf("build %q has used the cache of another", build)
		}
	}
}

// TestKnownCases: a case that is known by its fingerprint is not told of again,
// one on which something has landed is, and only that.
func TestKnownCases(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	told := func(o mainline.Options, known map[string]bool) map[string]string {
		t.Helper()
		var mu sync.Mutex
		list := map[string]string{}
		err := walk(t, r.Dir, o).Cases(context.Background(), nil,
			func(fingerprint string) bool { return known[fingerprint] }, func(c *timeline.CaseHistory) error {
				mu.Lock()
				defer mu.Unlock()
				list[c.ID] = c.Fingerprint
				return nil
			})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	known := map[string]bool{}
	for _, fingerprint := range told(mainline.Options{}, nil) {
		known[fingerprint] = true
	}
	if len(known) == 0 || known[""] || len(told(mainline.Options{}, known)) > 0 {
		t.Errorf("known %v, told again %v", known, told(mainline.Options{}, known))
	}
	r.Run("at +1h\nset 202607-NFZX-001 标题=又一\ncommit 又一\n")
	if again := told(mainline.Options{}, known); len(again) != 1 || again["202607-NFZX-001"] == "" {
		t.Errorf("after a landing: %v", again)
	}
	r.Run("branch b\nat +1h\nset 202607-NFZX-001 标题=再\ncommit 再\n")
	base := mainline.Options{Ref: "b", Base: "main", Now: time.Unix(firstClock+1000*hour, 0)}
	if again := told(base, known); len(again) != 1 || again["202607-NFZX-001"] != "" {
		t.Errorf("of a branch: %v", again)
	}
}

// TestCacheOfLinkedWorktree: all work trees of a repository share one cache.
func TestCacheOfLinkedWorktree(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	linked := filepath.Join(t.TempDir(), "linked")
	r.Git("worktree", "add", "-q", "--detach", linked)
	viewOf(t, linked, mainline.Options{Build: "one", Worthwhile: 1})
	if _, err := os.Stat(filepath.Join(r.Dir, ".git", "suqiu", "walk")); err != nil {
		t.Error(err)
	}
}

// TestCacheDamaged: a file that does not count is written anew. That every flipped
// bit makes it such a one is shown in package store.
func TestCacheDamaged(t *testing.T) {
	r, file := cached(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := viewOf(t, r.Dir, mainline.Options{})
	for _, at := range []int{0, 70, len(whole) / 2, len(whole) - 1} {
		damaged := slices.Clone(whole)
		damaged[at] ^= 4
		if err := os.WriteFile(file, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, viewOf(t, r.Dir, mainline.Options{Build: "one", Worthwhile: 1})); diff != "" {
			t.Errorf("at %d (-without +with):\n%s", at, diff)
		}
		if again, _ := os.ReadFile(file); !bytes.Equal(again, whole) {
			t.Errorf("at %d: not written anew", at)
		}
	}
}

// TestCacheCannotBeWritten: no cache is no error, and leaves nothing behind.
func TestCacheCannotBeWritten(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	inTheWay := filepath.Join(r.Dir, ".git", "suqiu")
	if err := os.WriteFile(inTheWay, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want := viewOf(t, r.Dir, mainline.Options{})
	if diff := cmp.Diff(want, viewOf(t, r.Dir, mainline.Options{Build: "one", Worthwhile: 1})); diff != "" {
		t.Error(diff)
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(inTheWay, "walk", "x"), 0o777); err != nil { // a folder in its place
		t.Fatal(err)
	}
	viewOf(t, r.Dir, mainline.Options{Build: "one", Worthwhile: 1})
	if left, _ := filepath.Glob(filepath.Join(inTheWay, "*.tmp")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestCacheWrittenByMany lets walks of several commits write and read at once.
func TestCacheWrittenByMany(t *testing.T) {
	r, _ := cached(t)
	refs := []string{"main", "main~1", "main~2", "b"}
	want := map[string]view{}
	for _, ref := range refs {
		want[ref] = viewOf(t, r.Dir, mainline.Options{Ref: ref})
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(1, uint64(g)))
			for range 10 {
				ref := refs[rnd.IntN(len(refs))]
				build := []string{"one", "two"}[rnd.IntN(2)]
				if diff := cmp.Diff(want[ref],
					viewOf(t, r.Dir, mainline.Options{Ref: ref, Build: build, Worthwhile: 1})); diff != "" {
					t.Errorf("%s: %s", ref, diff)
				}
			}
		})
	}
	wg.Wait()
}
