package feeds

import (
	"strconv"
	"strings"

	"suqiu/internal/changes"
	"suqiu/internal/office"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Changes tells of each of some working days, newest first, on which there was news how
// much of it, with a link to the page where it stands.
func Changes(v *view.View, days []changes.Period, page func(workday.Date) string, author string) *office.Feed {
	f := &office.Feed{ID: authority + "changes/" + editionKey[v.Edition], Title: "每日变化", About: upTo(v),
		Author: author, Updated: begun(v)}
	for i := range days {
		p := &days[i]
		at, ok := p.Latest()
		if !ok {
			continue // nobody wants to hear of it, and a feed stands still where nothing happens
		}
		f.Entries = append(f.Entries, office.FeedEntry{
			ID:    authority + "changes/" + p.Day.String() + "/" + editionKey[v.Edition],
			Title: p.Day.String() + " 变化 " + strconv.Itoa(len(p.Changes)) + " 项", Link: "../" + page(p.Day),
			Updated: at.In(workday.Shanghai), Summary: figures(p)})
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return f
}

// figures is 新登记 3，反馈 1; what there is none of is not named.
func figures(p *changes.Period) string {
	var list []string
	for _, g := range p.Groups() {
		if n := len(g.Changes); n > 0 {
			list = append(list, string(g.Kind)+" "+strconv.Itoa(n))
		}
	}
	return strings.Join(list, "，")
}
