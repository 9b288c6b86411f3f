package casepage

import (
	"strconv"

	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// EventView is one thing that happened, by unit and never by person.
type EventView struct {
	Kind                   workflow.EventKind
	Title, Reason, Unit    string
	To                     workflow.State
	Proxy, Voided, Pending bool
	Day                    workday.Date
	Time                   string
	Landed                 workday.Date // if on another day
	Links                  []Link       // commit and merge request in GitLab
}

// Link leads to where Git's side of it is shown.
type Link struct{ Href, Label string }

func (v *Maker) events(events []workflow.Event) []EventView {
	list := make([]EventView, len(events))
	for i := range events {
		e := &events[i]
		view := EventView{Kind: e.Kind, Title: e.Title, Reason: e.Reason, Unit: e.Unit, To: e.To,
			Proxy: e.Proxy, Voided: e.Voided, Pending: e.Pending, Day: e.Day(),
			Time: e.At.Time().In(workday.Shanghai).Format("15:04")}
		if landed := workday.Of(v.Landed(e)); landed != view.Day {
			view.Landed = landed
		}
		if v.Config.URL != "" {
			if e.Commit != "" {
				view.Links = append(view.Links, Link{Href: v.Config.URL + "/-/commit/" + e.Commit,
					Label: "提交 " + e.Commit[:min(8, len(e.Commit))]})
			}
			if n := v.Request(e); n > 0 {
				view.Links = append(view.Links, Link{Href: v.Config.URL + "/-/merge_requests/" + strconv.Itoa(n),
					Label: "合并请求 !" + strconv.Itoa(n)})
			}
		}
		list[i] = view
	}
	return list
}
