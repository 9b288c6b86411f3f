package rules

import (
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/people"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

const (
	first  = "cases/2026/07/202607-NFZX-001.md"
	second = "cases/2026/07/202607-NFZX-002.md"
	paper  = "meetings/CQ2026-07.md"
)

// world is a repository at hand: files, and what history says of them.
type world struct {
	files    map[string]string
	register func(*register.Register) // last changes
}

func good(t *testing.T) *world {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/good.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{files: map[string]string{}}
	for _, f := range archive.Files {
		w.files[f.Name] = string(f.Data)
	}
	return w
}

// edit replaces text in a file, and insists that it was there.
func (w *world) edit(t *testing.T, file, old, new string) {
	t.Helper()
	if !strings.Contains(w.files[file], old) {
		t.Fatalf("%s has no %q", file, old)
	}
	w.files[file] = strings.Replace(w.files[file], old, new, 1)
}

// day is a landing's day in 2026-08, at nine o'clock.
func day(n int) time.Time { return workday.New(2026, 8, n).Start().Add(9 * time.Hour) }

// judged makes the register of the files. Two landings stand behind it, the
// second of which is pending if a request is judged.
func (w *world) judged(t *testing.T) *run {
	t.Helper()
	cfg := config.Parse(config.Path, []byte(w.files[config.Path]))
	var cases []*register.Case
	var meetings []*register.Meeting
	for _, name := range slices.Sorted(maps.Keys(w.files)) {
		src := []byte(w.files[name])
		switch {
		case strings.HasPrefix(name, "cases/"):
			c := &register.Case{Case: record.Parse(name, src, cfg.Canon)}
			if c.Unreadable {
				c.Broken = c.Case
				c.ID = strings.TrimSuffix(path.Base(name), ".md")
			}
			cases = append(cases, c)
		case strings.HasPrefix(name, "meetings/"):
			meetings = append(meetings, &register.Meeting{Meeting: papers.ParseMeeting(name, src, cfg.Canon)})
		}
	}
	d := register.New(cfg, workday.New(2026, 9, 1), cases, meetings)
	office := people.Person{Name: "纳税服务科", Email: "a@nsfwk.example"}
	d.Landings = []timeline.Landing{
		{Commit: strings.Repeat("a", 40), At: day(3), Committed: timeline.MomentOf(day(3)), Author: &office,
			Committer: &office},
		{Commit: strings.Repeat("b", 40), At: day(4), Committed: timeline.MomentOf(day(4)), Author: &office,
			Committer: &office},
	}
	for name, text := range w.files {
		if !privacy.Any([]byte(text)) || name == config.Path {
			continue
		}
		s := timeline.Flagged{Attribution: timeline.Attribution{Commit: d.Landings[0].Commit, Author: office},
			Path: name, Text: []byte(text), Head: true}
		if i := slices.IndexFunc(d.Cases, func(c *register.Case) bool { return content(c).Path == name }); i >= 0 {
			d.Cases[i].Suspects = append(d.Cases[i].Suspects, s)
		} else {
			d.Suspects = append(d.Suspects, s)
		}
	}
	if w.register != nil {
		w.register(d)
	}
	return newRun(d, func(name string) []byte {
		if text, ok := w.files[name]; ok {
			return []byte(text)
		}
		return nil
	})
}

func (w *world) run(t *testing.T) []problem.Problem {
	t.Helper()
	return w.judged(t).findings()
}

// request marks the second landing as the request under check, which touches
// the first case.
func request(d *register.Register) {
	d.Request = true
	d.Landings[1].Pending = true
	d.Cases[0].Touched = true
}

// fault gives the first case a fault that a landing brought; -1: time did.
func fault(slug string, landing int) func(*register.Register) {
	return func(d *register.Register) {
		f := problem.Problem{Rule: slug, Key: "状态", Unit: "信息中心", Landing: landing, Message: "说明", Fix: "改法"}
		if landing >= 0 {
			f.Commit, f.Author, f.Event = d.Landings[landing].Commit, "x@xxzx.example", 1
		}
		d.Cases[0].Life.Faults = append(d.Cases[0].Life.Faults, f)
	}
}

// corrected adds a 更正 that names a rule, landed with the second landing.
func withCorrection(slug string) func(*register.Register) {
	return func(d *register.Register) {
		c := d.Cases[0]
		c.Corrections = append(c.Corrections, record.Correction{Rule: slug, Reason: "录入差错"})
		c.Life.Events = append(c.Life.Events, workflow.Event{Row: workflow.Regulation().Correction.N, Landing: 1})
	}
}

func all(changes ...func(*register.Register)) func(*register.Register) {
	return func(d *register.Register) {
		for _, change := range changes {
			change(d)
		}
	}
}

func problems(slug, message string) []problem.Problem {
	return []problem.Problem{{Rule: slug, Line: 1, Column: 1, Message: message}}
}
