package report

import (
	"bytes"
	"encoding/json"
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
	for i := range p.Annexes {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := p.Annexes[i].AppendJSON(b); err != nil {
			return nil, err
		}
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()[figures:], nil
}
