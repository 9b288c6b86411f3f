package morning

import (
	"suqiu/internal/changes"
	"suqiu/internal/sitedir"
	"suqiu/internal/workday"
	"suqiu/site/dueday"
)

// Shown is how many working days have a page.
const Shown = 30

// DayPage is the page of a working day, or one of its sheets if very much came in on it.
// Nothing on it changes any more once the day is over, but for the way to the day after.
type DayPage struct {
	changes.Period // all of the day
	Figures        []Figure
	Groups         []changes.Group // those of this sheet of which there is something
	Before, After  workday.Date    // the pages beside it; zero: there is none
	// Earlier are all days that have a page, on that of the newest: none is more than
	// two clicks away.
	Earlier []workday.Date
	Sheets  []string // names of the files; one
	Sheet   int      // which of them it is
}

// Figure counts the changes of a kind.
type Figure struct {
	Kind changes.Kind
	N    int
	Href string // where they begin; empty: there are none
}

// Pages are the pages of some days, newest first, a sheet holding so many changes.
func Pages(days []changes.Period, rows int) []*DayPage {
	var pages []*DayPage
	for i := range days {
		d := DayPage{Period: days[i]}
		if i > 0 {
			d.After = days[i-1].Day
		} else {
			for j := 1; j < len(days); j++ {
				d.Earlier = append(d.Earlier, days[j].Day)
			}
		}
		if i+1 < len(days) {
			d.Before = days[i+1].Day
		}
		n := max(1, (len(d.Changes)+rows-1)/rows)
		for sheet := range n {
			d.Sheets = append(d.Sheets, fileName(d.Day, sheet))
		}
		d.figures(rows)
		for sheet := range n {
			part := d
			part.Sheet = sheet
			of := changes.Period{Changes: d.Changes[sheet*rows : min(len(d.Changes), (sheet+1)*rows)]}
			for _, g := range of.Groups() {
				if len(g.Changes) > 0 {
					part.Groups = append(part.Groups, g)
				}
			}
			pages = append(pages, &part)
		}
	}
	return pages
}

// figures counts the kinds and says where each begins.
func (d *DayPage) figures(rows int) {
	before := 0
	for _, g := range d.Period.Groups() {
		f := Figure{Kind: g.Kind, N: len(g.Changes)}
		if f.N > 0 {
			f.Href = d.Sheets[before/rows] + "#" + string(g.Kind)
		}
		d.Figures = append(d.Figures, f)
		before += f.N
	}
}

// Path is where the page lies, from the root of the site.
func (d *DayPage) Path() string { return Path(d.Day, d.Sheet) }

// Heading is 2026年9月30日（星期三）.
func (d *DayPage) Heading() string { return dueday.Text(d.Day) }

// Span says from when until when what it holds came in.
func (d *DayPage) Span() string {
	from := dueday.MonthDay(d.From)
	if d.From == d.To {
		return from + " 0 时至 24 时"
	}
	return from + " 0 时至" + dueday.MonthDay(d.To) + " 24 时"
}

// Filling reports whether the day is not over yet.
func (d *DayPage) Filling() bool { return d.To < d.Day }

// Hash is what the page is made of.
func (d *DayPage) Hash() sitedir.InputHash {
	r := sitedir.NewHasher(d.Day.String(), d.From.String(), d.To.String(), d.Before.String(), d.After.String())
	r.Texts(d.Sheets...)
	for _, day := range d.Earlier {
		r.Texts(day.String())
	}
	for _, f := range d.Figures {
		r.Texts(string(f.Kind), f.Href)
		r.Number(f.N)
	}
	for _, g := range d.Groups {
		r.Number(len(g.Changes))
		for i := range g.Changes {
			c := &g.Changes[i]
			r.Texts(string(c.Kind), c.ID(), c.Name(), c.Title, c.Unit, c.When())
			r.Texts(c.Units...)
			switch {
			case c.Case == nil:
				r.Texts(c.Paper.Href)
			case c.Case.Page:
				r.Texts("page", c.Case.Urgent())
			}
		}
	}
	return r.Sum()
}
