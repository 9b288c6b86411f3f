package site

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"

	"suqiu/internal/forms"
	"suqiu/internal/ledger"
	"suqiu/internal/office"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/site/casepage"
	"suqiu/site/feeds"
)

// formFiles are the forms of all open cases.
func (v *builder) formFiles() []file {
	filler := forms.Filler{Bureau: v.Config.Name, Calendar: v.Calendar}
	var files []file
	for _, e := range v.Cases {
		for _, k := range casepage.Papers(e) {
			files = append(files, file{path: casepage.PaperPath(e.ID, k), write: func(b *bytes.Buffer) error {
				return filler.Form(k, e.Text, k.Count(e.Text)).Write(b)
			}, of: func() sitedir.InputHash { return v.hashOfPage(e) }})
		}
	}
	return files
}

// listFiles are the task lists that are still at work, and what each unit is
// at work on, to print and to sign.
func (v *builder) listFiles() []file {
	lists := map[string][]*view.Case{}
	atWork := map[string]bool{}
	for _, e := range v.Cases {
		if e.List != "" && v.listName(e.List) {
			lists[e.List] = append(lists[e.List], e)
			atWork[e.List] = atWork[e.List] || e.Open()
		}
	}
	var files []file
	for number, cases := range lists {
		if atWork[number] {
			files = append(files, v.listToSign(number, number, cases)...)
		}
	}
	for _, u := range v.units {
		for _, l := range v.monthLists(u) {
			files = append(files, v.listToSign(l.Path(), l.Name(), l.cases)...)
		}
		idle := func(e *view.Case) bool { return !e.Pushed() }
		if cases := slices.DeleteFunc(slices.Clone(v.handled[u.Name]), idle); len(cases) > 0 {
			files = append(files, v.listToSign(u.Code, u.Name+"在办", cases)...)
		}
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return files
}

// listToSign is a task list as Word and Excel.
func (v *builder) listToSign(path, name string, cases []*view.Case) []file {
	list := func() *forms.TaskList {
		l := &forms.TaskList{Bureau: v.Config.Name, Name: name, AsOf: v.AsOf, Trace: v.TraceOf(cases)}
		l.Entries = append(l.Entries, cases...)
		return l
	}
	of := func() sitedir.InputHash { return v.hashOfList(cases, name) }
	return []file{
		{path: "tasks/" + path + ".docx", write: func(b *bytes.Buffer) error { return list().Document().Write(b) },
			of: of},
		{path: "tasks/" + path + ".xlsx", write: func(b *bytes.Buffer) error { return list().Workbook().Write(b) },
			of: of},
	}
}

// monthList is what was pushed to a unit in a month, to print and to sign.
type monthList struct {
	Unit  *view.Unit
	Month workday.Month
	cases []*view.Case
}

// Name is what the list is called.
func (l monthList) Name() string {
	return l.Unit.Name + strconv.Itoa(l.Month.Year) + "年" + strconv.Itoa(int(l.Month.Month)) + "月"
}

// Path is where it is below tasks/, without the end of the file name.
func (l monthList) Path() string { return l.Unit.Code + "-" + l.Month.String() }

// recentMonths is for how many months, this one included, the site holds the
// lists of a unit; older ones suqiu form writes.
const recentMonths = 3

// monthLists are the lists of a unit, newest first: of the latest months in
// which something was pushed to it, to carry out or to help with.
func (v *builder) monthLists(u *view.Unit) []monthList {
	var lists []monthList
	for i := range recentMonths {
		l := monthList{Unit: u, Month: workday.MonthOf(v.AsOf).Add(-i)}
		for _, e := range v.pushed[l.Month] {
			if slices.Contains(e.Handlers(), u.Name) {
				l.cases = append(l.cases, e)
			}
		}
		if len(l.cases) > 0 {
			lists = append(lists, l)
		}
	}
	return lists
}

// pushedIn files the cases of the latest months under the month of their push.
func (v *builder) pushedIn() map[workday.Month][]*view.Case {
	months := map[workday.Month][]*view.Case{}
	since := workday.MonthOf(v.AsOf).Add(1 - recentMonths)
	for _, e := range v.Cases {
		if k := e.Feedback(); k != nil && k.Start >= since.First() {
			m := workday.MonthOf(k.Start)
			months[m] = append(months[m], e)
		}
	}
	return months
}

// ledgerFiles are the ledger as this edition may show it.
func (v *builder) ledgerFiles() []file {
	sheet := func(p office.Pieces) office.Sheet {
		blocks := make([]ledger.Block, len(v.shards))
		for i := range v.shards {
			r := &v.shards[i]
			blocks[i] = ledger.Block{Key: r.hash.Key(), Entries: func(yield func(*view.Case) bool) {
				for _, e := range r.cases {
					if !yield(e) {
						return
					}
				}
			}}
		}
		return ledger.Blocks(blocks, p)
	}
	return []file{
		{path: "data/ledger.xlsx", stream: func(w io.Writer, p office.Pieces) error {
			return ledger.Workbook(sheet(p)).Write(w)
		}, of: v.hashOfShards},
		{path: "data/ledger.csv", stream: func(w io.Writer, p office.Pieces) error {
			s := sheet(p)
			return s.WriteCSV(w)
		}, of: v.hashOfShards},
	}
}

// feedFiles are, for each unit, the days by which it must act, and what
// happened to what it handles.
func (v *builder) feedFiles() []file {
	return each(v.units, func(u *view.Unit) []file {
		cases := slices.DeleteFunc(slices.Clone(v.handled[u.Name]), func(e *view.Case) bool {
			return v.Case(e.ID) != e // a second file of that 编号 has no name of its own
		})
		return []file{
			{path: "feeds/" + u.Code + ".ics", write: func(b *bytes.Buffer) error {
				_, err := feeds.Calendar(v.View, u).WriteTo(b)
				return err
			}},
			{path: "feeds/" + u.Code + ".atom", write: func(b *bytes.Buffer) error {
				_, err := feeds.Feed(v.View, u, cases, v.chrome.Org).WriteTo(b)
				return err
			},
				of: func() sitedir.InputHash { return v.hashOfList(cases, u.Code+" "+u.Name+" "+v.AsOf.String()) }},
		}
	})
}
