// Package archtest holds the rules that keep the packages apart: its test
// compares every import with the directions that were agreed, and looks for
// what only the command may know: the clock, the environment, the terminal.
//
// A new package fails the test until it is entered in the table there.
package archtest
