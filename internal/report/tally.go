package report

import (
	"slices"
	"sync"

	"suqiu/internal/clock"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Tally is the figures of one quarter while they are counted, and what the report
// needs beside them.
type Tally struct {
	Quarterly
	b         *Book
	First     workday.Date
	Tracks    []*Track              // that the quarter has to do with
	Awaits    workday.Date          // the last day on which a 月报 of the quarter may be received
	collected map[workday.Month]int // 月报收集（件）
	handling  []int                 // working days, push → Accepted feedback, sorted
	whole     []int                 // calendar days, 收集 → 答复, sorted

	units      map[string]*UnitRow
	categories groups
	channels   groups
	methods    map[string]*Evaluation
	limits     map[limitKey]*Deadlines
}

// limitKey names a row of limits.
type limitKey struct {
	kind  clock.Kind
	class clock.Class
}

// Tally counts a quarter, once.
func (b *Book) Tally(q workday.Quarter) *Tally {
	b.mu.Lock()
	counted := b.tallies[q]
	if counted == nil {
		counted = sync.OnceValue(func() *Tally { return b.count(q) })
		b.tallies[q] = counted
	}
	b.mu.Unlock()
	return counted()
}

func (b *Book) count(q workday.Quarter) *Tally {
	t := &Tally{b: b, First: q.First(), Awaits: b.awaits(q), collected: map[workday.Month]int{},
		units: map[string]*UnitRow{}, categories: groups{}, channels: groups{},
		methods: map[string]*Evaluation{}, limits: map[limitKey]*Deadlines{}}
	t.Quarter, t.AsOf, t.Running = q, min(q.Last(), b.d.AsOf), b.d.AsOf < q.Last()
	receipt := b.d.Receipt(q.Last())
	for i := range b.tracks {
		tr := &b.tracks[i]
		switch {
		case tr.deleted != 0 && tr.deleted <= receipt:
			t.Deleted++
		case tr.first <= q.Last() && tr.last >= t.First:
			t.Tracks = append(t.Tracks, tr)
		}
	}
	if t.AsOf < t.First {
		return t // a quarter to come
	}
	for _, tr := range t.Tracks {
		t.count(tr, b.d.Config.Calendar)
	}
	t.countSubmissions()
	slices.Sort(t.handling)
	slices.Sort(t.whole)
	t.Handling, t.Whole = spread(t.handling), spread(t.whole)
	t.listRows()
	return t
}

// facts are what the quarter knew of a case.
func (t *Tally) facts(tr *Track) workflow.Facts {
	f := workflow.Facts{Channel: tr.c.Channel, Category: tr.c.Category, Urgency: tr.c.Urgency, Tickets: tr.c.Tickets}
	if s := tr.c.Life.At(t.Quarter.Last()); s != nil && s.Facts != nil {
		f = *s.Facts
	}
	f.Tickets = max(1, f.Tickets)
	return f
}

// Within reports whether a day counts in the quarter.
func (t *Tally) Within(d workday.Date) bool { return d >= t.First && d <= t.AsOf }

func (t *Tally) unit(name string) *UnitRow {
	row := t.units[name]
	if row == nil {
		row = &UnitRow{Unit: name}
		t.units[name] = row
	}
	return row
}

// count adds one case to the quarter.
func (t *Tally) count(tr *Track, cal *workday.Calendar) {
	if tr.registered > t.AsOf {
		return
	}
	facts := t.facts(tr)
	category, channel := t.categories.of(facts.Category), t.channels.of(facts.Channel)
	if t.Within(tr.registered) {
		n := facts.Tickets
		t.Funnel.Tickets += n
		t.Funnel.Registered++
		for _, g := range []*GroupRow{category, channel} {
			g.Tickets += n
			g.Registered++
		}
		switch {
		case tr.pushedBy(t.AsOf):
			t.Funnel.Pushed++
			if tr.stockAt(t.AsOf) == done {
				t.Funnel.Done++
			}
		case !tr.at(t.AsOf).IsOpen():
			t.Funnel.NotPushed++
		}
	}
	if flow := tr.flow(t.First, t.AsOf); flow != (Balance{}) {
		t.Balance.add(flow)
		t.unit(tr.LeadAt(t.AsOf)).Balance.add(flow)
		category.Balance.add(flow)
		channel.Balance.add(flow)
	}
	t.countClocks(tr, category, channel)
	t.countEvents(tr, cal)
}

// countClocks adds the limits that the quarter counts.
func (t *Tally) countClocks(tr *Track, category, channel *GroupRow) {
	for i := range tr.c.Life.Clocks {
		k := &tr.c.Life.Clocks[i]
		if k.Kind == clock.Objection || k.Kind == clock.Statement {
			continue // the window of a right: nobody is late in it
		}
		d := t.b.Judge(tr, i, t.Quarter).Deadlines
		if d == (Deadlines{}) {
			continue
		}
		switch k.Kind {
		case clock.Feedback:
			t.Deadlines.add(d)
			t.unit(k.Unit).Deadlines.add(d)
			category.Deadlines.add(d)
			channel.Deadlines.add(d)
		case clock.CoFeedback:
			t.unit(k.Unit).CoDeadlines.add(d)
			t.limit(k).add(d)
		default:
			t.limit(k).add(d)
		}
	}
}

func (t *Tally) limit(k *clock.Clock) *Deadlines {
	key := limitKey{k.Kind, k.Class}
	d := t.limits[key]
	if d == nil {
		d = &Deadlines{}
		t.limits[key] = d
	}
	return d
}

// countEvents adds what happened in the quarter.
func (t *Tally) countEvents(tr *Track, cal *workday.Calendar) {
	acceptedNow, evaluatedYet, nth := false, false, 0
	for i := range tr.events {
		e := &tr.events[i]
		if e.Day > t.AsOf {
			break
		}
		evaluatedYet = evaluatedYet || e.What == Evaluated
		if e.What == Accepted {
			nth++
		}
		if e.Day < t.First {
			continue
		}
		t.Steps.add(e.What)
		if e.Unit != "" {
			t.unit(e.Unit).Steps.add(e.What)
		}
		if e.What == Accepted {
			acceptedNow = true
			t.time(tr, i, nth, cal)
		}
	}
	for _, e := range tr.Evaluations(t.First, t.AsOf) {
		result := e.Entry.Word
		t.Evaluation.add(result)
		t.unit(tr.LeadAt(e.Day)).Evaluation.add(result)
		if t.methods[e.Entry.Method] == nil {
			t.methods[e.Entry.Method] = &Evaluation{}
		}
		t.methods[e.Entry.Method].add(result)
	}
	if acceptedNow {
		t.Evaluation.Accepted++
		if evaluatedYet {
			t.Evaluation.Covered++
		}
	}
}

// Evaluations are the 评估 that count in from..to: of each round, from the
// acceptance of a feedback to 办结 or 改进, the last before it ended. It counts
// when the round ends: until then another may take its place.
func (tr *Track) Evaluations(from, to workday.Date) []*Happening {
	var list []*Happening
	var last *Happening
	within := false
	for i := range tr.events {
		e := &tr.events[i]
		if e.Day > to {
			break
		}
		switch e.What {
		case Accepted:
			within, last = true, nil
		case Evaluated:
			if within {
				last = e
			}
		case roundEnds:
			if within && last != nil && e.Day >= from {
				list = append(list, last)
			}
			within, last = false, nil
		}
	}
	return list
}

// time measures how long the task took whose feedback was accepted by an event,
// the nth of the case: from the push to the unit that answered, never from a
// resume. The feedback of an improvement answers no push and is not measured.
func (t *Tally) time(tr *Track, event, nth int, cal *workday.Calendar) {
	day := tr.events[event].Day
	var last *clock.Clock
	for i := range tr.c.Life.Clocks {
		k := &tr.c.Life.Clocks[i]
		done := (k.Status == clock.Met || k.Status == clock.Missed) && !k.Unanswered
		if k.Kind == clock.Feedback && done && k.Stopped <= day && (last == nil || k.Stopped >= last.Stopped) {
			last = k
		}
	}
	if last == nil || tr.improving(last.Stopped, event) {
		return
	}
	t.handling = append(t.handling, cal.Count(tr.pushedOn(last), last.Stopped))
	answered := last.Stopped
	for _, f := range tr.c.Feedback {
		if f.Review != "通过" {
			continue
		}
		if nth--; nth == 0 && f.Answered != 0 && f.Answered <= day {
			answered = f.Answered
		}
	}
	if from := tr.c.Collected; from != 0 && answered >= from {
		t.whole = append(t.whole, int(answered-from))
	}
}

// pushedOn is the day of the push that a feedback clock belongs to, which a
// resume after 长期推进 started anew.
func (tr *Track) pushedOn(k *clock.Clock) workday.Date {
	if k.Pushed != 0 {
		return k.Pushed
	}
	day := k.Start
	for i := range tr.c.Life.Clocks {
		if x := &tr.c.Life.Clocks[i]; x.Kind == k.Kind && x.Push == k.Push && x.Unit == k.Unit {
			day = min(day, x.Start)
		}
	}
	return day
}

// improving reports whether an improvement was ordered from a day on, before an
// event.
func (t *Track) improving(from workday.Date, event int) bool {
	return slices.ContainsFunc(t.events[:event], func(e Happening) bool { return e.What == Improved && e.Day >= from })
}

func (d *Deadlines) add(o Deadlines) {
	d.Due += o.Due
	d.OnTime += o.OnTime
	d.LateDone += o.LateDone
	d.LateOpen += o.LateOpen
	d.NotYet += o.NotYet
	d.Original += o.Original
	d.Pending += o.Pending
	d.LateAgain += o.LateAgain
}

func (s *Submissions) add(o Submissions) {
	s.Due += o.Due
	s.OnTime += o.OnTime
	s.Late += o.Late
	s.Awaited += o.Awaited
}

func (s *Steps) add(what Kind) {
	counter := [...]*int{extension: &s.Extensions, granted: &s.Granted, refused: &s.Refused, objection: &s.Objections,
		upheld: &s.Upheld, Rejected: &s.Rejected, escalation: &s.Escalations, reassigned: &s.Reassigned,
		Returned: &s.Returned, Improved: &s.Improved, proxy: &s.Proxies, Corrected: &s.Corrected, roundEnds: nil}[what]
	if counter != nil {
		*counter++
	}
}

func (e *Evaluation) add(result string) {
	e.All++
	switch result {
	case "满意":
		e.Satisfied++
	case "基本满意":
		e.Fair++
	case "不满意":
		e.Dissatisfied++
	default:
		e.Unrated++
	}
}
