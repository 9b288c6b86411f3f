// Package appraisal computes 考评 of a quarter (三(五)): what is deducted from each
// unit, each deduction explained, what the unit said to it and what was found.
// What a late task costs it charges once, over as many quarters as it was late
// in; what frozen quarters charged stands as published.
package appraisal

import (
	"cmp"
	"slices"
	"sync"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// Appraisal is 考评 of a quarter (三(五)): what is deducted from each unit, why,
// what the unit said to it and what was found. Nothing is deducted for the use
// of a right: an objection, an extension, a question to the joint meeting. It
// is for the 监督 edition alone, and ranks nobody.
type Appraisal struct {
	Quarter    workday.Quarter        `json:"quarter"`
	AsOf       workday.Date           `json:"counted_to"`
	Running    bool                   `json:"running"`
	Weights    []config.AppraisalItem `json:"-"`
	Units      []Score                `json:"units"`      // every unit with something to appraise, in configured order
	Deductions []Deduction            `json:"deductions"` // by unit in that order, day and case
	Undecided  int                    `json:"undecided"`  // pleas without 核实结论
	// Unmatched are pleas against what is not deducted.
	Unmatched []papers.Plea     `json:"unmatched"`
	Limits    []report.LimitRow `json:"limits"` // the office's own, measured beside it
}

// Score is the sum of one unit.
type Score struct {
	Unit     string        `json:"unit"`
	Count    int           `json:"count"`    // deductions
	Deducted config.Points `json:"deducted"` // hundredths, before 核实
	Final    config.Points `json:"final"`    // hundredths, after it
	Score    config.Points `json:"score"`    // 满分 less Final, not below zero
}

// Deduction is one, explained.
type Deduction struct {
	Unit   string        `json:"unit"`
	Item   string        `json:"item"` // key of 考评
	Case   string        `json:"case"` // empty: of no case
	Day    workday.Date  `json:"day"`
	Clause string        `json:"clause"`
	Reason string        `json:"reason"`
	Points config.Points `json:"points"` // hundredths
	Final  config.Points `json:"final"`  // after 核实结论
	Plea   *papers.Plea  `json:"plea,omitempty"`
}

// Book computes 考评 of the quarters of a register, each once. Its methods may be
// called from any goroutine.
type Book struct {
	*report.Book
	mu         sync.Mutex
	appraisals map[workday.Quarter]*Appraisal
	then       map[*register.Published]*Book // of the registers that quarters were frozen from
}

// Open begins from a register laid out for counting.
func Open(b *report.Book) *Book {
	return &Book{Book: b, appraisals: map[workday.Quarter]*Appraisal{}, then: map[*register.Published]*Book{}}
}

// Of computes 考评 of one quarter.
func Of(d *register.Register, q workday.Quarter) Appraisal { return Open(report.Open(d)).Of(q) }

// Of computes 考评 of a quarter.
func (b *Book) Of(q workday.Quarter) Appraisal { return *b.appraisalOf(q) }

func (b *Book) appraise(q workday.Quarter) Appraisal {
	d, t := b.Register(), b.Tally(q)
	p := appraiser{b: b, t: t, weights: weights(d, q)}
	for _, tr := range t.Tracks {
		p.appraise(tr)
	}
	for _, m := range b.Monthly() {
		p.submission(&m)
	}
	a := Appraisal{Quarter: q, AsOf: t.AsOf, Running: d.AsOf < q.Last(), Weights: p.weights.Describe(),
		Limits: t.Limits}
	order := map[string]int{}
	for i, u := range d.Config.Units {
		order[u.Name] = i + 1
	}
	slices.SortStableFunc(p.list, func(x, y Deduction) int {
		return cmp.Or(cmp.Compare(order[x.Unit], order[y.Unit]), cmp.Compare(x.Day, y.Day),
			cmp.Compare(x.Case, y.Case), cmp.Compare(x.Item, y.Item))
	})
	a.Deductions = p.list
	a.hear(d, q)
	a.sum(d.Config, p.weights.Full, t)
	return a
}

// weights are those of 考评 for a quarter: of a published one those that it was
// published by, whatever suqiu.yaml says by now.
func weights(d *register.Register, q workday.Quarter) config.Appraisal {
	for _, p := range d.Published {
		if p.Quarter == q && p.Then != nil {
			return p.Then.Config.Appraisal
		}
	}
	return d.Config.Appraisal
}

// appraiser collects the deductions.
type appraiser struct {
	b       *Book
	t       *report.Tally
	weights config.Appraisal
	list    []Deduction
}

func (p *appraiser) deduct(unit, item, id string, day workday.Date, points config.Points, reason string) {
	if points <= 0 || unit == "" {
		return
	}
	clause := ""
	for _, k := range p.weights.Describe() {
		if k.Key == item {
			clause = k.Clause
		}
	}
	p.list = append(p.list, Deduction{Unit: unit, Item: item, Case: id, Day: day, Clause: clause, Reason: reason,
		Points: points, Final: points})
}

// appraise finds what is deducted for one case.
func (p *appraiser) appraise(tr *report.Track) {
	w := &p.weights
	for i := range tr.Case().Life.Clocks {
		k := &tr.Case().Life.Clocks[i]
		if k.Kind != clock.Feedback && k.Kind != clock.Improve || !k.Class.Counts() {
			continue
		}
		switch j := p.b.Judge(tr, i, p.t.Quarter); {
		case !j.Late:
		case k.Kind == clock.Feedback:
			p.late(tr, i)
		case j.LateDone+j.LateOpen+j.LateAgain > 0:
			seen, _ := p.b.Sees(tr, i, p.t.Quarter)
			p.deduct(k.Unit, "改进超期", tr.Case().ID, seen.Due, w.LateGoal,
				"改进完成期限 "+seen.Due.String()+"，"+p.until(&seen))
		}
	}
	p.refund(tr)
	for i := range tr.Events() {
		e := &tr.Events()[i]
		if !p.t.Within(e.Day) {
			continue
		}
		switch e.What {
		case report.Rejected:
			p.deduct(e.Unit, "异议不成立", tr.Case().ID, e.Day, w.Rejected,
				"提出的异议于 "+e.Day.String()+" 经确认不成立")
		case report.Returned:
			p.deduct(e.Unit, "审核退回", tr.Case().ID, e.Day, w.Returned,
				e.Day.String()+" 审核退回："+cmp.Or(e.Event.Reason, "未写明原因"))
		case report.Improved:
			p.deduct(e.Unit, "督促改进", tr.Case().ID, e.Day, w.Improved,
				e.Day.String()+" 督促改进："+cmp.Or(e.Event.Reason, "未写明原因"))
		}
	}
	for _, e := range tr.Evaluations(p.t.First, p.t.AsOf) {
		if e.Entry.Word == "不满意" {
			day := max(e.Day, p.t.First)
			p.deduct(tr.LeadAt(e.Day), "评估不满意", tr.Case().ID, day, w.Displeased,
				e.Day.String()+" "+e.Entry.Method+"结果为不满意")
		}
	}
	p.lateRequests(tr)
}

// lateRequests finds what was filed after its limit. The rules of those slugs
// tell of the same.
func (p *appraiser) lateRequests(tr *report.Track) {
	names := map[string]string{"objection-late": "异议", "escalation-late": "说明单", "extension-late": "延期申请"}
	for _, f := range tr.Case().Life.Faults {
		name := names[f.Rule]
		if name == "" || f.Event < 1 || f.Event > len(tr.Case().Life.Events) {
			continue
		}
		e := &tr.Case().Life.Events[f.Event-1]
		if day := e.Counts(); !e.Voided && !e.Pending && p.t.Within(day) {
			p.deduct(f.Unit, "逾期提出", tr.Case().ID, day, p.weights.LateAsked, name+"逾期提出："+f.Message)
		}
	}
}

// submission is a 月度报送 that came late or not at all.
func (p *appraiser) submission(m *register.MonthlyDuty) {
	if !p.t.Quarter.Contains(m.Month.First()) {
		return
	}
	what := m.Month.String() + " 月度报送应于 " + m.Due.String() + " 前报送，"
	switch filed := p.t.Filed(m); {
	case filed != 0 && filed > m.Due:
		p.deduct(m.Unit, "月报迟报", "", m.Due, p.weights.LatePaper, what+filed.String()+" 报送")
	case filed == 0 && p.b.Register().AsOf > p.b.Register().Receipt(m.Due):
		p.deduct(m.Unit, "月报未报", "", m.Due, p.weights.NoPaper,
			what+"至 "+min(p.b.Register().AsOf, p.t.Awaits).String()+" 未报")
	}
}

// hear takes over what units said and what was found.
func (a *Appraisal) hear(d *register.Register, q workday.Quarter) {
	for _, paper := range d.Appraisals {
		if paper.Quarter != q {
			continue
		}
		for i := range paper.Pleas {
			plea := &paper.Pleas[i]
			if plea.Verdict == "" {
				a.Undecided++
			}
			n := slices.IndexFunc(a.Deductions, func(x Deduction) bool {
				return x.Plea == nil && x.Unit == plea.Unit && x.Item == plea.Item && x.Case == plea.Case
			})
			if n < 0 {
				a.Unmatched = append(a.Unmatched, *plea)
				continue
			}
			x := &a.Deductions[n]
			x.Plea = plea
			switch plea.Verdict {
			case papers.Waived:
				x.Final = 0
			case papers.Mitigated:
				if points, ok := config.ParsePoints(plea.Points); ok {
					x.Final = min(points, x.Points)
				}
			}
		}
	}
}

// sum adds up each unit that handled something or from which something is
// deducted.
func (a *Appraisal) sum(c *config.Config, full config.Points, t *report.Tally) {
	for _, u := range c.Units {
		s := Score{Unit: u.Name}
		for i := range a.Deductions {
			if x := &a.Deductions[i]; x.Unit == u.Name {
				s.Count++
				s.Deducted += x.Points
				s.Final += x.Final
			}
		}
		if s.Count == 0 && !slices.ContainsFunc(t.Units, func(r report.UnitRow) bool { return r.Unit == u.Name }) {
			continue
		}
		s.Score = max(0, full-s.Final)
		a.Units = append(a.Units, s)
	}
}
