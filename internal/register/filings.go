package register

import (
	"cmp"
	"slices"

	"suqiu/internal/config"
	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// single takes out of a list of papers those that do not stand where they
// belong and are what another one is: which of two is read must not depend on
// their names. of says what a paper is; empty: that cannot be told.
func single[T any](d *Register, list []T, of func(T) (f *papers.File, filing *Filing, unit, what string)) []T {
	first := map[string]string{}
	for _, x := range list {
		if f, _, _, what := of(x); !f.Misplaced {
			first[what] = f.Path
		}
	}
	return slices.DeleteFunc(list, func(x T) bool {
		f, filing, unit, what := of(x)
		if !f.Misplaced || what == "" {
			return false
		}
		other, ok := first[what]
		if !ok {
			first[what] = f.Path
			return false
		}
		d.Files = append(d.Files, File{Path: f.Path, Unit: unit, Touched: filing.Touched, Problems: []problem.Problem{{
			Rule: "id-duplicate", Line: 1, Column: 1, EndLine: 1,
			Message: "与 " + other + " 是同一份（" + what + "），没有读取", Fix: "请核对后只留 " + other +
				"，删去这一份"}}})
		return true
	})
}

// singlePapers keeps one of each paper.
func (d *Register) singlePapers() {
	quarter := func(q workday.Quarter) string {
		if q == (workday.Quarter{}) {
			return ""
		}
		return q.String()
	}
	d.Monthly = single(d, d.Monthly, func(m *Monthly) (*papers.File, *Filing, string, string) {
		if m.Month.Year == 0 || m.Unit == "" {
			return &m.File, &m.Filing, m.Unit, ""
		}
		return &m.File, &m.Filing, m.Unit, m.Unit + " " + m.Month.String()
	})
	d.Meetings = single(d, d.Meetings, func(m *Meeting) (*papers.File, *Filing, string, string) {
		return &m.File,
			&m.Filing, "", m.ID
	})
	d.Risks = single(d, d.Risks, func(x *Risks) (*papers.File, *Filing, string, string) {
		if x.Month.Year == 0 {
			return &x.File, &x.Filing, "", ""
		}
		return &x.File, &x.Filing, "", x.Month.String()
	})
	d.Submissions = single(d, d.Submissions, func(x *Submission) (*papers.File, *Filing, string, string) {
		return &x.File, &x.Filing, "", quarter(x.Quarter)
	})
	d.Counties = single(d, d.Counties, func(c *County) (*papers.File, *Filing, string, string) {
		if c.Unit == "" || c.Quarter == (workday.Quarter{}) {
			return &c.File, &c.Filing, c.Unit, ""
		}
		return &c.File, &c.Filing, c.Unit, c.Unit + " " + c.Quarter.String()
	})
	d.Appraisals = single(d, d.Appraisals, func(x *Appraisal) (*papers.File, *Filing, string, string) {
		return &x.File, &x.Filing, "", quarter(x.Quarter)
	})
	d.Reports = single(d, d.Reports, func(x *Report) (*papers.File, *Filing, string, string) {
		return &x.File, &x.Filing, "", quarter(x.Quarter)
	})
}

func (d *Register) touched(landings []int) bool {
	return slices.ContainsFunc(landings, func(i int) bool { return d.Landings[i].Pending })
}

// filing follows a paper through its landings. unit is the unit that hands it
// in itself; empty: the office files it.
func (d *Register) filing(h *history.History, p string, landings []int, unit string, readable func([]byte) bool) (
	Filing, error) {
	f := Filing{Landings: landings, Touched: d.touched(landings)}
	if len(landings) == 0 {
		return f, nil
	}
	f.Changed = workday.Of(d.Landings[landings[len(landings)-1]].At)
	for _, v := range h.Versions(p) {
		if v.Landing >= len(d.Landings) {
			break // of after the register's day
		}
		if v.Data == nil {
			f.Filed, f.Landed, f.By = 0, 0, "" // deleted; what comes back is handed in anew
			continue
		}
		if f.Landed != 0 || !readable(v.Data) {
			continue
		}
		by, err := h.AuthorOf(v.Landing, p)
		if err != nil {
			return f, err
		}
		f.Landed = workday.Of(d.Landings[v.Landing].At)
		f.Filed = f.Landed
		actor := d.Actor(by.Author.Email, f.Landed)
		if len(actor.Units) > 0 {
			f.By = actor.Units[0]
		}
		if unit != "" && actor.In(unit) {
			f.By = unit
			if !actor.Has(config.Office) {
				floor := d.Config.Calendar.Add(f.Landed, -d.settingsAt(v.Landing).Grace)
				f.Filed = min(max(workday.Of(by.Authored), floor), f.Landed)
			}
		}
	}
	return f, nil
}

// sortPapers puts the papers in their order, one of each.
func (d *Register) sortPapers() {
	defer d.singlePapers()
	place := map[string]int{}
	for i, u := range d.Config.Units {
		place[u.Name] = i - len(d.Config.Units)
	}
	slices.SortFunc(d.Monthly, func(a, b *Monthly) int {
		return cmp.Or(cmp.Compare(a.Month.First(), b.Month.First()), cmp.Compare(place[a.Unit], place[b.Unit]),
			cmp.Compare(a.Path, b.Path))
	})
	slices.SortFunc(d.Meetings,
		func(a, b *Meeting) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Path, b.Path)) })
	slices.SortFunc(d.Risks, func(a, b *Risks) int {
		return cmp.Or(cmp.Compare(a.Month.First(), b.Month.First()), cmp.Compare(a.Path, b.Path))
	})
	slices.SortFunc(d.Submissions, func(a, b *Submission) int {
		return cmp.Or(a.Quarter.Compare(b.Quarter), cmp.Compare(a.Path, b.Path))
	})
	slices.SortFunc(d.Counties, func(a, b *County) int {
		return cmp.Or(cmp.Compare(place[a.Unit], place[b.Unit]), a.Quarter.Compare(b.Quarter),
			cmp.Compare(a.Path, b.Path))
	})
	slices.SortFunc(d.Appraisals, func(a, b *Appraisal) int {
		return cmp.Or(a.Quarter.Compare(b.Quarter), cmp.Compare(a.Path, b.Path))
	})
	slices.SortFunc(d.Reports,
		func(a, b *Report) int { return cmp.Or(a.Quarter.Compare(b.Quarter), cmp.Compare(a.Path, b.Path)) })
	slices.SortFunc(d.Published, func(a, b *Published) int { return a.Quarter.Compare(b.Quarter) })
}
