package answered

import (
	"cmp"
	"slices"
	"strconv"

	"suqiu/internal/office"
	"suqiu/internal/sitedir"
	"suqiu/internal/topics"
	"suqiu/internal/workday"
)

const (
	longest     = 1500    // characters of a text that a page shows
	longestName = 60      // of the name of a subject
	roomOfPage  = 150_000 // bytes of answers on a page
	frameOfRow  = 900     // bytes around an answer
	rowsOfIndex = 250     // subjects on a page of the overview
	mostReturns = 20      // that a page lists
	spansBeside = 6       // parts on either side of a page that it leads to
)

// Link leads to a page, or only names what has none.
type Link struct{ Name, Href string }

// Row is an answer as a page shows it.
type Row struct {
	ID, Title, Href string
	Question, Text  string
	Unit, Result    string
	Day             workday.Date
	Topics          []Link
	Follows         *Link  // the answer that it follows
	Instead         *Link  // the answer to follow instead
	Copy            bool   // it may be said again as it stands
	Note            string // else why not
}

// row lays out an answer; to is the way to the pages of cases, and topics that to those
// of subjects.
func (s *Shelf) row(a *answer, to, subjects string) Row {
	r := Row{ID: a.ID, Title: cut(a.Name(), longest), Href: to + a.ID + ".html", Unit: a.Lead,
		Result: a.feedback.Result, Day: a.day}
	r.Question = cut(office.Plain(section(a.Text, questionSection)), longest)
	whole := office.Plain(section(a.Text, answerSection))
	r.Text = cut(whole, longest)
	for _, name := range a.Text.Topics {
		if of := s.subjects[Topic][name]; of != nil && !slices.Contains(r.Topics, of.link(subjects)) {
			r.Topics = append(r.Topics, of.link(subjects))
		}
	}
	if a.follows != nil {
		r.Follows = &Link{a.follows.ID, to + a.follows.ID + ".html"}
	}
	switch e := s.view.Case(a.Text.Lapsed.Replaces); {
	case a.lapsed:
		r.Note = "这条答复已经失效，不再照此答复"
		if e != nil && shown(e) {
			r.Instead = &Link{e.ID, to + e.ID + ".html"}
		}
	case a.baseless:
		r.Note = "所参照的答复已经失效，请与主管科室核对"
	case a.day < s.since:
		r.Note = "一年以前的答复，请先核对现行政策"
	case s.disputed(a):
		r.Note = disputed
	case r.Text != whole:
		r.Note = "答复较长，请到原件查看全文"
	default:
		r.Copy = true
	}
	return r
}

// disputed stands where one must not copy, as answers to the same differ.
const disputed = "口径不一，请与主管科室核对"

// disputed reports whether answers to a 主题 of a case differ.
func (s *Shelf) disputed(a *answer) bool {
	return slices.ContainsFunc(a.Text.Topics, func(name string) bool {
		of := s.subjects[Topic][name]
		return of != nil && of.Differ()
	})
}

func cut(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "……"
		}
	}
	return text
}

// link leads to the page of a subject.
func (of *Subject) link(to string) Link {
	l := Link{Name: of.Label()}
	if of.HasPage() {
		l.Href = to + of.Href()
	}
	return l
}

// Label is the name of a subject, not too long.
func (of *Subject) Label() string { return cut(of.Name, longestName) }

// HasPage reports whether a subject has more to show than counts.
func (of *Subject) HasPage() bool { return len(of.answers)+len(of.returns) > 0 }

// Answers is how many answers a subject has, and Returns how many cases came back.
func (of *Subject) Answers() int { return len(of.answers) }

// Returns is how many cases came back.
func (of *Subject) Returns() int { return len(of.returns) }

// Rising reports whether a subject came up more than in the quarter before.
func (of *Subject) Rising() bool { return of.row.Rising }

// Cell is the count of a quarter; zero: fewer than five.
type Cell struct {
	Quarter string
	N       int
}

// Cells are the counts of a subject, newest quarter first.
func (of *Subject) Cells() []Cell { return cells(of.row.Cells, of.last) }

func cells(counts []int, last workday.Quarter) []Cell {
	list := make([]Cell, len(counts))
	for i, n := range counts {
		list[i] = Cell{last.Add(-i).Name(), n}
	}
	return list
}

// Overview is one page of the overview of all subjects.
type Overview struct {
	Quarters []Cell // newest first, without counts
	Groups   []Group
}

// Group is subjects of a kind: those with counts that are told, and others that have
// answers all the same.
type Group struct {
	Kind          Kind
	Frequent, Few []*Subject
	Merged        bool // the kind has more in the newest quarter, too few of each
	Begins        bool // on this page
}

// Overview is the overview, a page each.
func (s *Shelf) Overview() []Overview {
	now := workday.QuarterOf(s.view.AsOf)
	var pages []Overview
	room := 0
	for k := range kinds {
		list, told, merged := s.ordered(k)
		for first := true; first || len(list) > 0; first = false {
			if room == 0 {
				pages = append(pages, Overview{Quarters: cells(make([]int, quarters), now)})
				room = rowsOfIndex
			}
			n := min(room, len(list))
			page := &pages[len(pages)-1]
			frequent := min(n, told)
			page.Groups = append(page.Groups,
				Group{k, list[:frequent], list[frequent:n], merged && n == len(list), first})
			list, room, told = list[n:], room-n, told-frequent
		}
	}
	return pages
}

// ordered are the subjects of a kind: what rises first, then what is frequent; behind
// those of which counts are told what came back, then those with answers.
func (s *Shelf) ordered(k Kind) (list []*Subject, told int, merged bool) {
	rows, merged := s.counts[k].Rows(workday.QuarterOf(s.view.AsOf), quarters)
	place := make(map[string]int, len(rows))
	for i, row := range rows {
		place[row.Name] = i - len(rows)
	}
	for _, of := range s.subjects[k] {
		list = append(list, of)
	}
	slices.SortFunc(list, func(a, b *Subject) int {
		return cmp.Or(cmp.Compare(place[a.Name], place[b.Name]), cmp.Compare(len(b.returns), len(a.returns)),
			cmp.Compare(len(b.answers), len(a.answers)), cmp.Compare(a.Name, b.Name))
	})
	return list, len(rows), merged
}

// Page is one page of a subject. The first has the latest answers; those before them
// stand on pages that do not change.
type Page struct {
	*Subject
	Path     string // beside the overview
	Number   int    // from 0
	Counts   []Cell // of more quarters, on the first page; none if none is told
	From, To workday.Date
	parts    []part
	nth      int // among parts
	shelf    *Shelf
}

// part is some answers that follow each other.
type part []*answer

// Pages are the pages of all subjects that have one.
func (s *Shelf) Pages() []*Page {
	var list []*Page
	for k := range kinds {
		for _, of := range s.subjects[k] {
			if of.HasPage() {
				list = append(list, s.pagesOf(of)...)
			}
		}
	}
	slices.SortFunc(list, func(a, b *Page) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

func (s *Shelf) pagesOf(of *Subject) (pages []*Page) {
	parts := []part{nil}
	room := roomOfPage
	for _, a := range of.answers {
		last := &parts[len(parts)-1]
		if size := a.weight + frameOfRow; size > room && len(*last) > 0 {
			parts = append(parts, nil)
			last, room = &parts[len(parts)-1], roomOfPage-size
		} else {
			room -= size
		}
		*last = append(*last, a)
	}
	now := workday.QuarterOf(s.view.AsOf)
	for n := range parts {
		nth := len(parts) - 1 - n
		p := &Page{Subject: of, Path: of.path(n, nth), Number: n, parts: parts, nth: nth, shelf: s}
		if n == 0 {
			counts := make([]int, history)
			for i := range counts {
				if counts[i] = s.counts[of.Kind][of.Name][now.Add(-i)]; counts[i] < topics.Least {
					counts[i] = 0
				}
			}
			if slices.Max(counts) > 0 {
				p.Counts = cells(counts, now)
			}
		}
		if list := parts[nth]; len(list) > 0 {
			p.From, p.To = list[0].day, list[len(list)-1].day
		}
		pages = append(pages, p)
	}
	return pages
}

// path is the file of the n-th page of a subject, of the nth part of its answers: an
// older part keeps its name when newer ones come.
func (of *Subject) path(n, nth int) string {
	if n == 0 {
		return of.key + ".html"
	}
	return of.key + "-" + strconv.Itoa(nth+1) + ".html"
}

// Title is the title of a page.
func (p *Page) Title() string {
	title := p.Kind.String() + "“" + p.Label() + "”"
	if p.Number > 0 {
		title += "（" + p.From.String() + " 至 " + p.To.String() + "）"
	}
	return title
}

// Span is a part of the answers, to be turned to.
type Span struct {
	Label, Href string
	Current     bool
}

// Spans are the parts, the latest first: of many those next to the page, the first and
// the last. There are none if there is only one.
func (p *Page) Spans() (list []Span) {
	if len(p.parts) == 1 {
		return nil
	}
	for n := range p.parts {
		if n > 0 && n < len(p.parts)-1 && max(n-p.Number, p.Number-n) > spansBeside {
			continue
		}
		nth := len(p.parts) - 1 - n
		days := p.parts[nth]
		from, to := workday.MonthOf(days[0].day), workday.MonthOf(days[len(days)-1].day)
		label := from.String()
		if to != from {
			label += " 至 " + to.String()
		}
		if n == 0 {
			label = "最近" // the older pages do not change when an answer comes
		}
		list = append(list, Span{label, p.path(n, nth), n == p.Number})
	}
	return list
}

// Rows are the answers of a page, the latest first.
func (p *Page) Rows() (rows []Row) {
	for _, a := range slices.Backward(p.parts[p.nth]) {
		rows = append(rows, p.shelf.row(a, "../cases/", ""))
	}
	return rows
}

// Disputed reports whether the first page must say that the answers that stand differ.
func (p *Page) Disputed() bool { return p.Number == 0 && p.Differ() }

// Back are the cases that came back, the latest first, of the first page.
func (p *Page) Back() []Return {
	if p.Number > 0 {
		return nil
	}
	return p.returns[:min(len(p.returns), mostReturns)]
}

// Hash is what a page is made of.
func (p *Page) Hash() sitedir.InputHash {
	r := sitedir.NewHasher(p.Path)
	for _, span := range p.Spans() {
		r.Texts(span.Label, span.Href)
	}
	for _, cell := range p.Counts {
		r.Number(cell.N)
	}
	r.Number(len(p.returns))
	for _, back := range p.Back() {
		r.Add(p.shelf.hashOf(back.Case))
		r.Add(p.shelf.hashOf(back.After))
		r.Number(int(back.Answered))
	}
	if p.Number == 0 {
		r.Add(p.hash())
	}
	hashes := p.shelf.hashes()
	for _, a := range p.parts[p.nth] {
		r.Add(hashes[a.nth])
	}
	return r.Sum()
}

// hashAnswer is what a row is made of.
func (s *Shelf) hashAnswer(a *answer) sitedir.InputHash {
	r := sitedir.NewHasher()
	r.Add(s.hashOf(a.Case))
	r.Texts(a.first, strconv.FormatBool(a.baseless))
	if a.follows != nil {
		r.Texts(a.follows.ID)
	}
	if e := s.view.Case(a.Text.Lapsed.Replaces); e != nil {
		r.Texts(strconv.FormatBool(shown(e)))
	}
	for _, name := range a.Text.Topics {
		of := s.subjects[Topic][name]
		if of == nil {
			continue
		}
		if r.Texts(strconv.FormatBool(of.HasPage())); s.stands(a) {
			r.Add(of.hash())
		}
	}
	return r.Sum()
}
