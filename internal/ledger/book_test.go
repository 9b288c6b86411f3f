package ledger

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// book makes a workbook: sheets of rows.
func book(t *testing.T, change func(f *excelize.File), sheets ...any) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i := 0; i < len(sheets); i += 2 {
		name := sheets[i].(string)
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[i+1].([][]any) {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", r+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func importData(t *testing.T, data []byte, sheet string) (*Plan, error) {
	t.Helper()
	table, err := Read(data, Options{Sheet: sheet})
	if err != nil {
		return nil, err
	}
	return Import(table, testConfig(t), Known{}, registration)
}

func faults(p *Plan) (list []string) {
	for _, f := range p.Faults {
		list = append(list, f.String())
	}
	return list
}

func titlesOf(p *Plan) (list []string) {
	for _, c := range p.Cases {
		list = append(list, c.Title)
	}
	return list
}

var plainHead = []any{"标题", "渠道", "收集日期", "原渠道单号"}
