package report

import (
	"cmp"
	"slices"

	"suqiu/internal/clock"
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
		row.OnTime = row.Deadlines.InTime()
		rows = append(rows, *row)
	}
	sortBy(rows, order, func(r GroupRow) string { return r.Name })
	return rows
}

// sortBy sorts rows by the place of their names in an order; what is not there
// comes behind it, by name.
func sortBy[T any](rows []T, order []string, name func(T) string) {
	place := func(s string) int {
		if i := slices.Index(order, s); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(rows, func(x, y T) int {
		a, b := name(x), name(y)
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b))
	})
}

// listRows makes the rows of the quarter's tables: units and channels in
// configured order, 办理类别 and 方式 in that of the case file's schema, limits in
// that of a task.
func (t *Tally) listRows() {
	var units, channels []string
	for _, u := range t.b.d.Config.Units {
		units = append(units, u.Name)
		channels = append(channels, u.Channels...)
	}
	for _, row := range t.units {
		if row.Unit == "" || *row == (UnitRow{Unit: row.Unit}) {
			continue
		}
		row.OnTime = row.Deadlines.InTime()
		t.Units = append(t.Units, *row)
	}
	sortBy(t.Units, units, func(r UnitRow) string { return r.Unit })
	t.Channels = t.channels.rows(channels)
	t.Categories = t.categories.rows(record.Categories())
	for name, e := range t.methods {
		t.Methods = append(t.Methods, MethodRow{name, *e})
	}
	sortBy(t.Methods, record.Schema().Key("评估.方式").Values, func(r MethodRow) string { return r.Method })
	order := []clock.Kind{clock.Push, clock.Accept, clock.Confirm, clock.Grant,
		clock.Decide, clock.CoFeedback, clock.Review, clock.Evaluate,
		clock.Improve, clock.Promise, clock.Channel}
	for key, d := range t.limits {
		t.Limits = append(t.Limits, LimitRow{key.kind, key.class, *d})
	}
	slices.SortFunc(t.Limits, func(a, b LimitRow) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)),
			cmp.Compare(a.Class, b.Class))
	})
	t.listMonths()
}

// listMonths makes a row for each month that has begun.
func (t *Tally) listMonths() {
	for _, m := range t.Quarter.Months() {
		from, to := m.First(), min(m.Last(), t.AsOf)
		if from > to {
			return
		}
		row := MonthRow{Month: m, Collected: t.collected[m]}
		for _, tr := range t.Tracks {
			if tr.registered >= from && tr.registered <= to {
				row.Registered++
				row.Tickets += t.facts(tr).Tickets
			}
			row.Balance.add(tr.flow(from, to))
		}
		t.Months = append(t.Months, row)
	}
}
