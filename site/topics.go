package site

import (
	"slices"

	"suqiu/internal/record"
	"suqiu/internal/report"
	"suqiu/internal/topics"
	"suqiu/internal/view"
	"suqiu/site/answered"
)

// topicsPage is 同类诉求与答复, or one page of it.
type topicsPage struct {
	Frame
	answered.Overview
	First bool
	Pages []PageLink
}

// topicPage is one page of a 主题, 税费种 or 办理类别.
type topicPage struct {
	Frame
	*answered.Page
}

// readAnswers puts what was answered before on its shelf, with the counts of the reports.
func (v *builder) readAnswers() *answered.Shelf {
	subjects := v.book.Subjects(report.Options{Supervision: v.Edition == view.Supervision})
	counts := answered.Counts{answered.Topic: subjects.Topics, answered.Tax: subjects.Taxes,
		answered.Category: topics.Table{}}
	for i := range v.quarters {
		for _, row := range v.quarters[i].Categories {
			if slices.Contains(record.Categories(), row.Name) {
				counts[answered.Category].Add(row.Name, v.quarters[i].Quarter, row.Registered)
			}
		}
	}
	return answered.Read(v.View, counts, v.hashOfCase)
}

func (v *builder) topicPages() (files []file) {
	pages := v.shelf.Overview()
	for i := range pages {
		data := &topicsPage{Overview: pages[i], First: i == 0, Pages: numberedLinks("index", len(pages), i)}
		files = append(files, v.files(page{"topics/" + numbered("index", i), "topics", nthPage("同类诉求与答复", i),
			"topics", func() framed { return data }, nil})...)
	}
	return append(files, each(v.shelf.Pages(), func(p *answered.Page) []file {
		return v.files(page{"topics/" + p.Path, "topic", p.Title(), "topics",
			func() framed { return &topicPage{Page: p} }, p.Hash})
	})...)
}
