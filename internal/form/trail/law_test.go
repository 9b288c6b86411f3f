package trail_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"suqiu/internal/demo"
	"suqiu/internal/form/trail"
	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/replay"
	"suqiu/internal/step"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

var today = workday.New(2026, time.September, 30)

// What the site tells of a case is judged as its whole history is: each unit is
// offered the same steps, each step gives the same file and the same faults, and
// an edited file is found the same faults with (the law of form and check).
func TestTrailJudgesAsHistory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sample")
	if err := demo.Sample(dir, today, nil); err != nil {
		t.Fatal(err)
	}
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	steps, judged, sizes := 0, 0, []int{}
	for _, back := range []int{0, 90} {
		o := register.Options{AsOf: today.AddDays(-back)}
		o.Now = o.AsOf.Start().Add(17 * time.Hour)
		d, err := register.Load(context.Background(), repo, o)
		if err != nil {
			t.Fatal(err)
		}
		lazy, err := register.Open(context.Background(), repo, o)
		if err != nil {
			t.Fatal(err)
		}
		w := trail.NewWriter(d.Env())
		b, err := trail.ReadBureau(w.Bureau(40, nil))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range d.Cases {
			f, err := lazy.Follow(context.Background(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			if f == nil {
				continue
			}
			text := string(d.Source(c.Path))
			data := w.Case(trail.Case{ID: c.ID, Path: c.Path}, []byte(text), f.History)
			sizes = append(sizes, len(data))
			if leaks := leaked(data, f.History, text); leaks != "" {
				t.Errorf("%s tells of %q", c.ID, leaks)
			}
			told, err := trail.ReadCase(data)
			if err != nil || told.History == nil {
				t.Fatalf("%s: %v, %s", c.ID, err, data)
			}
			now := record.Parse(c.Path, []byte(text), b.Config.Canon)
			h, env := b.Scene(told, now)
			h.Flagged = []timeline.Flagged{{Text: []byte(text)}}
			env.AsOf = o.AsOf
			life := replay.Case(h, env)
			for i := range d.Config.Units {
				u := &d.Config.Units[i]
				whole := &step.Scene{Env: d.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History, Now: o.Now,
					Email: strings.Replace(u.Emails[0], "*", "a", 1)}
				own := &step.Scene{Env: env, Case: now, Life: &life, History: h, Now: o.Now, Email: u.Code}
				steps += sameSteps(t, whole, own, text)
				if i == 0 {
					judged += sameJudgement(t, whole, own, text)
				}
			}
		}
	}
	slices.Sort(sizes)
	t.Logf("%d steps, %d edits, %d cases of %d to %d bytes, half of them up to %d", steps, judged, len(sizes),
		sizes[0], sizes[len(sizes)-1], sizes[len(sizes)/2])
}

// aside is what differs between one who has an address and his unit.
var aside = cmp.Options{cmpopts.IgnoreUnexported(step.Step{}, step.Field{}),
	cmpopts.IgnoreFields(problem.Problem{}, "Author", "Commit", "Landing", "Fingerprint"), cmpopts.EquateEmpty()}

func sameSteps(t *testing.T, whole, own *step.Scene, text string) int {
	t.Helper()
	want, got := whole.Steps(), own.Steps()
	if diff := cmp.Diff(want, got, aside); diff != "" {
		t.Errorf("%s %s as %s: steps (-whole +told)\n%s", whole.Case.ID, whole.Life.State, own.Email, diff)
		return 0
	}
	for i := range want {
		if (i+len(own.Email)+len(text))%4 > 0 {
			continue
		}
		values := map[string]string{}
		for _, f := range want[i].Fields {
			switch f.Kind {
			case step.Choice, step.Unit, step.Units:
				values[f.Name] = f.Choices[(i+len(text))%len(f.Choices)]
			case step.Date:
				values[f.Name] = workday.Of(whole.Now).AddDays(20).String()
			case step.Number:
				values[f.Name] = "3"
			case step.Case:
				values[f.Name] = "202607-NFZX-001"
			case step.Meeting:
				values[f.Name] = "CQ2026-07"
			default:
				values[f.Name] = "已联系承建方"
			}
			if !f.Required && len(f.Name)%2 == i%2 {
				delete(values, f.Name)
			}
		}
		after, faults := want[i].Apply(text, values)
		after2, faults2 := got[i].Apply(text, values)
		if diff := cmp.Diff(faults, faults2, aside); diff != "" || after != after2 {
			t.Errorf("%s %s as %s, %s: (-whole +told)\n%s", whole.Case.ID, whole.Life.State, own.Email,
				want[i].Name, diff)
		}
	}
	return len(want)
}

// sameJudgement tries every line without it, and every state.
func sameJudgement(t *testing.T, whole, own *step.Scene, text string) (n int) {
	t.Helper()
	var edits []string
	lines := strings.SplitAfter(text, "\n")
	for i := range lines {
		edits = append(edits, strings.Join(slices.Concat(lines[:i], lines[i+1:]), ""))
	}
	for _, s := range record.States() {
		edits = append(edits, strings.Replace(text, "\n状态: "+whole.Case.State, "\n状态: "+s, 1))
	}
	for i, edit := range edits {
		if (i+len(text))%9 > 0 {
			continue
		}
		n++
		if diff := cmp.Diff(whole.Judge(edit), own.Judge(edit), aside); diff != "" {
			t.Errorf("%s, edit %d: (-whole +told)\n%s", whole.Case.ID, i, diff)
		}
	}
	return n
}

// leaked is a text of an earlier version, or an address, that is told of.
func leaked(data []byte, h *timeline.CaseHistory, text string) string {
	if i := strings.IndexByte(string(data), '@'); i >= 0 {
		return string(data[max(0, i-20):min(len(data), i+20)])
	}
	for _, l := range h.Landings {
		for _, s := range l.Steps {
			for _, ch := range s.Changes {
				if len(ch.New) > 30 && !strings.Contains(text, ch.New) && strings.Contains(string(data), ch.New) {
					return fmt.Sprint(ch.New)
				}
			}
		}
	}
	return ""
}
