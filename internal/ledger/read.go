package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"suqiu/internal/invisible"
)

// maxRows bounds what is read of a file: more is no ledger.
const maxRows = 200_000

// A Table is a ledger as it was typed: lines of cells, each line with its
// number in the file.
type Table struct {
	Sheet string // of an Excel file
	Lines []Line
	// Told are remarks about what was read and what was not.
	Told []string

	cells  func(column int) string // how the reader's program calls a column
	epoch  int                     // the number of 1970-01-01 in the file's calendar
	hidden map[int]bool            // columns

	progress func(done, total int)
}

// ColumnName is what the reader's program calls a column.
func (t *Table) ColumnName(column int) string { return t.cells(column) }

// Line is one line of a Table.
type Line struct {
	N     int
	Cells []string

	hidden bool
	marks  map[int]mark // of cells, by column
}

// mark is what a cell is beside its text.
type mark uint8

const (
	damaged mark = 1 << iota // a number with more digits than Excel keeps
	struck                   // crossed out
	covered                  // below or beside the first cell of a merged one
	quoted                   // typed as text in so many words: ="…"
)

// Options say which part of a file to read, and take what happens meanwhile.
type Options struct {
	Sheet    string                // of an Excel file; empty: the one that holds a ledger
	Progress func(done, total int) // nil: nobody looks
}

// Read reads a ledger: an Excel file (.xlsx), or a text file with separators
// (CSV) in UTF-8, UTF-16 or GB18030, as Excel and WPS write it. The error is for
// the user.
func Read(data []byte, o Options) (*Table, error) {
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	if err := foreign(data); err != nil {
		return nil, err
	}
	var t *Table
	var err error
	switch {
	case bytes.HasPrefix(data, []byte(zipHead)):
		t, err = readExcel(data, o)
	case o.Sheet != "":
		err = errors.New("--sheet 只用于 Excel 文件")
	default:
		t, err = readText(data)
	}
	if err != nil {
		return nil, err
	}
	t.progress = o.Progress
	return t, nil
}

// add keeps a line unless nothing stands in it.
func (t *Table) add(line Line) error {
	if len(t.Lines) >= maxRows {
		return fmt.Errorf("行数超过 %d，请分开导入", maxRows)
	}
	blank := true
	for i, cell := range line.Cells {
		line.Cells[i] = strings.Map(seen, strings.Trim(cell, " \t\r\n\u3000\u00a0"))
		blank = blank && line.Cells[i] == ""
	}
	if !blank {
		t.Lines = append(t.Lines, line)
	}
	return nil
}

// seen leaves out what other programs put into cells and nobody sees.
func seen(r rune) rune {
	if r != '\r' && invisible.Is(r) {
		return -1
	}
	return r
}

// has reports whether a cell is of a kind.
func (l *Line) has(column int, m mark) bool { return l.marks[column]&m != 0 }
