package report

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Encode writes p as a file: indented, the annexes with one row a line, so that
// two versions can be compared, with a newline at its end.
func (p Publication) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return nil, err
	}
	b.Truncate(b.Len() - len("\n}\n"))
	b.WriteString(",\n  \"annexes\": [")
	for i, a := range p.Annexes {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := a.encode(&b); err != nil {
			return nil, err
		}
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes(), nil
}

// columnJSON is one column of an annex.
type columnJSON struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// String is the kind as a Publication names it.
func (k Kind) String() string {
	return [...]string{"text", "number", "date", "case", "share", "score"}[k]
}

func (a *Annex) encode(b *bytes.Buffer) error {
	columns := make([]columnJSON, len(a.Table.Columns))
	for i, c := range a.Table.Columns {
		columns[i] = columnJSON{c.Name, c.Kind.String()}
	}
	b.WriteString("\n    {")
	for _, x := range []struct {
		key   string
		value any
	}{{"key", a.Key}, {"title", a.Title}, {"note", a.Note}, {"columns", columns}} {
		text, err := line(x.value)
		if err != nil {
			return err
		}
		b.WriteString("\n      \"" + x.key + "\": ")
		b.Write(text)
		b.WriteByte(',')
	}
	b.WriteString("\n      \"rows\": [")
	for i := range a.Table.Rows {
		if i > 0 {
			b.WriteByte(',')
		}
		row, err := line(a.cells(i))
		if err != nil {
			return err
		}
		b.WriteString("\n        ")
		b.Write(row)
	}
	if len(a.Table.Rows) > 0 {
		b.WriteString("\n      ")
	}
	b.WriteString("]\n    }")
	return nil
}

// cells are those of a row, as many as there are columns: numbers as numbers, a
// day or number that there is not as null.
func (a *Annex) cells(row int) []any {
	cells := make([]any, len(a.Table.Columns))
	for i, text := range a.Table.Rows[row] {
		switch kind := a.Table.Columns[i].Kind; {
		case text == nothing && kind != Words && kind != Ratio:
		case kind == Number:
			if n, err := strconv.Atoi(text); err == nil {
				cells[i] = n
				continue
			}
			cells[i] = text
		default:
			cells[i] = text
		}
	}
	return cells
}

// line is a value on one line.
func line(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
