package returns

import (
	"slices"

	"suqiu/internal/bureaus"
	"suqiu/internal/document"
	"suqiu/internal/report"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Counties is what the bureaus below handed in by quarter.
type Counties struct {
	Quarters []workday.Quarter // oldest first
	Rows     []CountyRow
	Latest   workday.Quarter // the newest quarter for which anything was handed in
	Figures  []CountyFigures // of Latest, configured order
	Total    CountyFigures
	Compared bureaus.Comparison // of Latest, in the same order
}

// Downloads are the figures of Latest as files.
func (b *Counties) Downloads() []view.Download {
	if len(b.Figures) == 0 {
		return nil
	}
	q := b.Latest.String()
	return []view.Download{
		{Path: "counties/" + q + ".docx", Name: q + "旗县市区汇总.docx", Text: "Word"},
		{Path: "counties/" + q + ".xlsx", Name: q + "旗县市区汇总.xlsx", Text: "Excel"},
	}
}

// LatestName is 2026年第三季度.
func (b *Counties) LatestName() string { return b.Latest.Name() }

// CountyRow is one county by quarter; an empty Light means nothing was owed.
type CountyRow struct {
	Unit  string
	Code  string
	Cells []view.Light
}

// CountyFigures are one county's main figures of a quarter.
type CountyFigures struct {
	Unit                                                  string
	Counted                                               bool // Collected is known
	Collected, Tickets, Registered, Pushed, Done, Closing int
	OnTime, Satisfied                                     document.Share
}

func (f *CountyFigures) add(o CountyFigures) {
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

// ReadCounties reads it from a view.
func ReadCounties(v *view.View) *Counties {
	duties := v.CountyDuties()
	book := new(Counties)
	for _, duty := range duties {
		if n := len(book.Quarters); n == 0 || book.Quarters[n-1] != duty.Quarter {
			book.Quarters = append(book.Quarters, duty.Quarter)
		}
		if duty.File != nil && duty.File.Figures() != nil {
			book.Latest = duty.Quarter
		}
	}
	rows := map[string]*CountyRow{}
	for _, duty := range duties {
		row := rows[duty.Unit]
		if row == nil {
			row = &CountyRow{Unit: duty.Unit, Cells: make([]view.Light, len(book.Quarters))}
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
		book.Compared.List = append(book.Compared.List, s)
		f := CountyFigures{Unit: duty.Unit, Collected: s.Funnel.Collected, Tickets: s.Funnel.Tickets,
			Registered: s.Funnel.Registered, Pushed: s.Balance.Pushed, Done: s.Balance.Done, Closing: s.Balance.Closing,
			OnTime:    report.Deadlines(s.Deadlines).InTime(),
			Satisfied: report.Evaluation(s.Evaluation).Satisfaction()}
		_, f.Counted = s.Since(2, f.Collected)
		book.Figures = append(book.Figures, f)
		book.Total.add(f)
		book.Total.Unit = "合计"
	}
	book.Compared.Quarter = book.Latest
	for _, u := range v.Units {
		if row := rows[u.Name]; row != nil {
			book.Rows = append(book.Rows, *row)
		}
	}
	return book
}
