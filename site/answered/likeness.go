package answered

import (
	"slices"
	"strings"
	"sync"

	"suqiu/internal/office"
	"suqiu/internal/similar"
	"suqiu/internal/sitedir"
	"suqiu/internal/view"
)

const (
	mostSame   = 5   // answers on the page of a case
	alikeAsked = 0.5 // how much two appeals have in common to be of one kind
	leastPairs = 30  // shorter texts are alike by chance
)

// likeness finds the answers that stand by what was asked.
type likeness struct {
	answers []*answer
	index   *similar.Index
}

// prepare lets what takes time be done once, when a page asks for it.
func (s *Shelf) prepare() {
	s.likeness = sync.OnceValue(func() likeness {
		x := likeness{answers: s.standing(s.answers)}
		var texts []string
		for _, a := range x.answers {
			texts = append(texts, asked(a.Text))
		}
		x.index = similar.NewIndex(texts, leastPairs)
		return x
	})
	s.hashes = sync.OnceValue(func() (list []sitedir.InputHash) {
		for _, a := range s.answers {
			list = append(list, s.hashAnswer(a))
		}
		return list
	})
	s.hash = sync.OnceValue(func() sitedir.InputHash {
		r := sitedir.NewHasher()
		for _, h := range s.hashes() {
			r.Add(h)
		}
		return r.Sum()
	})
}

func asked(t *view.Text) string { return t.Title + "\n" + office.Plain(section(t, questionSection)) }

// Same are the answers that whoever answers a case should know, and the pages of its
// 主题: first those to what was asked nearly so, then the latest of the same 主题.
type Same struct {
	Rows   []Row
	Topics []Link
}

// Same finds what was answered before for an open case whose content is shown; nil if
// there is nothing.
func (s *Shelf) Same(e *view.Case) *Same {
	if e.Text == nil || !e.Open() {
		return nil
	}
	known := s.likeness()
	var list []*answer
	for _, i := range known.index.Like(asked(e.Text), alikeAsked) {
		list = append(list, known.answers[i])
	}
	list = list[:min(len(list), mostSame)]
	found := &Same{}
	for _, name := range e.Text.Topics {
		of := s.subjects[Topic][name]
		if of == nil || !of.HasPage() || slices.Contains(found.Topics, of.link("../topics/")) {
			continue
		}
		found.Topics = append(found.Topics, of.link("../topics/"))
		for _, a := range slices.Backward(of.answers) {
			if len(list) == mostSame {
				break
			}
			if !a.lapsed && !a.baseless && !slices.Contains(list, a) {
				list = append(list, a)
			}
		}
	}
	if len(list)+len(found.Topics) == 0 {
		return nil
	}
	same := agree(s.standing(inTime(list)))
	for _, a := range list {
		row := s.row(a, "", "../topics/")
		if row.Copy && !same {
			row.Copy, row.Note = false, disputed
		}
		found.Rows = append(found.Rows, row)
	}
	return found
}

// inTime are answers by their day.
func inTime(list []*answer) []*answer {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *answer) int {
		if a.day != b.day {
			return int(a.day - b.day)
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

// HashSame adds what Same follows from.
func (s *Shelf) HashSame(r *sitedir.Hasher, e *view.Case) {
	if e.Text == nil || !e.Open() {
		return
	}
	r.Add(s.hash())
	for _, name := range e.Text.Topics {
		if of := s.subjects[Topic][name]; of != nil && of.HasPage() {
			r.Texts(name)
		}
	}
}
