package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"suqiu/internal/cli"
	"suqiu/internal/demo"
	"suqiu/internal/filing"
	"suqiu/internal/heap"
	"suqiu/internal/rules"
	"suqiu/internal/workday"
)

func TestMain(m *testing.M) {
	heap.Economise(heap.Room) // as main does
	testscript.Main(m, map[string]func(){"suqiu": main})
}

// long reports whether the tests have time: under make long.
func long() bool { return os.Getenv("SUQIU_LONG") != "" }

// day is the day on which the tests' sample repository is made and read.
var day = workday.New(2026, time.September, 30)

// sample makes the sample repository as of day.
func sample(t *testing.T) string {
	t.Helper()
	return sampleOn(t, day)
}

// sampleOn makes the sample repository as of a day.
func sampleOn(t *testing.T, today workday.Date) string {
	t.Helper()
	files, err := samples.on(today)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "sample")
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	gitIn(t, dir, "update-index", "-q", "--refresh") // which knows the files by when they were written
	return dir
}

// samples are the repositories of the days that tests asked for: each is made once,
// and every test has a copy.
var samples sampleFiles

type sampleFiles struct {
	mu   sync.Mutex
	made map[workday.Date]fstest.MapFS
}

func (s *sampleFiles) on(today workday.Date) (fstest.MapFS, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if files := s.made[today]; files != nil {
		return files, nil
	}
	top, err := os.MkdirTemp("", "sample")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(top)
	dir := filepath.Join(top, "sample")
	if err := demo.Sample(dir, today, filing.Publisher(context.Background(), cli.Tool)); err != nil {
		return nil, err
	}
	files := fstest.MapFS{}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		f := &fstest.MapFile{Mode: e.Type() | 0o777} // a folder may be empty
		if !e.IsDir() {
			f.Mode = 0o644
			f.Data, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		}
		files[name] = f
		return err
	})
	if s.made == nil {
		s.made = map[workday.Date]fstest.MapFS{}
	}
	s.made[today] = files
	return files, err
}

// TestScript runs the command as people do. $SAMPLE is the sample repository
// as of 2026-09-30; scripts that change it work on a clone.
func TestScript(t *testing.T) {
	dir := sample(t)
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLE", dir)
			for _, who := range []string{"AUTHOR", "COMMITTER"} {
				env.Setenv("GIT_"+who+"_NAME", "测试")
				env.Setenv("GIT_"+who+"_EMAIL", "lianxiban@nsfwk.example")
				env.Setenv("GIT_"+who+"_DATE", "2026-09-30T09:00:00+08:00")
			}
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			return nil
		},
	})
}

// invoke runs the program in this process.
func invoke(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(ctx, args, cli.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Now: func() time.Time { return day.Start().Add(9 * time.Hour) },
	})
	return code, out.String(), errs.String()
}

// within is a run of the program in a folder at some time.
func within(dir string, now time.Time) *invocation {
	return &invocation{cli.Invocation{Env: cli.Env{Now: func() time.Time { return now }}, Dir: dir}}
}

// TestSampleFindsWhatWasIntended holds check to the list of the sample's own
// scenarios: nothing more, nothing less. What a year without a holiday notice
// brings is the calendar's, not a scenario's.
func TestSampleFindsWhatWasIntended(t *testing.T) {
	t.Parallel()
	dir := sample(t)
	inv := within(dir, day.Start())
	d, err := inv.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	titles, err := demo.Titles()
	if err != nil {
		t.Fatal(err)
	}
	life := map[string]string{}
	for number, title := range titles {
		life[title] = number
	}
	var got, want []demo.Finding
	for _, f := range rules.Run(d) {
		if f.Rule == "calendar-missing" {
			continue
		}
		title := ""
		if c := d.Case(f.Case); c != nil {
			title = c.Title
		}
		if f.Suppressed && f.Rule != "transition-actor" {
			t.Errorf("%s of %s is suppressed: %s", f.Rule, f.Case, f.Message)
		}
		got = append(got, demo.Finding{Rule: f.Rule, Life: life[title], Unit: f.Unit})
	}
	want = append(want, demo.Intended()...)
	order := func(a, b demo.Finding) int { return strings.Compare(a.Rule+a.Life, b.Rule+b.Life) }
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("check on the sample (-want +got):\n%s", diff)
	}
}

// TestInterrupted makes sure that Ctrl-C ends with one sentence and code 2.
func TestInterrupted(t *testing.T) {
	dir := sample(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, stdout, stderr := invoke(ctx, "check", "-C", dir)
	if code != exitFailed || stdout != "" || stderr != "错误：已中断\n" {
		t.Errorf("code %d, stdout %q, stderr %q", code, stdout, stderr)
	}
}

// TestDiskFull makes sure that a result that could not be written is no success.
func TestDiskFull(t *testing.T) {
	var errs bytes.Buffer
	code := run(t.Context(), []string{"rules"}, cli.Env{Stdout: full{}, Stderr: &errs, Now: time.Now})
	if code != exitFailed || !strings.Contains(errs.String(), "写不出结果") {
		t.Errorf("code %d, stderr %q", code, errs.String())
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }
