package replay

import (
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// sight is how a case stood at the end of a quarter; a clock without a kind
// stands today as it did then.
type sight struct {
	last   workday.Date
	clocks []clock.Clock
	facts  workflow.Facts
}

// look takes down the quarters that ended before an act is counted, as that is
// about to be taken.
func (r *replay) look(a *commitStep) {
	day, cal := workday.Of(a.at), r.env.Calendar
	receipt := cal.Add(workday.QuarterOf(day).Last(), r.env.ConfigAt(a.landing).Grace)
	if landed := workday.Of(r.env.Landings[a.landing].At); landed > receipt {
		day = landed
	}
	r.counted = max(r.counted, day)
	a.counted = r.counted
	r.lookBefore(r.counted)
	r.facts = workflow.Facts{Channel: a.after.Channel, Category: a.after.Category, Urgency: a.after.Urgency,
		Tickets: a.after.Tickets}
}

// lookBefore takes down the quarters that ended before a day.
func (r *replay) lookBefore(day workday.Date) {
	if r.again {
		return
	}
	if r.quarter == (workday.Quarter{}) {
		r.quarter = workday.QuarterOf(day)
		for _, t := range r.timers { // of a case that was found, which began earlier
			if q := workday.QuarterOf(t.Start); q.Compare(r.quarter) < 0 {
				r.quarter = q
			}
		}
	}
	for ; r.quarter.Last() < day; r.quarter = r.quarter.Add(1) {
		r.sights = append(r.sights, r.sight(r.quarter.Last()))
	}
}

func (r *replay) sight(last workday.Date) sight {
	s := sight{last: last, facts: r.facts, clocks: make([]clock.Clock, len(r.timers))}
	for i, t := range r.timers {
		if r.again || t.Open() || mayRunOn(t) {
			s.clocks[i] = t.At(r.env.Calendar, last, 0, 0)
		}
	}
	return s
}

// mayRunOn reports whether a stopped timer may be made to run on by what is no
// 更正: by the return of a feedback.
func mayRunOn(t *clock.Timer) bool {
	return !t.Dropped() && (t.Kind == clock.Feedback || t.Kind == clock.Improve || t.Kind == clock.Channel ||
		t.Kind == clock.Promise)
}

// lookAgain goes through the acts that no 更正 undid once more for each quarter:
// what a later 更正 mended is mended in the quarters before it, too.
func (r *replay) lookAgain() {
	for i := range r.sights {
		last := r.sights[i].last
		past := replay{env: r.env, table: r.table, h: r.h}
		if r.inherited != nil {
			past.takeInherited(r.inherited)
		}
		past.again = true
		for _, a := range r.steps {
			switch {
			case a.counted <= last:
				past.take(&a)
			case r.corrects(&a):
				past.mendPast(&a)
			}
		}
		r.sights[i] = past.sight(last)
	}
}

// mendPast is what a 更正 that is counted in a later quarter changes before it.
func (r *replay) mendPast(a *commitStep) {
	for _, ch := range a.changes {
		switch ch.Key {
		case "渠道":
			r.facts.Channel = a.after.Channel
		case "办理类别":
			r.facts.Category = a.after.Category
		case "紧急程度":
			r.facts.Urgency = a.after.Urgency
		case "件数":
			r.facts.Tickets = a.after.Tickets
		}
	}
	if r.pushes != a.pushes {
		return // it mended a push of after that
	}
	r.landing, r.commit, r.author = a.landing, a.commit, a.who.email
	if a.after.Lead != r.lead && r.pushes > 0 && a.after.Lead != "" {
		r.voidPush()
		return
	}
	r.mend(a, workday.Of(a.at))
}

// voidPush undoes the push in force: its clocks judge nobody.
func (r *replay) voidPush() {
	for _, t := range r.timers {
		t.Void = t.Void || t.Push == r.pushes
	}
}

// seen are the quarters that see the case otherwise than it stands today.
func (r *replay) seen() []workflow.Seen {
	r.lookBefore(r.env.AsOf.AddDays(1))
	if r.corrected {
		r.lookAgain()
	}
	var list []workflow.Seen
	for _, s := range r.sights {
		seen := workflow.Seen{Last: s.last, Clocks: len(s.clocks)}
		for i := range s.clocks {
			if was, now := &s.clocks[i], &r.life.Clocks[i]; was.Kind != "" && standsOtherwise(was, now) {
				seen.Moved = append(seen.Moved, workflow.SeenClock{N: i, Was: *was})
			}
		}
		if s.facts != r.facts {
			seen.Facts = &s.facts
		}
		if seen.Moved != nil || seen.Facts != nil || seen.Clocks < len(r.life.Clocks) {
			list = append(list, seen)
		}
	}
	return slices.Clip(list)
}

// standsOtherwise reports whether any figure of k differs from that of another
// sight of the same clock. In the window of a right nobody is late.
func standsOtherwise(k, now *clock.Clock) bool {
	if k.Kind == clock.Objection || k.Kind == clock.Statement {
		return false
	}
	return k.Unit != now.Unit || k.Start != now.Start || k.Due != now.Due || k.OriginalDue != now.OriginalDue ||
		k.Stopped != now.Stopped || k.Unanswered != now.Unanswered || k.Status != now.Status ||
		k.DaysLate != now.DaysLate || k.Missed != now.Missed || k.Class != now.Class
}
