package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/report"
	"suqiu/internal/workday"
)

// openAfter is the working day late at whose end a task that is still unanswered
// costs the difference from 超期已办 to 超期未办 as well.
const openAfter = 10

// charge is what one late task is charged with in one quarter: the base in the
// quarter of the due day, the difference to 超期未办 in that of the tenth working
// day late, each day late in its own, the cap over all of them.
type charge struct {
	first  bool          // the base is charged
	again  bool          // it was counted as on time, and is late after a return
	more   config.Points // the difference
	before int           // days late charged in earlier quarters
	days   int
	points config.Points
	capped bool
	waived string // an earlier quarter found that it is not to be charged: 2026Q3
}

// chargeOf is what the n-th clock of a case costs in a quarter.
func (b *Book) chargeOf(tr *report.Track, n int, q workday.Quarter) charge {
	var c charge
	var total config.Points
	began, tenth, waived := false, false, ""
	for r := workday.QuarterOf(tr.Case().Life.Clocks[n].Start); r.Compare(q) <= 0; r = r.Add(1) {
		j := b.Judge(tr, n, r)
		if !j.Late {
			continue
		}
		w := weights(b.Register(), r)
		days := b.DaysLate(tr, n, r)
		c = charge{first: !began, again: j.LateAgain > 0, before: c.before + c.days, waived: waived}
		c.days = max(0, days-c.before)
		if c.first {
			c.points = w.LateDone
		}
		if !tenth && b.openLong(tr, n, r, days) {
			tenth = true
			c.more = max(0, w.LateOpen-w.LateDone)
			c.points += c.more
		}
		c.points += config.Points(c.days) * w.LateDay
		if left := w.LateMost - total; w.LateMost > 0 && c.points > left {
			c.points, c.capped = max(0, left), true
		}
		total += c.points
		began = true
		if b.waives(tr, n, r) {
			waived = r.String()
		}
	}
	return c
}

// openLong reports whether a task was unanswered at the end of the tenth working
// day late, by the end of a quarter in which it was late so many days.
func (b *Book) openLong(tr *report.Track, n int, q workday.Quarter, days int) bool {
	if days != openAfter {
		return days > openAfter
	}
	k, _ := b.Sees(tr, n, q)
	tenth := k.Due
	for _, late := range k.Late {
		for _, day := range b.Register().Config.Calendar.Days(late.From, late.To) {
			if day.Working {
				tenth = day.Date
			}
		}
	}
	return k.Stopped != tenth && !slices.ContainsFunc(k.Answers, func(a clock.Answer) bool { return a.On == tenth })
}

// waives reports whether 核实结论 of a quarter says that a late task is not to be
// charged. That binds later quarters.
func (b *Book) waives(tr *report.Track, n int, q workday.Quarter) bool {
	unit := tr.Case().Life.Clocks[n].Unit
	return slices.ContainsFunc(b.Register().Appraisals, func(a *register.Appraisal) bool {
		return a.Quarter == q && slices.ContainsFunc(a.Pleas, func(p papers.Plea) bool {
			return p.Unit == unit && p.Case == tr.Case().ID && p.Verdict == papers.Waived &&
				(p.Item == "超期已办" || p.Item == "超期未办")
		})
	})
}

// late charges a task that is late, in this quarter or since an earlier one.
func (p *appraiser) late(tr *report.Track, n int) {
	c := p.b.chargeOf(tr, n, p.t.Quarter)
	k, _ := p.b.Sees(tr, n, p.t.Quarter)
	if c.waived != "" || !c.first && c.days == 0 && c.more == 0 {
		return
	}
	item := "超期已办"
	if c.more > 0 {
		item = "超期未办"
	}
	reason := "到期日 " + report.MissedOn(&k).String()
	if k.OriginalDue != report.MissedOn(&k) {
		reason += "（原到期日 " + k.OriginalDue.String() + "）"
	}
	if k.Due != report.MissedOn(&k) {
		reason += "，现到期日 " + k.Due.String()
	}
	if c.again {
		reason += "，退回后超期"
	}
	reason += "，" + p.until(&k) + fmt.Sprintf("，超 %d 个工作日", c.before+c.days)
	if !c.first {
		reason += fmt.Sprintf("，其中本季度 %d 个", c.days)
	}
	var sum []string
	w := &p.weights
	if c.first {
		sum = append(sum, w.LateDone.String())
	}
	if c.more > 0 {
		sum = append(sum, "满 10 个工作日未反馈补差额 "+c.more.String())
	}
	if c.days > 0 {
		sum = append(sum, fmt.Sprintf("%d × %s", c.days, w.LateDay))
	}
	reason += "：" + strings.Join(sum, " + ")
	if c.capped {
		reason += "，各季度合计最多 " + w.LateMost.String()
	}
	p.deduct(k.Unit, item, tr.Case().ID, min(max(report.MissedOn(&k), p.t.First), p.t.AsOf), c.points, reason)
}

// until says what became of a late limit.
func (p *appraiser) until(k *clock.Clock) string {
	switch {
	case k.Stopped == 0 || k.Stopped > p.t.AsOf:
	case k.Unanswered:
		return "至 " + k.Stopped.String() + " 任务改派或终结，未反馈"
	default:
		return k.Stopped.String() + " 反馈"
	}
	return "至 " + p.t.AsOf.String() + " 未反馈"
}

// refund gives back what frozen quarters charged for a case and a 更正 of this
// quarter undid: they stand as published, so it comes back here.
func (p *appraiser) refund(tr *report.Track) {
	day := workday.Date(0)
	for i := range tr.Events() {
		if e := &tr.Events()[i]; e.What == report.Corrected && p.t.Within(e.Day) {
			day = e.Day
		}
	}
	if day == 0 {
		return
	}
	back, quarters := map[string]config.Points{}, map[string][]string{}
	for _, published := range p.b.Register().Published {
		if published.Quarter.Compare(p.t.Quarter) >= 0 || published.Then == nil {
			continue
		}
		was, is := p.b.frozen(published).charged(tr.Case().ID, false),
			p.b.appraisalOf(published.Quarter).charged(tr.Case().ID, false)
		for unit, points := range was {
			if points != is[unit] {
				back[unit] += points - is[unit]
				quarters[unit] = append(quarters[unit], published.Quarter.String())
			}
		}
	}
	if len(back) == 0 {
		return
	}
	for r := p.b.Register().Published[0].Quarter.Add(1); r.Compare(p.t.Quarter) < 0; r = r.Add(1) {
		for unit, points := range p.b.asCharged(r).charged(tr.Case().ID, true) {
			back[unit] += points // less what was given back already
		}
	}
	for _, u := range p.b.Register().Config.Units {
		if points := back[u.Name]; points > 0 {
			p.list = append(p.list, Deduction{Unit: u.Name, Item: refunded, Case: tr.Case().ID, Day: day,
				Clause: "三(五)", Points: -points, Final: -points,
				Reason: strings.Join(quarters[u.Name], "、") + " 已扣的分，经 " + day.String() +
					" 更正后不应扣，返还 " + points.String()})
		}
	}
}

// refunded is what 更正返还 is called among the deductions.
const refunded = "更正返还"

// charged adds up what an appraisal charges each unit for a case, or, if so
// asked, what it gives back.
func (a *Appraisal) charged(id string, back bool) map[string]config.Points {
	sum := map[string]config.Points{}
	for i := range a.Deductions {
		if x := &a.Deductions[i]; x.Case == id && (x.Item == refunded) == back {
			sum[x.Unit] += x.Final
		}
	}
	return sum
}

// asCharged is 考评 of a quarter as it was frozen, else as it is computed now.
func (b *Book) asCharged(q workday.Quarter) *Appraisal {
	for _, p := range b.Register().Published {
		if p.Quarter == q && p.Then != nil {
			return b.frozen(p)
		}
	}
	return b.appraisalOf(q)
}

// frozen is 考评 of a published quarter as it was computed then.
func (b *Book) frozen(p *register.Published) *Appraisal {
	b.mu.Lock()
	then := b.then[p]
	if then == nil {
		then = Open(report.Open(p.Then))
		b.then[p] = then
	}
	b.mu.Unlock()
	return then.appraisalOf(p.Quarter)
}

// appraisalOf is 考评 of a quarter, computed once.
func (b *Book) appraisalOf(q workday.Quarter) *Appraisal {
	b.mu.Lock()
	a := b.appraisals[q]
	b.mu.Unlock()
	if a == nil {
		computed := b.appraise(q)
		a = &computed
		b.mu.Lock()
		b.appraisals[q] = a
		b.mu.Unlock()
	}
	return a
}
