// Package git reads a repository: its objects, trees, commits and references,
// what a revision names, configuration, index and work tree. It knows nothing of
// cases, and it writes nothing.
//
// Formats that are long settled, loose objects, deltas, the index, are go-git's to
// decode. Finding objects, comparing trees and naming revisions is done here,
// where go-git is many times slower or answers otherwise than Git does.
//
// What would make a date or a deletion wrong is refused with an *Error that names
// the cure: shallow clones, missing or damaged objects, replaced commits.
package git
