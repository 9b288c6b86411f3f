package casepage

import (
	"cmp"
	"slices"
	"strings"

	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
)

// sameTopic is how many earlier cases of the same 主题 a page names. Only
// earlier ones: a new case then changes no page but its own.
const sameTopic = 5

// mergedInFull is how many cases that were merged into one a page names by
// their titles: hundreds can come of one breakdown. The rest it names by number.
const mergedInFull = 10

// Related lists what has to do with a case: what it was merged into, what was
// merged into it, meetings that dealt with it, earlier cases of its 主题; more are
// the rest of what was merged into it.
func (v *Maker) Related(e *view.Case) (list, more []view.Relation) {
	add := func(label, id string) {
		r := view.Relation{Label: label, ID: id, Name: id}
		if other := v.Case(id); other != nil {
			r.Name, r.State = other.Name(), other.State
			if other.Page {
				r.Href = id + ".html"
			}
		}
		list = append(list, r)
	}
	if id := e.Text.MergedInto; id != "" {
		add("并入主件", id)
	}
	from := len(list)
	for _, other := range v.merged[e.ID] {
		add("并入本件", other.ID)
	}
	if to := from + mergedInFull; len(list) > to {
		list, more = list[:to:to], list[to:]
	}
	for _, m := range v.MeetingsOf(e.ID) {
		list = append(list, view.Relation{Label: m.Type, ID: m.Held.String(), Name: m.ID, Href: "../" + m.Href()})
	}
	for _, topic := range e.Text.Topics {
		cases := v.topics[topic]
		at, _ := slices.BinarySearchFunc(cases, e, func(a, b *view.Case) int { return cmp.Compare(a.Nth, b.Nth) })
		for i := at - 1; i >= 0 && i >= at-sameTopic; i-- {
			id := cases[i].ID
			if !slices.ContainsFunc(list, func(r view.Relation) bool { return r.ID == id }) {
				add("同一主题“"+topic+"”", id)
			}
		}
	}
	return list, more
}

// HashRelated adds what the page of a case says of others; it reports whether the page
// may lead to further ones.
func (v *Maker) HashRelated(r *sitedir.Hasher, e *view.Case) bool {
	if e.Text == nil {
		return false
	}
	first, more := v.Related(e)
	for _, list := range [...][]view.Relation{first, more} {
		for i := range list {
			l := &list[i]
			r.Texts(l.Label, l.ID, l.Name, l.Href, string(l.State))
		}
	}
	v.Answers.HashSame(r, e)
	return mayLead(e.Text)
}

// mayLead reports whether a case may lead to others that it is not related to:
// its page then follows from which of them have one.
func mayLead(t *view.Text) bool {
	return t.Lapsed.Replaces != "" ||
		slices.ContainsFunc(t.Feedback, func(f record.Feedback) bool { return f.Follows != "" }) ||
		slices.ContainsFunc(t.Sections, func(s mdfile.Section) bool { return strings.ContainsAny(s.Text, "[<") })
}
