package register

import (
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"suqiu/internal/clock"
	"suqiu/internal/history"
	"suqiu/internal/papers"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
)

// Earlier is what was open and owed as of an earlier day, by the settings of today:
// only what landed until that day's 24:00 is seen, so that its lists are those that
// were shown on the day. It has no cases but those that were open then or of which a
// clock ran. Most cases stand as they stood and are taken over; only the others are
// followed once more, which is why a build can afford it. It is nil where there is no
// history, or nothing had landed yet.
func (d *Register) Earlier(ctx context.Context, day workday.Date) (*Register, error) {
	n := d.landedBy(day)
	h, err := d.past.again(ctx)
	if h == nil || n == 0 || err != nil {
		return nil, err
	}
	then := &Register{Head: d.Landings[n-1].Commit, AsOf: day, Settings: d.Settings, Landings: d.Landings[:n]}
	if err := then.takePapers(h, d); err != nil {
		return nil, err
	}
	moved := map[string]bool{}
	for _, c := range d.Cases {
		if c.Landing >= n || !settled(&c.Life, day) {
			moved[c.fileName()] = true
		}
	}
	var adding sync.Mutex
	err = h.CasesByID(ctx, slices.Collect(maps.Keys(moved)), d.Names.Canon, func(ch *timeline.CaseHistory) error {
		c := then.was(ch)
		if c == nil || !c.owes() {
			return nil
		}
		adding.Lock()
		defer adding.Unlock()
		then.Cases = append(then.Cases, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, c := range d.Cases {
		if !moved[c.fileName()] && c.owes() {
			then.Cases = append(then.Cases, c)
		}
	}
	then.index()
	return then, nil
}

// HeadAt is the commit that had landed last at the end of a day; empty: none had.
func (d *Register) HeadAt(day workday.Date) string {
	if n := d.landedBy(day); n > 0 {
		return d.Landings[n-1].Commit
	}
	return ""
}

// landedBy is how many landings had come by the end of a day.
func (d *Register) landedBy(day workday.Date) int {
	n := len(d.Landings)
	for n > 0 && !d.Landings[n-1].At.Before(day.End()) {
		n--
	}
	return n
}

// takePapers takes over the papers of a later register, or, if one of them has changed
// since, reads them as they were.
func (d *Register) takePapers(h *history.History, later *Register) error {
	touches := h.FileChanges(history.Below(papers.Folders()))
	if slices.ContainsFunc(touches, func(t history.FileChange) bool { return t.Landing >= len(d.Landings) }) {
		return d.readPapersOf(h, touches)
	}
	d.Monthly = later.Monthly
	for _, m := range later.Meetings { // of which each register says whether it is to come
		own := *m
		d.Meetings = append(d.Meetings, &own)
	}
	return nil
}

// fileName is the 编号 by which the history knows the case, whatever the file says.
func (c *Case) fileName() string { return strings.TrimSuffix(path.Base(c.Path), ".md") }

// owes reports whether somebody waits for something of the case.
func (c *Case) owes() bool {
	return !c.Deleted && (c.Life.State.IsOpen() || slices.ContainsFunc(c.Life.Clocks, func(k clock.Clock) bool {
		return live(k.Status)
	}))
}
