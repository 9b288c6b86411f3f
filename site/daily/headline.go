// Package daily makes the sheet of the morning (晨报): how much is open, late and due,
// with the figures of the last working day beside it; what waits for a decision, and
// what is new. It makes it for the screen, for paper and as Word, and for each unit
// concerned a paragraph to paste into a group chat (催办).
//
// A paragraph says numbers and days alone, whatever the edition: where it is pasted,
// nobody knows who reads it.
package daily

import (
	"context"

	"suqiu/internal/store"
	"suqiu/internal/view"
	"suqiu/internal/workday"
)

// Headline is what the sheet says first, in figures.
type Headline struct {
	Open      int // cases
	Late      int // limits that are 超期
	LateUnits int // whose they are
	Today     int // limits that end on the day
	Soon      int // 临期
	Waiting   int // requests that wait for the joint meeting
	Longest   int // working days that the oldest of them has waited
}

// count counts what a view shows.
func count(v *view.View, d *view.Deadlines) Headline {
	h := Headline{Late: len(d.Late), Today: len(d.Today), Soon: len(d.Soon), Waiting: len(v.Waits)}
	for _, e := range v.Cases {
		if e.Open() {
			h.Open++
		}
	}
	units := map[string]bool{}
	for _, duty := range d.Late {
		units[duty.Clock.Unit] = true
	}
	h.LateUnits = len(units)
	for _, w := range v.Waits {
		h.Longest = max(h.Longest, w.Days)
	}
	return h
}

// earlierFile is where the headline of an earlier day is kept: it stays what it was
// until the settings change.
const earlierFile = "daily"

// lastWorked is the last working day before the as-of day.
func lastWorked(v *view.View) workday.Date { return v.Calendar.Add(v.AsOf, -1) }

// Before is the headline of the last working day before the as-of day, as it stood at
// the end of that day; nil if nothing had landed then.
func Before(ctx context.Context, v *view.View, keep store.Dir) (*Headline, error) {
	day := lastWorked(v)
	head := v.HeadAt(day)
	if head == "" {
		return nil, nil
	}
	if v.SettingsHash == "" {
		keep = store.Dir{}
	}
	label := v.SettingsHash + head + day.String()
	if kept := store.Read[Headline](keep, earlierFile, label); len(kept) == 1 {
		return &kept[0], nil
	}
	then, err := v.Earlier(ctx, day)
	if then == nil || err != nil {
		return nil, err
	}
	deadlines := then.Deadlines()
	h := count(then, &deadlines)
	store.Write(keep, earlierFile, label, []Headline{h})
	return &h, nil
}
