package report

import (
	"io"
	"strconv"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// Excel writes the annexes, one sheet each.
func (d Document) Excel(w io.Writer) error {
	book := office.Workbook{Title: d.Title[len(d.Title)-1]}
	for i := range d.Annexes {
		a := &d.Annexes[i]
		book.Sheets = append(book.Sheets, a.Table.sheet(itoa(i+1)+" "+a.Title))
	}
	return book.Write(w)
}

func (t *Table) sheet(name string) office.Sheet {
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
		}
	}
	return values
}
