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
	"suqiu/internal/office"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Restricted stands where the title of a case would stand that the reader may
// not see.
const Restricted = "限范围查看"

// Entry is one case of the ledger: what anybody may see of it, and the case
// itself only for those who may see all.
type Entry struct {
	ID       string
	Category string
	State    workflow.State
	Lead     string
	Co       []string
	TaskList string
	Clocks   []clock.Clock
	Case     *register.Case // nil: restricted
}

// Of is the entry of a case, with all of it.
func Of(c *register.Case) Entry {
	e := Entry{ID: c.ID, Category: c.Category, State: c.Life.State, Lead: c.Life.Lead, Co: c.Co, TaskList: c.TaskList, Clocks: c.Life.Clocks, Case: c}
	if e.Lead == "" {
		e.Lead = c.Lead
	}
	return e
}

// All are the entries of a register, by 编号, without deleted cases. restricted,
// which may be nil, says of which only the 要素 may be shown.
func All(d *register.Register, restricted func(*register.Case) bool) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, c := range d.Cases {
			if c.Deleted {
				continue
			}
			e := Of(c)
			if restricted != nil && restricted(c) {
				e.Case = nil
			}
			if !yield(e) {
				return
			}
		}
	}
}

// column is one column with what it says of a case; the case is nil where it
// is restricted.
type column struct {
	office.Column
	open func(*Entry) any         // of any case
	full func(*register.Case) any // of a case that may be seen
}

func text(title string, width float64, of func(*register.Case) string) column {
	return column{office.Column{Title: title, Width: width}, nil, func(c *register.Case) any { return of(c) }}
}

// wrapped is text that may be longer than its column.
func wrapped(title string, width float64, of func(*register.Case) string) column {
	c := text(title, width, of)
	c.Wrap = true
	return c
}

func day(title string, of func(*register.Case) workday.Date) column {
	return column{office.Column{Title: title, Kind: office.DateColumn, Width: 12}, nil, func(c *register.Case) any { return of(c) }}
}

// timed is a column about the clock that the ledger shows, nil if none began.
func timed(c office.Column, of func(*clock.Clock) any) column {
	return column{c, func(e *Entry) any {
		if k := e.Feedback(); k != nil {
			return of(k)
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
	open := func(title string, width float64, of func(*Entry) any) column {
		return column{office.Column{Title: title, Width: width}, of, nil}
	}
	units := func(title string, width float64, of func(*Entry) any) column {
		return column{office.Column{Title: title, Width: width, Wrap: true}, of, nil}
	}
	return []column{
		open("编号", 19, func(e *Entry) any { return e.ID }),
		{office.Column{Title: "标题", Width: 40, Wrap: true}, func(e *Entry) any {
			if e.Case == nil {
				return Restricted
			}
			return e.Case.Title
		}, nil},
		text("性质", 6, func(c *register.Case) string { return c.Nature }),
		wrapped("渠道", 20, func(c *register.Case) string { return c.Channel }),
		wrapped("收集单位", 18, func(c *register.Case) string { return c.Collector }),
		day("收集日期", func(c *register.Case) workday.Date { return c.Collected }),
		{number("件数"), nil, func(c *register.Case) any { return c.Tickets }},
		text("属地", 16, func(c *register.Case) string { return c.Locality }),
		text("税费种", 12, func(c *register.Case) string { return list(c.Taxes) }),
		text("主题", 12, func(c *register.Case) string { return list(c.Topics) }),
		text("原渠道单号", 20, func(c *register.Case) string { return list(c.SourceNos) }),
		day("原渠道期限", func(c *register.Case) workday.Date { return c.SourceDue }),
		text("公开范围", 10, func(c *register.Case) string { return c.Scope }),
		{office.Column{Title: "诉求内容", Width: 60}, nil, func(c *register.Case) any { return office.Plain(c.Section("诉求内容")) }},
		open("状态", 11, func(e *Entry) any { return string(e.State) }),
		open("任务清单", 14, func(e *Entry) any { return e.TaskList }),
		open("办理类别", 12, func(e *Entry) any { return e.Category }),
		text("涉及面", 8, func(c *register.Case) string { return c.Reach }),
		text("影响度", 8, func(c *register.Case) string { return c.Impact }),
		text("复杂度", 8, func(c *register.Case) string { return c.Complexity }),
		text("紧急程度", 10, func(c *register.Case) string { return c.Urgency }),
		units("承办单位", 18, func(e *Entry) any { return e.Lead }),
		units("协办单位", 24, func(e *Entry) any { return list(e.Co) }),
		day("登记日期", func(c *register.Case) workday.Date { return c.Registered }),
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
		text("反馈结果", 10, func(c *register.Case) string {
			if n := len(c.Feedback); n > 0 {
				return c.Feedback[n-1].Result
			}
			return ""
		}),
		text("评估结果", 10, func(c *register.Case) string {
			if n := len(c.Evaluations); n > 0 {
				return c.Evaluations[n-1].Result
			}
			return c.NoEvaluation
		}),
		day("终结日期", closed),
	}
}

// Feedback is the 反馈 limit of the last push; nil before the first.
func (e *Entry) Feedback() *clock.Clock {
	for i := len(e.Clocks) - 1; i >= 0; i-- {
		if e.Clocks[i].Kind == clock.Feedback {
			return &e.Clocks[i]
		}
	}
	return nil
}

// closed is the day on which a case left the open states; zero while it is in
// them.
func closed(c *register.Case) (day workday.Date) {
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
func Sheet(entries iter.Seq[Entry]) office.Sheet {
	columns := columns()
	s := sheet(columns)
	s.Rows = rows(columns, entries)
	return s
}

// Block is some cases that follow each other.
type Block struct {
	Key     string // see office.Block
	Entries iter.Seq[Entry]
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

func rows(columns []column, entries iter.Seq[Entry]) iter.Seq[office.Row] {
	return func(yield func(office.Row) bool) {
		row := make(office.Row, len(columns))
		for e := range entries {
			for i := range columns {
				c := &columns[i]
				switch {
				case c.open != nil:
					row[i] = c.open(&e)
				case e.Case != nil:
					row[i] = c.full(e.Case)
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
