package site

import (
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/site/casepage"
	"suqiu/site/dueday"
)

// casePage is 诉求详情.
type casePage struct {
	Frame
	*casepage.Page
}

func (v *builder) casePages() []file {
	return each(v.Cases, func(e *view.Case) []file {
		if !e.Page {
			return nil
		}
		return v.files(page{"cases/" + e.ID + ".html", "case", e.ID + " " + e.Name(), "tasks",
			func() framed { return &casePage{Page: v.caseMaker.Page(e)} },
			func() sitedir.InputHash { return v.hashOfPage(e) }})
	})
}

// newCaseMaker knows how pages of cases lead to others.
func (v *builder) newCaseMaker() casepage.Maker {
	maker := casepage.Maker{View: v.View, Facts: v.facts, Prose: v.prose, ListPage: v.listName,
		Counter: dueday.Counter{Calendar: v.Calendar, AsOf: v.AsOf}}
	if v.chrome.Forms {
		maker.Form = func(name string, e *view.Case) string { return stepHref("../", name, e) }
	}
	maker.ReadRelations()
	return maker
}
