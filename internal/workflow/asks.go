package workflow

import "suqiu/internal/record"

// Asks lists every step of the table with all that it asks for in any case.
func (t *Table) Asks() []Next {
	s := &Scene{&record.Case{}, &Life{}, t}
	var list []Next
	for _, rows := range [][]Row{t.Rows, t.Steps} {
		for i := range rows {
			row := &rows[i]
			n := Next{Row: row.N, Title: row.Title + row.Ending, Of: row}
			for _, of := range append([]*Row{row}, t.along(row)...) {
				n.Inputs = append(n.Inputs, of.inputs(s, target{at: of.Record.Key + "[+]"})...)
			}
			list = append(list, n)
		}
	}
	return list
}
