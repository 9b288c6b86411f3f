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
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Download is a file of the site that is saved, not shown. Its address is of
// ASCII letters, for the sake of old servers and archives; its name is what
// the reader's machine calls it.
type Download struct {
	Path string // from the top of the site
	Name string // 202607-NFZX-012-说明单.docx
	Text string // what the link says
}

// Downloads are the forms of a case that the site holds: those that it may
// still need, filled with the last record or blank.
func (e *Element) Downloads() []Download {
	var list []Download
	for _, k := range e.formKinds() {
		text := string(k)
		if k.Count(e.Text.Case) == 0 {
			text += "（空白）"
		}
		list = append(list, Download{formPath(e.ID, k), e.ID + "-" + string(k) + ".docx", text})
	}
	return list
}

// formKinds are the forms that a case may need: the papers of a closed one are
// on file, and `suqiu form` still writes them.
func (e *Element) formKinds() []forms.Kind {
	if e.Text == nil || !e.Page || !e.Open() {
		return nil
	}
	return slices.DeleteFunc(forms.Kinds(), func(k forms.Kind) bool {
		if k.Count(e.Text.Case) > 0 {
			return false
		}
		switch e.state {
		case workflow.Pushed, workflow.Handling:
			return k == forms.Improvement
		case workflow.Evaluating:
			return k != forms.Improvement
		}
		return true
	})
}

func formPath(id string, k forms.Kind) string {
	name := map[forms.Kind]string{forms.Statement: "statement", forms.Extension: "extension", forms.Improvement: "improvement"}[k]
	return "forms/" + id + "-" + name + ".docx"
}

// formFiles are the forms of all open cases.
func (v *view) formFiles() []file {
	filler := forms.Filler{Bureau: v.config.Name, Calendar: v.calendar}
	var files []file
	for _, e := range v.cases {
		for _, k := range e.formKinds() {
			files = append(files, file{path: formPath(e.ID, k), render: func(b *bytes.Buffer) error {
				return filler.Form(k, e.Text.Case, k.Count(e.Text.Case)).Write(b)
			}, of: func() sitedir.InputHash { return v.hashOfPage(e) }})
		}
	}
	return files
}

// listFiles are the task lists that are still at work, and what each unit is
// at work on, to print and to sign.
func (v *view) listFiles() []file {
	lists := map[string][]*Element{}
	atWork := map[string]bool{}
	units := map[string][]*Element{}
	for _, e := range v.cases {
		if e.List != "" && v.listName(e.List) {
			lists[e.List] = append(lists[e.List], e)
			atWork[e.List] = atWork[e.List] || e.Open()
		}
		if e.Open() && !e.state.BeforePush() {
			for _, name := range e.handlers() {
				if u := v.byUnit[name]; u != nil && u.Page {
					units[u.Code] = append(units[u.Code], e)
				}
			}
		}
	}
	var files []file
	for _, u := range v.units {
		for _, l := range v.monthLists(u) {
			files = append(files, v.listToSign(l.Path(), l.Name(), l.cases)...)
		}
	}
	for number, cases := range lists {
		if atWork[number] {
			files = append(files, v.listToSign(number, number, cases)...)
		}
	}
	for _, u := range v.units {
		if cases := units[u.Code]; len(cases) > 0 {
			files = append(files, v.listToSign(u.Code, u.Name+"在办", cases)...)
		}
	}
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return files
}

// listToSign is a task list as Word and Excel.
func (v *view) listToSign(path, name string, cases []*Element) []file {
	list := func() *forms.TaskList {
		l := &forms.TaskList{Bureau: v.config.Name, Name: name, AsOf: v.asOf, Trace: v.traceOf(cases)}
		for _, e := range cases {
			l.Entries = append(l.Entries, e.entry())
		}
		return l
	}
	of := func() sitedir.InputHash { return hashOfList(cases, name) }
	return []file{
		{path: "tasks/" + path + ".docx", render: func(b *bytes.Buffer) error { return list().Document().Write(b) }, of: of},
		{path: "tasks/" + path + ".xlsx", render: func(b *bytes.Buffer) error { return list().Workbook().Write(b) }, of: of},
	}
}

// monthList is what was pushed to a unit in a month, to print and to sign.
type monthList struct {
	Unit  *Unit
	Month workday.Month
	cases []*Element
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
func (v *view) monthLists(u *Unit) []monthList {
	if !u.Page {
		return nil
	}
	var lists []monthList
	for i := range recentMonths {
		l := monthList{Unit: u, Month: workday.MonthOf(v.asOf).Add(-i)}
		for _, e := range v.pushed[l.Month] {
			if slices.Contains(e.handlers(), u.Name) {
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
func (v *view) pushedIn() map[workday.Month][]*Element {
	months := map[workday.Month][]*Element{}
	since := workday.MonthOf(v.asOf).Add(1 - recentMonths)
	for _, e := range v.cases {
		entry := e.entry()
		if k := entry.Feedback(); k != nil && k.Start >= since.First() {
			m := workday.MonthOf(k.Start)
			months[m] = append(months[m], e)
		}
	}
	return months
}

// ledgerFiles are the ledger as this edition may show it.
func (v *view) ledgerFiles() []stream {
	sheet := func(p office.Pieces) office.Sheet {
		blocks := make([]ledger.Block, len(v.shards))
		for i := range v.shards {
			r := &v.shards[i]
			blocks[i] = ledger.Block{Key: r.hash.Key(), Entries: func(yield func(ledger.Entry) bool) {
				for _, e := range r.cases {
					if !yield(e.entry()) {
						return
					}
				}
			}}
		}
		return ledger.Blocks(blocks, p)
	}
	return []stream{
		{path: "data/ledger.xlsx", write: func(w io.Writer, p office.Pieces) error { return ledger.Workbook(sheet(p)).Write(w) }, of: v.hashOfShards},
		{path: "data/ledger.csv", write: func(w io.Writer, p office.Pieces) error {
			s := sheet(p)
			return s.WriteCSV(w)
		}, of: v.hashOfShards},
	}
}

// entry is a case for the ledger and the lists: with its content only where
// the edition shows it.
func (e *Element) entry() ledger.Entry {
	entry := ledger.Entry{ID: e.ID, Category: e.Category, State: e.State, Lead: e.Lead, Co: e.Co, TaskList: e.List, Clocks: e.limits}
	if e.Text != nil {
		entry.Case = e.Text.Case
	}
	return entry
}
