package history

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/problem"
	"suqiu/internal/store"
	"suqiu/internal/workday"
)

// view is everything that a history says.
type view struct {
	Head, Base  string
	HeadTime    time.Time
	Landings    []Landing
	Messages    []Message
	Lives       map[string]*CaseHistory
	FileChanges []FileChange
	Versions    map[string][]FileVersion
	Stray       []problem.Problem
	Files       []File
	Away        []problem.Problem
}

func viewOf(t testing.TB, dir string, o Options) view {
	t.Helper()
	h := walk(t, dir, o)
	h.Keep("names")
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
	rd := h.repo.Reader()
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
			o := Options{Ref: commit.Draw(rt, "ref"), Workers: 2,
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
	viewOf(t, r.Dir, Options{Build: "one", Worthwhile: 1})
	return r, filepath.Join(r.Dir, ".git", cacheDir, cacheFile)
}

// TestCacheIsRead makes sure that a walk takes over what the cache knows: the
// objects themselves may be gone.
func TestCacheIsRead(t *testing.T) {
	r, _ := cached(t)
	first := r.Rev("main~1")
	if err := os.Remove(filepath.Join(r.Dir, ".git", "objects", first[:2], first[2:])); err != nil {
		t.Fatal(err)
	}
	h := walk(t, r.Dir, Options{Build: "one"})
	if len(h.Landings) != 3 || h.Landings[1].Commit != first || h.Landings[2].Request != 3 {
		t.Errorf("landings: %+v", h.Landings)
	}
	repo, err := git.Open(r.Dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, build := range []string{"", "two"} {
		if _, err := Walk(context.Background(), repo, Options{Build: build}); err == nil {
			t.Errorf("build %q has used the cache of another", build)
		}
	}
}

// TestLivesAreRead makes sure that a case on which nothing landed is not parsed
// again, unless units have other names; and that a damaged record is.
func TestLivesAreRead(t *testing.T) {
	r, file := cached(t)
	want := viewOf(t, r.Dir, Options{})
	file = filepath.Join(filepath.Dir(file), livesFile)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed := func(names string) bool {
		h := walk(t, r.Dir, Options{Build: "one", Worthwhile: 9})
		h.Keep(names)
		asked := false
		err := h.Cases(context.Background(), func(name string) string { asked = true; return name }, nil,
			func(*CaseHistory) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return asked
	}
	if parsed("names") || !parsed("other names") {
		t.Error("a known life is told anew, or one for other names is taken over")
	}
	for i := 0; i < len(whole); i += 11 {
		damaged := slices.Clone(whole)
		damaged[i] ^= 1 << (i % 8)
		for _, data := range [][]byte{damaged, whole[:i]} {
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
			h := walk(t, r.Dir, Options{Build: "one", Worthwhile: 9})
			h.Keep("names")
			if diff := cmp.Diff(want.Lives, lives(t, h)); diff != "" {
				t.Fatalf("damage at %d shows:\n%s", i, diff)
			}
		}
	}
}

// TestOtherLivesAreRead makes sure that what Again tells under names of old is
// told once, is the same when it is read, leaves the lives of Cases alone, and
// goes when nobody asks for it any more.
func TestOtherLivesAreRead(t *testing.T) {
	r, file := cached(t)
	file = filepath.Join(filepath.Dir(file), livesFile)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	again := func(names string, forget ...string) (told map[string]*CaseHistory, asked bool) {
		h := walk(t, r.Dir, Options{Build: "one", Worthwhile: 1})
		h.Keep("names")
		var mu sync.Mutex
		told = map[string]*CaseHistory{}
		err := h.CasesUnderNames(context.Background(), names, func(name string) string {
			mu.Lock()
			defer mu.Unlock()
			asked = true
			return "原" + name
		}, func(c *CaseHistory) error {
			mu.Lock()
			defer mu.Unlock()
			told[c.ID] = c
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if forget != nil {
			h.Forget(forget)
		}
		return told, asked
	}
	first, asked := again("old names")
	if !asked || len(first) == 0 || !strings.HasPrefix(first["202607-NFZX-001"].Last.Collector, "原") {
		t.Fatalf("told %v, asked %v", first, asked)
	}
	second, asked := again("old names")
	if diff := cmp.Diff(first, second); diff != "" || asked {
		t.Errorf("read again, asked for names: %v\n%s", asked, diff)
	}
	if _, asked := again("older names"); !asked {
		t.Error("what is of other names was taken over")
	}
	if now, _ := os.ReadFile(file); !bytes.Equal(now, before) {
		t.Error("the lives of Cases have changed")
	}
	if _, asked := again("older names", "older names"); asked {
		t.Error("what is asked for was told anew")
	}
	if _, asked := again("old names"); !asked {
		t.Error("what nobody asked for was kept")
	}
}

// TestLifeFlat fills every field that a life can have: none is lost.
func TestLifeFlat(t *testing.T) {
	var n int
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		n++
		switch v.Kind() {
		case reflect.String:
			v.SetString(fmt.Sprint("文", n))
		case reflect.Bool:
			v.SetBool(true)
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			v.SetInt(int64(n % 100))
		case reflect.Uint8:
			v.SetUint(uint64(n % 100))
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(v.Index(0))
			fill(v.Index(1))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem())
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[time.Time]() {
				v.Set(reflect.ValueOf(clock(int64(1e9 + n))))
				return
			}
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		default:
			t.Fatalf("no flat form of %s", v.Type())
		}
	}
	var life CaseHistory
	fill(reflect.ValueOf(&life).Elem())
	life.Last = life.Head
	life.Landings[1].Before = life.Landings[0].After
	name, key := filepath.Join(t.TempDir(), "lives"), store.Key{1}
	w := store.Create(name, "of a test", &store.Store{})
	w.Add(key, &life)
	w.Close(nil)
	got := new(CaseHistory)
	if !store.Open(name, "of a test").Get(key, got) {
		t.Fatal("a life cannot be kept")
	}
	if diff := cmp.Diff(&life, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Last != got.Head || got.Landings[1].Before != got.Landings[0].After {
		t.Error("what was one content has become two")
	}
}

// TestCacheOfLinkedWorktree: all work trees of a repository share one cache.
func TestCacheOfLinkedWorktree(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	linked := filepath.Join(t.TempDir(), "linked")
	r.Git("worktree", "add", "-q", "--detach", linked)
	viewOf(t, linked, Options{Build: "one", Worthwhile: 1})
	if _, err := os.Stat(filepath.Join(r.Dir, ".git", cacheDir, cacheFile)); err != nil {
		t.Error(err)
	}
}

// TestCacheDamaged cuts and changes the file at every place: it is ignored and
// written anew.
func TestCacheDamaged(t *testing.T) {
	r, file := cached(t)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := viewOf(t, r.Dir, Options{})
	damaged := map[string][]byte{"empty": {}, "foreign": []byte("#!/bin/sh\n"),
		"longer": append(slices.Clone(whole), 0)}
	for i := 0; i < len(whole); i += 7 {
		damaged[fmt.Sprint("cut at ", i)] = whole[:i]
		flipped := slices.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		damaged[fmt.Sprint("flipped at ", i)] = flipped
	}
	for name, data := range damaged {
		if _, ok := decodePast(data, "one"); ok {
			t.Errorf("%s: taken for a cache", name)
		}
	}
	for _, name := range []string{"empty", "foreign", "longer", "cut at 70", "flipped at 140"} {
		if err := os.WriteFile(file, damaged[name], 0o644); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, viewOf(t, r.Dir, Options{Build: "one", Worthwhile: 1})); diff != "" {
			t.Errorf("%s (-without +with):\n%s", name, diff)
		}
		if again, _ := os.ReadFile(file); !bytes.Equal(again, whole) {
			t.Errorf("%s: not written anew", name)
		}
	}
}

// TestCacheCannotBeWritten: no cache is no error, and leaves nothing behind.
func TestCacheCannotBeWritten(t *testing.T) {
	r := gittest.Repo(t, twoSteps)
	inTheWay := filepath.Join(r.Dir, ".git", cacheDir)
	if err := os.WriteFile(inTheWay, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	want := viewOf(t, r.Dir, Options{})
	if diff := cmp.Diff(want, viewOf(t, r.Dir, Options{Build: "one", Worthwhile: 1})); diff != "" {
		t.Error(diff)
	}
	if err := os.Remove(inTheWay); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(inTheWay, cacheFile, "x"), 0o777); err != nil { // a folder in its place
		t.Fatal(err)
	}
	viewOf(t, r.Dir, Options{Build: "one", Worthwhile: 1})
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
		want[ref] = viewOf(t, r.Dir, Options{Ref: ref})
	}
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(1, uint64(g)))
			for range 10 {
				ref := refs[rnd.IntN(len(refs))]
				build := []string{"one", "two"}[rnd.IntN(2)]
				if diff := cmp.Diff(want[ref],
					viewOf(t, r.Dir, Options{Ref: ref, Build: build, Worthwhile: 1})); diff != "" {
					t.Errorf("%s: %s", ref, diff)
				}
			}
		})
	}
	wg.Wait()
}

// FuzzDecodePast holds that no bytes bring the decoder down, though their sum
// be right, and that what it takes hangs together.
func FuzzDecodePast(f *testing.F) {
	_, file := cached(f)
	whole, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	head := len(pastMagic) + sumLength
	f.Add(whole[head:])
	f.Add(make([]byte, 8*pastTables))
	f.Fuzz(func(t *testing.T, payload []byte) {
		w := append([]byte(pastMagic), 0, 0, 0, 0)
		w = append(w, payload...)
		binary.BigEndian.PutUint32(w[len(pastMagic):], store.Checksum(payload))
		p, ok := decodePast(w, "one")
		if !ok {
			return
		}
		m := mainline{past: p, shared: p.landings()}
		m.landings(nil)
		for i := range m.len() {
			brought := m.brought(i)
			if last := brought[len(brought)-1]; last.Hash != m.hash(i) || last.Tree != m.tree(i) ||
				last.Committed != m.committed(i) || last.landing != i {
				t.Fatalf("landing %d: %+v", i, last)
			}
			p.changes(i, nil)
			for _, c := range brought {
				m.landed(c.Hash)
				m.index(c.Hash)
			}
		}
	})
}
