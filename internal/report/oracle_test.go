package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"suqiu/internal/appraisal"

	"github.com/google/go-cmp/cmp"

	"suqiu/internal/git"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// TestFiguresOfRandomHistories draws the lives of many cases, writes them as a
// history and counts the figures of three quarters in another way: by going
// through the days of each case one by one, under the sentences of DESIGN 5, 6
// and 10 as they are written below. It shares no code with the replay or the
// report.
func TestFiguresOfRandomHistories(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := drawWorld(seed)
			dir := w.write(t)
			for _, asOf := range []string{"2026-10-14", "2027-01-20"} {
				day, err := workday.Parse(asOf)
				if err != nil {
					t.Fatal(err)
				}
				repo, err := git.Open(dir)
				if err != nil {
					t.Fatal(err)
				}
				d, err := register.Load(t.Context(), repo, register.Options{AsOf: day})
				if err != nil {
					t.Fatal(err)
				}
				book := report.Open(d)
				for q := 2; q <= 4; q++ {
					quarter := workday.Quarter{Year: 2026, Q: q}
					if quarter.Last().AddDays(13) > day {
						continue // its receipt has not ended
					}
					w.compare(t, book, quarter, asOf)
				}
			}
		})
	}
}

func (w *world) compare(t *testing.T, book *report.Book, quarter workday.Quarter, asOf string) {
	t.Helper()
	first, end := on(time.Month(3*quarter.Q-2), 1), on(time.Month(3*quarter.Q+1), 1)-1
	in := func(d date) bool { return d >= first && d <= end }
	got := book.Compute(quarter)
	want := report.Quarterly{}
	deadlines, charges := map[string]report.Deadlines{}, map[string]int{}
	months := map[time.Month]report.Balance{}
	var handling, whole []int
	for i := range w.lives {
		l := &w.lives[i]
		for n := range l.tasks(end) {
			c := l.count(n, quarter.Q)
			unit := l.tasks(end)[n].unit
			d := deadlines[unit]
			for _, sum := range []*report.Deadlines{&d, &want.Deadlines} {
				sum.Due += c.Due
				sum.OnTime += c.OnTime
				sum.LateDone += c.LateDone
				sum.LateOpen += c.LateOpen
				sum.Original += c.Original
				sum.Pending += c.Pending
				sum.LateAgain += c.LateAgain
			}
			deadlines[unit] = d
			if c.charge > 0 {
				charges[unit+" "+l.id] += c.charge
			}
		}
		pushed, done, improving, evaluated, accepted := date(0), date(0), false, "", false
		fed, answered, start, improved, covered := date(0), date(0), date(0), false, false
		s, e := &want.Steps, &want.Evaluation
		longTerm := false
		for j := range l.acts {
			a := &l.acts[j]
			if a.seen > end {
				break
			}
			now := in(a.seen)
			add := func(n *int) {
				if now {
					*n++
				}
			}
			ends := func() {
				if evaluated != "" && now {
					e.All++
					add(map[string]*int{"满意": &e.Satisfied, "不满意": &e.Dissatisfied}[evaluated])
				}
				evaluated = ""
			}
			what, decided, _ := strings.Cut(a.what, "+")
			switch what {
			case "register":
				add(&want.Funnel.Registered)
				add(&want.Funnel.Tickets)
			case "push":
				pushed, start = a.seen, a.counts
			case "reassign":
				start = a.counts
				add(&s.Reassigned)
				add(&s.Upheld)
			case "object":
				add(&s.Objections)
			case "escalate":
				add(&s.Escalations)
			case "decide":
				if what == "decide" && l.acts[j-1].what == "object" {
					add(&s.Rejected)
				}
			case "extend":
				add(&s.Extensions)
			case "propose":
				add(&s.Escalations)
			case "longterm":
				longTerm = true
			case "resume":
				longTerm = false
			case "feed", "proxy":
				if what == "proxy" {
					add(&s.Proxies)
				}
				fed, answered, improving = a.counts, a.authored, false
			case "return":
				add(&s.Returned)
			case "improve":
				add(&s.Improved)
				ends()
				improving, improved = true, true
			case "dissatisfied":
				evaluated, covered = "不满意", true
			case "satisfied":
				evaluated, covered = "满意", true
			}
			switch {
			case what == "grant" || decided == "grant":
				add(&s.Granted)
			case what == "refuse" || decided == "refuse":
				add(&s.Refused)
			}
			if what == "close" || what == "pass" {
				if now {
					accepted = true
				}
				if now && !improved {
					handling = append(handling, between(start, fed))
					collected := on(epoch.AddDate(0, 0, l.acts[0].landed).Month(), 1)
					whole = append(whole, answered-collected)
				}
			}
			if what == "close" || what == "satisfied" {
				ends()
				if done == 0 {
					done = a.seen
				}
			}
		}
		if accepted {
			e.Accepted++
			if covered {
				e.Covered++
			}
		}
		if in(l.acts[0].seen) && pushed != 0 {
			want.Funnel.Pushed++
			if done != 0 {
				want.Funnel.Done++
			}
		}
		b := &want.Balance
		flow(b, pushed, done, first, end)
		for m := time.Month(3*quarter.Q - 2); m <= time.Month(3*quarter.Q); m++ {
			row := months[m]
			flow(&row, pushed, done, on(m, 1), on(m+1, 1)-1)
			months[m] = row
		}
		if improving {
			b.Improving++
		}
		if longTerm {
			b.LongTerm++
			month := months[time.Month(3*quarter.Q)]
			month.LongTerm++
			months[time.Month(3*quarter.Q)] = month
		}
	}
	waits := plus(plus(end, 3), 1)
	for _, p := range w.monthly {
		if !in(on(p.month, 1)) {
			continue
		}
		want.Monthly.Due++
		switch due := plus(on(p.month+1, 1)-1, 3); {
		case p.filed == 0 || p.filed > waits:
			continue
		case p.filed <= due:
			want.Monthly.OnTime++
		default:
			want.Monthly.Late++
		}
		want.Funnel.Collected += p.volume
	}
	check := func(what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s as of %s, %s (-oracle +report):\n%s", quarter, asOf, what, diff)
		}
	}
	check("deadlines", want.Deadlines, got.Deadlines)
	check("balance", want.Balance, got.Balance)
	check("funnel", want.Funnel, got.Funnel)
	check("steps", want.Steps, got.Steps)
	check("evaluation", want.Evaluation, got.Evaluation)
	check("monthly", want.Monthly, got.Monthly)
	check("handling", [2]int{len(handling), total(handling)}, [2]int{got.Handling.N, got.Handling.Sum})
	check("whole", [2]int{len(whole), total(whole)}, [2]int{got.Whole.N, got.Whole.Sum})
	for _, u := range got.Units {
		check("deadlines of "+u.Unit, deadlines[u.Unit], u.Deadlines)
	}
	for _, m := range got.Months {
		b := m.Balance
		b.Improving = 0
		if m.Month.Month != time.Month(3*quarter.Q) {
			b.LongTerm = 0 // the oracle knows it of the quarter's last day
		}
		check("balance of "+m.Month.String(), months[m.Month.Month], b)
	}
	charged := map[string]int{}
	for _, x := range appraisal.Open(book).Of(quarter).Deductions {
		if x.Item == "超期已办" || x.Item == "超期未办" {
			charged[x.Unit+" "+x.Case] += int(x.Points)
		}
	}
	check("charges for lateness", charges, charged)
}

func total(days []int) int {
	n := 0
	for _, d := range days {
		n += d
	}
	return n
}

// flow adds a case to the balance of a span: it comes in when it is pushed, and
// goes out when it is first 已办结.
func flow(b *report.Balance, pushed, done, first, end date) {
	if pushed == 0 || pushed > end || done != 0 && done < first {
		return
	}
	if pushed < first {
		b.Opening++
	} else {
		b.Pushed++
	}
	if done != 0 && done <= end {
		b.Done++
	} else {
		b.Closing++
	}
}
