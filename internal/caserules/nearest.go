package caserules

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"suqiu/internal/bestmatch"
)

// Nearest is the candidate that takes the fewest single-character edits to
// reach from s; empty if even that one shares less than half of its characters
// with s, or several are as near. It is for words.
func Nearest(s string, candidates []string) string {
	return nearestOf(s, candidates, nil)
}

// nearestOf is Nearest for candidates of which several may mean the same: as
// near as another is only what means something else.
func nearestOf(s string, candidates []string, means func(string) string) string {
	return bestmatch.Of(candidates, func(candidate string) (int, bool) {
		d, near := edits(s, candidate)
		_, alike := edits(stem(s), stem(candidate))
		return d, near && alike
	}, means)
}

// edits is how many single-character edits lead from one word to another, and
// whether they leave half of the characters.
func edits(a, b string) (n int, near bool) {
	longer := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if longer > longest {
		return 0, false
	}
	n = levenshtein.ComputeDistance(a, b)
	return n, n <= longer/2
}

// stem is a word without what the names of many units end with, which tells
// none of them from another.
func stem(word string) string {
	for _, end := range []string{"税务分局", "税务局", "分局", "局", "科", "中心"} {
		if rest, ok := strings.CutSuffix(word, end); ok && rest != "" {
			return rest
		}
	}
	return word
}

// NearestNumber is Nearest for numbers, which all look alike: it forgives two
// edits, of which two neighbours that changed places are one, and says nothing
// if several candidates are as near.
func NearestNumber(s string, candidates []string) string {
	return bestmatch.Of(candidates, func(candidate string) (int, bool) {
		if utf8.RuneCountInString(candidate) > longest {
			return 0, false
		}
		d := levenshtein.ComputeDistance(s, candidate)
		if swapped(s, candidate) {
			d = 1
		}
		return d, d <= 2
	}, nil)
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
