package site

import (
	"bytes"

	"suqiu/internal/ledger"
	"suqiu/internal/workflow"
)

// ledgerXLSX and ledgerCSV are the ledger as this edition may show it.
func (v *view) ledgerXLSX(b *bytes.Buffer) error { return ledger.Workbook(v.entries).Write(b) }

func (v *view) ledgerCSV(b *bytes.Buffer) error {
	s := ledger.Sheet(v.entries)
	return s.WriteCSV(b)
}

// entries are the cases of the view for the ledger.
func (v *view) entries(yield func(ledger.Entry) bool) {
	for _, e := range v.cases {
		entry := ledger.Entry{ID: e.ID, Category: e.Category, State: e.State, Lead: e.Lead, Co: e.Co, TaskList: e.List}
		entry.Clocks = make([]workflow.Clock, len(e.Clocks))
		for i := range e.Clocks {
			entry.Clocks[i] = e.Clocks[i].Clock
		}
		if e.Text != nil {
			entry.Case = e.Text.Case
		}
		if !yield(entry) {
			return
		}
	}
}
