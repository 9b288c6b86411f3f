package minutes

import (
	"fmt"
	"io"
	"strings"

	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// WriteAgenda lists what waits for the joint meeting, for a terminal of that many
// columns.
func WriteAgenda(out io.Writer, width int, d *register.Register, day workday.Date) {
	waiting := d.Agenda(day)
	if len(waiting) == 0 {
		fmt.Fprintln(out, "没有等待联席会议的事项")
	}
	var t terminal.Table
	for _, w := range waiting {
		id, due := "—", ""
		if w.Case != nil {
			id = w.Case.ID
		}
		if w.Due != 0 {
			due = "宜于 " + w.Due.String()
		}
		words := w.Matter + "：" + w.Words
		switch {
		case w.Decided != "":
			words += "（" + w.Decided + " 已议定，请在该事项中填写“决定”和“依据”）"
		case w.Tabled != "":
			words += "（已列入 " + w.Tabled + "）"
		}
		t.Row(w.Source, id, due, words)
	}
	t.WriteWithin(out, width)
	if list := IDs(d.Unratified()); len(list) > 0 {
		fmt.Fprintf(out, "待追认的传签：%s\n", strings.Join(list, "、"))
	}
}
