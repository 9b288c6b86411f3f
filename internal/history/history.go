// Package history lists each case's landings and steps from one walk of the
// mainline of a repository, which package git reads.
//
// A change lands with its mainline commit (first-parent chain), at that
// commit's committer time but never earlier than the landing before it. A
// step is what a commit says that none of its parents says, compared by key,
// entry and body section; only what survives into the landed content counts. A
// merge says what it has otherwise than a parent and no other parent brought
// since the two parted: what it undoes is its author's step (merge.go). A 编号 is
// one appeal's for ever: what gives it to another is Taken (taken.go).
//
// Walk compares the trees of the mainline by hash and reads no case; Cases reads
// and parses each content once and says for each change which commit of the
// landing said it. Both work on as many goroutines as they are given, each with
// an object reader of its own.
//
// It writes nothing but the cache that Options.Build asks for.
package history

import (
	"time"

	"suqiu/internal/git"
	"suqiu/internal/record"
)

// Landing is one commit of the mainline, oldest first in a History.
type Landing struct {
	Commit    string      // full hash
	At        time.Time   // when it counts: never before the landing before it
	Author    *git.Person // never nil; one for all landings of a person
	Authored  Moment
	Committer *git.Person // never nil
	Committed Moment      // what the committer's clock said
	Request   int         // number of the merge request, 0 if unknown
	Pending   bool        // the branch under --base: lands now
	// OldTip is the tip of the main branch that this landing, a merge into another
	// branch, took in from the side (a foxtrot); empty: it did not.
	OldTip string
}

// Moment is a time as Git records it: Unix seconds. A hundred thousand landings
// have two each, and few are ever looked at.
type Moment int64

// MomentOf is a time to the second.
func MomentOf(t time.Time) Moment { return Moment(t.Unix()) }

// Time is the moment as a clock in the zone of the regulation shows it.
func (m Moment) Time() time.Time { return clock(int64(m)) }

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
	Landing int          // index into History.Landings
	Before  *record.Case // nil: new, or returning after deletion with nothing before
	After   *record.Case // nil: deleted
	Steps   []Step       // oldest first
}

// CaseHistory is the life of one 编号 as the mainline tells it.
type CaseHistory struct {
	ID string
	// Mark stands for all that a history follows from, beside what canon says:
	// one with the same mark is the same. Empty: the branch under Base has a
	// part in it.
	Mark     string
	Path     string // where it is now, or was last
	Deleted  bool
	Landings []CaseLanding
	// Head is the content at the head, with its problems; nil if deleted. If
	// it is Unreadable, Last is the last content that could be read.
	Head *record.Case
	Last *record.Case
	// Stale is set under --base when the base changed the case as well.
	Stale bool
	// Taken are the landings that gave the 编号 to another appeal, oldest first. One
	// that is proposed is judged by itself: Landings then begin with it.
	Taken []Taken
	// Flagged are the contents that Options.Suspicious picks, each once,
	// oldest first.
	Flagged []Flagged
	// Touched is set under --base when the branch changed the file: what it says,
	// how, or where it lies.
	Touched bool
	// Found is, if Touched, the content that the branch started from, with its
	// problems; nil if the branch made the file.
	Found *record.Case
}

// FileVersion is one landed version of a file that is no case.
type FileVersion struct {
	Landing int
	Data    []byte // nil: deleted
}
