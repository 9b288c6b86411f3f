package rules

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// nearest is the candidate that takes the fewest single-character edits to
// reach from s, the first of equals; empty if even that one shares less than
// half of its characters with s. It is for words.
func nearest(s string, candidates []string) string {
	return reach(s, candidates, func(length int) int { return length / 2 })
}

// nearestNumber is nearest for numbers, which all look alike: it forgives two
// edits.
func nearestNumber(s string, candidates []string) string {
	return reach(s, candidates, func(int) int { return 2 })
}

// longest is how many characters a word may have to be a slip of the pen.
const longest = 64

func reach(s string, candidates []string, limit func(length int) int) string {
	length := utf8.RuneCountInString(s)
	best, found := 0, ""
	for _, candidate := range candidates {
		longer := max(length, utf8.RuneCountInString(candidate))
		if longer > longest {
			continue
		}
		d := levenshtein.ComputeDistance(s, candidate)
		if d <= limit(longer) && (found == "" || d < best) {
			best, found = d, candidate
		}
	}
	return found
}
