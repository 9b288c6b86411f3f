package office

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"suqiu/internal/workday"
)

// epoch is the number of 1970-01-01 in Excel's calendar.
const epoch = 25569

// maxText is the longest text that Excel takes in a cell, in UTF-16 units.
const maxText = 32767

// Cut ends a text that Excel has no room for.
const Cut = "……（Excel 一格最多 32767 个字，以下没有列出，全文见原件）"

// fit is a text as a cell takes it: cut, and says so, if it is too long.
func fit(s string) string {
	if clip(s, maxText) == s {
		return s
	}
	return clip(s, maxText-utf8.RuneCountInString(Cut)) + Cut
}

// maxHeight is the highest row that Excel has, in points.
const maxHeight = 409

// lines is how many lines the wrapped texts of a row take. Not every reader
// finds the height of a row by itself.
func (s *Sheet) lines(row Row) int {
	most := 1
	for i, v := range row {
		text, ok := v.(string)
		if c := &s.Columns[i]; ok && c.Wrap {
			most = max(most, lines(text, int(c.wide())-1))
		}
	}
	return most
}

// lines is how many lines a text takes in a width in characters of Latin text;
// a Chinese one is as wide as two.
func lines(text string, width int) int {
	if len(text) <= width && strings.IndexByte(text, '\n') < 0 {
		return 1
	}
	n, at := 1, 0
	for _, r := range text {
		wide := 1
		switch {
		case r == '\n':
			n, at = n+1, 0
			continue
		case r >= 0x1100:
			wide = 2
		}
		if at += wide; at > width && at > wide {
			n, at = n+1, wide
		}
	}
	return n
}

// writeValue ends a cell that was begun up to its style.
func writeValue(w *bufio.Writer, v any, kind Kind) error {
	var buf [32]byte
	var number []byte
	switch v := v.(type) {
	case nil:
	case string:
		if v == "" {
			break
		}
		// A text is marked as one: Excel takes no "=1+1" in it for a formula.
		w.WriteString(`" t="inlineStr"><is><t xml:space="preserve">`)
		writeText(w, fit(strings.ReplaceAll(v, "\r\n", "\n")))
		w.WriteString(`</t></is></c>`)
		return nil
	case workday.Date:
		if v != 0 {
			number = strconv.AppendInt(buf[:0], int64(v)+epoch, 10)
		}
	case int:
		number = strconv.AppendInt(buf[:0], int64(v), 10)
	case float64:
		if v-v != 0 { // neither infinity nor NaN is a number of Excel
			return fmt.Errorf("%v is no number", v)
		}
		number = strconv.AppendFloat(buf[:0], v, 'g', -1, 64)
	default:
		return fmt.Errorf("a value of type %T", v)
	}
	if len(number) == 0 {
		w.WriteString(`"/>`)
		return nil
	}
	if kind == TextColumn {
		return fmt.Errorf("a value of type %T in a column of text", v)
	}
	w.WriteString(`"><v>`)
	w.Write(number)
	w.WriteString(`</v></c>`)
	return nil
}

// writeText is escape without a copy where there is nothing to escape.
func writeText(w *bufio.Writer, s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' || c >= 0xed {
			w.WriteString(escape(s))
			return
		}
	}
	if !utf8.ValidString(s) {
		s = escape(s)
	}
	w.WriteString(s)
}
