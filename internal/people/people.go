// Package people has the one type that Git and the history of cases share about
// who made a commit. It imports nothing, so that what needs no Git can name
// somebody.
package people

// Person is a name and e-mail address as Git recorded them.
type Person struct {
	Name, Email string
}
