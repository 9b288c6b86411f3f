package rules

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// nearest is the candidate that takes the fewest single-character edits to
// reach from s, the first of equals; empty if even that one shares less than
// half of its characters with s. It is for words.
func nearest(s string, candidates []string) string {
	length := utf8.RuneCountInString(s)
	best, found := 0, ""
	for _, candidate := range candidates {
		longer := max(length, utf8.RuneCountInString(candidate))
		if longer > longest {
			continue
		}
		d := levenshtein.ComputeDistance(s, candidate)
		if d <= longer/2 && (found == "" || d < best) {
			best, found = d, candidate
		}
	}
	return found
}

// nearestNumber is nearest for numbers, which all look alike: it forgives two
// edits, of which two neighbours that changed places are one, and says nothing
// if several candidates are as near.
func nearestNumber(s string, candidates []string) string {
	best, found := 3, ""
	for _, candidate := range candidates {
		if utf8.RuneCountInString(candidate) > longest {
			continue
		}
		d := levenshtein.ComputeDistance(s, candidate)
		if swapped(s, candidate) {
			d = 1
		}
		switch {
		case d < best:
			best, found = d, candidate
		case d == best && candidate != found:
			found = ""
		}
	}
	return found
}

// swapped reports whether two words differ in that two neighbours changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// longest is how many characters a word may have to be a slip of the pen.
const longest = 64
