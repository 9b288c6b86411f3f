package register_test

import (
	"fmt"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
)

func (e *example) ask(f []string) {
	check := func(what string, got, want any) {
		if fmt.Sprint(got) != fmt.Sprint(want) {
			e.Errorf("%s: %s is %v, want %v\n%s", e.at, what, got, want, e.shown())
		}
	}
	switch f[0] {
	case "state":
		check("the state", e.life.State, f[1])
	case "lead":
		check("the lead", e.life.Lead, exampleUnits[f[1]])
	case "push_no":
		check("the push", e.life.Pushes, f[1])
	case "exit": // of overdue
		exit := 0
		for _, k := range e.life.Clocks {
			if k.Status == clock.Overdue && k.Class.Counts() {
				exit = 1
			}
		}
		check("the exit status", exit, f[1])
	case "waits":
		n := 0
		for i := range e.life.Filings {
			if e.life.Filings[i].Waits() {
				n++
			}
		}
		check("what waits", n, f[1])
	case "fault", "nofault":
		for _, slug := range f[1:] {
			n := 0
			for _, fault := range e.life.Faults {
				if fault.Rule == slug {
					n++
				}
			}
			if (n > 0) != (f[0] == "fault") {
				e.Errorf("%s: %s is told %d times\n%s", e.at, slug, n, e.shown())
			}
		}
	case "clock":
		e.askClock(f[1], f[2], f[3:], check)
	default:
		e.Fatalf("%s: what is %q", e.at, f[0])
	}
}

// askClock asks of the last clock of a kind and unit.
func (e *example) askClock(kind, who string, want []string, check func(string, any, any)) {
	var k *clock.Clock
	n := 0
	for i := range e.life.Clocks {
		if c := &e.life.Clocks[i]; string(c.Kind) == kind && c.Unit == exampleUnits[who] {
			k = c
			n++
		}
	}
	if k == nil {
		if len(want) != 1 || want[0] != "none" {
			e.Errorf("%s: there is no such clock\n%s", e.at, e.shown())
		}
		return
	}
	for _, w := range want {
		key, value, _ := strings.Cut(w, "=")
		date := func(d workday.Date) string { return strings.TrimPrefix(d.String(), "2026-") }
		var got any
		switch key {
		case "due":
			got = date(k.Due)
		case "original":
			got = date(k.OriginalDue)
		case "start":
			got = date(k.Start)
		case "stopped":
			got = date(k.Stopped)
		case "missed":
			got = date(k.Missed)
		case "paused":
			got = k.PausedDays
		case "extended":
			got = k.ExtendedDays
		case "late":
			got = k.DaysLate
		case "status":
			got = k.Status
		case "class":
			got = k.Class
		case "count":
			got = n
		case "agreed":
			got = k.Agreed
		case "handling": // working days from the push to the answer
			got = e.parsed.Calendar.Count(k.Pushed, k.Stopped)
		case "returned-late":
			got = k.ReturnedLate()
		case "intime": // of the last answer
			got = k.Answers[len(k.Answers)-1].InTime
		default:
			e.Fatalf("%s: clocks have no %q", e.at, key)
		}
		check(kind+" "+key, got, value)
	}
}

// shown is the life as a failing example prints it.
func (e *example) shown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "as of %s: %s, %s, push %d\n", e.asOf, e.life.State, e.life.Lead, e.life.Pushes)
	for i := range e.life.Events {
		v := &e.life.Events[i]
		fmt.Fprintf(&b, "  %s %s %s→%s %s\n", v.Day(), v.Unit, v.From, v.To, v.Title)
	}
	for _, k := range e.life.Clocks {
		fmt.Fprintf(&b, "  %s %s %s→%s (%s) stopped %q %s paused %d extended %d late %d missed %q\n", k.Kind, k.Unit,
			k.Start, k.Due, k.OriginalDue,
			k.Stopped, k.Status, k.PausedDays, k.ExtendedDays, k.DaysLate, k.Missed)
	}
	for _, f := range e.life.Faults {
		b.WriteString("  ! " + f.Rule + " " + strconv.Quote(f.Message) + "\n")
	}
	return b.String()
}
