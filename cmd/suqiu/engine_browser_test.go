package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/demo"
	"suqiu/internal/form/engine"
	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/step"
)

// The most that one waits for the first answer of a form, and while one types.
const (
	firstAnswer = time.Second
	oneAnswer   = 30 * time.Millisecond
)

// TestEngineInBrowser: what the engine in the browser says of a step, told by the
// site alone, is what the engine here makes of it by the whole history, and what
// check --base says of the request that brings it. It answers in time and from
// a folder and, in make long, in the oldest browser.
func TestEngineInBrowser(t *testing.T) {
	t.Parallel()
	if engine.Built() == nil {
		lacks(t, "engine of the forms (make engine)")
	}
	tries := 200
	if os.Getenv("SUQIU_LONG") != "" {
		tries = 10_000
	}
	dir, root := sample(t), t.TempDir()
	if code, _, stderr := invoke(t.Context(), "-C", dir, "build", "--edition", "监督", "--out",
		filepath.Join(root, "监督")); code != 0 {
		t.Fatal(stderr)
	}
	base := serveSite(t, root)
	folder, err := demo.FileURL(filepath.Join(root, "监督", "step.html"))
	if err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t, findBrowser(t))
	t.Run("law", func(t *testing.T) { b.judgeAlike(t, dir, base+"监督/step.html", tries) })
	t.Run("folder", func(t *testing.T) { b.answers(t, folder) })
	if tries > 200 { // Chromium 78 compiles for ten seconds, on all processors
		t.Run("old", func(t *testing.T) { openOldBrowser(t).answers(t, base+"监督/step.html") })
	}
}

// asked is a script of which the page waits for what it says.
func asked(script string) string {
	return `(async () => { const f = window.suqiuForms, now = '2026-09-30T17:00:00+08:00'; ` + script + ` })()`
}

// answers opens one case and takes its first step.
func (b *browser) answers(t *testing.T, address string) (first, next float64) {
	t.Helper()
	b.open(t, address, "light", 1280)
	if !b.until(`window.suqiuForms && suqiuForms.engine`) {
		t.Fatal("the page has no engine")
	}
	type times struct{ First, Next float64 }
	got := eval[times](t, b, asked(`
		const began = performance.now();
		const bureau = await f.load('bureau'), one = await f.load('case/202609-NFZX-007');
		const o = await f.engine.call('open', {bureau, case: one, who: {unit: 'DEFJ'}, now});
		const first = performance.now() - began;
		if (o.stale || o.case.state !== '已推送') { throw new Error(JSON.stringify(o)); }
		let all = [];
		for (let i = 0; i < 9; i++) {
			const from = performance.now();
			const a = await f.engine.call('apply', {step: '接收办理', values: {}});
			all.push(performance.now() - from);
			if (a.files.length !== 1 || a.branch !== 'suqiu/DEFJ/202609-NFZX-007-接收办理') { throw new Error(JSON.stringify(a)); }
		}
		return {First: first, Next: all.sort((x, y) => x - y)[4]};`))
	t.Logf("%s: the first answer after %.0f ms, another after %.1f ms", address, got.First, got.Next)
	return got.First, got.Next
}

// tried is a step on a case with some values, and what comes of it here.
type tried struct {
	ID     string            `json:"id"`
	Step   string            `json:"step"`
	Values map[string]string `json:"values"`
	path   string
	text   string
	told   []string
}

// said is what the engine in the browser says of it.
type said struct {
	Faults []struct{ Severity, Rule, Message, Fix string }
	Files  []struct{ Path, Text, Blob string }
}

func (b *browser) judgeAlike(t *testing.T, dir, address string, tries int) {
	if first, next := b.answers(t, address); os.Getenv("SUQIU_LONG") != "" &&
		(first > float64(firstAnswer.Milliseconds()) || next > float64(oneAnswer.Milliseconds())) {
		t.Errorf("the first answer after %.0f ms, another after %.1f ms", first, next)
	}
	inv := within(dir, day.Start().Add(17*time.Hour))
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	lazy, err := register.Open(t.Context(), repo, register.Options{Ref: "main", AsOf: day, Now: inv.Landing()})
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(11, 29))
	var scenes []step.Scene
	for _, id := range fillable(t, inv, repo) {
		f, err := lazy.Follow(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		scenes = append(scenes, step.Scene{Env: lazy.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History,
			Now: inv.Landing()})
	}
	done, refused := 0, 0
	for done < tries {
		unit := &lazy.Config.Units[chance.IntN(len(lazy.Config.Units))]
		if chance.IntN(2) == 0 {
			unit = lazy.Config.Unit(lazy.Config.OfficeUnit())
		}
		email := strings.Replace(unit.Emails[0], "*", "a", 1)
		list := round(chance, lazy, scenes, email)
		if len(list) == 0 {
			continue
		}
		want := map[string]string{}
		for _, r := range list {
			if r.text != "" {
				want[r.path] = r.text
			}
		}
		checked := requestedAll(t, inv, repo, want, email)
		for i, s := range b.judged(t, unit.Code, list) {
			r := &list[i]
			var got []string
			for _, f := range s.Faults {
				got = append(got, sentence(f.Severity, f.Rule, f.Message, f.Fix))
			}
			if slices.Sort(got); !slices.Equal(got, r.told) {
				t.Errorf("%s %s %q by %s: the browser says\n  %s\nhere it is\n  %s", r.ID, r.Step, r.Values, unit.Name,
					strings.Join(got, "\n  "), strings.Join(r.told, "\n  "))
			}
			if len(s.Files) > 0 && s.Files[0].Text != r.text {
				t.Errorf("%s %s %q by %s: the browser makes another text", r.ID, r.Step, r.Values, unit.Name)
			}
			var found []string
			for _, p := range checked[r.path] {
				found = append(found, sentence(string(p.Severity), p.Rule, p.Message, p.Fix))
			}
			if slices.Sort(found); r.text != "" && !slices.Equal(got, found) {
				t.Errorf("%s %s %q by %s: the browser says\n  %s\ncheck says\n  %s", r.ID, r.Step, r.Values, unit.Name,
					strings.Join(got, "\n  "), strings.Join(found, "\n  "))
			}
			if len(got) > 0 {
				refused++
			}
		}
		done += len(list)
	}
	if refused < done/10 || refused > done*9/10 {
		t.Errorf("of %d steps %d are found at fault", done, refused)
	}
	t.Logf("%d steps, %d found at fault", done, refused)
}

// sentence is a finding as one reads it. What to do about a number is another thing
// once it stands in a branch.
func sentence(severity, rule, message, fix string) string {
	if strings.HasPrefix(rule, "pii-") {
		fix = ""
	}
	return strings.ReplaceAll(severity+" "+rule+" "+message+" "+strings.TrimSpace(fix), "＊", "*")
}

// fillable are the cases of whose files the site tells.
func fillable(t *testing.T, inv *invocation, repo *git.Repo) (list []string) {
	t.Helper()
	d, err := inv.Read(t.Context(), repo, register.Options{Ref: "main", AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range d.Cases {
		if c.Life.State.IsOpen() && !d.Restricted(c) && !c.Masked && c.Broken == nil {
			list = append(list, c.ID)
		}
	}
	return list
}

// round takes some step on each case on which somebody can take one.
func round(chance *rand.Rand, lazy *register.Lazy, scenes []step.Scene, email string) (list []tried) {
	for _, scene := range scenes {
		scene.Email = email
		steps := scene.Steps()
		if len(steps) == 0 {
			continue
		}
		st := &steps[chance.IntN(len(steps))]
		r := tried{ID: scene.Case.ID, Step: st.Name, Values: map[string]string{}, path: scene.Case.Path}
		for _, f := range st.Fields {
			if f.Required && chance.IntN(12) > 0 || chance.IntN(4) == 0 {
				r.Values[f.Name] = anyValue(chance, &f)
			}
		}
		var faults []step.Fault
		r.text, faults = st.Try(string(lazy.Source(r.path)), r.Values)
		for _, f := range faults {
			r.told = append(r.told, sentence(string(f.Severity), f.Rule, f.Message, f.Fix))
		}
		slices.Sort(r.told)
		list = append(list, r)
	}
	return list
}

// judged is what the engine in the browser says of steps of a unit.
func (b *browser) judged(t *testing.T, unit string, list []tried) []said {
	t.Helper()
	steps, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return eval[[]said](t, b, asked(fmt.Sprintf(`
		const all = [], bureau = await f.load('bureau');
		for (const s of %s) {
			await f.engine.call('open', {bureau, case: await f.load('case/' + s.id), who: {unit: %q}, now});
			all.push(await f.engine.call('apply', s));
		}
		return all;`, steps, unit)))
}
