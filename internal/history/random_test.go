package history

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

// TestComparisonAgreesWithGit draws histories of trees of every shape (files
// that become folders and back, links, modules, modes, names that sort oddly)
// and of commits of every shape (several parents, several roots) and holds the
// paths that Walk compares, and the commits that it counts to each landing, to
// what git log says.
func TestComparisonAgreesWithGit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := gittest.Empty(t)
		fastImport(t, r.Dir, drawHistory(rt))
		if rapid.Bool().Draw(rt, "repack") {
			r.Git("repack", "-adq", "--depth=50", "--window=50")
		}
		h := walk(t, r.Dir, mainline.Options{Ref: "main", Workers: 2})

		raw := r.Git("log", "--first-parent", "-m", "--raw", "-z", "-t", "--no-abbrev", "--no-renames", "--reverse",
			"--root", "--format=%x01%H", "main")
		if diff := cmp.Diff(parseRaw(raw), compareAll(t, h)); diff != "" {
			rt.Errorf("changes (-git +walk):\n%s", diff)
		}
		graph := map[string][]string{}
		for _, line := range strings.Split(r.Git("rev-list", "--parents", "main"), "\n") {
			f := strings.Fields(line)
			graph[f[0]] = f[1:]
		}
		for i := range h.Landings {
			members := h.Members(i)
			if len(members) == 0 {
				continue
			}
			var got []string
			for _, c := range members {
				for _, p := range c.Parents {
					if slices.ContainsFunc(members, func(m *mainline.Commit) bool { return m.Hash == p }) &&
						!slices.Contains(got, p.String()) {
						rt.Errorf("landing %d: %s before its parent %s", i, c.Hash, p)
					}
				}
				got = append(got, c.Hash.String())
			}
			want := reachable(graph, h.Landings[i].Commit)
			for c := range reachable(graph, graph[h.Landings[i].Commit][0]) {
				delete(want, c)
			}
			slices.Sort(got)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(want)), got); diff != "" {
				rt.Errorf("commits of landing %d (-git +walk):\n%s", i, diff)
			}
		}
	})
}

func reachable(graph map[string][]string, from string) map[string]bool {
	seen := map[string]bool{}
	for stack := []string{from}; len(stack) > 0; {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !seen[at] {
			seen[at] = true
			stack = append(stack, graph[at]...)
		}
	}
	return seen
}

// drawHistory is a fast-import stream that ends on main.
func drawHistory(rt *rapid.T) []byte {
	var b bytes.Buffer
	segments := []string{"cases", "2026", "07", "a", "a.b", "a-b", "甲", "x.md", "X.md"}
	segment := rapid.SampledFrom(segments)
	commits := rapid.IntRange(1, 40).Draw(rt, "commits")
	for mark := 1; mark <= commits; mark++ {
		clock := 1750000000 + mark*60 + rapid.IntRange(-300, 300).Draw(rt, "skew")
		// Everything is committed to main, on whatever parents.
		fmt.Fprintf(&b, "commit refs/heads/main\nmark :%d\ncommitter a <a@x> %d +0800\ndata 1\nx\n", mark, clock)
		parents := map[int]bool{}
		if mark > 1 && rapid.IntRange(0, 15).Draw(rt, "root") > 0 {
			for n := rapid.SampledFrom([]int{1, 1, 1, 2, 2, 3}).Draw(rt, "parents"); n > 0; n-- {
				p := max(1, mark-rapid.IntRange(1, 6).Draw(rt, "back"))
				if parents[p] {
					continue
				}
				word := "merge"
				if len(parents) == 0 {
					word = "from"
				}
				parents[p] = true
				fmt.Fprintf(&b, "%s :%d\n", word, p)
			}
		} else if mark > 1 {
			// A root of its own: fast-import begins one after a reset.
			text := b.String()
			at := strings.LastIndex(text, "commit refs/heads/main")
			b.Reset()
			b.WriteString(text[:at] + "reset refs/heads/main\n" + text[at:])
		}
		for n := rapid.IntRange(0, 5).Draw(rt, "edits"); n > 0; n-- {
			path := strings.Join(rapid.SliceOfN(segment, 1, 4).Draw(rt, "path"), "/")
			switch k := rapid.IntRange(0, 9).Draw(rt, "edit"); {
			case k < 6:
				text := fmt.Sprint(rapid.IntRange(0, 5).Draw(rt, "text"))
				mode := rapid.SampledFrom([]string{"100644", "100644", "100755", "120000"}).Draw(rt, "mode")
				fmt.Fprintf(&b, "M %s inline %s\ndata %d\n%s\n", mode, path, len(text), text)
			case k == 6:
				fmt.Fprintf(&b, "M 160000 %s %s\n", strings.Repeat("12", 20), path)
			default:
				fmt.Fprintf(&b, "D %s\n", path)
			}
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

// parseRaw reads git log --raw -z: a line for each path that is no folder.
func parseRaw(raw string) []string {
	var list []string
	for _, record := range strings.Split(raw, "\x01")[1:] {
		hash, rest, _ := strings.Cut(record, "\x00")
		fields := strings.Split(strings.Trim(rest, "\x00\n"), "\x00")
		for i := 0; i+1 < len(fields); i += 2 {
			meta := strings.Fields(strings.TrimPrefix(fields[i], ":"))
			from, to := meta[0]+" "+meta[2], meta[1]+" "+meta[3]
			const folder = "040000"
			if meta[0] == folder && meta[1] == folder {
				continue
			}
			const none = "000000 0000000000000000000000000000000000000000"
			if meta[0] == folder {
				from = none
			}
			if meta[1] == folder {
				to = none
			}
			if from != to {
				list = append(list, strings.TrimSpace(hash)+" "+fields[i+1]+" "+from+" "+to)
			}
		}
	}
	slices.Sort(list)
	return list
}

// compareAll lists what Walk compares, in the same form.
func compareAll(t testing.TB, h *History) []string {
	t.Helper()
	rd := h.Repo.Reader()
	defer rd.Close()
	var list []string
	paths := map[string]string{}
	for i := range h.Len() {
		c := h.Commit(i)
		changes, err := rd.Changes(h.TreeBefore(i), c.Tree, paths)
		if err != nil {
			t.Fatal(err)
		}
		for _, ch := range changes {
			list = append(list,
				fmt.Sprintf("%s %s %06o %s %06o %s", c.Hash, ch.Path, uint32(ch.Old.Mode), ch.Old.Hash,
					uint32(ch.New.Mode), ch.New.Hash))
		}
	}
	slices.Sort(list)
	return list
}
