package workflow

import (
	"slices"
	"strings"

	"suqiu/internal/clock"
	"suqiu/internal/record"
	"suqiu/internal/workday"
)

// Table is the transition table of section 5: the states, the rows that lead
// from one to another, the steps that leave the state as it is, and the
// clocks. Check, what is offered to do next, the rules page and its diagram all
// read it. It is a value: who copies it may extend the copy.
type Table struct {
	States     []StateInfo // open ones first, in order of progress
	Rows       []Row
	Correction Row   // mends anything else, from any state to any other
	Steps      []Row // without a change of state
	Clocks     []ClockRule
}

// StateInfo is one state.
type StateInfo struct {
	Name       State
	Open       bool // the case still waits for somebody
	BeforePush bool
	Accepted   bool         // a feedback has passed review
	Clocks     []clock.Kind // that may run in it, beside those of the source channel
	Column     int          // of the diagram, in halves
	Line       int          // of the diagram, from the top
}

// Row is one thing that somebody does to a case.
type Row struct {
	N      int     // 0: the state stays as it is
	Title  string  // what is done, two to six characters
	Ending string  // of the title, where a row of that number leads elsewhere too
	From   []State // empty: the file is new
	To     []State // empty: the state stays as it is
	Who    []record.Party
	Judges bool // it judges the unit in charge: never the office about its own unit
	Mark   Mark
	Aside  bool // the diagram tells of it in a line and draws no arrow
	Rank   int  // among what may come next: the usual first

	Record ListEntry
	Fields []Field
	Pushes bool     // it may set whatever a push sets
	Along  []string // titles of the steps that come with it, for each record that waits

	Needs func(*Move) []Missing    // what no field can say
	Offer func(*Scene, State) bool // whether it is open to a case; nil: it is
	Does  Effect
	Stops []clock.Kind
	Start clock.Kind // of the office's own; empty: none
	// Within are the clocks by whose due day it is to be taken: the first that runs.
	Within []clock.Kind

	Told   string // what happened, with {key} for what the case says; see Tell
	Reason string // the key that gives the reason

	With   string // in words: what must come with it
	Clocks string // in words: what it does to the clocks
	Clause string // of the regulation
}

// Mark is what a row is to those who count: not every row is counted.
type Mark uint8

// What rows are marked as.
const (
	Plain        Mark = iota
	Answers           // it hands in a feedback
	Returns           // it hands a feedback back
	Reassigns         // it gives the case to another unit
	Improves          // it asks for an improvement
	Terminates        // it ends the case from any state; no way leads through it
	CorrectsPast      // 更正
)

// Effect is what a row does to the clocks of the push, beyond Stops and Start.
type Effect uint8

// The effects.
const (
	Nothing  Effect = iota
	Agrees          // a date that comes with it is the due day from now on
	Suspends        // the task ends until it is taken up again
	Resumes         // it is taken up again, and works to the agreed date
)

// ListEntry is the entry of a list of records that a step files or decides.
type ListEntry struct {
	Key     string // 说明单, 反馈 …; empty: none
	Decides bool   // it fills in the decision of one; else it files a new one
	Of, Not []string
	// Present reports whether the entry at i is the one that the row needs; nil: it is.
	Present func(m *Move, k *ListEntry, i int) bool
	Absent  string // told where there is none
	Fix     string // the cure; empty: an entry to add
	// Done reports that it was filed before; nil: it was not.
	Done func(*Scene) bool
}

// Field is one thing that a step writes: a key, a section of the body, or a key
// of the record that it files or decides. Who sees only the fields knows what a
// step asks for.
type Field struct {
	Key     string // 承办单位, 说明单.理由, ## 办理情况
	Value   string // what the step says by itself; empty: somebody must answer. {unit}: who takes it
	Choices string // of those of the schema, joined by 、; empty: all
	Ask     string // how it is asked for; empty: by its choices
	Need    Need
	Soft    bool   // what stands there already stays
	Lacking string // told where it is missing; empty: the rules of the format tell
	Fix     string // the cure; empty: the line to write
	Alone   bool   // where it is missing nothing else of the record is told
	// Met reports whether a value will do; nil: one that says something, or Value.
	Met func(m *Move, value string) bool
	// If reports whether a case is asked for it at all; nil: each is.
	If func(*Scene) bool
}

// Need says how much a step needs a field.
type Need uint8

// The needs.
const (
	Required Need = iota
	Asked         // it is offered, and may stay empty
	Allowed       // it may come along
)

// Missing is something that a row needs and the landing does not bring.
type Missing struct {
	Rule, Key, Message, Fix string
}

// Move is a row about to be taken, with what its landing says.
type Move struct {
	Before, After *record.Case // of the landing; Before nil: a new file
	From, To      State
	Lead          string
	Origin        State // where the last feedback came from
	Overtaken     []clock.ID
	LongTerm      int // working days between two studies, at most
	Today         workday.Date
	Calendar      *workday.Calendar
}

// Scene is a case as of now, for what may come next.
type Scene struct {
	Case  *record.Case
	Life  *Life
	table *Table
}

// Regulation is the table of the regulation. It must not be changed.
func Regulation() *Table { return regulation }

var regulation = &Table{States: states(), Rows: rows(), Correction: correction(), Steps: steps(), Clocks: clockRules()}

// State finds a state by its name; nil if it is none.
func (t *Table) State(s State) *StateInfo {
	for i := range t.States {
		if t.States[i].Name == s {
			return &t.States[i]
		}
	}
	return nil
}

// Row finds the first row of a number; a row without a mark if there is none.
func (t *Table) Row(n int) *Row {
	if n == t.Correction.N {
		return &t.Correction
	}
	if i := slices.IndexFunc(t.Rows, func(row Row) bool { return row.N == n }); i >= 0 {
		return &t.Rows[i]
	}
	return &Row{}
}

// Runs reports whether a clock of a kind may run in a state.
func (s *StateInfo) Runs(kind clock.Kind) bool { return s != nil && slices.Contains(s.Clocks, kind) }

// IsOpen reports whether a case in s still waits for somebody.
func (t *Table) IsOpen(s State) bool {
	info := t.State(s)
	return info != nil && info.Open
}

// BeforePush reports whether s comes before the first push.
func (t *Table) BeforePush(s State) bool {
	info := t.State(s)
	return info != nil && info.BeforePush
}

// States lists every state, open ones first, in order of progress.
func States() []State { return regulation.names(func(*StateInfo) bool { return true }) }

// Open lists the states in which a case is not closed, in order of progress.
func Open() []State { return regulation.names(func(s *StateInfo) bool { return s.Open }) }

func (t *Table) names(which func(*StateInfo) bool) []State {
	var list []State
	for i := range t.States {
		if which(&t.States[i]) {
			list = append(list, t.States[i].Name)
		}
	}
	return list
}

// IsOpen reports whether a case in s still waits for somebody.
func (s State) IsOpen() bool { return regulation.IsOpen(s) }

// BeforePush reports whether s comes before the first push.
func (s State) BeforePush() bool { return regulation.BeforePush(s) }

// Mark is that of the row of the regulation that an event took.
func (e *Event) Mark() Mark {
	if e.Row == 0 {
		return Plain
	}
	return regulation.Row(e.Row).Mark
}

// Lines are the rows as a page lists them: what differs only in where it comes
// from or leads to is one line, and 更正 is the last.
func (t *Table) Lines() []Row {
	var lines []Row
	for _, row := range t.Rows {
		if n := len(lines) - 1; n >= 0 && lines[n].N == row.N && lines[n].Title == row.Title &&
			slices.Equal(lines[n].Who, row.Who) {
			lines[n].From, lines[n].To = union(lines[n].From, row.From), union(lines[n].To, row.To)
			continue
		}
		lines = append(lines, row)
	}
	return append(lines, t.Correction)
}

func union(a, b []State) []State {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// Leads reports whether the row leads straight from one state to another; from
// is empty for a new file.
func (row *Row) Leads(from, to State) bool { return row.Leaves(from) && slices.Contains(row.To, to) }

// Leaves reports whether the row can be taken in a state.
func (row *Row) Leaves(from State) bool {
	if from == "" {
		return len(row.From) == 0
	}
	return slices.Contains(row.From, from)
}

// Covers reports whether a change is what the row brings with it.
func (row *Row) Covers(ch record.Change) bool {
	key := record.KeyOf(ch.Key)
	switch {
	case key.Shape == record.Records && ch.Key != row.Record.Key:
		return ch.Kind == record.Decided && row.has(func(f *Field) bool { return strings.HasPrefix(f.Key, ch.Key+".") })
	case key.Shape == record.Records:
		return ch.Kind == record.Decided && row.Record.Decides || ch.Kind == record.Added && !row.Record.Decides
	}
	return len(row.From) == 0 || row.Pushes && key.Push || row.has(func(f *Field) bool { return f.Key == ch.Key })
}

func (row *Row) has(which func(*Field) bool) bool {
	for i := range row.Fields {
		if which(&row.Fields[i]) {
			return true
		}
	}
	return false
}

// inRecord splits the key of a field of the record that the row files or
// decides: 理由 of 说明单.理由.
func (row *Row) inRecord(f *Field) (name string, ok bool) {
	if row.Record.Key == "" {
		return "", false
	}
	return strings.CutPrefix(f.Key, row.Record.Key+".")
}

// Hop is one row taken from one state to another. Without a row the table does
// not know the way.
type Hop struct {
	Row      *Row
	From, To State
}

// Covers reports whether a change is what the Hop brings with it.
func (h Hop) Covers(ch record.Change) bool {
	return ch.Key == "状态" || h.Row != nil && h.Row.Covers(ch)
}

// Ways lists the ways from one state to another in two to four rows, the
// shortest first: one step may take several rows at once.
func (t *Table) Ways(from, to State) [][]Hop {
	var ways [][]Hop
	frontier := [][]Hop{{{To: from}}}
	for range 4 {
		var next [][]Hop
		for _, way := range frontier {
			at := way[len(way)-1].To
			for i := range t.Rows {
				row := &t.Rows[i]
				if row.Mark == Terminates || !row.Leaves(at) {
					continue
				}
				for _, s := range row.To {
					if slices.ContainsFunc(way, func(h Hop) bool { return h.To == s }) {
						continue
					}
					longer := append(slices.Clone(way), Hop{row, at, s})
					if s == to {
						ways = append(ways, longer[1:])
					} else {
						next = append(next, longer)
					}
				}
			}
		}
		frontier = next
	}
	return ways
}
