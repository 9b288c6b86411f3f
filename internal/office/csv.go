package office

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/invisible"
	"suqiu/internal/workday"
)

// ByteOrderMark tells Excel that a CSV file is UTF-8.
const ByteOrderMark = "\ufeff"

// WriteCSV writes a sheet as CSV as Excel opens it: UTF-8 with a byte order
// mark, CRLF, no cell that it would take for a formula, and no character that
// would steer the terminal on which somebody looks at it.
func (s *Sheet) WriteCSV(w io.Writer) error {
	titles := make(Row, len(s.Columns))
	for i, c := range s.Columns {
		titles[i] = c.Title
	}
	if _, err := io.WriteString(w, ByteOrderMark); err != nil {
		return err
	}
	if err := s.writeRecords(w, slices.Values([]Row{titles})); err != nil {
		return err
	}
	for _, b := range s.blocks() {
		if b.Key == "" {
			if err := s.writeRecords(w, b.Rows); err != nil {
				return err
			}
			continue
		}
		err := Piece(w, s.pieces(), b.Key, func() ([]byte, error) {
			var made bytes.Buffer
			err := s.writeRecords(&made, b.Rows)
			return made.Bytes(), err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Sheet) writeRecords(w io.Writer, rows iter.Seq[Row]) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(s.Columns))
	for row := range rows {
		if len(row) > len(line) {
			return fmt.Errorf("writing %s: %d values for %d columns", s.Name, len(row), len(line))
		}
		clear(line)
		for i, v := range row {
			switch v := v.(type) {
			case nil:
			case string:
				line[i] = Inert(tame(v))
			case int:
				line[i] = strconv.Itoa(v)
			case float64:
				line[i] = strconv.FormatFloat(v, 'f', -1, 64)
			case workday.Date:
				line[i] = v.String()
			default:
				return fmt.Errorf("writing %s, %s: a value of type %T", s.Name, s.Columns[i].Title, v)
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// tame is a text with U+FFFD in the place of what nobody sees, but for line ends
// as Windows writes them.
func tame(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\r' && invisible.Is(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// formulaStarts begin what a spreadsheet takes for a formula, which could
// reach for other files; some take the full-width forms too.
const formulaStarts = "=+-@\t\r＝＋－＠"

// Inert is the text of a CSV cell that a spreadsheet does not take for a
// formula. The apostrophe is shown, as in any CSV: that is the price of a
// reader who types = as the first letter of a title. What was typed with an
// apostrophe gets a second one, so that Plainly gives back either.
func Inert(cell string) string {
	rest := strings.TrimLeft(cell, "'")
	if first, _ := utf8.DecodeRuneInString(rest); rest != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + cell
	}
	return cell
}

// Plainly takes back what Inert did.
func Plainly(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && Inert(rest) == cell {
		return rest
	}
	return cell
}
