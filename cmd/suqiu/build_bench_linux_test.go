package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"suqiu/internal/demo"
	"suqiu/internal/gittest"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// BenchmarkBuild builds the site of a repository of SUQIU_BENCH_CASES made-up
// cases and, in turn with it, the Hugo site of the same cases, each by a
// process of its own into an empty folder: SUQIU_BENCH_PAIRS pairs (3). The
// history is warm, as it is in CI after the first run; Hugo has no history to
// read. Then it lands one step of one case and builds again.
//
// SUQIU_BENCH_REPO is a repository to take instead of making one; it is cloned
// and stays as it is. SUQIU_BENCH_HUGO is the hugo to run, which make bench
// builds.
func BenchmarkBuild(b *testing.B) {
	hugo := os.Getenv("SUQIU_BENCH_HUGO")
	if hugo == "" {
		b.Skip("make bench runs this")
	}
	pairs := 3
	if n, err := strconv.Atoi(os.Getenv("SUQIU_BENCH_PAIRS")); err == nil && n > 0 {
		pairs = n
	}
	dir := b.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	suqiu := at("suqiu")
	if out, err := exec.Command("go", "build", "-o", suqiu, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	repo := benchRepository(b, at("cases.git"))
	site := prepare(b, repo, at("hugo"))

	build := func(out string) usage {
		return runChild(b, suqiu, "build", "-C", repo, "--as-of", site.day.String(), "--out", out)
	}
	compare := func(out string) usage {
		return runChild(b, hugo, "--source", at("hugo"), "--destination", out, "--noBuildLock", "--quiet",
			"--cacheDir", at("hugo-cache"))
	}
	release(b)
	for b.Loop() {
		cold := build(at("cold"))
		remove(b, at("cold"))
		var ours, theirs []usage
		for range pairs {
			remove(b, at("ours"), at("theirs"), at("hugo/resources"))
			ours = append(ours, build(at("ours")))
			theirs = append(theirs, compare(at("theirs")))
		}
		site.pages.check(b, at("theirs"))
		release(b)
		same := build(at("ours"))
		land(b, repo, site.day, site.step)
		again := build(at("ours"))

		fmt.Printf("\nsite: %d cases, %d landings; %s, %d cores; %d pairs, suqiu with a warm history\n",
			len(site.pages.ids), site.landings, runtime.GOARCH, runtime.NumCPU(), pairs)
		for i := range pairs {
			fmt.Printf("  pair %d            suqiu %v\n                    hugo  %v\n", i+1, ours[i], theirs[i])
		}
		wall := ratio(ours, theirs, func(u usage) float64 { return u.wall.Seconds() })
		cpu := ratio(ours, theirs, func(u usage) float64 { return u.cpu.Seconds() })
		peak := func(u usage) float64 { return u.peak }
		fmt.Printf("  median suqiu/hugo wall %.2f, CPU %.2f; highest peak %.0f and %.0f MiB\n", wall, cpu,
			highest(ours, peak), highest(theirs, peak))
		fmt.Printf("  suqiu wrote       %s\n  hugo wrote        %s\n", size(b, at("ours")), size(b, at("theirs")))
		fmt.Printf("  cold history      suqiu %v\n  nothing new       suqiu %v\n  one landing more  suqiu %v\n", cold,
			same, again)
		b.ReportMetric(wall, "wall×hugo")
		b.ReportMetric(cpu, "cpu×hugo")
		b.ReportMetric(highest(ours, peak), "peak-MiB")
		b.ReportMetric(highest(theirs, peak), "hugo-peak-MiB")
		b.ReportMetric(again.wall.Seconds(), "rebuild-s")
		b.ReportMetric(again.peak, "rebuild-peak-MiB")
		b.ReportMetric(float64(again.written), "rebuild-files")
	}
}

// prepared is what the benchmark must know of a repository while it measures:
// the register itself is dropped, for its memory would count as that of the
// processes measured.
type prepared struct {
	day      workday.Date // as of which both sites are built
	landings int
	pages    hugoPages
	step     benchStep
}

// prepare reads the repository and writes the Hugo site of it into dir.
func prepare(b *testing.B, repo, dir string) prepared {
	b.Helper()
	d := benchRegister(b, repo)
	return prepared{d.AsOf, len(d.Landings), writeHugo(b, d, dir), nextStep(b, d)}
}

// usage is what the system says that a process used.
type usage struct {
	wall, cpu time.Duration
	peak      float64 // MiB
	written   int     // files that suqiu says it wrote; -1: it is hugo
}

func (u usage) String() string {
	s := fmt.Sprintf("%6.2f s, %6.2f s CPU, %5.0f MiB", u.wall.Seconds(), u.cpu.Seconds(), u.peak)
	if u.written >= 0 {
		s += fmt.Sprintf(", %d files written", u.written)
	}
	return s
}

var writtenPattern = regexp.MustCompile(`更新 (\d+) 个`)

// runChild runs a program to its end. What earlier programs wrote is on the disk
// before it starts, so that nobody pays for another.
func runChild(b *testing.B, program string, args ...string) usage {
	b.Helper()
	syscall.Sync()
	cmd := exec.Command(program, args...)
	cmd.Env = gittest.Environ()
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		b.Fatalf("%s: %v\n%s", cmd, err, out)
	}
	state := cmd.ProcessState
	u := usage{wall: wall, cpu: state.UserTime() + state.SystemTime(), written: -1}
	u.peak = float64(state.SysUsage().(*syscall.Rusage).Maxrss) / 1024
	if m := writtenPattern.FindSubmatch(out); m != nil {
		u.written, _ = strconv.Atoi(string(m[1]))
	}
	return u
}

// release gives memory back: Linux lets a new process begin with the peak of
// the one that started it. It makes sure that this peak is not a figure.
func release(b *testing.B) {
	b.Helper()
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Fatal(err)
	}
	if u := runChild(b, "git", "--version"); u.peak > 120 {
		b.Fatalf("a process of this benchmark begins with a peak of %.0f MiB", u.peak)
	}
}

// benchRepository makes the repository, or clones the given one, into dir.
func benchRepository(b *testing.B, dir string) string {
	b.Helper()
	from := os.Getenv("SUQIU_BENCH_REPO")
	if from == "" {
		cases, err := strconv.Atoi(os.Getenv("SUQIU_BENCH_CASES"))
		if err != nil {
			b.Fatal("SUQIU_BENCH_CASES: ", err)
		}
		from = filepath.Join(b.TempDir(), "made")
		if err := demo.Synthetic(from, demo.Options{Cases: cases, Seed: 1, Today: day}); err != nil {
			b.Fatal(err)
		}
	}
	runGit(b, "", nil, "", "clone", "-q", "--bare", from, dir)
	return dir
}

// benchRegister reads the repository as of the day after its last landing.
func benchRegister(b *testing.B, repo string) *register.Register {
	b.Helper()
	seconds, err := strconv.ParseInt(runGit(b, repo, nil, "", "log", "-1", "--format=%ct", "main"), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	asOf := workday.Of(time.Unix(seconds, 0)).AddDays(1)
	inv := within(repo, asOf.Start().Add(12*time.Hour))
	d, err := inv.Load(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// benchStep is a case file that takes a legal step, and who takes it.
type benchStep struct {
	path, text, email string
}

// nextStep takes an open case further: its unit accepts it or answers it, or
// the office closes it.
func nextStep(b *testing.B, d *register.Register) benchStep {
	b.Helper()
	answer := []string{"结果=已解决", "措施=已核实整改", "答复日期=" + d.AsOf.String(), "审核=", "退回原因="}
	asked := []string{"方式=调查问卷", "单位=纳税服务科", "结果=满意"}
	for _, way := range []struct {
		from, to workflow.State
		list     string
		record   []string
		unit     func(*register.Case) string
	}{
		{workflow.Pushed, workflow.Handling, "", nil, func(c *register.Case) string { return c.Life.Lead }},
		{workflow.Handling, workflow.FedBack, "反馈", answer, func(c *register.Case) string { return c.Life.Lead }},
		{workflow.Evaluating, workflow.Closed, "评估", asked, func(*register.Case) string { return "纳税服务科" }},
	} {
		for _, c := range d.Cases {
			if c.Life.State != way.from || d.Restricted(c) {
				continue
			}
			text, err := gittest.Set(string(d.Source(c.Path)), "状态="+string(way.to))
			if err == nil && way.list != "" {
				text, err = gittest.Record(text, way.list, way.record...)
			}
			if err != nil {
				b.Fatal(err)
			}
			if way.to == workflow.FedBack {
				text = gittest.SetSection(text, "办理情况", "已核实并完成整改。")
				text = gittest.SetSection(text, "反馈答复", "已电话答复诉求人。")
			}
			for _, u := range d.Config.Units {
				if u.Name == way.unit(c) {
					return benchStep{c.Path, text, strings.Replace(u.Emails[0], "*", "jingban", 1)}
				}
			}
		}
	}
	b.Fatal("no open case to take a step with")
	return benchStep{}
}

// land merges a branch with the step into the main branch of a bare repository.
func land(b *testing.B, repo string, on workday.Date, step benchStep) {
	b.Helper()
	as := func(email string, hour int) []string {
		at := on.Start().Add(time.Duration(hour) * time.Hour).Format(time.RFC3339)
		return []string{
			"GIT_INDEX_FILE=" + filepath.Join(repo, "bench-index"),
			"GIT_AUTHOR_NAME=经办", "GIT_AUTHOR_EMAIL=" + email, "GIT_AUTHOR_DATE=" + at,
			"GIT_COMMITTER_NAME=经办", "GIT_COMMITTER_EMAIL=" + email, "GIT_COMMITTER_DATE=" + at,
		}
	}
	unit, office := as(step.email, 9), as("lianxiban@nsfwk.example", 10)
	runGit(b, repo, unit, "", "read-tree", "main")
	blob := runGit(b, repo, unit, step.text, "hash-object", "-w", "--stdin")
	runGit(b, repo, unit, "", "update-index", "--cacheinfo", "100644,"+blob+","+step.path)
	tree := runGit(b, repo, unit, "", "write-tree")
	branch := runGit(b, repo, unit, "", "commit-tree", tree, "-p", "main", "-m", "办理")
	merge := runGit(b, repo, office, "", "commit-tree", tree, "-p", "main", "-p", branch, "-m", "合并")
	runGit(b, repo, office, "", "update-ref", "refs/heads/main", merge)
}

func runGit(b *testing.B, repo string, env []string, stdin string, args ...string) string {
	b.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env, cmd.Stdin = repo, append(gittest.Environ(), env...), strings.NewReader(stdin)
	out, err := cmd.Output()
	if err != nil {
		b.Fatalf("%s: %v", cmd, err)
	}
	return strings.TrimSpace(string(out))
}

// ratio is the median over the pairs of ours to theirs.
func ratio(ours, theirs []usage, of func(usage) float64) float64 {
	r := make([]float64, len(ours))
	for i := range r {
		r[i] = of(ours[i]) / of(theirs[i])
	}
	slices.Sort(r)
	return (r[(len(r)-1)/2] + r[len(r)/2]) / 2
}

func highest(all []usage, of func(usage) float64) float64 {
	most := 0.0
	for _, u := range all {
		most = max(most, of(u))
	}
	return most
}

func remove(b *testing.B, dirs ...string) {
	b.Helper()
	for _, dir := range dirs {
		if err := os.RemoveAll(dir); err != nil {
			b.Fatal(err)
		}
	}
}

// size counts the files of a site, their bytes, and the rows of cases in lists.
func size(b *testing.B, dir string) string {
	b.Helper()
	var files, rows int
	var bytes int64
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files++
		bytes += int64(len(data))
		rows += strings.Count(string(data), `class="t-case"`)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("%d files, %.0f MiB, %d rows of cases in lists", files, float64(bytes)/(1<<20), rows)
}
