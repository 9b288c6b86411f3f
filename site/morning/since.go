// Package morning is what somebody looks for at half past eight: what is new since the
// last working day, and what his own unit has to do today.
package morning

import (
	"strconv"

	"suqiu/internal/changes"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/dueday"
)

// Since is what is new since the last working day, on a page that has other things too.
type Since struct {
	Root   string // the way from the page to the root of the site
	ID     string // of its heading
	N      int
	Days   []DayLink // of which it is made, newest first
	Groups []Group   // the kinds of which there is something
	None   []changes.Kind
	Untold string // what the edition leaves out
}

// Group is the first changes of a kind.
type Group struct {
	Kind changes.Kind
	N    int
	Rows []changes.Change
	Days []DayLink // where the rest stands; empty: there is no more
}

// More is how many are left out.
func (g *Group) More() int { return g.N - len(g.Rows) }

// DayLink leads to the page of a day.
type DayLink struct {
	Href, Text string
	N          int // changes that stand there
}

// NewSince is what is new on the two latest of some days, of each kind so many at most.
func NewSince(e view.Edition, root, id string, days []changes.Period, most int) Since {
	days = days[:min(2, len(days))]
	all := changes.Join(days)
	s := Since{Root: root, ID: id, N: len(all.Changes), Days: links(root, days, ""), None: all.None(e),
		Untold: changes.Untold(e)}
	for _, g := range all.Groups() {
		if len(g.Changes) == 0 {
			continue
		}
		group := Group{Kind: g.Kind, N: len(g.Changes), Rows: g.Changes[:min(most, len(g.Changes))]}
		if group.More() > 0 {
			group.Days = links(root, days, g.Kind)
		}
		s.Groups = append(s.Groups, group)
	}
	return s
}

// links lead to what the days have of a kind; of none: to all.
func links(root string, days []changes.Period, kind changes.Kind) []DayLink {
	var list []DayLink
	for i := range days {
		p := &days[i]
		link := DayLink{Href: root + Path(p.Day, 0), Text: dueday.MonthDay(p.Day), N: len(p.Changes)}
		if kind != "" {
			link.Href += "#" + string(kind)
			link.N = p.Count(kind)
		}
		if kind == "" || link.N > 0 {
			list = append(list, link)
		}
	}
	return list
}

// Path is where the page of a day lies, from the root of the site, and its further
// sheets from 1.
func Path(day workday.Date, sheet int) string { return "changes/" + fileName(day, sheet) }

func fileName(day workday.Date, sheet int) string {
	if sheet == 0 {
		return day.String() + ".html"
	}
	return day.String() + "-" + strconv.Itoa(sheet+1) + ".html"
}
