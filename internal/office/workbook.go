package office

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Workbook is an Excel file.
type Workbook struct {
	Title  string // in its properties
	Sheets []Sheet
}

// Sheet is one sheet of a Workbook: its name on the tab and over each printed
// page, a frozen head with filters, A4 across, as many pages as it needs.
type Sheet struct {
	Name    string
	Columns []Column
	Fixed   int // columns at the left that stay in sight, on paper too
	// Rows yields the rows from the top; a row may be used again for the next.
	Rows   iter.Seq[Row]
	Charts []SheetChart // below the rows
}

// Row is the values of one row: string, int, float64, workday.Date, or nil for
// an empty cell. An empty string, and no date, are empty cells too. A value
// fits its column: in one of text, only text; text anywhere stays text.
type Row []any

// Column is one column of a Sheet.
type Column struct {
	Title string
	Kind  Kind
	Width float64 // in characters of Latin text; 0: that of the title
	Wrap  bool    // long text goes on in the next line
}

// Kind says what the cells of a column hold.
type Kind int

// The kinds of a column.
const (
	TextColumn    Kind = iota // text, and nothing else, whatever it looks like
	DateColumn                // workday.Date, shown as 2026-07-01
	NumberColumn              // int, shown whole
	DecimalColumn             // float64, shown with two places
	PercentColumn             // float64 from 0 to 1, shown as 98.5%
	kinds
)

// pageWidth is how many characters fit across a page at a size that can be
// read: a wider sheet takes several pages across.
const pageWidth = 220

// chartHeight is how high the rows of a sheet may be, in points, to stand on one
// page with its chart.
const chartHeight = 900

// Write writes the workbook as .xlsx, row by row: no sheet is held in memory.
func (b *Workbook) Write(w io.Writer) error {
	z := newPackage(w)
	names := b.tabs()
	ends := make([]string, len(b.Sheets))
	for i := range b.Sheets {
		err := addPart(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), func(f io.Writer) (err error) {
			out := bufio.NewWriterSize(f, 64<<10)
			if ends[i], err = b.Sheets[i].write(out, i == 0); err != nil {
				return err
			}
			return out.Flush()
		})
		if err != nil {
			return fmt.Errorf("sheet %s: %w", names[i], err)
		}
	}
	if err := addParts(z, b.parts(names, ends)); err != nil {
		return err
	}
	return z.Close()
}

// tabs are the names of the sheets as Excel takes them: 31 characters, none
// of a few, no two the same.
func (b *Workbook) tabs() []string {
	names := make([]string, len(b.Sheets))
	taken := map[string]bool{"": true}
	for i := range b.Sheets {
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\'`, r) || r < ' ' {
				return '－'
			}
			return r
		}, b.Sheets[i].Name)
		name = clip(name, 31)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = clip(name, 26) + "（" + strconv.Itoa(n) + "）"
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

// clip is the first n UTF-16 units of a text.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i, r := range s {
		if n--; r > 0xffff {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// write writes one sheet and returns the name of its last cell.
func (s *Sheet) write(w *bufio.Writer, first bool) (end string, err error) {
	if len(s.Columns) == 0 {
		return "", fmt.Errorf("no columns")
	}
	w.WriteString(xmlHead + `<worksheet ` + sheetNames + `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView`)
	if first {
		w.WriteString(` tabSelected="1"`)
	}
	pane, split := "bottomLeft", ""
	if s.Fixed > 0 {
		pane, split = "bottomRight", fmt.Sprintf(` xSplit="%d"`, s.Fixed)
	}
	cell := letter(s.Fixed) + "2"
	w.WriteString(` workbookViewId="0"><pane` + split + ` ySplit="1" topLeftCell="` + cell + `" activePane="` + pane + `" state="frozen"/><selection pane="` + pane + `" activeCell="` + cell + `" sqref="` + cell + `"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="16.5"/><cols>`)
	styles := make([]string, len(s.Columns))
	letters := make([]string, len(s.Columns))
	for i := range s.Columns {
		c := &s.Columns[i]
		letters[i], styles[i] = letter(i), strconv.Itoa(c.style())
		fmt.Fprintf(w, `<col min="%d" max="%d" width="%s" style="%d" customWidth="1"/>`, i+1, i+1, strconv.FormatFloat(c.wide(), 'f', -1, 64), c.bareStyle())
	}
	w.WriteString(`</cols><sheetData><row r="1" ht="26" customHeight="1">`)
	for i, c := range s.Columns {
		w.WriteString(`<c r="` + letters[i] + `1" s="1" t="inlineStr"><is><t xml:space="preserve">` + escape(c.Title) + `</t></is></c>`)
	}
	w.WriteString(`</row>`)
	n, down := 1, 26.0
	var number []byte
	if s.Rows != nil {
		for row := range s.Rows {
			if len(row) > len(s.Columns) {
				return "", fmt.Errorf("row %d: %d values for %d columns", n, len(row), len(s.Columns))
			}
			n++
			number = strconv.AppendInt(number[:0], int64(n), 10)
			w.WriteString(`<row r="`)
			w.Write(number)
			if lines := s.lines(row); lines > 1 {
				height := min(2+14.5*float64(lines), maxHeight)
				fmt.Fprintf(w, `" ht="%s`, strconv.FormatFloat(height, 'f', -1, 64))
				down += height
			} else {
				down += 16.5
			}
			w.WriteString(`">`)
			for i, v := range row {
				w.WriteString(`<c r="`)
				w.WriteString(letters[i])
				w.Write(number)
				w.WriteString(`" s="`)
				w.WriteString(styles[i])
				if err := writeValue(w, v, s.Columns[i].Kind); err != nil {
					return "", fmt.Errorf("row %d, %s: %w", n-1, s.Columns[i].Title, err)
				}
			}
			for i := len(row); i < len(s.Columns); i++ { // room to write in, within lines
				w.WriteString(`<c r="`)
				w.WriteString(letters[i])
				w.Write(number)
				w.WriteString(`" s="`)
				w.WriteString(styles[i])
				w.WriteString(`"/>`)
			}
			w.WriteString(`</row>`)
		}
	}
	end = letter(len(s.Columns)-1) + strconv.Itoa(n)
	w.WriteString(`</sheetData><autoFilter ref="A1:` + end + `"/><pageMargins left="0.4" right="0.4" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>`)
	high := 0 // as many pages as it takes
	if len(s.Charts) > 0 && down <= chartHeight {
		high = 1 // or a chart would be cut in two
	}
	fmt.Fprintf(w, `<pageSetup paperSize="9" orientation="landscape" fitToWidth="%d" fitToHeight="%d"/>`, int(s.wide())/pageWidth+1, high)
	w.WriteString(`<headerFooter><oddHeader>&amp;C&amp;14&amp;"黑体,常规"` + escape(strings.ReplaceAll(clip(s.Name, 100), "&", "&&")) + `</oddHeader><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>`)
	if len(s.Charts) > 0 {
		w.WriteString(`<drawing r:id="rId1"/>`)
	}
	w.WriteString(`</worksheet>`)
	return end, nil
}

// wide is how wide a column is, in characters.
func (c *Column) wide() float64 {
	if c.Width != 0 {
		return c.Width
	}
	return float64(2*utf8.RuneCountInString(c.Title) + 4)
}

func (s *Sheet) wide() float64 {
	total := 0.0
	for i := range s.Columns {
		total += s.Columns[i].wide()
	}
	return total
}

// letter is the name of a column: A, Z, AA.
func letter(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}
