package report

import (
	"io"
	"strconv"
	"strings"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// Excel writes the annexes, one sheet each, and behind them each table that
// the report draws, with its chart.
func (d Document) Excel(w io.Writer) error {
	book := office.Workbook{Title: d.Title[len(d.Title)-1]}
	for i := range d.Annexes {
		a := &d.Annexes[i]
		book.Sheets = append(book.Sheets, a.Table.sheet(itoa(i+1)+" "+a.Title, a.Chart))
	}
	drawn := 0
	for i := range d.Chapters {
		for _, x := range d.Chapters[i].Blocks {
			if x.Chart != nil {
				drawn++
				book.Sheets = append(book.Sheets, x.Table.sheet("图"+itoa(drawn)+" "+x.Table.Caption, x.Chart))
			}
		}
	}
	return book.Write(w)
}

func (t *Table) sheet(name string, chart *Chart) office.Sheet {
	s := office.Sheet{Name: name}
	for _, c := range t.Columns {
		column := office.Column{Title: c.Name, Width: float64(4 * c.Width), Wrap: c.Kind == Words}
		switch c.Kind {
		case Number:
			column.Kind, column.Width = office.NumberColumn, float64(max(3*c.Width, 2*len([]rune(c.Name))+2))
		case Day:
			column.Kind, column.Width = office.DateColumn, 12
		case CaseID:
			column.Width = 18
		case Ratio:
			column.Kind, column.Width = office.PercentColumn, float64(max(4*c.Width, 2*len([]rune(c.Name))+2))
		case Score:
			column.Kind, column.Width = office.DecimalColumn, float64(max(3*c.Width, 2*len([]rune(c.Name))+2))
		}
		s.Columns = append(s.Columns, column)
	}
	s.Rows = func(yield func(office.Row) bool) {
		for _, row := range t.Rows {
			if !yield(t.values(row)) {
				return
			}
		}
	}
	if chart != nil {
		s.Charts = []office.SheetChart{{Chart: chart.office(t), Columns: chart.Columns}}
	}
	return s
}

// values are the cells of a row as what they are.
func (t *Table) values(row []string) office.Row {
	values := make(office.Row, len(t.Columns))
	for i, c := range t.Columns {
		if i >= len(row) || row[i] == nothing && c.Kind != Words {
			continue
		}
		values[i] = row[i]
		switch c.Kind {
		case Number:
			if n, err := strconv.Atoi(row[i]); err == nil {
				values[i] = n
			}
		case Day:
			if d, err := workday.Parse(row[i]); err == nil {
				values[i] = d
			}
		case Score:
			if f, err := strconv.ParseFloat(row[i], 64); err == nil {
				values[i] = f
			}
		case Ratio:
			if f, ok := percentage(row[i]); ok {
				values[i] = f
			}
		}
	}
	return values
}

// percentage is the share that a text like 92.3% says.
func percentage(s string) (float64, bool) {
	whole, tenth, ok := strings.Cut(strings.TrimSuffix(s, "%"), ".")
	if !ok || !strings.HasSuffix(s, "%") || len(tenth) != 1 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+tenth, 10, 16)
	return float64(n) / 1000, err == nil
}
