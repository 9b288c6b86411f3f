package report

import (
	"slices"
	"sync"

	"suqiu/internal/docket"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// tally is the sums of one quarter.
type tally struct {
	first, cut workday.Date
	tracks     []*track // that the quarter has to do with

	balance    Balance
	funnel     Funnel
	deadlines  Deadlines
	steps      Steps
	evaluation Evaluation
	monthly    Submissions
	handling   []int // working days, push → accepted feedback, sorted
	whole      []int // calendar days, 收集 → 答复, sorted

	units      map[string]*UnitRow
	categories groups
	channels   groups
	methods    map[string]*Evaluation
	limits     map[limitKey]*Deadlines
}

// limitKey names a row of limits.
type limitKey struct {
	kind  workflow.ClockKind
	class workflow.Class
}

// tally counts a quarter, once.
func (b *Book) tally(q workday.Quarter) *tally {
	b.mu.Lock()
	counted := b.tallies[q]
	if counted == nil {
		counted = sync.OnceValue(func() *tally { return b.count(q) })
		b.tallies[q] = counted
	}
	b.mu.Unlock()
	return counted()
}

func (b *Book) count(q workday.Quarter) *tally {
	t := &tally{first: q.First(), cut: min(q.Last(), b.d.AsOf), units: map[string]*UnitRow{},
		categories: groups{}, channels: groups{}, methods: map[string]*Evaluation{}, limits: map[limitKey]*Deadlines{}}
	for i := range b.tracks {
		if tr := &b.tracks[i]; tr.first <= q.Last() && tr.last >= t.first {
			t.tracks = append(t.tracks, tr)
		}
	}
	if t.cut < t.first {
		return t // a quarter to come
	}
	for _, tr := range t.tracks {
		t.count(tr, b.d.Config.Calendar)
	}
	for i := range b.monthly {
		t.countSubmission(&b.monthly[i])
	}
	slices.Sort(t.handling)
	slices.Sort(t.whole)
	return t
}

func (t *tally) within(d workday.Date) bool { return d >= t.first && d <= t.cut }

func (t *tally) unit(name string) *UnitRow {
	row := t.units[name]
	if row == nil {
		row = &UnitRow{Unit: name}
		t.units[name] = row
	}
	return row
}

// count adds one case to the quarter.
func (t *tally) count(tr *track, cal *workday.Calendar) {
	if tr.registered > t.cut {
		return
	}
	category, channel := t.categories.of(tr.c.Category), t.channels.of(tr.c.Channel)
	if t.within(tr.registered) {
		n := tr.tickets()
		t.funnel.Tickets += n
		t.funnel.Registered++
		for _, g := range []*GroupRow{category, channel} {
			g.Tickets += n
			g.Registered++
		}
		switch end := tr.at(t.cut); {
		case tr.pushedBy(t.cut):
			t.funnel.Pushed++
			if end == workflow.Closed {
				t.funnel.Done++
			}
		case !end.IsOpen():
			t.funnel.NotPushed++
		}
	}
	if flow := tr.flow(t.first, t.cut); flow != (Balance{}) {
		t.balance.add(flow)
		t.unit(tr.leadAt(t.cut)).Balance.add(flow)
		category.Balance.add(flow)
		channel.Balance.add(flow)
	}
	t.countClocks(tr, category, channel)
	t.countEvents(tr, cal)
}

// countClocks adds the limits whose due day lies in the quarter, also in its
// days to come.
func (t *tally) countClocks(tr *track, category, channel *GroupRow) {
	last := workday.QuarterOf(t.first).Last()
	for i := range tr.c.Life.Clocks {
		k := &tr.c.Life.Clocks[i]
		if k.Due < t.first || k.Due > last || k.Start > t.cut || k.Status == workflow.Cancelled {
			continue
		}
		switch d := t.judge(k); k.Kind {
		case workflow.FeedbackClock:
			t.deadlines.add(d)
			t.unit(k.Unit).Deadlines.add(d)
			category.Deadlines.add(d)
			channel.Deadlines.add(d)
		case workflow.ObjectionClock, workflow.StatementClock: // the window of a right: nobody is late in it
		case workflow.CoFeedbackClock:
			t.unit(k.Unit).CoDeadlines.add(d)
			t.limit(k).add(d)
		default:
			t.limit(k).add(d)
		}
	}
}

// countSubmission adds one 月度报送 whose last day lies in the quarter.
func (t *tally) countSubmission(m *docket.MonthlyDuty) {
	if !t.within(m.Due) || m.Standing == docket.Receipt {
		return
	}
	s := Submissions{Due: 1}
	if m.File != nil && m.File.Filed != 0 {
		switch filed := m.File.Filed; {
		case filed <= m.Due:
			s.OnTime = 1
		case filed <= t.cut:
			s.Late = 1
		}
	}
	t.monthly.add(s)
	t.unit(m.Unit).Monthly.add(s)
}

func (t *tally) limit(k *workflow.Clock) *Deadlines {
	key := limitKey{k.Kind, k.Class}
	d := t.limits[key]
	if d == nil {
		d = &Deadlines{}
		t.limits[key] = d
	}
	return d
}

// judge says how one limit stood at the end of the quarter.
func (t *tally) judge(k *workflow.Clock) Deadlines {
	d := Deadlines{Due: 1}
	original := k.OriginalDue
	if original == 0 {
		original = k.Due
	}
	stopped := k.Stopped != 0 && k.Stopped <= t.cut
	switch {
	case k.Status == workflow.Met:
		// Stopped by the due day, which lies in the quarter; in a quarter that
		// still runs it is at most the docket's own day.
		d.OnTime = 1
		if k.Stopped <= original {
			d.Original = 1
		}
	case k.Status == workflow.Missed && stopped:
		d.LateDone = 1
	case k.Status == workflow.Missed, k.Status == workflow.Overdue:
		d.LateOpen = 1
	default:
		d.NotYet = 1
	}
	return d
}

// countEvents adds what happened in the quarter.
func (t *tally) countEvents(tr *track, cal *workday.Calendar) {
	acceptedNow, evaluatedYet, nth := false, false, 0
	for i := range tr.events {
		e := &tr.events[i]
		if e.day > t.cut {
			break
		}
		evaluatedYet = evaluatedYet || e.what == evaluated
		if e.what == accepted {
			nth++
		}
		if e.day < t.first {
			continue
		}
		t.steps.add(e.what)
		if e.unit != "" {
			t.unit(e.unit).Steps.add(e.what)
		}
		switch e.what {
		case accepted:
			acceptedNow = true
			t.time(tr, e.day, nth, cal)
		case evaluated:
			result := e.entry.Word
			t.evaluation.add(result)
			t.unit(tr.leadAt(e.day)).Evaluation.add(result)
			if t.methods[e.entry.Method] == nil {
				t.methods[e.entry.Method] = &Evaluation{}
			}
			t.methods[e.entry.Method].add(result)
		}
	}
	if acceptedNow {
		t.evaluation.Accepted++
		if evaluatedYet {
			t.evaluation.Covered++
		}
	}
}

// time measures how long the task took whose feedback was accepted on a day,
// the nth of the case. The feedback of an improvement answers no push and is
// not measured.
func (t *tally) time(tr *track, day workday.Date, nth int, cal *workday.Calendar) {
	var clock *workflow.Clock
	for i := range tr.c.Life.Clocks {
		k := &tr.c.Life.Clocks[i]
		done := k.Status == workflow.Met || k.Status == workflow.Missed
		if k.Kind == workflow.FeedbackClock && done && k.Stopped <= day && (clock == nil || k.Stopped >= clock.Stopped) {
			clock = k
		}
	}
	if clock == nil || tr.improving(clock.Stopped, day) {
		return
	}
	t.handling = append(t.handling, cal.Count(clock.Start, clock.Stopped))
	answered := clock.Stopped
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

// improving reports whether an improvement was ordered in (from, to].
func (t *track) improving(from, to workday.Date) bool {
	for i := range t.events {
		if e := &t.events[i]; e.what == improved && e.day >= from && e.day <= to {
			return true
		}
	}
	return false
}

func (d *Deadlines) add(o Deadlines) {
	d.Due += o.Due
	d.OnTime += o.OnTime
	d.LateDone += o.LateDone
	d.LateOpen += o.LateOpen
	d.NotYet += o.NotYet
	d.Original += o.Original
}

func (s *Submissions) add(o Submissions) {
	s.Due += o.Due
	s.OnTime += o.OnTime
	s.Late += o.Late
}

func (s *Steps) add(what happeningKind) {
	switch what {
	case extension:
		s.Extensions++
	case granted:
		s.Granted++
	case refused:
		s.Refused++
	case objection:
		s.Objections++
	case upheld:
		s.Upheld++
	case rejected:
		s.Rejected++
	case escalation:
		s.Escalations++
	case reassigned:
		s.Reassigned++
	case returned:
		s.Returned++
	case improved:
		s.Improved++
	case proxy:
		s.Proxies++
	case corrected:
		s.Corrected++
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
