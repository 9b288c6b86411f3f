// Package topics counts what cases are about, quarter by quarter: by 主题, 税费种 or
// 办理类别. The quarterly report and the site's page of what was answered before show
// the same counts, each as of its own day.
//
// A count below Least is not told, and no sum is that one could subtract from: it would
// say something of single cases. Whoever fills a Table of what an edition hides of some
// cases, as it does 主题 and 税费种 but not 办理类别, puts into it only what its reader
// may read in full, so that a count that is told and a list of cases beside it leave no
// remainder that is another's secret.
package topics

import (
	"cmp"
	"slices"

	"suqiu/internal/document"
	"suqiu/internal/workday"
)

// Least is the least count that is told.
const Least = document.MinBase

// Table is how many cases of each name were registered in each quarter.
type Table map[string]map[workday.Quarter]int

// Add counts n cases of a name; nothing has no name.
func (t Table) Add(name string, q workday.Quarter, n int) {
	if name == "" || n == 0 {
		return
	}
	if t[name] == nil {
		t[name] = map[workday.Quarter]int{}
	}
	t[name][q] += n
}

// AddEach counts one case of several names, each of them once.
func (t Table) AddEach(names []string, q workday.Quarter) {
	for i, name := range names {
		if !slices.Contains(names[:i], name) {
			t.Add(name, q, 1)
		}
	}
}

// Row is one name with its counts.
type Row struct {
	Name   string
	Cells  []int // newest quarter first; zero: fewer than Least
	Rising bool  // more in the newest quarter, which is told, than in the one before
	rise   int
}

// Rows are the names with a count that is told in one of n quarters, of two or more, the
// newest of them being last: those that rise come first, by how much, then those that are
// many. What is not told counts as none there, or the order would tell it. merged
// reports whether the newest quarter has others, of each of which it has too few.
func (t Table) Rows(last workday.Quarter, n int) (rows []Row, merged bool) {
	for name, counts := range t {
		row := Row{Name: name, Cells: make([]int, n)}
		for i := range row.Cells {
			if c := counts[last.Add(-i)]; c >= Least {
				row.Cells[i] = c
			}
		}
		merged = merged || counts[last] > 0 && row.Cells[0] == 0
		if slices.Max(row.Cells) == 0 {
			continue
		}
		if rise := row.Cells[0] - row.Cells[1]; rise > 0 {
			row.Rising, row.rise = true, rise
		}
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.rise, a.rise), slices.Compare(b.Cells, a.Cells), cmp.Compare(a.Name, b.Name))
	})
	return rows, merged
}
