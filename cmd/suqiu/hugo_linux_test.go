package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"suqiu/internal/clock"
	"suqiu/internal/dossier"
	"suqiu/internal/draft"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// A case of the Hugo site is the case file with a few more keys in its front
// matter, by which Hugo lists and orders. All else that suqiu derives from the
// history and the calendar for the page of a case stands in one JSON file of
// data/: Hugo could not derive it and gets it for nothing, and reads JSON
// several times as fast as YAML.
type hugoKeys struct {
	title           string
	open, hidden    bool
	year            string // of a closed case: its list
	registered, due string
}

type derived struct {
	Clocks []hugoClock    `json:"期限"`
	Counts []hugoCount    `json:"计算"`
	Events []hugoEvent    `json:"办理过程"`
	Next   []hugoNextStep `json:"下一步"`
}

type hugoClock struct {
	Kind     string `json:"kind"`
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	Push     int    `json:"push"`
	Start    string `json:"start"`
	Due      string `json:"due"`
	Original string `json:"original"`
	Stopped  string `json:"stopped"`
	Status   string `json:"status"`
	Word     string `json:"word"`
	Class    string `json:"class"`
	Clause   string `json:"clause"`
}

// hugoCount explains the n-th clock: in words, as the boxes of a bar, each for
// a run of like days, and day by day.
type hugoCount struct {
	N     int       `json:"n"`
	Sum   string    `json:"sum"`
	Width int       `json:"width"`
	Runs  []hugoRun `json:"runs"`
	Days  []string  `json:"days"`
}

type hugoRun struct {
	Kind string `json:"kind"`
	X    int    `json:"x"`
	W    int    `json:"w"`
}

type hugoEvent struct {
	At     string `json:"at"`
	Kind   string `json:"kind"`
	Title  string `json:"title"`
	Unit   string `json:"unit"`
	To     string `json:"to"`
	Reason string `json:"reason"`
}

type hugoNextStep struct {
	Title string `json:"title"`
	Who   string `json:"who"`
	Block string `json:"block"`
}

// writeHugo writes the Hugo site of a register into dir: the templates of
// testdata/hugo, our style sheet and script, and every case. What Hugo's site
// lacks of ours: search and its index, xlsx, Word forms, feeds, reports,
// meetings, monthly submissions, the pages of the regulation, charts, and the
// links of every page relative to it, so that it opens from a folder.
func writeHugo(b *testing.B, d *register.Register, dir string) hugoPages {
	b.Helper()
	must := func(err error) {
		if err != nil {
			b.Helper()
			b.Fatal(err)
		}
	}
	must(os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "hugo"))))
	must(os.MkdirAll(filepath.Join(dir, "static"), 0o755))
	for _, name := range []string{"style.css", "site.js"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "templates", "static", name))
		must(err)
		must(os.WriteFile(filepath.Join(dir, "static", name), data, 0o644))
	}
	config, err := os.OpenFile(filepath.Join(dir, "hugo.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	must(err)
	_, err = fmt.Fprintf(config, "params: {day: %q}\n", d.AsOf)
	must(err)
	must(config.Close())
	content := filepath.Join(dir, "content", "cases")
	must(os.MkdirAll(content, 0o755))
	must(os.WriteFile(filepath.Join(content, "_index.md"), []byte("---\ntitle: 任务清单\n---\n"), 0o644))
	all := make(map[string]derived, len(d.Cases))
	for _, c := range d.Cases {
		page, err := hugoPage(d, c)
		must(err)
		must(os.WriteFile(filepath.Join(content, c.ID+".md"), page, 0o644))
		all[c.ID] = derive(d, c)
	}
	data, err := json.Marshal(all)
	must(err)
	must(os.MkdirAll(filepath.Join(dir, "data"), 0o755))
	must(os.WriteFile(filepath.Join(dir, "data", "derived.json"), data, 0o644))
	return expect(d)
}

// hugoPage puts the keys in front of the end of the front matter.
func hugoPage(d *register.Register, c *register.Case) ([]byte, error) {
	src := d.Source(c.Path)
	end := bytes.Index(src, []byte("\n---\n"))
	if end < 0 {
		return nil, fmt.Errorf("%s: no front matter", c.Path)
	}
	k := newHugoKeys(d, c)
	page := fmt.Appendf(slices.Clone(src[:end+1]), "title: %q\n在办: %t\n限范围: %t\n登记月: %q\n到期日: %q\n", k.title,
		k.open, k.hidden, k.registered, k.due)
	if k.year != "" {
		page = fmt.Appendf(page, "年度: %q\n", k.year)
	}
	return append(page, src[end+1:]...), nil
}

func newHugoKeys(d *register.Register, c *register.Case) hugoKeys {
	keys := hugoKeys{title: c.ID + " " + c.Title, open: c.Life.State.IsOpen(), hidden: d.Restricted(c),
		registered: c.Registered.String()[:len("2026-01")]}
	if !keys.open {
		keys.year = strconv.Itoa(c.Registered.Year())
	}
	for i := range c.Life.Clocks {
		if k := &c.Life.Clocks[i]; k.Stopped == 0 && (keys.due == "" || k.Kind == clock.Feedback) {
			keys.due = k.Due.String()
		}
	}
	return keys
}

func derive(d *register.Register, c *register.Case) derived {
	life := &c.Life
	var out derived
	for i := range life.Clocks {
		k := &life.Clocks[i]
		out.Clocks = append(out.Clocks, hugoClock{
			Kind: string(k.Kind), Unit: k.Unit, Role: k.Role, Push: k.Push, Start: k.Start.String(),
			Due:      k.Due.String(),
			Original: k.OriginalDue.String(), Stopped: k.Stopped.String(), Status: string(k.Status),
			Word:  dossier.ClockWord(k),
			Class: string(k.Class), Clause: k.Clause,
		})
		if k.Class.Counts() && k.Status != clock.Cancelled {
			out.Counts = append(out.Counts, explain(k, i, d.Config.Calendar, d.AsOf))
		}
	}
	for _, e := range life.Events {
		out.Events = append(out.Events, hugoEvent{
			At: e.At.Time().Format("2006-01-02 15:04"), Kind: string(e.Kind), Title: e.Title, Unit: e.Unit,
			To: string(e.To), Reason: e.Reason,
		})
	}
	if life.State.IsOpen() {
		file, _ := draft.New(record.Schema(), d.Source(c.Path), d.Config.Canon)
		for _, n := range workflow.Regulation().NextSteps(c.Case, life) {
			block, _ := file.With(n.Writes)
			out.Next = append(out.Next, hugoNextStep{n.Title, n.Who, block})
		}
	}
	return out
}

func explain(k *clock.Clock, n int, cal *workday.Calendar, asOf workday.Date) hugoCount {
	const box = 16
	count := hugoCount{N: n, Sum: dossier.ClockLine(k), Days: dossier.CountLines(dossier.CountDays(k, cal, asOf))}
	until := asOf
	if k.Stopped != 0 {
		until = k.Stopped
	}
	for _, day := range k.Days(cal) {
		kind := "run"
		switch {
		case !day.Working:
			kind = "off"
		case day.Pause != "":
			kind = "hold"
		case day.Date > until:
			kind = "left"
		}
		if last := len(count.Runs) - 1; last >= 0 && count.Runs[last].Kind == kind {
			count.Runs[last].W += box
		} else {
			count.Runs = append(count.Runs, hugoRun{kind, count.Width, box - 2})
		}
		count.Width += box
	}
	return count
}

// hugoPages is what Hugo's site must show, so that nothing else is timed: every
// case on a page and in both lists of data, and one of the pages with its parts.
type hugoPages struct {
	ids    []string
	sample string // the case whose page is read; empty: none has an answer
	parts  []string
	events int
}

func expect(d *register.Register) hugoPages {
	var pages hugoPages
	for _, c := range d.Cases {
		pages.ids = append(pages.ids, strings.Clone(c.ID))
		if pages.sample != "" || d.Restricted(c) || len(c.Feedback) == 0 {
			continue
		}
		pages.sample, pages.events = strings.Clone(c.ID), len(c.Life.Events)
		for _, part := range []string{c.Title, c.Life.Lead, c.Sections[0].Heading, c.Feedback[0].Result,
			c.Life.Events[pages.events-1].Title, `class="b-run"`, "逐日计算"} {
			pages.parts = append(pages.parts, strings.Clone(part)) // without the file that it is cut from
		}
	}
	return pages
}

func (p hugoPages) check(b *testing.B, dir string) {
	b.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			b.Fatal(err)
		}
		return string(data)
	}
	var list struct{ Cases []struct{ ID string } }
	if err := json.Unmarshal([]byte(read("data/cases.json")), &list); err != nil || len(list.Cases) != len(p.ids) {
		b.Fatalf("Hugo's cases.json has %d of %d cases: %v", len(list.Cases), len(p.ids), err)
	}
	if n := strings.Count(read("data/ledger.csv"), "\n") - 1; n < len(p.ids) {
		b.Fatalf("Hugo's ledger.csv has %d of %d cases", n, len(p.ids))
	}
	for _, id := range p.ids {
		page := read("cases/" + strings.ToLower(id) + ".html")
		if id != p.sample {
			continue
		}
		for _, part := range p.parts {
			if !strings.Contains(page, part) {
				b.Fatalf("Hugo's page of %s lacks %q", id, part)
			}
		}
		if got := strings.Count(page, "<time"); got != p.events {
			b.Fatalf("Hugo's page of %s has %d of %d events", id, got, p.events)
		}
	}
}
