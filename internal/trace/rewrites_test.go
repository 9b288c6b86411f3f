package trace_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/seal"
	"suqiu/internal/trace"
	"suqiu/internal/workday"
)

// landing is a commit of the mainline; a merge brings a branch of one commit.
type landing struct {
	author, committer     string
	authored, committed   int64
	message, path, text   string
	merge                 bool
	branchAuthor, swapped string // of a merge; swapped: its parents change places
}

func honest(n int) []landing {
	list := make([]landing, n)
	start := time.Date(2026, 1, 5, 9, 0, 0, 0, time.FixedZone("", 8*3600)).Unix()
	for i := range list {
		at := start + int64(i)*600
		list[i] = landing{fmt.Sprintf("u%d@nsfwk.example", i%7), "gitlab@platform.example", at, at + 60,
			fmt.Sprintf("办理 %d", i), fmt.Sprintf("notes/%d.txt", i%50), fmt.Sprintf("第 %d 次\n", i), i%5 == 4,
			"lin@nfzx.example", ""}
	}
	list[0].path, list[0].text = "suqiu.yaml", "名称: 测试局\n主分支: main\n单位: []\n"
	return list
}

// write makes main anew of the landings, in a repository.
func write(t *testing.T, dir string, list []landing) {
	t.Helper()
	var b strings.Builder
	commit := func(mark int, l landing, author string, parents ...int) {
		fmt.Fprintf(&b, "commit refs/heads/main\nmark :%d\nauthor 林 <%s> %d +0800\ncommitter 平台 <%s> %d +0800\n"+
			"data %d\n%s\n", mark, author, l.authored, l.committer, l.committed, len(l.message), l.message)
		for i, p := range parents {
			fmt.Fprintf(&b, "%s :%d\n", [...]string{"from", "merge"}[i], p)
		}
		fmt.Fprintf(&b, "M 644 inline %s\ndata %d\n%s\n", l.path, len(l.text), l.text)
	}
	b.WriteString("reset refs/heads/main\n\n")
	last := 0
	for i, l := range list {
		parents := []int{last}
		if last == 0 {
			parents = nil
		}
		if l.merge && last > 0 {
			commit(2*i+1, l, l.branchAuthor, last)
			if parents = append(parents, 2*i+1); l.swapped != "" {
				slices.Reverse(parents)
			}
		}
		commit(2*i+2, l, l.author, parents...)
		last = 2*i + 2
	}
	cmd := exec.Command("git", "-C", dir, "fast-import", "--quiet", "--force")
	cmd.Stdin, cmd.Env = strings.NewReader(b.String()), gittest.Environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func mainline(t *testing.T, dir string) (*git.Repo, *register.Register) {
	t.Helper()
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := register.Mainline(t.Context(), repo, register.Options{AsOf: workday.New(2026, 12, 31)})
	if err != nil {
		t.Fatal(err)
	}
	return repo, d
}

func tip(t *testing.T, dir string) string {
	t.Helper()
	out, err := exec.Command("git", "-C", dir, "rev-parse", "main").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// short or long, by whether `make long` runs the test.
func times(short, long int) int {
	if os.Getenv("SUQIU_LONG") != "" {
		return long
	}
	return short
}

// rewrites are what can be done to the history before the seal, by whoever holds
// all keys of the platform; k is at or before the sealed landing.
var rewrites = map[string]func(list []landing, k int) []landing{
	"commit's day": func(l []landing, k int) []landing { l[k].committed--; return l },
	"author's day": func(l []landing, k int) []landing { l[k].authored -= 86400; return l },
	"author":       func(l []landing, k int) []landing { l[k].author = "wang@xxzx.example"; return l },
	"committer":    func(l []landing, k int) []landing { l[k].committer = "root@platform.example"; return l },
	"message":      func(l []landing, k int) []landing { l[k].message += "。"; return l },
	"content":      func(l []landing, k int) []landing { l[k].text += "# \n"; return l },
	"drop":         func(l []landing, k int) []landing { return slices.Delete(l, max(k, 1), max(k, 1)+1) },
	"insert": func(l []landing, k int) []landing {
		more := l[k]
		more.message += "（补）" // the same commit once more would stand in the place of the sealed one
		return slices.Insert(l, k, more)
	},
	"reorder": func(l []landing, k int) []landing {
		k = max(k, 2)
		l[k-1], l[k] = l[k], l[k-1]
		return l
	},
	"branch's author": func(l []landing, k int) []landing {
		l[k-k%5+4].branchAuthor = "wang@xxzx.example"
		return l
	},
	"merge's parents": func(l []landing, k int) []landing { l[k-k%5+4].swapped = "yes"; return l },
}

// TestRewrites: of random rewrites of a history (date, author, drop, reorder) all
// are found back to the last countersigned seal, though the rewritten repository
// brings a seal of its own.
func TestRewrites(t *testing.T) {
	dir, kept := t.TempDir(), t.TempDir()
	if out, err := exec.Command("git", "init", "-q", "--bare", "-b", "main", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const sealed, all = 34, 45
	write(t, dir, honest(sealed+1))
	s := seal.Seal{Head: tip(t, dir), Day: workday.New(2026, 1, 5)}
	file := filepath.Join(kept, "2026-01-05.txt")
	if err := os.WriteFile(file, []byte(s.Text()), 0o600); err != nil {
		t.Fatal(err)
	}
	found := func(list []landing) bool {
		write(t, dir, list)
		read, err := trace.ReadSeal(file, "")
		if err != nil {
			t.Fatal(err)
		}
		_, d := mainline(t, dir)
		v, _, err := read.ID().Judge(d)
		if err != nil {
			t.Fatal(err)
		}
		return v.Found && !v.DayWrong
	}
	brought := func(list []landing) []landing { // the seal lands after what it seals
		list[sealed+3].path, list[sealed+3].text = s.Path(), s.Text()
		return list
	}
	if !found(brought(honest(all))) {
		t.Fatal("the honest history is not found")
	}
	random := rand.New(rand.NewPCG(1, 2))
	for kind, rewrite := range rewrites {
		for range times(4, 1000/len(rewrites)+1) {
			k := random.IntN(sealed + 1)
			if found(rewrite(brought(honest(all)), k)) {
				t.Errorf("%s of landing %d goes unnoticed", kind, k)
			}
		}
	}
	// What lies behind the seal is not proved by it: DESIGN claims no more.
	list := brought(honest(all))
	list[sealed+5].message = "别的"
	if !found(list) {
		t.Error("a false alarm behind the seal")
	}
}

// TestNoFalseAlarmInManyLandings: in an honest history each landing that was sealed is found, on
// its day.
func TestNoFalseAlarmInManyLandings(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", "--bare", "-b", "main", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	n := times(800, 10_000)
	write(t, dir, honest(n))
	_, d := mainline(t, dir)
	if len(d.Landings) != n {
		t.Fatalf("%d landings of %d", len(d.Landings), n)
	}
	for i := range d.Landings {
		l := &d.Landings[i]
		id, err := trace.Parse(register.TraceID(l))
		if err != nil {
			t.Fatal(err)
		}
		v, at, err := id.Judge(d)
		if err != nil || !v.Found || v.DayWrong || at != i || v.Since.Landings != n-1-i {
			t.Errorf("landing %d: %+v, %v", i, v, err)
		}
	}
}
