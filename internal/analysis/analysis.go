// Package analysis is a month's analysis as a sheet: the cases that wait for it,
// one a row, with what a step on them asks for in columns to fill in. What comes
// back is a step on each case of which something was filled in.
package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"suqiu/internal/ledger"
	"suqiu/internal/office"
	"suqiu/internal/record"
	"suqiu/internal/step"
)

// The columns that are not those of a step's fields.
const (
	numberColumn = "编号"
	choiceColumn = "处理"
	tab          = "研判分析"
)

// textColumn is the section in which the office says what it makes of a case.
const textColumn = "研判分析"

// Case is a case that waits, with the steps that can be taken on it.
type Case struct {
	*record.Case
	Steps []step.Step
}

// Of are the steps among those of a case by which its analysis ends; nil if there
// are none.
func Of(steps []step.Step) []step.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(st step.Step) bool {
		return st.To == "" || st.Proxy || st.Name == "更正" || st.Name == "撤回"
	})
}

// told are the columns that say what a case is about.
var told = []office.Column{{Title: numberColumn, Width: 17}, {Title: "标题", Width: 32, Wrap: true},
	{Title: "收集日期", Kind: office.DateColumn, Width: 12}, {Title: "渠道", Width: 14, Wrap: true},
	{Title: "件数", Kind: office.NumberColumn, Width: 6}, {Title: "诉求内容", Width: 48, Wrap: true}}

// Workbook is the sheet to fill in, with the choices of its columns.
func Workbook(cases []Case) *office.Workbook {
	columns := append(slices.Clone(told), office.Column{Title: choiceColumn, Width: 14, Open: true})
	for _, f := range fields(cases) {
		columns = append(columns, office.Column{Title: f.Name, Width: 14, Wrap: true, Open: true, Choices: f.Choices})
	}
	columns = append(columns, office.Column{Title: textColumn, Width: 48, Wrap: true, Open: true})
	var rows []office.Row
	for i := range cases {
		c := &cases[i]
		for _, st := range c.Steps {
			if !slices.Contains(columns[len(told)].Choices, st.Name) {
				columns[len(told)].Choices = append(columns[len(told)].Choices, st.Name)
			}
		}
		rows = append(rows, office.Row{c.ID, c.Title, c.Collected, c.Channel, c.Tickets, c.Intake()})
	}
	return &office.Workbook{Title: tab, Sheets: []office.Sheet{{Name: tab, Columns: columns, Fixed: 2,
		Rows: slices.Values(rows)}}}
}

// fields are those of all steps, each once; several units are written by hand.
func fields(cases []Case) (list []step.Field) {
	for i := range cases {
		for _, st := range cases[i].Steps {
			for _, f := range st.Fields {
				if f.Kind == step.Units {
					f.Choices = nil
				}
				known := slices.ContainsFunc(list, func(o step.Field) bool { return o.Name == f.Name })
				if !known && f.Kind != step.Section {
					list = append(list, f)
				}
			}
		}
	}
	return list
}

// Row is what was filled in of a case.
type Row struct {
	N      int // of the sheet
	ID     string
	Step   string            // empty: only a text was written
	Values map[string]string // by field
	Text   string            // 研判分析
	at     map[string]string // column by title: M
}

// Place says where something of a row stands: by its field, or by the row alone.
func (r *Row) Place(field string) string {
	place := "第 " + strconv.Itoa(r.N) + " 行"
	switch letter := r.at[field]; {
	case letter != "":
		return place + " " + letter + " 列“" + field + "”"
	case r.at[choiceColumn] != "" && r.Step != "":
		return place + " " + r.at[choiceColumn] + " 列“" + choiceColumn + "”"
	}
	return place
}

// Read reads the rows in which something was filled in.
func Read(data []byte) ([]Row, error) {
	t, err := ledger.Read(data, ledger.Options{Sheet: tab})
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(t.Lines, func(l ledger.Line) bool {
		return slices.Contains(l.Cells, numberColumn) && slices.Contains(l.Cells, choiceColumn)
	})
	if at < 0 {
		return nil, fmt.Errorf("工作表“%s”里没有“编号”和“处理”两列：请用 suqiu export --pending-analysis 导出的表", tab)
	}
	titles := t.Lines[at].Cells
	var rows []Row
	seen := map[string]int{}
	for _, line := range t.Lines[at+1:] {
		r := Row{N: line.N, Values: map[string]string{}, at: map[string]string{}}
		for i, cell := range line.Cells {
			if i >= len(titles) || titles[i] == "" {
				continue
			}
			r.at[titles[i]] = t.ColumnName(i)
			switch title := titles[i]; {
			case title == numberColumn:
				r.ID = strings.ToUpper(cell)
			case title == choiceColumn:
				r.Step = cell
			case title == textColumn:
				r.Text = cell
			case cell != "" && !slices.ContainsFunc(told, func(c office.Column) bool { return c.Title == title }):
				r.Values[title] = cell
			}
		}
		switch {
		case r.Step == "" && r.Text == "" && len(r.Values) == 0:
			continue
		case r.ID == "":
			return nil, fmt.Errorf("第 %d 行没有编号", r.N)
		case seen[r.ID] != 0:
			return nil, fmt.Errorf("第 %d 行和第 %d 行是同一件：%s", seen[r.ID], r.N, r.ID)
		}
		seen[r.ID] = r.N
		rows = append(rows, r)
	}
	return rows, nil
}
