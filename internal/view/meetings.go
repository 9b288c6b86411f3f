package view

import (
	"slices"
	"strings"

	"suqiu/internal/papers"
	"suqiu/internal/register"
	"suqiu/internal/workday"
)

// Meeting is one file of meetings/ as the edition may show it. Who was there
// is not copied: the site names no person.
type Meeting struct {
	ID, Type         string
	Page             bool
	Circular         bool // 传签
	Joint            bool // 并轨会商
	Proposer, Reason string
	Number           string // 文号
	Held, Printed    workday.Date
	Proposed         bool // not held yet, though its day may be set
	Ratifies         []*Meeting
	Topics           []Topic
	// Withheld is set if a topic concerns a case that the edition does not
	// show: the text of the minutes may quote it, so it is not there.
	Withheld bool
	Body     string            // its text
	cases    []string          // 编号 of the topics
	Pack     bool              // its papers are on the site as a Word file
	Wish     bool              // a unit's suggestion, which has no agenda of its own
	Settled  bool              // of a suggestion: a meeting has taken it up, or nothing is left of it
	paper    *register.Meeting // for its papers: without what the edition does not show, and without names
}

// About reports whether a topic concerns a case.
func (m *Meeting) About(id string) bool { return slices.Contains(m.cases, id) }

// Download is its papers as a Word file.
func (m *Meeting) Download() Download {
	return Download{"meetings/" + m.ID + ".docx", m.ID + "-会议材料.docx", "会议材料"}
}

// Download is a file of the site that is saved, not shown. Its address is of
// ASCII letters, for the sake of old servers and archives; its name is what
// the reader's machine calls it.
type Download struct {
	Path string // from the top of the site
	Name string // 202607-NFZX-012-说明单.docx
	Text string // what the link says
}

// Topic is one 议题. Of a case that the edition does not show, Matter says so
// and Decision and Done are empty.
type Topic struct {
	Matter, Decision, Source, Done string
	Proposal                       bool // Source is a suggestion with a page
	Units                          []string
	Committee                      bool // 提请党委会
	Due                            workday.Date
	Late                           bool // 完成期限 has passed and nothing is reported
	Cases                          []Relation
}

// Name is what the meeting is called in a list.
func (m *Meeting) Name() string {
	if m.Type == "" {
		return m.ID
	}
	return m.Type + " " + m.ID
}

// Href is the way to its page from the root of the site.
func (m *Meeting) Href() string {
	if m.Page {
		return "meetings/" + m.ID + ".html"
	}
	return "meetings/index.html"
}

// Open counts the topics whose 落实情况 is still to be reported.
func (m *Meeting) Open() int {
	n := 0
	for i := range m.Topics {
		if m.Topics[i].Due != 0 && m.Topics[i].Done == "" {
			n++
		}
	}
	return n
}

// readMeetings copies what the edition may show of the meetings, newest first.
func (v *View) readMeetings() {
	all, open := v.register.Meetings, register.OpenWishes(v.register.Agenda(v.AsOf))
	v.byMeeting = make(map[string]*Meeting, len(all))
	for _, m := range all {
		meeting := &Meeting{ID: m.ID, Type: papers.MeetingName(m.Type),
			Page: FileName(m.ID), Circular: m.Circular(), Joint: m.Joint,
			Proposer: m.Proposer, Reason: m.Reason, Number: m.Number, Held: m.Held, Printed: m.Printed,
			Proposed: m.Proposed()}
		for _, t := range m.Topics {
			topic := Topic{Matter: t.Matter, Decision: t.Decision, Source: t.Source, Done: t.Done, Units: t.Units,
				Due: t.Due, Committee: t.Committee}
			topic.Proposal = FileName(t.Source) && slices.ContainsFunc(all,
				func(o *register.Meeting) bool { return o.ID == t.Source })
			topic.Late = t.Due != 0 && t.Due < v.AsOf && t.Done == ""
			hidden := false
			for _, id := range t.Cases {
				r, concealed := v.relation(id)
				hidden = hidden || concealed
				topic.Cases = append(topic.Cases, r)
				meeting.cases = append(meeting.cases, id)
			}
			if hidden {
				topic.Matter, topic.Decision, topic.Done = Restricted, "", ""
				meeting.Withheld = true
			}
			meeting.Topics = append(meeting.Topics, topic)
		}
		if meeting.Withheld {
			meeting.Reason = ""
		} else {
			meeting.Body = m.Body
		}
		meeting.Wish = m.Wish()
		meeting.Settled = meeting.Wish && !open[m.ID]
		meeting.paper = meeting.shown(m)
		meeting.Pack = meeting.Page && (meeting.Proposed || m.Held >= workday.QuarterOf(v.AsOf).Add(-1).First())
		v.Meetings = append(v.Meetings, meeting)
		v.byMeeting[m.ID] = meeting
	}
	for _, m := range all {
		for _, id := range m.Ratifies {
			if other := v.byMeeting[id]; other != nil {
				v.byMeeting[m.ID].Ratifies = append(v.byMeeting[m.ID].Ratifies, other)
			}
		}
	}
	slices.SortStableFunc(v.Meetings, func(a, b *Meeting) int {
		if a.Held != b.Held {
			return int(b.Held - a.Held)
		}
		return strings.Compare(b.ID, a.ID)
	})
	v.dealtWith = map[string][]*Meeting{}
	for _, m := range v.Meetings {
		for _, id := range m.cases {
			if list := v.dealtWith[id]; len(list) == 0 || list[len(list)-1] != m {
				v.dealtWith[id] = append(list, m)
			}
		}
	}
}

// Paper is what its papers are written from.
func (m *Meeting) Paper() *register.Meeting { return m.paper }

// shown is what the papers of the meeting are written from: no more than its
// page says.
func (m *Meeting) shown(from *register.Meeting) *register.Meeting {
	paper := *from.Meeting
	paper.File.Body, paper.Reason, paper.Host, paper.Guests = m.Body, m.Reason, "", nil
	paper.Topics = slices.Clone(from.Topics)
	for i := range paper.Topics {
		t, s := &paper.Topics[i], &m.Topics[i]
		t.Matter, t.Decision, t.Done = s.Matter, s.Decision, s.Done
	}
	return &register.Meeting{Meeting: &paper, Filing: from.Filing, Upcoming: from.Upcoming}
}
