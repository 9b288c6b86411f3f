package workflow

import (
	"slices"
	"testing"

	"suqiu/internal/record"
)

// The states of the table are those of the case file, in the same order.
func TestStatesAreTheSchemas(t *testing.T) {
	var names []string
	for _, s := range States() {
		names = append(names, string(s))
	}
	if want := record.States(); !slices.Equal(names, want) {
		t.Errorf("states %v, the schema has %v", names, want)
	}
}

// Between two states at most one row leads, but for 已反馈 → 长期推进, which is a
// decision or a return; every state can be reached from
// registration, and no open state is a dead end.
func TestTableIsSound(t *testing.T) {
	table := Regulation()
	reached := map[State]bool{}
	todo := []State{""}
	for len(todo) > 0 {
		from := todo[0]
		todo = todo[1:]
		for _, to := range States() {
			rows := 0
			for i := range table.Rows {
				if table.Rows[i].Leads(from, to) {
					rows++
				}
			}
			if rows > 1 && (from != FedBack || to != LongTerm) {
				t.Errorf("%d rows lead from %q to %q", rows, from, to)
			}
			if rows > 0 && !reached[to] {
				reached[to] = true
				todo = append(todo, to)
			}
		}
	}
	for _, s := range States() {
		if !reached[s] {
			t.Errorf("no way leads to %s", s)
		}
		out := slices.ContainsFunc(table.Rows, func(r Row) bool { return slices.Contains(r.From, s) })
		if s.IsOpen() && !out {
			t.Errorf("%s is a dead end", s)
		}
	}
}

// Ways of several rows begin and end where they should, each row where the
// one before it ended.
func TestPaths(t *testing.T) {
	for _, from := range append(States(), "") {
		for _, to := range States() {
			for _, way := range Regulation().Ways(from, to) {
				at := from
				for _, h := range way {
					if h.From != at || !h.Row.Leads(h.From, h.To) {
						t.Fatalf("%q → %q: row %d leads from %q to %q, the case is in %q", from, to, h.Row.N, h.From,
							h.To, at)
					}
					at = h.To
				}
				if at != to || len(way) < 1 || len(way) > 4 {
					t.Errorf("%q → %q in %d rows ends in %q", from, to, len(way), at)
				}
			}
		}
	}
}
