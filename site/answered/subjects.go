package answered

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"suqiu/internal/similar"
	"suqiu/internal/sitedir"
	"suqiu/internal/topics"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

const (
	quarters = 5 // that the overview shows
	history  = 8 // that the page of a subject shows
	// backWithin is within how many days of an answer a new case of the same 主题 came back.
	backWithin = 90
	// oneAnswer is how much two answers must have in common to be one.
	oneAnswer = 0.8
)

// Subject is one 主题, 税费种 or 办理类别.
type Subject struct {
	Kind    Kind
	Name    string
	key     string    // of its files
	answers []*answer // oldest first
	returns []Return  // newest first
	row     topics.Row
	last    workday.Quarter // of the counts
	differ  func() bool     // its answers that stand differ
	hash    func() sitedir.InputHash
}

// Return is a case that came back: it was registered soon after an answer.
type Return struct {
	Case     *view.Case
	Day      workday.Date // of its registration
	After    *view.Case   // whose answer
	Answered workday.Date
	Days     int // calendar days
}

// keyOf names the files of a subject.
func keyOf(k Kind, name string) string {
	sum := sha256.Sum256([]byte(name))
	return fmt.Sprintf("%s-%x", k.Key(), sum[:6])
}

// Href is the page of a subject, from beside it.
func (s *Subject) Href() string { return s.key + ".html" }

// Differ reports whether answers that stand say different things.
func (s *Subject) Differ() bool { return s.differ() }

// readSubjects puts the answers under what they are about, with the counts and with
// what came back.
func (s *Shelf) readSubjects() {
	now := workday.QuarterOf(s.view.AsOf)
	for k := range s.subjects {
		s.subjects[k] = map[string]*Subject{}
		rows, _ := s.counts[k].Rows(now, quarters)
		for _, row := range rows {
			s.subject(Kind(k), row.Name).row = row
		}
	}
	for _, a := range s.answers {
		for k := range kinds {
			for i, name := range names(a.Case, k) {
				if name != "" && !slices.Contains(names(a.Case, k)[:i], name) {
					of := s.subject(k, name)
					of.answers = append(of.answers, a)
				}
			}
		}
	}
	s.readReturns()
	for k := range s.subjects {
		for _, of := range s.subjects[k] {
			of.differ = sync.OnceValue(func() bool { return Kind(k) == Topic && !agree(s.standing(of.answers)) })
			of.hash = sync.OnceValue(func() sitedir.InputHash { return s.hashStanding(of) })
		}
	}
}

// subject finds a subject, or makes it.
func (s *Shelf) subject(k Kind, name string) *Subject {
	of := s.subjects[k][name]
	if of == nil {
		of = &Subject{Kind: k, Name: name, key: keyOf(k, name), last: workday.QuarterOf(s.view.AsOf),
			row: topics.Row{Name: name, Cells: make([]int, quarters)}}
		s.subjects[k][name] = of
	}
	return of
}

// standing are those of some answers that may still be followed.
func (s *Shelf) standing(list []*answer) (still []*answer) {
	for _, a := range list {
		if s.stands(a) {
			still = append(still, a)
		}
	}
	return still
}

// agree reports whether some answers say the same: each nearly what the last of them
// does, or what it follows.
func agree(list []*answer) bool {
	if len(list) < 2 {
		return true
	}
	last := list[len(list)-1]
	text := similar.NewSet(section(last.Text, answerSection))
	for _, a := range list[:len(list)-1] {
		if a.first != last.first && similar.Jaccard(text, similar.NewSet(section(a.Text, answerSection))) < oneAnswer {
			return false
		}
	}
	return true
}

// hashStanding is what it follows from whether the answers of a subject differ.
func (s *Shelf) hashStanding(of *Subject) sitedir.InputHash {
	r := sitedir.NewHasher()
	if of.Kind == Topic {
		for _, a := range s.standing(of.answers) {
			r.Add(s.hashOf(a.Case))
			r.Texts(a.first)
		}
	}
	return r.Sum()
}

// readReturns finds the cases that were registered within ninety days of an answer to
// another of the same 主题, the day of the answer not counted.
func (s *Shelf) readReturns() {
	type given struct {
		e   *view.Case
		day workday.Date
	}
	cases, answers := map[string][]*view.Case{}, map[string][]given{}
	for _, e := range s.view.Cases {
		if !shown(e) {
			continue
		}
		for i, name := range e.Text.Topics {
			if name == "" || slices.Contains(e.Text.Topics[:i], name) {
				continue
			}
			cases[name] = append(cases[name], e)
			if day := s.passed(e); day != 0 {
				answers[name] = append(answers[name], given{e, day})
			}
		}
	}
	for name, list := range answers {
		slices.SortStableFunc(list, func(a, b given) int { return cmp.Compare(a.day, b.day) })
		var returns []Return
		for _, e := range cases[name] {
			day := e.Text.Registered
			at, _ := slices.BinarySearchFunc(list, day,
				func(g given, d workday.Date) int { return cmp.Compare(g.day, d) })
			if at--; at >= 0 && list[at].e == e {
				at--
			}
			if at >= 0 && int(day-list[at].day) <= backWithin {
				returns = append(returns, Return{e, day, list[at].e, list[at].day, int(day - list[at].day)})
			}
		}
		if len(returns) > 0 {
			slices.SortStableFunc(returns, func(a, b Return) int {
				return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.Case.ID, a.Case.ID))
			})
			s.subject(Topic, name).returns = returns
		}
	}
}

// passed is the day of the answer of a case that the office passed; zero: there is none.
func (s *Shelf) passed(e *view.Case) workday.Date {
	for _, f := range e.Text.Feedback {
		if f.Review == "通过" {
			_, day := answered(e.Text, s.view.AsOf)
			return day
		}
	}
	return 0
}
