// Package feeds tells a unit, in a program of its own choice, what it must do by when
// and what happened to what it handles.
package feeds

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"suqiu/internal/clock"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// feedLength is how many things that happened a feed lists.
const feedLength = 50

// authority begins the names of feeds and entries (RFC 4151): the day of the
// regulation, under a name that nobody can own.
const authority = "tag:suqiu.invalid,2023-06-13:"

// upTo says which day a feed is of: whoever subscribed sees when it grows old.
func upTo(v *view.View) string { return "截至 " + v.AsOf.String() }

// Calendar is the days by which a unit must act.
func Calendar(v *view.View, u *view.Unit) *office.Calendar {
	c := &office.Calendar{Name: u.Name + "到期日", About: upTo(v)}
	for _, d := range u.Todo {
		k := d.Clock
		// a second file of that 编号 has no name of its own
		if k.Due == 0 || d.Case != nil && v.Case(d.Case.ID) != d.Case {
			continue
		}
		name, who := "", u.Name
		if d.Case != nil {
			name = fmt.Sprintf("%s-%s-%d", d.Case.ID, clockKey[k.Kind], k.Push)
			who += "（" + k.Role + "）"
		} else {
			name = d.Paper.Key
		}
		c.Events = append(c.Events, office.CalendarEvent{
			UID: name + "-" + u.Code + "@suqiu.invalid", Stamp: k.Start, Version: sequence(v, d), Day: k.Due,
			Remind:  v.Calendar.Add(k.Due, -1),
			Summary: string(k.Kind) + "到期：" + d.Name() + "（" + d.ID() + "）",
			Text:    fmt.Sprintf("%s，%s，到期日 %s 24 时。现在：%s", who, k.Class, k.Due, k.Light.Text),
		})
	}
	return c
}

// sequence rises whenever a due day moves, forwards or back, and never falls:
// a day moves by a step of the case, by another suqiu.yaml (a day declared off),
// and day by day while the clock pauses.
func sequence(v *view.View, d view.Duty) int {
	const pause = 1000 // longer than any, in working days
	steps := 0
	if d.Case != nil {
		steps = d.Case.Steps
	}
	return (steps+v.Revision)*pause + min(d.Clock.PausedDays, pause-1)
}

// clockKey names the kinds of clocks in ASCII, as RFC 5545 would have a UID.
var clockKey = map[clock.Kind]string{
	clock.Feedback: "feedback", clock.Objection: "objection", clock.Statement: "statement",
	clock.Accept: "accept", clock.CoFeedback: "co-feedback", clock.Improve: "improve",
	clock.Push: "push", clock.Confirm: "confirm", clock.Decide: "decide", clock.Grant: "grant",
	clock.Review: "review", clock.Evaluate: "evaluate", clock.Channel: "source", clock.Promise: "promise",
}

// Feed is what happened to the cases that a unit handles, the latest of it.
func Feed(v *view.View, u *view.Unit, cases []*view.Case, author string) *office.Feed {
	f := &office.Feed{
		ID: authority + "feeds/" + u.Code + "/" + editionKey[v.Edition], Title: u.Name + "办理动态",
		About:   upTo(v),
		Author:  author,
		Updated: begun(v),
	}
	var all []happening
	for _, e := range cases {
		all = happened(v, e, all)
	}
	slices.SortFunc(all, func(a, b happening) int { return b.at.Compare(a.at) })
	for i := range all {
		if i >= feedLength && all[i].at.Before(all[feedLength-1].at) {
			break // of a unit's thousands few get as far as being told
		}
		f.Entries = append(f.Entries, all[i].entry())
	}
	slices.SortFunc(f.Entries, func(a, b office.FeedEntry) int {
		return cmp.Or(b.Updated.Compare(a.Updated), cmp.Compare(a.ID, b.ID))
	})
	f.Entries = f.Entries[:min(len(f.Entries), feedLength)]
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return f
}

// begun is since when there is something to tell.
func begun(v *view.View) time.Time {
	if first, ok := v.FirstLanded(); ok {
		return first.In(workday.Shanghai)
	}
	return v.AsOf.Start()
}

var editionKey = map[view.Edition]string{view.Public: "public", view.Supervision: "supervision"}

// happening is one thing that happened to a case: an event, or, where its
// content is not shown, a push, which its clocks tell.
type happening struct {
	e     *view.Case
	at    time.Time
	event *workflow.Event
	push  *view.Clock
}

// happened adds what happened to a case.
func happened(v *view.View, e *view.Case, list []happening) []happening {
	if e.Text == nil {
		for i := range e.Clocks {
			if k := &e.Clocks[i]; k.Kind == clock.Feedback {
				list = append(list, happening{e: e, at: k.Start.Start(), push: k})
			}
		}
		return list
	}
	for i := range e.Text.Life.Events {
		if ev := &e.Text.Life.Events[i]; !ev.Voided {
			list = append(list, happening{e: e, at: v.Landed(ev), event: ev})
		}
	}
	return list
}

func (h *happening) entry() office.FeedEntry {
	var id, what, summary string
	if k := h.push; k != nil {
		id, what, summary = fmt.Sprintf("push/%d", k.Push), "推送至"+k.Unit, "反馈到期日 "+k.Due.String()
	} else {
		id, what, summary = fmt.Sprintf("events/%d/%.12s", h.event.N, h.event.Commit), h.event.Title, h.event.Reason
	}
	link := ""
	if h.e.Page {
		link = "../cases/" + h.e.ID + ".html"
	}
	return office.FeedEntry{ID: authority + "cases/" + h.e.ID + "/" + id,
		Title: what + "：" + h.e.Name() + "（" + h.e.ID + "）",
		Link:  link, Updated: h.at.In(workday.Shanghai), Summary: summary}
}
