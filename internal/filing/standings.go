package filing

import (
	"fmt"
	"io"

	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// WriteStandings lists who has handed in a month and who has not, for a terminal of
// that many columns; false if nobody has to.
func WriteStandings(out io.Writer, width int, d *register.Register, month workday.Month) bool {
	var t terminal.Table
	n := 0
	for _, duty := range d.MonthlyDuties() {
		if duty.Month != month {
			continue
		}
		n++
		what, filed := "", ""
		if f := duty.File; f != nil {
			what = fmt.Sprintf("%d 件，风险点 %d 个", f.Total(), len(f.Risks))
			if f.Zero {
				what = "零报告"
			}
			filed = f.Filed.String()
		}
		t.Row(duty.Unit, string(duty.Standing), filed, "应于 "+duty.Due.Text(duty.Provisional), what)
	}
	if n == 0 {
		return false
	}
	fmt.Fprintf(out, "%s 月度报送\n", month)
	t.WriteWithin(out, width)
	return true
}
