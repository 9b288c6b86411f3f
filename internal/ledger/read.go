package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"suqiu/internal/casefile"
	"suqiu/internal/office"
	"suqiu/internal/unseen"
)

// maxRows bounds what is read of a file: more is no ledger.
const maxRows = 200_000

// A Table is a ledger as it was typed: lines of cells, each line with its
// number in the file.
type Table struct {
	Sheet string // of an Excel file
	Lines []Line
	cells func(column int) string // how the reader's program calls a column
}

// Line is one line of a Table.
type Line struct {
	N     int
	Cells []string
}

// Read reads a ledger: an Excel file (.xlsx), or CSV in UTF-8 or GB18030, as
// Excel and WPS write it. sheet names the sheet of an Excel file; empty: the
// first. The error is for the user.
func Read(data []byte, sheet string) (*Table, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readExcel(data, sheet)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return nil, errors.New("这是旧格式的 Excel 文件（.xls）或加了密码的文件，请在 Excel 或 WPS 中另存为 .xlsx（不加密码）")
	case sheet != "":
		return nil, errors.New("--sheet 只用于 Excel 文件")
	}
	return readCSV(data)
}

func readExcel(data []byte, sheet string) (*Table, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 1 << 30, UnzipXMLSizeLimit: 1 << 30})
	if err != nil {
		return nil, fmt.Errorf("读不了这个 Excel 文件：%w", err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if len(names) == 0 {
		return nil, errors.New("这个 Excel 文件中没有工作表")
	}
	if sheet == "" {
		sheet = names[0]
	}
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, fmt.Errorf("没有工作表“%s”，有：%s", sheet, strings.Join(names, "、"))
	}
	defer rows.Close()
	t := &Table{Sheet: sheet, cells: func(column int) string {
		name, err := excelize.ColumnNumberToName(column + 1)
		if err != nil {
			return strconv.Itoa(column + 1)
		}
		return name
	}}
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("读不了工作表“%s”第 %d 行：%w", sheet, n, err)
		}
		if err := t.add(n, cells); err != nil {
			return nil, err
		}
	}
	if err := rows.Error(); err != nil {
		return nil, fmt.Errorf("读不了工作表“%s”：%w", sheet, err)
	}
	return t, nil
}

func readCSV(data []byte) (*Table, error) {
	data = bytes.TrimPrefix(data, []byte(office.ByteOrderMark))
	if !utf8.Valid(data) {
		decoded, ok := casefile.FromGB18030(data)
		if !ok {
			return nil, errors.New("这个文件不是 Excel 文件，也不是 UTF-8 或 GB18030（GBK）编码的 CSV 文件，请在 Excel 或 WPS 中另存为“CSV UTF-8”")
		}
		data = decoded
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	first, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.IndexByte(first, ',') < 0 && bytes.IndexByte(first, '\t') >= 0 {
		r.Comma, r.LazyQuotes = '\t', true // copied from a spreadsheet
	}
	t := &Table{cells: func(column int) string { return strconv.Itoa(column + 1) }}
	for {
		record, err := r.Read()
		var broken *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &broken):
			return nil, fmt.Errorf("第 %d 行的引号不成对，读不了", broken.StartLine)
		case err != nil:
			return nil, err
		}
		n, _ := r.FieldPos(0)
		cells := make([]string, len(record))
		for i := range record {
			cells[i] = office.Plainly(record[i])
		}
		if err := t.add(n, cells); err != nil {
			return nil, err
		}
	}
}

// add keeps a line unless nothing stands in it.
func (t *Table) add(n int, cells []string) error {
	if len(t.Lines) >= maxRows {
		return fmt.Errorf("行数超过 %d，请分开导入", maxRows)
	}
	blank := true
	for i := range cells {
		cells[i] = strings.Map(seen, strings.Trim(cells[i], " \t\r\n\u3000\u00a0"))
		blank = blank && cells[i] == ""
	}
	if !blank {
		t.Lines = append(t.Lines, Line{n, cells})
	}
	return nil
}

// seen leaves out what other programs put into cells and nobody sees.
func seen(r rune) rune {
	if r != '\r' && unseen.Is(r) {
		return -1
	}
	return r
}
