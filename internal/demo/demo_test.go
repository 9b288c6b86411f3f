package demo

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// days are todays of every kind: plain, the day after a holiday, within one,
// the turn of the year, a weekend, a year without a notice.
var days = []string{"2026-07-01", "2026-09-30", "2026-10-03", "2026-10-08", "2026-11-24", "2026-12-31", "2027-01-02",
	"2027-01-05", "2027-02-10", "2027-10-04"}

func parseDay(t *testing.T, s string) workday.Date {
	t.Helper()
	d, err := workday.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func replayed(t *testing.T, day string) (*sample, []landing) {
	t.Helper()
	s, err := loadSample(parseDay(t, day))
	if err != nil {
		t.Fatal(err)
	}
	landings, err := s.replay(nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, landings
}

func TestEveryVersionParsesAndIsCanonical(t *testing.T) {
	for _, day := range days {
		s, landings := replayed(t, day)
		cases, meetings := map[string]bool{}, map[string]bool{}
		for _, l := range landings {
			for _, e := range l.entries {
				for _, f := range e.files {
					if strings.Contains(string(f.data), "{") && !strings.HasSuffix(f.path, ".json") &&
						!strings.HasSuffix(f.path, "suqiu.yaml") && !strings.HasPrefix(f.path, "README") {
						t.Errorf("%s: %s: a brace was not replaced:\n%s", day, f.path, f.data)
					}
					if strings.HasPrefix(f.path, "meetings/") {
						meetings[f.path] = true
					}
					if !strings.HasPrefix(f.path, "cases/") {
						for _, p := range paperProblems(f.path, f.data, s.config.Canon) {
							t.Errorf("%s: %s: %s:%d: %s: %s", day, e.message, f.path, p.Line, p.Rule, p.Message)
						}
						continue
					}
					cases[f.path] = true
					c := record.Parse(f.path, f.data, s.config.Canon)
					for _, p := range c.Problems {
						t.Errorf("%s: %s: %s:%d: %s: %s", day, e.message, f.path, p.Line, p.Rule, p.Message)
					}
					if again := record.Print(c); !bytes.Equal(again, f.data) {
						t.Errorf("%s: %s is not canonical", day, f.path)
					}
				}
			}
		}
		if len(cases) < 70 || len(meetings) < 8 {
			t.Errorf("%s: only %d cases and %d meetings", day, len(cases), len(meetings))
		}
	}
}

// paperProblems are those of a file that is no case.
func paperProblems(path string, src []byte, canon func(string) string) []problem.Problem {
	switch folder, _, _ := strings.Cut(path, "/"); folder {
	case "monthly":
		return papers.ParseMonthly(path, src, canon).Problems
	case "meetings":
		return papers.ParseMeeting(path, src, canon).Problems
	case "risks":
		return papers.ParseRisks(path, src, canon).Problems
	case "submissions":
		return papers.ParseSubmission(path, src, canon).Problems
	case "counties":
		return papers.ParseCounty(path, src, canon).Problems
	}
	return nil
}

func TestDatesAreInOrderAndInOfficeHours(t *testing.T) {
	for _, day := range days {
		s, landings := replayed(t, day)
		last := map[string]time.Time{} // by path: the landing before
		for i, l := range landings {
			if i > 0 && l.at.Before(landings[i-1].at) {
				t.Fatalf("%s: landings out of order", day)
			}
			if workday.Of(l.at) >= s.today {
				t.Errorf("%s: %s lands on or after the day", day, l.entries[0].message)
			}
			for _, e := range l.entries {
				for _, at := range []time.Time{e.authored, l.at} {
					local := at.In(workday.Shanghai)
					if !s.cal.Working(workday.Of(at)) || local.Hour() < 8 || local.Hour() >= 19 {
						t.Errorf("%s: %q happens out of office hours: %s", day, e.message, local)
					}
				}
				if e.authored.After(l.at) || e.authored.Before(last[e.files[0].path]) {
					t.Errorf("%s: %q is written at %s, lands at %s, after %s", day, e.message, e.authored, l.at,
						last[e.files[0].path])
				}
			}
			last[l.entries[0].files[0].path] = l.at
		}
	}
}

func TestEveryStateIsThere(t *testing.T) {
	for _, day := range days {
		_, landings := replayed(t, day)
		state := map[string]string{}
		for _, l := range landings {
			for _, e := range l.entries {
				for _, f := range e.files {
					if m := regexp.MustCompile(`(?m)^状态: (.*)$`).FindSubmatch(f.data); m != nil {
						state[f.path] = string(m[1])
					}
				}
			}
		}
		found := map[string]int{}
		for _, s := range state {
			found[s]++
		}
		for _, want := range record.States() {
			if found[want] == 0 {
				t.Errorf("%s: no case is %s", day, want)
			}
		}
	}
}

func TestNothingOfAPersonIsInTheSample(t *testing.T) {
	_, landings := replayed(t, "2026-11-24")
	number := regexp.MustCompile(`1[3-9]\d{9}|\d{15,}`)
	for _, l := range landings {
		for _, e := range l.entries {
			for _, f := range e.files {
				if n := number.Find(f.data); n != nil {
					t.Errorf("%s has %s", f.path, n)
				}
			}
		}
	}
}

func TestSameDaySameHead(t *testing.T) {
	day := parseDay(t, "2026-11-24")
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	if err := Sample(a, day, nil); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
	t.Setenv("TZ", "America/New_York")
	if err := Sample(b, day, nil); err != nil {
		t.Fatal(err)
	}
	if x, y := output(t, a, "rev-parse", "HEAD"), output(t, b, "rev-parse", "HEAD"); x != y {
		t.Errorf("HEAD is %s, then %s", x, y)
	}
	output(t, a, "fsck", "--full", "--strict")
	if s := output(t, a, "status", "--porcelain"); s != "" {
		t.Errorf("the work tree differs from HEAD:\n%s", s)
	}
	if refs := strings.TrimSpace(output(t, a, "for-each-ref", "--format=%(refname)")); refs != "refs/heads/main" {
		t.Errorf("refs: %s", refs)
	}
	if n := strings.Count(output(t, a, "log", "--merges", "--format=%s"), "Merge branch"); n < 50 {
		t.Errorf("only %d merge commits", n)
	}
}

func TestAFolderWithFilesIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "我的.txt")
	if err := os.WriteFile(mine, []byte("留着"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := Sample(dir, parseDay(t, "2026-11-24"), nil)
	if err == nil || !strings.Contains(err.Error(), "里已有文件") {
		t.Errorf("error: %v", err)
	}
	if data, _ := os.ReadFile(mine); string(data) != "留着" {
		t.Error("the person's file is gone")
	}
}

func TestSyntheticIsDeterministicAndValid(t *testing.T) {
	o := Options{Cases: 150, Seed: 7, Today: parseDay(t, "2026-11-24")}
	heads := map[string]bool{}
	for range 2 {
		dir := filepath.Join(t.TempDir(), "s")
		if err := Synthetic(dir, o); err != nil {
			t.Fatal(err)
		}
		heads[output(t, dir, "rev-parse", "HEAD")] = true
		output(t, dir, "fsck", "--full", "--strict")
		files := strings.Fields(output(t, dir, "ls-files", "cases"))
		if len(files) < 145 {
			t.Errorf("only %d cases", len(files))
		}
		for _, name := range files {
			src, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if c := record.Parse(name, src, nil); len(c.Problems) > 0 {
				t.Errorf("%s: %s", name, c.Problems[0].Message)
			}
		}
	}
	o.Seed++
	dir := filepath.Join(t.TempDir(), "other")
	if err := Synthetic(dir, o); err != nil {
		t.Fatal(err)
	}
	heads[output(t, dir, "rev-parse", "HEAD")] = true
	if len(heads) != 2 {
		t.Errorf("two seeds gave %d heads", len(heads))
	}
}

func TestIntendedFindingsNameLives(t *testing.T) {
	titles, err := Titles()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Intended() {
		if f.Life != "" && titles[f.Life] == "" {
			t.Errorf("no appeal %s", f.Life)
		}
	}
}

func output(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}
