// Package frontmatter reads, prints and formats Markdown files with a front
// matter by a schema: a table of keys, each one value that says what may stand
// there and where it lives in a Go struct. It knows no kind of record; the
// schemas are those of package record (cases) and of package papers (the others).
//
// Reading never fails and never panics: what is wrong with a file are Problems
// with their place and their cure, and plain slips are read as they were meant.
package frontmatter

import (
	"slices"
	"strings"
)

// Shape says how a key's value is built.
type Shape uint8

// The shapes of a value.
const (
	One     Shape = iota // one scalar
	Many                 // a list of scalars, one a line; `甲、乙` is read as well
	Record               // one map with the keys of Fields
	Records              // a list of maps with the keys of Fields
	ByUnit               // a map from a unit's name to a map with the keys of Fields
	Counts               // a map from names to whole numbers: 渠道收集量 of a monthly submission
)

// Type says what a scalar holds. Every scalar is the text that was typed; the
// type says which text is valid.
type Type uint8

// The types of a scalar.
const (
	Text    Type = iota // free text
	Word                // a short name or number that never contains a comment sign: 任务清单, 规则
	Channel             // a Word that stands in every case
	CaseID              // 编号 of a case: 202607-NFZX-012
	Unit                // name or alias of a unit
	Day                 // 2026-07-15
	Count               // a whole number, at least 1
	Enum                // one of Values
	Month               // 2026-07
	Quarter             // 2026Q3
	Points              // a number that is not negative, with at most two decimals: 0.5
)

// Schema is one kind of record. It is never written to; a test that adds a key
// does so in a copy.
type Schema struct {
	Keys     []Key      // in canonical order
	Sections []Key      // of the body, "## 诉求内容"; empty if the body is free text
	New      func() any // an empty record: a pointer
	// Limit is how many entries a list may have. Entries are compared with each
	// other wherever contents are compared, so a list without a bound would take
	// time without one.
	Limit int
	// Strict is set where a list beyond Limit makes the whole file unreadable.
	Strict bool
	// Recognised reports whether what was read says anything that identifies a
	// record; nil: any known key does.
	Recognised func(owner any) bool
}

// Key is one key of a front matter: what may stand there, where the value
// lives, who may write it and how it is called elsewhere. Parsing, comparing,
// printing, fmt, JSON Schema, the ledger and the rights of the workflow loop
// over these.
type Key struct {
	Name     string
	Shape    Shape
	Type     Type
	Values   []string // Enum: what may stand there, in the order to show it
	Fields   []Key    // Record, Records, ByUnit
	Break    bool     // a blank line goes before it in canonical form
	Required bool     // must be filled whatever the state
	Decision bool     // of a list's entry: filled once, no part of its identity
	Extra    bool     // printed only where it is stated; all others are printed even if empty
	Optional bool     // of a record: not asked for where a record is offered to paste
	Moves    bool     // Records: an entry comes with a change of 状态
	Line     bool     // Text: of one line
	Meeting  bool     // Word: mostly the 编号 of a meeting
	Default  string   // what an empty value states: 件数 is 1
	Note     string   // for the editor schema and --help, Chinese
	Ask      string   // what a placeholder asks for; empty: what the type says

	At   func(owner any) any // where the value lives: a pointer. Nil for Records and ByUnit
	List *Entries            // Records, ByUnit: where the entries live
	// Units are those that are to answer; nil: nobody knows.
	Units func(owner any) []string
	// Check looks at an entry as a whole and tells of its fields; nil: nothing.
	Check func(entry any) []Fault

	Push   bool  // a push sets it, and so does whatever pushes again
	Write  Right // of the key and, in a list of records, of a new entry
	Decide Right // of the decision keys of a record

	Page   Page   // how the case's page shows it
	Ledger Column // its column of the 台账
}

// Fault is what is wrong with one field of an entry.
type Fault struct{ Field, Rule, Message, Value string }

// Page says how the page of a case shows a key.
type Page struct {
	Label  string // of a list: the title of an entry's form. Empty: the key is not among the facts
	Unit   string // behind a number
	After  string // the label that it follows instead of that of the key before
	Hidden bool   // of an entry: no form shows it
}

// Column is a key's column of the 台账. A Width of 0 means that it has none.
type Column struct {
	Width   float64
	Wrap    bool
	Aliases string // further titles under which people keep it, with blanks between
}

// Party is who may write a key, relative to the case.
type Party string

// Right says who may write a key while 状态 stays, and in which states. What is
// written in other states comes with a change of 状态 or by 更正.
type Right struct {
	By Party
	In []string
}

// Holds reports whether the right can be used in a state.
func (r Right) Holds(state string) bool { return slices.Contains(r.In, state) }

// Entries is where a list of records lives in its owner. Owners and entries
// are pointers.
type Entries struct {
	Len  func(owner any) int
	At   func(owner any, i int) any
	Add  func(owner any) any // a new entry, empty
	Drop func(owner any)     // the last entry
	// Same reports whether two owners have equal entries equally often; nil where
	// records of the kind are never compared.
	Same func(a, b any) bool
	Unit func(entry any) *string // ByUnit: the unit whose entry it is
}

// At is the accessor of a value in an owner of type O.
func At[O any](where func(owner *O) any) func(any) any {
	return func(owner any) any { return where(owner.(*O)) }
}

// ListOf is the accessor of a list of entries in an owner of type O.
func ListOf[O, T any](where func(owner *O) *[]T) *Entries {
	return &Entries{
		Len: func(owner any) int { return len(*where(owner.(*O))) },
		At:  func(owner any, i int) any { return &(*where(owner.(*O)))[i] },
		Add: func(owner any) any {
			list := where(owner.(*O))
			*list = append(*list, *new(T))
			return &(*list)[len(*list)-1]
		},
		Drop: func(owner any) {
			list := where(owner.(*O))
			*list = (*list)[:len(*list)-1]
		},
	}
}

// Find returns the key of a list of keys with this name, nil if there is none.
func Find(keys []Key, name string) *Key {
	for i := range keys {
		if keys[i].Name == name {
			return &keys[i]
		}
	}
	return nil
}

// Key is the key at a path: 反馈, 反馈.结果, "## 办理情况"; nil if there is none.
func (s *Schema) Key(path string) *Key {
	if strings.HasPrefix(path, "##") {
		return Find(s.Sections, path)
	}
	top, below, nested := strings.Cut(path, ".")
	k := Find(s.Keys, top)
	if k != nil && nested {
		return Find(k.Fields, below)
	}
	return k
}

// heading is the heading of a section's key, without its signs.
func (k *Key) heading() string { return strings.TrimPrefix(k.Name, "## ") }

// Headings lists the sections that every body has, in order.
func (s *Schema) Headings() []string {
	var list []string
	for i := range s.Sections {
		list = append(list, s.Sections[i].heading())
	}
	return list
}
