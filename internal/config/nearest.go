package config

// nearest is the name that a typed word was probably meant to be: the one that
// differs in the fewest characters, at most one in a word of two or three and
// two in a longer one. Empty if none is so near.
func nearest(typed string, names []string) string {
	from := []rune(typed)
	if len(from) > 40 {
		return "" // no slip of the pen
	}
	best, found := 3, ""
	for _, name := range names {
		to := []rune(name)
		limit := 1
		if len(to) > 3 {
			limit = 2
		}
		if d := distance(from, to); d <= limit && d < len(to) && d < best {
			best, found = d, name
		}
	}
	return found
}

// distance is the Levenshtein distance of two short words.
func distance(a, b []rune) int {
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
