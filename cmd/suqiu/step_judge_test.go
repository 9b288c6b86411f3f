package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/git"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/rules"
	"suqiu/internal/step"
	"suqiu/internal/submit"
)

// TestStepIsJudgedAsARequest: what the engine says of a changed file is what check
// --base says of the request that brings it, whoever wrote whatever.
func TestStepIsJudgedAsARequest(t *testing.T) {
	t.Parallel()
	tries := 30
	if long() {
		tries = 600
	}
	dir := sample(t)
	inv := within(dir, day.Start().Add(17*time.Hour))
	repo, err := git.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	o := register.Options{Ref: "main", AsOf: day, Now: inv.Landing()}
	lazy, err := register.Open(t.Context(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	all, err := register.Load(t.Context(), repo, o)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(2, 29))
	said, refused := 0, 0
	for range tries {
		c := all.Cases[chance.IntN(len(all.Cases))]
		f, err := lazy.Follow(t.Context(), c.ID)
		if err != nil || f == nil {
			continue
		}
		unit := all.Config.Units[chance.IntN(len(all.Config.Units))]
		scene := step.Scene{Env: lazy.Env(), Case: f.Case.Case, Life: &f.Life, History: f.History,
			Email: strings.ToLower(unit.Code) + "@elsewhere.example", Now: inv.Landing()}
		if len(unit.Emails) > 0 && chance.IntN(8) > 0 {
			scene.Email = strings.Replace(unit.Emails[0], "*", "a", 1)
		}
		text, what := anyChange(chance, scene, string(lazy.Source(f.Path)))
		if text == "" || len(record.Diff(f.Case.Case, record.Parse(f.Path, []byte(text), lazy.Config.Canon))) == 0 {
			continue
		}
		var got []string
		for _, p := range scene.Judge(text) {
			got = append(got, told(p))
		}
		want := requested(t, inv, repo, f.Path, text, scene.Email)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s %s by %s: %s\nthe engine says\n  %s\ncheck says\n  %s", c.ID, c.Life.State, scene.Email, what,
				strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
		said++
		if len(want) > 0 {
			refused++
		}
	}
	if said < tries/2 || refused < tries/4 {
		t.Errorf("%d were judged, %d found at fault", said, refused)
	}
}

// anyChange is a case after a step of anybody's, or after somebody only changed
// its state or took a line away.
func anyChange(chance *rand.Rand, scene step.Scene, src string) (text, what string) {
	anybody := scene
	anybody.Email = ""
	steps := anybody.Steps()
	text = src
	if len(steps) > 0 && chance.IntN(5) > 0 {
		st := &steps[chance.IntN(len(steps))]
		values := map[string]string{}
		for _, f := range st.Fields {
			if f.Required || chance.IntN(4) == 0 {
				values[f.Name] = anyValue(chance, &f)
			}
		}
		what = fmt.Sprint(st.Name, values)
		if after, _ := st.Apply(src, values); after != "" {
			text = after
		}
	}
	if text == src || chance.IntN(4) == 0 {
		states := record.States()
		state := states[chance.IntN(len(states))]
		what += " 状态: " + state
		text = strings.Replace(text, "\n状态: "+scene.Case.State, "\n状态: "+state, 1)
	}
	if chance.IntN(6) == 0 {
		lines := strings.SplitAfter(text, "\n")
		i := 2 + chance.IntN(len(lines)/2)
		what += fmt.Sprintf(" without %q", lines[i])
		text = strings.Join(slices.Delete(lines, i, i+1), "")
	}
	return text, what
}

func anyValue(chance *rand.Rand, f *step.Field) string {
	switch {
	case len(f.Choices) > 0:
		return f.Choices[chance.IntN(len(f.Choices))]
	case f.Kind == step.Date:
		return day.AddDays(chance.IntN(90) - 20).String()
	case f.Kind == step.Number:
		return fmt.Sprint(1 + chance.IntN(30))
	case f.Kind == step.Case:
		return "202607-NFZX-001"
	case f.Kind == step.Meeting:
		return "HY2026-03"
	}
	return []string{"已办理", "见 13912345678", "〔请填：怎样办理的〕"}[chance.IntN(3)]
}

func told(p problem.Problem) string {
	if p.Rule == "author-unknown" {
		return p.Rule // check may mask who it was
	}
	return string(p.Severity) + " " + p.Rule + " " + p.Key + " " + p.Message
}

// notOfOneCase are the rules that need more than one case, or more than its file.
var notOfOneCase = []string{"case-unknown", "meeting-unknown", "meeting-case", "merge-cycle", "similar-feedback",
	"duplicate-suspected", "id-taken", "calendar-missing"}

// requested is what check --base says of a case in a request that brings a text.
func requested(t *testing.T, inv *invocation, repo *git.Repo, path, text, email string) (list []string) {
	t.Helper()
	for _, p := range requestedAll(t, inv, repo, map[string]string{path: text}, email)[path] {
		list = append(list, told(p))
	}
	return list
}

// requestedAll is what check --base says of cases in one request that brings a text
// of each, by path.
func requestedAll(t *testing.T, inv *invocation, repo *git.Repo, files map[string]string, email string,
) map[string][]problem.Problem {
	t.Helper()
	at := fmt.Sprintf("%d +0800", inv.Landing().Unix())
	base, err := repo.MainTip("main")
	if err != nil {
		t.Fatal(err)
	}
	environ := []string{"PATH=" + os.Getenv("PATH")}
	for _, who := range []string{"GIT_AUTHOR_", "GIT_COMMITTER_"} {
		environ = append(environ, who+"NAME=a", who+"EMAIL="+email, who+"DATE="+at)
	}
	made, err := submit.Prepare(t.Context(), submit.Proposal{Dir: inv.Dir, Base: base, Environ: environ, Subject: "改",
		Files: files})
	if err != nil {
		t.Fatal(err)
	}
	defer made.Close()
	with, err := git.Open(inv.Dir, made.Objects)
	if err != nil {
		t.Fatal(err)
	}
	d, err := inv.Read(t.Context(), with, register.Options{Ref: made.Commit, Base: base, Narrow: true})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]problem.Problem{}
	for _, p := range rules.Run(d) {
		if p.New && !slices.Contains(notOfOneCase, p.Rule) {
			found[p.Path] = append(found[p.Path], p)
		}
	}
	return found
}
