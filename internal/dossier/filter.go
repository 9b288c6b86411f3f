package dossier

import (
	"io"
	"slices"
	"strings"

	"suqiu/internal/misuse"
	"suqiu/internal/register"
	"suqiu/internal/terminal"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Filter says which cases a list is of; what is empty excludes none.
type Filter struct {
	State, Category, Tasks string
	Unit                   string // that leads, helps or collected
	Month                  workday.Month
	Open                   bool // those under way alone
}

// Check refuses a state that there is not.
func (f *Filter) Check() error {
	var names []string
	for _, s := range workflow.States() {
		names = append(names, string(s))
	}
	if f.State != "" && !slices.Contains(names, f.State) {
		return misuse.New("没有状态“%s”：应为 %s", f.State, strings.Join(names, "、"))
	}
	return nil
}

// Items are the cases that it leaves.
func (f *Filter) Items(d *register.Register) []Item {
	items := []Item{}
	for _, c := range d.Cases {
		if f.matches(c) {
			items = append(items, NewItem(c))
		}
	}
	return items
}

func (f *Filter) matches(c *register.Case) bool {
	switch {
	case c.Deleted,
		f.State != "" && string(c.Life.State) != f.State,
		f.Open && !c.Life.State.IsOpen(),
		f.Category != "" && c.Category != f.Category,
		f.Tasks != "" && c.TaskList != f.Tasks,
		f.Month != workday.Month{} && !f.Month.Contains(c.Collected):
		return false
	}
	return f.Unit == "" || c.Life.Lead == f.Unit || c.Collector == f.Unit || slices.Contains(c.Co, f.Unit)
}

// WriteItems lists cases for a terminal of that many columns.
func WriteItems(out io.Writer, width int, items []Item) {
	var t terminal.Table
	for _, it := range items {
		due := ""
		if it.Due != 0 {
			due = it.Due.String() + " " + it.Status.Word()
		}
		t.Row(it.Case, string(it.State), it.Urgency, it.Lead, due, it.Title)
	}
	t.WriteWithin(out, width)
}
