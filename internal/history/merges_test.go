package history

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// TestMergesAgreeWithGit draws histories of many merges, whose results take each
// key from one parent or another, from none, or from long ago: what git merge
// makes with -s ours, -X ours, -X theirs, of several branches at once, and what
// people make of a conflict. Who said what is held to DESIGN 6 (Step) read
// slowly: with git merge-base for each two parents and git show for each value.
func TestMergesAgreeWithGit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		fastImport(t, r.Dir, drawMerges(rt))
		g := &slowGit{t: t, r: r, values: map[string]map[string]string{}, bases: map[string][]string{}}
		g.read()

		h := walk(t, r.Dir, mainline.Options{Ref: "main", Workers: 2})
		g.check(rt, h, lives(t, h))

		base := strings.Fields(r.Git("rev-list", "--first-parent", "main"))
		at := rapid.SampledFrom(base).Draw(rt, "base")
		h = walk(t, r.Dir, mainline.Options{Ref: "side", Base: at, Push: true,
			Now: time.Date(2027, 1, 1, 0, 0, 0, 0, workday.Shanghai)})
		g.check(rt, h, lives(t, h))
	})
}

// mergeKeys are the keys that the drawn commits change.
var mergeKeys = []string{"标题", "属地", "调整原因"}

// mergePaper is a file that holds what the case has for the first of them.
const mergePaper = "meetings/HY2026-01.md"

// drawMerges is a fast-import stream of one case; it ends on main and side.
func drawMerges(rt *rapid.T) []byte {
	var b bytes.Buffer
	value := rapid.SampledFrom([]string{"甲甲甲甲", "乙乙乙乙", "丙丙丙丙", "丁丁丁丁"})
	said := []map[string]string{nil} // by mark
	commits := rapid.IntRange(4, 30).Draw(rt, "commits")
	// Of many cases the trees are compared, few are looked up: both must agree.
	cases := rapid.SampledFrom([]int{1, fewCases + 1}).Draw(rt, "cases")
	for mark := 1; mark <= commits; mark++ {
		branch := "main"
		if mark == commits {
			branch = "side"
		}
		fmt.Fprintf(&b, "commit refs/heads/%s\nmark :%d\nauthor a%d <a%d@x> %d +0800\ncommitter a <a@x> %d +0800\n"+
			"data 1\nx\n",
			branch, mark, mark, mark, 1750000000+mark*60, 1750000000+mark*60)
		now := map[string]string{}
		var parents []int
		if mark > 1 {
			for n := rapid.SampledFrom([]int{1, 1, 2, 2, 2, 3, 4}).Draw(rt, "parents"); n > 0; n-- {
				if p := max(1, mark-rapid.IntRange(1, 7).Draw(rt, "back")); !slices.Contains(parents, p) {
					parents = append(parents, p)
				}
			}
		}
		for i, p := range parents {
			fmt.Fprintf(&b, "%s :%d\n", []string{"from", "merge"}[min(i, 1)], p)
		}
		whole := 0 // a merge that takes one side is common
		if len(parents) > 0 {
			whole = rapid.IntRange(0, 2*len(parents)).Draw(rt, "whole")
		}
		for _, key := range mergeKeys {
			switch {
			case len(parents) == 0:
				now[key] = value.Draw(rt, key)
			case whole < len(parents):
				now[key] = said[parents[whole]][key]
			default:
				switch from := rapid.IntRange(0, len(parents)+3).Draw(rt, "from"); {
				case from < len(parents):
					now[key] = said[parents[from]][key]
				case from == len(parents):
					now[key] = said[rapid.IntRange(1, mark-1).Draw(rt, "long ago")][key]
				case from == len(parents)+1:
					now[key] = value.Draw(rt, key)
				default:
					now[key] = said[parents[0]][key]
				}
			}
		}
		said = append(said, now)
		var settings []string
		for _, key := range mergeKeys {
			settings = append(settings, key+"="+now[key])
		}
		text, err := gittest.NewCase("cases/2026/07/202607-NFZX-001.md", settings...)
		if err != nil {
			rt.Fatal(err)
		}
		for n := range cases {
			fmt.Fprintf(&b, "M 100644 inline cases/2026/07/202607-NFZX-%03d.md\ndata %d\n%s\n", n+1, len(text), text)
		}
		paper := now[mergeKeys[0]] // of a file as a whole
		fmt.Fprintf(&b, "M 100644 inline %s\ndata %d\n%s\n", mergePaper, len(paper), paper)
	}
	return b.Bytes()
}

// slowGit asks git for everything, one question at a time.
type slowGit struct {
	t       *testing.T
	r       *gittest.Repository
	values  map[string]map[string]string // commit → key → value
	parents map[string][]string
	order   []string // commits, oldest first
	bases   map[string][]string
}

func (g *slowGit) read() {
	g.parents = map[string][]string{}
	for _, line := range strings.Split(g.r.Git("log", "--all", "--reverse", "--date-order", "--format=%H %P"), "\n") {
		f := strings.Fields(line)
		g.order, g.parents[f[0]] = append(g.order, f[0]), f[1:]
		values := map[string]string{}
		for l := range strings.SplitSeq(g.r.Git("show", f[0]+":cases/2026/07/202607-NFZX-001.md"), "\n") {
			if key, v, ok := strings.Cut(l, ": "); ok && slices.Contains(mergeKeys, key) {
				values[key] = v
			}
		}
		g.values[f[0]] = values
	}
}

func (g *slowGit) mergeBases(p, q string) []string {
	pair := p + " " + q
	if _, known := g.bases[pair]; !known {
		g.bases[pair] = strings.Fields(g.r.Git("merge-base", "--all", p, q))
	}
	return g.bases[pair]
}

// says reports whether a commit says that a key has the value that it has there.
func (g *slowGit) says(c, key string) bool {
	value, parents := g.values[c][key], g.parents[c]
	if len(parents) == 1 {
		return g.values[parents[0]][key] != value
	}
	for _, p := range parents {
		if g.values[p][key] == value {
			continue
		}
		// Undone or new, unless another parent brought it since the merge base.
		brought := slices.ContainsFunc(parents, func(q string) bool {
			return q != p && g.values[q][key] == value &&
				slices.ContainsFunc(g.mergeBases(p, q), func(b string) bool { return g.values[b][key] != value })
		})
		if !brought {
			return true
		}
	}
	return false
}

// goesOnFrom is where a branch goes on from: the last landing since it parted that
// left the case as one of its commits did, who said so, else where it parted.
func (g *slowGit) goesOnFrom(parted, base, head string) string {
	members := strings.Fields(g.r.Git("rev-list", head, "^"+base))
	chain := strings.Fields(g.r.Git("rev-list", "--first-parent", base, "^"+parted))
	if maps.Equal(g.values[base], g.values[parted]) || maps.Equal(g.values[head], g.values[parted]) {
		return parted
	}
	for _, landing := range chain {
		if maps.Equal(g.values[g.parents[landing][0]], g.values[landing]) {
			continue // it left the case alone
		}
		for _, m := range members {
			says := slices.ContainsFunc(mergeKeys, func(key string) bool { return g.says(m, key) })
			if says && maps.Equal(g.values[m], g.values[landing]) {
				return landing
			}
		}
	}
	return parted
}

// check holds every landing but the first to what git says of it.
func (g *slowGit) check(rt *rapid.T, h *History, all map[string]*timeline.CaseHistory) {
	got := map[string]string{} // landing, key → commit
	for _, l := range all["202607-NFZX-001"].Landings {
		for _, s := range l.Steps {
			for _, ch := range s.Changes {
				got[fmt.Sprint(l.Landing, " ", ch.Key, " ", ch.New)] = s.Commit
			}
		}
	}
	want := map[string]string{}
	for i := 1; i < len(h.Landings); i++ {
		landing := h.Landings[i].Commit
		before := h.Landings[i-1].Commit
		from := before
		if h.Landings[i].Pending {
			bases := g.mergeBases(before, landing)
			if len(bases) != 1 {
				return // where a branch that crosses the main one began is for other tests
			}
			from = bases[0]
			if maps.Equal(g.values[landing], g.values[before]) {
				continue // the base has it all
			}
			from = g.goesOnFrom(from, before, landing)
		}
		members := strings.Fields(g.r.Git("rev-list", landing, "^"+before))
		for _, key := range mergeKeys {
			value := g.values[landing][key]
			if value == g.values[from][key] {
				continue
			}
			by := landing
			for _, c := range g.order {
				if slices.Contains(members, c) && g.values[c][key] == value && g.says(c, key) {
					by = c
				}
			}
			want[fmt.Sprint(i, " ", key, " ", value)] = by
			if key == mergeKeys[0] {
				f, err := h.AuthorOf(i, mergePaper)
				if author := g.r.Git("log", "-1", "--format=%ae", by); err != nil || f.Author.Email != author {
					rt.Errorf("the paper of landing %d is by %s, want %s (%v)", i, f.Author.Email, author, err)
				}
			}
		}
	}
	for what := range got {
		if strings.HasPrefix(what, "0 ") {
			delete(got, what)
		}
	}
	if !maps.Equal(want, got) {
		rt.Errorf("git says\n%v\nthe walk says\n%v\n%s", want, got,
			g.r.Git("log", "--all", "--graph", "--format=%h %an %s"))
	}
}
