package site

import (
	"bytes"
	"io"
	"slices"

	"suqiu/internal/bureaus"
	"suqiu/internal/document"
	"suqiu/internal/report"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// countyBook is what the bureaus below handed in by quarter.
type countyBook struct {
	Quarters []workday.Quarter // oldest first
	Rows     []countyRow
	Latest   workday.Quarter // the newest quarter for which anything was handed in
	Figures  []countyFigures // of Latest, configured order
	Total    countyFigures
	compared bureaus.Comparison // of Latest, in the same order
}

// Downloads are the figures of Latest as files.
func (b *countyBook) Downloads() []view.Download {
	if len(b.Figures) == 0 {
		return nil
	}
	q := b.Latest.String()
	return []view.Download{
		{Path: "counties/" + q + ".docx", Name: q + "旗县市区汇总.docx", Text: "Word"},
		{Path: "counties/" + q + ".xlsx", Name: q + "旗县市区汇总.xlsx", Text: "Excel"},
	}
}

// countyFiles are those files.
func (v *builder) countyFiles() []file {
	book := &v.counties
	write := []func(io.Writer) error{book.compared.Word, book.compared.Excel}
	var files []file
	for i, d := range book.Downloads() {
		files = append(files, file{path: d.Path, write: func(b *bytes.Buffer) error { return write[i](b) }})
	}
	return files
}

func (v *builder) countiesPage() framed {
	page := &countiesPage{countyBook: v.counties}
	_, page.Units = v.byKind()
	return page
}

// LatestName is 2026年第三季度.
func (b *countyBook) LatestName() string { return quarterName(b.Latest) }

// countyRow is one county by quarter; an empty Light means nothing was owed.
type countyRow struct {
	Unit  string
	Code  string
	Cells []view.Light
}

// countyFigures are one county's main figures of a quarter.
type countyFigures struct {
	Unit                                                  string
	Counted                                               bool // Collected is known
	Collected, Tickets, Registered, Pushed, Done, Closing int
	OnTime, Satisfied                                     document.Share
}

func (f *countyFigures) add(o countyFigures) {
	f.Counted = f.Counted || o.Counted
	f.Collected += o.Collected
	f.Tickets += o.Tickets
	f.Registered += o.Registered
	f.Pushed += o.Pushed
	f.Done += o.Done
	f.Closing += o.Closing
	f.OnTime = document.Share{N: f.OnTime.N + o.OnTime.N, Of: f.OnTime.Of + o.OnTime.Of}
	f.Satisfied = document.Share{N: f.Satisfied.N + o.Satisfied.N, Of: f.Satisfied.Of + o.Satisfied.Of}
}

func (v *builder) readCounties() {
	duties := v.CountyDuties()
	book := &v.counties
	for _, duty := range duties {
		if n := len(book.Quarters); n == 0 || book.Quarters[n-1] != duty.Quarter {
			book.Quarters = append(book.Quarters, duty.Quarter)
		}
		if duty.File != nil && duty.File.Figures() != nil {
			book.Latest = duty.Quarter
		}
	}
	rows := map[string]*countyRow{}
	for _, duty := range duties {
		row := rows[duty.Unit]
		if row == nil {
			row = &countyRow{Unit: duty.Unit, Cells: make([]view.Light, len(book.Quarters))}
			if u := v.Unit(duty.Unit); u != nil && u.Page {
				row.Code = u.Code
			}
			rows[duty.Unit] = row
		}
		row.Cells[slices.Index(book.Quarters, duty.Quarter)] = duty.Light
		if duty.Quarter != book.Latest || duty.File == nil || duty.File.Figures() == nil {
			continue
		}
		s := duty.File.Summary
		book.compared.List = append(book.compared.List, s)
		f := countyFigures{Unit: duty.Unit, Collected: s.Funnel.Collected, Tickets: s.Funnel.Tickets,
			Registered: s.Funnel.Registered, Pushed: s.Balance.Pushed, Done: s.Balance.Done, Closing: s.Balance.Closing,
			OnTime:    report.Deadlines(s.Deadlines).InTime(),
			Satisfied: report.Evaluation(s.Evaluation).Satisfaction()}
		_, f.Counted = s.Since(2, f.Collected)
		book.Figures = append(book.Figures, f)
		book.Total.add(f)
		book.Total.Unit = "合计"
	}
	book.compared.Quarter = book.Latest
	for _, u := range v.Units {
		if row := rows[u.Name]; row != nil {
			book.Rows = append(book.Rows, *row)
		}
	}
}
