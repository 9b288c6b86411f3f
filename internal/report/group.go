package report

import (
	"cmp"
	"slices"

	"suqiu/internal/clock"
	"suqiu/internal/config"
	"suqiu/internal/record"
)

// unnamed stands for a case whose category or channel is not filled in.
const unnamed = "（未填）"

// groups are the rows of one table by name.
type groups map[string]*GroupRow

func (g groups) of(name string) *GroupRow {
	if name == "" {
		name = unnamed
	}
	row := g[name]
	if row == nil {
		row = &GroupRow{Name: name}
		g[name] = row
	}
	return row
}

// rows lists the groups that have something to show, in a given order; what
// the order does not name comes after it, by name.
func (g groups) rows(order []string) []GroupRow {
	var rows []GroupRow
	for _, row := range g {
		if row.Registered == 0 && row.Collected == 0 && row.Balance == (Balance{}) && row.Deadlines == (Deadlines{}) {
			continue
		}
		row.OnTime = Share{row.Deadlines.OnTime, row.Deadlines.Base()}
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b GroupRow) int {
		return cmp.Or(cmp.Compare(place(order, a.Name), place(order, b.Name)), cmp.Compare(a.Name, b.Name))
	})
	return rows
}

// unitRows lists the units that have something to show, in configured order.
func (t *tally) unitRows(b *Book) []UnitRow {
	var order []string
	for _, u := range b.d.Config.Units {
		order = append(order, u.Name)
	}
	var rows []UnitRow
	for _, row := range t.units {
		if row.Unit == "" || *row == (UnitRow{Unit: row.Unit}) {
			continue
		}
		row.OnTime = Share{row.Deadlines.OnTime, row.Deadlines.Base()}
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b UnitRow) int {
		return cmp.Or(cmp.Compare(place(order, a.Unit), place(order, b.Unit)), cmp.Compare(a.Unit, b.Unit))
	})
	return rows
}

// place is the index of a name in an order; behind it if it is not there.
func place(order []string, name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}

// methodRows lists the methods of 评估 that were used.
func (t *tally) methodRows() []MethodRow {
	var rows []MethodRow
	for name, e := range t.methods {
		rows = append(rows, MethodRow{name, *e})
	}
	order := methodOrder()
	slices.SortFunc(rows, func(a, b MethodRow) int {
		return cmp.Or(cmp.Compare(place(order, a.Method), place(order, b.Method)), cmp.Compare(a.Method, b.Method))
	})
	return rows
}

// limitRows lists the limits that fell due, in the order of a task.
func (t *tally) limitRows() []LimitRow {
	order := []clock.Kind{clock.Push, clock.Accept, clock.Confirm, clock.Grant, clock.Decide,
		clock.CoFeedback, clock.Review, clock.Evaluate, clock.Improve, clock.Promise, clock.Channel}
	var rows []LimitRow
	for key, d := range t.limits {
		rows = append(rows, LimitRow{key.kind, key.class, *d})
	}
	slices.SortFunc(rows, func(a, b LimitRow) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)), cmp.Compare(a.Class, b.Class))
	})
	return rows
}

// categoryOrder is 办理类别 as the case file's schema lists them.
func categoryOrder() []string { return valuesOf(record.Schema(), "办理类别") }

// methodOrder is 方式 of 评估, likewise.
func methodOrder() []string {
	for _, key := range record.Schema() {
		if key.Name == "评估" {
			return valuesOf(key.Fields, "方式")
		}
	}
	return nil
}

func valuesOf(keys []record.Key, name string) []string {
	for _, key := range keys {
		if key.Name == name {
			return key.Values
		}
	}
	return nil
}

// channelOrder is every channel as the units list them.
func channelOrder(c *config.Config) []string {
	var order []string
	for _, u := range c.Units {
		order = append(order, u.Channels...)
	}
	return order
}
