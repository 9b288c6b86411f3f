package document

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/office"
	"suqiu/internal/workday"
)

// Excel writes the annexes, one sheet each, and behind them each table that
// the document draws, with its chart.
func (d Document) Excel(w io.Writer) error {
	book := office.Workbook{Title: d.Title[len(d.Title)-1]}
	for i := range d.Annexes {
		a := &d.Annexes[i]
		book.Sheets = append(book.Sheets, a.Table.sheet(strconv.Itoa(i+1)+" "+a.Title, a.Chart))
	}
	drawn := 0
	for i := range d.Chapters {
		for _, x := range d.Chapters[i].Blocks {
			if x.Chart != nil {
				drawn++
				book.Sheets = append(book.Sheets, x.Table.sheet("图"+strconv.Itoa(drawn)+" "+x.Table.Caption, x.Chart))
			}
		}
	}
	return book.Write(w)
}

// WriteExcel writes tables as a workbook, one sheet each, named by their titles.
func WriteExcel(w io.Writer, title string, tables []Annex) error {
	book := office.Workbook{Title: title}
	for i := range tables {
		book.Sheets = append(book.Sheets, tables[i].Table.sheet(tables[i].Title, nil))
	}
	return book.Write(w)
}

func (t *Table) sheet(name string, chart *Chart) office.Sheet {
	s := office.Sheet{Name: name}
	for _, c := range t.Columns {
		s.Columns = append(s.Columns, c.office())
	}
	s.Rows = func(yield func(office.Row) bool) {
		for _, row := range t.Rows {
			if !yield(t.Values(row)) {
				return
			}
		}
	}
	if chart != nil {
		s.Charts = []office.SheetChart{{Chart: chart.Office(t), Columns: chart.Columns}}
	}
	return s
}

// office is the column as a workbook has it, at least as wide as its title.
func (c *Column) office() office.Column {
	title := 2*utf8.RuneCountInString(c.Name) + 2
	out := office.Column{Title: c.Name, Width: float64(4 * c.Width), Wrap: c.Kind == Words}
	switch c.Kind {
	case Number:
		out.Kind, out.Width = office.NumberColumn, float64(max(3*c.Width, title))
	case Day:
		out.Kind, out.Width = office.DateColumn, 12
	case CaseID:
		out.Width = 18
	case Ratio:
		out.Kind, out.Width = office.PercentColumn, float64(max(4*c.Width, title))
	case Score:
		out.Kind, out.Width = office.DecimalColumn, float64(max(3*c.Width, title))
	}
	return out
}

// Values are the cells of a row as what they are: a text where it is no such
// value, nil where there is none.
func (t *Table) Values(row []string) office.Row {
	values := make(office.Row, len(t.Columns))
	for i, c := range t.Columns {
		if i < len(row) && (row[i] != Nothing || c.Kind == Words) {
			values[i] = c.value(row[i])
		}
	}
	return values
}

func (c *Column) value(text string) any {
	switch c.Kind {
	case Number:
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	case Day:
		if d, err := workday.Parse(text); err == nil {
			return d
		}
	case Score:
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return f
		}
	case Ratio:
		if f, ok := percentage(text); ok {
			return f
		}
	}
	return text
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
