package forms

import (
	"io"
	"testing"

	"suqiu/internal/workday"
)

// BenchmarkForm is what each form of the site costs.
func BenchmarkForm(b *testing.B) {
	f := Filler{Bureau: "测试", Calendar: workday.NewCalendar(workday.Overrides{})}
	c := text(example())
	for b.Loop() {
		if err := f.Form(Statement, c, 1).Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
