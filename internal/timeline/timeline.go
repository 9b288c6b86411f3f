// Package timeline has the values that say what Git tells of one case: its
// landings and steps, who said each, and when. Package history makes them from a
// repository; whatever replays a case reads them. It imports no Git, so a replay
// runs wherever there is none, in a browser too.
package timeline

import (
	"slices"
	"strings"
	"time"

	"suqiu/internal/people"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Landing is one commit of the mainline.
type Landing struct {
	Commit    string         // full hash
	At        time.Time      // when it counts: never before the landing before it
	Author    *people.Person // never nil; one for all landings of a person
	Authored  Moment
	Committer *people.Person // never nil
	Committed Moment         // what the committer's clock said
	Request   int            // number of the merge request, 0 if unknown
	Pending   bool           // the branch under --base: lands now
	// OldTip is the tip of the main branch that this landing, a merge into another
	// branch, took in from the side (a foxtrot); empty: it did not.
	OldTip string
}

// Stamp says when the landings of a mainline, oldest first, count: when they were
// committed, or at the time that mends an accident of the clock (落地时间: full
// hash, or its first seven digits or more, → time), but never before the landing
// before. A pending one counts when it says.
func Stamp(list []Landing, landedAt map[string]time.Time) {
	for i := range list {
		l := &list[i]
		if l.Pending {
			continue
		}
		l.At = l.Committed.Time()
		for sha, t := range landedAt {
			if len(sha) >= 7 && strings.HasPrefix(l.Commit, strings.ToLower(sha)) {
				l.At = t.In(workday.Shanghai)
				break
			}
		}
		if i > 0 && l.At.Before(list[i-1].At) {
			l.At = list[i-1].At
		}
	}
}

// Restamped are the landings of a mainline as they count under other mended times.
func Restamped(landings []Landing, landedAt map[string]time.Time) []Landing {
	list := slices.Clone(landings)
	Stamp(list, landedAt)
	return list
}

// Moment is a time as Git records it: Unix seconds. A hundred thousand landings
// have two each, and few are ever looked at.
type Moment int64

// MomentOf is a time to the second.
func MomentOf(t time.Time) Moment { return Moment(t.Unix()) }

// Time is the moment as a clock in the zone of the regulation shows it.
func (m Moment) Time() time.Time { return time.Unix(int64(m), 0).In(workday.Shanghai) }

// Attribution is the answer to who said something: a commit, its author and the
// times that it claims.
type Attribution struct {
	Commit   string
	Author   people.Person
	Authored time.Time
	// Committed is what the clock said that made the commit: later than
	// Authored where it was made again (a rebase, a cherry-pick), or where its
	// author gave a time.
	Committed time.Time
}

// Step is what one author said about one case in one landing.
type Step struct {
	Attribution // the commit may be of a branch or the landing itself
	// State is the 状态 that this commit stated, also when a later step of the
	// same landing moved on; empty if it stated none.
	State   string
	Changes []record.Change // what survives into the landed content
}

// CaseLanding is one landing that changed what one case says.
type CaseLanding struct {
	Landing int          // index into the landings of the mainline
	Before  *record.Case // nil: new, or returning after deletion with nothing before
	After   *record.Case // nil: deleted
	Steps   []Step       // oldest first
}

// CaseHistory is the life of one 编号 as the mainline tells it.
type CaseHistory struct {
	ID string
	// Fingerprint stands for all that a history follows from, beside how names of
	// units are resolved: one with the same fingerprint is the same. Empty: the
	// branch under --base has a part in it.
	Fingerprint string
	Path        string // where it is now, or was last
	Deleted     bool
	Landings    []CaseLanding
	// Head is the content at the head, with its problems; nil if deleted. If
	// it is Unreadable, Last is the last content that could be read.
	Head *record.Case
	Last *record.Case
	// Stale is set under --base when the base changed the case as well.
	Stale bool
	// Taken are the landings that gave the 编号 to another appeal, oldest first. One
	// that is proposed is judged by itself: Landings then begin with it.
	Taken []Taken
	// Flagged are the suspicious contents, each once, oldest first.
	Flagged []Flagged
	// Touched is set under --base when the branch changed the file: what it says,
	// how, or where it lies.
	Touched bool
	// AtFork is, if Touched, the content that the branch started from, with its
	// problems; nil if the branch made the file.
	AtFork *record.Case
}

// Taken tells that a 编号, which is one appeal's for ever, was given to another.
type Taken struct {
	Landing      int
	Attribution  // of the commit that registered the other
	First, Other Appeal
	// Dropped is set where the file still is the first appeal's, and the other one,
	// which a branch brought, is nowhere any more.
	Dropped bool
	Path    string // where the other one stood
}

// Appeal is what people know an appeal by.
type Appeal struct {
	Title, Collector string
	Collected        workday.Date
}

// AppealOf is what people know a case by.
func AppealOf(c *record.Case) Appeal { return Appeal{c.Title, c.Collector, c.Collected} }

// Flagged is a file, as one commit left it, that is suspicious by its content or
// its name.
type Flagged struct {
	Landing     int // that brought it
	Attribution     // of the commit that first had it
	Path        string
	Text        []byte // nil: the name is suspicious
	Head        bool   // it stands so at the head
}
