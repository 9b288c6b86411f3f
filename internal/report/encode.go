package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
)

// Encode writes p as a file: indented, the annexes with one row a line, so that
// two versions can be compared, with a newline at its end.
func (p Publication) Encode() ([]byte, error) {
	head, err := p.Preamble()
	if err != nil {
		return nil, err
	}
	body, err := p.Body()
	return append(head, body...), err
}

// Preamble is how the file begins: it says what the figures were computed from.
func (p Publication) Preamble() ([]byte, error) {
	p.Figures = Quarterly{}
	b, at, err := p.encode()
	if err != nil {
		return nil, err
	}
	return b.Bytes()[:at], nil
}

// encode writes all but the annexes and the end, and tells where the figures begin.
func (p Publication) encode() (b *bytes.Buffer, figures int, err error) {
	b = new(bytes.Buffer)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return nil, 0, err
	}
	b.Truncate(b.Len() - len("\n}\n"))
	return b, bytes.Index(b.Bytes(), []byte("\n  \"figures\": ")), nil // in a text no line ends
}

// Body is what follows the Preamble: the figures and the annexes.
func (p Publication) Body() ([]byte, error) {
	b, figures, err := p.encode()
	if err != nil {
		return nil, err
	}
	b.WriteString(",\n  \"annexes\": [")
	for i, a := range p.Annexes {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := a.encode(b); err != nil {
			return nil, err
		}
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()[figures:], nil
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
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	var cells []any
	for i := range a.Table.Rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n        ")
		cells = a.cells(i, cells)
		if err := e.Encode(cells); err != nil {
			return err
		}
		b.Truncate(b.Len() - len("\n"))
	}
	if len(a.Table.Rows) > 0 {
		b.WriteString("\n      ")
	}
	b.WriteString("]\n    }")
	return nil
}

// cells are those of a row, as many as there are columns: numbers as numbers, a
// day or number that there is not as null. They stand in room, if that is large
// enough.
func (a *Annex) cells(row int, room []any) []any {
	cells := slices.Grow(room[:0], len(a.Table.Columns))[:len(a.Table.Columns)]
	clear(cells)
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
