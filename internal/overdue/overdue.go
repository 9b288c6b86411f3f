// Package overdue lists what somebody has to look at: what is overdue, due soon,
// received late or undecided, and what waits for the joint meeting, in each format
// in which it is passed on.
package overdue

import (
	"cmp"
	"fmt"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/register"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Item is one clock that somebody has to look at.
type Item struct {
	Case        string         `json:"case"`
	Title       string         `json:"title"`
	State       workflow.State `json:"state"`
	Unit        string         `json:"unit"`
	Role        string         `json:"role"`
	Path        string         `json:"path"`
	Lead        string         `json:"lead"`
	Clock       clock.Kind     `json:"clock"`
	Class       clock.Class    `json:"class"`
	Start       workday.Date   `json:"start"`
	Due         workday.Date   `json:"due"`
	OriginalDue workday.Date   `json:"original_due"`
	DaysLate    int            `json:"days_late"`
	Status      clock.Status   `json:"status"`
	Provisional bool           `json:"provisional"`

	number     string // what it is known by, of no case: 2026-07, HY2026-03
	restricted bool   // 仅要素: the title is not for everybody
}

// Counts reports whether the item is 超期 and not a mere 提示.
func (i *Item) Counts() bool { return i.Status == clock.Overdue && i.Class.Counts() }

// attention is the order in which a clock wants to be looked at; 0: not now.
func attention(s clock.Status) int {
	return 1 + slices.Index([]clock.Status{
		clock.Overdue, clock.Received, clock.Soon, clock.Pending, clock.Paused,
	}, s)
}

// Items lists what is overdue, due soon or undecided, by unit in the order
// of the configuration, the most pressing first.
func Items(d *register.Register, unit string) []Item {
	order := map[string]int{}
	for i, u := range d.Config.Units {
		order[u.Name] = i - len(d.Config.Units)
	}
	items := []Item{}
	for _, u := range d.Dues() {
		if attention(u.Status) == 0 || unit != "" && u.Unit != unit {
			continue
		}
		it := Item{
			Title: u.Title, Unit: u.Unit, Role: u.Role, Path: u.Path, Lead: u.Unit, Clock: u.Kind, Class: u.Class,
			Start: u.Start, Due: u.Clock.Due,
			OriginalDue: u.OriginalDue, DaysLate: u.DaysLate, Status: u.Status, Provisional: u.Provisional,
			number: u.Number, restricted: d.Hides(&u),
		}
		if u.Case != nil {
			it.Case, it.State, it.Lead = u.Case.ID, u.Case.Life.State, u.Case.Life.Lead
		}
		items = append(items, it)
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		return cmp.Or(
			cmp.Compare(order[a.Unit], order[b.Unit]), cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(notCounted(a), notCounted(b)),
			cmp.Compare(attention(a.Status), attention(b.Status)),
			cmp.Compare(a.Due, b.Due), cmp.Compare(a.id(), b.id()), cmp.Compare(a.Clock, b.Clock),
		)
	})
	return items
}

// id is what the item is known by: the 编号 of its case, else that of a paper.
func (i *Item) id() string { return cmp.Or(i.Case, i.number) }

func notCounted(i Item) int {
	if i.Counts() {
		return 0
	}
	return 1
}

// counts counts items the way they are summed up.
type counts struct{ late, soon, waiting, hints int }

func tally(items []Item) counts {
	var n counts
	for i := range items {
		switch it := &items[i]; {
		case it.Counts():
			n.late++
		case it.Status == clock.Overdue:
			n.hints++
		case it.Status == clock.Soon:
			n.soon++
		default:
			n.waiting++
		}
	}
	return n
}

func (n counts) String() string {
	return fmt.Sprintf("超期 %d 项，临期 %d 项，待决定、待收件和暂停 %d 项，内部控制提示 %d 项", n.late, n.soon,
		n.waiting, n.hints)
}
