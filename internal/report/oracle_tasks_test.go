package report_test

import (
	"slices"
	"strings"
	"time"

	"suqiu/internal/report"
)

// task is one push of a case as an oracle sees it at the end of a day.
type task struct {
	unit           string
	pushed         date
	original, due  date
	missed         date   // the due day first missed; zero: none
	late           []date // working days
	answers        []date
	open, paused   bool
	held, dropped  bool
	stopped        date
	pauseFrom      date
	timely, review bool // the last answer came in time; a return came before
	overtaken      bool
}

// pass lets a task live until the end of a day.
func (k *task) pass(from, to date) {
	for d := from + 1; d <= to; d++ {
		if k.open && !k.paused && !k.held && d > k.due {
			if k.missed == 0 {
				k.missed = k.due
			}
			if worked(d) {
				k.late = append(k.late, d)
			}
		}
	}
}

// tasks goes through the life of a case day by day up to the end of a day, with
// what counts until then, and returns its pushes.
func (l *life) tasks(end date) []*task {
	var list []*task
	var k *task
	at, improving := date(0), false
	for i := range l.acts {
		a := &l.acts[i]
		if a.seen > end {
			break
		}
		day := a.counts
		if k != nil {
			k.pass(at, day)
		}
		at = day
		if a.what == "improve" {
			improving = true
		}
		if improving && a.what != "push" {
			continue // the clock of an improvement is the office's own here
		}
		what, decided, _ := strings.Cut(a.what, "+")
		switch what {
		case "reassign", "push":
			if k != nil {
				k.open, k.dropped, k.stopped, k.paused = false, true, day, false
			}
			k = &task{unit: a.unit, pushed: day, due: plus(day, a.n), open: true}
			k.original = k.due
			list = append(list, k)
		case "longterm":
			k.open, k.dropped, k.stopped, k.paused = false, true, day, false
		case "resume": // the same push goes on, until a day that the meeting fixed
			k = &task{unit: a.unit, pushed: day, due: a.landed + a.n, open: true, review: k.review}
			k.original = k.due
			list = append(list, k)
		case "propose":
			k.held = day <= k.due
		case "agree":
			k.due = a.landed + a.n
			k.decide(day, "", 0)
		case "disagree":
			k.decide(day, "", 0)
		case "object", "escalate":
			// Timely within two or three working days of the push.
			if day <= plus(k.pushed, map[string]int{"object": 2, "escalate": 3}[what]) && day <= k.due {
				k.paused, k.pauseFrom = true, day
			}
		case "decide":
			k.resume(day)
		case "extend":
			if day <= k.due {
				k.held = true
			}
		case "grant", "refuse":
			k.decide(day, what, a.n)
		case "feed", "proxy":
			k.timely = k.paused || k.held || day <= k.due
			if k.paused { // withdrawn by the feedback
				k.due, k.paused = plus(k.due, between(k.pauseFrom, day)), false
			}
			k.overtaken, k.held = k.held, false
			k.open, k.stopped = false, day
			k.answers = append(k.answers, day)
		case "return":
			k.back(day, decided, a.n)
		}
	}
	if k != nil {
		k.pass(at, end)
	}
	return list
}

// resume ends a pause; the decision leaves the working day after it.
func (k *task) resume(day date) {
	if k.paused {
		k.paused = false
		k.due = max(plus(k.due, between(k.pauseFrom, day)), plus(day, 1))
	}
}

// decide grants or refuses an extension: one in time leaves the working day
// after the decision, a late one counts only if granted.
func (k *task) decide(day date, what string, n int) {
	if what == "grant" {
		k.due = plus(k.due, n)
	}
	if k.held {
		k.held = false
		k.due = max(k.due, plus(day, 1))
	}
}

// back returns a feedback: one in time gets the days of review back, and the
// first return leaves the working day after it, later ones their own day.
func (k *task) back(day date, decided string, n int) {
	answered := k.stopped
	k.open, k.stopped = true, 0
	if k.timely {
		k.due = plus(k.due, between(answered, day))
	}
	if decided == "grant" {
		k.due = plus(k.due, n)
	}
	switch {
	case !k.timely:
	case !k.review || k.overtaken:
		k.due = max(k.due, plus(day, 1))
	default:
		k.due = max(k.due, day)
	}
	k.overtaken, k.review = false, true
}

// counted is what a quarter counts of one task.
type counted struct {
	report.Deadlines
	charge int // hundredths of a point
}

// count is DESIGN 10 for the n-th push of a case, quarter by quarter to q.
func (l *life) count(n int, q int) counted {
	var is counted
	counts, onTime, began, tenth := false, false, false, false
	days, total := 0, 0
	for p := 2; p <= q; p++ {
		end := on(time.Month(3*p+1), 1) - 1
		is = counted{}
		list := l.tasks(end)
		if n >= len(list) {
			continue
		}
		k := list[n]
		late := k.missed != 0 || k.open && !k.paused && !k.held && k.due <= end
		day := k.due
		if k.missed != 0 {
			day = k.missed
		}
		switch {
		case k.dropped && k.missed == 0:
			continue
		case (k.paused || k.held) && !counts && !late:
			is.Pending = 1
			continue
		case day > end:
			continue
		case !counts:
			counts, is.Due = true, 1
			switch {
			case !late:
				is.OnTime, onTime = 1, true
				if k.stopped <= k.original {
					is.Original = 1
				}
			case k.open:
				is.LateOpen = 1
			default:
				is.LateDone = 1
			}
		case onTime && late:
			onTime, is.LateAgain = false, 1
		}
		if !late {
			continue
		}
		points := 0
		if !began {
			began, points = true, 100
		}
		if reached := len(k.late) > 10 || len(k.late) == 10 && !slices.Contains(k.answers, k.late[9]) &&
			k.stopped != k.late[9]; reached && !tenth {
			tenth = true
			points += 100
		}
		points += 10 * max(0, len(k.late)-days)
		points = min(points, 500-total)
		days, total = max(days, len(k.late)), total+points
		is.charge = points
	}
	return is
}
