package office

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// write writes one sheet and returns the name of its last cell.
func (s *Sheet) write(part *piecedPart, first bool) (end string, err error) {
	if len(s.Columns) == 0 {
		return "", fmt.Errorf("no columns")
	}
	if err := part.plain(false, func(w *bufio.Writer) error { s.writeHead(w, first); return nil }); err != nil {
		return "", err
	}
	rows := newRowWriter(s)
	all := band{rows: 1, height: 26} // of the head
	for _, b := range s.blocks() {
		this, err := s.writeBlock(part, rows, b, all.rows)
		if err != nil {
			return "", err
		}
		all.rows += this.rows
		all.height += this.height
	}
	end = letter(len(s.Columns)-1) + strconv.Itoa(all.rows)
	return end, part.plain(true, func(w *bufio.Writer) error { s.writeFoot(w, end, all.height); return nil })
}

// writeHead writes what stands before the rows, and the row of titles.
func (s *Sheet) writeHead(w *bufio.Writer, first bool) {
	w.WriteString(xmlHead + `<worksheet ` + sheetNames +
		`><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView`)
	if first {
		w.WriteString(` tabSelected="1"`)
	}
	pane, split := "bottomLeft", ""
	if s.Fixed > 0 {
		pane, split = "bottomRight", fmt.Sprintf(` xSplit="%d"`, s.Fixed)
	}
	cell := letter(s.Fixed) + "2"
	w.WriteString(` workbookViewId="0"><pane` + split + ` ySplit="1" topLeftCell="` + cell + `" activePane="` + pane +
		`" state="frozen"/><selection pane="` + pane + `" activeCell="` + cell + `" sqref="` + cell +
		`"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="16.5"/><cols>`)
	for i := range s.Columns {
		c := &s.Columns[i]
		fmt.Fprintf(w, `<col min="%d" max="%d" width="%s" style="%d" customWidth="1"/>`, i+1, i+1,
			strconv.FormatFloat(c.wide(), 'f', -1, 64), c.bareStyle())
	}
	w.WriteString(`</cols><sheetData><row r="1" ht="26" customHeight="1">`)
	for i, c := range s.Columns {
		w.WriteString(`<c r="` + letter(i) + `1" s="1" t="inlineStr"><is><t xml:space="preserve">` + escape(c.Title) +
			`</t></is></c>`)
	}
	w.WriteString(`</row>`)
}

// writeFoot writes what stands behind the rows, of which the last cell and the
// height of all are given.
func (s *Sheet) writeFoot(w *bufio.Writer, end string, height float64) {
	w.WriteString(`</sheetData><autoFilter ref="A1:` + end +
		`"/><pageMargins left="0.4" right="0.4" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>`)
	high := 0 // as many pages as it takes
	if len(s.Charts) > 0 && height <= chartHeight {
		high = 1 // or a chart would be cut in two
	}
	fmt.Fprintf(w, `<pageSetup paperSize="9" orientation="landscape" fitToWidth="%d" fitToHeight="%d"/>`,
		int(s.wide())/pageWidth+1, high)
	w.WriteString(`<headerFooter><oddHeader>&amp;C&amp;14&amp;"黑体,常规"` +
		escape(strings.ReplaceAll(clip(s.Name, 100), "&", "&&")) +
		`</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>`)
	if len(s.Charts) > 0 {
		w.WriteString(`<drawing r:id="rId1"/>`)
	}
	w.WriteString(`</worksheet>`)
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
