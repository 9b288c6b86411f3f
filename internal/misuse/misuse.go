// Package misuse is the error of somebody who asked for what cannot be carried out:
// the command line is at fault, not the repository.
package misuse

import "fmt"

// Error is a command line that cannot be carried out.
type Error struct {
	What string
	Hint string // another command line, or a command that was perhaps meant
}

func (e *Error) Error() string { return e.What }

// New makes an Error.
func New(format string, args ...any) error { return &Error{What: fmt.Sprintf(format, args...)} }
