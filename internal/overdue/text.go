package overdue

import (
	"cmp"
	"fmt"
	"io"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
)

// byUnit cuts items, which are in that order, into those of each unit.
func byUnit(items []Item) [][]Item {
	var parts [][]Item
	for len(items) > 0 {
		n := 1
		for n < len(items) && items[n].Unit == items[0].Unit {
			n++
		}
		parts = append(parts, items[:n])
		items = items[n:]
	}
	return parts
}

// noUnit heads what nobody is in charge of yet.
const noUnit = "（未定单位）"

// Write prints items for people: a summary, then a table for each unit, for a
// terminal of that many columns.
func Write(out io.Writer, width int, d *register.Register, items []Item) {
	fmt.Fprintf(out, "截至 %s：%s\n", d.AsOf, tally(items))
	for _, part := range byUnit(items) {
		fmt.Fprintf(out, "\n%s\n", cmp.Or(part[0].Unit, noUnit))
		var t terminal.Table
		for i := range part {
			it := &part[i]
			due := it.term() + it.Due.Text(it.Provisional)
			if it.moved() {
				due += "（原 " + it.OriginalDue.String() + "）"
			}
			t.Row("  "+it.id(), string(it.Clock), it.light(), due, it.late(), it.Title)
		}
		t.WriteWithin(out, width)
	}
}

// Tally is what there is in a line: 超期 2 项，临期 1 项.
func Tally(items []Item) string { return tally(items).String() }

// term says what the due day is: of a right, the last day to use it.
func (i *Item) term() string {
	if i.Clock == clock.Objection || i.Clock == clock.Statement {
		return "最迟 "
	}
	return "应于 "
}

// moved reports whether a pause, a grant or a meeting has moved the due day.
func (i *Item) moved() bool { return i.OriginalDue != 0 && i.OriginalDue != i.Due }

// light names where the item stands.
func (i *Item) light() string {
	if i.Status == clock.Overdue && !i.Class.Counts() {
		return "提示"
	}
	return i.Status.Word()
}

func (i *Item) late() string {
	switch {
	case i.DaysLate > 0:
		return fmt.Sprintf("已过 %d 个工作日", i.DaysLate)
	case i.Status == clock.Overdue: // on the days off right after it
		return "已过到期日"
	}
	return ""
}
