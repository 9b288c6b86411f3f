package terminal

import (
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// Table lines up columns of text in which a Chinese character takes two
// places, whatever the locale says.
type Table struct {
	rows [][]string
}

// Row adds a line.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, cells) }

// Write prints the lines with two spaces between the columns.
func (t *Table) Write(w io.Writer) { t.WriteWithin(w, 0) }

// WriteWithin is Write for a terminal of that many columns: the last cell of
// a line is cut short with an ellipsis where it would not fit. Zero: no limit.
func (t *Table) WriteWithin(w io.Writer, columns int) {
	measure := measure()
	var widths []int
	for _, row := range t.rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], measure.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range t.rows {
		var line strings.Builder
		for i, cell := range row[:len(row)-1] {
			line.WriteString(measure.FillRight(cell, widths[i]))
			line.WriteString("  ")
		}
		last := row[len(row)-1]
		if room := columns - measure.StringWidth(line.String()); columns > 0 && room >= 8 {
			last = measure.Truncate(last, room, "…")
		}
		line.WriteString(last)
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	_, _ = io.WriteString(w, b.String())
}

// measure counts the columns of text: go-runewidth's own default would ask
// the locale.
func measure() *runewidth.Condition {
	return &runewidth.Condition{StrictEmojiNeutral: true}
}
