package report_test

import (
	"fmt"
	"suqiu/internal/appraisal"
	. "suqiu/internal/report"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"suqiu/internal/clock"
	"suqiu/internal/document"
	"suqiu/internal/problem"
	"suqiu/internal/record"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// hand is a register whose figures of 2026Q3 were counted by hand, case by case.
func hand(t *testing.T, asOf string) *register.Register {
	const (
		hotline, hall, system, policy = "12366热线", "办税服务厅", "系统技术类", "政策业务类"
		centre, collection            = "信息中心", "征收管理科"
	)
	// A: carried in, closed in August. Fed back in time only thanks to an
	// extension (original due day 07-10). 10 working days; evaluated 满意.
	a := newCase("A", hotline, system, 2).
		step("2026-06-20", 1, workflow.Registered).step("2026-06-26", 3, workflow.Pushed).
		clock(centre, "2026-06-26", "2026-07-10", "2026-07-24", "2026-07-20", clock.Met).
		record("2026-07-08", filed("延期申请", "", centre)).
		record("2026-07-09", decided("延期申请", "同意", centre)).
		step("2026-07-20", 13, workflow.FedBack).step("2026-07-22", 15,
		workflow.Evaluating).with(decided("反馈", "通过", centre)).
		step("2026-08-03", 16, workflow.Closed).with(evaluation("12366回访", "满意", "纳税服务中心"))
	a.c.Collected = day("2026-06-10")
	a.c.Feedback = []record.Feedback{{Result: "已解决", Answered: day("2026-07-21"), Review: "通过"}}
	// B: pushed in July, objected, reassigned (a second push), fed back late,
	// returned once, accepted; evaluated 不满意; improving at the quarter's end.
	b := newCase("B", hotline, policy, 1).
		step("2026-07-01", 1, workflow.Registered).step("2026-07-06", 3, workflow.Pushed).
		clock(centre, "2026-07-06", "2026-07-20", "2026-07-20", "2026-07-09", clock.Cancelled).
		step("2026-07-07", 5, workflow.Objected).with(filed("说明单", "异议", centre)).
		step("2026-07-09", 6, workflow.Pushed).with(decided("说明单", "成立", centre)).
		clock(collection, "2026-07-09", "2026-07-23", "2026-07-23", "2026-07-30", clock.Missed).
		step("2026-07-28", 13, workflow.FedBack).
		step("2026-07-29", 14, workflow.Pushed).with(decided("反馈", "退回", collection)).
		step("2026-07-30", 13, workflow.FedBack).
		step("2026-07-31", 15, workflow.Evaluating).with(decided("反馈", "通过", collection)).
		record("2026-08-10", evaluation("12366回访", "不满意", "纳税服务中心")).
		step("2026-08-11", 17, workflow.Improving)
	b.c.Collected = day("2026-07-01")
	// C: closed in May, improved from July to September: done in May, and no
	// task since (DESIGN 10).
	c := newCase("C", hall, system, 1).
		step("2026-05-06", 1, workflow.Registered).step("2026-05-08", 3, workflow.Pushed).
		clock(centre, "2026-05-08", "2026-05-22", "2026-05-22", "2026-05-20", clock.Met).
		step("2026-05-20", 13, workflow.FedBack).step("2026-05-21", 15,
		workflow.Closed).with(decided("反馈", "通过", centre)).
		step("2026-07-02", 17, workflow.Improving).step("2026-07-15", 13, workflow.FedBack).
		step("2026-07-16", 15, workflow.Evaluating).with(decided("反馈", "通过", centre)).
		step("2026-09-01", 16, workflow.Closed).with(evaluation("实地调研", "基本满意", "督察内审科"))
	// D: pushed, still open and overdue at the end; done only in October.
	d := newCase("D", hall, policy, 3).
		step("2026-09-01", 1, workflow.Registered).step("2026-09-02", 3, workflow.Pushed).
		clock(collection, "2026-09-02", "2026-09-16", "2026-09-16", "2026-10-12", clock.Missed).
		step("2026-10-12", 13, workflow.FedBack).step("2026-10-13", 15,
		workflow.Closed).with(decided("反馈", "通过", collection))
	// E: registered and not pushed. F: merged after the push, not late.
	e := newCase("E", hall, "", 1).step("2026-08-03", 1, workflow.Registered).step("2026-08-04", 19, workflow.NotPushed)
	f := newCase("F", hotline, system, 1).
		step("2026-08-03", 1, workflow.Registered).step("2026-08-05", 3, workflow.Pushed).
		clock(centre, "2026-08-05", "2026-08-19", "2026-08-19", "2026-08-07", clock.Cancelled).
		step("2026-08-07", 20, workflow.Merged)
	// G: carried through the whole quarter as 长期推进.
	g := newCase("G", hotline, system, 1).
		step("2026-04-01", 1, workflow.Registered).step("2026-04-02", 3, workflow.Pushed).
		clock(centre, "2026-04-02", "2026-04-17", "2026-04-17", "2026-04-08", clock.Cancelled).
		step("2026-04-07", 8, workflow.Escalated).step("2026-04-08", 11, workflow.LongTerm)
	// H: deleted. I: registered after the quarter.
	h := newCase("H", hotline, system, 9).step("2026-08-03", 1, workflow.Registered)
	h.c.Deleted = true
	i := newCase("I", hotline, "", 9).step("2026-10-09", 1, workflow.Registered)
	// J: a push that a 更正 undid is no push.
	j := newCase("J", hall, policy, 1).
		step("2026-08-20", 1, workflow.Registered).step("2026-08-21", 3, workflow.Pushed)
	j.last().Voided = true
	j.step("2026-08-24", workflow.Regulation().Correction.N, workflow.Registered)
	return registerOf(t, asOf, a, b, c, d, e, f, g, h, i, j)
}

func TestCountedByHand(t *testing.T) {
	q := workday.Quarter{Year: 2026, Q: 3}
	r := Compute(hand(t, "2026-11-24"), q)
	check := func(what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	// Opening A, G; pushed B, D, F; done A; other F; closing B, D, G, of which B
	// is being improved.
	check("balance", Balance{Opening: 2, Pushed: 3, Done: 1, Other: 1, Closing: 3, LongTerm: 1, Improving: 1},
		r.Balance)
	// Registered B, D, E, F, J: 1+3+1+1+1 tickets; pushed B, D, F; E not.
	check("funnel", Funnel{Tickets: 7, Registered: 5, Pushed: 3, Done: 0, NotPushed: 1}, r.Funnel)
	// Due: A 07-24 in time (original 07-10 not), B's second push late, D open
	// at the quarter's end whatever October brought.
	check("deadlines", Deadlines{Due: 3, OnTime: 1, LateDone: 1, LateOpen: 1}, r.Deadlines)
	check("steps", Steps{Extensions: 1, Granted: 1, Objections: 1, Upheld: 1, Reassigned: 1, Returned: 1, Improved: 2,
		Corrected: 1}, r.Steps)
	check("evaluation", Evaluation{All: 3, Satisfied: 1, Fair: 1, Dissatisfied: 1, Accepted: 3, Covered: 3},
		r.Evaluation)
	if r.Deleted != 1 || r.Running || r.AsOf != day("2026-09-30") {
		t.Errorf("deleted %d, running %v, as of %s", r.Deleted, r.Running, r.AsOf)
	}
	check("units", []UnitRow{
		{Unit: "征收管理科", Balance: Balance{Pushed: 2, Closing: 2, Improving: 1},
			Deadlines:  Deadlines{Due: 2, LateDone: 1, LateOpen: 1},
			Steps:      Steps{Reassigned: 1, Returned: 1, Improved: 1},
			Evaluation: Evaluation{All: 1, Dissatisfied: 1}, OnTime: document.Share{N: 0, Of: 2}},
		{Unit: "信息中心", Balance: Balance{Opening: 2, Pushed: 1, Done: 1, Other: 1, Closing: 1, LongTerm: 1},
			Deadlines:  Deadlines{Due: 1, OnTime: 1},
			Steps:      Steps{Extensions: 1, Granted: 1, Objections: 1, Upheld: 1, Improved: 1},
			Evaluation: Evaluation{All: 2, Satisfied: 1, Fair: 1}, OnTime: document.Share{N: 1, Of: 1}},
	}, r.Units)
	check("channels", []GroupRow{
		{Name: "办税服务厅", Tickets: 5, Registered: 3, Balance: Balance{Pushed: 1, Closing: 1},
			Deadlines: Deadlines{Due: 1, LateOpen: 1}, OnTime: document.Share{N: 0, Of: 1}},
		{Name: "12366热线", Tickets: 2, Registered: 2,
			Balance:   Balance{Opening: 2, Pushed: 2, Done: 1, Other: 1, Closing: 2, LongTerm: 1, Improving: 1},
			Deadlines: Deadlines{Due: 2, OnTime: 1, LateDone: 1}, OnTime: document.Share{N: 1, Of: 2}},
	}, r.Channels)
	check("methods", []MethodRow{
		{"12366回访", Evaluation{All: 2, Satisfied: 1, Dissatisfied: 1}}, {"实地调研", Evaluation{All: 1, Fair: 1}},
	}, r.Methods)
	var categories []string
	for _, c := range r.Categories {
		categories = append(categories, c.Name)
	}
	check("categories", []string{"政策业务类", "系统技术类", Unnamed}, categories)
	var closed, closing []int
	for _, m := range r.Months {
		closed, closing = append(closed, m.Balance.Done), append(closing, m.Balance.Closing)
	}
	check("closed by month", []int{0, 1, 0}, closed)
	check("open at the month's end", []int{3, 2, 3}, closing) // A B G; B G; B D G
	check("indicators", map[string]string{
		"due": "3", "on-time": "1/3", "on-time-original": "0/3", "late-done": "1", "late-open": "1",
		"late-again": "0", "pending": "0",
		"done-rate": "20.0%", "handling": "2 件，不计平均", "handling-median": "—", "whole": "2 件，不计平均",
		"whole-median": "—",
		"extensions":   "1", "granted": "1", "objections": "1", "upheld": "1", "escalations": "0", "reassigned": "1",
		"returned": "1",
		"improved": "2", "satisfied": "2/3", "covered": "3/3", "monthly": "—",
	}, values(r))
	sums := map[string][2]int{}
	for _, i := range r.Indicators {
		sums[i.Key] = [2]int{i.N, i.Of}
		if i.Name == "" || i.Formula == "" || i.Year != document.Nothing || i.Quarter != document.Nothing {
			t.Errorf("%+v: a name, a formula and no comparison with 5 cases or fewer", i)
		}
	}
	// A took 16 working days (06-29 to 07-20: 06-26 is a Friday), B 15 from its
	// second push; in calendar days A 06-10 to 07-21, B 07-01 to 07-30.
	check("handling", [2]int{16 + 15, 2}, sums["handling"])
	check("whole", [2]int{41 + 29, 2}, sums["whole"])
}

// TestRunningQuarter: what is not due yet is in no share.
func TestRunningQuarter(t *testing.T) {
	a := newCase("A", "12366热线", "系统技术类", 1).
		step("2026-08-03", 1, workflow.Registered).step("2026-08-10", 3, workflow.Pushed).
		clock("信息中心", "2026-08-10", "2026-08-24", "2026-08-24", "", clock.Running)
	b := newCase("B", "12366热线", "系统技术类", 1).
		step("2026-07-03", 1, workflow.Registered).step("2026-07-06", 3, workflow.Pushed).
		clock("信息中心", "2026-07-06", "2026-07-20", "2026-07-20", "", clock.Overdue)
	r := Compute(registerOf(t, "2026-08-12", a, b), workday.Quarter{Year: 2026, Q: 3})
	if !r.Running || r.AsOf != day("2026-08-12") {
		t.Errorf("running %v as of %s", r.Running, r.AsOf)
	}
	if want := (Deadlines{Due: 2, LateOpen: 1, NotYet: 1}); r.Deadlines != want {
		t.Errorf("deadlines %+v, want %+v", r.Deadlines, want)
	}
	if got := values(r)["on-time"]; got != "0/1" {
		t.Errorf("on time %s", got)
	}
	if want := (Balance{Pushed: 2, Closing: 2}); r.Balance != want {
		t.Errorf("balance %+v, want %+v", r.Balance, want)
	}
	if len(r.Months) != 2 || r.Months[1].Month.Month != 8 {
		t.Errorf("the months that have begun are July and August: %+v", r.Months)
	}
	if next := Compute(registerOf(t, "2026-08-12", a, b),
		workday.Quarter{Year: 2026, Q: 4}); next.Balance != (Balance{}) {
		t.Errorf("a quarter to come has figures: %+v", next.Balance)
	}
}

// TestPendingStepsDoNotCount: what a merge request brings has not landed.
func TestPendingStepsDoNotCount(t *testing.T) {
	a := newCase("A", "12366热线", "系统技术类", 1).step("2026-08-03", 1, workflow.Registered).step("2026-08-10", 3,
		workflow.Pushed)
	a.last().Pending = true
	r := Compute(registerOf(t, "2026-08-12", a), workday.Quarter{Year: 2026, Q: 3})
	if r.Balance.Pushed != 0 || r.Funnel.Registered != 1 {
		t.Errorf("%+v %+v", r.Balance, r.Funnel)
	}
}

// TestInherited: a case of before the 基线 counts by its own dates.
func TestInherited(t *testing.T) {
	a := newCase("A", "12366热线", "系统技术类", 1).step("2026-08-03", 0, workflow.Handling)
	a.c.Inherited, a.c.Life.Inherited = record.Inherited{Pushed: day("2026-06-10")}, true
	b := newCase("B", "12366热线", "系统技术类", 1).step("2026-08-03", 0, workflow.Closed)
	b.c.Inherited, b.c.Life.Inherited = record.Inherited{Pushed: day("2026-05-10"), Closed: day("2026-07-02")}, true
	d := registerOf(t, "2026-09-30", a, b)
	if got, want := Compute(d, workday.Quarter{Year: 2026, Q: 3}).Balance,
		(Balance{Opening: 2, Done: 1, Closing: 1}); got != want {
		t.Errorf("2026Q3 %+v, want %+v", got, want)
	}
	if got, want := Compute(d, workday.Quarter{Year: 2026, Q: 2}).Balance,
		(Balance{Pushed: 2, Closing: 2}); got != want {
		t.Errorf("2026Q2 %+v, want %+v", got, want)
	}
}

func TestQuarters(t *testing.T) {
	a := newCase("A", "", "", 1).step("2025-12-31", 1, workflow.Registered)
	var got []string
	for _, q := range Open(registerOf(t, "2026-09-30", a)).Quarters() {
		got = append(got, q.String())
	}
	if diff := cmp.Diff([]string{"2026Q3", "2026Q2", "2026Q1", "2025Q4"}, got); diff != "" {
		t.Error(diff)
	}
	if got := Open(registerOf(t, "2026-09-30")).Quarters(); got != nil {
		t.Errorf("an empty register has quarters %v", got)
	}
}

func values(r Quarterly) map[string]string {
	m := map[string]string{}
	for _, i := range r.Indicators {
		m[i.Key] = i.Value
	}
	return m
}

// TestBalanceAddsUp: whatever happens to the cases, every balance adds up,
// quarters and months chain, and the tables sum to the whole.
func TestBalanceAddsUp(t *testing.T) {
	states := workflow.States()
	rapid.Check(t, func(rt *rapid.T) {
		var cases []*builder
		for range rapid.IntRange(0, 6).Draw(rt, "cases") {
			on := day("2025-12-01")
			b := newCase("X", rapid.SampledFrom([]string{"", "12366热线", "投诉"}).Draw(rt, "channel"), "系统技术类", 1)
			b.step(on.String(), 1, workflow.Registered)
			for range rapid.IntRange(0, 12).Draw(rt, "steps") {
				on = on.AddDays(rapid.IntRange(0, 40).Draw(rt, "days"))
				b.step(on.String(), rapid.IntRange(2, 22).Draw(rt, "row"), rapid.SampledFrom(states).Draw(rt, "to"))
				b.last().Voided = rapid.IntRange(0, 9).Draw(rt, "voided") == 0
			}
			b.c.Life.Lead = rapid.SampledFrom([]string{"信息中心", "征收管理科"}).Draw(rt, "lead")
			cases = append(cases, b)
		}
		d := registerOf(t, "2026-12-31", cases...)
		book := Open(d)
		var list []Quarterly
		for _, q := range book.Quarters() {
			list = append(list, book.Compute(q))
		}
		for i, r := range list {
			adds(rt, r.Balance)
			if i > 0 && r.Balance.Closing != list[i-1].Balance.Opening {
				rt.Fatalf("%s closes with %d, the next opens with %d", r.Quarter, r.Balance.Closing,
					list[i-1].Balance.Opening)
			}
			if r.Months[0].Balance.Opening != r.Balance.Opening || r.Months[2].Balance.Closing != r.Balance.Closing {
				rt.Fatalf("the months of %s do not span it", r.Quarter)
			}
			var months Balance
			for m := range r.Months {
				adds(rt, r.Months[m].Balance)
				months.Add(r.Months[m].Balance)
				if m > 0 && r.Months[m].Balance.Opening != r.Months[m-1].Balance.Closing {
					rt.Fatalf("the months of %s do not chain", r.Quarter)
				}
			}
			if b := r.Balance; months.Pushed != b.Pushed || months.Done != b.Done || months.Other != b.Other ||
				months.Reopened != b.Reopened {
				rt.Fatalf("%s: the months add up to %+v, the whole is %+v", r.Quarter, months, b)
			}
			var units, channels Balance
			for _, u := range r.Units {
				adds(rt, u.Balance)
				units.Add(u.Balance)
			}
			for _, g := range r.Channels {
				channels.Add(g.Balance)
			}
			if units != r.Balance || channels != r.Balance {
				rt.Fatalf("%s: units %+v, channels %+v, whole %+v", r.Quarter, units, channels, r.Balance)
			}
			f := r.Funnel
			if f.Done > f.Pushed || f.Pushed+f.NotPushed > f.Registered || f.Registered > f.Tickets {
				rt.Fatalf("%s: the funnel widens: %+v", r.Quarter, f)
			}
			if diff := cmp.Diff(Compute(d, r.Quarter), r); diff != "" {
				rt.Fatalf("a book of one quarter and of all differ: %s", diff)
			}
		}
	})
}

func adds(t *rapid.T, b Balance) {
	if b.Opening+b.Pushed != b.Done+b.Other+b.Closing || b.Reopened > b.Pushed || b.LongTerm > b.Closing {
		t.Fatalf("%+v does not add up", b)
	}
}

// TestBounds: a quarter leaves out only cases that none of its figures, lists
// and deductions has to do with.
func TestBounds(t *testing.T) {
	states := workflow.States()
	statuses := []clock.Status{clock.Met, clock.Missed, clock.Overdue, clock.Running, clock.Cancelled}
	kinds := []clock.Kind{clock.Feedback, clock.Improve, clock.CoFeedback, clock.Evaluate}
	entries := []workflow.Entry{filed("延期申请", "", "信息中心"), decided("延期申请", "同意", "信息中心"),
		filed("说明单", "异议", "信息中心"),
		decided("说明单", "不成立", "信息中心"), decided("反馈", "通过", "信息中心"),
		decided("反馈", "退回", "信息中心"), evaluation("电话回访", "不满意", "信息中心")}
	left := 0
	rapid.Check(t, func(rt *rapid.T) {
		var cases []*builder
		for i := range rapid.IntRange(1, 5).Draw(rt, "cases") {
			on := day("2025-10-01").AddDays(rapid.IntRange(0, 300).Draw(rt, "first"))
			b := newCase(fmt.Sprintf("202510-NFZX-%03d", i), "12366热线", "系统技术类", 1)
			b.step(on.String(), 1, workflow.Registered)
			date := func(label string) string {
				return day("2025-10-01").AddDays(rapid.IntRange(0, 450).Draw(rt, label)).String()
			}
			for range rapid.IntRange(0, 5).Draw(rt, "steps") {
				on = on.AddDays(rapid.IntRange(0, 90).Draw(rt, "days"))
				b.step(on.String(), rapid.IntRange(2, 22).Draw(rt, "row"), rapid.SampledFrom(states).Draw(rt, "to"))
				if rapid.Bool().Draw(rt, "entry") {
					b.with(rapid.SampledFrom(entries).Draw(rt, "what"))
				}
				b.last().Voided = rapid.IntRange(0, 9).Draw(rt, "voided") == 0
				if rapid.IntRange(0, 3).Draw(rt, "fault") == 0 {
					b.c.Life.Faults = append(b.c.Life.Faults,
						problem.Problem{Rule: "extension-late", Event: len(b.c.Life.Events), Unit: "信息中心"})
				}
			}
			for range rapid.IntRange(0, 3).Draw(rt, "clocks") {
				stopped := ""
				if rapid.Bool().Draw(rt, "stops") {
					stopped = date("stopped")
				}
				b.clock("信息中心", date("start"), date("original"), date("due"), stopped,
					rapid.SampledFrom(statuses).Draw(rt, "status"))
				b.c.Life.Clocks[len(b.c.Life.Clocks)-1].Kind = rapid.SampledFrom(kinds).Draw(rt, "kind")
			}
			cases = append(cases, b)
		}
		d := registerOf(t, "2026-12-31", cases...)
		bounded, whole := Open(d), Open(d)
		n := whole.Unbound()
		for _, q := range whole.Quarters() {
			if len(bounded.Tally(q).Tracks) < n {
				left++
			}
			o := Options{Supervision: true}
			if diff := cmp.Diff(whole.Compose(q, o), bounded.Compose(q, o)); diff != "" {
				rt.Fatalf("%s: %s", q, diff)
			}
			first, second := appraisal.Open(whole), appraisal.Open(bounded)
			a, b := first.Of(q), second.Of(q)
			if diff := cmp.Diff(a, b, cmpopts.EquateEmpty()); diff != "" {
				rt.Fatalf("%s: %s", q, diff)
			}
			if diff := cmp.Diff(first.Tables(&a), second.Tables(&b)); diff != "" {
				rt.Fatalf("%s: %s", q, diff)
			}
		}
	})
	if left == 0 {
		t.Error("no quarter left a case out")
	}
}
