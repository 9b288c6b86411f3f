package papers

import (
	"reflect"
	"slices"
)

// What a unit may land in the office's papers is its own word in them: its 申辩,
// its suggestion to meet, and how far it has carried out what was decided.

// OwnPleas reports whether two versions of a file of appraisal/ (nil: there was
// none) differ by a unit's own 申辩 alone: entries that came, or that were worded
// anew before anything was found on them.
func OwnPleas(p string, before, after []byte, canon func(string) string, own func(unit string) bool) bool {
	if after == nil {
		return false
	}
	now := ParseAppraisal(p, after, canon)
	was := &Appraisal{Quarter: now.Quarter}
	if before != nil {
		was = ParseAppraisal(p, before, canon)
	}
	if was.Unreadable || now.Unreadable || was.Quarter != now.Quarter || was.Body != now.Body ||
		!reflect.DeepEqual(was.Suppressions, now.Suppressions) {
		return false
	}
	came, went := apart(was.Pleas, now.Pleas)
	foreign := func(x Plea) bool {
		return !own(x.Unit) || x.Verdict != "" || x.Points != "" || x.Reason != "" || x.Basis != ""
	}
	return len(came) >= len(went) && !slices.ContainsFunc(came, foreign) && !slices.ContainsFunc(went, foreign)
}

// apart are the entries of one list that the other has not, each as often as it
// has fewer of them.
func apart(was, now []Plea) (came, went []Plea) {
	count := map[Plea]int{}
	for _, x := range was {
		count[x]++
	}
	for _, x := range now {
		if count[x]--; count[x] < 0 {
			came = append(came, x)
		}
	}
	clear(count)
	for _, x := range now {
		count[x]++
	}
	for _, x := range was {
		if count[x]--; count[x] < 0 {
			went = append(went, x)
		}
	}
	return came, went
}

// OwnWords reports whether two versions of a file of meetings/ (nil: there was
// none) differ by a unit's own words alone: 提议单位, 事由 and the appeals of its
// suggestion while nobody has taken that up, and 落实情况 of what is its task.
func OwnWords(p string, before, after []byte, canon func(string) string, own func(unit string) bool) bool {
	if after == nil {
		return false
	}
	now := ParseMeeting(p, after, canon)
	if now.Unreadable {
		return false
	}
	if before == nil {
		return own(now.Proposer) && now.suggestion()
	}
	was := ParseMeeting(p, before, canon)
	if was.Unreadable || !reflect.DeepEqual(was.Suppressions, now.Suppressions) {
		return false
	}
	if was.suggestion() && own(was.Proposer) && own(now.Proposer) && now.suggestion() && was.ID == now.ID {
		return true
	}
	if was.Body != now.Body {
		return false
	}
	as := *now // what stood before, but for the words of the unit
	as.File = was.File
	if was.Proposed() && (was.Proposer == "" || own(was.Proposer)) && own(now.Proposer) {
		as.Proposer, as.Reason = was.Proposer, was.Reason
	}
	as.Topics = slices.Clone(now.Topics)
	for i := range as.Topics {
		if t := &as.Topics[i]; i < len(was.Topics) && slices.ContainsFunc(was.Topics[i].Units, own) {
			t.Done = was.Topics[i].Done
		}
	}
	return reflect.DeepEqual(*was, as)
}

// suggestion reports whether a file says no more than that a unit would have a
// meeting, and on what.
func (m *Meeting) suggestion() bool {
	return m.Wish() && m.Proposer != "" && m.Printed == 0 && m.Number == "" && len(m.Present)+len(m.Guests)+
		len(m.Ratifies)+len(m.Suppressions) == 0 &&
		!slices.ContainsFunc(m.Topics, func(t Topic) bool {
			return t.Decision != "" || t.Due != 0 || t.Done != "" ||
				t.Committee
		})
}
