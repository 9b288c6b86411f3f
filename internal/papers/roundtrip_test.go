package papers_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"suqiu/internal/frontmatter"
	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

var onlyContent = cmpopts.IgnoreFields(papers.File{}, "Path", "Suppressions")

// TestPrintedIsRead holds that what is written is what is read again, without
// a finding, whatever a person may have typed into it.
func TestPrintedIsRead(t *testing.T) {
	words := rapid.StringMatching(`[一-三a-c0-9：:# "'、\[{%@*&-]{1,12}`).Filter(
		func(s string) bool { return strings.TrimSpace(s) == s })
	units := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"信息中心", "征收管理科", "纳税服务中心"}), 1, 3,
		rapid.ID[string])
	cases := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"202607-NFZX-001", "202607-ZSGLK-004"}), 1, 2,
		rapid.ID[string])
	days := rapid.SampledFrom([]workday.Date{0, workday.New(2026, 7, 16), workday.New(2026, 12, 31)})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9).Draw(t, "n")
		m := &papers.Monthly{Unit: "纳税服务中心", Month: workday.Month{Year: 2026, Month: 7}, Zero: n == 0,
			Volumes: []frontmatter.Named{{Name: "12366热线", N: n, Given: true}, {Name: "差评（电子税务局及APP）", N: 0,
				Given: true}},
			Risks: []papers.RiskPoint{{Content: words.Draw(t, "content"), To: units.Draw(t, "to")}}}
		text := papers.PrintMonthly(m)
		if diff := cmp.Diff(m, papers.ParseMonthly("monthly/2026-07/NFZX.md", text, canon), onlyContent); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
		x := &papers.Meeting{ID: "HY2026-03", Type: "例会", Joint: n > 4, Proposer: "信息中心",
			Reason: words.Draw(t, "reason"), Host: "召集人",
			Held: workday.New(2026, 7, 16), Present: units.Draw(t, "present"), Ratifies: []string{"CQ2026-01"},
			Topics: []papers.Topic{
				{Matter: words.Draw(t, "matter"), Source: "异议", Cases: cases.Draw(t, "cases"),
					Decision: words.Draw(t, "decision"), Units: units.Draw(t, "units"), Due: days.Draw(t, "due"),
					Committee: true},
				{Matter: "其他", Done: words.Draw(t, "done")},
			}}
		text = papers.PrintMeeting(x)
		if diff := cmp.Diff(x, papers.ParseMeeting("meetings/HY2026-03.md", text, canon), onlyContent); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
		r := &papers.Risks{Month: workday.Month{Year: 2026, Month: 7}, Points: []papers.RiskPoint{
			{Content: words.Draw(t, "risk"), To: units.Draw(t, "receivers"), From: "信息中心",
				Cases: cases.Draw(t, "of"), Reply: words.Draw(t, "reply")}}}
		text = papers.PrintRisks(r)
		if diff := cmp.Diff(r, papers.ParseRisks("risks/2026-07.md", text, canon), onlyContent); diff != "" {
			t.Fatalf("%s\n%s", text, diff)
		}
	})
}

// lawful makes a summary whose totals add up.
func lawful(t *rapid.T, unit string) *papers.Summary {
	n := rapid.IntRange(0, 40)
	s := &papers.Summary{Version: papers.SummaryVersion, Tool: "suqiu", Unit: unit, Code: "JNQ",
		AsOf: workday.New(2026, 9, 30), Quarter: workday.Quarter{Year: 2026, Q: 3}, Name: "2026Q3"}
	b := &s.Balance
	b.Done, b.Other, b.Closing = n.Draw(t, "done"), n.Draw(t, "other"), n.Draw(t, "closing")
	b.Pushed = rapid.IntRange(0, b.Done+b.Other+b.Closing).Draw(t, "pushed")
	b.Opening = b.Done + b.Other + b.Closing - b.Pushed
	f := &s.Funnel
	f.Done = n.Draw(t, "f.done")
	f.Pushed = f.Done + n.Draw(t, "f.pushed")
	f.NotPushed = n.Draw(t, "f.not")
	f.Registered = f.Pushed + f.NotPushed + n.Draw(t, "f.registered")
	f.Tickets = f.Registered + n.Draw(t, "tickets")
	d := &s.Deadlines
	d.OnTime, d.LateDone, d.NotYet = n.Draw(t, "on time"), n.Draw(t, "late"), n.Draw(t, "not yet")
	d.Due = d.OnTime + d.LateDone + d.NotYet
	e := &s.Evaluation
	e.Satisfied, e.Unrated = n.Draw(t, "satisfied"), n.Draw(t, "unrated")
	e.All = e.Satisfied + e.Unrated
	for _, rows := range []*[]papers.SummaryRow{&s.Categories, &s.Channels} {
		*rows = []papers.SummaryRow{{Name: "甲", Tickets: f.Tickets, Registered: f.Registered, Done: b.Done},
			{Name: unit}}
	}
	return s
}

// TestSumsAddUp holds that a summary that adds up is written and read without
// a finding, and that so is the sum of several.
func TestSumsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := workday.Quarter{Year: 2026, Q: 3}
		a, b := lawful(t, "集宁区税务局"), lawful(t, "丰镇市税务局")
		sum := papers.Add("集宁区税务局", "JNQ", "suqiu", q, []*papers.Summary{a, b})
		if sum.Balance.Pushed != a.Balance.Pushed+b.Balance.Pushed || sum.Funnel.Tickets != a.Funnel.Tickets+
			b.Funnel.Tickets || len(sum.Parts) != 2 || len(sum.Categories) != 3 {
			t.Fatalf("%+v", sum)
		}
		for _, s := range []*papers.Summary{a, sum} {
			text, err := papers.WriteSummary(s)
			if err != nil {
				t.Fatal(err)
			}
			c := papers.ParseCounty("counties/JNQ/2026Q3.json", text, canon)
			if len(c.Problems) > 0 {
				t.Fatalf("%s\n%+v", text, c.Problems)
			}
			if diff := cmp.Diff(s, c.Summary, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// FuzzPapers holds that no input crashes a reader, and that every problem has
// a place within the file.
func FuzzPapers(f *testing.F) {
	f.Add([]byte("---\n单位: 信息中心\n月份: 2026-07\n---\n"))
	f.Add([]byte("{\"version\": 1, \"balance\": {}}"))
	f.Add([]byte("## 一、基本情况\n\n文字\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		lines := bytes.Count(src, []byte("\n")) + 1
		for _, p := range []string{"monthly/2026-07/NFZX.md", "meetings/HY2026-03.md", "risks/2026-07.md",
			"submissions/2026Q3.md", "appraisal/2026Q3.md", "reports/2026Q3.md", "counties/JNQ/2026Q3.json"} {
			problems, _ := parse(p, src)
			for _, x := range problems {
				if x.Line < 1 || x.Line > lines+1 || x.Column < 1 || x.EndLine < x.Line || x.Message == "" ||
					x.Rule == "" {
					t.Fatalf("%s: %q: %+v", p, src, x)
				}
			}
		}
	})
}
