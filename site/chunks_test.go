package site

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/register"
	"suqiu/internal/sitedir"
	"suqiu/internal/store"
	"suqiu/internal/timeline"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// TestBuildOfChunks changes a few of six hundred cases at a time: what is built
// from chunks of the build before is, byte for byte, what is built anew. The
// sample repository of other tests is too small to have chunks.
func TestBuildOfChunks(t *testing.T) {
	cfg := config.Parse("suqiu.yaml", []byte("名称: 试验局\n格式: 1\n单位:\n  - {名称: 信息中心, 代码: XXZX}\n  - {"+
		"名称: 征收管理科, 代码: ZSGLK}\n  - {名称: 法制科, 代码: FZK}\n"))
	rng := rand.New(rand.NewPCG(1, 2))
	all := searchCases(660, 60)
	for i, c := range all {
		c.Registered = workday.New(2022+i*5/len(all), time.March, 3)
		if i%5 == 0 {
			c.TaskList = fmt.Sprintf("RW2026%02d-01", i%12+1)
		}
		at := timeline.MomentOf(c.Registered.Start())
		c.Life.Events = []workflow.Event{{N: 1, Row: 1, Kind: workflow.Transition, To: workflow.Registered, At: at},
			{N: 2, Row: 3, Kind: workflow.Transition, From: workflow.Registered, To: workflow.Pushed, At: at}}
		c.Life.Clocks = []clock.Clock{{Kind: clock.Feedback, Unit: c.Lead, Push: 1, Start: c.Registered,
			Due: c.Registered + 14, Status: clock.Running, Class: clock.Statutory}}
	}
	cases, rest := slices.Clone(all[:600]), all[600:]
	changes := 0
	change := func(i int) {
		c, file := *cases[i], *cases[i].Case
		changes++
		file.Title, c.Case, c.Fingerprint = fmt.Sprintf("改过 %d 次", changes), &file, fmt.Sprint("changed ", changes)
		if rng.IntN(2) == 0 {
			c.Life.State = workflow.States()[rng.IntN(len(workflow.States()))]
		}
		cases[i] = &c
	}
	for i, c := range all {
		c.Fingerprint = fmt.Sprint("case ", i)
	}
	out, last := filepath.Join(t.TempDir(), "site"), sitedir.Result{}
	keep := store.Dir{Path: filepath.Join(t.TempDir(), "keep"), Build: "build"}
	build := func(out string, keep store.Dir) {
		t.Helper()
		d := register.New(cfg, workday.New(2026, time.September, 30), slices.Clone(cases), nil)
		d.Settings.Hash, d.Head = "terms", fmt.Sprintf("%040x", changes)
		in := testInput{Register: d, Edition: view.Public, Input: Input{Keep: keep}}
		var err error
		if last, err = Build(t.Context(), in.ready(), out); err != nil {
			t.Fatal(err)
		}
	}
	build(out, keep)
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"nothing", func() {}},
		{"one case", func() { change(400) }},
		{"the first and the last", func() { change(0); change(len(cases) - 1) }},
		{"one more, in the middle", func() { cases = append(cases, rest[0]) }},
		{"some more", func() { cases = append(cases, rest[1:60]...) }},
		{"some less", func() { cases = slices.Delete(cases, 300, 340) }},
		{"one without a fingerprint", func() { change(5); cases[5].Fingerprint = "" }},
		{"one still without a fingerprint", func() { change(5); cases[5].Fingerprint = "" }},
		{"that one again", func() { change(5) }},
		{"no case, another commit", func() { changes++ }},
		{"many", func() {
			for range 50 {
				change(rng.IntN(len(cases)))
			}
		}},
		{"a case is closed", func() { change(20); cases[20].Life.State = workflow.Closed }},
		{"a case, after somebody wrote into the files", func() {
			change(30)
			for _, name := range []string{"data/cases.json", "data/ledger.csv", "data/ledger.xlsx"} {
				path := filepath.Join(out, name)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, bytes.ToUpper(data), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}},
	} {
		step.do()
		build(out, keep)
		if step.name == "one case" && (last.Reused < last.Files/2 || last.Written > last.Files/4) {
			t.Errorf("%s: of %d files %d were used again, %d written", step.name, last.Files, last.Reused, last.Written)
		}
		fresh := filepath.Join(t.TempDir(), "fresh")
		build(fresh, store.Dir{})
		sameFolders(t, step.name, fresh, out)
	}

	// What nothing landed on is not made again: not even this shows.
	for _, c := range cases {
		if !strings.HasPrefix(c.Title, "改过") {
			c.Case.Title = "悄悄改了"
		}
	}
	change(10)
	build(out, keep)
	for _, name := range []string{"data/cases.json", "data/ledger.csv"} {
		data, err := os.ReadFile(filepath.Join(out, name))
		if n := strings.Count(string(data), "悄悄改了"); err != nil || n == 0 || n > len(cases)/2 {
			t.Errorf("%s: %d of %d lines were made again, %v", name, n, len(cases), err)
		}
	}
}

// sameFolders compares two sites.
func sameFolders(t *testing.T, what, want, got string) {
	t.Helper()
	fresh, files := tree(t, want), tree(t, got)
	for name, data := range fresh {
		if was, ok := files[name]; !ok || was != data {
			t.Errorf("%s: %s is not as a fresh build makes it", what, name)
		}
		delete(files, name)
	}
	for name := range files {
		t.Errorf("%s: %s is left over", what, name)
	}
}
