// Package register is every case, evaluated as of a day: what check, site and
// report all read.
package register

import (
	"suqiu/internal/caserules"
	"suqiu/internal/config"
	"suqiu/internal/mainline"
	"suqiu/internal/privacy"
	"suqiu/internal/problem"
	"suqiu/internal/provenance"
	"suqiu/internal/record"
	"suqiu/internal/settings"
	"suqiu/internal/timeline"
	"suqiu/internal/workday"
	"suqiu/internal/workflow"
)

// Register is a case repository as of a day.
type Register struct {
	Head string // commit
	AsOf workday.Date
	settings.Settings
	Landings []timeline.Landing
	Cases    []*Case // by 编号; deleted ones too
	Files    []File  // entries below cases/ that are no case, and why
	Papers
	// Request is set when a merge request is judged (check --base).
	Request bool
	// Guarded are the landings of paths that only some units may land.
	Guarded []provenance.Guarded
	// Unproven are the commits that do not prove who made them, by landing;
	// none unless suqiu.yaml demands signatures.
	Unproven []provenance.Unproven
	// Follows and Brought say, under Request, how the request goes on from its
	// base, and which commits it brings; Coming are those of them that would be
	// landings if it became the tip of the main branch.
	Follows mainline.Following
	Brought []timeline.Landing
	Coming  []string

	// Mismatches are, under Request, the commits whose author is not the pusher.
	Mismatches []provenance.Mismatch
	// Outdated are, under Request, the files that say that they were made from
	// another version than the base has.
	Outdated []Outdated

	// WrittenHeads are the heads that papers write down, by kind of paper and
	// quarter.
	WrittenHeads []WrittenHead
	Seals        []Seal // by day

	// Vanished is the head of the main branch that an earlier run on this machine
	// saw, if the mainline does not go on from it; nil else. It is no evidence.
	Vanished *timeline.Landing

	// Suspects are the landed files beside the cases, and the names of any
	// files, in which something of a person or enterprise may stand; Messages
	// are the commits whose message is such a text.
	Suspects []timeline.Flagged
	Messages []mainline.Message

	next     map[string]Number     // for a 编号 that was taken twice
	past     past                  // nothing under Narrow
	more     func(id string) *Case // under Narrow: loads a case that was left out
	stands   func(id string) bool  // and this looks whether there is one
	source   func(path string) ([]byte, error)
	atBase   func() (*Register, error)
	meetings map[string]*Meeting
	byID     map[string]*Case
}

// Case is one case with its life.
type Case struct {
	*record.Case // as of the head; the last readable content if the head is not
	// Fingerprint stands for the history of the case: in two registers of the same
	// Settings.Hash and day, cases of the same fingerprint are equal. Empty: there is none.
	Fingerprint string
	Life        workflow.Life
	Broken      *record.Case // the head's content if it cannot be read
	Deleted     bool
	Stale       bool         // --base: changed on both sides
	Touched     bool         // --base: the request changes the file
	AtFork      *record.Case // --base: what a request that touches it started from; nil: it makes the file
	Registered  workday.Date
	LastChange  workday.Date // day of the last landing
	Landing     int          // the last landing, as an index into Register.Landings
	// Taken are the landings that gave its 编号 to another appeal.
	Taken []timeline.Taken
	// Suspects are its contents, of any time, in which something of a person
	// or enterprise may stand; oldest first.
	Suspects []timeline.Flagged
	// Masked is set where numbers or addresses in its texts are made unreadable: a
	// copy of the file would not say what the file says.
	Masked bool
}

// File is an entry that stands among the cases and is none.
type File struct {
	Path     string
	Unit     string // whose paper it is; empty: of the office, or unknown
	Problems []problem.Problem
	Touched  bool // --base: the request brings it
}

// Number is a 编号 that nothing has used, looked for in all that landed and in so
// many branches.
type Number struct {
	ID       string
	Branches int
}

// NextNumber is what to use instead of a 编号 that was taken twice; the zero
// Number if that is not known.
func (d *Register) NextNumber(id string) Number { return d.next[id] }

// Case finds a case by its 编号; nil if there is none.
func (d *Register) Case(id string) *Case {
	c, known := d.byID[id]
	if !known && d.more != nil {
		c = d.more(id)
		d.byID[id] = c
	}
	return c
}

// Partial reports whether Cases leaves out what the request does not change, so
// that nothing can be told of what all cases together say.
func (d *Register) Partial() bool { return d.more != nil }

// Stands reports whether there is a case of that 编号 which is not deleted.
func (d *Register) Stands(id string) bool {
	if c := d.byID[id]; c != nil || d.stands == nil {
		return c != nil && !c.Deleted
	}
	return d.stands(id)
}

// Source reads a file as it stands at the head; nil if it is not there.
func (d *Register) Source(path string) []byte {
	if d.source == nil {
		return nil
	}
	data, err := d.source(path)
	if err != nil {
		return nil
	}
	return data
}

// AtBase is, under Request, the register without the request; nil if there is
// none or it cannot be read. It is read when it is asked for.
func (d *Register) AtBase() *Register {
	if d.atBase == nil {
		return nil
	}
	base, err := d.atBase()
	if err != nil {
		return nil
	}
	return base
}

// Excerpt is Source as it may be shown to whoever reads what is wrong with a
// file: with the numbers and addresses of persons and enterprises masked. Only
// suqiu.yaml keeps its e-mail addresses, which are the offices'.
func (d *Register) Excerpt(path string) []byte {
	src := d.Source(path)
	if path == config.Path {
		return privacy.MaskedNumbers(src)
	}
	return privacy.Masked(src)
}

// Restricted reports whether a case shows only its 要素 on the 公开 edition.
func (d *Register) Restricted(c *Case) bool { return caserules.Restricted(d.Config, c.Case) }

// New makes a register from cases at hand, for tests of what reads registers.
func New(cfg *config.Config, asOf workday.Date, cases []*Case, meetings []*Meeting) *Register {
	d := &Register{AsOf: asOf, Cases: cases, Papers: Papers{Meetings: meetings}}
	d.Config = cfg
	d.index()
	return d
}
