package register

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
	Days   int          // working days that it has waited, the day of filing not counted
	// Filing is what a unit filed on the case and waits; nil: none.
	Filing *workflow.Filing
	Tabled string // 编号 of what has it on its agenda and has not been held, a 传签 first; empty: none
	// Decided is the 编号 of what decided it, where the decision has not been
	// written into the case yet, as the office must; empty: none.
	Decided string
	Wish    string // 编号 of the suggestion by which it was asked for; empty: the case itself asks, or the meeting
}

// Requests reports whether a unit asks for a decision on a case.
func (w *Waiting) Requests() bool { return w.Filing != nil || w.Case != nil && w.Wish != "" }

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
func (d *Register) Agenda(on workday.Date) []Waiting {
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
		list = append(list, Waiting{Source: r.Meeting.ID, Matter: "听取“" + r.Topic.Matter + "”的落实情况",
			Units: r.Topic.Units,
			Words: r.Meeting.ID + " 议定，完成期限 " + r.Topic.Due.String(), Since: r.Meeting.Held, Due: r.Topic.Due})
	}
	for _, m := range d.Meetings {
		list = append(list, d.wished(m, on)...)
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
func (d *Register) wished(m *Meeting, on workday.Date) []Waiting {
	if m.Unreadable || m.Reason == "" || m.Held != 0 || m.Circular() || len(m.Topics) > 0 && !m.Wish() {
		return nil // an empty agenda asks for a meeting even where its chair is named
	}
	var units []string
	if m.Proposer != "" {
		units = []string{m.Proposer}
	}
	if len(m.Topics) == 0 {
		return []Waiting{{Source: m.ID, Matter: m.Reason, Units: units, Words: "建议召开会议", Since: m.Landed,
			Wish: m.ID}}
	}
	var list []Waiting
	for i := range m.Topics {
		for _, id := range m.Topics[i].Cases {
			if c := d.Case(id); m.Topics[i].Source == papers.FromAdHoc && c != nil && !c.Deleted && c.Broken == nil &&
				c.Life.State.IsOpen() {
				list = append(list, Waiting{Source: papers.FromAdHoc, Case: c, Matter: c.Title, Units: units,
					Words: m.Proposer + "提请一事一议：" + m.Reason, Since: m.Landed,
					Days: d.Config.Calendar.Count(m.Landed, on), Wish: m.ID})
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
func (d *Register) settled(w Waiting) bool {
	return (w.Case == nil || w.Wish != "") && slices.ContainsFunc(d.Meetings, func(m *Meeting) bool {
		return !m.Proposed() && (w.Case == nil || m.Held >= w.Since) && w.On(m.Meeting)
	})
}

// tabled finds the paper to come whose agenda has something.
func (d *Register) tabled(w *Waiting) string {
	id := ""
	for _, m := range d.Meetings {
		if m.Proposed() && !m.Wish() && w.On(m.Meeting) && (id == "" || m.Circular()) {
			id = m.ID
		}
	}
	return id
}

// decided finds the paper that decided what a case asks for, after it asked.
func (d *Register) decided(w *Waiting) string {
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

// On reports whether it stands on the agenda of a paper, which the register need
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

// asked is what one open case asks the meeting: its filings that wait, and the
// study of a 长期推进 whose day has come.
func (d *Register) asked(c *Case, on workday.Date) []Waiting {
	var list []Waiting
	for i := range c.Life.Filings {
		f := &c.Life.Filings[i]
		if !f.Waits() {
			continue
		}
		source, words := d.words(c, f)
		list = append(list, Waiting{Source: source, Case: c, Matter: c.Title, Units: []string{f.Unit}, Words: words,
			Since: f.Filed, Due: f.Due, Days: d.Config.Calendar.Count(f.Filed, on), Filing: f})
	}
	if c.Life.State == workflow.LongTerm && c.NextReview != 0 && c.NextReview <= on {
		list = append(list, Waiting{Source: papers.FromReview, Case: c, Matter: c.Title, Units: []string{c.Life.Lead},
			Words: "下次研究日期 " + c.NextReview.String(), Due: c.NextReview})
	}
	return list
}

// words says from where a filing comes to the agenda, and what it asks.
func (d *Register) words(c *Case, f *workflow.Filing) (source, words string) {
	switch {
	case f.Reason == "":
		words = f.Unit + "申请延期 " + strconv.Itoa(f.Days) + " 个工作日"
		if most := d.Config.Limits.ExtensionCap; most > 0 && f.Days > most {
			words += "，准延至多 " + strconv.Itoa(most) + " 个工作日"
		}
		return papers.FromExtension, words
	case f.Reason == papers.FromAdHoc:
		return papers.FromAdHoc, f.Unit + "提请一事一议，请确定办理时间"
	case f.Reason != papers.FromObjection:
		return papers.FromEscalation, f.Unit + "报“" + f.Reason + "”"
	}
	words = f.Unit + "对办理单位建议有异议"
	for i := range c.Statements {
		if s := &c.Statements[i]; s.Reason == f.Reason && s.Unit == f.Unit && s.Decision == "" && s.ProposedUnit != "" {
			words += "，建议由" + s.ProposedUnit + "办理"
		}
	}
	return papers.FromObjection, words
}

// Undecided are the requests of units that wait for a decision on their cases:
// objections, 说明单, extensions and 一事一议, the longest waiting first. Every
// door shows this one list.
func (d *Register) Undecided() []Waiting {
	list := slices.DeleteFunc(d.Agenda(d.AsOf), func(w Waiting) bool { return !w.Requests() })
	slices.SortStableFunc(list, func(a, b Waiting) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Case.ID, b.Case.ID))
	})
	return list
}

// NextMeeting is the next free 编号 of a kind ("HY", "CQ") in a year.
func (d *Register) NextMeeting(kind string, year int) string {
	prefix := kind + strconv.Itoa(year) + "-"
	last := 0
	for _, m := range d.Meetings {
		if n, ok := papers.Sequence(m.ID, prefix); ok {
			last = max(last, n)
		}
	}
	return papers.MeetingID(prefix, last+1)
}
