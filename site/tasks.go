package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/worklist"
)

// rowsPerPage keeps a list readable, printable and quick to open.
const rowsPerPage = 500

// tasksPage is one page of 任务清单: open cases, or those closed of one year.
type tasksPage struct {
	Frame
	Heading string
	Lead    string // one line below the heading
	Cases   []*view.Case
	Done    []worklist.Closed // instead of Cases, where they are closed
	Total   int
	Pages   []PageLink   // of the same list; empty if there is only one
	Lists   []ListLink   // 任务清单 numbers, newest first
	Years   []PageLink   // archives of closed cases
	Units   []*view.Unit // with something to do
	Closed  bool
}

// PageLink is a link to a page beside the current one; the current one has
// Current set.
type PageLink struct {
	Href, Label string
	N           int
	Current     bool
}

// ListLink is one 任务清单.
type ListLink struct {
	Number      string
	Page        bool
	Total, Open int
}

func (v *builder) taskPages() []file {
	var open []*view.Case
	closed := map[string][]*view.Case{} // by the year in the 编号
	lists := map[string][]*view.Case{}
	for _, e := range v.Cases {
		if e.Open() {
			open = append(open, e)
		} else {
			closed[v.yearOf(e)] = append(closed[v.yearOf(e)], e)
		}
		if e.List != "" {
			lists[e.List] = append(lists[e.List], e)
		}
	}
	slices.SortStableFunc(open, func(a, b *view.Case) int {
		ka, kb := a.Main(), b.Main()
		return cmp.Or(view.CompareBool(kb != nil && kb.Late(), ka != nil && ka.Late()),
			cmp.Compare(dueOf(ka), dueOf(kb)))
	})

	var links []ListLink
	for number, cases := range lists {
		link := ListLink{Number: number, Page: v.listName(number), Total: len(cases)}
		for _, e := range cases {
			if e.Open() {
				link.Open++
			}
		}
		links = append(links, link)
	}
	slices.SortFunc(links, func(a, b ListLink) int { return strings.Compare(b.Number, a.Number) })
	var years []PageLink
	for year, cases := range closed {
		years = append(years, PageLink{Href: year + ".html", Label: year + " 年", N: len(cases)})
	}
	slices.SortFunc(years, func(a, b PageLink) int { return strings.Compare(b.Label, a.Label) })
	var busy []*view.Unit
	for _, u := range v.units {
		if len(u.Todo) > 0 {
			busy = append(busy, u)
		}
	}

	first := tasksPage{Heading: "任务清单", Lists: links, Years: years, Units: busy,
		Lead: "全部在办事项，超期的在前，其余按到期日排列。"}
	files := v.pagesOf("index", "任务清单", first, open)
	for _, y := range years {
		year := strings.TrimSuffix(y.Href, ".html")
		archive := tasksPage{Heading: year + " 年已结事项", Years: years, Closed: true, Lead: "按编号排列。"}
		files = append(files, v.pagesOf(year, year+"年已结事项", archive, closed[year])...)
	}
	for _, l := range links {
		if l.Page {
			files = append(files, v.files(page{"tasks/" + l.Number + ".html", "list", "任务清单 " + l.Number, "tasks",
				func() framed { return v.listPage(l, lists[l.Number]) },
				func() sitedir.InputHash { return v.hashOfList(lists[l.Number], l.Number) }})...)
		}
	}
	for _, u := range v.units {
		files = append(files, v.files(page{"tasks/" + u.Code + ".html", "unit-tasks", u.Name + "待办", "tasks",
			func() framed { return v.unitTasksPage(u) }, nil})...)
	}
	return files
}

// pagesOf splits a list over pages name.html, name-2.html, …
func (v *builder) pagesOf(name, title string, proto tasksPage, cases []*view.Case) []file {
	n := max(1, (len(cases)+rowsPerPage-1)/rowsPerPage)
	var files []file
	for i := range n {
		data := proto
		data.Total, data.Pages = len(cases), numberedLinks(name, n, i)
		data.Cases = cases[i*rowsPerPage : min(len(cases), (i+1)*rowsPerPage)]
		if i > 0 {
			data.Lists, data.Units = nil, nil
		}
		p := page{path: "tasks/" + numbered(name, i), sheet: "tasks", title: nthPage(title, i), here: "tasks",
			data: func() framed {
				if data.Closed {
					data.Done = worklist.HowClosed(v.View, data.Cases)
				}
				return &data
			}}
		if data.Lists == nil && data.Units == nil { // which follow from other cases
			p.of = func() sitedir.InputHash { return v.hashOfTasks(p.title, &data) }
		}
		files = append(files, v.files(p)...)
	}
	return files
}

// hashOfTasks is what a page is made of that shows cases and years.
func (v *builder) hashOfTasks(title string, p *tasksPage) sitedir.InputHash {
	r := sitedir.NewHasher(title, p.Heading, p.Lead, strconv.FormatBool(p.Closed))
	r.Number(p.Total)
	for _, links := range [...][]PageLink{p.Pages, p.Years} {
		r.Number(len(links))
		for _, l := range links {
			r.Texts(l.Href, l.Label, strconv.FormatBool(l.Current))
			r.Number(l.N)
		}
	}
	v.hashCases(r, p.Cases)
	return r.Sum()
}

func numbered(name string, i int) string {
	if i == 0 {
		return name + ".html"
	}
	return name + "-" + strconv.Itoa(i+1) + ".html"
}

// numberedLinks lead to each of n pages from one of them; none if it is the only one.
func numberedLinks(name string, n, current int) []PageLink {
	var links []PageLink
	for j := range n {
		links = append(links, PageLink{Href: numbered(name, j), Label: strconv.Itoa(j + 1), Current: j == current})
	}
	if n == 1 {
		return nil
	}
	return links
}

// nthPage is the title of a page of a list.
func nthPage(title string, i int) string {
	if i == 0 {
		return title
	}
	return title + "（第 " + strconv.Itoa(i+1) + " 页）"
}

// yearOf is the year in the 编号, under which a closed case is filed.
func (v *builder) yearOf(e *view.Case) string {
	if len(e.ID) > 4 && isYear(e.ID[:4]) {
		return e.ID[:4]
	}
	return strconv.Itoa(v.AsOf.Year())
}

func isYear(s string) bool {
	if len(s) != 4 {
		return false
	}
	_, err := strconv.Atoi(s)
	return err == nil
}

// listName reports whether a 任务清单 can have a page of its number: a safe
// file name that is neither a year nor the code of a unit.
func (v *builder) listName(number string) bool {
	return view.FileName(number) && (number[0] < '0' || number[0] > '9') &&
		!slices.ContainsFunc(v.Units, func(u *view.Unit) bool { return strings.EqualFold(u.Code, number) })
}

// listPage is one 任务清单 by category, with 签收栏.
type listPage struct {
	Frame
	Number string
	Pushed workday.Date // first push in the list
	Total  int
	Open   int
	Groups []Group
}

// Group is the cases of one 办理类别.
type Group struct {
	Category string
	Rows     []ListRow
}

// ListRow is one case in a 任务清单.
type ListRow struct {
	*view.Case
	N        int // from 1 through the whole list
	Due      workday.Date
	Accepted workday.Date // day of 接收; zero: not yet
	Clock    *view.Clock  // that its reader must know first; nil if none runs
}

func (v *builder) listPage(link ListLink, cases []*view.Case) *listPage {
	page := &listPage{Number: link.Number, Total: link.Total, Open: link.Open}
	page.Trace = v.TraceOf(cases)
	groups := map[string][]*view.Case{}
	for _, e := range cases {
		groups[e.Category] = append(groups[e.Category], e)
	}
	n := 0
	add := func(category string) {
		if len(groups[category]) == 0 {
			return
		}
		g := Group{Category: category}
		if category == "" {
			g.Category = "未分类"
		}
		for _, e := range groups[category] {
			n++
			row := ListRow{Case: e, N: n}
			for i := range e.Clocks {
				k := &e.Clocks[i]
				switch k.Kind {
				case clock.Feedback:
					row.Due = k.Due
					if page.Pushed == 0 || k.Start != 0 && k.Start < page.Pushed {
						page.Pushed = k.Start
					}
				case clock.Accept:
					row.Accepted = k.Stopped
				}
			}
			row.Clock = e.Main()
			g.Rows = append(g.Rows, row)
		}
		page.Groups = append(page.Groups, g)
		delete(groups, category)
	}
	for _, category := range record.Categories() {
		add(category)
	}
	rest := make([]string, 0, len(groups))
	for category := range groups {
		rest = append(rest, category)
	}
	slices.Sort(rest)
	for _, category := range rest {
		add(category)
	}
	return page
}

// unitTasksPage is the 待办 of one unit.
type unitTasksPage struct {
	Frame
	Unit  *view.Unit
	Must  []view.Duty // clocks that count
	Other []view.Duty // the office's own limits
	Held  []view.Duty // paused or waiting for a decision
}

func (v *builder) unitTasksPage(u *view.Unit) *unitTasksPage {
	page := &unitTasksPage{Unit: u}
	page.Feeds = []*view.Unit{u}
	for _, d := range u.Todo {
		switch {
		case d.Clock.Status == clock.Paused || d.Clock.Status == clock.Pending:
			page.Held = append(page.Held, d)
		case d.Clock.Counts() || d.Clock.Kind == clock.CoFeedback:
			page.Must = append(page.Must, d)
		default:
			page.Other = append(page.Other, d)
		}
	}
	return page
}
