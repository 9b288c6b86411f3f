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

import ()

// FileVersion is one landed version of a file that is no case.
type FileVersion struct {
	Landing int
	Data    []byte // nil: deleted
}
