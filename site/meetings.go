package site

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"suqiu/internal/forms"
	"suqiu/internal/view"
	"suqiu/site/quarter"
)

// packFiles are the papers of the meetings to come and of those of this
// quarter and the last; for others there is suqiu meeting pack.
func (v *builder) packFiles() []file {
	all := &forms.Meetings{View: v.View}
	var files []file
	for _, m := range slices.Backward(v.Meetings) {
		all.All = append(all.All, m.Paper())
		if m.Pack {
			files = append(files, file{path: m.Download().Path,
				write: func(b *bytes.Buffer) error { return all.Pack(m.Paper()).Write(b) }})
		}
	}
	return files
}

// Wishes are suggestions of units that wait for the convenor, with the way to
// the folder of the meetings.
type Wishes struct {
	Folder string
	List   []*view.Meeting
}

// meetingsPage is 联席会议.
type meetingsPage struct {
	Frame
	Waiting   []view.Waiting
	Wishes    Wishes
	Settled   Wishes          // suggestions of which nothing waits any more
	Proposed  []*view.Meeting // not held yet
	Meetings  []*view.Meeting // held as meetings
	Circulars []*view.Meeting // 传签
	Pending   []Pending       // topics to be carried out
	Decide    *Taking         // in the form of a meeting that is begun
}

// Pending is a topic that is still to be carried out.
type Pending struct {
	Meeting *view.Meeting
	view.Topic
}

// meetingPage is one meeting.
type meetingPage struct {
	Frame
	*view.Meeting
	Body           template.HTML
	Decide, Report *Taking
	Seal           *quarter.Seal
}

func (v *builder) meetingsPage() framed {
	page := &meetingsPage{Frame: v.dated(), Waiting: v.Waits, Decide: v.deciding(nil)}
	for _, m := range v.Meetings {
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
	}
	slices.SortStableFunc(page.Pending, func(a, b Pending) int { return int(a.Due - b.Due) })
	return page
}

// meetingPages are the pages of meetings and their papers.
func (v *builder) meetingPages() []file {
	pages := each(v.Meetings, func(m *view.Meeting) []file {
		if !m.Page {
			return nil
		}
		return v.files(page{m.Href(), "meeting", m.Name(), "meetings", func() framed {
			return &meetingPage{Frame: v.dated(), Meeting: m, Body: v.minutes(m), Decide: v.deciding(m),
				Report: v.reporting(m), Seal: quarter.Sealed(v.Seal)}
		}, nil})
	})
	return append(pages, v.packFiles()...)
}

// minutes is the text of a meeting; links to cases lead to their pages.
func (v *builder) minutes(m *view.Meeting) template.HTML {
	if strings.TrimSpace(m.Body) == "" {
		return ""
	}
	return v.minutesProse.HTML(m.Body, "m-")
}
