// Package ledger is the ledger (台账) of all cases, one row each: the same
// columns as Excel and as CSV, for the command and for the site; and the way
// back, from a ledger that people keep to new case files.
//
// A case whose content a reader may not see shows what DESIGN section 9 calls
// 要素: number, category, units and clocks.
package ledger

import (
	"iter"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/frontmatter"
	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// column is one column with what it says of a case; the case is nil where it
// is restricted.
type column struct {
	office.Column
	open func(*view.Case) any // of any case
	full func(*view.Text) any // of a case that may be seen
}

// fixed is a text column of a case that may be seen.
func fixed(title string, width float64, of func(*view.Text) string) column {
	return column{office.Column{Title: title, Width: width}, nil, func(c *view.Text) any { return of(c) }}
}

// byKeys are the columns of the keys of a schema that have one, in its order.
func byKeys(s *frontmatter.Schema) []column {
	shown := map[string]func(*view.Case) any{ // of any case
		"编号": func(e *view.Case) any { return e.ID },
		"标题": func(e *view.Case) any {
			if e.Text == nil {
				return view.Restricted
			}
			return e.Text.Title
		},
		"状态":   func(e *view.Case) any { return string(e.State) },
		"任务清单": func(e *view.Case) any { return e.List },
		"办理类别": func(e *view.Case) any { return e.Category },
		"承办单位": func(e *view.Case) any { return e.Lead },
		"协办单位": func(e *view.Case) any { return list(e.Co) },
	}
	var columns []column
	for i := range s.Keys {
		k := &s.Keys[i]
		if k.Name == "状态" { // what is read back stands together
			columns = append(columns, sectionColumns(s)...)
		}
		if k.Ledger.Width == 0 {
			continue
		}
		c := column{Column: office.Column{Title: k.Name, Width: k.Ledger.Width, Wrap: k.Ledger.Wrap},
			open: shown[k.Name]}
		switch k.Type {
		case frontmatter.Day:
			c.Kind = office.DateColumn
		case frontmatter.Count:
			c.Kind = office.NumberColumn
		}
		if c.open == nil {
			c.full = func(c *view.Text) any { return cell(k.At(c.Case)) }
		}
		columns = append(columns, c)
	}
	return columns
}

// sectionColumns are those of the sections that have one.
func sectionColumns(s *frontmatter.Schema) []column {
	var columns []column
	for i, heading := range s.Headings() {
		if width := s.Sections[i].Ledger.Width; width > 0 {
			columns = append(columns, fixed(heading, width, func(c *view.Text) string {
				return office.Plain(c.Section(heading))
			}))
		}
	}
	return columns
}

// cell is the value of a key as a cell shows it.
func cell(value any) any {
	switch v := value.(type) {
	case *int:
		return *v
	case *workday.Date:
		return *v
	case *[]string:
		return list(*v)
	}
	return frontmatter.TextOf(value)
}

// timed is a column about the clock that the ledger shows, nil if none began.
func timed(c office.Column, of func(*clock.Clock) any) column {
	return column{c, func(e *view.Case) any {
		if k := e.Feedback(); k != nil {
			return of(k.Clock)
		}
		return nil
	}, nil}
}

func list(names []string) string { return strings.Join(names, "、") }

func count(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// columns are those of the ledger, in order. The first up to 状态 are what
// Import reads.
func columns() []column {
	number := func(title string) office.Column {
		return office.Column{Title: title, Kind: office.NumberColumn, Width: 9}
	}
	date := func(title string) office.Column {
		return office.Column{Title: title, Kind: office.DateColumn, Width: 12}
	}
	return append(byKeys(record.Schema()),
		column{date("登记日期"), nil, func(c *view.Text) any { return c.Registered }},
		timed(date("推送日期"), func(k *clock.Clock) any { return k.Start }),
		timed(number("第几次推送"), func(k *clock.Clock) any { return count(k.Push) }),
		timed(date("原到期日"), func(k *clock.Clock) any { return k.OriginalDue }),
		timed(date("现到期日"), func(k *clock.Clock) any { return k.Due }),
		timed(number("暂停天数"), func(k *clock.Clock) any { return count(k.PausedDays) }),
		timed(number("延期天数"), func(k *clock.Clock) any { return count(k.ExtendedDays) }),
		timed(date("反馈日期"), func(k *clock.Clock) any {
			if k.Status == clock.Cancelled {
				return nil
			}
			return k.Stopped
		}),
		timed(office.Column{Title: "反馈时限", Width: 10}, func(k *clock.Clock) any { return k.Status.Word() }),
		timed(number("超期天数"), func(k *clock.Clock) any { return count(k.DaysLate) }),
		fixed("反馈结果", 10, func(c *view.Text) string {
			if n := len(c.Feedback); n > 0 {
				return c.Feedback[n-1].Result
			}
			return ""
		}),
		fixed("评估结果", 10, func(c *view.Text) string {
			if n := len(c.Evaluations); n > 0 {
				return c.Evaluations[n-1].Result
			}
			return c.NoEvaluation
		}),
		column{date("终结日期"), nil, func(c *view.Text) any { return closed(c) }},
	)
}

// closed is the day on which a case left the open states; zero while it is in
// them.
func closed(c *view.Text) (day workday.Date) {
	if c.Life.State.IsOpen() {
		return 0
	}
	for _, e := range c.Life.Events {
		if e.To != "" && !e.To.IsOpen() && e.From.IsOpen() && !e.Voided {
			day = e.Day()
		}
	}
	return day
}

// Sheet is the ledger of some cases, one row each.
func Sheet(entries iter.Seq[*view.Case]) office.Sheet {
	columns := columns()
	s := sheet(columns)
	s.Rows = rows(columns, entries)
	return s
}

// Block is some cases that follow each other.
type Block struct {
	Key     string // see office.Block
	Entries iter.Seq[*view.Case]
}

// Blocks is the ledger of cases by blocks, of which pieces keeps those that do
// not change.
func Blocks(blocks []Block, pieces office.Pieces) office.Sheet {
	columns := columns()
	s := sheet(columns)
	s.Pieces, s.Blocks = pieces, make([]office.Block, len(blocks))
	for i, b := range blocks {
		s.Blocks[i] = office.Block{Key: b.Key, Rows: rows(columns, b.Entries)}
	}
	return s
}

func sheet(columns []column) office.Sheet {
	s := office.Sheet{Name: "税费服务诉求和舆情办理台账", Fixed: 2}
	for _, c := range columns {
		s.Columns = append(s.Columns, c.Column)
	}
	return s
}

func rows(columns []column, entries iter.Seq[*view.Case]) iter.Seq[office.Row] {
	return func(yield func(office.Row) bool) {
		row := make(office.Row, len(columns))
		for e := range entries {
			for i := range columns {
				c := &columns[i]
				switch {
				case c.open != nil:
					row[i] = c.open(e)
				case e.Text != nil:
					row[i] = c.full(e.Text)
				default:
					row[i] = nil
				}
			}
			if !yield(row) {
				return
			}
		}
	}
}

// Workbook is a ledger as an Excel file.
func Workbook(s office.Sheet) *office.Workbook {
	return &office.Workbook{Title: s.Name, Sheets: []office.Sheet{s}}
}
