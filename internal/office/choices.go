package office

import (
	"slices"
	"strconv"
)

// choicesTab is the sheet on which the choices of columns stand: Excel takes no long
// list in the column itself.
const choicesTab = "选项"

// withChoices is the workbook with a sheet of the choices of its columns.
func (b *Workbook) withChoices() *Workbook {
	list := Sheet{Name: choicesTab}
	var lists [][]string
	sheets := slices.Clone(b.Sheets)
	for i := range sheets {
		sheets[i].Columns = slices.Clone(sheets[i].Columns)
		for j := range sheets[i].Columns {
			c := &sheets[i].Columns[j]
			if len(c.Choices) == 0 {
				continue
			}
			at := letter(len(lists))
			c.list = "'" + choicesTab + "'!$" + at + "$2:$" + at + "$" + strconv.Itoa(len(c.Choices)+1)
			list.Columns = append(list.Columns, Column{Title: c.Title, Width: 24})
			lists = append(lists, c.Choices)
		}
	}
	if lists == nil {
		return b
	}
	list.Rows = func(yield func(Row) bool) {
		for n := 0; ; n++ {
			row, more := make(Row, len(lists)), false
			for i, choices := range lists {
				if n < len(choices) {
					row[i], more = choices[n], true
				}
			}
			if !more || !yield(row) {
				return
			}
		}
	}
	return &Workbook{Title: b.Title, Sheets: append(sheets, list)}
}

// choice is a column of which each cell holds one of a list.
type choice struct{ Cells, List string }

// choices are the columns of a sheet with choices, as far down as it has rows.
func (s *Sheet) choices(rows int) (list []choice) {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.list != "" && rows > 1 {
			list = append(list, choice{letter(i) + "2:" + letter(i) + strconv.Itoa(rows), c.list})
		}
	}
	return list
}

// locked reports whether only some columns of a sheet are to be filled in.
func (s *Sheet) locked() bool {
	return slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Open })
}
