// Package answered is what was answered before: by 主题, 税费种 and 办理类别, how often each
// came up, what came back, and the answers that whoever answers next should know.
//
// Nothing of a case that is 仅要素 is in it, in either edition: no answer, no return, and
// no answer that names such a case. A count by 主题 or 税费种 is of cases whose content the
// edition shows; 办理类别 it shows of every case. All are of five or more.
package answered

import (
	"cmp"
	"slices"

	"suqiu/internal/mdfile"
	"suqiu/internal/record"
	"suqiu/internal/sitedir"
	"suqiu/internal/topics"
	"suqiu/internal/view"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// The sections of a case that are shown.
const (
	questionSection = "诉求内容"
	answerSection   = "反馈答复"
)

// Kind is what a subject is.
type Kind int

// The kinds of subjects.
const (
	Topic Kind = iota
	Tax
	Category
	kinds
)

// String is how a kind is called.
func (k Kind) String() string { return [...]string{"主题", "税费种", "办理类别"}[k] }

// Key is a letter for a kind, of which addresses are made.
func (k Kind) Key() string { return "tsc"[k : k+1] }

// Counts are how often subjects of each kind came up.
type Counts [kinds]topics.Table

// answer is the answer of a closed case, as whoever answers next may read it.
type answer struct {
	*view.Case
	origin
	day      workday.Date // zero: not known
	feedback record.Feedback
	follows  *view.Case // nil: none that may be named
	lapsed   bool       // no longer to be followed
	nth      int        // among all answers
	weight   int        // bytes that it takes on a page, at most
}

// names are the subjects of a kind that a case has.
func names(e *view.Case, k Kind) []string {
	switch k {
	case Topic:
		return e.Text.Topics
	case Tax:
		return e.Text.Taxes
	}
	return []string{e.Category}
}

// Shelf is all answers that may be shown.
type Shelf struct {
	view     *view.View
	counts   Counts
	hashOf   func(*view.Case) sitedir.InputHash
	since    workday.Date // the first day of the last twelve months
	answers  []*answer    // oldest first
	origins  map[string]origin
	subjects [kinds]map[string]*Subject
	likeness func() likeness
	hashes   func() []sitedir.InputHash // of the answers
	hash     func() sitedir.InputHash   // of all of them
}

// Read reads the answers of an edition. Counts are those of the same edition, hashOf says
// what a case is made of.
func Read(v *view.View, counts Counts, hashOf func(*view.Case) sitedir.InputHash) *Shelf {
	s := &Shelf{view: v, counts: counts, hashOf: hashOf, since: yearBefore(v.AsOf),
		origins: map[string]origin{}}
	for _, e := range v.Cases {
		if a := s.read(e); a != nil {
			s.answers = append(s.answers, a)
		}
	}
	slices.SortStableFunc(s.answers, func(a, b *answer) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.ID, b.ID))
	})
	for i, a := range s.answers {
		a.nth = i
	}
	s.readSubjects()
	s.prepare()
	return s
}

// yearBefore is the first day of the twelve months that end with a day.
func yearBefore(d workday.Date) workday.Date {
	return min(workday.New(d.Year()-1, d.Month(), d.Day()), workday.MonthOf(d).Add(-12).Last())
}

// shown reports whether a case is one of those that anybody may read in full.
func shown(e *view.Case) bool {
	return e.Text != nil && !e.Scoped && e.Page && !e.Text.Broken && !e.Text.Masked
}

// read makes an answer of a case; nil if it is none that others should follow.
func (s *Shelf) read(e *view.Case) *answer {
	if !e.In(workflow.Closed) || !shown(e) || len(e.Text.Feedback) == 0 || !pleased(e.Text) {
		return nil
	}
	text := section(e.Text, answerSection)
	if text == "" {
		return nil
	}
	a := &answer{Case: e, lapsed: lapsed(e.Text, s.view.AsOf), origin: origin{first: e.ID}}
	a.feedback, a.day = answered(e.Text, s.view.AsOf)
	if a.feedback.Follows != "" {
		a.follows, a.origin = s.followed(e), s.originOf(e)
	}
	for _, one := range [...]string{e.Text.Title, section(e.Text, questionSection), text} {
		size, secret := s.weigh(one)
		if secret {
			return nil
		}
		a.weight += size
	}
	return a
}

// pleased reports whether the last 评估 of a case was a good one.
func pleased(t *view.Text) bool {
	last, told := "", false
	for i := range t.Life.Events {
		e := &t.Life.Events[i]
		for j := range e.Entries {
			if x := &e.Entries[j]; x.Key == "评估" && !x.Decided {
				told = true
				if !e.Voided && !e.Pending {
					last = x.Word
				}
			}
		}
	}
	if n := len(t.Evaluations); !told && n > 0 { // of a case that was there before the 基线
		last = t.Evaluations[n-1].Result
	}
	return last == "满意" || last == "基本满意"
}

// answered is the 反馈 that stands, and the day on which the answer was given: what is
// written, if that is no later than the office passed it.
func answered(t *view.Text, asOf workday.Date) (f record.Feedback, day workday.Date) {
	f = t.Feedback[len(t.Feedback)-1]
	for _, x := range slices.Backward(t.Feedback) {
		if x.Review == "通过" {
			f = x
			break
		}
	}
	filed, given, passed := workday.Date(0), workday.Date(0), workday.Date(0)
	for i := range t.Life.Events {
		e := &t.Life.Events[i]
		if e.Voided || e.Pending {
			continue
		}
		for j := range e.Entries {
			switch x := &e.Entries[j]; {
			case x.Key != "反馈":
			case !x.Decided:
				filed = e.Day()
			case x.Word == "通过":
				given, passed = filed, e.Day()
			}
		}
	}
	if passed == 0 {
		given = cmp.Or(t.Inherited.FedBack, t.Inherited.Closed, filed)
		passed = cmp.Or(given, asOf)
	}
	if f.Answered != 0 && f.Answered <= passed {
		return f, f.Answered
	}
	return f, cmp.Or(given, passed)
}

// section is the text of a section of a case; empty if there is none.
func section(t *view.Text, heading string) string {
	i := slices.IndexFunc(t.Sections, func(s mdfile.Section) bool { return s.Heading == heading })
	if i < 0 {
		return ""
	}
	return t.Sections[i].Text
}

// origin is where the answers come from that follow each other.
type origin struct {
	first    string // 编号 of the first of them
	baseless bool   // one on the way is lapsed
}

// followed is the case whose answer that of a case follows (参照). What is 仅要素 is not
// named: nil.
func (s *Shelf) followed(e *view.Case) *view.Case {
	if len(e.Text.Feedback) == 0 {
		return nil
	}
	f, _ := answered(e.Text, s.view.AsOf)
	if other := s.view.Case(f.Follows); other != nil && other != e && shown(other) {
		return other
	}
	return nil
}

// originOf goes from a case to the one that it follows, and on to the first; a circle is
// one answer.
func (s *Shelf) originOf(e *view.Case) origin {
	var way []*view.Case
	end := origin{}
	for at := e; ; {
		known, ok := s.origins[at.ID]
		if ok || slices.Contains(way, at) {
			end = known
			end.first = cmp.Or(end.first, at.ID)
			end.baseless = end.baseless || lapsed(at.Text, s.view.AsOf)
			break
		}
		way = append(way, at)
		next := s.followed(at)
		if next == nil {
			end.first = at.ID
			break
		}
		at = next
	}
	for i, at := range slices.Backward(way) {
		if i+1 < len(way) {
			end.baseless = end.baseless || lapsed(way[i+1].Text, s.view.AsOf)
		}
		s.origins[at.ID] = end
	}
	return s.origins[e.ID]
}

// lapsed reports whether the answer of a case is no longer to be followed (答复失效).
func lapsed(t *view.Text, asOf workday.Date) bool {
	return t.Lapsed.Date != 0 && t.Lapsed.Date <= asOf || t.Lapsed.Date == 0 && t.Lapsed.Replaces != ""
}

// stands reports whether an answer of the last twelve months may still be followed.
func (s *Shelf) stands(a *answer) bool { return a.day >= s.since && !a.lapsed && !a.baseless }
