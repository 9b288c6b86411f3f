package history

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
)

// TestWalkAgreesWithGit compares what Walk sees land with what Git says of
// the same random histories: commits, branches and merges over many folders,
// with additions, edits, moves, deletions and returns out of order.
func TestWalkAgreesWithGit(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := gittest.Empty(t)
			fastImport(t, r.Dir, randomHistory(seed))
			if seed%3 == 0 {
				r.Git("gc", "-q")
			}
			repo, err := git.Open(r.Dir)
			if err != nil {
				t.Fatal(err)
			}
			h, err := Walk(context.Background(), repo, mainline.Options{Ref: "main", Workers: 2})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(gitSays(t, r), walkSays(h)); diff != "" {
				t.Errorf("seed %d (-git +walk):\n%s", seed, diff)
			}
		})
	}
}

// randomHistory is a fast-import stream. Every 编号 has one path at a time.
func randomHistory(seed uint64) []byte {
	rnd := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	mark, clock := 0, 1750000000
	type tip struct {
		mark  int
		files map[string]string // 编号 → path
	}
	clone := func(m map[string]string) map[string]string {
		c := map[string]string{}
		for k, v := range m {
			c[k] = v
		}
		return c
	}
	commit := func(branch string, from tip, merge int, edits int) tip {
		now := tip{files: clone(from.files)}
		var ops strings.Builder
		for range edits {
			id := fmt.Sprintf("2026%02d-U%d-%03d", 1+rnd.IntN(12), rnd.IntN(4), rnd.IntN(30))
			path := now.files[id]
			switch k := rnd.IntN(10); {
			case path == "" || k < 6:
				if path == "" {
					path = fmt.Sprintf("cases/2026/%02d/%s.md", 1+rnd.IntN(12), id)
				}
				text := fmt.Sprintf("---\n编号: %s\n标题: 第 %d 次\n---\n", id, rnd.IntN(1000))
				fmt.Fprintf(&ops, "M 100644 inline %q\ndata %d\n%s\n", path, len(text), text)
				now.files[id] = path
			case k < 8:
				fmt.Fprintf(&ops, "D %q\n", path)
				delete(now.files, id)
			default:
				moved := fmt.Sprintf("cases/旧/%d/%s.md", rnd.IntN(3), id)
				if moved != path {
					fmt.Fprintf(&ops, "R %q %q\n", path, moved)
					now.files[id] = moved
				}
			}
		}
		mark++
		clock += rnd.IntN(5000)
		now.mark = mark
		fmt.Fprintf(&b, "commit refs/heads/%s\nmark :%d\nauthor a <a@x> %d +0800\ncommitter a <a@x> %d -0500\n"+
			"data 1\nx\n", branch, mark, clock-100, clock)
		if from.mark > 0 {
			fmt.Fprintf(&b, "from :%d\n", from.mark)
		}
		if merge > 0 {
			fmt.Fprintf(&b, "merge :%d\n", merge)
		}
		b.WriteString(ops.String())
		b.WriteString("\n")
		return now
	}
	main := commit("main", tip{files: map[string]string{}}, 0, 20)
	for i := range 60 {
		if rnd.IntN(3) > 0 {
			main = commit("main", main, 0, 1+rnd.IntN(3))
			continue
		}
		side := commit(fmt.Sprintf("b%d", i), main, 0, 1+rnd.IntN(2))
		if rnd.IntN(2) == 0 {
			main = commit("main", main, 0, 1)
		}
		// What a merge lands is what its tree says, however it came about.
		main = commit("main", main, side.mark, rnd.IntN(3))
	}
	return b.Bytes()
}

func fastImport(t *testing.T, dir string, stream []byte) {
	t.Helper()
	cmd := exec.Command("git", "-C", dir, "fast-import", "--quiet", "--force")
	cmd.Env = gittest.Environ()
	cmd.Stdin = bytes.NewReader(stream)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("fast-import: %v\n%s", err, out)
	}
}

// gitSays lists each landing of each 编号: the commit, and the blob after it.
func gitSays(t *testing.T, r *gittest.Repository) []string {
	t.Helper()
	raw := r.Git("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--reverse",
		"--format=%x01%H", "main")
	var list []string
	last := map[string]string{}
	for _, record := range strings.Split(raw, "\x01")[1:] {
		hash, rest, _ := strings.Cut(record, "\x00")
		hash = strings.TrimSpace(hash)
		after := map[string]string{}
		fields := strings.Split(strings.Trim(rest, "\x00\n"), "\x00")
		for i := 0; i+1 < len(fields); i += 2 {
			meta := strings.Fields(fields[i])
			id := strings.TrimSuffix(fields[i+1][strings.LastIndexByte(fields[i+1], '/')+1:], ".md")
			if blob := meta[3]; blob != strings.Repeat("0", 40) || after[id] == "" {
				after[id] = blob
			}
		}
		for id, blob := range after {
			if blob != last[id] && (last[id] != "" || blob != strings.Repeat("0", 40)) {
				list = append(list, hash+" "+id+" "+blob)
			}
			last[id] = blob
		}
	}
	slices.Sort(list)
	return list
}

func walkSays(h *History) []string {
	var list []string
	for _, tr := range h.tracks {
		for _, blobChange := range tr.versions {
			list = append(list, h.Landings[blobChange.landing].Commit+" "+tr.id+" "+blobChange.blob.String())
		}
	}
	slices.Sort(list)
	return list
}
