package config

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"suqiu/internal/bestmatch"
)

// nearest is the name that a typed word was probably meant to be: the one that
// differs in the fewest characters, at most one in a word of two or three and
// two in a longer one. Empty if none is so near, or several are as near.
func nearest(typed string, names []string) string { return nearestOf(typed, names, nil) }

// nearestOf is nearest for names of which several may mean the same: as near as
// another is only what means something else.
func nearestOf(typed string, names []string, means func(string) string) string {
	if utf8.RuneCountInString(typed) > 40 {
		return "" // no slip of the pen
	}
	return bestmatch.Of(names, func(name string) (int, bool) {
		length, limit := utf8.RuneCountInString(name), 2
		if length <= 3 {
			limit = 1
		}
		d := levenshtein.ComputeDistance(typed, name)
		return d, d <= limit && d < length
	}, means)
}
