package register

import (
	"cmp"
	"slices"

	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/problem"
	"suqiu/internal/workday"
)

// Paper is what papers of every kind have in common.
type Paper struct {
	*papers.File
	*Filing
	Readable bool   // it states something
	Unit     string // that hands it in itself; empty: the office files it
	// Name tells it from others of its kind: 纳税服务科 2026-07; empty: it does not
	// say which it is.
	Name string
	// From is the first day of the time that it is about, which Key says, as Value.
	From       workday.Date
	Key, Value string
}

// filed is a paper of any kind.
type filed interface{ paper() Paper }

func (m *Monthly) paper() Paper { return ofMonth(&m.File, &m.Filing, m.Month).from(m.Unit) }

func (m *Meeting) paper() Paper {
	return Paper{&m.File, &m.Filing, !m.Unreadable, "", m.ID, m.Printed, "印发日期", m.Printed.String()}
}

func (x *Risks) paper() Paper { return ofMonth(&x.File, &x.Filing, x.Month) }

func (s *Submission) paper() Paper { return ofQuarter(&s.File, &s.Filing, s.Quarter) }

func (c *County) paper() Paper {
	p := ofQuarter(&c.File, &c.Filing, c.Quarter).from(c.Unit)
	p.Readable = c.Summary != nil
	return p
}

func (a *Appraisal) paper() Paper { return ofQuarter(&a.File, &a.Filing, a.Quarter) }

func (r *Report) paper() Paper { return ofQuarter(&r.File, &r.Filing, r.Quarter) }

func ofMonth(f *papers.File, filing *Filing, m workday.Month) Paper {
	p := Paper{f, filing, !f.Unreadable, "", m.String(), m.First(), "月份", m.String()}
	if m.Year == 0 {
		p.Name = ""
	}
	return p
}

func ofQuarter(f *papers.File, filing *Filing, q workday.Quarter) Paper {
	return Paper{f, filing, !f.Unreadable, "", q.String(), q.First(), "季度", q.String()}
}

// from is the paper as one that a unit hands in itself.
func (p Paper) from(unit string) Paper {
	p.Unit = unit
	if unit == "" || p.Name == "" {
		p.Name = ""
	} else {
		p.Name = unit + " " + p.Name
	}
	return p
}

// All lists the papers of every kind, by folder and in the register's order.
func (d *Papers) All() []Paper {
	return slices.Concat(allOf(d.Monthly), allOf(d.Meetings), allOf(d.Risks), allOf(d.Submissions),
		allOf(d.Counties), allOf(d.Appraisals), allOf(d.Reports))
}

func allOf[T filed](list []T) []Paper {
	all := make([]Paper, len(list))
	for i, x := range list {
		all[i] = x.paper()
	}
	return all
}

// reader reads one file into its place in the register.
type reader func(d *Register, h *history.History, f history.File, landings []int) error

// readerOf is the reader of the papers of a folder: what parses them, what they
// are in the register, and in which list.
func readerOf[T any, P filed](parse func(p string, src []byte, canon func(string) string) *T, wrap func(*T) P,
	list func(*Papers) *[]P) reader {
	return func(d *Register, h *history.History, f history.File, landings []int) error {
		read := func(src []byte) *T { return parse(f.Path, src, d.Names.Canon) }
		parsed := read(f.Data)
		x := wrap(screenPaper(d, f.Data, wrap(parsed).paper().File, parsed))
		to := list(&d.Papers)
		*to = append(*to, x)
		p := x.paper()
		filing, err := d.filing(h, f.Path, landings, p.Unit,
			func(src []byte) bool { return wrap(read(src)).paper().Readable })
		*p.Filing = filing
		return err
	}
}

// readers are what reads the papers of each folder; the map is never written to.
var readers = map[string]reader{
	"monthly/": readerOf(papers.ParseMonthly, func(m *papers.Monthly) *Monthly { return &Monthly{Monthly: m} },
		func(d *Papers) *[]*Monthly { return &d.Monthly }),
	"meetings/": readerOf(papers.ParseMeeting, func(m *papers.Meeting) *Meeting { return &Meeting{Meeting: m} },
		func(d *Papers) *[]*Meeting { return &d.Meetings }),
	"risks/": readerOf(papers.ParseRisks, func(x *papers.Risks) *Risks { return &Risks{Risks: x} },
		func(d *Papers) *[]*Risks { return &d.Risks }),
	"submissions/": readerOf(papers.ParseSubmission,
		func(s *papers.Submission) *Submission { return &Submission{Submission: s} },
		func(d *Papers) *[]*Submission { return &d.Submissions }),
	"counties/": readerOf(papers.ParseCounty, func(c *papers.County) *County { return &County{County: c} },
		func(d *Papers) *[]*County { return &d.Counties }),
	"appraisal/": readerOf(papers.ParseAppraisal,
		func(a *papers.Appraisal) *Appraisal { return &Appraisal{Appraisal: a} },
		func(d *Papers) *[]*Appraisal { return &d.Appraisals }),
	"reports/": readerOf(func(p string, src []byte, _ func(string) string) *papers.Report {
		return papers.ParseReport(p, src)
	}, func(r *papers.Report) *Report { return &Report{Report: r} },
		func(d *Papers) *[]*Report { return &d.Reports }),
}

// sortPapers puts the papers in their order, one of each.
func (d *Register) sortPapers() {
	place := map[string]int{}
	for i, u := range d.Config.Units {
		place[u.Name] = i - len(d.Config.Units)
	}
	byUnit := func(a, b Paper) int { return cmp.Compare(place[a.Unit], place[b.Unit]) }
	byTime := func(a, b Paper) int { return cmp.Or(cmp.Compare(a.From, b.From), byUnit(a, b)) }
	d.Monthly = arranged(d, d.Monthly, byTime)
	d.Meetings = arranged(d, d.Meetings, func(a, b Paper) int { return cmp.Compare(a.Name, b.Name) })
	d.Risks = arranged(d, d.Risks, byTime)
	d.Submissions = arranged(d, d.Submissions, byTime)
	d.Counties = arranged(d, d.Counties,
		func(a, b Paper) int { return cmp.Or(byUnit(a, b), cmp.Compare(a.From, b.From)) })
	d.Appraisals = arranged(d, d.Appraisals, byTime)
	d.Reports = arranged(d, d.Reports, byTime)
	slices.SortFunc(d.Published, func(a, b *Published) int { return a.Quarter.Compare(b.Quarter) })
}

// arranged sorts a list of papers and takes out those that do not stand where
// they belong and are what another one is: which of two is read must not depend
// on their names.
func arranged[T filed](d *Register, list []T, order func(a, b Paper) int) []T {
	slices.SortFunc(list, func(x, y T) int {
		a, b := x.paper(), y.paper()
		return cmp.Or(order(a, b), cmp.Compare(a.Path, b.Path))
	})
	first := map[string]string{}
	for _, p := range allOf(list) {
		if !p.Misplaced {
			first[p.Name] = p.Path
		}
	}
	return slices.DeleteFunc(list, func(x T) bool {
		p := x.paper()
		if !p.Misplaced || p.Name == "" {
			return false
		}
		other, ok := first[p.Name]
		if !ok {
			first[p.Name] = p.Path
			return false
		}
		d.Files = append(d.Files, File{Path: p.Path, Unit: p.Unit, Touched: p.Touched,
			Problems: []problem.Problem{{Rule: "id-duplicate", Line: 1, Column: 1, EndLine: 1,
				Message: "与 " + other + " 是同一份（" + p.Name + "），没有读取", Fix: "请核对后只留 " + other +
					"，删去这一份"}}})
		return true
	})
}
