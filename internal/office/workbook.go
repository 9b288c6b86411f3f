package office

import (
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
	Rows iter.Seq[Row]
	// Blocks are the rows, in place of Rows, of a sheet that is written again and
	// again; Pieces, which may be nil, then keeps those that do not change.
	Blocks []Block
	Pieces Pieces
	Charts []SheetChart // below the rows
}

// Block is some rows that follow each other.
type Block struct {
	Key  string // all that the rows are made of; empty: they are not kept
	Rows iter.Seq[Row]
}

// blocks are all rows.
func (s *Sheet) blocks() []Block {
	switch {
	case s.Blocks != nil:
		return s.Blocks
	case s.Rows != nil:
		return []Block{{Rows: s.Rows}}
	}
	return nil
}

func (s *Sheet) pieces() Pieces {
	if s.Pieces != nil {
		return s.Pieces
	}
	return none{}
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

	// Open columns are to be filled in: the rest of their sheet is locked. They hold
	// text, of the Choices if there are any, which stand on a sheet of their own.
	Open    bool
	Choices []string
	list    string // where the choices stand
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
	b = b.withChoices()
	z := newPackage(w)
	sheets := make([]placedSheet, len(b.Sheets))
	for i, tab := range b.tabs() {
		s := &b.Sheets[i]
		part, err := newPiecedPart(z, fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		if err == nil {
			sheets[i] = placedSheet{Sheet: s, N: i + 1, Tab: tab, Last: letter(len(s.Columns) - 1)}
			sheets[i].Height, err = s.write(part, i == 0)
		}
		if err != nil {
			return fmt.Errorf("sheet %s: %w", tab, err)
		}
	}
	if err := addParts(z, b.parts(sheets)); err != nil {
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
