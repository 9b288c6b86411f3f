package document

import (
	"bytes"
	"encoding/json"
	"slices"
)

// JSONColumn is one column of a table in JSON.
type JSONColumn struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// AppendJSON appends the annex to b, one row a line, so that two versions can be
// compared.
func (a *Annex) AppendJSON(b *bytes.Buffer) error {
	columns := make([]JSONColumn, len(a.Table.Columns))
	for i, c := range a.Table.Columns {
		columns[i] = JSONColumn{c.Name, c.Kind.String()}
	}
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	separator := "\n    {"
	for _, x := range []struct {
		key   string
		value any
	}{{"key", a.Key}, {"title", a.Title}, {"note", a.Note}, {"columns", columns}} {
		b.WriteString(separator + "\n      \"" + x.key + "\": ")
		if err := e.Encode(x.value); err != nil {
			return err
		}
		b.Truncate(b.Len() - len("\n"))
		separator = ","
	}
	b.WriteString(",\n      \"rows\": [")
	var cells []any
	separator = "\n        "
	for i := range a.Table.Rows {
		b.WriteString(separator)
		cells = a.Cells(i, cells)
		if err := e.Encode(cells); err != nil {
			return err
		}
		b.Truncate(b.Len() - len("\n"))
		separator = ",\n        "
	}
	if len(a.Table.Rows) > 0 {
		b.WriteString("\n      ")
	}
	b.WriteString("]\n    }")
	return nil
}

// Cells are those of a row as JSON has them, as many as there are columns:
// numbers as numbers, a day or number that there is not as null. They stand in
// room, if that is large enough.
func (a *Annex) Cells(row int, room []any) []any {
	cells := slices.Grow(room[:0], len(a.Table.Columns))[:len(a.Table.Columns)]
	clear(cells)
	for i, text := range a.Table.Rows[row] {
		switch c := &a.Table.Columns[i]; {
		case c.Kind == Number && text != Nothing:
			cells[i] = c.value(text)
		case text != Nothing || c.Kind == Words || c.Kind == Ratio:
			cells[i] = text
		}
	}
	return cells
}
