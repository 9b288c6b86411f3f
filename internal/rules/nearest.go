package rules

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

func reach(s string, candidates []string, limit func(length int) int) string {
	from := []rune(s)
	best, found := 0, ""
	for _, candidate := range candidates {
		to := []rune(candidate)
		d := distance(from, to)
		if d <= limit(max(len(from), len(to))) && (found == "" || d < best) {
			best, found = d, candidate
		}
	}
	return found
}

// distance is the Levenshtein distance. Text beyond 64 characters is no slip
// of the pen and is not looked at.
func distance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
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
