// Package bestmatch finds the one word that a mistyped one was meant to be. How
// far two words are apart, and from where on one is too far, is for who asks:
// keys, units and numbers are mistyped in different ways.
package bestmatch

// Of is the closest of some candidates by a distance, which also tells whether
// one is near at all. It is empty if none is, or if another that means something
// else is as near: a wrong word is worse than none. A nil means takes each
// candidate to mean itself.
func Of(candidates []string, distance func(candidate string) (n int, near bool),
	means func(candidate string) string) string {
	if means == nil {
		means = func(candidate string) string { return candidate }
	}
	best, found, tie := 0, "", false
	for _, c := range candidates {
		n, near := distance(c)
		switch {
		case !near || found != "" && n > best:
		case found == "" || n < best:
			best, found, tie = n, c, false
		case means(c) != means(found):
			tie = true
		}
	}
	if tie {
		return ""
	}
	return found
}
