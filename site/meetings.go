package site

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"suqiu/internal/docket"
	"suqiu/internal/workday"
)

// Meeting is one file of meetings/ as the edition may show it. Who was there
// is not copied: the site names no person.
type Meeting struct {
	ID, Type string
	Page     bool
	Held     workday.Date
	Topics   []Topic
	// Withheld is set if a topic concerns a case that the edition does not
	// show: the text of the minutes may quote it, so it is not there.
	Withheld bool
	body     string
	cases    []string // 编号 of the topics
}

// Topic is one 议题. Of a case that the edition does not show, Matter says so
// and Decision and Done are empty.
type Topic struct {
	Matter, Decision, Unit, Done string
	Due                          workday.Date
	Late                         bool // 完成期限 has passed and nothing is reported
	Cases                        []Relation
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
func (v *view) readMeetings(all []*docket.Meeting) {
	v.byMeeting = make(map[string]*Meeting, len(all))
	for _, m := range all {
		meeting := &Meeting{ID: m.ID, Type: m.Type, Page: fileName(m.ID), Held: m.Held}
		for _, t := range m.Topics {
			topic := Topic{Matter: t.Matter, Decision: t.Decision, Unit: t.Unit, Done: t.Done, Due: t.Due}
			topic.Late = t.Due != 0 && t.Due < v.asOf && t.Done == ""
			hidden := false
			for _, id := range t.Cases {
				r := Relation{ID: id, Name: id}
				if e := v.byID[id]; e != nil {
					r.Name, r.State = e.Name(), e.State
					hidden = hidden || e.Restricted()
					if e.Page {
						r.Href = "../cases/" + id + ".html"
					}
				} else {
					hidden = hidden || v.edition != Supervision // what cannot be told is withheld
				}
				topic.Cases = append(topic.Cases, r)
				meeting.cases = append(meeting.cases, id)
			}
			if hidden {
				topic.Matter, topic.Decision, topic.Done = restrictedLabel, "", ""
				meeting.Withheld = true
			}
			meeting.Topics = append(meeting.Topics, topic)
		}
		if !meeting.Withheld {
			meeting.body = m.Body
		}
		v.meetings = append(v.meetings, meeting)
		v.byMeeting[m.ID] = meeting
	}
	slices.SortStableFunc(v.meetings, func(a, b *Meeting) int {
		if a.Held != b.Held {
			return int(b.Held - a.Held)
		}
		return strings.Compare(b.ID, a.ID)
	})
}

// meetingsPage is 联席会议.
type meetingsPage struct {
	Frame
	Waiting   []Waiting
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

func (v *view) meetingPages(s *sheets) []file {
	page := &meetingsPage{Frame: v.frame("联席会议", "../", "meetings"), Waiting: v.waiting()}
	files := []file{{"meetings/index.html", func(b *bytes.Buffer) error { return s.meetings.render(b, page) }}}
	for _, m := range v.meetings {
		if m.Type == "传签" {
			page.Circulars = append(page.Circulars, m)
		} else {
			page.Meetings = append(page.Meetings, m)
		}
		for _, t := range m.Topics {
			if t.Due != 0 && t.Done == "" {
				page.Pending = append(page.Pending, Pending{m, t})
			}
		}
		if m.Page {
			files = append(files, file{m.Href(), func(b *bytes.Buffer) error {
				return s.meeting.render(b, &meetingPage{Frame: v.frame(m.Name(), "../", "meetings"), Meeting: m, Body: v.minutes(m)})
			}})
		}
	}
	slices.SortStableFunc(page.Pending, func(a, b Pending) int { return int(a.Due - b.Due) })
	return files
}

// minutes is the text of a meeting; links to cases lead to their pages.
func (v *view) minutes(m *Meeting) template.HTML {
	if strings.TrimSpace(m.body) == "" {
		return ""
	}
	return v.minutesMarkdown.html(m.body, "m-")
}
