package site

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"suqiu/internal/forms"
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
	body     string
	cases    []string          // 编号 of the topics
	Pack     bool              // its papers are on the site as a Word file
	Wish     bool              // a unit's suggestion, which has no agenda of its own
	Settled  bool              // of a suggestion: a meeting has taken it up, or nothing is left of it
	paper    *register.Meeting // for its papers: without what the edition does not show, and without names
}

// Download is its papers as a Word file.
func (m *Meeting) Download() Download {
	return Download{"meetings/" + m.ID + ".docx", m.ID + "-会议材料.docx", "会议材料"}
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

// readMeetings copies what the edition may show of the meetings, newest first;
// open are the 编号 of the suggestions that wait for a meeting.
func (v *view) readMeetings(all []*register.Meeting, open map[string]bool) {
	v.byMeeting = make(map[string]*Meeting, len(all))
	for _, m := range all {
		meeting := &Meeting{ID: m.ID, Type: m.Type, Page: fileName(m.ID), Circular: m.Circular(), Joint: m.Joint, Proposer: m.Proposer,
			Reason: m.Reason, Number: m.Number, Held: m.Held, Printed: m.Printed, Proposed: m.Proposed()}
		for _, t := range m.Topics {
			topic := Topic{Matter: t.Matter, Decision: t.Decision, Source: t.Source, Done: t.Done, Units: t.Units, Due: t.Due, Committee: t.Committee}
			topic.Proposal = fileName(t.Source) && slices.ContainsFunc(all, func(o *register.Meeting) bool { return o.ID == t.Source })
			topic.Late = t.Due != 0 && t.Due < v.asOf && t.Done == ""
			hidden := false
			for _, id := range t.Cases {
				r, concealed := v.relation(id)
				hidden = hidden || concealed
				topic.Cases = append(topic.Cases, r)
				meeting.cases = append(meeting.cases, id)
			}
			if hidden {
				topic.Matter, topic.Decision, topic.Done = restrictedLabel, "", ""
				meeting.Withheld = true
			}
			meeting.Topics = append(meeting.Topics, topic)
		}
		if meeting.Withheld {
			meeting.Reason = ""
		} else {
			meeting.body = m.Body
		}
		meeting.Wish = m.Wish()
		meeting.Settled = meeting.Wish && !open[m.ID]
		meeting.paper = meeting.shown(m)
		meeting.Pack = meeting.Page && (meeting.Proposed || m.Held >= workday.QuarterOf(v.asOf).Add(-1).First())
		v.meetings = append(v.meetings, meeting)
		v.byMeeting[m.ID] = meeting
	}
	for _, m := range all {
		for _, id := range m.Ratifies {
			if other := v.byMeeting[id]; other != nil {
				v.byMeeting[m.ID].Ratifies = append(v.byMeeting[m.ID].Ratifies, other)
			}
		}
	}
	slices.SortStableFunc(v.meetings, func(a, b *Meeting) int {
		if a.Held != b.Held {
			return int(b.Held - a.Held)
		}
		return strings.Compare(b.ID, a.ID)
	})
	v.dealtWith = map[string][]*Meeting{}
	for _, m := range v.meetings {
		for _, id := range m.cases {
			if list := v.dealtWith[id]; len(list) == 0 || list[len(list)-1] != m {
				v.dealtWith[id] = append(list, m)
			}
		}
	}
}

// shown is what the papers of the meeting are written from: no more than its
// page says.
func (m *Meeting) shown(from *register.Meeting) *register.Meeting {
	paper := *from.Meeting
	paper.File.Body, paper.Reason, paper.Host, paper.Guests = m.body, m.Reason, "", nil
	paper.Topics = slices.Clone(from.Topics)
	for i := range paper.Topics {
		t, s := &paper.Topics[i], &m.Topics[i]
		t.Matter, t.Decision, t.Done = s.Matter, s.Decision, s.Done
	}
	return &register.Meeting{Meeting: &paper, Filing: from.Filing, Upcoming: from.Upcoming}
}

// packFiles are the papers of the meetings to come and of those of this
// quarter and the last; for others there is suqiu meeting pack.
func (v *view) packFiles() []file {
	all := &forms.Meetings{Bureau: v.config.Name, AsOf: v.asOf, Trace: v.trace,
		Case: func(id string) *register.Case {
			if e := v.byID[id]; e != nil && e.Text != nil {
				return e.Text.Case
			}
			return nil
		},
		Withheld: func(id string) bool { e := v.byID[id]; return e != nil && e.Text == nil },
	}
	var files []file
	for _, m := range slices.Backward(v.meetings) {
		all.All = append(all.All, m.paper)
		if m.Pack {
			files = append(files, file{path: m.Download().Path, render: func(b *bytes.Buffer) error { return all.Pack(m.paper).Write(b) }})
		}
	}
	return files
}

// Wishes are suggestions of units that wait for the convenor, with the way to
// the folder of the meetings.
type Wishes struct {
	Folder string
	List   []*Meeting
}

// meetingsPage is 联席会议.
type meetingsPage struct {
	Frame
	Waiting   []Waiting
	Wishes    Wishes
	Settled   Wishes     // suggestions of which nothing waits any more
	Proposed  []*Meeting // not held yet
	Meetings  []*Meeting // held as meetings
	Circulars []*Meeting // 传签
	Pending   []Pending  // topics to be carried out
}

// Pending is a topic that is still to be carried out.
type Pending struct {
	Meeting *Meeting
	Topic
}

// meetingPage is one meeting.
type meetingPage struct {
	Frame
	*Meeting
	Body template.HTML
}

func (v *view) meetingPages(s *pageTemplates) []file {
	page := &meetingsPage{Frame: v.dated("联席会议", "../", "meetings"), Waiting: v.waits}
	files := []file{{path: "meetings/index.html", render: func(b *bytes.Buffer) error { return s.meetings.render(b, page) }}}
	for _, m := range v.meetings {
		switch {
		case m.Circular:
			page.Circulars = append(page.Circulars, m)
		case m.Settled:
			page.Settled.List = append(page.Settled.List, m)
		case m.Wish:
			page.Wishes.List = append(page.Wishes.List, m)
		case m.Proposed:
			page.Proposed = append(page.Proposed, m)
		default:
			page.Meetings = append(page.Meetings, m)
		}
		for _, t := range m.Topics {
			if t.Due != 0 && t.Done == "" {
				page.Pending = append(page.Pending, Pending{m, t})
			}
		}
		if m.Page {
			files = append(files, file{path: m.Href(), render: func(b *bytes.Buffer) error {
				return s.meeting.render(b, &meetingPage{Frame: v.dated(m.Name(), "../", "meetings"), Meeting: m, Body: v.minutes(m)})
			}})
		}
	}
	slices.SortStableFunc(page.Pending, func(a, b Pending) int { return int(a.Due - b.Due) })
	return append(files, v.packFiles()...)
}

// minutes is the text of a meeting; links to cases lead to their pages.
func (v *view) minutes(m *Meeting) template.HTML {
	if strings.TrimSpace(m.body) == "" {
		return ""
	}
	return v.minutesMarkdown.HTML(m.body, "m-")
}
