package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

func readExcel(data []byte, o Options) (*Table, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: 1 << 30,
		UnzipXMLSizeLimit: 1 << 30})
	if err != nil {
		return nil, errBroken
	}
	defer f.Close()
	sheet, told, err := chooseSheet(f, o.Sheet)
	if err != nil {
		return nil, err
	}
	facts, err := sheetFacts(data, sheet)
	if err != nil {
		return nil, errBroken
	}
	t := &Table{Sheet: sheet, Told: told, epoch: facts.epoch, hidden: facts.hiddenColumns, cells: columnName}
	err = eachRow(f, sheet, func(n int, cells []string) error {
		o.Progress(n, max(facts.lastRow, n))
		line := Line{N: n, Cells: cells, marks: facts.cells[n], hidden: facts.hiddenRows[n]}
		return t.add(line)
	})
	return t, err
}

func columnName(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return strconv.Itoa(column + 1)
	}
	return name
}

// eachRow hands out the rows of a sheet.
func eachRow(f *excelize.File, sheet string, do func(n int, cells []string) error) error {
	rows, err := f.Rows(sheet)
	if err != nil {
		return errBroken
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("读不了工作表“%s”第 %d 行：文件不完整或已损坏，请在 Excel 或 WPS 中另存为新的 .xlsx "+
				"后再导入", sheet, n)
		}
		if err := do(n, cells); err != nil {
			return err
		}
	}
	if rows.Error() != nil {
		return errBroken
	}
	return nil
}

// chooseSheet is the sheet that was asked for, else the only one that shows and
// holds a ledger. Others that hold one are told of.
func chooseSheet(f *excelize.File, asked string) (string, []string, error) {
	names := f.GetSheetList()
	if len(names) == 0 {
		return "", nil, errors.New("这个 Excel 文件中没有工作表")
	}
	var shown, hidden []string // with a ledger
	for _, name := range names {
		if name == asked {
			return name, nil, nil
		}
		if !looksLikeLedger(f, name) {
			continue
		}
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			hidden = append(hidden, name)
		} else {
			shown = append(shown, name)
		}
	}
	switch {
	case asked != "":
		return "", nil, fmt.Errorf("没有工作表“%s”，有：%s", asked, strings.Join(names, "、"))
	case len(shown) > 1:
		return "", nil, fmt.Errorf("有 %d 个工作表像是台账：%s；请用 --sheet 写明导入哪一个，每次一个，如 --sheet %s",
			len(shown), strings.Join(shown, "、"), shown[0])
	case len(shown) == 0 && len(hidden) > 0:
		return "", nil, fmt.Errorf("只有隐藏的工作表像是台账：%s；确要导入的请加 --sheet %s",
			strings.Join(hidden, "、"), hidden[0])
	case len(shown) == 0:
		return names[0], nil, nil // its head says what is missing
	}
	var told []string
	if len(hidden) > 0 {
		told = append(told, fmt.Sprintf("隐藏的工作表没有读：%s；要导入的请另用 --sheet 写明",
			strings.Join(hidden, "、")))
	}
	return shown[0], told, nil
}

// looksLikeLedger reports whether a head stands in the first lines of a sheet.
func looksLikeLedger(f *excelize.File, sheet string) bool {
	t := &Table{cells: columnName}
	err := eachRow(f, sheet, func(n int, cells []string) error {
		if n > headLines+20 || len(t.Lines) >= headLines {
			return errEnough
		}
		return t.add(Line{N: n, Cells: cells})
	})
	if err != nil && !errors.Is(err, errEnough) {
		return false
	}
	h, _ := findHead(t)
	return h != nil
}

var errEnough = errors.New("enough was read")
