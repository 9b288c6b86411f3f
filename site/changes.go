package site

import (
	"bytes"

	"suqiu/internal/sitedir"
	"suqiu/internal/workday"
	"suqiu/site/feeds"
	"suqiu/site/morning"
)

// changesPage is 每日变化: what is new on one working day.
type changesPage struct {
	Frame
	*morning.DayPage
	Pages []PageLink // of the same day; empty if there is only one
}

// excerptOfKind is how many changes of a kind the first page lists.
const excerptOfKind = 4

// changeFiles are the pages of the latest working days, and the feed that leads to them.
func (v *builder) changeFiles() []file {
	files := []file{{path: "feeds/changes.atom", write: func(b *bytes.Buffer) error {
		page := func(day workday.Date) string { return morning.Path(day, 0) }
		_, err := feeds.Changes(v.View, v.days, page, v.chrome.Org).WriteTo(b)
		return err
	}}}
	for _, day := range morning.Pages(v.days, rowsPerPage) {
		name := day.Day.String()
		data := &changesPage{DayPage: day, Pages: numberedLinks(name, len(day.Sheets), day.Sheet)}
		files = append(files, v.files(page{day.Path(), "changes", nthPage(name+" 的变化", day.Sheet), "index",
			func() framed { return data }, func() sitedir.InputHash { return day.Hash() }})...)
	}
	return files
}
