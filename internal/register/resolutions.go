package register

import (
	"slices"

	"suqiu/internal/papers"
	"suqiu/internal/workday"
)

// Resolution is what a meeting decided and who is to carry it out.
type Resolution struct {
	Meeting *Meeting
	Index   int // of Topic in Meeting.Topics
	Topic   Topic
	Done    bool // 落实情况 is filled in
	Overdue bool // its 完成期限 has passed and nothing is said of it
}

// Resolutions lists the decisions of all meetings that were held, in the order
// of Meetings; topics without a 决定 are none.
func (d *Register) Resolutions() []Resolution {
	var list []Resolution
	for _, m := range d.Meetings {
		if m.Proposed() {
			continue
		}
		for i, t := range m.Topics {
			if t.Decision == "" {
				continue
			}
			done := t.Done != ""
			list = append(list, Resolution{m, i, t, done, !done && t.Due != 0 && t.Due < d.AsOf})
		}
	}
	return list
}

// Unratified lists the circulated decisions that no meeting has ratified.
func (d *Register) Unratified() []*Meeting {
	var list []*Meeting
	for _, m := range d.Meetings {
		if !m.Circular() || m.Proposed() {
			continue
		}
		if !slices.ContainsFunc(d.Meetings, func(o *Meeting) bool { return slices.Contains(o.Ratifies, m.ID) }) {
			list = append(list, m)
		}
	}
	return list
}

// LastRegular is the last 例会 held before a day; nil if there is none.
func (d *Register) LastRegular(before workday.Date) *Meeting {
	var last *Meeting
	for _, m := range d.Meetings {
		if m.Type == "例会" && !m.Proposed() && m.Held < before && (last == nil || m.Held > last.Held) {
			last = m
		}
	}
	return last
}

// For lists the points of a file that were sent to a unit.
func (r *Risks) For(unit string) []papers.RiskPoint {
	var list []papers.RiskPoint
	for _, p := range r.Points {
		if slices.Contains(p.To, unit) {
			list = append(list, p)
		}
	}
	return list
}

// DecidedOn lists the meetings whose topics are about a case, in the order of
// Meetings: the links from a case to its decisions, where the case's 依据 are
// those from decisions to the case.
func (d *Register) DecidedOn(id string) []*Meeting {
	var list []*Meeting
	for _, m := range d.Meetings {
		if m.Names(id) {
			list = append(list, m)
		}
	}
	return list
}
