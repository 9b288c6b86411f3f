package docket

import (
	"cmp"
	"slices"
	"strconv"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Waiting is one thing that waits for the joint meeting.
type Waiting struct {
	Source string       // 来源: one of papers.From…, or the 编号 of a paper of meetings/
	Case   *Case        // nil: of no case
	Matter string       // 事项
	Units  []string     // who asks, or is to carry it out
	Words  string       // what is asked, in a few words
	Since  workday.Date // filed on; zero: unknown
	Due    workday.Date // by when it should be decided; zero: no limit
	Tabled string       // 编号 of what has it on its agenda and has not been held, a 传签 first; empty: none
	// Decided is the 编号 of what decided it, where the decision has not been
	// written into the case yet, as the office must; empty: none.
	Decided string
	Wish    string // 编号 of the suggestion by which it was asked for; empty: the case itself asks, or the meeting
}

// Urgent reports whether it cannot wait for the next regular meeting: the unit
// in charge cannot go on, or its clock stands still. What asks for a meeting by
// name (一事一议, 三(一)) is not decided by circulation.
func (w *Waiting) Urgent() bool {
	return slices.Contains([]string{papers.FromObjection, papers.FromEscalation, papers.FromExtension}, w.Source)
}

// Agenda lists what waits for a decision on a day, the most pressing kinds
// first and the oldest of each first: objections, escalations, extensions,
// 一事一议, 长期推进 whose 下次研究日期 has come, resolutions that were not carried
// out, and proposals of units.
func (d *Docket) Agenda(on workday.Date) []Waiting {
	var list []Waiting
	for _, c := range d.Cases {
		if !c.Deleted && c.Broken == nil && c.Life.State.IsOpen() {
			list = append(list, d.asked(c, on)...)
		}
	}
	for _, r := range d.Resolutions() {
		if r.Done || r.Topic.Due == 0 || r.Topic.Due > on {
			continue
		}
		list = append(list, Waiting{Source: r.Meeting.ID, Matter: "听取“" + r.Topic.Matter + "”的落实情况", Units: r.Topic.Units,
			Words: r.Meeting.ID + " 议定，完成期限 " + r.Topic.Due.String(), Since: r.Meeting.Held, Due: r.Topic.Due})
	}
	for _, m := range d.Meetings {
		list = append(list, d.wished(m)...)
	}
	list = slices.DeleteFunc(list, d.settled)
	for i := range list {
		list[i].Tabled, list[i].Decided = d.tabled(&list[i]), d.decided(&list[i])
	}
	slices.SortStableFunc(list, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(rankOf(a.Source), rankOf(b.Source)), cmp.Compare(a.Since, b.Since))
	})
	return list
}

func rankOf(source string) int {
	if i := slices.Index(papers.Sources(), source); i >= 0 {
		return i
	}
	return len(papers.Sources())
}

// wished is what a unit's suggestion asks: to hold a meeting, and of the cases
// that it names, 一事一议 (三(一), 三(四)).
func (d *Docket) wished(m *Meeting) []Waiting {
	if m.Unreadable || m.Reason == "" || m.Held != 0 || m.Circular() || len(m.Topics) > 0 && !m.Wish() {
		return nil // an empty agenda asks for a meeting even where its chair is named
	}
	var units []string
	if m.Proposer != "" {
		units = []string{m.Proposer}
	}
	if len(m.Topics) == 0 {
		return []Waiting{{Source: m.ID, Matter: m.Reason, Units: units, Words: "建议召开会议", Since: m.Landed, Wish: m.ID}}
	}
	var list []Waiting
	for i := range m.Topics {
		for _, id := range m.Topics[i].Cases {
			if c := d.Case(id); m.Topics[i].Source == papers.FromAdHoc && c != nil && !c.Deleted && c.Broken == nil && c.Life.State.IsOpen() {
				list = append(list, Waiting{Source: papers.FromAdHoc, Case: c, Matter: c.Title, Units: units,
					Words: m.Proposer + "提请一事一议：" + m.Reason, Since: m.Landed, Wish: m.ID})
			}
		}
	}
	return list
}

// OpenWishes are the 编号 of the suggestions that no meeting has taken up: those
// by which something on an agenda was asked for.
func OpenWishes(agenda []Waiting) map[string]bool {
	open := map[string]bool{}
	for i := range agenda {
		if w := &agenda[i]; w.Wish != "" {
			open[w.Wish] = true
		}
	}
	return open
}

// settled reports whether a meeting that was held has taken up a suggestion, or
// heard again of a resolution. What a case asks is settled in the case.
func (d *Docket) settled(w Waiting) bool {
	return (w.Case == nil || w.Wish != "") && slices.ContainsFunc(d.Meetings, func(m *Meeting) bool {
		return !m.Proposed() && (w.Case == nil || m.Held >= w.Since) && w.On(m.Meeting)
	})
}

// tabled finds the paper to come whose agenda has something.
func (d *Docket) tabled(w *Waiting) string {
	id := ""
	for _, m := range d.Meetings {
		if m.Proposed() && !m.Wish() && w.On(m.Meeting) && (id == "" || m.Circular()) {
			id = m.ID
		}
	}
	return id
}

// decided finds the paper that decided what a case asks for, after it asked.
func (d *Docket) decided(w *Waiting) string {
	if w.Case == nil || w.Since == 0 {
		return ""
	}
	id := ""
	for _, m := range d.Meetings {
		if m.Proposed() || m.Held < w.Since {
			continue
		}
		if slices.ContainsFunc(m.Topics, func(t Topic) bool { return t.Decision != "" && w.asks(&t) }) {
			id = m.ID
		}
	}
	return id
}

// On reports whether it stands on the agenda of a paper, which the docket need
// not know yet.
func (w *Waiting) On(m *papers.Meeting) bool {
	return slices.ContainsFunc(m.Topics, func(t Topic) bool { return w.asks(&t) })
}

// asks reports whether a topic is about it.
func (w *Waiting) asks(t *Topic) bool {
	if w.Case == nil {
		return t.Source == w.Source && t.Matter == w.Matter
	}
	return t.Source == w.Source && slices.Contains(t.Cases, w.Case.ID)
}

// asked is what one open case asks the meeting.
func (d *Docket) asked(c *Case, on workday.Date) []Waiting {
	var list []Waiting
	add := func(source string, units []string, words string) {
		w := Waiting{Source: source, Case: c, Matter: c.Title, Units: units, Words: words}
		w.Since, w.Due = c.decisionClock(source)
		list = append(list, w)
	}
	for _, s := range c.Statements {
		if s.Decision != "" {
			continue
		}
		if s.Reason == "异议" {
			words := s.Unit + "对办理单位建议有异议"
			if s.ProposedUnit != "" {
				words += "，建议由" + s.ProposedUnit + "办理"
			}
			add(papers.FromObjection, []string{s.Unit}, words)
			continue
		}
		add(papers.FromEscalation, []string{s.Unit}, s.Unit+"报“"+s.Reason+"”")
	}
	for _, e := range c.Extensions {
		switch {
		case e.Decision != "":
		case d.Config.Limits.ExtensionCap > 0 && e.Days > d.Config.Limits.ExtensionCap:
			add(papers.FromAdHoc, []string{c.Life.Lead}, c.Life.Lead+"需 "+strconv.Itoa(e.Days)+" 个工作日，超过延期上限，请确定办理时间")
		default:
			add(papers.FromExtension, []string{c.Life.Lead}, c.Life.Lead+"申请延期 "+strconv.Itoa(e.Days)+" 个工作日")
		}
	}
	if c.Life.State == workflow.LongTerm && c.NextReview != 0 && c.NextReview <= on {
		add(papers.FromReview, []string{c.Life.Lead}, "下次研究日期 "+c.NextReview.String())
		list[len(list)-1].Due = c.NextReview
	}
	return list
}

// decisionClock is when what waits was filed, and by when it should be decided.
func (c *Case) decisionClock(source string) (since, due workday.Date) {
	kind := workflow.DecideClock
	if source != papers.FromEscalation {
		kind = workflow.ConfirmClock
	}
	for i := range c.Life.Clocks {
		if k := &c.Life.Clocks[i]; k.Kind == kind && k.Stopped == 0 && k.Status != workflow.Cancelled {
			since, due = k.Start, k.Due
		}
	}
	return since, due
}

// NextMeeting is the next free 编号 of a kind ("HY", "CQ") in a year.
func (d *Docket) NextMeeting(kind string, year int) string {
	prefix := kind + strconv.Itoa(year) + "-"
	last := 0
	for _, m := range d.Meetings {
		if n, ok := papers.Sequence(m.ID, prefix); ok {
			last = max(last, n)
		}
	}
	return papers.MeetingID(prefix, last+1)
}
