package history

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/gittest"
	"suqiu/internal/mainline"
	"suqiu/internal/timeline"
)

// BenchmarkWalk reads a generated repository of SUQIU_BENCH_CASES cases (2,000;
// the target is stated for 20,000) with six changes each, a third of which land
// by merges of short branches, some of them made on an old mainline. It times
// Walk, then Cases, against the git command on the same repository in the same
// run: ×git is the ratio. SUQIU_BENCH_DIR keeps the repository for another run.
func BenchmarkWalk(b *testing.B) {
	cases := 2000
	if n, err := strconv.Atoi(os.Getenv("SUQIU_BENCH_CASES")); err == nil {
		cases = n
	}
	dir := filepath.Join(os.Getenv("SUQIU_BENCH_DIR"), fmt.Sprint("history-", cases))
	if os.Getenv("SUQIU_BENCH_DIR") == "" {
		dir = filepath.Join(b.TempDir(), "repo")
	}
	if _, err := os.Stat(dir); err != nil {
		generate(b, dir, cases)
	}
	b.ResetTimer()
	for b.Loop() {
		gitTime := timed(func() {
			cmd := exec.Command("git", "-C", dir, "log", "--first-parent", "-m", "--raw", "-z", "main")
			cmd.Env, cmd.Stdout = gittest.Environ(), io.Discard
			if err := cmd.Run(); err != nil {
				b.Fatal(err)
			}
		})
		resetPeak()
		var h *History
		walked := timed(func() {
			repo, err := git.Open(dir)
			if err != nil {
				b.Fatal(err)
			}
			if h, err = Walk(context.Background(), repo, mainline.Options{Ref: "main"}); err != nil {
				b.Fatal(err)
			}
		})
		walkPeak := peak()
		resetPeak()
		told := timed(func() {
			err := h.Cases(context.Background(), nil, nil, func(ch *timeline.CaseHistory) error { return nil })
			if err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric(gitTime.Seconds(), "git-s")
		b.ReportMetric(walked.Seconds(), "walk-s")
		b.ReportMetric(walked.Seconds()/gitTime.Seconds(), "walk×git")
		b.ReportMetric(told.Seconds(), "each-s")
		b.ReportMetric(walkPeak, "walk-peak-MiB")
		b.ReportMetric(peak(), "each-peak-MiB")
	}
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// resetPeak and peak measure the most memory that the process held, in MiB, as
// Linux counts it; 0 elsewhere.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

func peak() float64 {
	data, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			kib, _ := strconv.ParseFloat(f[1], 64)
			return kib / 1024
		}
	}
	return 0
}

// generate writes the repository through git fast-import and repacks it.
func generate(b *testing.B, dir string, cases int) {
	b.Helper()
	run := func(stdin io.Reader, args ...string) {
		cmd := exec.Command("git", args...)
		cmd.Env, cmd.Stdin = gittest.Environ(), stdin
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	run(nil, "init", "-q", "-b", "main", dir)
	r, w := io.Pipe()
	go func() {
		out := bufio.NewWriterSize(w, 1<<20)
		writeCases(out, cases)
		w.CloseWithError(out.Flush())
	}()
	run(r, "-C", dir, "fast-import", "--quiet")
	run(nil, "-C", dir, "repack", "-adfq", "--depth=50", "--window=10")
	run(nil, "-C", dir, "pack-refs", "--all")
}

// writeCases lets six steps happen to each case, those of some hundred cases at
// a time interleaved, over months of a thousand cases.
func writeCases(w io.Writer, cases int) {
	rnd := rand.New(rand.NewPCG(1, 2))
	edits := []string{"状态=分析中", "状态=已推送 承办单位=信息中心", "状态=办理中", "协办反馈.征收管理科.结果=已梳理",
		"状态=已反馈"}
	type open struct {
		path, text string
		next       int
	}
	var live []*open
	begun, mark, clock, tip := 0, 0, 1700000000, 0
	commit := func(ref string, from, merge int, path, text string) int {
		mark++
		clock += 60
		fmt.Fprintf(w, "commit %s\nmark :%d\nauthor u <u%d@x.example> %d +0800\ncommitter u <u@x.example> %d +0800\n"+
			"data 4\nstep\n", ref, mark, rnd.IntN(20), clock-600, clock)
		if from > 0 {
			fmt.Fprintf(w, "from :%d\n", from)
		}
		if merge > 0 {
			fmt.Fprintf(w, "merge :%d\n", merge)
		}
		fmt.Fprintf(w, "M 100644 inline %s\ndata %d\n%s\n", path, len(text), text)
		return mark
	}
	var old []int // lately the mainline
	for begun < cases || len(live) > 0 {
		var c *open
		if begun < cases && (len(live) < 300 || rnd.IntN(6) == 0) {
			id := fmt.Sprintf("%04d%02d-NFZX-%03d", 2020+begun/12000, 1+begun/1000%12, begun%1000+1)
			text, err := gittest.NewCase(id + ".md")
			if err != nil {
				panic(err)
			}
			c = &open{path: gittest.CasePath(id), text: text}
			live = append(live, c)
			begun++
		} else {
			i := rnd.IntN(len(live))
			c = live[i]
			text, err := gittest.Set(c.text, strings.Fields(edits[c.next])...)
			if err != nil {
				panic(err)
			}
			c.text = gittest.SetSection(text, "办理情况", fmt.Sprintf("第 %d 次办理：%x", c.next, rnd.Uint64()))
			if c.next++; c.next == len(edits) {
				live[i] = live[len(live)-1]
				live = live[:len(live)-1]
			}
		}
		if tip > 0 && rnd.IntN(3) == 0 {
			side := commit("refs/heads/side", old[rnd.IntN(len(old))], 0, c.path, c.text)
			tip = commit("refs/heads/main", tip, side, c.path, c.text)
		} else {
			tip = commit("refs/heads/main", tip, 0, c.path, c.text)
		}
		if old = append(old, tip); len(old) > 20 {
			old = old[1:]
		}
	}
}
