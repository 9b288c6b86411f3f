package history

import "bytes"

// hunk is a place where two texts differ. Lines are trimmed, and blank ones left out.
type hunk struct{ removed, added []string }

// lost are the removed lines that count: none if at least as many lines replace them.
func (h hunk) lost() []string {
	if len(h.removed) > len(h.added) {
		return h.removed
	}
	return nil
}

// hunks are the places where two texts differ, by their longest common subsequence of
// lines. If the texts are too long for that, all that differs is one hunk.
func hunks(old, new []byte) (list []hunk) {
	a, b := textLines(old), textLines(new)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	const most = 1 << 22
	if len(a)*len(b) > most {
		return []hunk{{a, b}}
	}
	common := make([][]int32, len(a)+1) // how many lines the rests have in common
	for i := range common {
		common[i] = make([]int32, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var at hunk
	end := func() {
		if len(at.removed)+len(at.added) > 0 {
			list = append(list, at)
		}
		at = hunk{}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			end()
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			at.removed = append(at.removed, a[i])
			i++
		default:
			at.added = append(at.added, b[j])
			j++
		}
	}
	end()
	return list
}

// textLines are the lines of a text that say something.
func textLines(text []byte) (list []string) {
	for line := range bytes.Lines(text) {
		if s := string(bytes.TrimSpace(line)); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// extraLines are the lines that a text has more often than another one.
func extraLines(text, other []byte) map[string]bool {
	count := map[string]int{}
	for _, line := range textLines(other) {
		count[line]++
	}
	more := map[string]bool{}
	for _, line := range textLines(text) {
		if count[line]--; count[line] < 0 {
			more[line] = true
		}
	}
	return more
}
