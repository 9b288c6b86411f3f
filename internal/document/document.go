// Package document is what the reports are made of: chapters of paragraphs,
// tables with charts, and annexes. A page, Word, Excel, Markdown and JSON are
// all drawn from the same values, so that they say the same.
package document

import (
	"strconv"
	"strings"

	"suqiu/internal/seal"
	"suqiu/internal/workday"
)

// Document is a report as blocks.
type Document struct {
	Quarter  workday.Quarter
	Title    []string // its lines
	Office   string   // who signs it
	Date     workday.Date
	Note     string // what the figures are counted on
	Chapters []Chapter
	Annexes  []Annex
	Seal     *seal.Mark // the last one; nil: none
}

// Chapter is one part of a document.
type Chapter struct {
	Title  string // 一、基本情况
	Blocks []Block
}

// Block is one of: a heading, a paragraph, a table with or without a chart, or
// what a person wrote.
type Block struct {
	Heading string
	Text    string
	Table   *Table
	Chart   *Chart // of Table
	Written string // Markdown, from reports/2026Q3.md
}

// Paragraphs makes blocks of the texts that say something.
func Paragraphs(texts ...string) []Block {
	var blocks []Block
	for _, t := range texts {
		if t != "" {
			blocks = append(blocks, Block{Text: t})
		}
	}
	return blocks
}

// Annex is one table behind a report.
type Annex struct {
	Key   string // stable: tasks, overdue …
	Title string // without its number
	Note  string // how it is counted
	Table Table
	Chart *Chart // of Table; nil: none
	// Sums is how many of the last rows of Table are sums of the others, which
	// its JSON does not keep.
	Sums int
}

// WithoutSums is an annex without the rows that are sums of the others.
func (a Annex) WithoutSums() Annex {
	a.Table.Rows = a.Table.Rows[:len(a.Table.Rows)-a.Sums]
	return a
}

// Kind says what the cells of a column hold.
type Kind uint8

// The kinds.
const (
	Words  Kind = iota
	Number      // whole numbers
	Day         // days
	CaseID      // 编号
	Ratio       // a share as a report shows it: 92.3%, 3/4
	Score       // points with at most two decimals: 97.5
)

// String is the kind as JSON names it.
func (k Kind) String() string {
	return [...]string{"text", "number", "date", "case", "share", "score"}[k]
}

// figures reports whether a column of the kind is set flush right.
func (k Kind) figures() bool { return k == Number || k == Ratio || k == Score }

// Column is one column of a Table.
type Column struct {
	Name  string
	Kind  Kind
	Width int // relative to the others
}

// Columns reads columns as they are written in short, 单位:6 期初未结:2n: a name, a
// width and the letter of a kind, none for words.
func Columns(short string) []Column {
	kinds := map[byte]Kind{'n': Number, 'd': Day, 'c': CaseID, 'r': Ratio, 's': Score}
	var list []Column
	for _, field := range strings.Fields(short) {
		name, shape, _ := strings.Cut(field, ":")
		width := 0
		for _, digit := range strings.TrimRight(shape, "ndcrs") {
			width = 10*width + int(digit-'0')
		}
		list = append(list, Column{name, kinds[shape[len(shape)-1]], width})
	}
	return list
}

// NewAnnex is an annex without rows; short are its Columns.
func NewAnnex(key, title, note, short string) Annex {
	return Annex{Key: key, Title: title, Note: note, Table: Table{Columns: Columns(short)}}
}

// Table is a table of text; a cell holds what its column's kind says, or words
// where there is no such value.
type Table struct {
	Caption string
	Columns []Column
	Rows    [][]string
}

// Add adds a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Row is a name with numbers behind it.
func Row(name string, numbers ...int) []string {
	cells := []string{name}
	for _, n := range numbers {
		cells = append(cells, strconv.Itoa(n))
	}
	return cells
}

// Nothing stands where there is no value.
const Nothing = "—"

// Dash is a text, or Nothing.
func Dash(s string) string {
	if s == "" {
		return Nothing
	}
	return s
}

// DayOrDash is a day, or Nothing.
func DayOrDash(d workday.Date) string {
	if d == 0 {
		return Nothing
	}
	return d.String()
}

// Date is a day as official documents write it: 2026年10月9日.
func Date(d workday.Date) string {
	return strconv.Itoa(d.Year()) + "年" + strconv.Itoa(int(d.Month())) + "月" + strconv.Itoa(d.Day()) + "日"
}
