package office

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// write writes one sheet and returns how many rows it has, that of titles among
// them.
func (s *Sheet) write(part *piecedPart, first bool) (height int, err error) {
	if len(s.Columns) == 0 {
		return 0, fmt.Errorf("no columns")
	}
	if err := part.text(false, s.head(first)); err != nil {
		return 0, err
	}
	rows := newRowWriter(s)
	all := band{rows: 1, height: 26} // of the head
	for _, b := range s.blocks() {
		this, err := s.writeBlock(part, rows, b, all.rows)
		if err != nil {
			return 0, err
		}
		all.rows += this.rows
		all.height += this.height
	}
	return all.rows, part.text(true, s.foot(all))
}

// head is what stands before the rows, and the row of titles.
func (s *Sheet) head(first bool) string {
	type title struct {
		N, Style            int
		Letter, Title, Wide string
	}
	h := struct {
		First      bool
		Fixed      int
		Pane, Cell string
		Titles     []title
	}{First: first, Fixed: s.Fixed, Pane: "bottomLeft", Cell: letter(s.Fixed) + "2"}
	if s.Fixed > 0 {
		h.Pane = "bottomRight"
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		h.Titles = append(h.Titles, title{i + 1, c.bareStyle(), letter(i), c.Title,
			strconv.FormatFloat(c.wide(), 'f', -1, 64)})
	}
	return fill("sheetHead", h)
}

// foot is what stands behind the rows.
func (s *Sheet) foot(all band) string {
	high := 0 // as many pages as it takes
	if len(s.Charts) > 0 && all.height <= chartHeight {
		high = 1 // or a chart would be cut in two
	}
	return fill("sheetFoot", struct {
		End, Heading         string
		PagesWide, PagesHigh int
		Charts, Locked       bool
		Choices              []choice
	}{letter(len(s.Columns)-1) + strconv.Itoa(all.rows), strings.ReplaceAll(clip(s.Name, 100), "&", "&&"),
		int(s.wide())/pageWidth + 1, high, len(s.Charts) > 0, s.locked(),
		s.choices(all.rows)})
}

// band is rows of a sheet that follow each other: how many, and how high in points.
type band struct {
	rows   int
	height float64
}

// writeBlock writes the rows of a block, which follow those above.
func (s *Sheet) writeBlock(part *piecedPart, rows *rowWriter, b Block, above int) (band, error) {
	var this band
	if b.Key == "" {
		err := part.plain(false, func(w *bufio.Writer) (err error) {
			this, err = rows.write(w, b, above)
			return err
		})
		return this, err
	}
	key := b.Key + " " + strconv.Itoa(above) // the rows say their numbers
	data, note := s.pieces().Earlier(key)
	var e extent
	if n, err := fmt.Sscan(note, &this.rows, &this.height, &e.size, &e.sum); data == nil || n != 4 || err != nil {
		var packed bytes.Buffer
		e, err = part.deflate(&packed, false, func(w *bufio.Writer) (err error) {
			this, err = rows.write(w, b, above)
			return err
		})
		if err != nil {
			return this, err
		}
		data, note = packed.Bytes(), fmt.Sprint(this.rows, this.height, e.size, e.sum)
	}
	e.packed = int64(len(data))
	if err := part.zip.Flush(); err != nil {
		return this, err
	}
	s.pieces().Next(key, len(data), note)
	part.add(e)
	_, err := part.out.Write(data)
	return this, err
}

// rowWriter writes the rows of a sheet.
type rowWriter struct {
	sheet           *Sheet
	letters, styles []string // of the columns
}

func newRowWriter(s *Sheet) *rowWriter {
	r := &rowWriter{s, make([]string, len(s.Columns)), make([]string, len(s.Columns))}
	for i := range s.Columns {
		r.letters[i], r.styles[i] = letter(i), strconv.Itoa(s.Columns[i].style())
	}
	return r
}

// write writes the rows of a block, which follow those above.
func (r *rowWriter) write(w *bufio.Writer, b Block, above int) (this band, err error) {
	s := r.sheet
	n := above
	var number []byte
	for row := range b.Rows {
		if len(row) > len(s.Columns) {
			return this, fmt.Errorf("row %d: %d values for %d columns", n, len(row), len(s.Columns))
		}
		n++
		number = strconv.AppendInt(number[:0], int64(n), 10)
		w.WriteString(`<row r="`)
		w.Write(number)
		if lines := s.lines(row); lines > 1 {
			height := min(2+14.5*float64(lines), maxHeight)
			fmt.Fprintf(w, `" ht="%s`, strconv.FormatFloat(height, 'f', -1, 64))
			this.height += height
		} else {
			this.height += 16.5
		}
		w.WriteString(`">`)
		for i := range s.Columns {
			w.WriteString(`<c r="`)
			w.WriteString(r.letters[i])
			w.Write(number)
			w.WriteString(`" s="`)
			w.WriteString(r.styles[i])
			if i >= len(row) { // room to write in, within lines
				w.WriteString(`"/>`)
			} else if err := writeValue(w, row[i], s.Columns[i].Kind); err != nil {
				return this, fmt.Errorf("row %d, %s: %w", n-1, s.Columns[i].Title, err)
			}
		}
		w.WriteString(`</row>`)
	}
	this.rows = n - above
	return this, nil
}
