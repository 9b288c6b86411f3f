package rules

// nearest is the candidate that takes the fewest single-character edits to
// reach from s, the first of equals; empty if even that one shares less than
// half of its characters with s.
func nearest(s string, candidates []string) string {
	from := []rune(s)
	best, found := 0, ""
	for _, candidate := range candidates {
		to := []rune(candidate)
		limit := max(len(from), len(to)) / 2
		if d := distance(from, to); d <= limit && (found == "" || d < best) {
			best, found = d, candidate
		}
	}
	return found
}

// distance is the Levenshtein distance. Text beyond nearestLimit characters
// is no slip of the pen and is not looked at.
func distance(a, b []rune) int {
	const nearestLimit = 64
	if len(a) > nearestLimit || len(b) > nearestLimit {
		return max(len(a), len(b))
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
