package overdue

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
)

// Waiting is a request that waits for a decision.
type Waiting struct {
	Case    string       `json:"case"`
	Title   string       `json:"title"`
	Source  string       `json:"source"` // 异议, 说明单, 延期申请, 一事一议
	Units   []string     `json:"units"`  // who asks
	Words   string       `json:"words"`
	Since   workday.Date `json:"since"`
	Days    int          `json:"days"` // working days
	Due     workday.Date `json:"due"`  // by when it should be decided; empty: no limit
	Decided string       `json:"decided"`

	restricted bool
}

// WaitingItems lists what units have asked for and nobody has decided, of one unit
// or of all.
func WaitingItems(d *register.Register, unit string) []Waiting {
	items := []Waiting{}
	for _, w := range d.Undecided() {
		if unit == "" || slices.Contains(w.Units, unit) {
			items = append(items, Waiting{Case: w.Case.ID, Title: w.Matter, Source: w.Source, Units: w.Units,
				Words: w.Words,
				Since: w.Since, Days: w.Days, Due: w.Due, Decided: w.Decided, restricted: d.Restricted(w.Case)})
		}
	}
	return items
}

// WriteWaiting prints what waits, for people.
func WriteWaiting(out io.Writer, width int, items []Waiting) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(out, "\n待联席会议确认 %d 项，最长 %d 个工作日\n", len(items), items[0].Days)
	var t terminal.Table
	for i := range items {
		w := &items[i]
		t.Row("  "+w.Case, w.Source, strings.Join(w.Units, "、"), "已等 "+w.waited(), w.Title)
	}
	t.WriteWithin(out, width)
}

// waited says for how long.
func (w *Waiting) waited() string {
	text := fmt.Sprintf("%d 个工作日", w.Days)
	if w.Decided != "" {
		text += "（" + w.Decided + " 已议定）"
	}
	return text
}
