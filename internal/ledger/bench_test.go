package ledger

import (
	"io"
	"testing"

	"suqiu/internal/config"
	"suqiu/internal/view"
)

// BenchmarkLedger writes a ledger of 20,000 cases.
func BenchmarkLedger(b *testing.B) {
	cfg := config.Parse("suqiu.yaml", []byte(organisation))
	c := view.Cases(registerOf(cfg), view.Supervision).Cases[1]
	entries := func(yield func(*view.Case) bool) {
		for range 20_000 {
			if !yield(c) {
				return
			}
		}
	}
	for name, write := range map[string]func() error{
		"xlsx": func() error { return Workbook(Sheet(entries)).Write(io.Discard) },
		"csv":  func() error { s := Sheet(entries); return s.WriteCSV(io.Discard) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
